"""Articles: the list, taking one in, and the text with its claims marked."""

from app.web.articles.views import blueprint

__all__ = ["blueprint"]
