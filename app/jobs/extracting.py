"""Doing the runs of extractors that somebody asked for on a page."""

from collections.abc import Mapping
from typing import Any

from app.jobs.desk import Desk
from app.workflow.extracting import perform


def run_extractor(desk: Desk, payload: Mapping[str, Any]) -> None:
    """Do one run; done twice, it adds nothing."""
    perform(desk.database, desk.settings.chat, str(payload["run"]))
