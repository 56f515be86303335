"""Putting right what triggers keep of claims and checks, should it ever be wrong."""

from app.storage import counts
from app.storage.session import Database


def put_right(database: Database) -> int:
    """Count every claim and check, and add what is missing; how many counts were wrong.

    Counted is what one instant holds, while others write; whatever they change meanwhile is added to
    the counts, so that what was missing then is missing still, and adding it takes a moment.
    """
    with database.reading() as session:
        missing = counts.wrong(session)
    if missing:
        with database.write() as session:
            counts.put_right(session, missing)
    return len(missing)
