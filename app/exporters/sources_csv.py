"""sources.csv: one row for each use of a source in a check."""

from collections.abc import Iterable, Iterator

from app.domain.export_rows import SourceRow
from app.exporters import shapes
from app.exporters.cells import moment, number, text
from app.exporters.exporter import N_, Exporter, Problem, Records
from app.exporters.streaming import MEDIA_TYPE, csv_chunks
from app.exporters.strict import problems_of

SHAPES = {
    "claim_id": shapes.ID,
    "review_id": shapes.ID,
    "url": shapes.LINK,
    "title": shapes.TEXT,
    "publisher": shapes.TEXT,
    "published": shapes.DATE,
    "kind": shapes.WORD,
    "record": shapes.WORD,
    "stance": shapes.WORD,
    "answers": shapes.WORD,
    "quote": shapes.TEXT,
    "locator": shapes.TEXT,
    "sha256": shapes.SHA256,
    "archived_at": shapes.TIME_OR_BLANK,
    "linked_at": shapes.TIME,
    "author": shapes.TEXT,
    "source_type": shapes.WORD_OR_BLANK,
    "interests": shapes.TEXT,
    "origin": shapes.TEXT,
    "set": shapes.COUNT,
    "accessed_on": shapes.DATE,
    "figure": shapes.TEXT,
    "note": shapes.TEXT,
    "standing": shapes.WORD,
    "quote_found": shapes.WORD_OR_BLANK,
    "quote_score": shapes.SHARE,
    "copy_state": shapes.WORD_OR_BLANK,
}
COLUMNS = tuple(SHAPES)


def cells(row: SourceRow) -> tuple[object, ...]:
    """The cells of one use of a source, in the order of COLUMNS."""
    return (
        row.claim_id,
        row.review_id,
        text(row.url),
        text(row.title),
        text(row.publisher),
        text(row.published),
        row.kind,
        row.record,
        row.stance,
        row.answers,
        text(row.quote),
        text(row.locator),
        row.sha256,
        moment(row.archived_at),
        moment(row.linked_at),
        text(row.author),
        row.source_type,
        text(row.interests),
        text(row.origin),
        row.set,
        row.accessed_on,
        text(row.figure),
        text(row.note),
        row.standing,
        row.quote_found,
        number(row.quote_score),
        row.copy_state,
    )


def write(rows: Iterable[SourceRow]) -> Iterator[str]:
    """The file in chunks."""
    return csv_chunks(COLUMNS, map(cells, rows))


def validate(chunks: Iterable[str]) -> list[Problem]:
    """What a strict reader finds wrong in such a file."""
    return problems_of(chunks, SHAPES)


EXPORTER = Exporter(
    name="sources.csv",
    title=N_("Sources: one row for each use of a source in a check"),
    media_type=MEDIA_TYPE,
    records=Records.SOURCES,
    write=write,
    validate=validate,
)
