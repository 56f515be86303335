"""What leaves a project: files in the formats that can be written."""

from app.web.exports.views import blueprint

__all__ = ["blueprint"]
