"""An index for the checks of a person in a project, newest first."""

import sqlalchemy as sa
from alembic import op

from app.storage.rewriting import add_index, beside_work, is_sqlite

revision = "0015"
down_revision = "0014"

NAME = "ix_review_newest"


def upgrade():
    add_index(NAME, "review", ("project_id", "reviewer_id", "id"))
    # SQLite counts anew what its indexes hold, if it ever did: of new ones it knows nothing.
    if is_sqlite() and sa.inspect(op.get_bind()).has_table("sqlite_stat1"):
        op.execute("PRAGMA analysis_limit=1000")
        op.execute("ANALYZE review")


def downgrade():
    if is_sqlite():
        op.drop_index(op.f(NAME), "review")
        return
    with beside_work():
        op.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {NAME}")
