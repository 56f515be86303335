"""Scales of a project: the answers to both questions, made and changed by its editors."""

from app.web.scales.views import blueprint

__all__ = ["blueprint"]
