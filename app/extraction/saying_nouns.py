"""Nouns that say: "claims by X that …", "X's view is that …", "issued a statement saying …"."""

from collections.abc import Sequence

from app.extraction import lexicon as lex
from app.extraction import sayings
from app.extraction.agents import Agent, agent_of, looks_like_person, may_speak
from app.extraction.documents import is_document, without_ending
from app.extraction.owned_claims import act_after, act_of, giver, made_on
from app.extraction.statements import SHORTEST, Context, Link, Statement, Stretch, left_of
from app.extraction.subjects import Subject
from app.extraction.tokens import Token
from app.extraction.wordlist import word_set

_FARTHEST_THAT = 10
_ISSUING = word_set("""issued issues released releases published publishes posted posts put sent sends wrote writes gave
    gives made makes delivered delivers filed files circulated distributed shared shares tweeted
    uploaded aired ran carried commissioned signed unveiled presented read reads produced""")
_CITING = word_set("cited cites quoted quotes referenced mentioned mentions saw read received")
_REPORTS = word_set("reports report rumours rumors rumour rumor")
_AMID = word_set("with amid after following despite on over were are of")
_OWNERS = {"his": "he", "her": "she", "their": "they", "its": "it"}
# "reports urging new rules" say nothing of what is.
_ASKING = word_set("urging promising threatening recommending pledging vowing proposing demanding")
_DENIES = word_set(
    "denied denies disputed disputes rejected rejects contested contests refuted refutes"
)
_FARTHEST_VOICE = 5
_HEARING = word_set(
    "heard hears hear hearing learned learnt learns understood understands gathered word"
)
_FARTHEST_VERB = 8
_LONGEST_PHRASE = 5
_ARTICLES = frozenset(
    {"a", "an", "the", "no", "some", "several", "many", "his", "her", "their", "its"}
)
_LEADS_IN = lex.PREPOSITIONS | {"and", "but", "or", "amid", "despite"}
POINTING = word_set("pointed points cited cites referenced mentioned mentions quoted quotes")


def noun_cue(context: Context, stretch: Stretch, at: int) -> list[Statement] | None:
    """Read "claims by X that …", "X's claim that …", "has voiced concern that …"."""
    denied = _denied(context, stretch, at)
    if denied is not None:
        return denied
    act = act_after(context, at, stretch.high)
    if act is not None:
        owned = _owner(context, stretch, at) or (giver(context, at, act), at)
        return act_of(context, stretch, act, first=owned[1], links=owned[0]) if owned[0] else None
    made = made_on(context.words, at, stretch.high)
    that = _that(context, at, stretch.high) if made is None else made
    if that is None or _is_relative(context, that + 1):
        return None
    named = _named_after(context, at, that) if made is None else None
    found = named or _owner(context, stretch, at)
    if found is None and context.words[at + 1].lower == "that":
        found = _voiced(context, stretch, at) or _reports(context, stretch, at)
    if found is None:
        return None
    links, first = found
    left = left_of(context, stretch.part(stretch.low, first)) if first > stretch.low else []
    return left + context.parse(stretch.part(that + 1, stretch.high).said_by(*links))


def _denied(context: Context, stretch: Stretch, at: int) -> list[Statement] | None:
    """Read "…, a claim (that) X denied": the remark is X's, whoever said what is denied."""
    words, high = context.words, stretch.high
    if at - 2 <= stretch.low or words[at - 2].text != "," or words[at - 1].lower not in {"a", "an"}:
        return None
    first = at + 1 + (at + 1 < high and words[at + 1].lower in {"that", "which"})
    near = range(first + 1, min(high, first + _FARTHEST_THAT))
    verb = next((i for i in near if words[i].lower in _DENIES), None)
    if verb is None or (verb + 1 < high and words[verb + 1].kind == "word"):
        return None
    subject = context.phrases.before(verb, first)
    links = context.links(subject, words[verb].lower, verb) if subject else ()
    if subject is None or not links or subject.first != first:
        return None
    before = context.parse(stretch.part(stretch.low, at - 2))
    return [*before, context.statement(Stretch(at - 1, high, links))]


def _is_relative(context: Context, at: int) -> bool:
    """Whether "that" stands for the noun: "a statement that seemed …"."""
    word = context.words[at]
    return lex.looks_finite(word.lower) and not word.is_capital and "'" not in word.lower


_Found = tuple[tuple[Link, ...], int]


def _that(context: Context, at: int, high: int) -> int | None:
    """The "that" that belongs to the noun, with who made it or "is" in between."""
    words = context.words
    for i in range(at + 1, min(high - 2, at + _FARTHEST_THAT)):
        if words[i].lower == "that":
            near = i == at + 1 or words[at + 1].lower in {"by", "from", "of", "made", "among"}
            linked = i == at + 2 and words[at + 1].lower in lex.BE
            return i if near or linked else None
        if words[i].text in {",", ";", ":"} or words[i].kind in {"open", "close"}:
            return None
    return None


def _named_after(context: Context, at: int, that: int) -> _Found | None:
    """Who is named between the noun and "that": "claims by X that"."""
    words = context.words
    first = at + 1 + (words[at + 1].lower == "made")
    if words[first].lower not in {"by", "from", "among", "of"}:
        return None
    phrase = words[first + 1 : that]
    agent = agent_of(phrase, context.text) if phrase else None
    if words[first].lower == "of" and (agent is None or agent.kind != "person"):
        return None
    if agent is None or not may_speak(agent, phrase, "said"):
        return None
    cue = f"{words[at].lower} {words[first].lower}"
    link = context.source(agent, phrase, cue=cue, at=words[at].start)
    return ((link,), _phrase_first(words, at)) if link else None


def _phrase_first(words: Sequence[Token], at: int) -> int:
    """Where the phrase of a noun begins: "and with a pointed reminder from …"."""
    near = range(at - 1, max(0, at - _LONGEST_PHRASE), -1)
    first = next((i for i in near if words[i].lower in _ARTICLES), at)
    if any(word.kind != "word" or word.is_capital for word in words[first:at]):
        first = at
    while first > 0 and words[first - 1].lower in _LEADS_IN:
        first -= 1
    return first


def _owner(context: Context, stretch: Stretch, at: int) -> _Found | None:
    """Whose claim it is: "X's claim that", "their own view is that"."""
    words = context.words
    owner = at - 1
    while owner > stretch.low and owner > at - 3 and _is_between(words[owner]):
        owner -= 1
    if owner < stretch.low:
        return None
    lower = words[owner].lower
    cue = words[at].lower
    if lower in _OWNERS:
        agent = Agent(_OWNERS[lower], "unnamed", named=False)
        link = context.source(agent, [words[owner]], cue=cue, at=words[at].start)
        return ((link,), owner) if link else None
    if not lower.endswith(("'s", "s'")):
        return None
    first = _name_first(words, stretch.low, owner)
    if first is None:
        subject = context.phrases.owner(owner, stretch.low)
        first = subject.first if subject else None
    if first is None:
        return None
    phrase = [*words[first:owner], without_ending(words[owner])]
    owned = agent_of(phrase, context.text)
    if owned is None or not may_speak(owned, phrase, "expects"):
        return None
    link = context.source(owned, phrase, cue=cue, at=words[at].start)
    return ((link,), first) if link else None


def _name_first(words: Sequence[Token], low: int, owner: int) -> int | None:
    """Where the name begins in "contradicts Ann Lee's claim"."""
    at = owner
    while at > low and words[at - 1].is_capital:
        at -= 1
    name = [*words[at:owner], without_ending(words[owner])]
    return at if at > low and looks_like_person(name) else None


def _is_between(word: Token) -> bool:
    """Whether an adjective stands between the owner and the noun."""
    return (
        word.kind == "word"
        and not word.lower.endswith(("'s", "s'"))
        and not word.is_capital
        and (word.lower not in _OWNERS and word.lower not in lex.PREPOSITIONS)
    )


def _voiced(context: Context, stretch: Stretch, at: int) -> _Found | None:
    """The subject of "voiced concerns that"."""
    words = context.words
    near = range(at - 1, max(stretch.low, at - _FARTHEST_VOICE), -1)
    verb = next((i for i in near if words[i].lower in sayings.CUE_NOUN_VERBS), None)
    if verb is None:
        return None
    subject = context.phrases.before(verb, stretch.low)
    if subject is None:
        return None
    links = context.links(subject, f"{words[verb].lower} {words[at].lower}", verb)
    return (links, subject.first) if links else None


def _reports(context: Context, stretch: Stretch, at: int) -> _Found | None:
    """Reports that nobody is named for: "amid reports that"."""
    word = context.words[at]
    before = context.words[at - 1].lower if at > stretch.low else ""
    if word.lower not in _REPORTS or before not in _AMID:
        return None
    agent = Agent(word.text, "document", named=False)
    link = context.source(agent, [word], cue=f"{before} {word.lower}", at=word.start)
    return ((link,), at) if link else None


def heard_from(context: Context, stretch: Stretch, at: int) -> list[Statement] | None:
    """Read "heard from X that …", "has word from X that …" at "from"."""
    words = context.words
    if words[at - 1].lower not in _HEARING:
        return None
    near = range(at + 2, min(stretch.high - 2, at + _FARTHEST_THAT))
    that = next((i for i in near if words[i].lower == "that"), None)
    if that is None or any(words[i].text == "," for i in range(at, that)):
        return None
    phrase = words[at + 1 : that]
    agent = agent_of(phrase, context.text)
    subject = context.phrases.before(at - 1, stretch.low)
    if agent is None or not may_speak(agent, phrase, "said"):
        return None
    cue = f"{words[at - 1].lower} from"
    link = context.source(agent, phrase, cue=cue, at=words[at].start)
    outer = context.links(subject, words[at - 1].lower, at - 1) if subject else ()
    if link is None:
        return None
    return context.parse(stretch.part(that + 1, stretch.high).said_by(*outer, link))


def issued(context: Context, stretch: Stretch, at: int) -> list[Statement] | None:
    """Read "X issued a statement saying …" and "a post that said …"."""
    words = context.words
    cue = _cue_after(context, at, stretch.high)
    if cue is None or words[cue].lower in _ASKING:
        return None
    keeps = context.cues.keeps_itself(cue, stretch.high)
    content = cue if keeps else context.cues.content_after(cue, stretch.high)
    if content is None:
        return None
    verb = _verb_before(words, stretch.low, at)
    links = _issuers(context, stretch, at, verb=verb, cue=cue)
    if not links:
        return None
    said = stretch.part(content, stretch.high).said_by(*links)
    return [context.statement(said)] if keeps else context.parse(said)


def pointed_to(context: Context, stretch: Stretch, at: int) -> list[Statement] | None:
    """Read "pointed to a trial by the maker in which …" and "cited a survey in which …"."""
    words = context.words
    first = at + 1 + (words[at + 1].lower == "to")
    near = range(first + 2, min(stretch.high - SHORTEST, first + _FARTHEST_THAT))
    which = next((i for i in near if words[i].lower == "which"), None)
    if which is None or words[which - 1].lower not in {"in", "where"}:
        return None
    subject = context.phrases.before(at, stretch.low)
    phrase = words[first : which - 1]
    agent = agent_of(phrase, context.text)
    if subject is None or agent is None or not is_document(phrase):
        return None
    outer = context.links(subject, words[at].lower, at)
    document = Subject(first, agent, which - 1)
    inner = context.links(document, f"{words[at].lower} … in which", at)
    if not outer or not inner:
        return None
    return context.parse(stretch.part(which + 1, stretch.high).said_by(*outer, *inner))


def _cue_after(context: Context, at: int, high: int) -> int | None:
    """The verb of what a document says: right after it, or after "that" or "which"."""
    words = context.words
    if at + 2 >= high:
        return None
    if words[at + 1].lower in sayings.PARTICIPLE_CUES:
        return at + 1
    relative = words[at + 1].lower in {"that", "which"}
    return at + 2 if relative and context.cues.is_cue(at + 2, at) else None


def _verb_before(words: Sequence[Token], low: int, at: int) -> int | None:
    for i in range(at - 1, max(low, at - _FARTHEST_VERB), -1):
        if words[i].lower in _ISSUING | _CITING:
            return i
        if words[i].text in {",", ";"} or words[i].lower in {"that", "in", "by", "to"}:
            return None
    return None


def _issuers(
    context: Context, stretch: Stretch, at: int, *, verb: int | None, cue: int
) -> tuple[Link, ...]:
    """Who issued the document; else the document itself, after whoever cites it."""
    words = context.words
    outer: tuple[Link, ...] = ()
    if verb is not None and verb > stretch.low:
        subject = context.phrases.before(verb, stretch.low)
        if words[verb].lower in _ISSUING:
            said = f"{words[verb].lower} … {words[cue].lower}"
            return context.links(subject, said, cue) if subject else ()
        if subject and words[verb].lower.startswith(("cit", "quot")):
            outer = context.links(subject, words[verb].lower, verb)
    document = context.phrases.ending(at + 1, stretch.low)
    return (*outer, *context.links(document, words[cue].lower, cue)) if document else ()
