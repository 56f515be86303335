"""Claims, the groups and batches they are in, who said them, the figures they state."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Connection,
    Index,
    Text,
    UniqueConstraint,
    event,
    text,
)
from sqlmodel import Field

from app.domain.ids import now
from app.domain.words import (
    AgentKind,
    Amended,
    BarReason,
    Change,
    ClaimState,
    Comparator,
    FoundBy,
    Mode,
    TranslatedBy,
)
from app.storage.claim_texts import EXTENSION, ON_SQLITE
from app.storage.columns import NamedRow, Row, choice, reference, together
from app.storage.queue_place import QueuePlace

# What is checked or dropped cannot be late.
CAN_BE_LATE = text("due_at IS NOT NULL AND state IN ('candidate', 'open')")

# Suggestions in the order of picking, and whether they were put off, in the words of the question for them.
WORTH = text("coalesce(checkworthiness, -1.0) DESC")
IN_PICKING = (("ix_claim_suggested", "IS NULL"), ("ix_claim_put_off", "IS NOT NULL"))


class ClaimGroup(NamedRow, table=True):
    """The same statement in several places; its claims stay rows of their own."""

    __tablename__ = "claim_group"

    project_id: int = reference("project.id")


class Batch(NamedRow, table=True):
    """A named part of a project's claims with the guideline version it is checked under.

    A pilot is for trying the guidelines; its claims are left out of releases, and counted.
    """

    __tablename__ = "batch"
    __table_args__ = (UniqueConstraint("project_id", "name"),)

    project_id: int = reference("project.id")
    name: str = Field(max_length=120)
    guideline_version: int | None = None
    is_pilot: bool = False
    created_by_id: int | None = reference("person.id", default=None)


class Claim(NamedRow, table=True):
    """One statement at one place. ``quote`` is ``snapshot.text[start:end]`` in code points.

    ``slots_free`` counts the reviews that can still be lent in the claim's current round, so that
    the queue is read off an index; only the verbs of reviewing change it.

    ``grounds`` are ``{"kind", "words"}``, the words that a kind rests on; ``additions`` are
    ``{"start", "end", "instead_of"}``, what extraction put into the text that the quote does not
    say; a person's wording has none. A claim that was joined to another one is dropped and keeps
    ``merged_into_id``.

    ``reasons`` and ``against`` are phrases of what raised and lowered ``checkworthiness``,
    ``signals`` what was measured for it (code to value), ``scored_with`` the label of the weights.
    """

    __tablename__ = "claim"
    __table_args__ = (
        together("place", ("snapshot_id", "quote", "start", '"end"')),
        CheckConstraint('start IS NULL OR (0 <= start AND start < "end")', name="span"),
        CheckConstraint("checkworthiness IS NULL OR checkworthiness BETWEEN 0 AND 1", name="worth"),
        CheckConstraint("slots_free >= 0", name="slots_free"),
        UniqueConstraint("project_id", "external_id"),
        Index(
            "ix_claim_place",
            "project_id",
            QueuePlace(of=""),
            sqlite_where=text("state = 'open' AND slots_free > 0"),
            postgresql_where=text("state = 'open' AND slots_free > 0"),
        ),
        Index("ix_claim_project", "project_id", "id"),
        Index("ix_claim_state", "project_id", "state", "id"),
        *(
            Index(
                *(name, "project_id", WORTH, "id"),
                sqlite_where=text(f"state = 'candidate' AND put_off_at {off}"),
                postgresql_where=text(f"state = 'candidate' AND put_off_at {off}"),
            )
            for name, off in IN_PICKING
        ),
        Index("ix_claim_snapshot", "snapshot_id", "start"),
        Index("ix_claim_batch", "batch_id", "id"),
        Index(
            "ix_claim_group",
            "claim_group_id",
            "id",
            sqlite_where=text("claim_group_id IS NOT NULL"),
            postgresql_where=text("claim_group_id IS NOT NULL"),
        ),
        # Where words are looked for; SQLite has a table for that (``storage.claim_texts``).
        Index(
            "ix_claim_text",
            "text",
            postgresql_using="gin",
            postgresql_ops={"text": "gin_trgm_ops"},
        ).ddl_if(dialect="postgresql"),
        # Where the same statement is looked for (``storage.sameness``).
        Index("ix_claim_opening", "project_id", text("lower(substr(text, 1, 24))")),
        Index(
            "ix_claim_merged",
            "merged_into_id",
            sqlite_where=text("merged_into_id IS NOT NULL"),
            postgresql_where=text("merged_into_id IS NOT NULL"),
        ),
        Index(
            "ix_claim_late",
            "project_id",
            "due_at",
            "id",
            sqlite_where=CAN_BE_LATE,
            postgresql_where=CAN_BE_LATE,
        ),
        Index(
            "ix_claim_picked",
            "project_id",
            "picked_at",
            sqlite_where=text("picked_at IS NOT NULL"),
            postgresql_where=text("picked_at IS NOT NULL"),
        ),
    )

    project_id: int = reference("project.id")
    article_id: int | None = reference("article.id", default=None, index=True)
    snapshot_id: int | None = reference("snapshot.id", default=None)
    quote: str | None = Field(default=None, sa_type=Text)
    start: int | None = None
    end: int | None = None
    text: str = Field(sa_type=Text)
    context: str = Field(default="", sa_type=Text)
    paragraph: int | None = None
    state: ClaimState = Field(default=ClaimState.CANDIDATE, sa_type=choice(ClaimState))
    put_off_at: datetime | None = None
    picked_at: datetime | None = None
    slots_free: int = 0
    priority: int = 0
    due_at: datetime | None = None
    kinds: list[str] = Field(default=[], sa_type=JSON)
    checkworthiness: float | None = None
    reasons: list[str] = Field(default=[], sa_type=JSON)
    against: list[str] = Field(default=[], sa_type=JSON)
    signals: dict[str, float] = Field(default={}, sa_type=JSON)
    scored_with: str | None = Field(default=None, max_length=60)
    grounds: list[dict[str, str]] = Field(default=[], sa_type=JSON)
    marks: list[str] = Field(default=[], sa_type=JSON)
    additions: list[dict[str, int | str]] = Field(default=[], sa_type=JSON)
    merged_into_id: int | None = reference("claim.id", default=None)
    extractor: str | None = Field(default=None, max_length=60)
    language: str | None = Field(default=None, max_length=20)
    said_on: str | None = Field(default=None, max_length=10)
    seen_at_url: str | None = Field(default=None, sa_type=Text)
    selection_reason: str | None = Field(default=None, sa_type=Text)
    published_url: str | None = Field(default=None, sa_type=Text)
    external_id: str | None = Field(default=None, max_length=200)
    batch_id: int | None = reference("batch.id", default=None)
    claim_group_id: int | None = reference("claim_group.id", default=None)
    import_run_id: int | None = reference("import_run.id", default=None, index=True)
    extraction_run_id: int | None = reference("extraction_run.id", default=None)
    chain_confirmed_at: datetime | None = None
    chain_confirmed_by_id: int | None = reference("person.id", default=None)
    created_by_id: int | None = reference("person.id", default=None)
    version: int = 1
    quote_translation: str | None = Field(default=None, sa_type=Text)
    translated_by: TranslatedBy | None = Field(default=None, sa_type=choice(TranslatedBy))


class ClaimTag(Row, table=True):
    """A word that a claim is filed under; in the order in which they were given."""

    __tablename__ = "claim_tag"
    __table_args__ = (
        UniqueConstraint("claim_id", "tag"),
        Index("ix_claim_tag_tag", "project_id", "tag", "claim_id"),
    )

    project_id: int = reference("project.id")
    claim_id: int = reference("claim.id")
    tag: str = Field(max_length=200)


class ClaimPlace(Row, table=True):
    """A look for a claim's words in a text: where they were found and how, or that they were not.

    The last one that found them is where the claim stands; ``score`` (0 to 1) is how like they are.
    """

    __tablename__ = "claim_place"
    __table_args__ = (
        together("place", ("quote", "start", '"end"')),
        CheckConstraint("(found_by = 'missing') = (quote IS NULL)", name="missing"),
        CheckConstraint('start IS NULL OR (0 <= start AND start < "end")', name="span"),
        Index("ix_claim_place_snapshot", "snapshot_id", "claim_id"),
    )

    claim_id: int = reference("claim.id", index=True)
    snapshot_id: int = reference("snapshot.id")
    quote: str | None = Field(default=None, sa_type=Text)
    start: int | None = None
    end: int | None = None
    found_by: FoundBy = Field(sa_type=choice(FoundBy))
    score: float | None = None
    at: datetime = Field(default_factory=now)
    by_id: int | None = reference("person.id", default=None)


class ClaimWording(Row, table=True):
    """How a claim was worded before a person corrected it."""

    __tablename__ = "claim_wording"
    __table_args__ = (UniqueConstraint("claim_id", "version"),)

    claim_id: int = reference("claim.id")
    version: int
    text: str = Field(sa_type=Text)
    replaced_at: datetime = Field(default_factory=now)


class Agent(NamedRow, table=True):
    """Somebody or something that a project's claims are attributed to.

    ``same_as`` is an address that identifies it everywhere, such as its Wikidata page. One that
    was found to be the same as another stays, so that its name leads to that one.
    """

    __tablename__ = "agent"
    __table_args__ = (UniqueConstraint("project_id", "name"),)

    project_id: int = reference("project.id")
    name: str = Field(max_length=300)
    kind: AgentKind = Field(default=AgentKind.PERSON, sa_type=choice(AgentKind))
    is_named: bool = True
    role: str | None = Field(default=None, max_length=200)
    party: str | None = Field(default=None, max_length=200)
    same_as: str | None = Field(default=None, sa_type=Text)
    aliases: list[str] = Field(default=[], sa_type=JSON)
    merged_into_id: int | None = reference("agent.id", default=None)


class Hop(Row, table=True):
    """One step of the chain of one version of a claim; position 0 is nearest the reader.

    ``start`` and ``end`` are where the text that was extracted names the agent.
    """

    __tablename__ = "hop"
    __table_args__ = (
        UniqueConstraint("claim_id", "claim_version", "position"),
        Index("ix_hop_agent", "agent_id", "claim_id"),
        together("place", ("start", '"end"')),
    )

    claim_id: int = reference("claim.id")
    claim_version: int = 1
    position: int
    agent_id: int = reference("agent.id")
    cue: str = Field(default="", max_length=300)
    mode: Mode = Field(default=Mode.PARAPHRASE, sa_type=choice(Mode))
    url: str | None = Field(default=None, sa_type=Text)
    said_on: str | None = Field(default=None, max_length=10)
    is_seen: bool = False
    ends_because: str | None = Field(default=None, max_length=300)
    start: int | None = None
    end: int | None = None


class Quantity(Row, table=True):
    """A figure that a claim states, in a plain number and a unit."""

    __tablename__ = "quantity"
    __table_args__ = (
        UniqueConstraint("claim_id", "position"),
        Index("ix_quantity_figure", "value", "unit", "claim_id"),
    )

    claim_id: int = reference("claim.id")
    position: int
    value: float
    unit: str = Field(max_length=60)
    raw: str = Field(max_length=200)
    period: str | None = Field(default=None, max_length=100)
    comparator: Comparator = Field(default=Comparator.EXACT, sa_type=choice(Comparator))
    change: Change | None = Field(default=None, sa_type=choice(Change))
    is_base: bool = False
    period_from: str | None = Field(default=None, max_length=10)
    period_to: str | None = Field(default=None, max_length=10)
    is_period_stated: bool = False


class Amendment(Row, table=True):
    """What a person changed of a claim that was found in an article: a label for the extractor.

    Before and after are places in the snapshot and versions of a claim, whose chains and wordings
    are kept. What comes after is of ``other_claim_id`` where there is one: a part that was split
    off, or the claim that this one was joined to. A claim that was missed has nothing before.
    """

    __tablename__ = "amendment"
    __table_args__ = (
        together("before", ("start_before", "end_before")),
        together("after", ("start_after", "end_after")),
    )

    project_id: int = reference("project.id", index=True)
    claim_id: int = reference("claim.id", index=True)
    what: Amended = Field(sa_type=choice(Amended))
    extractor: str | None = Field(default=None, max_length=60)
    snapshot_id: int | None = reference("snapshot.id", default=None)
    version_before: int | None = None
    version_after: int
    start_before: int | None = None
    end_before: int | None = None
    start_after: int | None = None
    end_after: int | None = None
    other_claim_id: int | None = reference("claim.id", default=None)
    at: datetime = Field(default_factory=now)
    by_id: int | None = reference("person.id", default=None)


class Bar(Row, table=True):
    """This person may not review this claim any more, and why."""

    __tablename__ = "bar"
    __table_args__ = (UniqueConstraint("claim_id", "person_id"),)

    claim_id: int = reference("claim.id")
    person_id: int = reference("person.id", index=True)
    reason: BarReason = Field(sa_type=choice(BarReason))
    created_at: datetime = Field(default_factory=now)


@event.listens_for(Row.metadata, "before_create")
def _add_extension(_metadata: Any, connection: Connection, **_rest: Any) -> None:  # noqa: ANN401 - what SQLAlchemy says of the event
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(EXTENSION)


@event.listens_for(Row.metadata, "after_create")
def _look_for_texts(_metadata: Any, connection: Connection, **_rest: Any) -> None:  # noqa: ANN401 - as above
    if connection.dialect.name == "sqlite":
        for statement in ON_SQLITE:
            connection.exec_driver_sql(statement)
