"""Second names for tables, for questions that ask one table twice.

A name is made once for the whole process, since making it takes longer than asking with it. What
SQLAlchemy works out of it when it is first used is worked out at once: two threads that did so at the
same moment would leave some columns under the table's own name, and the question asking of other rows.
"""

from typing import TypeVar

from sqlalchemy import inspect
from sqlalchemy.orm import aliased

from app.storage.columns import Row

AnyRow = TypeVar("AnyRow", bound=Row)


def alias_of(kind: type[AnyRow]) -> type[AnyRow]:
    """Another name for a table, to be kept in a module and used by any thread."""
    alias = aliased(kind)
    for column in inspect(kind).mapper.column_attrs:
        getattr(alias, column.key).__clause_element__()
    return alias
