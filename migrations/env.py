"""How Alembic runs a step: on the connection that ``app.storage.migrate`` hands over.

The connection has its transaction already, so that a step that fails leaves nothing behind.
"""

from alembic import context
from alembic.util import CommandError


def number_the_step(_context, _revision, directives):
    """Give a new step the next number, and refuse one in which nothing happens."""
    [script] = directives
    if script.upgrade_ops.is_empty():
        raise CommandError("the models and the migrations agree already; nothing was written")
    head = context.script.get_current_head()
    script.rev_id = f"{int(head or 0) + 1:04d}"


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=context.config.attributes.get("metadata"),
    # SQLite can undo a CREATE TABLE; Alembic only does not expect it.
    transactional_ddl=True,
    render_as_batch=True,
    process_revision_directives=number_the_step,
)
context.run_migrations()
