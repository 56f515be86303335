"""Choosing words of a text without a script: the first and the last of them, from two lists.

What is offered are the words of some sentences, the window; it can be widened by a sentence.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, SelectField

from app.domain.spans import Span
from app.domain.tokens import tokens_cut_at
from app.extraction.sentences import Paragraph, paragraphs, sentences
from app.web.fields import DeskForm, choices

MAX_WORD = 40
# Buttons that only change what is offered: nothing is kept by them.
PREVIEWS = frozenset({"preview", "before", "after"})


def every_sentence(text: str, *, after: int = 0) -> list[tuple[Paragraph, list[Span]]]:
    """The sentences of a text from a place on, paragraph by paragraph."""
    found = []
    for paragraph in paragraphs(text):
        if paragraph.end > after:
            spans = [Span(s.start, s.end) for s in sentences(text, paragraph)]
            found.append((paragraph, [span for span in spans if span.start >= after]))
    return found


def _sentences_near(text: str, window: Span) -> list[Span]:
    """The sentences of the paragraphs that a window touches, and of those next to them."""
    all_of_them = paragraphs(text)
    first = bisect_left([p.end for p in all_of_them], window.start + 1)
    last = bisect_left([p.start for p in all_of_them], max(window.end, window.start + 1))
    near = all_of_them[max(0, first - 1) : last + 1]
    return [Span(s.start, s.end) for p in near for s in sentences(text, p)]


def window_around(text: str, span: Span, *, before: int = 0, after: int = 0) -> Span:
    """The sentences that some words stand in, with as many more on each side."""
    near = _sentences_near(text, span)
    touched = [n for n, s in enumerate(near) if s.start < span.end and span.start < s.end]
    if not touched:
        return span
    first = near[max(0, touched[0] - before)]
    last = near[min(len(near) - 1, touched[-1] + after)]
    return Span(min(first.start, span.start), max(last.end, span.end))


@dataclass(frozen=True, slots=True)
class Chosen:
    """A window of a text with the chosen words in it, for showing."""

    window: Span
    before: str
    quote: str
    after: str


def chosen(text: str, window: Span, span: Span) -> Chosen:
    """The words of a window before, within and after some of them."""
    start, end = max(window.start, span.start), min(window.end, max(span.start, span.end))
    return Chosen(window, text[window.start : start], text[start:end], text[end : window.end])


def words_from(text: str, window: Span, edges: Sequence[int]) -> tuple[list[Any], list[Any]]:
    """What two lists offer: where a first word begins, and where a last word ends."""
    words = tokens_cut_at(text, window, edges)
    named = [f"{n}. {span.of(text)[:MAX_WORD]}" for n, span in enumerate(words, start=1)]
    first = choices((str(span.start), name) for span, name in zip(words, named, strict=True))
    last = choices((str(span.end), name) for span, name in zip(words, named, strict=True))
    return first, last


class WordsForm(DeskForm):
    """The first and the last of some words, the window, and the text that they are in."""

    first = SelectField(_("From the word"), validate_choice=False)
    last = SelectField(_("To the word"), validate_choice=False)
    window_start = HiddenField()
    window_end = HiddenField()
    snapshot = HiddenField()

    def offer(self, text: str, span: Span, window: Span) -> None:
        """Offer the words of a window, these chosen."""
        span = _without_blanks(text, span)
        self.first.choices, self.last.choices = words_from(text, window, [span.start, span.end])
        self.first.data, self.last.data = str(span.start), str(span.end)
        self.window_start.data, self.window_end.data = str(window.start), str(window.end)

    def span(self, text: str, default: Span) -> Span:
        """The chosen words; the usual ones where nothing was chosen that could be."""
        start, end = place(self.first.data, text), place(self.last.data, text)
        return default if start is None or end is None else Span(start, end)

    def window(self, text: str, default: Span) -> Span:
        """The window that was shown."""
        start, end = place(self.window_start.data, text), place(self.window_end.data, text)
        return default if start is None or end is None or start >= end else Span(start, end)

    def pressed(self, do: str, text: str, span: Span) -> tuple[Span, Span]:
        """The chosen words and the window after a button that changes only what is offered."""
        found = self.span(text, span)
        window = self.window(text, window_around(text, span))
        more = {"before": int(do == "before"), "after": int(do == "after")}
        return found, window_around(text, window, **more)


def _without_blanks(text: str, span: Span) -> Span:
    """The same words without the blanks around them, which no list offers."""
    words = span.of(text)
    if not words.strip():
        return span
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip()))


def place(value: Any, text: str) -> int | None:  # noqa: ANN401 - whatever a field holds
    """A place in a text as a field names it; None where it names none."""
    value = str(value or "")
    if not (value.isascii() and value.isdigit() and len(value) < 10):
        return None
    return min(int(value), len(text))
