"""How one cell of a CSV file is read: the reverse of ``app.exporters.cells``.

Every reader takes the cell as it stands in the file and answers with a value, or raises Invalid
with a code of ``problems.SENTENCES``.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime, time, tzinfo

from app.domain.dates import due_year, partial_date
from app.domain.errors import Invalid
from app.domain.ids import is_public_id
from app.domain.links import checked_link

Reader = Callable[[str], object]

SHOWN = 60
GUARD = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")
# Spreadsheets and data programs turn a column of whole numbers with gaps into 12.0.
INTEGER = re.compile(r"([+-]?[0-9]{1,18})(?:\.0*)?")
NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?"
    r"(?:Z|[+-][0-9]{2}:?[0-9]{2})?"
)
SEPARATOR = re.compile(r"\\([;\\])|;")
END_OF_DAY = time(23, 59, 59)


def unguarded(cell: str) -> str:
    """The text behind the apostrophe that keeps a spreadsheet from running it."""
    return cell[1:] if GUARD.match(cell) else cell


def _blank(cell: str) -> bool:
    return not cell or cell.isspace()


def words(limit: int, *, as_is: bool = False) -> Reader:
    """A reader of text up to ``limit`` characters; ``as_is`` keeps the blanks around it."""

    def read(cell: str) -> str | None:
        text = unguarded(cell)
        if _blank(text):
            return None
        return within(text if as_is else text.strip(), limit)

    return read


def within(text: str, limit: int) -> str:
    """The text, if it is not longer than ``limit``."""
    if len(text) > limit:
        raise Invalid("csv.long", length=len(text), limit=limit)
    return text


def items(cell: str) -> tuple[str, ...]:
    r"""The items of a list joined by ``;``; ``\;`` and ``\\`` are a semicolon and a backslash."""
    found, item, last = [], "", 0
    text = unguarded(cell)
    for mark in SEPARATOR.finditer(text):
        item += text[last : mark.start()] + (mark[1] or "")
        last = mark.end()
        if mark[1] is None:
            found.append(item)
            item = ""
    found.append(item + text[last:])
    return tuple(kept for kept in map(str.strip, found) if kept)


def names(cell: str) -> tuple[str, ...]:
    """The names of a chain, the one nearest the reader first, parted by ``>``."""
    return tuple(name for name in map(str.strip, unguarded(cell).split(">")) if name)


def several(split: Callable[[str], tuple[str, ...]], *, most: int, longest: int) -> Reader:
    """A reader of up to ``most`` entries of up to ``longest`` characters."""

    def read(cell: str) -> tuple[str, ...]:
        entries = split(cell)
        if len(entries) > most:
            raise Invalid("csv.items-many", found=len(entries), limit=most)
        for entry in entries:
            if len(entry) > longest:
                raise Invalid(
                    "csv.item-long", value=entry[:SHOWN], length=len(entry), limit=longest
                )
        return entries

    return read


def public_id(cell: str) -> str | None:
    """An id that this program made, here or elsewhere."""
    text = cell.strip()
    if text and not is_public_id(text):
        raise Invalid("csv.id", value=text[:SHOWN])
    return text or None


def link(cell: str) -> str | None:
    """A web address."""
    text = unguarded(cell).strip()
    try:
        return checked_link(text)
    except Invalid as refused:
        code = "csv." + refused.code.replace(".", "-")
        raise Invalid(code, value=text[:SHOWN], **refused.values) from None


def date(cell: str) -> str | None:
    """A date of day, month or year precision."""
    text = unguarded(cell).strip()
    try:
        found = partial_date(text)
    except Invalid:
        found = None
    # Digits of other scripts are digits to Python, and not to whoever reads the export.
    if text and (found is None or not text.isascii()):
        raise Invalid("csv.date", value=text[:SHOWN])
    return found


def moment(zone: tzinfo) -> Reader:
    """A reader of times; where the cell names no zone it is ``zone``, and a bare day is its end."""

    def read(cell: str) -> datetime | None:
        text = cell.strip()
        if not text:
            return None
        try:
            found = _moment(text, zone)
            due_year(found.year)
        except (ValueError, OverflowError):
            raise Invalid("csv.time", value=text[:SHOWN]) from None
        except Invalid as refused:
            raise Invalid("csv.year", value=text[:SHOWN], **refused.values) from None
        return found

    return read


def _moment(text: str, zone: tzinfo) -> datetime:
    if DAY.fullmatch(text):
        found = datetime.combine(datetime.fromisoformat(text), END_OF_DAY)
    elif TIME.fullmatch(text):
        found = datetime.fromisoformat(text)
    else:
        raise ValueError(text)
    return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)


def whole(low: int, high: int) -> Reader:
    """A reader of whole numbers from ``low`` to ``high``."""

    def read(cell: str) -> int | None:
        text = cell.strip()
        if not text:
            return None
        found = INTEGER.fullmatch(text)
        if found is None:
            raise Invalid("csv.integer", value=text[:SHOWN])
        number = int(found[1])
        if not low <= number <= high:
            raise Invalid("csv.range", value=text, low=low, high=high)
        return number

    return read


def decimal(low: float, high: float) -> Reader:
    """A reader of numbers from ``low`` to ``high``."""

    def read(cell: str) -> float | None:
        text = cell.strip()
        if not text:
            return None
        if not NUMBER.fullmatch(text):
            raise Invalid("csv.number", value=text[:SHOWN])
        number = float(text)
        if not low <= number <= high:
            raise Invalid("csv.range", value=text[:SHOWN], low=low, high=high)
        return number

    return read
