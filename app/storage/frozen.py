"""What never changes once it is frozen, kept for the whole process: scales that answers were given on.

Only what reading sessions found is kept, and what is made of it: what a writing one sees may be taken
back. And for a minute only, since a copy may be put in the place of the database while the desk is running.
"""

import time
from collections.abc import Hashable, Iterable, Mapping
from typing import Any
from weakref import WeakKeyDictionary

from sqlmodel import Session

from app.storage.session import home, is_reading

KEPT_SECONDS = 60


class _Scales(dict[Hashable, Any]):
    """What was found since some moment."""

    def __init__(self) -> None:
        super().__init__()
        self.until = time.monotonic() + KEPT_SECONDS


# By database: another one has other scales under the same keys.
_scales: WeakKeyDictionary[object, _Scales] = WeakKeyDictionary()


def frozen_scales(session: Session) -> Mapping[Hashable, Any]:
    """What is kept of a database: records by the key of a scale, vocabularies by the keys of several."""
    kept = _scales.get(home(session))
    return kept if kept is not None and time.monotonic() < kept.until else {}


def keep(session: Session, found: Mapping[Any, Any], *, hangs_on: Iterable[int] = ()) -> None:
    """Keep what was found, where it is sure to stay; ``hangs_on``: scales that it is all made of."""
    scales = set(hangs_on)
    if not is_reading(session) and not (scales and scales <= frozen_scales(session).keys()):
        return
    if not frozen_scales(session):
        _scales[home(session)] = _Scales()
    _scales[home(session)].update(found)
