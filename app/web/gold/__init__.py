"""Known answers: setting them, how people did, and what is learnt from one."""

from app.web.gold.views import blueprint

__all__ = ["blueprint"]
