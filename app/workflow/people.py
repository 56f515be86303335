"""Adding people, what they may do, their passwords, sessions and one-time links."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.errors import Invalid, Missing, NotAllowed, WrongState
from app.domain.ids import now
from app.domain.keys import checked_key
from app.domain.permissions import Action, ask_leave
from app.domain.records import PersonRecord
from app.domain.words import ActorKind, Role
from app.languages import LANGUAGES
from app.storage.locking import locked, locked_by_key
from app.storage.projects import person_record
from app.storage.tables import Membership, Person, Project, SigninLink
from app.workflow.events import record_event
from app.workflow.known_answers import bar_from_known
from app.workflow.seen_by_leads import bar_former_admin, bar_new_admin, bar_new_reviewer

MAX_EMAIL = 254
# What ends an address, or begins another one, in the head of a mail.
NO_EMAIL = frozenset("<>(),;:\\")
MAX_NAME = 200


def add_person(
    session: Session, actor: Actor, *, email: str, name: str, is_admin: bool = False
) -> PersonRecord:
    """Let somebody in; without a password they need a one-time link.

    Raises:
        Invalid: no such address is possible, it is taken, or there is no name.
    """
    ask_leave(actor, Action.PERSON_MANAGE)
    email = _checked_email(email)
    if session.exec(select(Person.id).where(Person.email == email)).first() is not None:
        raise Invalid("person.email-taken", field="email")
    person = Person(email=email, name=_checked_name(name), is_admin=is_admin)
    session.add(person)
    session.flush()
    _record(session, actor, "person.add", person, details={"is_admin": is_admin})
    session.flush()
    return person_record(person)


def rename(session: Session, actor: Actor, person_id: str, *, name: str) -> PersonRecord:
    """Change a name: one's own, or anybody's by those who manage people.

    Raises:
        Invalid: there is no name.
    """
    person = locked(session, Person, person_id)
    _ask_own_or_manage(actor, person)
    person.name = _checked_name(name)
    return _done(session, actor, "person.rename", person, fields=["name"])


def set_locale(session: Session, actor: Actor, person_id: str, *, locale: str) -> PersonRecord:
    """Choose the language of one's pages and mails; blank is what the browser asks for.

    Raises:
        Invalid: the desk does not speak it.
    """
    if locale and locale not in LANGUAGES:
        raise Invalid("form.choice", field="locale")
    person = locked(session, Person, person_id)
    _ask_own_or_manage(actor, person)
    person.locale = locale or None
    return _done(session, actor, "person.set-locale", person, fields=["locale"])


def set_wants_mail(
    session: Session, actor: Actor, person_id: str, *, wants_mail: bool
) -> PersonRecord:
    """Choose whether what one is told of comes by e-mail too."""
    person = locked(session, Person, person_id)
    _ask_own_or_manage(actor, person)
    person.wants_mail = wants_mail
    return _done(session, actor, "person.set-mail", person, fields=["wants_mail"])


def set_keys(
    session: Session, actor: Actor, person_id: str, *, keymap: Mapping[str, str], is_off: bool
) -> PersonRecord:
    """Keep which keys somebody moved, and whether they want single keys at all.

    Which actions there are is known to the door that has keys; so it looks for clashes.

    Raises:
        Invalid: a key is none, or one that browsers or screen readers need.
    """
    kept = {name: checked_key(key) for name, key in keymap.items()}
    person = locked(session, Person, person_id)
    _ask_own_or_manage(actor, person)
    person.keymap, person.has_keys_off = kept, is_off
    return _done(session, actor, "person.set-keys", person, fields=["keymap", "has_keys_off"])


def add_role(
    session: Session, actor: Actor, person_id: str, *, project_id: int, role: Role
) -> None:
    """Make somebody something in a project; an ended role comes back, a standing one stays."""
    ask_leave(actor, Action.PERSON_MANAGE)
    person = locked(session, Person, person_id)
    project = _project(session, project_id)
    row = _membership(session, person, project, role)
    if row is not None and row.ended_at is None:
        return
    if role is Role.REVIEWER:
        bar_new_reviewer(session, person, project.key)
    if row is None:
        row = Membership(project_id=project.key, person_id=person.key, role=role)
        session.add(row)
    row.ended_at = None
    _record(
        session, actor, "person.add-role", person, project=project, details={"role": role.value}
    )
    session.flush()


def end_role(
    session: Session, actor: Actor, person_id: str, *, project_id: int, role: Role
) -> None:
    """Somebody is this no longer; nothing happens when they are not."""
    ask_leave(actor, Action.PERSON_MANAGE)
    person = locked(session, Person, person_id)
    project = _project(session, project_id)
    row = _membership(session, person, project, role)
    if row is None or row.ended_at is not None:
        return
    row.ended_at = now()
    _record(
        session, actor, "person.end-role", person, project=project, details={"role": role.value}
    )
    session.flush()


def set_admin(session: Session, actor: Actor, person_id: str, *, is_admin: bool) -> PersonRecord:
    """Let somebody manage people and projects, or no longer.

    Raises:
        WrongState: nobody would be left who can.
    """
    ask_leave(actor, Action.PERSON_MANAGE)
    admins = _locked_admins(session)
    person = locked(session, Person, person_id)
    if person.is_admin == is_admin:
        return person_record(person)
    if not is_admin:
        _keep_an_admin(admins, person)
        bar_from_known(session, person.key)
    bar = bar_new_admin if is_admin else bar_former_admin
    bar(session, person)
    person.is_admin = is_admin
    return _done(session, actor, "person.set-admin", person, is_admin=is_admin)


def set_password(
    session: Session, actor: Actor, person_id: str, *, password_hash: str
) -> PersonRecord:
    """Keep the hash of a new password; every session and open link of the person ends.

    Raises:
        NotAllowed: it is somebody else's, and the actor is not at the console.
    """
    person = locked(session, Person, person_id)
    if actor.kind is ActorKind.PERSON and actor.person_id != person.key:
        raise NotAllowed("not-allowed", action="person.set-password")
    person.password_hash = password_hash
    person.session_version += 1
    _end_links(session, person)
    return _done(session, actor, "person.set-password", person)


def renew_hash(session: Session, actor: Actor, person_id: str, *, password_hash: str) -> None:
    """The same password, hashed as is now wanted; sessions go on."""
    person = locked(session, Person, person_id)
    person.password_hash = password_hash
    _done(session, actor, "person.renew-hash", person)


def make_link(
    session: Session, actor: Actor, person_id: str, *, token_hash: str, expires_at: datetime
) -> PersonRecord:
    """Make a one-time sign-in link; an older one that was not used ends.

    Raises:
        WrongState: the person may not enter.
    """
    ask_leave(actor, Action.PERSON_MANAGE)
    person = locked(session, Person, person_id)
    if not person.is_active:
        raise WrongState("person.inactive")
    _end_links(session, person)
    session.add(SigninLink(person_id=person.key, token_hash=token_hash, expires_at=expires_at))
    return _done(session, actor, "person.make-link", person)


def use_link(session: Session, token_hash: str) -> PersonRecord:
    """Use a one-time link up; the one who holds it is its person. Once, and in time.

    Raises:
        Missing: unknown, used or expired, or its person may not enter; all the same from outside.
    """
    link = session.exec(
        select(SigninLink).where(SigninLink.token_hash == token_hash).with_for_update()
    ).first()
    if link is None or link.used_at is not None or link.expires_at <= now():
        raise Missing("link.missing")
    person = locked_by_key(session, Person, link.person_id)
    if not person.is_active:
        raise Missing("link.missing")
    link.used_at = now()
    actor = Actor(kind=ActorKind.PERSON, person_id=person.key, name=person.name)
    return _done(session, actor, "person.use-link", person)


def end_sessions(session: Session, actor: Actor, person_id: str) -> PersonRecord:
    """Sign a person out everywhere: oneself, or anybody by those who manage people."""
    person = locked(session, Person, person_id)
    _ask_own_or_manage(actor, person)
    person.session_version += 1
    return _done(session, actor, "person.end-sessions", person)


def deactivate(session: Session, actor: Actor, person_id: str) -> PersonRecord:
    """Let somebody in no longer; what they did stays.

    Raises:
        WrongState: it is the last one who manages people.
    """
    ask_leave(actor, Action.PERSON_MANAGE)
    admins = _locked_admins(session)
    person = locked(session, Person, person_id)
    if not person.is_active:
        return person_record(person)
    _keep_an_admin(admins, person)
    person.is_active = False
    person.session_version += 1
    _end_links(session, person)
    return _done(session, actor, "person.deactivate", person)


def reactivate(session: Session, actor: Actor, person_id: str) -> PersonRecord:
    """Let somebody in again, with the roles they had."""
    ask_leave(actor, Action.PERSON_MANAGE)
    person = locked(session, Person, person_id)
    if person.is_active:
        return person_record(person)
    person.is_active = True
    return _done(session, actor, "person.reactivate", person)


def _checked_email(email: str) -> str:
    email = email.strip().lower()
    local, _, host = email.rpartition("@")
    shaped = local and host and not any(c.isspace() or not c.isprintable() for c in email)
    if not shaped or NO_EMAIL.intersection(email) or "@" in local or len(email) > MAX_EMAIL:
        raise Invalid("person.email", field="email", limit=MAX_EMAIL)
    return email


def _checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > MAX_NAME:
        raise Invalid("person.name", field="name", limit=MAX_NAME)
    return name


def _ask_own_or_manage(actor: Actor, person: Person) -> None:
    if actor.person_id is None or actor.person_id != person.key:
        ask_leave(actor, Action.PERSON_MANAGE)


def _project(session: Session, project_id: int) -> Project:
    project = session.get(Project, project_id)
    if project is None:
        raise Missing("project.missing")
    return project


def _membership(
    session: Session, person: Person, project: Project, role: Role
) -> Membership | None:
    return session.exec(
        select(Membership)
        .where(
            Membership.project_id == project.key,
            Membership.person_id == person.key,
            Membership.role == role,
        )
        .with_for_update()
    ).first()


def _locked_admins(session: Session) -> set[int]:
    """Those who manage people, locked in one order, so that the last two cannot both leave."""
    query = (
        select(Person)
        .where(col(Person.is_admin), col(Person.is_active))
        .order_by(col(Person.id))
        .with_for_update()
    )
    return {row.key for row in session.exec(query)}


def _keep_an_admin(admins: set[int], leaving: Person) -> None:
    if admins == {leaving.key}:
        raise WrongState("person.last-admin")


def _end_links(session: Session, person: Person) -> None:
    moment = now()
    query = select(SigninLink).where(
        SigninLink.person_id == person.key,
        col(SigninLink.used_at).is_(None),
        col(SigninLink.expires_at) > moment,
    )
    for link in session.exec(query):
        link.expires_at = moment


def _done(
    session: Session, actor: Actor, action: str, person: Person, **details: object
) -> PersonRecord:
    _record(session, actor, action, person, details=details)
    session.flush()
    return person_record(person)


def _record(
    session: Session,
    actor: Actor,
    action: str,
    person: Person,
    *,
    project: Project | None = None,
    details: Mapping[str, object],
) -> None:
    record_event(
        session,
        actor,
        action,
        noun="person",
        thing=person.public_id,
        project_id=None if project is None else project.key,
        claim_id=None,
        **details,
    )
