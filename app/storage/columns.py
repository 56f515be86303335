"""What the columns of every table share: constraint names, enums by value, public ids.

Imported before the first table, so that each constraint has a name that a migration can use.
"""

import enum
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pydantic import ConfigDict
from sqlalchemy import CheckConstraint, Enum
from sqlmodel import Field, SQLModel

from app.domain.ids import new_public_id, now

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Row(SQLModel):
    """One row of a table: an integer key inside, values checked when they are set."""

    model_config = ConfigDict(validate_assignment=True)  # type: ignore[assignment]  # SQLModel's own narrower type

    id: int | None = Field(default=None, primary_key=True)

    @property
    def key(self) -> int:
        """The integer key of a row that is stored already."""
        # An attribute of a model costs two calls, and this one is asked for most of all.
        key = self.id
        if key is None:
            raise LookupError(type(self).__name__)
        return key


class NamedRow(Row):
    """A row that is spoken of outside: it has a public id and the time of its making."""

    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=12)
    created_at: datetime = Field(default_factory=now)


def choice(kind: type[enum.StrEnum]) -> Enum:
    """Store an enum by its value, refuse any other, and say so in the schema."""
    return Enum(
        kind,
        values_callable=lambda members: [member.value for member in members],
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        length=32,
        name=kind.__name__.lower(),
    )


def together(name: str, columns: Sequence[str]) -> CheckConstraint:
    """All of these columns are set, or none is."""
    all_set = " AND ".join(f"{column} IS NOT NULL" for column in columns)
    none_set = " AND ".join(f"{column} IS NULL" for column in columns)
    return CheckConstraint(f"({all_set}) OR ({none_set})", name=name)


def reference(target: str, *, index: bool = False, **options: Any) -> Any:  # noqa: ANN401 - as SQLModel types Field
    """A foreign key; what is pointed at can never be deleted from under it."""
    return Field(foreign_key=target, ondelete="RESTRICT", index=index, **options)
