"""How one cell of our CSV files is written. ``app.importers.cells`` reads them back."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from math import isfinite

# What a spreadsheet runs as a formula, full-width forms included, behind any apostrophes.
GUARDED = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
RISKY = frozenset("'=+-@\t\r\n＝＋－＠")


def text(value: str | None) -> str:
    """Words from outside, with an apostrophe before what a spreadsheet would run."""
    if not value:
        return ""
    # Nearly every cell is decided by its first character; the pattern is asked for the rest.
    if value[0] in RISKY and GUARDED.match(value):
        return f"'{value}"
    return value


def texts(values: Iterable[str | None]) -> list[str]:
    """The same of a whole column, of which nearly every cell stays as it is."""
    return [(value if value[0] not in RISKY else text(value)) if value else "" for value in values]


def moment(value: datetime | None) -> str:
    """A time in UTC to the second, as in 2025-09-04T14:02:11Z.

    Raises:
        ValueError: the time has no zone, so nobody knows when it is.
    """
    if value is None:
        return ""
    if value.tzinfo is None:
        raise ValueError("a time without a zone")
    if value.tzinfo is not UTC:
        value = value.astimezone(UTC)
    return f"{value.isoformat()[:19]}Z"


def number(value: float | None) -> str:
    """A number with a decimal point, no exponent and no zeros behind; not a number is blank."""
    if value is None or not isfinite(value):
        return ""
    shown = repr(float(value))
    if "e" in shown:
        shown = format(Decimal(shown), "f")
    if shown[-1] == "0" and "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    return "0" if shown == "-0" else shown


def flag(value: bool) -> str:  # noqa: FBT001 - it is the value that is written
    """A yes or a no, as data programs read it."""
    return "true" if value else "false"


def listed(items: Iterable[str]) -> str:
    r"""Items joined by ``; ``; a semicolon or a backslash in an item has a backslash before it."""
    kept = [kept for item in items if (kept := item.strip())]
    if not kept:
        return ""
    joined = "; ".join(kept)
    if "\\" in joined or joined.count(";") >= len(kept):
        joined = "; ".join(item.replace("\\", r"\\").replace(";", r"\;") for item in kept)
    return text(joined)


def chain(names: Iterable[str]) -> str:
    """Names from the one nearest the reader to the claimant, joined by `` > ``."""
    if not names:
        return ""
    kept = filter(None, map(str.strip, names))
    return text(" > ".join([name.replace(">", "›") for name in kept]))


def counted(labels: Iterable[tuple[str, int]]) -> str:
    """Labels with how many gave them, as in ``False×2; Unproven×1``."""
    return listed([f"{label}×{count}" for label, count in labels])
