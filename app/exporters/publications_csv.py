"""publications.csv: one row for each claim in a published piece."""

from collections.abc import Iterable, Iterator

from app.domain.export_rows import PublicationRow
from app.exporters import shapes
from app.exporters.cells import text
from app.exporters.exporter import N_, Exporter, Problem, Records
from app.exporters.streaming import MEDIA_TYPE, csv_chunks
from app.exporters.strict import problems_of

SHAPES = {
    "publication_id": shapes.ID,
    "url": shapes.LINK,
    "title": shapes.TEXT,
    "published_on": shapes.DATE,
    "claim_id": shapes.ID,
    "ruling_version": shapes.COUNT,
    "sha256": shapes.SHA256,
}
COLUMNS = tuple(SHAPES)


def cells(row: PublicationRow) -> tuple[object, ...]:
    """The cells of one claim in a piece, in the order of COLUMNS."""
    return (
        row.publication_id,
        text(row.url),
        text(row.title),
        row.published_on,
        row.claim_id,
        row.ruling_version,
        row.sha256,
    )


def write(rows: Iterable[PublicationRow]) -> Iterator[str]:
    """The file in chunks."""
    return csv_chunks(COLUMNS, map(cells, rows))


def validate(chunks: Iterable[str]) -> list[Problem]:
    """What a strict reader finds wrong in such a file."""
    return problems_of(chunks, SHAPES)


EXPORTER = Exporter(
    name="publications.csv",
    title=N_("Published: one row for each claim in a published piece"),
    media_type=MEDIA_TYPE,
    records=Records.PUBLICATIONS,
    write=write,
    validate=validate,
)
