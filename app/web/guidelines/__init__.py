"""Guidelines: how checks are to be given, version by version, and what the answers mean."""

from app.web.guidelines.views import blueprint

__all__ = ["blueprint"]
