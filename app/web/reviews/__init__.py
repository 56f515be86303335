"""Checking: the claim in its article, and the form of the check."""

from app.web.reviews.views import blueprint

__all__ = ["blueprint"]
