"""questions.csv: one row for each answer to a question that a check recorded."""

from collections.abc import Iterable, Iterator

from app.domain.export_rows import QuestionRow
from app.exporters import shapes
from app.exporters.cells import text
from app.exporters.exporter import N_, Exporter, Problem, Records
from app.exporters.streaming import MEDIA_TYPE, csv_chunks
from app.exporters.strict import problems_of

SHAPES = {
    "claim_id": shapes.ID,
    "review_id": shapes.ID,
    "question_number": shapes.NUMBER,
    "question": shapes.SOME_TEXT,
    "answer_number": shapes.NUMBER,
    "answer_type": shapes.one_of("extractive", "abstractive", "boolean", "unanswerable"),
    "answer": shapes.TEXT,
    "explanation": shapes.TEXT,
    "medium": shapes.WORD_OR_BLANK,
    "source_url": shapes.LINK,
}
COLUMNS = tuple(SHAPES)


def cells(row: QuestionRow) -> tuple[object, ...]:
    """The cells of one answer, in the order of COLUMNS."""
    return (
        row.claim_id,
        row.review_id,
        row.question_number,
        text(row.question),
        row.answer_number,
        row.answer_type,
        text(row.answer),
        text(row.explanation),
        row.medium,
        text(row.source_url),
    )


def write(rows: Iterable[QuestionRow]) -> Iterator[str]:
    """The file in chunks."""
    return csv_chunks(COLUMNS, map(cells, rows))


def validate(chunks: Iterable[str]) -> list[Problem]:
    """What a strict reader finds wrong in such a file."""
    return problems_of(chunks, SHAPES)


EXPORTER = Exporter(
    name="questions.csv",
    title=N_("Questions: one row for each answer to a question that a check recorded"),
    media_type=MEDIA_TYPE,
    records=Records.QUESTIONS,
    write=write,
    validate=validate,
)
