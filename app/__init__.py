"""Assay: a fact-check annotation desk.

Nothing is imported here, so that a program which only reads texts loads no web framework.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from app.config import Settings
    from app.jobs.worker import Worker

__version__ = "0.1.0"


def create_app(settings: "Settings | None" = None) -> "Flask":
    """The web application; without settings it reads them from the environment.

    Raises:
        Refused: a setting is bad.
    """
    import os

    from app.config import Settings, ensure_secret_key
    from app.web.desk import build

    return build(ensure_secret_key(settings or Settings.read(os.environ)))


def create_worker(settings: "Settings") -> "Worker":
    """What does jobs for these settings."""
    from app.jobs.worker import make

    return make(settings)
