"""Label schemes (scales) and their labels."""

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from sqlalchemy import CheckConstraint, Text, UniqueConstraint, func
from sqlalchemy.orm import aliased, column_property
from sqlmodel import Field, col, select

from app.domain.words import SchemeKind
from app.storage.columns import NamedRow, Row, choice, reference


class LabelScheme(NamedRow, table=True):
    """A version of a scale; frozen from the first review that uses it.

    One that is changed after its freezing becomes another, which names the one that it replaces.
    """

    __tablename__ = "label_scheme"
    __table_args__ = (
        UniqueConstraint("code", "version"),
        CheckConstraint("version >= 1", name="version_from_one"),
    )

    code: str = Field(max_length=60)
    version: int = 1
    name: str = Field(max_length=120)
    kind: SchemeKind = Field(sa_type=choice(SchemeKind))
    frozen_at: datetime | None = None
    replaces_id: int | None = reference("label_scheme.id", default=None)


class Label(Row, table=True):
    """One answer of a scale. ``rank`` orders it from 1, the worst; null is off the scale.

    ``previous_id`` is the label of the replaced scale that this one goes on from.
    """

    __tablename__ = "label"
    __table_args__ = (
        UniqueConstraint("scheme_id", "code"),
        UniqueConstraint("scheme_id", "position"),
        UniqueConstraint("scheme_id", "rank"),
    )

    scheme_id: int = reference("label_scheme.id")
    code: str = Field(max_length=60)
    name: str = Field(max_length=120)
    definition: str = Field(default="", sa_type=Text)
    rank: int | None = None
    position: int
    retired_at: datetime | None = None
    previous_id: int | None = reference("label.id", default=None)

    if TYPE_CHECKING:
        # The rank of the best answer of its scale, read along with every label.
        top: ClassVar[int | None]


_beside = aliased(Label)
Label.top = column_property(  # type: ignore[assignment]  # as SQLAlchemy adds a column to a class
    select(func.max(_beside.rank))
    .where(col(_beside.scheme_id) == col(Label.scheme_id))
    .correlate_except(_beside)
    .scalar_subquery()
)
