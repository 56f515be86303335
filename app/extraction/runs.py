"""Runs of capitalised words in a sentence, their titles cut off."""

import re
from dataclasses import dataclass

from app.extraction import lexicon as lex
from app.extraction.agents import bare, is_outlet, looks_like_person, without_possessive
from app.extraction.tokens import Token
from app.extraction.wordlist import word_set


@dataclass(frozen=True, slots=True)
class Run:
    """A run of capitalised words; ``first`` and ``last`` are its places in the sentence."""

    words: tuple[Token, ...]
    titles: frozenset[str]
    evidence: int
    first: int
    last: int
    articled: bool

    @property
    def start(self) -> int:
        """Where the name begins, in code points of the article."""
        return self.words[0].start

    @property
    def starts(self) -> bool:
        """Whether the name is the beginning of its sentence."""
        return self.first == 0

    @property
    def name(self) -> str:
        """The words as a name."""
        return without_possessive(" ".join(w.text for w in self.words))

    @property
    def is_person(self) -> bool:
        """Whether the words may be somebody's full name."""
        if len(self.words) < 2 or self.articled:
            return False
        if self.words[0].lower in _SURNAME_STARTS or self.words[-1].lower in lex.DIVISIONS:
            return False
        if self.words[0].lower in lex.ROYAL:
            return True
        return looks_like_person(self.words) or (
            bool(self.titles) and len(self.words) <= 4 and not is_outlet(self.name)
        )


# "Van den Berg" is a surname; "Al" may be short for Albert.
_SURNAME_STARTS = lex.PARTICLES - {"al", "y"}
_NOT_FIRST = (
    lex.CONJUNCTIONS
    | lex.DETERMINERS
    | lex.PREPOSITIONS
    | lex.ADVERBS
    | lex.NO_AGENT
    | frozenset(lex.PRONOUNS)
    | word_set("the a an if one per according")
)
_OFFICES = word_set("office department ministry bureau division association union federation")
_SMALL_SUFFIXES = frozenset({"plc", "inc", "inc.", "llc", "ltd", "gmbh"})
_JOINS = re.compile(r"(?:of|for|and|the)$")


def runs(words: list[Token]) -> list[Run]:
    """Runs of capitalised words in a sentence, with connected organisations kept whole."""
    found: list[Run] = []
    at = 0
    while at < len(words):
        end = _run_end(words, at)
        if end > at:
            found.extend(_split_titles(words, at, end))
        at = max(end, at + 1)
    return found


def _run_end(words: list[Token], at: int) -> int:
    first = words[at]
    # "Australian-born Lee" is called Lee.
    if (
        not first.is_capital
        or (first.text.rsplit("-", 1)[-1].islower() and "-" in first.text)
        or first.lower in _NOT_FIRST
        or first.lower in lex.DAYS
    ):
        return at
    end = at + 1
    while end < len(words) and (not words[end - 1].lower.endswith("'s") or _is_office(words[end])):
        small = words[end].lower in _SMALL_SUFFIXES
        if small or (words[end].is_capital and words[end].lower not in lex.DAYS):
            end += 1
        elif _links(words, at, end):
            end += 2
        else:
            break
    return end


def _is_office(word: Token) -> bool:
    """Whether a name goes on after an owner: "the Sheriff's Office"."""
    return word.is_capital and word.lower in _OFFICES


def _links(words: list[Token], first: int, at: int) -> bool:
    """Whether a small word joins two capitalised ones into one name."""
    while at + 1 < len(words) and words[at].lower in lex.PARTICLES and first < at:
        if words[at + 1].is_capital:
            return True
        at += 1
    if at + 1 >= len(words) or not words[at + 1].is_capital:
        return False
    if words[at].lower == "&":
        return True
    return bool(_JOINS.match(words[at].lower)) and any(
        bare(word) in lex.ORGANISATION_WORDS for word in words[first:at]
    )


def _split_titles(words: list[Token], start: int, end: int) -> list[Run]:
    titled = [at for at in range(start, end) if words[at].lower in lex.TITLES]
    before = [words[start - 1].lower] if start and bare(words[start - 1]) in lex.TITLES else []
    if titled and titled[-1] + 1 < end:
        first = titled[-1] + 1
        titles = {words[at].lower for at in titled} | set(before)
    else:
        first, titles = start, set(before)
        if (
            end - start > 2
            and start
            and words[start - 1].lower in {"of", "the"}
            and _has_title(words, start)
        ):
            first = end - 2
            titles.add("leader")
    if first == 0 and _is_trade(words[:end]):
        first = 1
    name = tuple(w for w in words[first:end])
    if not name:
        return []
    if len(name) == 1 and first > start and words[first - 1].lower in lex.ROYAL:
        first -= 1
        name = (words[first], *name)
    articled = bool(start) and words[start - 1].lower == "the" and not titles
    evidence = bool(titles) + _evidence_after(words, end)
    return [Run(name, frozenset(titles), evidence, first, end, articled)]


def _is_trade(run: list[Token]) -> bool:
    """Whether a sentence begins with what a company is: "Airline Skyfare"."""
    named = any(bare(word) in lex.ORGANISATION_WORDS for word in run[1:])
    return len(run) > 1 and run[0].lower in lex.COMPANY_WORDS and run[1].is_capital and not named


def _has_title(words: list[Token], before: int) -> bool:
    """Whether an office is named right before "of": Director of Harbour Safety Ann Lee."""
    office = before - 2 - (words[before - 1].lower == "the")
    return office >= 0 and words[office + 1].lower == "of" and bare(words[office]) in lex.TITLES


def _evidence_after(words: list[Token], end: int) -> int:
    """An age, "who" or an office after the name says that it is a person."""
    following = [w.lower for w in words[end : end + 3]]
    if following[:1] == [","]:
        return int(len(following) > 1 and (following[1].isdigit() or following[1] == "who"))
    if following[:1] == ["("]:
        return int(
            (len(following) > 1 and following[1][:2] in {"d-", "r-"}) or following[-1].isdigit()
        )
    return int(following[:1] == ["who"])
