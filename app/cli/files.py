"""Reading the file that a command was given: what kind it is, its text, what is known of it."""

import codecs
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from app.domain.errors import Invalid, Refused
from app.extraction.normalise import normalise

KINDS = {".txt": "txt", ".html": "html", ".htm": "html", ".csv": "csv"}
MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An article as a file holds it; ``text`` is normalised."""

    text: str
    title: str = ""
    url: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    language: str | None = None


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
    if kind == "csv":
        raise Invalid("article.kind")
    given = {"url": url, "publisher": publisher, "published": date, "title": title}
    said = {name: value for name, value in given.items() if value}
    return Document(**{"text": normalise(_decoded(data)), **said})


def _decoded(data: bytes) -> str:
    encoding = "utf-16" if data.startswith(MARKS) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Invalid("article.encoding") from error
    if "\0" in text:
        raise Invalid("article.binary")
    return text
