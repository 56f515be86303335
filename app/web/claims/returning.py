"""Where a page that corrects a claim goes back to: the article that one came from, or the claim."""

from flask import request, url_for

from app.domain.records import ClaimRecord

ARTICLE = "article"


def came_from() -> str | None:
    """What the address of every step of a correction carries, so that its last one goes back."""
    return ARTICLE if request.args.get("next") == ARTICLE else None


def back_to(claim: ClaimRecord) -> str:
    """The article at the claim, in the text that it stands in, if one came from there."""
    if came_from() is None or claim.article_id is None:
        return url_for("claims.show", claim_id=claim.public_id)
    return url_for(
        "articles.show",
        article_id=claim.article_id,
        claim=claim.public_id,
        _anchor=f"claim-{claim.public_id}",
    )
