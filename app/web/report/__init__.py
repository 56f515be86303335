"""The monthly report."""

from app.web.report.views import blueprint

__all__ = ["blueprint"]
