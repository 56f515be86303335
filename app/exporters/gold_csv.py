"""gold.csv: one row for every first answer to a claim whose answer is known; for editors alone."""

from collections.abc import Iterable, Iterator

from app.domain.export_rows import GoldRow
from app.domain.permissions import Action
from app.exporters import shapes
from app.exporters.cells import flag, moment, text
from app.exporters.exporter import N_, Exporter, Problem, Records
from app.exporters.streaming import MEDIA_TYPE, csv_chunks
from app.exporters.strict import problems_of

SHAPES = {
    "claim_id": shapes.ID,
    "use": shapes.one_of("training", "gold"),
    "known_content_verdict": shapes.SOME_TEXT,
    "known_attribution_verdict": shapes.TEXT,
    "review_id": shapes.ID,
    "reviewer": shapes.SOME_TEXT,
    "content_verdict": shapes.SOME_TEXT,
    "attribution_verdict": shapes.TEXT,
    "right": shapes.FLAG,
    "decided_at": shapes.TIME,
}
COLUMNS = tuple(SHAPES)


def cells(row: GoldRow) -> tuple[object, ...]:
    """The cells of one answer, in the order of COLUMNS."""
    return (
        row.claim_id,
        row.use,
        text(row.known_content_verdict),
        text(row.known_attribution_verdict),
        row.review_id,
        text(row.reviewer),
        text(row.content_verdict),
        text(row.attribution_verdict),
        flag(row.right),
        moment(row.decided_at),
    )


def write(rows: Iterable[GoldRow]) -> Iterator[str]:
    """The file in chunks."""
    return csv_chunks(COLUMNS, map(cells, rows))


def validate(chunks: Iterable[str]) -> list[Problem]:
    """What a strict reader finds wrong in such a file."""
    return problems_of(chunks, SHAPES)


EXPORTER = Exporter(
    name="gold.csv",
    title=N_("Known answers: one row for every first answer to a claim whose answer is known"),
    media_type=MEDIA_TYPE,
    records=Records.GOLD,
    write=write,
    validate=validate,
    leave=Action.GOLD_SET,
)
