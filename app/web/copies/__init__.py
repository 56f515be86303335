"""Saved copies of pages: what they said, and asking for more."""

from app.web.copies.views import blueprint

__all__ = ["blueprint"]
