"""Passwords, hashed with Argon2id."""

import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.domain.errors import Invalid

MIN_LENGTH = 12
MAX_LENGTH = 1_000

_hasher = PasswordHasher()


def hash_password(password: str) -> str:
    """The hash to keep. Takes a moment: call it before a write begins."""
    return _hasher.hash(_normal(password))


def is_password(stored: str | None, password: str) -> bool:
    """Whether it is the one; as slow for an account that does not exist, or has no password."""
    try:
        _hasher.verify(stored or _nobodys_hash(), _normal(password)[:MAX_LENGTH])
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def needs_rehash(stored: str) -> bool:
    """Whether a hash was made with weaker parameters than today's."""
    return _hasher.check_needs_rehash(stored)


def check_new_password(password: str, *, email: str) -> None:
    """Go on only with a password that is worth one.

    Raises:
        Invalid: too short, too long, or the e-mail address.
    """
    if len(_normal(password)) < MIN_LENGTH:
        raise Invalid("password.short", field="password", limit=MIN_LENGTH)
    if len(password) > MAX_LENGTH:
        raise Invalid("password.long", field="password", limit=MAX_LENGTH)
    if password.strip().lower() == email.strip().lower():
        raise Invalid("password.email", field="password")


def _normal(password: str) -> str:
    """The same password however a keyboard composes its letters."""
    return unicodedata.normalize("NFKC", password)


@cache
def _nobodys_hash() -> str:
    return _hasher.hash("nobody has this password")
