"""What reading finds besides: grounds, marks, additions, comparators, periods, places of agents.

And what people change of it. A frozen copy of what the models gained when this step was written.
It imports none of them.
"""

import sqlalchemy as sa
from alembic import op

from app.storage.rewriting import grow, shrink

revision = "0004"
down_revision = "0003"

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
COMPARATORS = "comparator IN ('exact', 'about', 'more', 'at-least', 'less', 'at-most')"
WHAT = "what IN ('ends', 'wording', 'chain', 'claimant', 'split', 'merge', 'missed')"
HOP_PLACE = '(start IS NOT NULL AND "end" IS NOT NULL) OR (start IS NULL AND "end" IS NULL)'

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


def both(first, second):
    """Both places of a stretch are set, or none is."""
    return (
        f"({first} IS NOT NULL AND {second} IS NOT NULL) OR ({first} IS NULL AND {second} IS NULL)"
    )


AMENDMENT = sa.Table(
    "amendment",
    TABLES,
    sa.Column("id", sa.Integer, primary_key=True),
    ref("project_id", "project.id", index=True),
    ref("claim_id", "claim.id", index=True),
    *required(sa.String(32), "what"),
    *optional(sa.String(60), "extractor"),
    ref("snapshot_id", "snapshot.id", nullable=True),
    *optional(sa.Integer, "version_before"),
    *required(sa.Integer, "version_after"),
    *optional(sa.Integer, "start_before", "end_before", "start_after", "end_after"),
    ref("other_claim_id", "claim.id", nullable=True),
    *required(MOMENT, "at"),
    ref("by_id", "person.id", nullable=True),
    sa.CheckConstraint(WHAT, name="amended"),
    sa.CheckConstraint(both("start_before", "end_before"), name="before"),
    sa.CheckConstraint(both("start_after", "end_after"), name="after"),
)

# What tables that are there gain: columns with the value of rows that are there, then rules.
GAINS = {
    "claim": (
        [
            (required(sa.JSON, "grounds", "marks", "additions"), "'[]'"),
            ([ref("merged_into_id", "claim.id", nullable=True)], "NULL"),
        ],
        [],
    ),
    "hop": ([(optional(sa.Integer, "start", "end"), "NULL")], [("place", HOP_PLACE)]),
    "quantity": (
        [
            (required(sa.String(32), "comparator"), "'exact'"),
            (optional(sa.String(32), "change"), "NULL"),
            (required(sa.Boolean, "is_base", "is_period_stated"), "false"),
            (optional(sa.String(10), "period_from", "period_to"), "NULL"),
        ],
        [("comparator", COMPARATORS), ("change", "change IN ('rise', 'fall')")],
    ),
}
JOINED = "ix_claim_merged"
IS_JOINED = sa.text("merged_into_id IS NOT NULL")
# One kind is called by the word that the others are called by.
RENAMED = (
    "UPDATE claim SET kinds = CAST(REPLACE(CAST(kinds AS TEXT), '\"{0}\"', '\"{1}\"') AS JSON)"
    " WHERE CAST(kinds AS TEXT) LIKE '%\"{0}\"%'"
)


def upgrade():
    TABLES.create_all(op.get_bind(), tables=[AMENDMENT], checkfirst=False)
    for name, (columns, rules) in GAINS.items():
        grow(name, columns, rules)
    where = {f"{kind}_where": IS_JOINED for kind in ("sqlite", "postgresql")}
    op.create_index(op.f(JOINED), "claim", ["merged_into_id"], **where)
    _rename("numerical", "quantity")


def downgrade():
    _rename("quantity", "numerical")
    op.drop_index(op.f(JOINED), "claim")
    for name, (columns, rules) in GAINS.items():
        shrink(name, [column.name for part, _value in columns for column in part], rules)
    TABLES.drop_all(op.get_bind(), tables=[AMENDMENT], checkfirst=False)


def _rename(before, after):
    said = RENAMED.format(before, after)
    if op.get_bind().dialect.name == "sqlite":
        said = said.replace("CAST(REPLACE", "(REPLACE").replace(" AS JSON)", ")")
    op.execute(said)
