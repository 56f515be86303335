"""The people of the desk, for those who manage them."""

from app.web.people.views import blueprint

__all__ = ["blueprint"]
