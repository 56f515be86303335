"""reviews.csv: one row a check, its last submitted version."""

from collections.abc import Iterable, Iterator

from app.domain.export_rows import ReviewRow
from app.exporters import shapes
from app.exporters.cells import flag, listed, moment, text
from app.exporters.exporter import N_, Exporter, Problem, Records
from app.exporters.streaming import MEDIA_TYPE, csv_chunks
from app.exporters.strict import problems_of

SHAPES = {
    "review_id": shapes.ID,
    "claim_id": shapes.ID,
    "claim": shapes.SOME_TEXT,
    "reviewer": shapes.SOME_TEXT,
    "round": shapes.COUNT,
    "version": shapes.COUNT,
    "blind": shapes.FLAG,
    "content_verdict": shapes.SOME_TEXT,
    "attribution_verdict": shapes.TEXT,
    "scheme": shapes.SCHEME,
    "confidence": shapes.WORD_OR_BLANK,
    "rationale": shapes.TEXT,
    "not_known": shapes.TEXT,
    "source_urls": shapes.LINKS,
    "started_at": shapes.TIME,
    "decided_at": shapes.TIME,
    "active_seconds": shapes.COUNT,
}
COLUMNS = tuple(SHAPES)


def cells(row: ReviewRow) -> tuple[object, ...]:
    """The cells of one check, in the order of COLUMNS."""
    return (
        row.review_id,
        row.claim_id,
        text(row.claim),
        text(row.reviewer),
        row.round,
        row.version,
        flag(row.blind),
        text(row.content_verdict),
        text(row.attribution_verdict),
        text(row.scheme),
        row.confidence,
        text(row.rationale),
        text(row.not_known),
        listed(row.source_urls),
        moment(row.started_at),
        moment(row.decided_at),
        row.active_seconds,
    )


def write(rows: Iterable[ReviewRow]) -> Iterator[str]:
    """The file in chunks."""
    return csv_chunks(COLUMNS, map(cells, rows))


def validate(chunks: Iterable[str]) -> list[Problem]:
    """What a strict reader finds wrong in such a file."""
    return problems_of(chunks, SHAPES, unique="review_id")


EXPORTER = Exporter(
    name="reviews.csv",
    title=N_("Checks: one row a check, its last version"),
    media_type=MEDIA_TYPE,
    records=Records.REVIEWS,
    write=write,
    validate=validate,
)
