"""Counting a project's agreement: from the beginning, or on from a claim."""

import time
from collections.abc import Mapping
from typing import Any

from app.jobs.desk import Desk
from app.storage.projects import key_of
from app.storage.session import Database
from app.workflow import tallies

# A job that took longer than its lease would be begun again by somebody else.
MOST_SECONDS = 45.0


def count_agreement(desk: Desk, payload: Mapping[str, Any]) -> None:
    """Count for a while; what is left is the next job's, which goes on where this one ends."""
    name, after = str(payload["project"]), payload.get("after")
    with desk.database.reading() as session:
        project_id = key_of(session, name)
    if project_id is None:
        return
    if after is None:
        with desk.database.write() as session:
            tallies.begin(session, project_id)
    only_waiting = bool(payload.get("only_waiting"))
    last = _count(desk.database, project_id, after=int(after or 0), only_waiting=only_waiting)
    if last is not None:
        with desk.database.write() as session:
            tallies.ask_to_go_on(session, name, after=last, only_waiting=only_waiting)


def _count(database: Database, project_id: int, *, after: int, only_waiting: bool) -> int | None:
    """Up to which claim it came in the time that there is; None where it came to the end."""
    ends = time.monotonic() + MOST_SECONDS
    counting = tallies.go_on(database, project_id, after=after, only_waiting=only_waiting)
    for last in counting:
        if time.monotonic() > ends:
            return last
    return None
