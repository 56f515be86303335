"""A stretch of an article as Assay's own extractor would see it: its figures, kinds and signals."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property

from app.extraction.candidate import Hop, Quantity
from app.extraction.checkworthy import Judged
from app.extraction.home import home_currencies
from app.extraction.kinds import Nature, nature
from app.extraction.reading import split
from app.extraction.sentences import Paragraph, Span, paragraphs
from app.extraction.speech import Sentence
from app.extraction.stated import stated
from app.extraction.tokens import Token, between
from app.extraction.verbs import Verbs


class Measured:
    """An article of which some stretches are measured."""

    def __init__(
        self, text: str, *, date: str | None, publisher: str | None, url: str | None
    ) -> None:
        self.text = text
        self.date, self.publisher, self.url = date, publisher, url
        self._read: dict[int, list[Sentence]] = {}

    @cached_property
    def paragraphs(self) -> list[Paragraph]:
        """The paragraphs of the article."""
        return paragraphs(self.text)

    @cached_property
    def _starts(self) -> list[int]:
        return [paragraph.start for paragraph in self.paragraphs]

    @cached_property
    def _home(self) -> dict[str, str]:
        return home_currencies(self.text, publisher=self.publisher, url=self.url)

    def paragraph(self, span: Span) -> Paragraph | None:
        """The paragraph that holds all of a span; None where it goes over several."""
        at = bisect_right(self._starts, span.start) - 1
        found = self.paragraphs[at] if at >= 0 else None
        return found if found is not None and span.end <= found.end else None

    def quantities(self, span: Span) -> tuple[Quantity, ...]:
        """The figures that the words state."""
        return stated(self.text, span.start, span.end, date=self.date, home=self._home)

    def judged(self, span: Span, hops: tuple[Hop, ...], quantities: tuple[Quantity, ...]) -> Judged:
        """The words as the scorer sees them."""
        words = self._words(span)
        return Judged(
            clause=self.text[span.start : span.end],
            hops=hops,
            quantities=quantities,
            # The first word of a sentence does not tell whether it is a name.
            names=sum(word.is_capital for word in words if word.start > span.start),
            asks="?" in self.text[span.end : span.end + 2],
            has_verb=bool(Verbs(words).places),
        )

    def nature(self, span: Span, hops: tuple[Hop, ...], quantities: tuple[Quantity, ...]) -> Nature:
        """What sort of statement the words make."""
        # Every sentence knows the quotations of its whole paragraph.
        quoted = next((one.quoted for one in self._sentences(span)), ())
        said = self._words(span)
        return nature(self.text, span, said, hops=hops, quantities=quantities, quoted=quoted)

    def _words(self, span: Span) -> Sequence[Token]:
        return [word for one in self._sentences(span) for word in between(one.words, span)]

    def _sentences(self, span: Span) -> list[Sentence]:
        """The sentences of the paragraph in which a span begins, goes on and ends."""
        paragraph = self.paragraph(span)
        if paragraph is None:
            return []
        if paragraph.index not in self._read:
            self._read[paragraph.index] = split(self.text, [paragraph])
        every = self._read[paragraph.index]
        first = bisect_right(every, span.start, key=_start) - 1
        return every[max(0, first) : bisect_left(every, span.end, key=_start)]


def _start(sentence: Sentence) -> int:
    return sentence.span.start
