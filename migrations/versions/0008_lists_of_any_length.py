"""Indexes in the order in which lists of any length are read.

Some replace an index that held many empty rows: it looked useless to a database that counts them.
"""

import sqlalchemy as sa
from alembic import op

from app.storage.rewriting import add_index, beside_work, is_sqlite

revision = "0008"
down_revision = "0007"

IS_STANDING = "cleared_at IS NULL"
# Name, table, columns, and of which rows.
NEW = (
    ("ix_claim_project", "claim", ("project_id", "id"), None),
    ("ix_claim_group", "claim", ("claim_group_id", "id"), "claim_group_id IS NOT NULL"),
    ("ix_hop_agent", "hop", ("agent_id", "claim_id"), None),
    ("ix_review_reviewer", "review", ("reviewer_id", "project_id", "claim_id"), None),
    ("ix_evidence_source", "evidence", ("source_id", "id"), None),
    (
        "ix_comment_open",
        "comment",
        ("project_id", "id"),
        "thread_id IS NULL AND resolved_at IS NULL",
    ),
    ("ix_comment_closed", "comment", ("project_id", "id"), "resolved_at IS NOT NULL"),
    ("ix_comment_thread", "comment", ("thread_id", "id"), "thread_id IS NOT NULL"),
    ("ix_comment_asked", "comment", ("asked_id", "id"), "asked_id IS NOT NULL"),
    ("ix_flag_worst", "flag", ("project_id", "reason", "id"), IS_STANDING),
    ("ix_import_run_unfinished", "import_run", ("id",), "state <> 'finished'"),
)
OLD = (
    ("ix_claim_claim_group_id", "claim", ("claim_group_id",), None),
    ("ix_hop_agent_id", "hop", ("agent_id",), None),
    ("ix_review_reviewer_id", "review", ("reviewer_id",), None),
    ("ix_evidence_source_id", "evidence", ("source_id",), None),
    ("ix_comment_thread_id", "comment", ("thread_id",), None),
    ("ix_comment_asked_id", "comment", ("asked_id",), None),
    ("ix_flag_project", "flag", ("project_id", "id"), IS_STANDING),
)


def make(indexes):
    """Make some indexes, each over all rows or over some."""
    for name, table, columns, rows in indexes:
        add_index(name, table, columns, where=rows)


def drop(indexes):
    """Take some indexes away, once those that stand in for them are there."""
    for name, table, _columns, _rows in indexes:
        if is_sqlite():
            op.drop_index(op.f(name), table)
            continue
        with beside_work():
            op.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")


def look_again():
    """Have SQLite count anew what its indexes hold, if it ever did: of new ones it knows nothing."""
    if is_sqlite() and sa.inspect(op.get_bind()).has_table("sqlite_stat1"):
        op.execute("PRAGMA analysis_limit=1000")
        op.execute("ANALYZE")


def upgrade():
    make(NEW)
    drop(OLD)
    look_again()


def downgrade():
    make(OLD)
    drop(NEW)
    look_again()
