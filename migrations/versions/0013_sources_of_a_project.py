"""Indexes for the sources of a project, for uses held back, and for saved copies that say the same."""

from app.storage.rewriting import add_index, drop_index

revision = "0013"
down_revision = "0012"

# Name, table, columns, and of which rows.
NEW = (
    ("ix_source_project", "source", ("project_id", "id"), None),
    ("ix_evidence_held_back", "evidence", ("source_id",), "record = 'not-for-publication'"),
    ("ix_saved_copy_text", "saved_copy", ("text_sha256",), "text_sha256 IS NOT NULL"),
)


def upgrade():
    for name, table, columns, rows in NEW:
        add_index(name, table, columns, where=rows)


def downgrade():
    for name, table, _columns, _rows in NEW:
        drop_index(name, table)
