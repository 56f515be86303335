"""Rounds of checks, and opening one over claims that were checked already."""

from app.web.rounds.views import blueprint

__all__ = ["blueprint"]
