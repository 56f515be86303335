"""report.csv: a month of a project in the long form, one figure a row.

It is no format of the registry: those hold a whole project, this one a month for its leads.
"""

from collections.abc import Iterable, Iterator

from app.domain.report import MEASURES, ReportLine
from app.exporters import shapes
from app.exporters.cells import number, text
from app.exporters.exporter import Problem
from app.exporters.streaming import csv_chunks
from app.exporters.strict import problems_of

DIGITS = 4
MEASURED = shapes.one_of("count", "others", *MEASURES)
SHAPES = {
    "month": shapes.MONTH,
    "section": shapes.NAME,
    "key": shapes.TEXT,
    "measure": MEASURED,
    "value": shapes.AMOUNT,
}
COLUMNS = tuple(SHAPES)


def cells(line: ReportLine) -> tuple[str, ...]:
    """The cells of one figure, in the order of COLUMNS."""
    value = number(round(line.value, DIGITS))
    return (line.month, line.section, text(line.key), line.measure, value)


def write(lines: Iterable[ReportLine]) -> Iterator[str]:
    """The file in chunks."""
    return csv_chunks(COLUMNS, map(cells, lines))


def validate(chunks: Iterable[str]) -> list[Problem]:
    """What a strict reader finds wrong in such a file."""
    return problems_of(chunks, SHAPES)
