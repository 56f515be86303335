"""Rows of the models made of what the driver answered.

The session knows each as if it had asked for it itself, which takes it twice as long.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session

from app.storage.columns import Row
from app.storage.held import hold_one, identity_of, mapper_of
from app.storage.plain_rows import Rows


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
    """
    row = session.identity_map.get(identity_of(kind, values["id"]))
    if row is None:
        row = mapper_of(kind).class_manager.new_instance()
        row.__dict__.update(values)
        make_transient_to_detached(row)
        session.add(row)
    else:
        for name, value in values.items():
            set_committed_value(row, name, value)
    hold_one(session, row)
    return row
