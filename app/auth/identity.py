"""Who is asking: the signed session cookie, and the person behind it.

The cookie holds the person's public id, the version of their sessions and a random number. The
person is read once a request; raising the version ends every session that was begun before.
"""

import secrets
from datetime import UTC, datetime
from typing import Literal

from flask import current_app, g, request, session
from sqlmodel import Session

from app.domain.actors import Actor
from app.domain.records import PersonRecord, ProjectRecord
from app.storage import projects
from app.storage.session import Database
from app.storage.visitors import Visitor, visitor

READS = frozenset({"GET", "HEAD", "OPTIONS"})


def desk_database() -> Database:
    """The database of the running application."""
    found: Database = current_app.extensions["assay"]
    return found


def reading_session() -> Session:
    """The one session of a request that only reads: of the wall, of its view and of its page."""
    if "session" not in g:
        g.session = desk_database().reading()
    found: Session = g.session
    return found


def load(kind: str = "", name: str = "") -> Actor | None:
    """Find out who asks, once a request; None is a stranger.

    With the kind and the name of a thing, the wall asks for its project in the same question.
    """
    # Asked a dozen times a page: where ``g`` is, and what is called so in it, is looked up once each time.
    here = g._get_current_object()  # noqa: SLF001 - as Werkzeug's documentation has it
    actor: Actor | Literal[False] | None = here.get("actor", False)
    if actor is not False:
        return actor
    g.actor, g.person, g.has_unread = None, None, False
    found = _find(kind, name)
    if found is None:
        return None
    g.person, g.actor, g.has_unread = found.person, found.actor, found.has_unread
    g.found = {(kind, name): found.project}
    _keep_alive()
    return found.actor


def actor() -> Actor:
    """The person who asks, where the wall lets only people through.

    Raises:
        LookupError: nobody is signed in.
    """
    found = load()
    if found is None:
        raise LookupError("nobody is signed in")
    return found


def me() -> PersonRecord:
    """The record of the person who asks.

    Raises:
        LookupError: nobody is signed in.
    """
    actor()
    person: PersonRecord = g.person
    return person


def project_of(kind: str, name: str) -> ProjectRecord | None:
    """The project of a thing: what the wall has asked for already, or asked for now."""
    known: dict[tuple[str, str], ProjectRecord | None] = g.get("found", {})
    if (kind, name) in known:
        return known[kind, name]
    if request.method in READS:
        return projects.project_of(reading_session(), kind, name)
    with desk_database().reading() as short:
        return projects.project_of(short, kind, name)


def project() -> ProjectRecord:
    """The project of the address that was asked for.

    Raises:
        LookupError: the address belongs to no project.
    """
    found: ProjectRecord | None = g.get("project")
    if found is None:
        raise LookupError("no project in this address")
    return found


def project_or_none() -> ProjectRecord | None:
    """The project of the address, for what stands on every page."""
    found: ProjectRecord | None = g.get("project")
    return found


def has_unread() -> bool:
    """Whether whoever asks may have notices that they have not read."""
    return load() is not None and bool(g.has_unread)


def begin(person: PersonRecord, *, by_link: bool = False) -> None:
    """Sign somebody in: a new session, so that nothing of the old one can be used.

    A session begun by a one-time link may set a password without the old one, until it has.
    """
    session.clear()
    # The token was made for the old session; the page that is shown now needs one of the new.
    _forget("csrf_token", "actor")
    session.permanent = True
    session.update(
        person=person.public_id,
        version=person.session_version,
        sid=secrets.token_urlsafe(16),
        day=_today(),
        by_link=by_link,
    )


def end() -> None:
    """Sign out here."""
    session.clear()
    _forget("csrf_token")
    g.actor, g.person = None, None


def _forget(*more: str) -> None:
    """What was found out about whoever asked before holds for nobody else."""
    for name in ("words", "own_keys", "keys", "look", *more):
        g.pop(name, None)


def _find(kind: str, name: str) -> Visitor | None:
    public_id, version = session.get("person"), session.get("version")
    if not isinstance(public_id, str) or not isinstance(version, int):
        return None
    if request.method in READS:
        return visitor(reading_session(), public_id, version, kind=kind, name=name)
    # Not the session that writes: who is let through is known before anything is locked.
    with desk_database().reading() as short:
        return visitor(short, public_id, version, kind=kind, name=name)


def _keep_alive() -> None:
    """Renew the cookie once a day, so that a session ends thirty days after its last use."""
    if session.get("day") != _today():
        session["day"] = _today()


def _today() -> str:
    return datetime.now(UTC).date().isoformat()
