"""Counts that are kept of claims and checks, so that no page counts them."""

from typing import Any

from sqlalchemy import BigInteger, Connection, UniqueConstraint, event
from sqlmodel import Field, SQLModel

from app.storage.changed_in_place import split
from app.storage.columns import Row, reference
from app.storage.triggers import Rule, make

IN_QUEUE = "c.state = 'open' AND c.slots_free > 0"
COMPLETE = "k.settled_at IS NULL AND k.reviews_done >= k.reviews_wanted"
BEGUN = "k.settled_at IS NULL AND k.reviews_done > 0 AND k.reviews_done < k.reviews_wanted"
TOLD = "(o.settled_at IS NOT NULL OR o.reviews_done >= o.reviews_wanted OR NOT b.is_blind)"
RULES = (
    # Claims by state and batch; those to be lent; settled ones that stand nowhere yet.
    Rule("c.state", "c", part="coalesce(c.batch_id, 0)"),
    Rule("'queue'", "c", IN_QUEUE),
    Rule("'to publish'", "c", "c.state = 'settled' AND c.published_url IS NULL"),
    # When claims came on the list, whether they are on it still, and when they are due.
    Rule(
        "CASE WHEN c.state IN ('open', 'settled') THEN 'picked' ELSE 'picked and off' END",
        "c",
        "c.picked_at IS NOT NULL",
        part="{c.picked_at}",
    ),
    Rule(
        "'reasoned'",
        "c",
        "c.picked_at IS NOT NULL AND c.selection_reason IS NOT NULL",
        part="{c.picked_at}",
    ),
    Rule(
        "'due'", "c", "c.due_at IS NOT NULL AND c.state IN ('candidate', 'open')", part="{c.due_at}"
    ),
    Rule("'ruled'", "cu", "u.version = 1 AND c.state = 'settled'", part="{u.decided_at}"),
    # Claims of which all checks are in, or some; rounds with what came into them.
    Rule("'complete'", "ck", f"c.state = 'open' AND {COMPLETE}"),
    Rule("'begun'", "ck", f"c.state = 'open' AND {BEGUN}", part="k.round_id"),
    Rule("'in round'", "ck", part="k.round_id"),
    Rule("'round done'", "ck", "k.settled_at IS NOT NULL", part="k.round_id"),
    Rule("'round given'", "ck", part="k.round_id", number="k.reviews_done"),
    Rule("'round wanted'", "ck", part="k.round_id", number="k.reviews_wanted"),
    # Checks by person: given, given or in hand, given in a round, told to leads.
    Rule("'checks'", "r", "r.state = 'submitted'", person="r.reviewer_id"),
    Rule("'share'", "r", "r.slot IS NOT NULL", person="r.reviewer_id"),
    Rule(
        "'round mine'", "or", "r.submitted_version > 0", part="o.round_id", person="r.reviewer_id"
    ),
    Rule("'checks told'", "bor", f"r.state = 'submitted' AND {TOLD}", person="r.reviewer_id"),
    # By person: claims that they answered and that are open still, in the queue, complete, begun.
    Rule(
        "'answered'", "cr", "r.submitted_version > 0 AND c.state = 'open'", person="r.reviewer_id"
    ),
    Rule(
        "'had'",
        "cr",
        f"{IN_QUEUE} AND (r.state <> 'lent' OR r.slot IS NOT NULL)",
        person="r.reviewer_id",
    ),
    Rule(
        "'answered all'",
        "ckr",
        f"r.submitted_version > 0 AND c.state = 'open' AND {COMPLETE}",
        person="r.reviewer_id",
    ),
    Rule(
        "'answered some'",
        "ckr",
        f"r.submitted_version > 0 AND c.state = 'open' AND {BEGUN}",
        part="k.round_id",
        person="r.reviewer_id",
    ),
)


class KeptCount(Row, table=True):
    """How many of something a project has; triggers keep it (see ``storage.triggers``).

    ``what`` is counted of whom: ``person_id`` is 0 where it is of nobody, ``part`` the key of a batch,
    of a round or the quarter of an hour in which something was, else 0. What is of an import that
    is not finished yet stands apart under ``run_id`` until it is. Whoever writes on PostgreSQL has
    a ``shard`` alone, so that nobody waits for another: what there is is the sum over all of them.
    """

    __tablename__ = "kept_count"
    __table_args__ = (
        UniqueConstraint(
            "project_id", "what", "person_id", "part", "run_id", "shard", name="uq_kept_count"
        ),
    )

    project_id: int = reference("project.id")
    what: str = Field(max_length=32)
    person_id: int = 0
    part: int = Field(default=0, sa_type=BigInteger)
    run_id: int = 0
    shard: int = 0
    number: int = 0


@event.listens_for(SQLModel.metadata, "after_create")
def _make_triggers(_metadata: SQLModel, connection: Connection, **_rest: Any) -> None:  # noqa: ANN401 - what SQLAlchemy says of the event
    dialect = connection.dialect.name
    for statement in (*make(RULES, dialect), *split(RULES, dialect)):
        connection.exec_driver_sql(statement)
