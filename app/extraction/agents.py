"""Who a noun phrase names: a person, an organisation, a document or an unnamed source."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from app.extraction import lexicon as lex
from app.extraction import sayings
from app.extraction.candidate import AgentKind
from app.extraction.given import FAMILY_NAMES_FIRST, GIVEN_NAMES
from app.extraction.tokens import Token
from app.extraction.wordlist import word_set


@dataclass(frozen=True, slots=True)
class Agent:
    """A source as the sentence names it; an outlet may be named through its reporter.

    Attributes:
        indefinite: it was brought in as "a", "some", "another": nobody named before is meant.
        age: the years of "the 43-year-old".
    """

    name: str
    kind: AgentKind
    named: bool
    person_title: str | None = None
    reporter: str | None = None
    indefinite: bool = field(default=False, compare=False)
    age: str = field(default="", compare=False)

    @property
    def is_pronoun(self) -> bool:
        """Whether the name only points back; WHO is an organisation, "who" is not."""
        return self.name.lower() in lex.PRONOUNS and not (
            len(self.name) > 1 and self.name.isupper()
        )


_INDEFINITE = word_set("a an some another one two three several many most each every any")
_OBJECTS = {"him": "he", "his": "he", "her": "she", "them": "they", "their": "they"}
_OWNERS = {"his": "he", "her": "she", "its": "it", "their": "they"}
# What its owner says in it.
_STATEMENTS = word_set("""website site blog page newsletter statement letter report release memo email e-mail filing complaint lawsuit
    article paper testimony post tweet""")
_ENDS_NAME = lex.DAYS | word_set("published released that which who found on in")
# Adjectives and participles that follow their noun: "people familiar with the matter".
AFTER_NOUN = word_set("""familiar close aware briefed involved responsible present affected interviewed
    surveyed polled privy knowledgeable authorised authorized speaking including""")
# "the Star Tribune", "the Pilot News": these titles begin the names of newspapers too.
_IN_OUTLETS = word_set(
    "star pilot observer farmer speaker leader scientist engineer reporter editor"
)
_NO_FIRST = lex.NO_AGENT | (lex.PREPOSITIONS - {"about"}) | lex.AUXILIARIES


def bare(token: Token) -> str:
    """The lower-case word without a possessive ending."""
    return token.lower.removesuffix("'s").rstrip("'")


def without_possessive(name: str) -> str:
    """A name without the 's at its end."""
    for ending in ("’s", "'s", "‘s", "’", "'"):
        if name.endswith(ending):
            return name[: -len(ending)].rstrip()
    return name


def is_outlet(name: str) -> bool:
    """Whether a name reads like a newspaper, station or agency."""
    words = [w.lower().rstrip(".") for w in without_possessive(name).split()]
    return bool(words) and any(word in lex.OUTLET_WORDS for word in words)


def agent_of(phrase: Sequence[Token], text: str) -> Agent | None:
    """Read a noun phrase; None when it cannot be anybody who speaks."""
    words = _content(phrase)
    if len(words) == 1 and words[0].lower in _OBJECTS:
        return Agent(_OBJECTS[words[0].lower], "unnamed", named=False)
    if not words or _is_nobody(words):
        return None
    behind = _issuer(words, text) or _reporters_outlet(words, text)
    if behind:
        return behind
    person = _person_of(words, text)
    # "the Red Cross" has an article and no title: an organisation.
    described = not words[0].is_capital or any(w.lower.endswith("'s") for w in words[:-2])
    if person and (person.person_title or phrase[0].lower != "the" or described):
        return person
    name = without_possessive(text[words[0].start : words[-1].end])
    kind, named = _kind_of(words)
    indefinite = phrase[0].lower in _INDEFINITE or (not words[0].is_capital and _is_plural(words))
    return Agent(name, kind, named, indefinite=indefinite, age=_age(phrase))


_QUANTITIES = word_set("""most some several many one two three few all none each percent % cent majority half
    third thirds quarter quarters number dozens hundreds thousands scores handful group couple pair string""")
# "Many said that …": people, though nobody is named.
_SOME = frozenset({"many", "some", "several", "most", "another", "both"})


def _is_nobody(words: Sequence[Token]) -> bool:
    """Whether a phrase begins or ends like none that names somebody who speaks."""
    if words[0].lower in _NO_FIRST or (
        len(words) == 1 and words[0].lower in lex.DETERMINERS - _SOME
    ):
        return True
    return words[-1].kind == "number" and not words[-1].lower.endswith("-old")


def _age(phrase: Sequence[Token]) -> str:
    """The years of "the 43-year-old driver"."""
    old = next((w.lower for w in phrase if w.lower.endswith("-year-old")), "")
    return old.split("-")[0]


def _is_plural(words: Sequence[Token]) -> bool:
    head = bare(_head(list(words)))
    return head.endswith("s") and not head.endswith("ss")


def _issuer(words: list[Token], text: str) -> Agent | None:
    """Who speaks in "Lee’s statement", "her letter", "a report from the Tide Institute"."""
    at = next((i for i, w in enumerate(words) if w.lower in lex.NOUN_LINKS | {"by"} and i), None)
    head = words[(at or len(words)) - 1]
    if bare(head) not in lex.DOCUMENT_WORDS:
        return None
    if at is not None and words[at].lower in {"from", "by"} and at + 1 < len(words):
        return _proper(words[at + 1 :], text)
    owned = words[: at or len(words)]
    if owned[0].lower in _OWNERS and bare(head) in _STATEMENTS:
        return Agent(_OWNERS[owned[0].lower], "unnamed", named=False)
    owner = next((i for i, w in enumerate(owned[:-1]) if w.lower.endswith(("'s", "s'"))), None)
    if owner is not None:
        agent = agent_of(owned[: owner + 1], text) or _proper(owned[: owner + 1], text)
        return replace(agent, name=without_possessive(agent.name)) if agent else None
    return None


def _proper(words: list[Token], text: str) -> Agent | None:
    """The named institution at the beginning of a phrase."""
    end = next((i for i, w in enumerate(words) if w.lower in _ENDS_NAME and i), len(words))
    agent = agent_of(words[:end], text) if words[0].is_capital or words[0].lower == "the" else None
    return agent if agent and agent.named else None


def _content(phrase: Sequence[Token]) -> list[Token]:
    """The phrase without its article, brackets and marks at the ends."""
    words: list[Token] = []
    depth = 0
    for token in phrase:
        depth += token.text in "(["
        if not depth:
            words.append(token)
        depth -= token.text in ")]" and depth > 0
    while words and (words[0].lower in {"a", "an", "the"} or words[0].kind in {"mark", "open"}):
        words.pop(0)
    if len(words) > 1 and words[0].lower.endswith("-old"):
        words.pop(0)
    while words and words[-1].kind in {"mark", "close", "open"}:
        words.pop()
    if len(words) > 2 and words[-2].lower in {"on", "in", "last", "since"} and _is_time(words[-1]):
        words = words[:-2]
    return words[: _examples(words)]


def _examples(words: Sequence[Token]) -> int:
    """Where "such as Cole and Moe", "including Cole" or "on average" follows who speaks."""
    for at in range(1, len(words)):
        pair = (words[at].lower, words[at + 1].lower if at + 1 < len(words) else "as")
        if pair in {("such", "as"), ("on", "average")} or pair[0] == "including":
            return at
    return len(words)


def _is_time(word: Token) -> bool:
    return word.lower in lex.DAYS | lex.MONTHS | lex.TIME_NOUNS or word.kind == "number"


def _reporters_outlet(words: list[Token], text: str) -> Agent | None:
    """The organisation behind "Moe of the Times", "NPR's Lund" and "the CBS report"."""
    for at, token in enumerate(words[1:-1], start=1):
        if token.lower in {"of", "for", "at", "from"} and words[0].is_capital:
            rest = [w for w in words[at + 1 :] if w.lower != "the"]
            name = text[rest[0].start : rest[-1].end] if rest else ""
            if rest and rest[0].is_capital and is_outlet(name) and _is_plain_name(words[:at]):
                return Agent(name, "organisation", named=True, reporter=words[at - 1].text)
    for at, token in enumerate(words[:-1]):
        owner = text[words[0].start : token.end]
        if token.lower.endswith("'s") and is_outlet(owner) and words[at + 1].is_capital:
            name = without_possessive(owner)
            return Agent(name, "organisation", named=True, reporter=words[-1].text)
    if len(words) > 1 and words[-1].lower in lex.DOCUMENT_WORDS and is_outlet(words[0].text):
        return Agent(text[words[0].start : words[-2].end], "organisation", named=True)
    return None


def _is_plain_name(words: list[Token]) -> bool:
    return (
        1 <= len(words) <= 4
        and all(w.is_capital or w.lower in lex.PARTICLES for w in words)
        and bare(words[-1]) not in lex.ORGANISATION_WORDS
    )


def _person_of(words: list[Token], text: str) -> Agent | None:
    """The person at the end of "Ukrainian President Volodymyr Zelenskyy", without the titles."""
    words = _without_trade(_without_home(words))
    run = len(words)
    while run > 0 and _in_name(words, run - 1):
        run -= 1
    while run < len(words) and words[run].lower in lex.PARTICLES:
        run += 1
    run = _past_owner(words, run)
    name = words[run:]
    title = words[run - 1].lower if run and bare(words[run - 1]) in lex.TITLES else None
    described = bool(name) and run > 0 and _is_described(words, run)
    if run and title is None and not described:
        name, title = _after_of(words, run)
    if not name or words[-1].lower.endswith(("'s", "'")) or bare(name[-1]) in lex.DIVISIONS:
        return None
    if title is None and not described and not looks_like_person(name):
        return None
    if _is_body(name, title):
        return None
    if title in lex.ROYAL and len(name) == 1:
        name = words[run - 1 :]
    return Agent(text[name[0].start : name[-1].end], "person", named=True, person_title=title)


def _past_owner(words: list[Token], run: int) -> int:
    """Where the name begins in "Volvex's Tim Hale"."""
    near = range(len(words) - 3, run - 1, -1)
    owner = next((i for i in near if words[i].lower.endswith(("'s", "s'"))), run - 1)
    given = owner >= run and words[owner + 1].lower in GIVEN_NAMES
    return owner + 1 if given and looks_like_person(words[owner + 1 :]) else run


def _without_home(words: list[Token]) -> list[Token]:
    """The name in "Otto Lund of Dover", without the place."""
    for at, word in enumerate(words):
        if word.lower not in {"of", "from"} or at < 2:
            continue
        if at <= 4 and looks_like_person(words[:at]):
            return words[:at]
        first = next((i for i in range(at - 1, -1, -1) if not words[i].is_capital), -1) + 1
        if 0 < first < at - 1 and _is_described(words[:at], first):
            return words[:at]
    return words


def _is_body(name: Sequence[Token], title: str | None) -> bool:
    """Whether a name is an organisation's, though a title may stand before it."""
    if title in _IN_OUTLETS and is_outlet(name[-1].text):
        return True
    return _names_organisation(name) and (title is None or len(name) > 3)


def _without_trade(words: list[Token]) -> list[Token]:
    """The name in "Welder Ann Lee", at the beginning of a sentence."""
    trade = len(words) > 2 and words[1].lower in GIVEN_NAMES - {words[0].lower}
    named = words[0].lower in GIVEN_NAMES or not words[0].lower.endswith(lex.SPEAKER_ENDINGS)
    return words[1:] if trade and not named and looks_like_person(words[1:]) else words


def _is_described(words: list[Token], run: int) -> bool:
    """Whether plain words stand before a name: "financial planner Ann Lee", "his wife Ann"."""
    before = words[run - 1]
    if _is_of_body(words, run):
        return True
    if before.is_capital and before.lower.endswith(("'s", "s'")):
        return words[run].lower in GIVEN_NAMES and looks_like_person(words[run:])
    if before.kind != "word" or before.is_capital or before.lower.endswith("'s"):
        return False
    if before.lower in lex.NOUN_LINKS | lex.DETERMINERS or bare(before) in lex.ORGANISATION_WORDS:
        return False
    return looks_like_person(words[run:]) or bare(before) in lex.SPEAKERS


def _is_of_body(words: list[Token], run: int) -> bool:
    """Whether a party or a house stands before a name: "the Coast Party's Ida Moe"."""
    before = words[run - 1]
    bodied = _names_organisation(words[:run]) or words[run].lower in GIVEN_NAMES
    return before.lower.endswith(("'s", "s'")) and bodied and looks_like_person(words[run:])


def _after_of(words: list[Token], run: int) -> tuple[list[Token], str | None]:
    """Split "Deputy Director of Harbour Safety Ida-Mai Lund" after the office."""
    titled = [w for w in words[:run] if bare(w) in lex.TITLES]
    lower = [w for w in words[:run] if not w.is_capital and w.lower not in lex.NOUN_LINKS]
    if titled and words[run - 1].lower in {"of", "for"} and len(words) - run >= 3:
        return words[-2:], titled[-1].lower
    if titled and lower and words[run - 1].is_capital:
        return words[run:], titled[-1].lower
    return [], None


def _in_name(words: list[Token], at: int) -> bool:
    token = words[at]
    owns = token.lower.endswith(("'s", "s'"))
    if owns and looks_like_person(words[at + 1 :]):
        return False
    if bare(token) in lex.TITLES and not owns and not (at and words[at - 1].lower in lex.PARTICLES):
        # "Jr." follows a name; a title in front of it ends the walk back.
        return False
    if token.is_capital:
        return True
    follows = words[at + 1] if at + 1 < len(words) else None
    return (
        token.lower in lex.PARTICLES
        and follows is not None
        and (follows.is_capital or follows.lower in lex.PARTICLES)
    )


def looks_like_person(name: Sequence[Token]) -> bool:
    """Whether words without a title may be somebody's name."""
    core = [w for w in name if w.lower not in lex.SUFFIXES]
    if not 2 <= len(core) <= 4 or _names_organisation(core):
        return False
    if not all(w.is_capital or w.lower in lex.PARTICLES for w in core):
        return False
    first = core[0].lower
    if first in FAMILY_NAMES_FIRST and "-" in core[1].text:
        return True
    if first in GIVEN_NAMES:
        return True
    blocked = lex.PLACE_WORDS | lex.NATIONS | lex.DETERMINERS
    dates = lex.MONTHS | lex.DAYS
    # "Jan Weiss" and "June Cole" are names; no family is called after a day.
    return not any(
        bare(w) in blocked or _is_acronym(w) or (at and bare(w) in dates)
        for at, w in enumerate(core)
    )


def _is_acronym(token: Token) -> bool:
    return len(token.text) > 1 and token.text.isupper() and "." not in token.text


def _names_organisation(name: Sequence[Token]) -> bool:
    return any(bare(w) in lex.ORGANISATION_WORDS for w in name)


def may_speak(agent: Agent, phrase: Sequence[Token], cue: str) -> bool:
    """Whether a description can be a source: "the officials", and not "the sparking of"."""
    first, head = phrase[0], _head(_content(phrase) or list(phrase))
    speaks = bare(head) in lex.SPEAKERS and len(phrase) > 1 and phrase[1].lower != "of"
    if first.lower.endswith("ing") and not first.is_capital and not speaks:
        return False
    if agent.kind != "unnamed" or agent.is_pronoun:
        return True
    if bare(head) in lex.SPEAKERS | lex.BODIES or bare(head).endswith(lex.SPEAKER_ENDINGS):
        return True
    after_of = _after_quantity(phrase)
    if after_of and (
        bare(after_of) in lex.SPEAKERS or after_of.lower.endswith(lex.SPEAKER_ENDINGS)
    ):
        return True
    determined = first.lower in lex.DETERMINERS or first.lower == "the"
    plural = head.lower.endswith("s") and head.kind == "word"
    return cue in sayings.PLAIN_CUES and (determined or head.is_capital or plural)


def _after_quantity(phrase: Sequence[Token]) -> Token | None:
    """The people of "forty percent of voters", "hundreds of residents"."""
    of = next((at for at, token in enumerate(phrase[:-1]) if token.lower == "of"), None)
    if of is None or phrase[of - 1].lower not in _QUANTITIES:
        return None
    ends = lex.NOUN_LINKS | AFTER_NOUN
    end = next((at for at in range(of + 1, len(phrase)) if phrase[at].lower in ends), len(phrase))
    return phrase[end - 1]


def _kind_of(words: list[Token]) -> tuple[AgentKind, bool]:
    """Kind, and whether a proper name stands at the head of the phrase."""
    head = _head(words)
    owned = any(w.is_capital for w in words[:-1])
    if head.is_capital and not (
        len(words) == 1 and bare(head) in lex.SPEAKERS - lex.ORGANISATION_WORDS
    ):
        kind: AgentKind = "document" if bare(head) in lex.DOCUMENT_WORDS else "organisation"
        if len(words) == 1 and head.lower in GIVEN_NAMES:
            kind = "person"
        if bare(head) in lex.TITLES and bare(head) not in lex.ORGANISATION_WORDS:
            return "unnamed", False
        return kind, True
    if bare(head) in lex.DOCUMENT_WORDS:
        return "document", owned
    if bare(head) in lex.ORGANISATION_WORDS:
        return ("organisation", True) if owned else ("unnamed", False)
    return "unnamed", False


def _head(words: list[Token]) -> Token:
    """The last word before a prepositional phrase."""
    for at, token in enumerate(words[1:], start=1):
        if token.lower in lex.NOUN_LINKS | {"into", "about"} | lex.ISSUED | AFTER_NOUN:
            return words[at - 1]
    return words[-1]
