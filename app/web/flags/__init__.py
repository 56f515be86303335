"""Doors for marks: claims to be looked at again, since a source of theirs changed."""

from app.web.flags.views import blueprint

__all__ = ["blueprint"]
