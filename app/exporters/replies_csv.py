"""replies.csv: one row for each request for a reply."""

from collections.abc import Iterable, Iterator, Mapping

from app.domain.export_rows import ReplyRow
from app.exporters import shapes
from app.exporters.cells import flag, moment, text
from app.exporters.exporter import N_, Exporter, Problem, Records
from app.exporters.streaming import MEDIA_TYPE, csv_chunks
from app.exporters.strict import problems_of

SHAPES = {
    "reply_id": shapes.ID,
    "claim_id": shapes.ID,
    "claim": shapes.SOME_TEXT,
    "whom": shapes.TEXT,
    "channel": shapes.WORD_OR_BLANK,
    "asked": shapes.TEXT,
    "status": shapes.WORD,
    "sent_at": shapes.TIME_OR_BLANK,
    "deadline_at": shapes.TIME_OR_BLANK,
    "answered_at": shapes.TIME_OR_BLANK,
    "answer": shapes.TEXT,
    "quotable": shapes.FLAG_OR_BLANK,
    "not_applicable_because": shapes.TEXT,
}
COLUMNS = tuple(SHAPES)


def cells(row: ReplyRow) -> tuple[object, ...]:
    """The cells of one request, in the order of COLUMNS."""
    return (
        row.reply_id,
        row.claim_id,
        text(row.claim),
        text(row.whom),
        row.channel,
        text(row.asked),
        row.status,
        moment(row.sent_at),
        moment(row.deadline_at),
        moment(row.answered_at),
        text(row.answer),
        "" if row.quotable is None else flag(row.quotable),
        text(row.not_applicable_because),
    )


def write(rows: Iterable[ReplyRow]) -> Iterator[str]:
    """The file in chunks."""
    return csv_chunks(COLUMNS, map(cells, rows))


def validate(chunks: Iterable[str]) -> list[Problem]:
    """What a strict reader finds wrong in such a file."""
    return problems_of(chunks, SHAPES, unique="reply_id", row_rule=_row_rule)


def _row_rule(row: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if row["answered_at"] and row["not_applicable_because"]:
        yield "not_applicable_because", "reply.both"


EXPORTER = Exporter(
    name="replies.csv",
    title=N_("Replies: one row for each request for a reply"),
    media_type=MEDIA_TYPE,
    records=Records.REPLIES,
    write=write,
    validate=validate,
)
