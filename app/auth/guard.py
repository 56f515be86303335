"""The wall before every page: deny by default.

Every view says what leave it needs. The wall finds the person and the project of the address in
one short reading session, before any code of the view runs.
"""

from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeVar

from flask import Flask, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session
from werkzeug.exceptions import Forbidden, Unauthorized

from app.auth import identity
from app.domain.actors import Actor
from app.domain.errors import Missing
from app.domain.ids import is_public_id
from app.domain.permissions import Action, ask_leave
from app.storage.projects import project_of

Leave = Action | Literal["public", "signed-in"]
View = TypeVar("View", bound=Callable[..., Any])

SIGN_IN = "sign_in.show"
READS = frozenset({"GET", "HEAD"})
# Which variable of an address names a thing of which kind.
KINDS = {
    "slug": "project",
    "article_id": "article",
    "claim_id": "claim",
    "review_id": "review",
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
    """
    endpoint = request.endpoint
    if endpoint is None or (leave := leave_of(current_app, endpoint)) == "public":
        return None
    if leave is None:
        raise Forbidden
    with identity.desk_database().reading() as session:
        actor = identity.load(session)
        if actor is not None:
            admit(session, actor, leave, request.view_args or {})
            return None
    if request.method not in READS:
        # Read now: a form that is too large is refused as that, not inside the page that keeps it.
        request.form.keys()
        raise Unauthorized
    return redirect(url_for(SIGN_IN, next=request.full_path.rstrip("?")), 303)


def admit(session: Session, actor: Actor, leave: Leave, view_args: Mapping[str, Any]) -> None:
    """Go on only with leave for an address; its project is known from then on.

    Raises:
        Missing: there is no such thing, or the actor may not know of it.
        NotAllowed: the actor lacks leave.
    """
    named = [(kind, view_args[name]) for name, kind in KINDS.items() if name in view_args]
    if not is_public_id(str(view_args.get(PEOPLE, "a" * 12))):
        raise Missing("person.missing")
    g.project = None
    for kind, public_id in named:
        _check_shape(kind, public_id)
        g.project = project_of(session, kind, public_id)
        if g.project is None:
            raise Missing(f"{kind}.missing")
    if isinstance(leave, Action):
        try:
            ask_leave(actor, leave, None if g.project is None else g.project.id)
        except Missing:
            # As if the thing itself were not there: nobody learns which ids exist elsewhere.
            raise Missing(f"{named[-1][0]}.missing") from None


def _check_shape(kind: str, name: str) -> None:
    """Stop a name that no thing can have before a database is asked: PostgreSQL takes no NUL."""
    if not (name.isprintable() if kind == "project" else is_public_id(name)):
        raise Missing(f"{kind}.missing")
