"""Where the texts of claims are looked for, by three letters.

A frozen copy of what the models gained when this step was written. It imports none of them.
"""

from alembic import op

from app.storage.rewriting import beside_work, is_sqlite

revision = "0012"
down_revision = "0011"

TAKE_OUT = "INSERT INTO claim_text (claim_text, rowid, text) VALUES ('delete', OLD.id, OLD.text)"
PUT_IN = "INSERT INTO claim_text (rowid, text) VALUES (NEW.id, NEW.text)"
TRIGGERS = {
    "claim_text_added": (
        f"AFTER INSERT ON claim WHEN NEW.import_run_id IS NULL BEGIN {PUT_IN}; END"
    ),
    "claim_text_changed": (
        "AFTER UPDATE OF text ON claim WHEN NEW.text IS NOT OLD.text"
        f" BEGIN {TAKE_OUT}; {PUT_IN}; END"
    ),
    "claim_text_removed": f"AFTER DELETE ON claim BEGIN {TAKE_OUT}; END",
}
TABLE = (
    "CREATE VIRTUAL TABLE claim_text USING fts5("
    "text, content='claim', content_rowid='id', tokenize='trigram', detail='none', columnsize=0)"
)
EXTENSION = """DO $$ BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported THEN
  RAISE NOTICE USING MESSAGE = 'texts of claims get no index: ' || SQLERRM;
END $$"""
HAS_EXTENSION = (
    "SELECT count(*) FROM pg_opclass WHERE opcname = 'gin_trgm_ops' AND pg_opclass_is_visible(oid)"
)
INDEX = "ix_claim_text ON claim USING gin (text gin_trgm_ops)"


def upgrade():
    # Past SQLAlchemy, for which a colon begins a place for a value and a percent sign one too.
    connection = op.get_bind()
    if is_sqlite():
        connection.exec_driver_sql(TABLE)
        connection.exec_driver_sql("INSERT INTO claim_text (claim_text) VALUES ('rebuild')")
        for name, words in TRIGGERS.items():
            connection.exec_driver_sql(f"CREATE TRIGGER {name} {words}")
        return
    connection.exec_driver_sql(EXTENSION)
    if connection.exec_driver_sql(HAS_EXTENSION).scalar_one():
        with beside_work():
            op.execute("DROP INDEX CONCURRENTLY IF EXISTS ix_claim_text")
            op.execute(f"CREATE INDEX CONCURRENTLY {INDEX}")


def downgrade():
    connection = op.get_bind()
    if is_sqlite():
        for name in TRIGGERS:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.exec_driver_sql("DROP TABLE claim_text")
        return
    op.execute("DROP INDEX IF EXISTS ix_claim_text")
    op.execute("DROP EXTENSION IF EXISTS pg_trgm")
