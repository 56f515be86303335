"""comments.csv: one row for each comment, answers too."""

from collections.abc import Iterable, Iterator, Mapping

from app.domain.export_rows import CommentRow
from app.exporters import shapes
from app.exporters.cells import flag, listed, moment, text
from app.exporters.exporter import N_, Exporter, Problem, Records
from app.exporters.streaming import MEDIA_TYPE, csv_chunks
from app.exporters.strict import problems_of

SHAPES = {
    "comment_id": shapes.ID,
    "thread_id": shapes.ID,
    "claim_id": shapes.ID,
    "claim": shapes.SOME_TEXT,
    "author": shapes.SOME_TEXT,
    "asks": shapes.TEXT,
    "text": shapes.TEXT,
    "mentions": shapes.LIST,
    "erased": shapes.FLAG,
    "written_at": shapes.TIME,
    "closed_at": shapes.TIME_OR_BLANK,
}
COLUMNS = tuple(SHAPES)


def cells(row: CommentRow) -> tuple[object, ...]:
    """The cells of one comment, in the order of COLUMNS."""
    return (
        row.comment_id,
        row.thread_id,
        row.claim_id,
        text(row.claim),
        text(row.author),
        text(row.asks),
        text(row.text),
        listed(row.mentions),
        flag(row.erased),
        moment(row.written_at),
        moment(row.closed_at),
    )


def write(rows: Iterable[CommentRow]) -> Iterator[str]:
    """The file in chunks."""
    return csv_chunks(COLUMNS, map(cells, rows))


def validate(chunks: Iterable[str]) -> list[Problem]:
    """What a strict reader finds wrong in such a file."""
    return problems_of(chunks, SHAPES, unique="comment_id", row_rule=_row_rule)


def _row_rule(row: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if (row["erased"] == "true") == bool(row["text"]):
        yield "text", "comment.erased"
    if row["asks"] and row["thread_id"] != row["comment_id"]:
        yield "asks", "comment.answer"


EXPORTER = Exporter(
    name="comments.csv",
    title=N_("Comments: one row for each comment and each answer to one"),
    media_type=MEDIA_TYPE,
    records=Records.COMMENTS,
    write=write,
    validate=validate,
)
