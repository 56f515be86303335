"""Independent checks: more rounds, extra checks, interests, known answers, batches, tallies.

A frozen copy of what the models gained when this step was written. It imports none of them.
"""

import uuid
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from app.storage.rewriting import grow, replace_rule, shrink

revision = "0003"
down_revision = "0002"

TABLES = sa.MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)
MOMENT = sa.DateTime(timezone=True)
COMPLETE = "settled_at IS NULL AND reviews_done >= reviews_wanted"
BASES = ("basis", "basis IN ('blind', 'final')")
QUESTIONS = (
    "tallyquestion",
    "question IN ('content', 'attribution', 'stance', 'sources', 'triage')",
)

# What is there already, as far as new tables point at it.
THERE = [
    sa.Table(name, TABLES, sa.Column("id", sa.Integer, primary_key=True))
    for name in ("person", "project", "claim", "claim_round", "round", "batch", "label", "agent")
]


def required(kind, *names):
    """Columns that always hold a value."""
    return [sa.Column(name, kind, nullable=False) for name in names]


def optional(kind, *names):
    """Columns that may be empty."""
    return [sa.Column(name, kind) for name in names]


def ref(name, target, *, nullable=False, index=False):
    """A foreign key; what is pointed at cannot be deleted from under it."""
    key = sa.ForeignKey(target, ondelete="RESTRICT")
    return sa.Column(name, sa.Integer, key, nullable=nullable, index=index)


def check(name, rule):
    """What must hold for every row."""
    return sa.CheckConstraint(rule, name=name)


def table(name, *parts):
    """A table with an integer key."""
    return sa.Table(name, TABLES, sa.Column("id", sa.Integer, primary_key=True), *parts)


def index(name, *columns, where=None):
    """An index; with ``where``, over the rows for which that holds."""
    rule = None if where is None else sa.text(where)
    return sa.Index(name, *columns, sqlite_where=rule, postgresql_where=rule)


def tally():
    """What every count of agreement has."""
    return [
        ref("slice_id", "tally_slice.id"),
        *required(sa.String(32), "question", "basis"),
        *required(sa.Integer, "number"),
        check(*BASES),
        check(*QUESTIONS),
        check("number", "number >= 0"),
    ]


table(
    "extra_check",
    ref("claim_round_id", "claim_round.id"),
    *required(sa.String(32), "reason"),
    *required(MOMENT, "created_at"),
    sa.UniqueConstraint("claim_round_id", "reason"),
    check("extrareason", "reason IN ('newcomer', 'sample', 'tag', 'difference')"),
)
table(
    "interest",
    sa.Column("public_id", sa.String(12), nullable=False, unique=True),
    *required(MOMENT, "created_at"),
    ref("project_id", "project.id"),
    ref("person_id", "person.id"),
    ref("agent_id", "agent.id", nullable=True),
    *optional(sa.String(200), "tag"),
    *required(sa.String(500), "note"),
    ref("declared_by_id", "person.id", nullable=True),
    *optional(MOMENT, "retired_at"),
    check("of_what", "(agent_id IS NULL) <> (tag IS NULL)"),
    index("ix_interest_person", "person_id", "project_id", where="retired_at IS NULL"),
)
table(
    "gold_answer",
    ref("project_id", "project.id"),
    ref("claim_id", "claim.id"),
    *required(sa.String(32), "use"),
    ref("content_label_id", "label.id"),
    ref("attribution_label_id", "label.id", nullable=True),
    *required(sa.Text, "explanation"),
    *required(MOMENT, "created_at"),
    ref("created_by_id", "person.id", nullable=True),
    *optional(MOMENT, "retired_at"),
    sa.UniqueConstraint("claim_id"),
    check("golduse", "use IN ('training', 'gold')"),
    index("ix_gold_answer_project", "project_id", "use", "claim_id"),
)
table(
    "triage",
    ref("project_id", "project.id"),
    ref("claim_id", "claim.id"),
    ref("person_id", "person.id"),
    *required(sa.String(32), "decision"),
    *required(sa.Boolean, "is_second"),
    *required(MOMENT, "decided_at"),
    sa.UniqueConstraint("claim_id", "person_id"),
    check("triagedecision", "decision IN ('pick', 'drop')"),
    index("ix_triage_project", "project_id", "is_second", "claim_id"),
)
table(
    "tally_slice",
    ref("project_id", "project.id"),
    *required(sa.String(120), "name"),
    ref("round_id", "round.id", nullable=True),
    ref("batch_id", "batch.id", nullable=True),
    *optional(sa.Integer, "guideline_version"),
    *required(sa.Boolean, "is_settled", "is_old"),
    sa.UniqueConstraint("project_id", "name"),
)
table(
    "answer_tally",
    *tally(),
    *required(sa.Text, "pattern"),
    sa.UniqueConstraint("slice_id", "question", "basis", "pattern"),
)
table(
    "pair_tally",
    *tally(),
    ref("first_id", "person.id"),
    ref("second_id", "person.id"),
    ref("first_label_id", "label.id"),
    ref("second_label_id", "label.id"),
    sa.UniqueConstraint(
        "slice_id",
        "question",
        "basis",
        "first_id",
        "second_id",
        "first_label_id",
        "second_label_id",
        name="uq_pair_tally",
    ),
    check("order", "first_id < second_id"),
)
table(
    "desk_tally",
    *tally(),
    ref("person_id", "person.id"),
    ref("label_id", "label.id"),
    ref("desk_label_id", "label.id"),
    sa.UniqueConstraint(
        "slice_id",
        "question",
        "basis",
        "person_id",
        "label_id",
        "desk_label_id",
        name="uq_desk_tally",
    ),
)
table(
    "claim_tally",
    ref("claim_round_id", "claim_round.id"),
    ref("slice_id", "tally_slice.id"),
    *required(sa.Text, "content"),
    *required(sa.JSON, "counted"),
    sa.UniqueConstraint("claim_round_id"),
    index("ix_claim_tally_content", "slice_id", "content"),
)
NEW = [made for made in TABLES.sorted_tables if made not in THERE]

# What tables that are there gain: columns with the value of rows that are there, then rules.
GAINS = {
    "project": (
        [
            (required(sa.Integer, "extra_first"), "0"),
            (required(sa.Float, "extra_share"), "0"),
            (required(sa.JSON, "extra_tags"), "'[]'"),
            (required(sa.Boolean, "extra_on_difference"), "false"),
            (required(sa.Integer, "gold_every"), "0"),
            (optional(sa.Integer, "most_checks"), "NULL"),
            (required(sa.Float, "triage_share"), "0"),
        ],
        [
            ("extra_first", "extra_first BETWEEN 0 AND 1000"),
            ("extra_share", "extra_share BETWEEN 0 AND 1"),
            ("triage_share", "triage_share BETWEEN 0 AND 1"),
            ("gold_every", "gold_every BETWEEN 0 AND 1000"),
            ("most_checks", "most_checks IS NULL OR most_checks >= 1"),
        ],
    ),
    "round": (
        [
            (required(sa.Text, "reason"), "''"),
            ([ref("created_by_id", "person.id", nullable=True)], "NULL"),
        ],
        [],
    ),
    "claim_round": ([(optional(sa.Integer, "distance"), "NULL")], []),
    "batch": (
        [
            (required(sa.Boolean, "is_pilot"), "false"),
            ([ref("created_by_id", "person.id", nullable=True)], "NULL"),
        ],
        [],
    ),
}
# Lists of words that got longer: the rule before, and after.
WORDS = {
    "bar": (
        "barreason",
        "reason IN ('unblinded', 'conflict-of-interest', 'consulted')",
        "reason IN ('unblinded', 'conflict-of-interest', 'consulted', 'interest')",
    ),
    "notice": (
        "noticekind",
        "kind IN ('asked', 'answered', 'mentioned', 'returned', 'assigned', 'lapsing')",
        (
            "kind IN ('asked', 'answered', 'mentioned', 'returned', 'assigned', 'lapsing',"
            " 'gold-missed')"
        ),
    ),
    "round": (
        "roundkind",
        "kind IN ('independent', 'signoff', 'evidence-only', 'training')",
        "kind IN ('independent', 'signoff', 'evidence-only', 'training', 'reopened')",
    ),
}


def upgrade():
    TABLES.create_all(op.get_bind(), tables=NEW, checkfirst=False)
    for name, (columns, rules) in GAINS.items():
        grow(name, columns, rules)
    for name, (rule, before, after) in WORDS.items():
        replace_rule(name, rule, before, after)
    complete, unsettled = sa.text(COMPLETE), sa.text("settled_at IS NULL")
    op.create_index(
        "ix_claim_round_distance",
        "claim_round",
        ["round_id", sa.text("distance DESC"), "claim_id"],
        sqlite_where=complete,
        postgresql_where=complete,
    )
    op.create_index(
        "uq_claim_round_unsettled",
        "claim_round",
        ["claim_id"],
        unique=True,
        sqlite_where=unsettled,
        postgresql_where=unsettled,
    )
    op.create_index("ix_claim_batch", "claim", ["batch_id", "id"])
    _ask_for_a_count()


def downgrade():
    op.execute("DELETE FROM job WHERE kind = 'agreement.count'")
    op.drop_index("ix_claim_batch", "claim")
    op.drop_index("uq_claim_round_unsettled", "claim_round")
    op.drop_index("ix_claim_round_distance", "claim_round")
    for name, (rule, before, after) in WORDS.items():
        # What the shorter list does not know has no place in it.
        column, known = before.split(" IN ")
        op.execute(f"DELETE FROM {name} WHERE {column} NOT IN {known}")
        replace_rule(name, rule, after, before)
    for name, (columns, rules) in GAINS.items():
        shrink(name, [column.name for part, _value in columns for column in part], rules)
    TABLES.drop_all(op.get_bind(), tables=NEW, checkfirst=False)


def _ask_for_a_count():
    """Checks that are there already are counted by a job for each project."""
    job = sa.table(
        "job",
        sa.column("public_id", sa.String),
        sa.column("created_at", MOMENT),
        sa.column("kind", sa.String),
        sa.column("payload", sa.JSON),
        sa.column("same_as", sa.String),
        sa.column("run_at", MOMENT),
        sa.column("attempts", sa.Integer),
    )
    connection, moment = op.get_bind(), datetime.now(UTC)
    projects = connection.execute(sa.text("SELECT public_id FROM project ORDER BY id")).scalars()
    rows = [
        {
            "public_id": uuid.uuid4().hex[:12],
            "created_at": moment,
            "kind": "agreement.count",
            "payload": {"project": name},
            "same_as": f"agreement.count:{name}",
            "run_at": moment,
            "attempts": 0,
        }
        for name in projects.all()
    ]
    if rows:
        connection.execute(sa.insert(job), rows)
