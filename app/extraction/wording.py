"""Self-contained wording: a clause as a sentence that can be read without the article."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from app.extraction.candidate import Addition
from app.extraction.sentences import Span

_END = ".!?…"
_CLOSERS = "\"”’')"
_PAIRS = (("“", "”"), ('"', '"'))
# Marks a letter of the article among those that a change brings in.
_OWN = -1

Letters = list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Change:
    """``words`` in place of ``text[start:end]`` of the article; put in between if that is empty."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence, and what it has that the words of the article have not."""

    text: str
    additions: tuple[Addition, ...] = ()


def worded(
    text: str,
    span: Span,
    changes: Iterable[Change] = (),
    *,
    cuts: Sequence[Span] = (),
    speaker: str | None = None,
) -> Wording:
    """The clause ``text[span.start:span.end]`` with a capital and a full stop.

    Args:
        text: the article.
        span: where the clause stands in it.
        changes: words that stand for others; one that overlaps an earlier one is left out.
        cuts: stretches that are left out.
        speaker: whose words these are, for words that only a speaker's name makes clear ("we").
    """
    kept = in_order([*changes, *(Change(cut.start, cut.end, "") for cut in cuts)], span)
    letters = _balanced(_spaced(_letters(text, span, kept)))
    if not letters:
        return Wording("")
    letters = _ended(_begun(letters))
    instead = [text[change.start : change.end] for change in kept]
    if speaker is not None:
        instead += ["", ""]
        ends = len(instead)
        letters = [*_by(f"{speaker}: “", ends - 2), *letters, *_by("”", ends - 1)]
    return Wording("".join(letter for letter, _ in letters), tuple(_additions(letters, instead)))


def applied(text: str, span: Span, changes: Iterable[Change]) -> str:
    """A stretch of the article with other words for some of it, no sentence of its own."""
    letters = _letters(text, span, in_order(list(changes), span))
    return "".join(letter for letter, _ in letters)


def in_order(changes: list[Change], span: Span) -> list[Change]:
    """Changes inside a span, by their place, none over another."""
    kept: list[Change] = []
    at = span.start
    for change in sorted(changes, key=lambda change: (change.start, change.end)):
        if at <= change.start and change.end <= span.end:
            kept.append(change)
            at = change.end
    return kept


def _by(words: str, source: int) -> Letters:
    return [(letter, source) for letter in words]


def _letters(text: str, span: Span, changes: Sequence[Change]) -> Letters:
    """Every letter, with the number of the change that brought it."""
    found: Letters = []
    at = span.start
    for number, change in enumerate(changes):
        found += _by(text[at : change.start], _OWN)
        # What is left out leaves a space, so that words do not run together.
        found += _by(change.words, number) if change.words else [(" ", _OWN)]
        at = change.end
    return found + _by(text[at : span.end], _OWN)


def _spaced(letters: Letters) -> Letters:
    """With single spaces, none at the ends and none before a comma."""
    found: Letters = []
    for letter, source in letters:
        if letter.isspace():
            if found and found[-1][0] != " ":
                found.append((" ", source))
            continue
        if letter in ",;" and found and found[-1][0] == " ":
            found.pop()
        found.append((letter, source))
    if found and found[-1][0] == " ":
        found.pop()
    return found


def _balanced(letters: Letters) -> Letters:
    """Without a quotation mark whose partner was left outside the clause."""
    for opening, closing in _PAIRS:
        count = sum((letter == opening) - (letter == closing) for letter, _ in letters)
        if opening == closing:
            count = sum(letter == opening for letter, _ in letters) % 2
        if count:
            letters = [pair for pair in letters if pair[0] not in {opening, closing}]
    return letters


def _begun(letters: Letters) -> Letters:
    """With a capital, behind the bracket of a name that was put in."""
    at = int(letters[0][0] == "[" and len(letters) > 1)
    letter, source = letters[at]
    capital = letter.upper()
    return [*letters[:at], (capital if len(capital) == 1 else letter, source), *letters[at + 1 :]]


def _ended(letters: Letters) -> Letters:
    """With a full stop, before the marks that close a quotation where a comma stood there."""
    last = len(letters)
    while last and letters[last - 1][0] in _CLOSERS:
        last -= 1
    if last and letters[last - 1][0] == "," and last < len(letters):
        return [*letters[: last - 1], (".", _OWN), *letters[last:]]
    return letters if last and letters[last - 1][0] in _END else [*letters, (".", _OWN)]


def _additions(letters: Letters, instead: Sequence[str]) -> Iterator[Addition]:
    at = 0
    for source, run in groupby(letters, key=lambda pair: pair[1]):
        words = "".join(letter for letter, _ in run)
        end = at + len(words)
        if source != _OWN and words.strip():
            start = at + len(words) - len(words.lstrip())
            yield Addition(start, start + len(words.strip()), instead[source])
        at = end
