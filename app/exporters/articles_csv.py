"""articles.csv: one row an article, with how many of its claims are in which state."""

from collections.abc import Iterable, Iterator

from app.domain.export_rows import ArticleRow
from app.exporters import shapes
from app.exporters.cells import moment, text
from app.exporters.exporter import N_, Exporter, Problem, Records
from app.exporters.streaming import MEDIA_TYPE, csv_chunks
from app.exporters.strict import problems_of

SHAPES = {
    "article_id": shapes.ID,
    "url": shapes.LINK,
    "title": shapes.SOME_TEXT,
    "publisher": shapes.TEXT,
    "published": shapes.DATE,
    "language": shapes.TEXT,
    "candidate": shapes.COUNT,
    "open": shapes.COUNT,
    "settled": shapes.COUNT,
    "rejected": shapes.COUNT,
    "added_at": shapes.TIME,
}
COLUMNS = tuple(SHAPES)


def cells(row: ArticleRow) -> tuple[object, ...]:
    """The cells of one article, in the order of COLUMNS."""
    return (
        row.article_id,
        text(row.url),
        text(row.title),
        text(row.publisher),
        text(row.published),
        text(row.language),
        row.candidate,
        row.open,
        row.settled,
        row.rejected,
        moment(row.added_at),
    )


def write(rows: Iterable[ArticleRow]) -> Iterator[str]:
    """The file in chunks."""
    return csv_chunks(COLUMNS, map(cells, rows))


def validate(chunks: Iterable[str]) -> list[Problem]:
    """What a strict reader finds wrong in such a file."""
    return problems_of(chunks, SHAPES, unique="article_id")


EXPORTER = Exporter(
    name="articles.csv",
    title=N_("Articles: one row an article, with how its claims stand"),
    media_type=MEDIA_TYPE,
    records=Records.ARTICLES,
    write=write,
    validate=validate,
)
