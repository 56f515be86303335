"""Claims: the list, one claim with all that is known of it, adding and correcting."""

from app.web.claims.views import blueprint

__all__ = ["blueprint"]
