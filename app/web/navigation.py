"""The pages of a project, as a table: what a person may not open is not offered."""

from collections.abc import Iterator

from flask import request
from flask_babel import lazy_gettext as _

from app.auth import identity
from app.domain.permissions import Action, may

# Words on the page, the last part of the address, the leave that the page needs.
PAGES = (
    (_("Articles"), "articles", Action.PROJECT_VIEW),
    (_("Pick"), "pick", Action.CLAIM_PICK),
    (_("Check"), "review", Action.REVIEW_TAKE),
    (_("To settle"), "settle", Action.CLAIM_SETTLE),
    (_("Claims"), "claims", Action.PROJECT_VIEW),
    (_("Agreement"), "agreement", Action.REVIEW_SEE_ALL),
)


def project_pages() -> Iterator[tuple[str, str, bool]]:
    """Words, address and whether it is this page, for the project of the address."""
    actor, project = identity.load(), identity.project_or_none()
    if actor is None or project is None:
        return
    for words, part, leave in PAGES:
        if may(actor, leave, project.id):
            path = f"/projects/{project.slug}/{part}"
            yield str(words), path, request.path == path
