"""Looking after the database while the desk goes on working."""

from app.jobs.desk import Desk
from app.storage import queue_changes
from app.storage.upkeep import look_after
from app.workflow.pieces import Pieces


def look_after_file(desk: Desk) -> None:
    """Once a minute, as cheap as it is: mostly there is nothing to do."""
    look_after(desk.database)


def forget_changes(desk: Desk) -> None:
    """Forget what was noted of the queue and is too old for anybody, in pieces."""
    with desk.database.reading() as session:
        is_lost, crowded = queue_changes.has_lost(session), queue_changes.crowded(session)
    if is_lost:
        with desk.database.write() as session:
            queue_changes.send_lost_to_front(session)
    for project_id, first in crowded.items():
        with desk.database.write() as session:
            queue_changes.send_to_front(session, project_id, first)
        pieces, number = Pieces(desk.database), 1
        while number:
            with pieces.write() as session:
                number = queue_changes.forget(session, project_id, first, most=pieces.size)
