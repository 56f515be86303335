"""A trigger of counts for each thing that changes of a row, instead of one for all that may change of it."""

from alembic import context, op

from app.storage.changed_in_place import split, unite

revision = "0019"
down_revision = "0018"

HOLDS = dict.fromkeys(
    ("claim", "claim_round", "review", "ruling"),
    "a trigger is made in a moment, and nothing is counted",
)


def _run(statements):
    for statement in statements:
        op.get_bind().exec_driver_sql(statement)


def _rules():
    """What is counted, as the step has it that began to count."""
    return context.script.get_revision("0007").module.RULES


def upgrade():
    _run(split(_rules(), op.get_bind().dialect.name))


def downgrade():
    _run(unite(_rules(), op.get_bind().dialect.name))
