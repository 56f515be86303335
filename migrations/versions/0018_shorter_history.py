"""The index of what happened to things is kept for what happened to no claim: the rest is found by its claim."""

from app.storage.rewriting import add_index, drop_index, look_again

revision = "0018"
down_revision = "0017"

OLD, NEW = "ix_event_thing", "ix_event_beside_claims"
PARTS = ("noun", "thing")


def upgrade():
    add_index(NEW, "event", PARTS, where="claim IS NULL")
    drop_index(OLD, "event")
    look_again("event")


def downgrade():
    add_index(OLD, "event", PARTS)
    drop_index(NEW, "event")
    look_again("event")
