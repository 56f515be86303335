"""One-time sign-in links: 256 random bits in the address, only their hash in the database."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.ids import now

LIFETIME = timedelta(hours=48)


@dataclass(frozen=True, slots=True)
class NewLink:
    """A link as it is handed over, and what is kept of it."""

    token: str
    token_hash: str
    expires_at: datetime

    @property
    def path(self) -> str:
        """The path that the person opens."""
        return f"/links/{self.token}"


def new_link(lifetime: timedelta = LIFETIME) -> NewLink:
    """Make up a link; ``make_link`` of the workflow writes it down."""
    token = secrets.token_urlsafe(32)
    return NewLink(token=token, token_hash=hash_of(token), expires_at=now() + lifetime)


def hash_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()
