"""What was taken out of a text and what was put in, line by line and word by word."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum

# Where more words than this changed in one place, they are shown as a whole.
MOST_WORDS = 2_000
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
    for tag, start, end, first, last in SequenceMatcher(None, old, new).get_opcodes():
        gone, come = "".join(old[start:end]), "".join(new[first:last])
        if tag == "equal":
            yield Change.KEPT, gone
        else:
            yield from _by_words(_PIECE.findall(gone), _PIECE.findall(come))


def _by_words(old: Sequence[str], new: Sequence[str]) -> Iterator[Run]:
    if not old or not new or max(len(old), len(new)) > MOST_WORDS:
        yield Change.OUT, "".join(old)
        yield Change.IN, "".join(new)
        return
    opcodes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for tag, start, end, first, last in opcodes:
        if tag == "equal":
            yield Change.KEPT, "".join(old[start:end])
        else:
            yield Change.OUT, "".join(old[start:end])
            yield Change.IN, "".join(new[first:last])
