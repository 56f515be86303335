"""An index for lists by date, of what can be late alone.

Most of what ever was due is checked, and stood before all that still is.
"""

import sqlalchemy as sa
from alembic import op

from app.storage.rewriting import add_index, beside_work, is_sqlite

revision = "0014"
down_revision = "0013"

BY_DATE = ("project_id", "due_at", "id")
# Name, columns, and of which claims.
NEW = (("ix_claim_late", BY_DATE, "due_at IS NOT NULL AND state IN ('candidate', 'open')"),)
OLD = (("ix_claim_due", BY_DATE, "due_at IS NOT NULL"),)


def make(indexes):
    """Make some indexes, each over some claims."""
    for name, columns, rows in indexes:
        add_index(name, "claim", columns, where=rows)


def drop(indexes):
    """Take some indexes away, once those that stand in for them are there."""
    for name, _columns, _rows in indexes:
        if is_sqlite():
            op.drop_index(op.f(name), "claim")
            continue
        with beside_work():
            op.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")


def look_again():
    """Have SQLite count anew what its indexes hold, if it ever did: of new ones it knows nothing."""
    if is_sqlite() and sa.inspect(op.get_bind()).has_table("sqlite_stat1"):
        op.execute("PRAGMA analysis_limit=1000")
        op.execute("ANALYZE claim")


def upgrade():
    make(NEW)
    drop(OLD)
    look_again()


def downgrade():
    make(OLD)
    drop(NEW)
    look_again()
