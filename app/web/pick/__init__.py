"""Pick: which suggestions are worth checking."""

from app.web.pick.views import blueprint

__all__ = ["blueprint"]
