"""sources.csv: one row for each use of a source in a check."""

from collections.abc import Iterable, Iterator

from app.domain.export_rows import SourceRow
from app.exporters import shapes
from app.exporters.cells import moment, number, texts
from app.exporters.exporter import N_, Exporter, Problem, Records
from app.exporters.streaming import MEDIA_TYPE, csv_chunks, each
from app.exporters.strict import problems_of

SHAPES = {
    "claim_id": shapes.ID,
    "review_id": shapes.ID,
    "url": shapes.LINK,
    "title": shapes.TEXT,
    "publisher": shapes.TEXT,
    "published": shapes.DATE,
    "kind": shapes.WORD,
    "record": shapes.WORD,
    "stance": shapes.WORD,
    "answers": shapes.WORD,
    "quote": shapes.TEXT,
    "locator": shapes.TEXT,
    "sha256": shapes.SHA256,
    "archived_at": shapes.TIME_OR_BLANK,
    "linked_at": shapes.TIME,
    "author": shapes.TEXT,
    "source_type": shapes.WORD_OR_BLANK,
    "interests": shapes.TEXT,
    "origin": shapes.TEXT,
    "set": shapes.COUNT,
    "accessed_on": shapes.DATE,
    "figure": shapes.TEXT,
    "note": shapes.TEXT,
    "standing": shapes.WORD,
    "quote_found": shapes.WORD_OR_BLANK,
    "quote_score": shapes.SHARE,
    "copy_state": shapes.WORD_OR_BLANK,
}
COLUMNS = tuple(SHAPES)
# Words from outside.
WORDS = (
    *("url", "title", "publisher", "published", "quote", "locator"),
    *("author", "interests", "origin", "figure", "note"),
)
# How values become cells, where they are not cells already.
WRITTEN = {
    **dict.fromkeys(WORDS, texts),
    "archived_at": each(moment),
    "linked_at": each(moment),
    "quote_score": each(number),
}


def write(rows: Iterable[SourceRow]) -> Iterator[str]:
    """The file in chunks."""
    return csv_chunks(COLUMNS, rows, WRITTEN)


def validate(chunks: Iterable[str]) -> list[Problem]:
    """What a strict reader finds wrong in such a file."""
    return problems_of(chunks, SHAPES)


EXPORTER = Exporter(
    name="sources.csv",
    title=N_("Sources: one row for each use of a source in a check"),
    media_type=MEDIA_TYPE,
    records=Records.SOURCES,
    write=write,
    validate=validate,
)
