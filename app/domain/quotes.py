"""Finding a quote in what a saved copy says: word for word, but for marks and blanks, or nearly.

Offsets count code points of the copy's text. What typographers, keyboards, web pages and PDF files
turn into each other counts as the same: marks, blanks, upper case, ligatures, words that were parted
at the end of a line. "[…]" and "..." in a quote stand for words that it leaves out.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from app.domain.anchoring import Alike
from app.domain.evidence_words import QuoteFound
from app.domain.spans import SAME, Span

# How far apart the parts of a quote may stand, in characters, and where its first one is looked for.
WIDEST_GAP = 5_000
MOST_PLACES = 200
LETTERS_OF_PART = 3
# Words less alike than this are other words: half a quote is not the quote.
LEAST_ALIKE = 0.7

_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
# One sign for another, one for one; after small letters are made of capital ones.
_ALIKE = SAME | str.maketrans(
    {
        **dict.fromkeys("‹›″", '"'),
        **dict.fromkeys("′`´‛", "'"),
        **dict.fromkeys("‐‑‒―", "-"),
        "ς": "σ",
    }
)
# What nobody sees: soft hyphens, joiners and marks of direction.
_UNSEEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_CHANGED = re.compile(
    rf"(?P<brackets>\[(?P<letter>\w)\])"
    rf"|(?P<parted>(?<=[^\W\d_])[-‐‑\u00ad](?:[^\S\n]*\n\s*)?(?=[^\W\d_]))"
    rf"|(?P<dash>\s*[–—―−]\s*|\s+-\s+)"
    rf"|(?P<blank>\s[\s{_UNSEEN}]*)"
    rf"|(?P<unseen>[{_UNSEEN}]+)"
    rf"|(?P<joined>[{''.join(_LIGATURES)}])"
    r"|(?P<dots>…)|(?P<capital>İ)"
)
# Nothing here is asked twice for the same blanks: a quote may be ten thousand of them.
_GAP = re.compile(r"\[\s*(?:(?:…|\.{3})\s*)?\]|\(\s*(?:…|\.{3})\s*\)|…|\.{3,}")
_DIGITS = re.compile(r"\d*")
_JOINS, _JOINED = re.compile(r"\d[.,]"), re.compile(r"[.,]\d")
_OUTER = "\"'“”„«»‹›‘’‚"


@dataclass(frozen=True, slots=True)
class Place:
    """How and where a quote stands in a text; ``score`` is how like they are, from 0 to 1."""

    found: QuoteFound
    span: Span | None = None
    score: float = 0.0


MISSING = Place(QuoteFound.MISSING)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A run of a folded text and the run of the text itself that it was made of."""

    at: int
    start: int
    end: int
    is_kept: bool


class Folded:
    """A text in the one form in which quotes are compared, and the way back to its own places."""

    def __init__(self, text: str) -> None:
        pieces: list[_Piece] = []
        parts: list[str] = []
        at = last = 0
        for found in _CHANGED.finditer(text):
            for start, end, part in (
                (last, found.start(), None),
                (found.start(), found.end(), _replaced(found)),
            ):
                words = text[start:end].lower().translate(_ALIKE) if part is None else part
                if words:
                    pieces.append(_Piece(at, start, end, part is None))
                    parts.append(words)
                    at += len(words)
            last = found.end()
        pieces.append(_Piece(at, last, len(text), is_kept=True))
        parts.append(text[last:].lower().translate(_ALIKE))
        self.text = "".join(parts)
        self._pieces = pieces
        self._starts = [piece.at for piece in pieces]

    def there(self, start: int, end: int) -> Span:
        """The place in the text itself of a stretch of the folded one that is not empty."""
        first, last = self._piece(start), self._piece(end - 1)
        return Span(
            first.start + (start - first.at if first.is_kept else 0),
            last.start + end - last.at if last.is_kept else last.end,
        )

    def _piece(self, at: int) -> _Piece:
        return self._pieces[bisect_right(self._starts, at) - 1]


def _replaced(found: re.Match[str]) -> str:
    """What stands in a folded text for something that is written in several ways."""
    kind = found.lastgroup
    if kind == "brackets" or found["letter"]:
        return found["letter"].lower()
    if kind == "joined":
        return _LIGATURES[found[0]]
    return {"dash": "-", "blank": " ", "dots": "...", "capital": "i"}.get(kind or "", "")


class CopyText:
    """The text of a saved copy, in which quotes are looked for; made once for many of them."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _folded(self) -> Folded:
        return Folded(self.text)

    @cached_property
    def _alike(self) -> Alike:
        return Alike(self.text)

    def place(self, quote: str) -> Place:
        """Where a quote stands; of several places the first.

        A number that is a part of a larger one is not found: 5 does not stand in 15.
        """
        quote = unicodedata.normalize("NFC", quote).strip()
        if not quote:
            return MISSING
        exact = next(_places(self.text, quote), None)
        if exact is not None:
            return Place(QuoteFound.EXACT, exact, 1.0)
        same = self._but_for_marks(quote) or self._in_parts(quote)
        if same is not None:
            return Place(QuoteFound.NORMALISED, same, 1.0)
        near = self._alike.find(quote)
        if near is None or near[1] < LEAST_ALIKE:
            return MISSING
        return Place(QuoteFound.APPROXIMATE, *near)

    def _but_for_marks(self, quote: str) -> Span | None:
        for words in (quote, quote.strip(_OUTER)):
            folded = Folded(words).text.strip()
            found = next(_places(self._folded.text, folded), None) if folded else None
            if found is not None:
                return self._folded.there(found.start, found.end)
        return None

    def _in_parts(self, quote: str) -> Span | None:
        """Where all parts of a quote that leaves words out stand one after the other."""
        parts = [Folded(part).text.strip() for part in _GAP.split(quote.strip(_OUTER))]
        parts = [part for part in parts if sum(map(str.isalnum, part)) >= LETTERS_OF_PART]
        if not parts or not _GAP.search(quote):
            return None
        for tried, first in enumerate(_places(self._folded.text, parts[0])):
            end = self._after(first.end, parts[1:])
            if end is not None:
                return self._folded.there(first.start, end)
            if tried >= MOST_PLACES:
                break
        return None

    def _after(self, end: int, parts: Sequence[str]) -> int | None:
        """Where the last of some parts ends that follow each other from a place on."""
        for part in parts:
            found = next(_places(self._folded.text, part, end, end + WIDEST_GAP), None)
            if found is None:
                return None
            end = found.end
        return end


def place_of(text: str, quote: str) -> Place:
    """Where one quote stands in a text."""
    return CopyText(text).place(quote)


def _places(text: str, words: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """Every place of some words that cuts no number in two."""
    at = text.find(words, start, end)
    while at >= 0:
        following = at + 1
        if not (_cuts_number(text, at) or _cuts_number(text, at + len(words))):
            yield Span(at, at + len(words))
        elif digits := _DIGITS.match(text, at):
            # No place within the same run of digits is one either.
            following = max(following, digits.end())
        at = text.find(words, following, end)


def _cuts_number(text: str, at: int) -> bool:
    """Whether a place lies within the digits of a number, or beside its decimal mark."""
    before, after = text[max(0, at - 2) : at], text[at : at + 2]
    if before[-1:].isdigit() and after[:1].isdigit():
        return True
    return bool(
        (_JOINS.fullmatch(before) and after[:1].isdigit())
        or (before[-1:].isdigit() and _JOINED.fullmatch(after))
    )
