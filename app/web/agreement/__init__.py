"""How far checks agree."""

from app.web.agreement.views import blueprint

__all__ = ["blueprint"]
