"""For readers: the copy of a settled claim, ClaimReview, and where verdicts were published."""

from app.web.publications.views import blueprint

__all__ = ["blueprint"]
