"""Articles that come in by their addresses: lists of them, and how far each is."""

from app.web.intakes.views import blueprint

__all__ = ["blueprint"]
