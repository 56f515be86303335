"""The index of texts is put together in shorter pages, which holds the writer for a shorter time at once."""

from alembic import op

from app.storage.rewriting import is_sqlite

revision = "0017"
down_revision = "0016"

SET = "INSERT INTO claim_text (claim_text, rank) VALUES ('pgsz', {})"
# The second is what FTS5 begins with.
SHORT, USUAL = 500, 4_050


def upgrade():
    if is_sqlite():
        op.execute(SET.format(SHORT))


def downgrade():
    if is_sqlite():
        op.execute(SET.format(USUAL))
