"""Who said it: the people and institutions that claims are attributed to."""

from app.web.agents.views import blueprint

__all__ = ["blueprint"]
