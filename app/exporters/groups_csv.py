"""groups.csv: one row for every claim that says the same as others."""

from collections.abc import Iterable, Iterator

from app.domain.export_rows import GroupRow
from app.exporters import shapes
from app.exporters.exporter import N_, Exporter, Problem, Records
from app.exporters.streaming import MEDIA_TYPE, csv_chunks
from app.exporters.strict import problems_of

SHAPES = {
    "claim_id": shapes.ID,
    "claim_group": shapes.ID,
    "settled_with": shapes.ID_OR_BLANK,
}
COLUMNS = tuple(SHAPES)


def cells(row: GroupRow) -> tuple[object, ...]:
    """The cells of one claim, in the order of COLUMNS."""
    return (row.claim_id, row.claim_group, row.settled_with)


def write(rows: Iterable[GroupRow]) -> Iterator[str]:
    """The file in chunks."""
    return csv_chunks(COLUMNS, map(cells, rows))


def validate(chunks: Iterable[str]) -> list[Problem]:
    """What a strict reader finds wrong in such a file."""
    return problems_of(chunks, SHAPES)


EXPORTER = Exporter(
    name="groups.csv",
    title=N_("Groups: which claims say the same, and which were settled together"),
    media_type=MEDIA_TYPE,
    records=Records.GROUPS,
    write=write,
    validate=validate,
)
