"""gates.csv: one row for each rule that a verdict does not meet, and why it was given all the same."""

from collections.abc import Iterable, Iterator

from app.domain.evidence_words import GateRule
from app.domain.export_rows import GateRow
from app.domain.words import Answers
from app.exporters import shapes
from app.exporters.cells import moment, text
from app.exporters.exporter import N_, Exporter, Problem, Records
from app.exporters.streaming import MEDIA_TYPE, csv_chunks
from app.exporters.strict import problems_of

SHAPES = {
    "claim_id": shapes.ID,
    "ruling_version": shapes.COUNT,
    "rule": shapes.one_of(*GateRule),
    "question": shapes.one_of(*Answers),
    "found": shapes.COUNT,
    "wanted": shapes.COUNT,
    "reason": shapes.SOME_TEXT,
    "decided_at": shapes.TIME,
    "person": shapes.TEXT,
}
COLUMNS = tuple(SHAPES)


def cells(row: GateRow) -> tuple[object, ...]:
    """The cells of one unmet rule, in the order of COLUMNS."""
    return (
        row.claim_id,
        row.ruling_version,
        row.rule,
        row.question,
        row.found,
        row.wanted,
        text(row.reason),
        moment(row.decided_at),
        text(row.person),
    )


def write(rows: Iterable[GateRow]) -> Iterator[str]:
    """The file in chunks."""
    return csv_chunks(COLUMNS, map(cells, rows))


def validate(chunks: Iterable[str]) -> list[Problem]:
    """What a strict reader finds wrong in such a file."""
    return problems_of(chunks, SHAPES)


EXPORTER = Exporter(
    name="gates.csv",
    title=N_(
        "Rules: one row for each that a verdict does not meet, with the reason that was written"
    ),
    media_type=MEDIA_TYPE,
    records=Records.GATES,
    write=write,
    validate=validate,
)
