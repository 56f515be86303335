"""Nouns with what belongs to them before a verb: "half of the customers who had rung said"."""

from collections.abc import Sequence
from typing import NamedTuple

from app.extraction import lexicon as lex
from app.extraction import sayings
from app.extraction.agents import bare
from app.extraction.tokens import Token
from app.extraction.wordlist import word_set

_REACH = 26
_SHORTEST = 2
_THEM = frozenset({"them", "these", "those", "us"})
_ANOTHER = frozenset({"another", "one", "others", "some"})
_OF_MANY = word_set("""half most some many several all none each one two three four five six seven eight nine ten
    dozens hundreds thousands scores majority number third quarter quarters thirds percent cent
    handful group couple few""")
_AFTER_NOUN = (
    lex.NOUN_LINKS | word_set("near behind across inside outside around among next such including")
) - {"of"}
_ABOUT_TALK = word_set("""statement interview email e-mail tweet letter post release memo briefing hearing report
    message call speech note court filing""")
_STARTS_ANEW = word_set("""but while as because although though if when until unless whether
    whereas so than where how why what which""")
_CONTACT = word_set("he she they we i you it")
_PEOPLE = lex.ADDRESSEES - frozenset(lex.PRONOUNS)


class Whole(NamedTuple):
    """The tokens of a noun phrase that name somebody: from ``first`` up to ``last``."""

    first: int
    last: int


def whole_phrase(words: Sequence[Token], simple: int, end: int, low: int) -> Whole | None:
    """The whole phrase that ends before a verb, where only its last noun begins at ``simple``.

    None where that noun is the subject, or where the words before it hold a clause of their own.
    """
    if words[end - 1].lower in _CONTACT:
        # "a woman you think …": the pronoun is the subject.
        return None
    first = _beginning(words, end, low)
    if first >= simple or not _may_lead(words, first):
        return None
    head = _head_end(words, first, end)
    if head >= end or not _speaks(words, first, head):
        return None
    last = _belongs(words, head, end)
    return Whole(first, last) if last is not None else None


def _beginning(words: Sequence[Token], end: int, low: int) -> int:
    """Where the clause begins that a phrase is the subject of."""
    at = end
    while at > max(low, end - _REACH):
        word = words[at - 1]
        if word.kind in {"open", "close", "mark"} or _starts_anew(words, at - 1):
            break
        after = words[at].lower if at < end else ""
        that = word.lower == "that" and after not in lex.TIME_NOUNS
        if that or (word.lower in sayings.CUES and _reports(words, at - 1, low)):
            break
        at -= 1
    return at + (at < end and words[at].lower == "and")


def _starts_anew(words: Sequence[Token], at: int) -> bool:
    such = at > 0 and words[at].lower == "as" and words[at - 1].lower == "such"
    return words[at].lower in _STARTS_ANEW and not such


def _reports(words: Sequence[Token], at: int, low: int) -> bool:
    """Whether a verb of saying has its own subject, and is not that of "who had written in"."""
    before = at - 1
    while before > low and words[before].lower in lex.ADVERBS | {"has", "have", "had"}:
        before -= 1
    participle = words[at].lower.endswith("ing") or words[at].lower in sayings.PERFECT_CUES
    described = lex.looks_past(words[at].lower) and words[at + 1].lower in lex.PREPOSITIONS
    plain = words[at].lower in sayings.NOUN_LIKE_CUES or described
    return not participle and not plain and words[before].lower not in {"who", "whom"}


def _may_lead(words: Sequence[Token], first: int) -> bool:
    word = words[first]
    if word.lower in _OF_MANY:
        return True
    small = lex.PREPOSITIONS | lex.AUXILIARIES | lex.CONJUNCTIONS | lex.ADVERBS | lex.NO_AGENT
    return word.kind == "number" or (word.kind == "word" and word.lower not in small)


def _head_end(words: Sequence[Token], first: int, end: int) -> int:
    """Where the noun ends: before "in", "who", "living near", "he deals with"."""
    for at in range(first + 1, end):
        lower = words[at].lower
        if lower == "of" and words[at - 1].lower in _OF_MANY:
            continue
        if lower in _AFTER_NOUN | {"of", "who"} or lower in _CONTACT or _describes(words, at, end):
            return at
    return end


def _describes(words: Sequence[Token], at: int, end: int) -> bool:
    """Whether a participle begins what belongs to a noun: "questioned in May", "living near"."""
    word = words[at]
    if word.is_capital or at == 0:
        return False
    participle = word.lower.endswith("ing") or lex.looks_past(word.lower)
    before = words[at - 1].lower
    return (
        participle
        and (at + 1 == end or words[at + 1].lower in lex.PREPOSITIONS | {"out", "by", "up"})
        and before not in lex.DETERMINERS | lex.PREPOSITIONS | {"the"}
    )


def _speaks(words: Sequence[Token], first: int, head: int) -> bool:
    """Whether the noun is one of people or of a document that says something."""
    noun = words[head - 1]
    if noun.is_capital and head - 1 > first:
        return False
    name = bare(noun)
    if name in lex.TIME_NOUNS or noun.kind != "word":
        return False
    if name in lex.SPEAKERS | _PEOPLE or name.endswith(lex.SPEAKER_ENDINGS):
        return True
    counted = words[first].lower in _OF_MANY and words[first + 1].lower == "of"
    return counted or (name.endswith("s") and not name.endswith("ss"))


def _belongs(words: Sequence[Token], head: int, end: int) -> int | None:
    """Up to where the phrase names somebody; None where a verb of the main clause stands in it."""
    relative = next((at for at in range(head, end) if _begins_relative(words, at, end)), end)
    if any(_is_main_verb(words, at) for at in range(head, relative)):
        return None
    rest = words[relative:end]
    by_verb = bool(rest) and rest[0].lower in _CONTACT | {"who"}
    if any(word.lower == "and" for word in rest) or (
        by_verb and not any(lex.looks_finite(word.lower) for word in rest)
    ):
        return None
    talk = next((at for at in range(head, relative) if words[at].lower in _ABOUT_TALK), None)
    that = next((at for at in range(head, relative) if _is_that(words, at)), relative)
    return _link_before(words, talk, head) if talk is not None else that


def _is_that(words: Sequence[Token], at: int) -> bool:
    """Whether "that night" says when, and not "footage from that day" what."""
    return words[at].lower == "that" and words[at - 1].lower not in lex.PREPOSITIONS


def _begins_relative(words: Sequence[Token], at: int, end: int) -> bool:
    """Whether "who had rung", "living near" or "he deals with" begins."""
    contact = words[at].lower in _CONTACT and at + 1 < end
    return (
        words[at].lower == "who"
        or (contact and lex.looks_finite(words[at + 1].lower))
        or _describes(words, at, end)
    )


def _is_main_verb(words: Sequence[Token], at: int) -> bool:
    """Whether a verb stands here, and no participle before its noun: "in fried and baked fish"."""
    lower = words[at].lower
    if not lex.looks_finite(lower) or words[at].is_capital:
        return False
    described = words[at - 1].lower in lex.DETERMINERS | lex.PREPOSITIONS | {"the", "and"}
    return not (described and lower.endswith("ed"))


def _link_before(words: Sequence[Token], at: int, head: int) -> int:
    """The preposition in front of "a statement"."""
    return next((i for i in range(at - 1, head - 1, -1) if words[i].lower in lex.PREPOSITIONS), at)


def describes_only(words: Sequence[Token]) -> bool:
    """Whether words between commas only describe: "headed by Ann Lee", "based in Dover"."""
    lead = words[0]
    if lead.kind != "word" or lead.is_capital or len(words) <= _SHORTEST:
        return False
    participle = lex.looks_past(lead.lower) or lead.lower in {"led", "run", "made", "known"}
    return participle and words[1].lower in lex.PREPOSITIONS


def over_offices(words: Sequence[Token], first: int, low: int) -> int:
    """Where the offices begin in "chairman, chief executive and president Ann Lee"."""
    at = first
    while bare(words[first]) in lex.TITLES and at - 2 >= low:
        office = at - 2
        if words[at - 1].lower not in {"and", ","} or (bare(words[office]) not in lex.TITLES):
            break
        while office > low and bare(words[office - 1]) in lex.TITLES | lex.ROLE_PARTS:
            office -= 1
        at = office
    return at


def joins_titles(words: Sequence[Token], at: int) -> bool:
    """Whether "and" joins what somebody is: "said the author and teacher Ann Lee"."""
    near = (words[at - 1], words[min(at + 1, len(words) - 1)])
    return all(not word.is_capital and bare(word) in lex.TITLES for word in near)


def is_one_of(phrase: Sequence[Token]) -> bool:
    """Whether only what follows tells who it is: "One of them, a clerk, said"."""
    return phrase[-1].lower in _THEM or (len(phrase) == 1 and phrase[0].lower in _ANOTHER)


def before_bracket(words: Sequence[Token], end: int, low: int) -> int:
    """The end of a name without "(D-Ohio)" behind it."""
    if words[end - 1].text != ")":
        return end
    return next((at for at in range(end - 1, low, -1) if words[at].text == "("), end)
