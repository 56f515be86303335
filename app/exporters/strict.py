"""A strict reader for our CSV files: it forgives nothing, so that other programs need not."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from app.exporters.exporter import Problem

MOST_PROBLEMS = 100
SHOWN = 60

RowRule = Callable[[Mapping[str, str]], Iterable[tuple[str, str]]]
Shapes = Mapping[str, re.Pattern[str]]


def problems_of(
    chunks: Iterable[str],
    shapes: Shapes,
    *,
    unique: str | None = None,
    row_rule: RowRule | None = None,
) -> list[Problem]:
    """The first MOST_PROBLEMS faults: of form, header, cells, double ids, and of a rule for rows."""
    found: list[Problem] = []
    for problem in _problems(chunks, shapes, unique, row_rule):
        found.append(problem)
        if len(found) == MOST_PROBLEMS:
            break
    return found


def _problems(
    chunks: Iterable[str], shapes: Shapes, unique: str | None, row_rule: RowRule | None
) -> Iterator[Problem]:
    records = _records(chunks)
    header = next(records, None)
    if isinstance(header, Problem):
        yield header
        return
    columns = list(shapes)
    if header is None or header[1] != columns:
        yield Problem(1, None, "header.columns", ",".join(header[1])[:SHOWN] if header else "")
        return
    first_at: dict[str, int] = {}
    for record in records:
        if isinstance(record, Problem):
            yield record
            continue
        line, cells = record
        if len(cells) != len(columns):
            yield Problem(line, None, "row.cells", str(len(cells)))
            continue
        row = dict(zip(columns, cells, strict=True))
        yield from _cell_problems(line, row, shapes)
        if row_rule is not None:
            yield from (Problem(line, column, code) for column, code in row_rule(row))
        if unique is not None and first_at.setdefault(row[unique], line) != line:
            yield Problem(line, unique, "row.double", row[unique])


def _cell_problems(line: int, row: Mapping[str, str], shapes: Shapes) -> Iterator[Problem]:
    for column, cell in row.items():
        if not shapes[column].fullmatch(cell):
            yield Problem(line, column, "cell.shape", cell[:SHOWN])


def _records(chunks: Iterable[str]) -> Iterator[tuple[int, list[str]] | Problem]:
    """Each record with the line it begins in; a record that RFC 4180 would not write is a Problem."""
    lines = _Lines(chunks)
    reader = csv.reader(lines, strict=True)
    while True:
        start = reader.line_num + 1
        lines.record.clear()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Problem(start, None, "record.broken", str(error))
            return
        yield _odd_form(start, "".join(lines.record), cells) or (start, cells)


def _odd_form(line: int, raw: str, cells: list[str]) -> Problem | None:
    """A byte-order mark, a wrong line end, or quotation marks where none belong or missing."""
    if line == 1 and raw.startswith("\ufeff"):
        return Problem(line, None, "file.bom")
    if not raw.endswith("\r\n"):
        return Problem(line, None, "record.line-end")
    again = io.StringIO(newline="")
    csv.writer(again, lineterminator="\r\n").writerow(cells)
    if again.getvalue() != raw:
        return Problem(line, None, "record.quoting", raw[:SHOWN])
    return None


class _Lines:
    """Lines of a text that comes in chunks; remembers those of the record being read."""

    def __init__(self, chunks: Iterable[str]) -> None:
        self.record: list[str] = []
        self._chunks = chunks

    def __iter__(self) -> Iterator[str]:
        rest = ""
        for chunk in self._chunks:
            *whole, rest = (rest + chunk).split("\n")
            for line in whole:
                self.record.append(f"{line}\n")
                yield self.record[-1]
        if rest:
            self.record.append(rest)
            yield rest
