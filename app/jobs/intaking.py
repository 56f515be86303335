"""Taking in the articles that somebody asked for by their addresses."""

from collections.abc import Mapping
from typing import Any

from app.jobs.desk import Desk
from app.storage.intakes import lost_lines
from app.workflow.intakes import BROKEN, fail_line
from app.workflow.intaking import Taking


def take_in(desk: Desk, payload: Mapping[str, Any]) -> None:
    """Take one address in; done twice, it adds nothing.

    Raises:
        Busy: others are at its host.
        Refused: its server may answer later: the job is tried again.
    """
    Taking(desk.database, desk.settings.fetch, desk.settings.chat).take(str(payload["line"]))


def end_lost_lines(desk: Desk) -> None:
    """End the lines whose jobs were given up, each for itself."""
    with desk.database.reading() as session:
        lost = lost_lines(session)
    for line_id in lost:
        with desk.database.write() as session:
            fail_line(session, line_id, error=BROKEN)
