"""batches.csv: one row for every claim that is in a batch."""

from collections.abc import Iterable, Iterator

from app.domain.export_rows import BatchRow
from app.exporters import shapes
from app.exporters.cells import flag, text
from app.exporters.exporter import N_, Exporter, Problem, Records
from app.exporters.streaming import MEDIA_TYPE, csv_chunks
from app.exporters.strict import problems_of

SHAPES = {
    "claim_id": shapes.ID,
    "batch": shapes.SOME_TEXT,
    "pilot": shapes.FLAG,
    "guideline_version": shapes.COUNT,
}
COLUMNS = tuple(SHAPES)


def cells(row: BatchRow) -> tuple[object, ...]:
    """The cells of one claim, in the order of COLUMNS."""
    return (row.claim_id, text(row.batch), flag(row.pilot), row.guideline_version)


def write(rows: Iterable[BatchRow]) -> Iterator[str]:
    """The file in chunks."""
    return csv_chunks(COLUMNS, map(cells, rows))


def validate(chunks: Iterable[str]) -> list[Problem]:
    """What a strict reader finds wrong in such a file."""
    return problems_of(chunks, SHAPES, unique="claim_id")


EXPORTER = Exporter(
    name="batches.csv",
    title=N_("Batches: which claim is in which, pilots marked, with its guideline version"),
    media_type=MEDIA_TYPE,
    records=Records.BATCHES,
    write=write,
    validate=validate,
)
