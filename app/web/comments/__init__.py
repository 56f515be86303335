"""Talk about claims: comments, questions to colleagues, the list of both."""

from app.web.comments.views import blueprint

__all__ = ["blueprint"]
