"""An index for the checks of a person in a project, newest first."""

from app.storage.rewriting import add_index, drop_index, look_again

revision = "0015"
down_revision = "0014"

NAME = "ix_review_newest"


def upgrade():
    add_index(NAME, "review", ("project_id", "reviewer_id", "id"))
    look_again("review")


def downgrade():
    drop_index(NAME, "review")
