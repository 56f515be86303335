"""Correcting a verdict that was given."""

from app.web.corrections.views import blueprint

__all__ = ["blueprint"]
