"""Projects: what waits in each, how they work, who is in them."""

from app.web.projects.views import blueprint

__all__ = ["blueprint"]
