"""Why a look at a page came to nothing, for every page that shows looks."""

from flask import current_app

from app.config import MEGABYTE, Settings
from app.domain.errors import Refused
from app.domain.links import MAX_LENGTH
from app.web.wording import sentence


def copy_error(code: str) -> str:
    """Why a look came to nothing, in words."""
    settings: Settings = current_app.config["SETTINGS"]
    limits = {"fetch.large": settings.fetch.max_bytes // MEGABYTE, "fetch.long": MAX_LENGTH}
    values = {"limit": limits[code]} if code in limits else {}
    return sentence(Refused(code, **values))
