"""Places in questions that are put together once for the whole process.

Putting a large question together takes several times as long as asking it, and the same is asked
again with each press. So such a question is made once, without anybody's keys in it: it has these
places instead, and ``given`` fills them when it is asked.
"""

from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    bindparam,
    literal_column,
)

from app.domain.actors import Actor
from app.domain.ids import now

# Who asks, in which project, and when.
ME = bindparam("me", type_=Integer)
HERE = bindparam("here", type_=Integer)
MOMENT: BindParameter[Any] = bindparam("moment")
# Some claims, and some of their rounds, by their keys.
CLAIMS: BindParameter[Any] = bindparam("claims", expanding=True)
ENTRIES: BindParameter[Any] = bindparam("entries", expanding=True)

# Questions and parts of them that hang on what somebody may do are kept for so many who asked last.
of_reader = lru_cache(maxsize=32)


def given(actor: Actor, project_id: int) -> dict[str, int | datetime]:
    """What goes into the places: somebody, in a project, now."""
    return {"me": actor.person, "here": project_id, "moment": now()}


def written(word: StrEnum) -> ColumnElement[Any]:
    """A word of the program's own, such as a state, written out in a question.

    Where an index holds some states only, SQLite looks at what is given for a state when it plans; the
    plan then holds for this once, and making it takes longer than the answer.
    """
    return literal_column(f"'{word.value}'")
