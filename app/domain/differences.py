"""What was taken out of a text and what was put in, line by line and word by word."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from math import isqrt

# Where more words than this changed in one place, they are shown as a whole.
MOST_WORDS = 2_000
# How much is compared in all, by ``_work``: somebody waits. The rest is shown as a whole, too.
MOST_WORK = 5_000_000
# From how many parts on ``SequenceMatcher`` leaves out those that stand there often.
LONG = 200
_PIECE = re.compile(r"\s+|\w+|[^\w\s]")


class Change(StrEnum):
    """What became of a run of text."""

    KEPT = "kept"
    OUT = "out"
    IN = "in"


Run = tuple[Change, str]


def difference(before: str, after: str) -> list[Run]:
    """Two texts as one, in runs; what is kept or put in makes the later text, in order."""
    runs: list[Run] = []
    for change, text in _by_lines(before, after):
        if text and runs and runs[-1][0] is change:
            runs[-1] = (change, runs[-1][1] + text)
        elif text:
            runs.append((change, text))
    return runs


def _by_lines(before: str, after: str) -> Iterator[Run]:
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    left = MOST_WORK - _work(old, new, is_sparing=True)
    if left < 0:
        yield from _as_whole(old, new)
        return
    for tag, start, end, first, last in SequenceMatcher(None, old, new).get_opcodes():
        gone, come = "".join(old[start:end]), "".join(new[first:last])
        if tag == "equal":
            yield Change.KEPT, gone
            continue
        ours, theirs = _PIECE.findall(gone), _PIECE.findall(come)
        work = _work(ours, theirs)
        if max(len(ours), len(theirs)) > MOST_WORDS or work > left:
            yield Change.OUT, gone
            yield Change.IN, come
            continue
        left -= work
        yield from _by_words(ours, theirs)


def _work(old: Sequence[str], new: Sequence[str], *, is_sparing: bool = False) -> int:
    """About how much there is to do to compare two sequences: pairs of like parts, gone over often.

    ``is_sparing``: what makes more than a hundredth of a long sequence is not paired, as
    ``SequenceMatcher`` does it.
    """
    ours, theirs = Counter(old), Counter(new)
    most = len(new) // 100 + 1 if is_sparing and len(new) >= LONG else len(new)
    pairs = sum(count * theirs[part] for part, count in ours.items() if theirs[part] <= most)
    return pairs * isqrt(min(len(old), len(new)))


def _as_whole(old: Sequence[str], new: Sequence[str]) -> Iterator[Run]:
    """Two texts of which only what both begin and end with is told as kept."""
    shorter = min(len(old), len(new))
    start = next((n for n in range(shorter) if old[n] != new[n]), shorter)
    rest = shorter - start
    end = next((n for n in range(rest) if old[-1 - n] != new[-1 - n]), rest)
    yield Change.KEPT, "".join(old[:start])
    yield Change.OUT, "".join(old[start : len(old) - end])
    yield Change.IN, "".join(new[start : len(new) - end])
    yield Change.KEPT, "".join(old[len(old) - end :])


def _by_words(old: Sequence[str], new: Sequence[str]) -> Iterator[Run]:
    opcodes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for tag, start, end, first, last in opcodes:
        if tag == "equal":
            yield Change.KEPT, "".join(old[start:end])
        else:
            yield Change.OUT, "".join(old[start:end])
            yield Change.IN, "".join(new[first:last])
