"""Counts that are kept of claims and checks by triggers, so that no page counts them.

A frozen copy of what the models gained when this step was written. It imports none of them.
"""

import sqlalchemy as sa
from alembic import op

from app.storage.triggers import Rule, fill, make, remove

revision = "0007"
down_revision = "0006"

# Nothing may be written between the first trigger and the count of what is there.
COUNTED = "writers wait until all is counted, some seconds for a million claims"
HOLDS = dict.fromkeys(("claim", "claim_round", "review", "ruling", "import_run"), COUNTED)

TABLES = sa.MetaData(
    naming_convention={
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)
PROJECT = sa.Table("project", TABLES, sa.Column("id", sa.Integer, primary_key=True))
KEPT = sa.Table(
    "kept_count",
    TABLES,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column(
        "project_id", sa.Integer, sa.ForeignKey("project.id", ondelete="RESTRICT"), nullable=False
    ),
    sa.Column("what", sa.String(32), nullable=False),
    sa.Column("person_id", sa.Integer, nullable=False),
    sa.Column("part", sa.BigInteger, nullable=False),
    sa.Column("run_id", sa.Integer, nullable=False),
    sa.Column("shard", sa.Integer, nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.UniqueConstraint(
        "project_id", "what", "person_id", "part", "run_id", "shard", name="uq_kept_count"
    ),
)
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


def _run(statements):
    for statement in statements:
        op.get_bind().exec_driver_sql(statement)


def upgrade():
    """From here on whoever writes is counted; what is there is counted by one statement."""
    dialect = op.get_bind().dialect.name
    TABLES.create_all(op.get_bind(), tables=[KEPT], checkfirst=False)
    op.create_index(
        "ix_ruling_later",
        "ruling",
        ["claim_id", "version"],
        sqlite_where=sa.text("version > 1"),
        postgresql_where=sa.text("version > 1"),
    )
    _run(make(RULES, dialect))
    _run([fill(RULES, dialect)])


def downgrade():
    """For the tests alone."""
    op.drop_index("ix_ruling_later", "ruling")
    _run(remove(op.get_bind().dialect.name))
    TABLES.drop_all(op.get_bind(), tables=[KEPT], checkfirst=False)
