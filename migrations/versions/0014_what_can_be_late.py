"""An index for lists by date, of what can be late alone.

Most of what ever was due is checked, and stood before all that still is.
"""

from app.storage.rewriting import add_index, drop_index, look_again

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
        drop_index(name, "claim")


def upgrade():
    make(NEW)
    drop(OLD)
    look_again("claim")


def downgrade():
    make(OLD)
    drop(NEW)
    look_again("claim")
