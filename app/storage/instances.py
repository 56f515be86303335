"""Rows of the models made of what the driver answered.

The session knows each as if it had asked for it itself, which takes it twice as long.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy.orm.attributes import instance_state, set_committed_value
from sqlmodel import Session

from app.storage.columns import Row
from app.storage.held import hold_one, identity_of, mapper_of
from app.storage.plain_rows import Rows

# Stands for what a session does not know of a row: no column has it.
UNREAD = object()


class Instances(Rows):
    """The columns of some tables side by side, as ``Rows``, for a session that changes what it reads."""

    def __init__(self, *kinds: type[Row], **more: Any) -> None:  # noqa: ANN401 - as col() types them
        """Every column of each table; ``more`` are columns or expressions."""
        super().__init__(*kinds, **more)
        self._kinds = kinds

    def known(self, session: Session, row: Sequence[Any]) -> list[Any]:
        """An instance of each table, as it is stored now; then the single values, one by one."""
        found: list[Any] = []
        place = 0
        for kind, (_table, names) in zip(self._kinds, self._tables, strict=True):
            end = place + len(names)
            values = dict(zip(names, row[place:end], strict=True))
            found.append(known(session, kind, values))
            place = end
        return found + list(row[place:])


def known(session: Session, kind: type[Row], values: Mapping[str, Any]) -> Any:  # noqa: ANN401 - of that kind
    """The row with all these values, which are stored, in a session that has nothing pending.

    What the session knew of it before is replaced.

    Raises:
        TypeError: the session has not met the row, and a column has no value.
    """
    identity = identity_of(kind, values["id"])
    row = session.identity_map.get(identity)
    if row is None:
        row = _new(session, kind, identity, values)
    else:
        for name, value in values.items():
            kept = row.__dict__.get(name, UNREAD)
            if type(kept) is not type(value) or kept != value:
                set_committed_value(row, name, value)
    hold_one(session, row)
    return row


def _new(session: Session, kind: type[Row], identity: Any, values: Mapping[str, Any]) -> Any:  # noqa: ANN401 - as above
    """A row that the session has not met, put among those that it has read.

    As SQLAlchemy does with what it reads; by its door for rows of other sessions it takes four times as long,
    as that goes through all columns once more to see whether one leads to other rows.
    """
    if values.keys() != _columns_of(kind):
        raise TypeError(f"{kind.__name__} is made of all its columns, and of nothing else")
    row = mapper_of(kind).class_manager.new_instance()
    row.__dict__.update(values)
    state = instance_state(row)
    state.key, state.session_id = identity, session.hash_key
    session.identity_map.add(state)
    return row


@cache
def _columns_of(kind: type[Row]) -> frozenset[str]:
    """What a row has, as SQLAlchemy knows it: what is left out would read as nothing."""
    return frozenset(mapper_of(kind).attrs.keys())
