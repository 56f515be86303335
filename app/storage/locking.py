"""Loading the row that a verb decides on, locked until the transaction ends.

SQLite has locked the whole database when the transaction began; PostgreSQL locks the row.
"""

from typing import TypeVar

from sqlmodel import Session, col, select

from app.domain.errors import Missing
from app.storage.columns import NamedRow, Row

AnyRow = TypeVar("AnyRow", bound=Row)
Named = TypeVar("Named", bound=NamedRow)


def locked(session: Session, kind: type[Named], public_id: str) -> Named:
    """The row with this public id, for changing.

    Raises:
        Missing: there is none.
    """
    row = session.exec(select(kind).where(kind.public_id == public_id).with_for_update()).first()
    if row is None:
        raise Missing(f"{kind.__tablename__}.missing")
    return row


def locked_by_key(session: Session, kind: type[AnyRow], key: int) -> AnyRow:
    """The row with this integer key, for changing; it must exist."""
    return session.exec(select(kind).where(col(kind.id) == key).with_for_update()).one()
