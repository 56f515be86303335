"""What every format offers: how it is named, which records it takes, how it writes and checks."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from app.domain.permissions import Action

Row = TypeVar("Row")

# Marks a title for the translators' tools; the door that shows it translates it.
N_ = str


class Records(StrEnum):
    """Which question gives an exporter its rows."""

    VERDICTS = "verdicts"
    REVIEWS = "reviews"
    SOURCES = "sources"
    QUESTIONS = "questions"
    ASKED_CLAIMS = "asked-claims"
    ARTICLES = "articles"
    REPLIES = "replies"
    CORRECTIONS = "corrections"
    PUBLICATIONS = "publications"
    FINDINGS = "findings"
    COMMENTS = "comments"
    GROUPS = "groups"
    BATCHES = "batches"
    GOLD = "gold"
    AMENDMENTS = "amendments"
    GATES = "gates"


# The rows that are of claims, and so can be of those alone that a list finds.
OF_CLAIMS = frozenset(
    {
        *(Records.VERDICTS, Records.REVIEWS, Records.SOURCES, Records.BATCHES),
        *(Records.QUESTIONS, Records.ASKED_CLAIMS),
    }
)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a written file, and where; ``code`` says what, ``value`` shows it."""

    line: int
    column: str | None
    code: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A thing that a format has no place for, by its public id, and why, as codes of refusals."""

    thing: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exporter(Generic[Row]):
    """One format.

    Attributes:
        name: what the command line and the URL call it, as ``verdicts.csv``.
        title: what it holds, in English.
        records: which question gives the rows that ``write`` takes.
        write: rows in, text in chunks of about ``streaming.CHUNK`` characters out.
        validate: text in chunks in, what a strict reader finds wrong out; empty when all is well.
        leave: who may take it out.
        left_out: why ``write`` leaves a row out, None where it does not; for formats with losses.
    """

    name: str
    title: str
    media_type: str
    records: Records
    write: Callable[[Iterable[Row]], Iterator[str]]
    validate: Callable[[Iterable[str]], list[Problem]]
    left_out: Callable[[Row], LeftOut | None] | None = None
    leave: Action = Action.EXPORT_TAKE
