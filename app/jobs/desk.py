"""What a job gets to work with."""

from dataclasses import dataclass

from app.config import Settings
from app.storage.session import Database


@dataclass(frozen=True, slots=True)
class Desk:
    """The desk as jobs see it."""

    settings: Settings
    database: Database
