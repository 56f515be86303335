"""A CSV file of any origin as records with line numbers, read as it streams by."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from app.importers.problems import RowError, Unreadable

DELIMITERS = (",", ";", "\t")
# UTF-16 is only read where the file says that it is.
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
WORKBOOK = b"PK\x03\x04"
ENDLESS = "field larger than field limit"
# A file, or what is in one.
Source = bytes | Path


class Sheet:
    """The records of a file; the first is its header.

    Attributes:
        delimiter: the separator, judged by the header line alone.

    Raises:
        Unreadable: from the constructor or while iterating, where the file cannot be read on.
    """

    def __init__(self, data: Source, known: frozenset[str]) -> None:
        if _start_of(data).startswith(WORKBOOK):
            raise Unreadable(RowError(1, None, "csv.workbook"))
        self._data = data
        header = next((line for line in _Lines(data) if line.strip()), None)
        if header is None:
            raise Unreadable(RowError(1, None, "csv.empty"))
        self.delimiter = _delimiter_of(header, known)

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        """Records with the line that each begins in, wholly blank ones left out."""
        lines = _Lines(self._data)
        reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
        while True:
            start = lines.count + 1
            lines.record.clear()
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise Unreadable(_torn(lines.record, start, self.delimiter, error)) from None
            if any(map(str.strip, cells)):
                yield start, cells


class _Lines:
    """Decoded lines with their ends; remembers those of the record being read."""

    def __init__(self, data: Source) -> None:
        self.count = 0
        self.record: list[str] = []
        self._data = data
        start = _start_of(data)
        self._encoding = next((name for mark, name in MARKS if start.startswith(mark)), "utf-8")

    def __iter__(self) -> Iterator[str]:
        try:
            with io.TextIOWrapper(_opened(self._data), encoding=self._encoding, newline="") as text:
                for line in text:
                    self.count += 1
                    if "\0" in line:
                        raise Unreadable(RowError(self.count, None, "csv.nul"))
                    self.record.append(line)
                    yield line
        except UnicodeDecodeError:
            raise Unreadable(RowError(self._undecodable_line(), None, "csv.encoding")) from None

    def _undecodable_line(self) -> int:
        """The line of the first byte that is no text; the stream only knows its block."""
        try:
            with _opened(self._data) as file:
                file.read().decode(self._encoding)
        except UnicodeDecodeError as error:
            before = error.object[: error.start].decode(self._encoding, errors="replace")
            return len(re.findall(r"\r\n|\r|\n", before)) + 1
        return self.count + 1


def _opened(data: Source) -> BinaryIO:
    return io.BytesIO(data) if isinstance(data, bytes) else data.open("rb")


def _start_of(data: Source) -> bytes:
    with _opened(data) as file:
        return file.read(len(WORKBOOK))


def _delimiter_of(header: str, known: frozenset[str]) -> str:
    """The separator under which a header line names most columns that we know, then most at all."""

    def named(delimiter: str) -> tuple[int, int]:
        cells = next(csv.reader([header], delimiter=delimiter), [])
        return sum(column_name(cell) in known for cell in cells), len(cells)

    return max(DELIMITERS, key=named)


def column_name(cell: str) -> str:
    """A header cell as columns are compared: without blanks around it, in lower case."""
    return cell.strip().lower()


def _torn(record: list[str], start: int, delimiter: str, error: csv.Error) -> RowError:
    """What is wrong with a record that the reader gave up on, at the line of the cell at fault."""
    text = "".join(record)
    line = start + len(re.findall(r"\r\n|\r|\n", text[: _end_of_whole_cells(text, delimiter)]))
    if str(error).startswith(ENDLESS):
        return RowError(line, None, "csv.cell-endless", {"limit": csv.field_size_limit()})
    if str(error) == "unexpected end of data":
        return RowError(line, None, "csv.quote-open")
    return RowError(line, None, "csv.quote-stray")


def _end_of_whole_cells(text: str, delimiter: str) -> int:
    """Where the first cell begins that is not properly closed."""
    cell = re.compile(
        rf'(?:"[^"]*(?:""[^"]*)*"|(?!")[^{delimiter}\r\n]*){delimiter}'  # each is one character
    )
    end = 0
    while found := cell.match(text, end):
        end = found.end()
    return end
