"""Claims that belong to somebody: "his claims of having paid", "details of the deal", "denied by X"."""

from collections.abc import Sequence

from app.extraction import lexicon as lex
from app.extraction.openings import past_time
from app.extraction.statements import SHORTEST, Context, Link, Statement, Stretch, left_of
from app.extraction.subjects import Subject
from app.extraction.tokens import Token
from app.extraction.wordlist import word_set

# With "of" and an act these tell what somebody says happened; "hopes of winning" do not.
_OF_ACTS = word_set("""claim claims allegation allegations accusation accusations account accounts boast boasts
    alibi story stories version denial denials admission admissions confession recollection
    recollections memory memories tale tales complaint complaints suggestion suggestions talk
    description descriptions insistence""")
# Where and when a claim was made: "claim in a later interview that", "claim to reporters that".
_OCCASIONS = word_set("""interview court trial evidence public private parliament congress senate television tv
    radio twitter facebook instagram x statement letter email tweet post speech hearing testimony
    book memoir interviews podcast conference briefing debate affidavit papers documents filing
    lawsuit stand oath radio press""")
_ADJUNCTS = word_set("in on at during to last earlier this under before yesterday")
_FARTHEST_THAT = 9
_TELLING = word_set("""reported reports revealed reveals published publishes shared shares disclosed discloses
    released releases unveiled unveils gave gives offered offers leaked announced carried provided
    provides recounted recounts""")
_MORE = word_set("more new fresh further full some the exclusive lurid graphic first additional")
_ABOUT = frozenset({"of", "on", "about"})
_SHORTEST_ING = 5
_REACH = 10
_LONGEST_DOER = 8
_ENDS_DOER = word_set("in on at during over after before as when while last this of")


def made_on(words: Sequence[Token], at: int, high: int) -> int | None:
    """The "that" behind the occasion of a claim: "his claim in court on Monday that"."""
    if words[min(at + 1, high - 1)].lower not in _ADJUNCTS:
        return None
    for i in range(at + 2, min(high - 2, at + _FARTHEST_THAT)):
        if words[i].lower == "that":
            return i if _is_occasion(words[i - 1]) else None
        if words[i].text in {",", ";", ":"} or words[i].kind in {"open", "close"}:
            return None
    return None


def _is_occasion(word: Token) -> bool:
    timed = lex.DAYS | lex.MONTHS | lex.TIME_NOUNS | lex.ADDRESSEES | {"yesterday", "today"}
    return word.lower in timed | _OCCASIONS or word.text.isdigit()


def act_after(context: Context, at: int, high: int) -> int | None:
    """Where the act begins in "claims of having paid", "an excuse she gave of having been"."""
    words = context.words
    if words[at].lower not in _OF_ACTS:
        return None
    given = at + 3 < high and words[at + 1].lower in lex.PRONOUNS
    of = at + 3 if given and words[at + 3].lower == "of" else at + 1
    if of + SHORTEST >= high or words[of].lower != "of":
        return None
    act = words[of + 1]
    is_act = act.lower.endswith("ing") and len(act.lower) > _SHORTEST_ING and not act.is_capital
    return of + 1 if is_act or act.lower == "being" else None


def giver(context: Context, at: int, content: int) -> tuple[Link, ...]:
    """Who gave it in "an excuse she gave of having been at the port"."""
    words = context.words
    pronoun = words[at + 1]
    agent = context.agent(at + 1, at + 2)
    if content - at <= SHORTEST or agent is None or pronoun.lower not in lex.PRONOUNS:
        return ()
    return context.links(Subject(at + 1, agent, at + 2), words[at].lower, at)


def act_of(
    context: Context, stretch: Stretch, content: int, *, first: int, links: tuple[Link, ...]
) -> list[Statement]:
    """The act that is claimed, and the sentence around it where it goes on with a verb."""
    words, high = context.words, stretch.high
    near = range(content + 2, min(high, content + _REACH))
    end = next((i for i in near if _goes_on(words[i], words[i - 1])), high)
    left = left_of(context, stretch.part(stretch.low, first)) if first > stretch.low else []
    return left + context.parse(stretch.part(content, end).said_by(*links))


def _goes_on(word: Token, before: Token) -> bool:
    """Whether the sentence goes on with its own verb: "… were rejected"."""
    return word.lower in lex.AUXILIARIES and before.lower not in {"he", "she", "they", "it", "who"}


def detailed(context: Context, stretch: Stretch, at: int) -> list[Statement] | None:
    """Read "The paper reported details of the deal that …" at "details"."""
    words, high = context.words, stretch.high
    verb = at - 1
    while verb > stretch.low and words[verb].lower in _MORE:
        verb -= 1
    about = at + 1
    told = verb > stretch.low and words[verb].lower in _TELLING
    if not told or about + SHORTEST >= high or words[about].lower not in _ABOUT:
        return None
    subject = context.phrases.before(verb, stretch.low)
    links = context.links(subject, f"{words[verb].lower} details", verb) if subject else ()
    if subject is None or not links:
        return None
    left = left_of(context, stretch.part(stretch.low, subject.first))
    return left + context.parse(stretch.part(about + 1, high).said_by(*links))


def doer(context: Context, end: int, low: int) -> Subject | None:
    """Who did it in the passive before ``end``: "was denied by Lee" before ", hinting"."""
    words = context.words
    by = next(
        (i for i in range(end - 1, max(low + 1, end - _LONGEST_DOER), -1) if _is_by(words, i, low)),
        None,
    )
    if by is None:
        return None
    last = next((i for i in range(by + 2, end) if words[i].lower in _ENDS_DOER), end)
    last = last if past_time(words, last, end) > last or words[last].lower != "of" else end
    agent = context.agent(by + 1, last)
    return Subject(by + 1, agent, last) if agent else None


def _is_by(words: Sequence[Token], at: int, low: int) -> bool:
    """Whether "by" follows a participle after a form of "be"."""
    participle = lex.looks_past(words[at - 1].lower)
    near = words[max(low, at - 4) : at - 1]
    return words[at].lower == "by" and participle and any(w.lower in lex.BE for w in near)
