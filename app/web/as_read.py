"""A claim as it was read, for the pages: what its wording adds, its figures, kinds and marks."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from app.domain.claim_parts import QuantityRecord
from app.domain.figure_periods import period_gap
from app.domain.records import ClaimRecord
from app.domain.words import ClaimKind, Mark
from app.web.wording import word

_WORD = re.compile(r"\s*\S+")


@dataclass(frozen=True, slots=True)
class Run:
    """Some words of a claim; what was added may stand instead of words of the article."""

    text: str
    is_added: bool = False
    instead_of: str = ""


def worded(claim: ClaimRecord, *, compare: bool = False) -> list[Run]:
    """A claim's wording in runs.

    What extraction added it says itself. Of other wordings, a person's above all, the words that
    the article's own do not have are told if ``compare`` asks for it.
    """
    if not claim.additions:
        return added_words(claim.text, claim.quote) if compare else [Run(claim.text)]
    runs, at = [], 0
    for one in sorted(claim.additions, key=lambda one: one.start):
        runs += [Run(claim.text[at : one.start])]
        runs += [Run(claim.text[one.start : one.end], is_added=True, instead_of=one.instead_of)]
        at = one.end
    runs.append(Run(claim.text[at:]))
    return [run for run in runs if run.text]


def added_words(text: str, quote: str | None) -> list[Run]:
    """A wording in runs, each with whether the words of the article do not hold it."""
    if not quote:
        return [Run(text)]
    if text == quote:
        return [Run(text.rstrip())]
    words, source = _WORD.findall(text), _WORD.findall(quote)
    here, there = [_plain(each) for each in words], [_plain(each) for each in source]
    if here == there[: len(here)]:
        return [Run("".join(words))]
    matched = SequenceMatcher(None, here, there, autojunk=False)
    return [
        Run("".join(words[first:last]), is_added=kind != "equal")
        for kind, first, last, _i, _j in matched.get_opcodes()
        if first < last
    ]


def added(runs: Iterable[Run]) -> list[Run]:
    """Those of some runs that were added."""
    return [run for run in runs if run.is_added]


def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def figures(quantities: Iterable[QuantityRecord]) -> list[QuantityRecord]:
    """Figures as they are shown: a range, which is two of them, stands in the same words once."""
    found: dict[tuple[object, ...], QuantityRecord] = {}
    for one in quantities:
        found.setdefault((one.raw, one.period, one.comparator, one.change, one.is_base), one)
    return list(found.values())


def period_dates(figure: QuantityRecord) -> tuple[str, str] | None:
    """First and last date of a figure's period, where its words do not say them already."""
    first, last = figure.period_from, figure.period_to
    if first is None or last is None or (first == last and first in (figure.period or "")):
        return None
    return first, last


def kinds(claim: ClaimRecord) -> list[tuple[str, list[str]]]:
    """The kinds of a claim in words, each with the words that it rests on."""
    return [
        (_known(ClaimKind, kind), [words for of, words in claim.grounds if of == kind])
        for kind in claim.kinds
    ]


def marks(claim: ClaimRecord) -> Sequence[str]:
    """What a claim is besides a statement that can be checked now, in words."""
    return [_known(Mark, mark) for mark in claim.marks]


def _known(words: type[ClaimKind | Mark], value: str) -> str:
    """A word of ours in the language of the page; another one, from a file, as it is."""
    return word(words(value)) if value in set(words) else value


# What templates call these.
FILTERS: Mapping[str, Callable[..., Any]] = {
    "worded": worded,
    "added": added,
    "figures": figures,
    "period_gap": period_gap,
    "period_dates": period_dates,
    "kinds": kinds,
    "marks": marks,
}
