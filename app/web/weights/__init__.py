"""Which suggestions come first: learning it from what was picked, and choosing what is used."""

from app.web.weights import compared
from app.web.weights.views import blueprint

__all__ = ["blueprint", "compared"]
