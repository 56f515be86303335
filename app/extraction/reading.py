"""One pass over the sentences of an article: statements, their sources, their clauses."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise
from operator import attrgetter

from app.extraction.attribution import statements
from app.extraction.clauses import Clause, clauses
from app.extraction.coreference import Discourse
from app.extraction.names import Register
from app.extraction.quotation import quotations, quoted_share, touching
from app.extraction.sentences import Paragraph, Span, sentences
from app.extraction.statements import Link, Statement
from app.extraction.tokens import Token, tokens

_QUOTED = 0.9
_DATELINE = re.compile(
    r"(?:[A-Z][A-Z.’'-]+(?:\s[A-Z][A-Z.’'-]+){0,3}(?:,\s[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,2})?"
    r"(?:,\s[A-Z][a-z]{2,8}\.?\s\d{1,2})?\s*(?:\([^()\n]{2,20}\))?\s*(?:[—–:]|--?\s)"
    r"|\([A-Z][A-Za-z ]{1,12}\)\s*[—–-])\s*"
)
_SIGNATURE = re.compile(r"[—–-]{1,2}\s?(?P<name>[^@(\n]{3,40}?)\s*\(@\w+\)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its words and the quotations of its paragraph."""

    paragraph: Paragraph
    span: Span
    words: tuple[Token, ...]
    quoted: tuple[Span, ...]


@dataclass(slots=True)
class Read:
    """What was found in one sentence."""

    sentence: Sentence
    pieces: list["Piece"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Piece:
    """One clause of a statement, and the full name for the pronoun at its beginning."""

    clause: Clause
    statement: Statement
    subject: tuple[int, str] | None = None


def split(text: str, paragraphs: Sequence[Paragraph]) -> list[Sentence]:
    """The sentences of an article with their words."""
    found: list[Sentence] = []
    for paragraph in paragraphs:
        quoted = quotations(text, paragraph.start, paragraph.end)
        for span in sentences(text, paragraph):
            words = tuple(tokens(text, _after_dateline(text, span), quoted))
            found.append(Sentence(paragraph, span, words, quoted))
    return found


def _after_dateline(text: str, span: Span) -> Span:
    """The sentence without "LONDON (AP) —" in front of it."""
    match = _DATELINE.match(text, span.start, span.end)
    return Span(match.end(), span.end) if match else span


def read(text: str, split_sentences: Sequence[Sentence]) -> list[Read]:
    """Read the sentences in order; pronouns are resolved from what came before."""
    register = Register.of([list(s.words) for s in split_sentences])
    discourse = Discourse(register)
    found: list[Read] = []
    for sentence in split_sentences:
        starts = sentence.span.start == sentence.paragraph.start
        discourse.enter(sentence.span, first_of_paragraph=starts)
        said = statements(text, sentence.words, discourse.resolve)
        pieces = [
            piece
            for statement in said
            for piece in _pieces(sentence, statement, discourse, register=register)
        ]
        for statement in said:
            if statement.links:
                discourse.hear(statement.links[-1].agent)
        found.append(Read(sentence, pieces))
    _continue_speech(text, found)
    return found


def _pieces(
    sentence: Sentence, statement: Statement, discourse: Discourse, *, register: Register
) -> Iterator[Piece]:
    words = [w for w in sentence.words if statement.span.start <= w.start < statement.span.end]
    found = [Clause(statement.span, "main")] if statement.cuts else clauses(words)
    for clause in found:
        yield Piece(clause, statement, _subject(sentence, clause, discourse, register=register))


def _subject(
    sentence: Sentence, clause: Clause, discourse: Discourse, *, register: Register
) -> tuple[int, str] | None:
    """The full name for a pronoun or surname at the beginning of a clause, where it is certain."""
    if quoted_share(sentence.quoted, clause.span) > 0:
        return None
    at = bisect_left(sentence.words, clause.span.start, key=attrgetter("start"))
    words = sentence.words[at : at + 2]
    if len(words) < 2 or words[1].is_capital or words[1].kind != "word":
        return None
    first = words[0]
    if first.lower in {"he", "she"}:
        named = discourse.subject(first.lower, first.start)
    else:
        person = register.person(first.text) if first.is_capital else None
        named = person.name if person else None
    return (len(first.text), named) if named and named != first.text else None


def _continue_speech(text: str, reads: Sequence[Read]) -> None:
    """Give quoted sentences without a tag the speaker of the quotation around them."""
    # Whose words a quotation holds; asked once, however many clauses it has.
    heard: dict[Span, tuple[Link, ...]] = {}
    for at, this in enumerate(reads):
        for number, piece in enumerate(this.pieces):
            if piece.statement.links or not _is_quoted(this, piece):
                continue
            inside = _quotation_at(this, piece.clause.span.start)
            if inside and inside not in heard:
                heard[inside] = _said_inside(reads, inside)
            links = (heard[inside] if inside else ()) or _speaker_before(text, reads, at, inside)
            if inside:
                heard[inside] = links
            if links:
                statement = replace(piece.statement, links=links)
                this.pieces[number] = replace(piece, statement=statement)


def _is_quoted(this: Read, piece: Piece) -> bool:
    return quoted_share(this.sentence.quoted, piece.clause.span) >= _QUOTED


def _said_inside(reads: Sequence[Read], inside: Span) -> tuple[Link, ...]:
    """The sources that a sentence of the quotation itself names."""
    first = bisect_right(reads, inside.start, key=lambda read: read.sentence.span.end)
    for other in islice(reads, first, None):
        if other.sentence.span.start >= inside.end:
            break
        for piece in other.pieces:
            if piece.statement.links and _is_inside(piece, inside, other):
                return _spoken(piece)
    return ()


def _speaker_before(
    text: str, reads: Sequence[Read], at: int, inside: Span | None
) -> tuple[Link, ...]:
    """The sources of the speech before it, or of the paragraph before that runs on."""
    if at and reads[at - 1].sentence.paragraph == reads[at].sentence.paragraph:
        return _last_speaker(reads[at - 1])
    return _running_on(text, reads, at, inside=inside)


def _running_on(
    text: str, reads: Sequence[Read], at: int, *, inside: Span | None
) -> tuple[Link, ...]:
    """The speaker of the paragraph before, whose quotation was never closed."""
    start = reads[at].sentence.paragraph.start
    if not at or inside is None or inside.start - start > 1:
        return ()
    last = reads[at - 1]
    end = last.sentence.paragraph.end
    if last.sentence.quoted and last.sentence.quoted[-1].end == end and text[end - 1] not in '”"':
        return _last_speaker(last)
    return ()


def _quotation_at(this: Read, at: int) -> Span | None:
    near = touching(this.sentence.quoted, Span(at, at))
    return next((q for q in near if q.start <= at < q.end), None)


def _is_inside(piece: Piece, inside: Span, other: Read) -> bool:
    span = piece.clause.span
    return inside.start <= span.start < inside.end and _is_quoted(other, piece)


def _last_speaker(before: Read) -> tuple[Link, ...]:
    """Who was quoted directly in the sentence before."""
    for piece in reversed(before.pieces):
        if piece.statement.links and quoted_share(before.sentence.quoted, piece.clause.span) >= 0.5:
            return _spoken(piece)
    return ()


def _spoken(piece: Piece) -> tuple[Link, ...]:
    return piece.statement.links


def signatures(text: str, paragraphs: Sequence[Paragraph]) -> dict[int, str]:
    """Paragraphs of a post that is signed in the line below it, by the index of the paragraph."""
    found: dict[int, str] = {}
    for before, line in pairwise(paragraphs):
        match = _SIGNATURE.match(text[line.start : line.end])
        if match:
            found[before.index] = match["name"].strip()
    return found
