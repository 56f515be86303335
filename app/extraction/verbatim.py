"""Where the words that were proposed stand in an article, whatever became of them on the way."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from app.domain.anchoring import Anchor, find_again
from app.domain.spans import SAME, Loose, Span
from app.domain.tokens import cuts_a_word, tokens

# What people and programs put around a quotation, and where they shortened it.
_AROUND = " \t\n\r\"'“”„«»‘’‚…"
# The nearest words of the article must share as much with a quote, of all its words and theirs.
_LEAST_ALIKE = 0.7
MOST_LOOKS = 300


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quote stands; ``is_near``: in words that are only nearly those proposed."""

    span: Span
    is_repaired: bool = False
    is_near: bool = False


class Places:
    """An article in which quotes are looked for; its other forms are made when first needed."""

    def __init__(self, text: str) -> None:
        self.text = text

    def find(self, quote: str, start: int | None, end: int | None) -> Place | None:
        """Where a quote stands, but for marks, white space and capitals; None if nowhere.

        ``start`` and ``end`` may be right, count bytes or UTF-16 units, or be made up: of several
        places the one that they mean is taken, else the nearest.
        """
        if start is not None and self.text[start:end] == quote and end == start + len(quote):
            return self._whole(Span(start, end), quote)
        for words in (quote, unicodedata.normalize("NFC", quote).strip(_AROUND)):
            found = self._nearest(words, start)
            if found is not None:
                return self._whole(found, quote if start is None and words == quote else None)
        return self._loosely(unicodedata.normalize("NFC", quote).strip(_AROUND), start)

    def nearly(self, quotes: Mapping[int, tuple[str, int | None]]) -> dict[int, Place]:
        """The nearest words of the article to some quotes, where any are near enough.

        Each look walks over the whole text: whoever invents most of what they quote ends it.
        """
        anchors = {
            key: Anchor(quote.strip(_AROUND), start or 0, (start or 0) + len(quote), "", "")
            for key, (quote, start) in list(quotes.items())[:MOST_LOOKS]
        }
        found = find_again(self.text, anchors)
        return {
            key: Place(self._grown(hit.span), is_repaired=True, is_near=True)
            for key, hit in found.items()
            if hit is not None and _alike(anchors[key].quote, hit.span.of(self.text))
        }

    def _nearest(self, words: str, start: int | None) -> Span | None:
        """The place of the very words that an offset means, in whatever it counts."""
        if not words:
            return None
        places: list[int] = []
        at = self.text.find(words)
        while at >= 0 and len(places) < 1_000:
            places.append(at)
            at = self.text.find(words, at + 1)
        if not places:
            return None
        whole = [one for one in places if self._is_whole(one, one + len(words))] or places
        meant = self._meant(start)
        best = min(whole, key=lambda one: (one not in meant, abs(one - (start or 0))))
        return Span(best, best + len(words))

    def _loosely(self, words: str, start: int | None) -> Place | None:
        found = self._loose.places(_small(words))
        if not found:
            return None
        nearest = min(found, key=lambda span: abs(span.start - (start or 0)))
        return Place(self._grown(nearest), is_repaired=True)

    def _whole(self, span: Span, proposed: str | None) -> Place:
        grown = self._grown(span)
        return Place(grown, is_repaired=proposed is None or grown != span)

    def _grown(self, span: Span) -> Span:
        """The span from the beginning of a word to the end of one, without blanks around it."""
        start, end = span.start, span.end
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        while cuts_a_word(self.text, start):
            start -= 1
        while cuts_a_word(self.text, end):
            end += 1
        return Span(start, end)

    def _is_whole(self, start: int, end: int) -> bool:
        return not (cuts_a_word(self.text, start) or cuts_a_word(self.text, end))

    def _meant(self, start: int | None) -> frozenset[int]:
        """Where an offset points if it counts code points, bytes of UTF-8 or units of UTF-16."""
        if start is None:
            return frozenset()
        in_bytes = self._utf8[:start].decode("utf-8", errors="ignore")
        in_units = self._utf16[: 2 * start].decode("utf-16-le", errors="ignore")
        return frozenset({start, len(in_bytes), len(in_units)})

    @cached_property
    def _utf8(self) -> bytes:
        return self.text.encode()

    @cached_property
    def _utf16(self) -> bytes:
        return self.text.encode("utf-16-le")

    @cached_property
    def _loose(self) -> Loose:
        return Loose(_small(self.text))


def _small(text: str) -> str:
    """In small letters, each in its place."""
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


def _alike(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, _plain_words(one), _plain_words(other), autojunk=False)
    return matcher.ratio() >= _LEAST_ALIKE


def _plain_words(text: str) -> list[str]:
    return [_small(span.of(text).translate(SAME)) for span in tokens(text)]
