"""To settle: what waits for a verdict of the desk, and deciding it."""

from app.web.settle.views import blueprint

__all__ = ["blueprint"]
