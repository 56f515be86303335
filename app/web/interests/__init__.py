"""What people declare that they are involved in."""

from app.web.interests.views import blueprint

__all__ = ["blueprint"]
