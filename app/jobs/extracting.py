"""Doing the runs of extractors that somebody asked for on a page."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from app.domain.ids import now
from app.jobs.desk import Desk
from app.storage.extractions import lost_runs
from app.workflow.extracting import perform
from app.workflow.extractions import LONGEST, end_lost


def run_extractor(desk: Desk, payload: Mapping[str, Any]) -> timedelta | None:
    """Do one run; done twice, it adds nothing. A pause where somebody else is at it."""
    return perform(desk.database, desk.settings.chat, str(payload["run"]))


def end_lost_runs(desk: Desk) -> None:
    """End the runs whose jobs were given up, or whose command was killed, each for itself."""
    with desk.database.reading() as session:
        lost = lost_runs(session, before=now() - LONGEST)
    for run_id in lost:
        with desk.database.write() as session:
            end_lost(session, run_id)
