"""An index by which the pairs are found that one person is the second of."""

from alembic import op

from app.storage.rewriting import add_index

revision = "0010"
down_revision = "0009"


def upgrade():
    add_index("ix_pair_tally_second", "pair_tally", ("slice_id", "second_id"))


def downgrade():
    op.drop_index("ix_pair_tally_second", "pair_tally")
