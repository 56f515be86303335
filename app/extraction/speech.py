"""Speech that runs on: whose words they are where a sentence itself does not name its speaker."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, islice, pairwise

from app.extraction.agents import Agent
from app.extraction.clauses import Clause
from app.extraction.names import SEVERAL, Register
from app.extraction.quotation import quoted_share, touching
from app.extraction.sentences import Paragraph, Span
from app.extraction.statements import Link, Statement
from app.extraction.tokens import Token

_QUOTED = 0.9
# Own words that may stand between two sentences of the same speaker and are still the speaker's.
_MOST_BETWEEN = 2
# How far into a sentence its subject may end.
_SUBJECT_WORDS = 6
# A quotation without a tag is "said", as a person would put it.
_UNTAGGED = "said"
_POINTING = frozenset({"that's", "that", "this", "so", "it", "is", "was"})

Links = tuple[Link, ...]


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

    @property
    def left_out(self) -> tuple[Span, ...]:
        """What stands in the clause and is no part of what it says: a source, a remark."""
        inner = (self.clause.inner,) if self.clause.inner else ()
        return (*self.statement.cuts, *inner)


def paragraphs_of(reads: Sequence[Read]) -> list[list[Read]]:
    """The sentences of each paragraph."""
    return [list(block) for _, block in groupby(reads, lambda read: read.sentence.paragraph)]


def continue_speech(blocks: Sequence[Sequence[Read]], register: Register) -> None:
    """Give sentences without a source of their own the speaker whose words they are."""
    _point_back([this for block in blocks for this in block])
    for before, after in pairwise(reversed(blocks)):
        if _runs_on(after[-1]):
            _speak(after, _first_speaker(before[0]))
    voice: Links = ()
    runs_on = False
    for block in blocks:
        whole = is_all_quoted(block) or (runs_on and _begins_quoted(block[0]))
        voice = _read_on(block, voice if whole else (), register=register)
        runs_on = _runs_on(block[-1])
        _fill_between(block, register)


def _point_back(reads: Sequence[Read]) -> None:
    """Read "40 ships sank. That's according to the port." as one sentence."""
    for before, this in pairwise(reads):
        if before.sentence.paragraph != this.sentence.paragraph or has_links(before):
            continue
        if len(this.pieces) == 1 and _only_points(this):
            give(before, this.pieces[0].statement.links)


def _only_points(this: Read) -> bool:
    span = this.pieces[0].clause.span
    inside = [w.lower for w in this.sentence.words if span.start <= w.start < span.end]
    return bool(inside) and set(inside) <= _POINTING


def _read_on(block: Sequence[Read], voice: Links, *, register: Register) -> Links:
    """Pass the voice on through the sentences of a paragraph, and out of it."""
    # Whose words a quotation holds; asked once, however many clauses it has.
    known: dict[Span, Links] = {}
    for this in block:
        for at, piece in enumerate(this.pieces):
            if not _is_quoted(this, piece):
                continue
            inside = _quotation_at(this, piece.clause.span.start)
            if inside is None or _outside(piece.statement.links, inside):
                continue
            if inside not in known:
                known[inside] = _said_inside(block, inside) or voice
            this.pieces[at] = _within(piece, known[inside])
        voice = _voice_after(this, register, before=voice)
    return voice


def _outside(links: Links, inside: Span) -> Links:
    """The sources that are named outside of a quotation: it is they who speak in it."""
    return tuple(link for link in links if not inside.start <= link.at < inside.end)


def _within(piece: Piece, links: Links) -> Piece:
    """A piece of a quotation; a source that it names itself stands behind the speaker."""
    own = piece.statement.links
    found = _spoken_by(replace(piece, statement=replace(piece.statement, links=())), links)
    return replace(found, statement=replace(found.statement, links=(*found.statement.links, *own)))


def _voice_after(this: Read, register: Register, *, before: Links) -> Links:
    """Whose voice a quotation would be that follows this sentence without a tag."""
    spoken = [p for p in this.pieces if p.statement.links]
    direct = [p for p in spoken if quoted_share(this.sentence.quoted, p.clause.span) >= 0.5]
    if spoken:
        links = _own_voice(this, (direct or spoken)[-1].statement.links)
        speakers = [link for link in links if not link.relays]
        return links if direct or len(speakers) == 1 else ()
    if any(_is_quoted(this, piece) for piece in this.pieces):
        return before
    return _subject(this, register)


def _own_voice(this: Read, links: Links) -> Links:
    """Who speaks in a quotation, without those whom the quoted words name as sources."""
    outer = tuple(link for link in links if _quotation_at(this, link.at) is None)
    return outer or links


def _subject(this: Read, register: Register) -> Links:
    """The only person of a sentence that begins with that person."""
    start, end = this.sentence.span
    people = register.mentioned(Span(start, end))
    name = people[0] if len(people) == 1 else None
    first = this.pieces[0].subject if this.pieces else None
    if not people and first:
        name = first[1]
    if name is None or name == SEVERAL or not register.is_certain(name):
        return ()
    if people and not register.mentioned(Span(start, _end_of_subject(this))):
        return ()
    return (Link(Agent(name, "person", named=True), _UNTAGGED, start),)


def _end_of_subject(this: Read) -> int:
    words = this.sentence.words
    return words[min(len(words), _SUBJECT_WORDS) - 1].end if words else this.sentence.span.start


def _runs_on(this: Read) -> bool:
    """Whether the last quotation of a paragraph was not closed in it."""
    quoted = this.sentence.quoted
    return bool(quoted) and quoted[-1].end == this.sentence.paragraph.end


def _begins_quoted(this: Read) -> bool:
    """Whether a paragraph begins with a quotation mark."""
    quoted = this.sentence.quoted
    return bool(quoted) and quoted[0].start - this.sentence.paragraph.start <= 2


def _first_speaker(this: Read) -> Links:
    """Who speaks in the quotation with which a paragraph begins."""
    if not _begins_quoted(this):
        return ()
    spoken = (p for p in this.pieces if p.statement.links and _is_quoted(this, p))
    return next((piece.statement.links for piece in spoken), ())


def _speak(block: Sequence[Read], links: Links) -> None:
    """Give the last quotation of a paragraph to those who speak in the next one."""
    last = block[-1].sentence.quoted[-1]
    if not links or _said_inside(block, last):
        return
    for this in block:
        for at, piece in enumerate(this.pieces):
            if not piece.statement.links and last.start <= piece.clause.span.start < last.end:
                this.pieces[at] = _spoken_by(piece, links)


def _fill_between(block: Sequence[Read], register: Register) -> None:
    """Give a sentence between two of the same speaker to that speaker."""
    linked = [at for at, this in enumerate(block) if has_links(this)]
    for low, high in pairwise(linked):
        if not 1 < high - low <= _MOST_BETWEEN + 1:
            continue
        links = _shared(block[low], block[high])
        between = block[low + 1 : high]
        if links and not any(_names_other(this, links[-1], register) for this in between):
            for this in between:
                give(this, links)


def _shared(before: Read, after: Read) -> Links:
    """The source of two sentences, if both are told in the article's words by the same one."""
    if not all(p.statement.links for p in (*before.pieces, *after.pieces)):
        return ()
    first, second = before.pieces[-1], after.pieces[0]
    if _is_quoted(before, first) and _is_quoted(after, second):
        return ()
    links, others = first.statement.links, second.statement.links
    names = [link.agent.name for link in links], [link.agent.name for link in others]
    return links if names[0] == names[1] else ()


def _names_other(this: Read, link: Link, register: Register) -> bool:
    people = register.mentioned(this.sentence.span)
    return any(name != link.agent.name for name in people)


def has_links(this: Read) -> bool:
    """Whether any clause of a sentence has a source."""
    return any(piece.statement.links for piece in this.pieces)


def give(this: Read, links: Links) -> None:
    """Give the clauses of a sentence that have no source these ones."""
    this.pieces[:] = [_spoken_by(piece, links) for piece in this.pieces]


def _spoken_by(piece: Piece, links: Links) -> Piece:
    if not links or piece.statement.links:
        return piece
    # No words of this sentence name them.
    unnamed = tuple(replace(link, named=None) for link in links)
    return replace(piece, statement=replace(piece.statement, links=unnamed))


def _is_quoted(this: Read, piece: Piece) -> bool:
    return quoted_share(this.sentence.quoted, piece.clause.span) >= _QUOTED


def is_all_quoted(block: Sequence[Read]) -> bool:
    """Whether a paragraph is nothing but a quotation, without a word about its speaker."""
    return all(
        piece.statement.links == () and _is_quoted(this, piece)
        for this in block
        for piece in this.pieces
    )


def _said_inside(reads: Sequence[Read], inside: Span) -> Links:
    """The sources that a sentence of the quotation itself names."""
    first = bisect_right(reads, inside.start, key=lambda read: read.sentence.span.end)
    for other in islice(reads, first, None):
        if other.sentence.span.start >= inside.end:
            break
        for piece in other.pieces:
            outer = _outside(piece.statement.links, inside)
            if outer and _is_inside(piece, inside, other):
                return outer
    return ()


def _quotation_at(this: Read, at: int) -> Span | None:
    near = touching(this.sentence.quoted, Span(at, at))
    return next((q for q in near if q.start <= at < q.end), None)


def _is_inside(piece: Piece, inside: Span, other: Read) -> bool:
    span = piece.clause.span
    return inside.start <= span.start < inside.end and _is_quoted(other, piece)
