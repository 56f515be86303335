"""The rules that a project holds its verdicts against."""

from app.web.gates.views import blueprint

__all__ = ["blueprint"]
