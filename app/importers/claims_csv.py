"""Claims from a CSV file with the columns of verdicts.csv, of which only ``claim`` is needed.

``check`` reads a whole file and says what is wrong with it; ``rows`` hands out its claims. Both
stream: memory does not grow with the file, but for a few bytes of each id that must not come twice.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Any

from app.domain.errors import Invalid
from app.domain.export_rows import VerdictRow
from app.importers import cells
from app.importers.first_lines import FirstLines
from app.importers.problems import MOST_SHOWN, Problems, RowError, Unreadable
from app.importers.sheet import Sheet, Source, column_name

LONGEST_CLAIM = 2_000
LONGEST_QUOTE = 20_000
LONGEST_TITLE = 500
LONGEST_NAME = 300
LONGEST_PUBLISHER = 200
LONGEST_EXTERNAL_ID = 200
LONGEST_LANGUAGE = 20
LONGEST_ENTRY = 100
MOST_ENTRIES = 50
MOST_HOPS = 10
FURTHEST = 2_147_483_647
PRIORITIES = (-9, 9)

# How each column is read that is taken in; ``due_at`` needs the time zone of the project.
READERS: Mapping[str, cells.Reader] = {
    "claim_id": cells.public_id,
    "article_url": cells.link,
    "article_title": cells.words(LONGEST_TITLE),
    "article_publisher": cells.words(LONGEST_PUBLISHER),
    "article_published": cells.date,
    "claim": cells.words(LONGEST_CLAIM, as_is=True),
    "quote": cells.words(LONGEST_QUOTE, as_is=True),
    "start": cells.whole(0, FURTHEST),
    "end": cells.whole(0, FURTHEST),
    "claimant": cells.words(LONGEST_NAME),
    "attribution_chain": cells.several(cells.names, most=MOST_HOPS, longest=LONGEST_NAME),
    "kinds": cells.several(cells.items, most=MOST_ENTRIES, longest=LONGEST_ENTRY),
    "checkworthiness": cells.decimal(0, 1),
    "language": cells.words(LONGEST_LANGUAGE),
    "said_on": cells.date,
    "tags": cells.several(cells.items, most=MOST_ENTRIES, longest=LONGEST_ENTRY),
    "priority": cells.whole(*PRIORITIES),
    "published_url": cells.link,
    "external_id": cells.words(LONGEST_EXTERNAL_ID),
    "seen_at_url": cells.link,
}
TAKEN = frozenset(READERS) | {"due_at"}
KNOWN = TAKEN | set(VerdictRow._fields)
UNIQUE = ("claim_id", "external_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """One claim as a file gives it.

    ``quote``, ``start`` and ``end`` are what the file says; whether they hold can only be told
    where the article's text is.
    """

    line: int
    text: str
    claim_id: str | None = None
    quote: str | None = None
    start: int | None = None
    end: int | None = None
    article_url: str | None = None
    article_title: str | None = None
    article_publisher: str | None = None
    article_published: str | None = None
    claimant: str | None = None
    attribution_chain: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    checkworthiness: float | None = None
    language: str | None = None
    said_on: str | None = None
    tags: tuple[str, ...] = ()
    due_at: datetime | None = None
    priority: int = 0
    published_url: str | None = None
    external_id: str | None = None
    seen_at_url: str | None = None

    @property
    def hops(self) -> tuple[str, ...]:
        """Who said it, from the name nearest the reader to the claimant, last.

        A ``>`` in the claimant's name, which a chain cannot hold, comes back from its own column.
        """
        return _whole_chain(self.attribution_chain, self.claimant)


def _whole_chain(chain: tuple[str, ...], claimant: str | None) -> tuple[str, ...]:
    if claimant is None:
        return chain
    if chain[-1:] == (claimant.replace(">", "›"),):
        return (*chain[:-1], claimant)
    return (*chain, claimant)


@dataclass(frozen=True, slots=True)
class _Header:
    """Where the columns stand that are taken in, and which are not."""

    places: Mapping[str, int]
    width: int
    ignored: tuple[str, ...]
    delimiter: str


Outcome = ClaimRow | list[RowError]


def check(data: Source, *, zone: tzinfo = UTC) -> Problems:
    """Read a whole file and say what is wrong with it, taking nothing in.

    Args:
        data: the file or what is in it: UTF-8, or UTF-16 with a byte-order mark.
        zone: where a ``due_at`` without a zone is meant.
    """
    errors: list[RowError] = []
    count = rows_read = 0
    ignored: tuple[str, ...] = ()
    try:
        header, outcomes = _opened(data, zone)
        ignored = header.ignored
        for outcome in outcomes:
            if isinstance(outcome, ClaimRow):
                rows_read += 1
                continue
            count += len(outcome)
            errors += outcome[: MOST_SHOWN - len(errors)]
    except Unreadable as stop:
        count += 1
        errors = [*errors[: MOST_SHOWN - 1], stop.error]
    return Problems(tuple(errors), count, rows_read, ignored)


def rows(data: Source, *, zone: tzinfo = UTC) -> Iterator[ClaimRow]:
    """The claims of a file that ``check`` found nothing wrong with.

    Raises:
        Invalid: the file has a fault after all; what came before it must not be kept.
    """
    try:
        for outcome in _opened(data, zone)[1]:
            if not isinstance(outcome, ClaimRow):
                raise Invalid("csv.unchecked", line=outcome[0].line)
            yield outcome
    except Unreadable as stop:
        raise Invalid("csv.unchecked", line=stop.error.line) from None


def _opened(data: Source, zone: tzinfo) -> tuple[_Header, Iterator[Outcome]]:
    sheet = Sheet(data, KNOWN)
    records = iter(sheet)
    first = next(records, None)
    if first is None:
        raise Unreadable(RowError(1, None, "csv.empty"))
    line, names = first
    header = _header(line, names, sheet.delimiter)
    return header, _outcomes(records, header, {**READERS, "due_at": cells.moment(zone)})


def _header(line: int, names: list[str], delimiter: str) -> _Header:
    places: dict[str, int] = {}
    ignored: list[str] = []
    for place, cell in enumerate(names):
        name = column_name(cell) or f"#{place + 1}"
        if name in places:
            values = {"first": places[name] + 1, "second": place + 1}
            raise Unreadable(RowError(line, name, "csv.column-double", values))
        places[name] = place
        if name not in TAKEN:
            ignored.append(cell.strip() or name)
    if "claim" not in places:
        found = ", ".join(name.strip() for name in names)[: cells.SHOWN * 3]
        raise Unreadable(RowError(line, "claim", "csv.column-missing", {"found": found}))
    taken = {name: place for name, place in places.items() if name in TAKEN}
    return _Header(taken, len(names), tuple(ignored), delimiter)


def _outcomes(
    records: Iterator[tuple[int, list[str]]], header: _Header, readers: Mapping[str, cells.Reader]
) -> Iterator[Outcome]:
    """Each record as a claim, or as what is wrong with it."""
    first_at = {name: FirstLines() for name in UNIQUE}
    columns = [(name, place, readers[name]) for name, place in header.places.items()]
    for line, record in records:
        if len(record) != header.width:
            yield [_ragged(line, record, header)]
            continue
        values: dict[str, Any] = {}
        errors: list[RowError] = []
        for name, place, read in columns:
            if record[place]:
                try:
                    values[name] = read(record[place])
                except Invalid as refused:
                    errors.append(RowError(line, name, refused.code, refused.values))
        errors += _row_errors(line, values, refused={error.column for error in errors})
        errors += _chain_errors(line, values)
        errors += _doubles(line, values, first_at)
        yield errors or _claim(line, values)


def _ragged(line: int, record: list[str], header: _Header) -> RowError:
    separator = {"\t": "tab"}.get(header.delimiter, header.delimiter)
    values = {"found": len(record), "expected": header.width, "separator": separator}
    return RowError(line, None, "csv.ragged", values)


def _row_errors(
    line: int, values: Mapping[str, Any], *, refused: set[str | None]
) -> Iterator[RowError]:
    """What must hold between the cells of a row; a cell refused already is not complained of."""
    if values.get("claim") is None and "claim" not in refused:
        yield RowError(line, "claim", "csv.claim-blank")
    start, end = values.get("start"), values.get("end")
    if refused & {"start", "end"}:
        return
    if (start is None) != (end is None):
        yield RowError(line, "start" if start is None else "end", "csv.place-half")
    if start is not None and end is not None and start >= end:
        yield RowError(line, "end", "csv.place-order", {"value": end, "start": start})


def _chain_errors(line: int, values: Mapping[str, Any]) -> Iterator[RowError]:
    """A chain that is only too long with the claimant, who is added at its end."""
    hops = _whole_chain(values.get("attribution_chain") or (), values.get("claimant"))
    if len(hops) > MOST_HOPS:
        named = {"found": len(hops), "limit": MOST_HOPS}
        yield RowError(line, "attribution_chain", "csv.items-many", named)


def _doubles(
    line: int, values: Mapping[str, Any], first_at: Mapping[str, FirstLines]
) -> Iterator[RowError]:
    for name in UNIQUE:
        value = values.get(name)
        if value is None:
            continue
        first = first_at[name].first(value, line)
        if first != line:
            yield RowError(line, name, "csv.double", {"value": value, "first": first})


def _claim(line: int, values: dict[str, Any]) -> ClaimRow:
    given = {name: value for name, value in values.items() if value is not None}
    return ClaimRow(line=line, text=given.pop("claim"), **given)
