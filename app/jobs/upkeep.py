"""Looking after an SQLite file while the desk goes on working."""

from app.jobs.desk import Desk
from app.storage.upkeep import look_after


def look_after_file(desk: Desk) -> None:
    """Once a minute, as cheap as it is: mostly there is nothing to do."""
    look_after(desk.database)
