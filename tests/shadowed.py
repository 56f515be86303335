"""Parts of questions that ask of any row of a table where they mean the one of the whole question.

SQLAlchemy looks one level further out for what a part has in common with the whole; two levels down it
names the table once more, and the part then holds for every row as soon as it holds for one.
"""

import re
from functools import cache

from sqlalchemy import event
from sqlalchemy.engine import Engine

_PART = re.compile(r"EXISTS \(SELECT [^()]*?FROM ([^()]*?)(?:WHERE|\))", re.DOTALL)
_CLOSED = re.compile(r"\([^()]*\)")
_found: set[str] = set()


@cache
def shadowed(statement: str) -> tuple[str, ...]:
    """The tables that a part of a question names beside its own, though the question has them."""
    tables = []
    for part in _PART.finditer(statement):
        named = [words.strip() for words in part[1].split(",")]
        whole = _around(statement[: part.start()]) + _around(statement[part.end() :])
        plain = (name for name in named if len(named) > 1 and name.isidentifier())
        tables += [
            name for name in plain if re.search(rf"(FROM|JOIN|UPDATE) {name}\b(?! AS)", whole)
        ]
    return tuple(tables)


def _around(words: str) -> str:
    """What stands in no bracket that is closed again: of the questions that the part is within."""
    found = 1
    while found:
        words, found = _CLOSED.subn("", words)
    return words


@event.listens_for(Engine, "before_cursor_execute")
def _hear(_connection, _cursor, statement, *_rest) -> None:
    if shadowed(statement):
        _found.add(statement)


def heard() -> set[str]:
    """What was heard of since it was asked last."""
    found = set(_found)
    _found.clear()
    return found
