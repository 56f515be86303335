"""Public ids, random keys and the clock."""

import base64
import re
import secrets
from datetime import UTC, datetime

PUBLIC_ID_LENGTH = 12
PUBLIC_ID = re.compile(rf"[a-z2-7]{{{PUBLIC_ID_LENGTH}}}")


def new_public_id() -> str:
    """Twelve random base32 characters: how a thing is named outside the database."""
    return base64.b32encode(secrets.token_bytes(8)).decode("ascii")[:PUBLIC_ID_LENGTH].lower()


def new_public_ids(number: int) -> list[str]:
    """As many of them at once."""
    drawn = base64.b32encode(secrets.token_bytes(10 * number)).decode("ascii").lower()
    return [drawn[start : start + PUBLIC_ID_LENGTH] for start in range(0, 16 * number, 16)]


def is_public_id(text: str) -> bool:
    """Whether a text has the shape of a public id."""
    return PUBLIC_ID.fullmatch(text) is not None


def now() -> datetime:
    """The time, in UTC; every stored time is one of these."""
    return datetime.now(UTC)
