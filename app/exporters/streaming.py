"""CSV as RFC 4180 has it, written in chunks so that memory stays flat."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

CHUNK = 64 * 1024
MEDIA_TYPE = "text/csv; charset=utf-8"


def csv_chunks(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """A header and rows as CSV text, in chunks of about CHUNK characters.

    The header leaves with the first rows: a question that fails at once then spoils no answer
    that has begun.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow(row)
        if buffer.tell() >= CHUNK:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    if buffer.tell():
        yield buffer.getvalue()
