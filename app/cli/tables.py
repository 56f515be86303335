"""What ``assay evaluate`` prints: tables with a column for each scorer, and the most wrong scores."""

from collections.abc import Iterator, Mapping
from typing import Any

Plain = Mapping[str, Any]
# What a figure is called on the screen; the first words of its row.
FIGURES = {
    "ndcg": "nDCG@10",
    "top": "grade 2 in the first ten",
    "anywhere": "grade 2 anywhere",
    "found": "grades 1 and 2 found",
    "noise": "no claim at all",
    "predictions": "statements an article",
    "average_precision": "average precision",
}
COUNTS = {
    "articles": "articles",
    "marks": "marked claims and sentences",
    "twos": "of grade 2",
    "statements": "statements",
    "worthy": "worth checking",
    "groups": "groups",
}
_WITH_ONE_DECIMAL = frozenset({"predictions"})
_GAP = "  "


def blocks(measured: Plain) -> Iterator[str]:
    """Each table and each list as a block of lines."""
    for what in ("articles", "sentences", "picks"):
        if what in measured:
            yield from _tables(measured[what])
    for scorer, wrong in measured.get("worst", {}).items():
        yield f"{scorer}: highest scores of what is not worth checking\n" + _list(wrong["high"])
        yield f"{scorer}: lowest scores of what is\n" + _list(wrong["low"])


def _tables(table: Plain) -> Iterator[str]:
    counts = ", ".join(f"{number:,} {COUNTS[name]}" for name, number in table["counts"].items())
    yield f"{counts}; with 95 % intervals\n\n{_grid(table['figures'], signed=False)}"
    for name, figures in table["above"].items():
        first = next(iter(table["figures"]))
        yield _grid({f"{name} − {first}": figures}, signed=True)


def _grid(columns: Plain, *, signed: bool) -> str:
    figures = list(next(iter(columns.values())))
    rows = [["", *columns]]
    for name in figures:
        cells = [_cell(column[name], name, signed=signed) for column in columns.values()]
        rows.append([FIGURES[name], *cells])
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return "\n".join(
        _GAP.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def _cell(interval: Mapping[str, float] | None, name: str, *, signed: bool) -> str:
    if interval is None:
        return "–"
    shape = ".1f" if name in _WITH_ONE_DECIMAL else ".3f"
    shape = f"+{shape}" if signed else shape
    value, low, high = (f"{interval[end]:{shape}}" for end in ("value", "low", "high"))
    return f"{value} ({low} to {high})"


def _list(wrong: list[Plain]) -> str:
    return "\n".join(line for one in wrong for line in _wrong(one)) or "  none"


def _wrong(one: Plain) -> Iterator[str]:
    score = "   –" if one["score"] is None else f"{one['score']:.2f}"
    listed = "" if one["is_listed"] else ", not suggested"
    yield f"  {score}  {one['quote']}  [{one['label']}; {one['where']}{listed}]"
    for sign, reasons in (("for", one["reasons"]), ("against", one["against"])):
        if reasons:
            yield f"        {sign}: {', '.join(reasons)}"
