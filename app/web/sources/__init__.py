"""Doors for sources: the list, one with what rests on it, what was found about it, its origin."""

from app.web.sources.views import blueprint

__all__ = ["blueprint"]
