"""Parts of questions that ask of any row of a table where they mean the one of the whole question.

SQLAlchemy looks one level further out for what a part has in common with the whole; two levels down it
names the table once more, and the part then holds for every row as soon as it holds for one. So it is asked
for each part, as it is put together, whether it names beside a table of its own one that is around it.
A question is put together once a process: the test that is told of it is the first that asks it.
"""

from typing import Any

from sqlalchemy import Select
from sqlalchemy.sql.base import _cloned_intersection
from sqlalchemy.sql.selectable import SelectState

_usual = SelectState._correlate_froms
_found: list[Select[Any]] = []


def _watched(_cls, froms, statement, to, but, auto, outer, near):
    left = _usual(froms, statement, to, but, auto, outer, near)
    tables = [table for one in left for table in one._from_objects]
    if len(left) > 1 and outer and _cloned_intersection(tables, outer):
        _found.append(statement)
    return left


SelectState._correlate_froms = classmethod(_watched)


def heard() -> set[str]:
    """The parts that were put together so since it was asked last."""
    found = {str(statement) for statement in list(_found)}
    # To write them out is to put them together once more.
    _found.clear()
    return found
