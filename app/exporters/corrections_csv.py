"""corrections.csv: one row for every version of a verdict but the first."""

from collections.abc import Iterable, Iterator

from app.domain.export_rows import CorrectionRow
from app.exporters import shapes
from app.exporters.cells import moment, text
from app.exporters.exporter import N_, Exporter, Problem, Records
from app.exporters.streaming import MEDIA_TYPE, csv_chunks
from app.exporters.strict import problems_of

SHAPES = {
    "claim_id": shapes.ID,
    "version": shapes.COUNT,
    "kind": shapes.WORD,
    "public_note": shapes.TEXT,
    "content_verdict_before": shapes.SOME_TEXT,
    "content_verdict": shapes.SOME_TEXT,
    "attribution_verdict_before": shapes.TEXT,
    "attribution_verdict": shapes.TEXT,
    "corrected_at": shapes.TIME,
    "decided_by": shapes.WORD,
}
COLUMNS = tuple(SHAPES)


def cells(row: CorrectionRow) -> tuple[object, ...]:
    """The cells of one correction, in the order of COLUMNS."""
    return (
        row.claim_id,
        row.version,
        row.kind,
        text(row.public_note),
        text(row.content_verdict_before),
        text(row.content_verdict),
        text(row.attribution_verdict_before),
        text(row.attribution_verdict),
        moment(row.corrected_at),
        row.decided_by,
    )


def write(rows: Iterable[CorrectionRow]) -> Iterator[str]:
    """The file in chunks."""
    return csv_chunks(COLUMNS, map(cells, rows))


def validate(chunks: Iterable[str]) -> list[Problem]:
    """What a strict reader finds wrong in such a file."""
    return problems_of(chunks, SHAPES)


EXPORTER = Exporter(
    name="corrections.csv",
    title=N_("Corrections: one row for every change of a verdict, with what held before"),
    media_type=MEDIA_TYPE,
    records=Records.CORRECTIONS,
    write=write,
    validate=validate,
)
