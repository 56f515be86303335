"""An index by which articles without an address are found by their titles, as an import finds them."""

from alembic import op

from app.storage.rewriting import add_index

revision = "0011"
down_revision = "0010"


def upgrade():
    add_index("ix_article_title", "article", ("project_id", "title"), where="canonical_url IS NULL")


def downgrade():
    op.drop_index("ix_article_title", "article")
