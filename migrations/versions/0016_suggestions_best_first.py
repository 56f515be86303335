"""Indexes of suggestions in the order of picking, for the one of all claims that knew it only in part."""

from sqlalchemy import text

from app.storage.rewriting import add_index, drop_index, look_again

revision = "0016"
down_revision = "0015"

WORTH = text("coalesce(checkworthiness, -1.0) DESC")
# Name, and of which suggestions.
NEW = (
    ("ix_claim_suggested", "state = 'candidate' AND put_off_at IS NULL"),
    ("ix_claim_put_off", "state = 'candidate' AND put_off_at IS NOT NULL"),
)
OLD = "ix_claim_worth"


def upgrade():
    for name, rows in NEW:
        add_index(name, "claim", ("project_id", WORTH, "id"), where=rows)
    drop_index(OLD, "claim")
    look_again("claim")


def downgrade():
    add_index(OLD, "claim", ("project_id", "state", text("checkworthiness DESC"), "id"))
    for name, _rows in NEW:
        drop_index(name, "claim")
    look_again("claim")
