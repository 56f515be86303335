"""What refusals about the database, the folder, the port and files say. Part of ``sentences``."""

from collections.abc import Mapping

# Marks a sentence for the translators' tools; the door that shows it translates it.
N_ = str

MACHINE: Mapping[str, str] = {
    "settings.bad": N_("%(name)s: %(reason)s"),
    "database.address": N_("The database's address (ASSAY_DATABASE_URL) cannot be understood."),
    "database.unreachable": N_("The database cannot be opened: %(reason)s."),
    "database.unwritable": N_("The database cannot be written: %(reason)s."),
    "database.newer": N_(
        "The database was made by a newer version of Assay (step %(revision)s): start that one."
    ),
    "database.letters": N_(
        "This Python's SQLite (%(version)s) cannot look for words (%(reason)s): take one with SQLite 3.34 "
        "or newer and its full-text search FTS5, or use PostgreSQL."
    ),
    "database.unmigrated": N_(
        "The database is not ready for this version of Assay: run assay db upgrade first."
    ),
    "database.references": N_("Rows of the table %(table)s point at nothing: restore a backup."),
    "database.not-sqlite": N_(
        "The database is on a PostgreSQL server: use its own pg_dump and pg_restore."
    ),
    "database.no-file": N_("There is no file %(path)s."),
    "database.not-a-database": N_("%(path)s is not a database of Assay; nothing was changed."),
    "database.in-the-way": N_("%(path)s exists already: choose another name."),
    "database.damaged": N_("The database is damaged: %(reason)s. Restore a backup."),
    "database.busy": N_("Somebody else was writing for too long: try again."),
    "transfer.not-empty": N_(
        "There is something in the table %(table)s already: a desk is copied into an empty database."
    ),
    "transfer.differs": N_(
        "The rows of the table %(table)s came out otherwise than they went in; nothing was kept."
    ),
    "transfer.same": N_("This is the database that the desk works with: name another one."),
    "instance.unwritable": N_(
        "The folder %(path)s cannot be written to: set ASSAY_INSTANCE to one that can."
    ),
    "port.taken": N_("Port %(port)s is taken: set ASSAY_PORT to another one."),
    "file.unreadable": N_("The file %(path)s cannot be read: %(reason)s."),
    "export.halved": N_("One of two processes ended too early: no file was written."),
    "file.unwritable": N_("The file %(path)s cannot be written: %(reason)s."),
}
