"""The right of reply: whom the desk asked, and what came back."""

from app.web.replies.views import blueprint

__all__ = ["blueprint"]
