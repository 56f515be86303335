"""Agreement as it is counted while answers come in, so that nobody has to count them again."""

from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, Text, UniqueConstraint
from sqlmodel import Field

from app.domain.words import Basis, TallyQuestion
from app.storage.columns import Row, choice, reference


class TallySlice(Row, table=True):
    """A part of a project that agreement is told for.

    ``name`` is made of the other columns, so that a slice is there once. ``is_settled`` parts what
    everybody may see from what only those may who see checks before a verdict. What an ``is_old``
    one held is being counted anew: it counts for nothing, and goes once nothing points at it.
    """

    __tablename__ = "tally_slice"
    __table_args__ = (UniqueConstraint("project_id", "name"),)

    project_id: int = reference("project.id")
    name: str = Field(max_length=120)
    round_id: int | None = reference("round.id", default=None)
    batch_id: int | None = reference("batch.id", default=None)
    guideline_version: int | None = None
    is_settled: bool = False
    is_old: bool = False


class AnswerTally(Row, table=True):
    """How many units of a slice were answered alike.

    ``pattern``: the labels given to one unit, sorted, as their keys joined by commas, with ``×12``
    after one that was given so often; for shared sources "of both/of either" of one pair of checks.
    """

    __tablename__ = "answer_tally"
    __table_args__ = (
        UniqueConstraint("slice_id", "question", "basis", "pattern"),
        CheckConstraint("number >= 0", name="number"),
    )

    slice_id: int = reference("tally_slice.id")
    question: TallyQuestion = Field(sa_type=choice(TallyQuestion))
    basis: Basis = Field(sa_type=choice(Basis))
    pattern: str = Field(sa_type=Text)
    number: int = 0


class PairTally(Row, table=True):
    """How often one person gave this answer where another gave that one."""

    __tablename__ = "pair_tally"
    __table_args__ = (
        UniqueConstraint(
            "slice_id",
            "question",
            "basis",
            "first_id",
            "second_id",
            "first_label_id",
            "second_label_id",
            name="uq_pair_tally",
        ),
        Index("ix_pair_tally_second", "slice_id", "second_id"),
        CheckConstraint("first_id < second_id", name="order"),
        CheckConstraint("number >= 0", name="number"),
    )

    slice_id: int = reference("tally_slice.id")
    question: TallyQuestion = Field(sa_type=choice(TallyQuestion))
    basis: Basis = Field(sa_type=choice(Basis))
    first_id: int = reference("person.id")
    second_id: int = reference("person.id")
    first_label_id: int = reference("label.id")
    second_label_id: int = reference("label.id")
    number: int = 0


class DeskTally(Row, table=True):
    """How often a person gave this answer where the desk's verdict was that one."""

    __tablename__ = "desk_tally"
    __table_args__ = (
        UniqueConstraint(
            "slice_id",
            "question",
            "basis",
            "person_id",
            "label_id",
            "desk_label_id",
            name="uq_desk_tally",
        ),
        CheckConstraint("number >= 0", name="number"),
    )

    slice_id: int = reference("tally_slice.id")
    question: TallyQuestion = Field(sa_type=choice(TallyQuestion))
    basis: Basis = Field(sa_type=choice(Basis))
    person_id: int = reference("person.id")
    label_id: int = reference("label.id")
    desk_label_id: int = reference("label.id")
    number: int = 0


class ClaimTally(Row, table=True):
    """What was counted of a claim's round, to be taken off again when an answer changes.

    ``content``: the pattern of its blind answers to "Is it so?", by which its claim is found.
    """

    __tablename__ = "claim_tally"
    __table_args__ = (Index("ix_claim_tally_content", "slice_id", "content"),)

    claim_round_id: int = reference("claim_round.id", unique=True)
    slice_id: int = reference("tally_slice.id")
    content: str = Field(default="", sa_type=Text)
    counted: dict[str, Any] = Field(default={}, sa_type=JSON)
