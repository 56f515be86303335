"""Batches: the named parts of a project's claims, and which guidelines each is checked under."""

from app.web.batches.views import blueprint

__all__ = ["blueprint"]
