"""People, what they may do in each project, one-time links, failed sign-ins."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, Index, Text, UniqueConstraint
from sqlmodel import Field

from app.domain.ids import now
from app.domain.words import Role
from app.storage.columns import NamedRow, Row, choice, reference


class Person(NamedRow, table=True):
    """Somebody who signs in. Referred to by id everywhere, so that a name can be blanked in place.

    ``keymap`` holds the keys that the person has changed, by page and action (``review.skip``).
    """

    __tablename__ = "person"
    __table_args__ = (CheckConstraint("email = lower(email)", name="email_lower"),)

    email: str = Field(unique=True, max_length=254)
    name: str = Field(max_length=200)
    password_hash: str | None = Field(default=None, sa_type=Text)
    is_admin: bool = False
    is_active: bool = True
    session_version: int = 1
    locale: str | None = Field(default=None, max_length=20)
    wants_mail: bool = True
    has_keys_off: bool = False
    keymap: dict[str, str] = Field(default={}, sa_type=JSON)
    erased_at: datetime | None = None


class Membership(Row, table=True):
    """One role of one person in one project; ended, never deleted."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("project_id", "person_id", "role"),)

    project_id: int = reference("project.id")
    person_id: int = reference("person.id", index=True)
    role: Role = Field(sa_type=choice(Role))
    created_at: datetime = Field(default_factory=now)
    ended_at: datetime | None = None


class SigninLink(Row, table=True):
    """A one-time sign-in link: only the hash of its token is kept."""

    __tablename__ = "signin_link"

    person_id: int = reference("person.id", index=True)
    token_hash: str = Field(unique=True, max_length=64)
    created_at: datetime = Field(default_factory=now)
    expires_at: datetime
    used_at: datetime | None = None


class SigninFailure(Row, table=True):
    """A failed sign-in, as keyed hashes of the account and the address."""

    __tablename__ = "signin_failure"
    __table_args__ = (
        Index("ix_signin_failure_account_at", "account", "at"),
        Index("ix_signin_failure_address_at", "address", "at"),
    )

    account: str = Field(max_length=64)
    address: str = Field(max_length=64)
    at: datetime = Field(default_factory=now)
