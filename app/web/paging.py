"""Pages of long lists: each begins after the last row of the one before.

The place is the key of that row, packed into one word of the address. It grants nothing: a forged
one only starts the list elsewhere.
"""

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence

from flask import request

from app.domain.errors import Invalid

Key = tuple[str | int | float | None, ...]
PAGE_ROWS = 50
MAX_PLACE = 500
LARGEST = 2**63


def place_of(key: Sequence[str | int | float | None]) -> str:
    """A place in a list as the ``after`` of an address."""
    return urlsafe_b64encode(json.dumps(list(key)).encode()).decode().rstrip("=")


def after(kinds: Sequence[type]) -> Key | None:
    """The place that the address asks for, None at the beginning.

    ``kinds`` are the types of the key's parts; any part may be null.

    Raises:
        Invalid: no such place was ever handed out.
    """
    place = request.args.get("after", "")
    if not place:
        return None
    key = _unpacked(place)
    if len(key) != len(kinds) or not all(map(_fits, key, kinds)):
        raise Invalid("page.place")
    return tuple(key)


def _unpacked(place: str) -> list[str | int | float | None]:
    if len(place) > MAX_PLACE:
        raise Invalid("page.place")
    try:
        key = json.loads(urlsafe_b64decode(place + "=" * (-len(place) % 4)))
    except (binascii.Error, ValueError, RecursionError):
        raise Invalid("page.place") from None
    if not isinstance(key, list):
        raise Invalid("page.place")
    return key


def _fits(part: object, kind: type) -> bool:
    if part is None:
        return True
    if isinstance(part, bool):
        return False
    if isinstance(part, int):
        return kind in {int, float} and abs(part) < LARGEST
    if isinstance(part, str):
        return kind is str and "\0" not in part
    return isinstance(part, kind) and part == part  # noqa: PLR0124 - a NaN is no place
