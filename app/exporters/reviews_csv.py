"""reviews.csv: one row a check, its last submitted version."""

from collections.abc import Iterable, Iterator

from app.domain.export_rows import ReviewRow
from app.exporters import shapes
from app.exporters.cells import flag, listed, moment, texts
from app.exporters.exporter import N_, Exporter, Problem, Records
from app.exporters.streaming import MEDIA_TYPE, csv_chunks, each
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
# Words from outside.
WORDS = (
    *("claim", "reviewer", "content_verdict", "attribution_verdict", "scheme"),
    *("rationale", "not_known"),
)
# How values become cells, where they are not cells already.
WRITTEN = {
    **dict.fromkeys(WORDS, texts),
    "blind": each(flag),
    "source_urls": each(listed),
    "started_at": each(moment),
    "decided_at": each(moment),
}


def write(rows: Iterable[ReviewRow]) -> Iterator[str]:
    """The file in chunks."""
    return csv_chunks(COLUMNS, rows, WRITTEN)


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
