"""verdicts.csv: one row for every claim of a project, whatever its status."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from app.domain.export_rows import VerdictRow
from app.exporters import shapes
from app.exporters.cells import chain, counted, listed, moment, number, texts
from app.exporters.exporter import N_, Exporter, Problem, Records
from app.exporters.streaming import MEDIA_TYPE, csv_chunks, each
from app.exporters.strict import problems_of

# Column by column what a cell must look like, in the order of the file.
SHAPES = {
    "claim_id": shapes.ID,
    "project": shapes.SOME_TEXT,
    "article_url": shapes.LINK,
    "article_title": shapes.TEXT,
    "article_publisher": shapes.TEXT,
    "article_published": shapes.DATE,
    "claim": shapes.SOME_TEXT,
    "quote": shapes.TEXT,
    "start": shapes.COUNT,
    "end": shapes.COUNT,
    "claimant": shapes.TEXT,
    "attribution_chain": shapes.CHAIN,
    "kinds": shapes.LIST,
    "checkworthiness": shapes.SHARE,
    "status": shapes.WORD,
    "content_verdict": shapes.TEXT,
    "attribution_verdict": shapes.TEXT,
    "scheme": shapes.SCHEME,
    "verdict_rank": shapes.COUNT,
    "decided_by": shapes.WORD_OR_BLANK,
    "reviews": shapes.PROGRESS,
    "agreement": shapes.SHARE,
    "dissent": shapes.COUNTED,
    "rationale": shapes.TEXT,
    "source_count": shapes.COUNT,
    "source_urls": shapes.LINKS,
    "decided_at": shapes.TIME_OR_BLANK,
    "short_text": shapes.TEXT,
    "conclusion": shapes.TEXT,
    "language": shapes.TEXT,
    "said_on": shapes.DATE,
    "tags": shapes.LIST,
    "due_at": shapes.TIME_OR_BLANK,
    "priority": shapes.INTEGER,
    "published_url": shapes.LINK,
    "external_id": shapes.TEXT,
}
COLUMNS = tuple(SHAPES)

# Words from outside.
WORDS = (
    *("project", "article_url", "article_title", "article_publisher", "article_published"),
    *("claim", "quote", "claimant", "content_verdict", "attribution_verdict", "scheme"),
    *("rationale", "short_text", "conclusion", "language", "said_on", "published_url"),
    "external_id",
)
# As many written lists are kept in mind.
LISTS = 1_024
PLACE = ("quote", "start", "end")
NEEDED_WHEN_SETTLED = ("content_verdict", "scheme", "decided_by", "decided_at")
BLANK_UNTIL_SETTLED = (
    *NEEDED_WHEN_SETTLED,
    "attribution_verdict",
    "verdict_rank",
    "agreement",
    "dissent",
    "rationale",
    "source_urls",
    "short_text",
    "conclusion",
)


# Kinds, tags, counts of labels and shares are few, and the same come again and again.
_listed, _number = each(lru_cache(LISTS)(listed)), each(lru_cache(LISTS)(number))

# How values become cells, where they are not cells already.
WRITTEN = {
    **dict.fromkeys(WORDS, texts),
    "attribution_chain": each(chain),
    "kinds": _listed,
    "checkworthiness": _number,
    "agreement": _number,
    "dissent": each(lru_cache(LISTS)(counted)),
    "source_urls": each(listed),
    "decided_at": each(moment),
    "tags": _listed,
    "due_at": each(moment),
}


def write(rows: Iterable[VerdictRow]) -> Iterator[str]:
    """The file in chunks."""
    return csv_chunks(COLUMNS, rows, WRITTEN)


def validate(chunks: Iterable[str]) -> list[Problem]:
    """What a strict reader finds wrong in such a file."""
    return problems_of(chunks, SHAPES, unique="claim_id", row_rule=_row_rule)


def _row_rule(row: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What must hold between the cells of a row: columns at fault, each with a code."""
    if 0 < sum(bool(row[column]) for column in PLACE) < len(PLACE):
        yield "quote", "place.half"
    if row["start"] and row["end"] and int(row["start"]) >= int(row["end"]):
        yield "end", "place.order"
    if row["status"] == "settled":
        for column in NEEDED_WHEN_SETTLED:
            if not row[column]:
                yield column, "settled.blank"
    else:
        for column in BLANK_UNTIL_SETTLED:
            if row[column]:
                yield column, "unsettled.filled"


EXPORTER = Exporter(
    name="verdicts.csv",
    title=N_("Verdicts: one row a claim"),
    media_type=MEDIA_TYPE,
    records=Records.VERDICTS,
    write=write,
    validate=validate,
)
