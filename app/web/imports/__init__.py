"""What comes into a project: claims from a table."""

from app.web.imports.views import blueprint

__all__ = ["blueprint"]
