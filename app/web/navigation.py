"""The pages of a project, as a table: what a person may not open is not offered."""

from collections.abc import Collection, Iterator
from functools import lru_cache

from flask import url_for
from flask_babel import lazy_gettext as _

from app.auth import identity
from app.domain.permissions import ROLES, Action
from app.domain.words import Role

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


def pages_for_me() -> tuple[str, ...]:
    """The endpoints of those pages of the project here that whoever asks may open."""
    actor, project = identity.load(), identity.project_or_none()
    if actor is None or project is None:
        return ()
    return _open_to(actor.roles_in(project.id))


@lru_cache(maxsize=64)
def _open_to(roles: frozenset[Role]) -> tuple[str, ...]:
    """The same by what somebody is in a project."""
    return tuple(endpoint for _words, endpoint, leave in PAGES if roles & ROLES[leave])


def project_pages(slug: str, endpoints: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """Words, address and endpoint of some pages of a project."""
    for words, endpoint, _leave in PAGES:
        if endpoint in endpoints:
            yield str(words), url_for(endpoint, slug=slug), endpoint
