"""Check-worthiness that learns: signals, weights of a project, and runs of other extractors.

A frozen copy of what the models gained when this step was written. It imports none of them.
"""

import sqlalchemy as sa
from alembic import op

from app.storage.rewriting import grow, shrink

revision = "0005"
down_revision = "0004"

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
MEASURED = [
    f"ap_{which}{end}" for which in ("before", "after", "gain") for end in ("", "_low", "_high")
]
STATES = "state IN ('asked', 'done', 'failed')"

# What is there already, as far as new tables point at it.
THERE = [
    sa.Table(name, TABLES, sa.Column("id", sa.Integer, primary_key=True))
    for name in ("person", "project", "claim", "snapshot")
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


def named():
    """The columns of a row that is spoken of outside."""
    return [
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("public_id", sa.String(12), nullable=False, unique=True),
        *required(MOMENT, "created_at"),
    ]


def together(names):
    """All of these columns are set, or none is."""
    set_, empty = ([f"{name} IS {word}NULL" for name in names] for word in ("NOT ", ""))
    return f"({' AND '.join(set_)}) OR ({' AND '.join(empty)})"


WEIGHTS = sa.Table(
    "learned_weights",
    TABLES,
    *named(),
    ref("project_id", "project.id"),
    *required(sa.Integer, "version"),
    *required(sa.String(60), "grown_from"),
    *required(sa.JSON, "numbers"),
    *required(sa.Integer, "seed", "folds", "picked", "dropped", "added", "trimmed"),
    *optional(sa.Float, *MEASURED),
    ref("created_by_id", "person.id", nullable=True),
    sa.UniqueConstraint("project_id", "version"),
    sa.CheckConstraint("picked >= 0 AND dropped >= 0", name="counts"),
    sa.CheckConstraint(together(MEASURED), name="measured"),
)
USE = sa.Table(
    "weights_use",
    TABLES,
    sa.Column("id", sa.Integer, primary_key=True),
    ref("project_id", "project.id"),
    ref("weights_id", "learned_weights.id", nullable=True),
    *required(MOMENT, "at"),
    ref("by_id", "person.id", nullable=True),
    sa.Index("ix_weights_use_project", "project_id", "id"),
)
RUN = sa.Table(
    "extraction_run",
    TABLES,
    *named(),
    ref("project_id", "project.id", index=True),
    ref("snapshot_id", "snapshot.id"),
    *required(sa.String(60), "extractor", "extractor_version"),
    *required(sa.String(32), "state"),
    *optional(sa.String(200), "model"),
    *optional(sa.String(64), "prompt_sha256"),
    *optional(MOMENT, "ended_at"),
    *optional(sa.Float, "seconds"),
    *optional(sa.Integer, "tokens_in", "tokens_out"),
    *optional(sa.Float, "cost"),
    *required(sa.Integer, "proposed", "kept", "repaired", "known", "refused"),
    *optional(sa.String(60), "error"),
    ref("created_by_id", "person.id", nullable=True),
    sa.CheckConstraint(STATES, name="extractionstate"),
    sa.CheckConstraint("proposed = kept + repaired + known + refused", name="proposed"),
    sa.CheckConstraint("(state = 'failed') = (error IS NOT NULL)", name="error"),
    sa.CheckConstraint("(state = 'asked') = (ended_at IS NULL)", name="ended"),
    sa.Index("ix_extraction_run_snapshot", "snapshot_id", "id"),
)
NEW = [WEIGHTS, USE, RUN]

# What tables that are there gain: columns with the value of rows that are there, then rules.
GAINS = {
    "claim": (
        [
            (required(sa.JSON, "against"), "'[]'"),
            (required(sa.JSON, "signals"), "'{}'"),
            (optional(sa.String(60), "scored_with"), "NULL"),
            ([ref("extraction_run_id", "extraction_run.id", nullable=True)], "NULL"),
        ],
        [],
    ),
    "project": ([(required(sa.String(60), "extractor"), "'rules'")], []),
}
# What the same statement elsewhere is found by: how it begins, and its figures.
OPENING = ("ix_claim_opening", "claim", ["project_id", sa.text("lower(substr(text, 1, 24))")])
FIGURE = ("ix_quantity_figure", "quantity", ["value", "unit", "claim_id"])


def upgrade():
    TABLES.create_all(op.get_bind(), tables=NEW, checkfirst=False)
    for name, (columns, rules) in GAINS.items():
        grow(name, columns, rules)
    for index in (OPENING, FIGURE):
        op.create_index(*index)


def downgrade():
    for name, table, _columns in (FIGURE, OPENING):
        op.drop_index(name, table)
    for name, (columns, rules) in GAINS.items():
        shrink(name, [column.name for part, _value in columns for column in part], rules)
    TABLES.drop_all(op.get_bind(), tables=NEW, checkfirst=False)
