"""Asking those whose time with a claim ran out, and who have typed something, whether they go on."""

from contextlib import suppress

from app.domain.actors import SYSTEM
from app.domain.errors import WrongState
from app.jobs.desk import Desk
from app.storage.leases import late_drafts
from app.workflow.asking import ask_holder


def ask_late_holders(desk: Desk) -> None:
    """Ask each of them once, in a transaction of their own."""
    with desk.database.reading() as session:
        late = late_drafts(session)
    for review_id in late:
        # Whoever sent the check in the meantime is not asked.
        with suppress(WrongState), desk.database.write() as session:
            ask_holder(session, SYSTEM, review_id)
