"""How Alembic runs a step: on the connection that ``app.storage.migrate`` hands over.

On SQLite the connection has its transaction already: a step that fails leaves nothing behind. On
PostgreSQL each step gets its own, so that no table is held while later steps are made. The functions
only serve ``make step``, which writes the next file.
"""

import sqlalchemy as sa
from alembic import context
from alembic.util import CommandError


def number_the_step(_context, _revision, directives):
    """Give a new step the next number, and refuse one in which nothing happens."""
    [script] = directives
    if script.upgrade_ops.is_empty():
        raise CommandError("tables, columns, keys and indexes are as the models describe them")
    script.rev_id = f"{int(context.script.get_current_head() or 0) + 1:04d}"


def name_plain_types(kind, thing, _context):
    """Write the type of a column without the packages that the models use."""
    plain = thing.impl_instance if isinstance(thing, sa.types.TypeDecorator) else thing
    if kind != "type":
        return False
    if isinstance(plain, sa.DateTime):
        return "sa.DateTime(timezone=True)"
    if isinstance(plain, sa.String) and not isinstance(plain, sa.Text):
        return f"sa.String({plain.length})"
    return False


def has_plain_columns(name, kind, _parents):
    """Leave out what cannot be compared on SQLite: an index over more than plain columns or of
    PostgreSQL alone, and the tables of its full-text search."""
    return name not in special and not (kind == "table" and name.startswith("claim_text"))


metadata = context.config.attributes.get("metadata")
special = {
    index.name
    for table in (metadata.tables.values() if metadata is not None else ())
    for index in table.indexes
    if index.dialect_options["postgresql"]["using"]
    or not all(isinstance(part, sa.Column) for part in index.expressions)
}
connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    # SQLite can undo a CREATE TABLE; Alembic only does not expect it.
    transactional_ddl=True,
    transaction_per_migration=connection.dialect.name == "postgresql",
    render_as_batch=True,
    process_revision_directives=number_the_step,
    render_item=name_plain_types,
    include_name=has_plain_columns,
)
with context.begin_transaction():
    context.run_migrations()
