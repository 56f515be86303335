"""Reading the file that a command was given: what kind it is, its text, what is known of it."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from app.domain.dates import partial_date
from app.domain.errors import Invalid, Refused
from app.domain.links import checked_link
from app.extraction.article import UnreadableArticle, read_html, read_text

KINDS = {".txt": "txt", ".html": "html", ".htm": "html", ".csv": "csv"}
READERS = {"txt": read_text, "html": read_html}
REFUSED = {
    "empty": "article.empty",
    "binary": "article.binary",
    "undecodable": "article.encoding",
    "no_article": "article.none",
}
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
    if kind not in READERS:
        raise Invalid("article.kind")
    try:
        found = READERS[kind](data)
    except UnreadableArticle as problem:
        raise Invalid(REFUSED[problem.code]) from None
    return Document(
        text=found.text,
        title=title or found.title or "",
        url=checked_link(url),
        publisher=publisher or found.publisher,
        author=found.author,
        published=partial_date(date) or _date(found.date),
        language=(found.language or "").split("-")[0].lower() or None,
    )


def _date(said: str | None) -> str | None:
    """What a page says of itself is a help, not an order: a date that cannot be is left out."""
    try:
        return partial_date(said)
    except Invalid:
        return None
