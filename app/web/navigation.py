"""The pages of a project, as a table: what a person may not open is not offered."""

from collections.abc import Iterator

from flask import request, url_for
from flask_babel import lazy_gettext as _

from app.auth import identity
from app.domain.permissions import Action, may

# Words on the page, its endpoint, the leave that it needs.
PAGES = (
    (_("Articles"), "articles.index", Action.PROJECT_VIEW),
    (_("Pick"), "pick.show", Action.CLAIM_PICK),
    (_("Check"), "reviews.start", Action.REVIEW_TAKE),
    (_("To settle"), "settle.index", Action.CLAIM_SETTLE),
    (_("Claims"), "claims.index", Action.PROJECT_VIEW),
    (_("Sources"), "sources.index", Action.PROJECT_VIEW),
    (_("Comments"), "comments.index", Action.PROJECT_VIEW),
    (_("Replies"), "replies.index", Action.PROJECT_VIEW),
    (_("Agreement"), "agreement.show", Action.PROJECT_VIEW),
    (_("Known answers"), "gold.index", Action.GOLD_SET),
    (_("Who said it"), "agents.index", Action.AGENT_EDIT),
    (_("Published"), "publications.index", Action.PROJECT_VIEW),
    (_("Files"), "exports.index", Action.EXPORT_TAKE),
)


def project_pages() -> Iterator[tuple[str, str, bool]]:
    """Words, address and whether it is this page, for the project of the address."""
    actor, project = identity.load(), identity.project_or_none()
    if actor is None or project is None:
        return
    for words, endpoint, leave in PAGES:
        if may(actor, leave, project.id):
            yield str(words), url_for(endpoint, slug=project.slug), request.endpoint == endpoint
