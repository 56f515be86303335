"""What one is told of."""

from app.web.notices.views import blueprint

__all__ = ["blueprint"]
