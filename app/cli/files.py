"""Reading the file that a command was given: what kind it is, its text, what is known of it."""

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

from app.domain.dates import partial_date
from app.domain.errors import Invalid, Refused
from app.domain.links import checked_link
from app.extraction.document import Document, document_in

KINDS = {".txt": "txt", ".html": "html", ".htm": "html", ".csv": "csv"}
TEXTS = frozenset({"txt", "html"})
Command = TypeVar("Command", bound=Callable[..., Any])


def article_options(command: Command) -> Command:
    """The options of every command that reads an article."""
    for option in (
        click.option("--date", help="When it was published, as 2025-09-04."),
        click.option("--publisher", help="Who published it."),
        click.option("--url", help="Where it stands."),
    ):
        command = option(command)
    return command


def kind_of(file: Path) -> str:
    """What the ending says: ``txt``, ``html`` or ``csv``; standard input is text."""
    kind = "txt" if str(file) == "-" else KINDS.get(file.suffix.lower())
    if kind is None:
        raise Invalid("article.kind")
    return kind


def read_bytes(file: Path) -> bytes:
    """The bytes of a file, or of standard input for ``-``.

    Raises:
        Refused: it is not there or cannot be read.
    """
    if str(file) == "-":
        return sys.stdin.buffer.read()
    try:
        return file.read_bytes()
    except OSError as error:
        raise Refused("file.unreadable", path=file, reason=error.strerror) from error


def read_later(file: Path) -> bytes | Path:
    """A file that is read line by line, however large it is; standard input as its bytes.

    Raises:
        Refused: it is not there or cannot be read.
    """
    if str(file) == "-":
        return read_bytes(file)
    try:
        with file.open("rb"):
            return file
    except OSError as error:
        raise Refused("file.unreadable", path=file, reason=error.strerror) from error


def article_of(
    data: bytes,
    kind: str,
    *,
    url: str | None = None,
    publisher: str | None = None,
    date: str | None = None,
    title: str | None = None,
) -> Document:
    """The article in a file; what was said on the command line stands above what the file says.

    Raises:
        Invalid: it is no text, or none that can be read.
    """
    if kind not in TEXTS:
        raise Invalid("article.kind")
    found = document_in(data, is_html=kind == "html")
    return replace(
        found,
        title=title or found.title,
        url=checked_link(url),
        publisher=publisher or found.publisher,
        published=partial_date(date) or found.published,
    )
