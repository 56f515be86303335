"""The wall before every page: deny by default.

Every view says what leave it needs. The wall finds the person and the project of the address with one
question, before any code of the view runs.
"""

from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeVar

from flask import Flask, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import Forbidden, RequestEntityTooLarge, Unauthorized

from app.auth import identity
from app.domain.actors import Actor
from app.domain.errors import Missing
from app.domain.ids import is_public_id
from app.domain.permissions import Action, ask_leave

Leave = Action | Literal["public", "signed-in"]
View = TypeVar("View", bound=Callable[..., Any])

SIGN_IN = "sign_in.show"
READS = frozenset({"GET", "HEAD"})
URLENCODED = "application/x-www-form-urlencoded"
FORMS = frozenset({URLENCODED, "multipart/form-data"})
# What a form of nobody may weigh: it comes back inside the page of signing in. That page posts it
# again with longer names and other escapes, so the pages that are open to all take more.
MAX_NOBODYS_BYTES = 1024 * 1024
MAX_PUBLIC_BYTES = 4 * MAX_NOBODYS_BYTES
MAX_FIELDS = 2_000
# Which variable of an address names a thing of which kind.
KINDS = {
    "slug": "project",
    "article_id": "article",
    "claim_id": "claim",
    "review_id": "review",
    "reply_id": "reply",
    "comment_id": "comment",
    "publication_id": "publication",
    "agent_id": "agent",
    "batch_id": "batch",
    "filter_id": "filter",
    "source_id": "source",
    "copy_id": "copy",
    "flag_id": "flag",
    "intake_id": "intake",
}
PEOPLE = "person_id"


def needs(leave: Leave) -> Callable[[View], View]:
    """Mark a view with the leave it needs; one without a mark is closed to everybody."""

    def mark(view: View) -> View:
        view.needs = leave  # type: ignore[attr-defined]
        return view

    return mark


def leave_of(app: Flask, endpoint: str) -> Leave | None:
    """The leave that an endpoint needs, None when it was forgotten."""
    leave: Leave | None = getattr(app.view_functions[endpoint], "needs", None)
    return leave


def wall() -> ResponseReturnValue | None:
    """Let a request through, send it to sign in, or refuse it.

    Raises:
        Missing: there is no such thing, or the person may not know of it.
        NotAllowed: the person lacks leave.
        Unauthorized: nobody is signed in, and the request would have changed something.
        Forbidden: the view says nothing about leave.
        RequestEntityTooLarge: nobody is signed in, and the form is larger than what is kept.
    """
    endpoint = request.endpoint
    if endpoint is None:
        return None
    leave = leave_of(current_app, endpoint)
    if leave == "public":
        _weigh(MAX_PUBLIC_BYTES)
        return None
    if leave is None:
        raise Forbidden
    view_args = request.view_args or {}
    actor = identity.load(*_askable(view_args))
    if actor is not None:
        admit(actor, leave, view_args)
        return None
    if request.method not in READS:
        # Read now: a form that is too large is refused as that, not inside the page that keeps it.
        _weigh(MAX_NOBODYS_BYTES)
        if sum(len(values) for _name, values in request.form.lists()) > MAX_FIELDS:
            raise RequestEntityTooLarge
        raise Unauthorized
    return redirect(url_for(SIGN_IN, next=request.full_path.rstrip("?")), 303)


def admit(actor: Actor, leave: Leave, view_args: Mapping[str, Any]) -> None:
    """Go on only with leave for an address; its project is known from then on.

    Raises:
        Missing: there is no such thing, or the actor may not know of it.
        NotAllowed: the actor lacks leave.
    """
    named = _named(view_args)
    if not is_public_id(str(view_args.get(PEOPLE, "a" * 12))):
        raise Missing("person.missing")
    g.project = None
    for kind, public_id in named:
        if not _has_shape(kind, public_id):
            raise Missing(f"{kind}.missing")
        g.project = identity.project_of(kind, public_id)
        if g.project is None:
            raise Missing(f"{kind}.missing")
    if isinstance(leave, Action):
        try:
            ask_leave(actor, leave, None if g.project is None else g.project.id)
        except Missing:
            # As if the thing itself were not there: nobody learns which ids exist elsewhere.
            raise Missing(f"{named[-1][0]}.missing") from None


def _weigh(most_bytes: int) -> None:
    """Stop a form before it is parsed: a short one may hold a million fields."""
    if request.mimetype not in FORMS:
        return
    if (request.content_length or 0) > most_bytes:
        raise RequestEntityTooLarge
    # Only those without end are stopped here: how many fields are kept is asked afterwards.
    if request.mimetype == URLENCODED and request.get_data().count(b"&") > 2 * MAX_FIELDS:
        raise RequestEntityTooLarge


def _named(view_args: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The things that an address names, each with its kind."""
    return [(KINDS[name], text) for name, text in view_args.items() if name in KINDS]


def _askable(view_args: Mapping[str, Any]) -> tuple[str, str]:
    """The thing whose project is asked for along with the person; blank where there is none."""
    for kind, name in _named(view_args)[:1]:
        if _has_shape(kind, name):
            return kind, name
    return "", ""


def _has_shape(kind: str, name: str) -> bool:
    """Whether a thing can have this name, before a database is asked: PostgreSQL takes no NUL."""
    return name.isprintable() if kind == "project" else is_public_id(name)
