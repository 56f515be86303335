"""What never changes once it is frozen, kept for the whole process: scales that answers were given on.

Kept are only what reading sessions found: what a writing one sees may be taken back.
"""

from collections.abc import Hashable, Mapping
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, Pool
from sqlmodel import Session

from app.storage.session import is_reading

# By the connections of a database: another database has other scales under the same keys.
_scales: WeakKeyDictionary[Pool, dict[Hashable, Any]] = WeakKeyDictionary()


def frozen_scales(session: Session) -> Mapping[Hashable, Any]:
    """What is kept of a database: records by the key of a scale, vocabularies by the keys of several."""
    return _scales.get(_pool(session), {})


def keep(session: Session, found: Mapping[Any, Any]) -> None:
    """Keep what was found, where it is sure to stay."""
    if is_reading(session):
        _scales.setdefault(_pool(session), {}).update(found)


def _pool(session: Session) -> Pool:
    bind = session.get_bind()
    engine = bind if isinstance(bind, Engine) else bind.engine
    return engine.pool
