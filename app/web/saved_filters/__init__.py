"""Lists of claims that are kept under a name."""

from app.web.saved_filters.views import blueprint

__all__ = ["blueprint"]
