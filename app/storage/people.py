"""Questions about people: who is it, what may they do, can anybody sign in yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.errors import Missing
from app.domain.ids import now
from app.domain.permissions import Action, ask_leave
from app.domain.records import PersonRecord
from app.domain.words import ActorKind, ProjectState, Role
from app.storage.projects import person_record
from app.storage.tables import Membership, Person, Project, SigninLink


@dataclass(frozen=True, slots=True)
class ProjectRoles:
    """A project, and what one person is in it."""

    id: int
    slug: str
    title: str
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person in the list of all, with the projects they are in."""

    person: PersonRecord
    projects: tuple[ProjectRoles, ...]


def actor_of(session: Session, public_id: str) -> Actor:
    """The person as one who acts, with their roles.

    Raises:
        Missing: nobody has this id.
    """
    person = session.exec(select(Person).where(Person.public_id == public_id)).first()
    if person is None:
        raise Missing("person.missing")
    return _actor(session, person)


def by_email(session: Session, email: str) -> PersonRecord | None:
    """The person with this address, however its letters are cased."""
    person = session.exec(select(Person).where(Person.email == email.strip().lower())).first()
    return None if person is None else person_record(person)


def password_of(session: Session, email: str) -> tuple[PersonRecord, str | None] | None:
    """An active person and the hash of their password; for signing in alone."""
    person = session.exec(select(Person).where(Person.email == email.strip().lower())).first()
    if person is None or not person.is_active:
        return None
    return person_record(person), person.password_hash


def by_public_id(session: Session, actor: Actor, public_id: str) -> PersonRecord:
    """A person, for those who manage people.

    Raises:
        Missing: nobody has this id.
        NotAllowed: the actor does not manage people.
    """
    ask_leave(actor, Action.PERSON_MANAGE)
    person = session.exec(select(Person).where(Person.public_id == public_id)).first()
    if person is None:
        raise Missing("person.missing")
    return person_record(person)


def people(session: Session, actor: Actor) -> list[PersonLine]:
    """Everybody with their projects, by name, for those who manage people."""
    ask_leave(actor, Action.PERSON_MANAGE)
    rows = session.exec(select(Person).order_by(col(Person.name), col(Person.id))).all()
    roles = _roles(session)
    titles = _projects(session)
    return [
        PersonLine(
            person=person_record(row),
            projects=tuple(
                ProjectRoles(project.key, project.slug, project.title, held)
                for project in titles
                if (held := roles.get((row.key, project.key)))
            ),
        )
        for row in rows
    ]


def roles_by_project(
    session: Session, actor: Actor, public_id: str | None = None
) -> list[ProjectRoles]:
    """Every active project with what this person is in it; nobody is in none of them."""
    ask_leave(actor, Action.PERSON_MANAGE)
    person = None if public_id is None else by_public_id(session, actor, public_id)
    roles = {} if person is None else _roles(session, person.id)
    key = 0 if person is None else person.id
    return [
        ProjectRoles(row.key, row.slug, row.title, roles.get((key, row.key), frozenset()))
        for row in _projects(session)
    ]


def anyone_has_password(session: Session) -> bool:
    """Whether somebody can sign in without a one-time link."""
    query = select(Person.id).where(col(Person.password_hash).is_not(None))
    return session.exec(query).first() is not None


def link_is_open(session: Session, token_hash: str, *, at: datetime | None = None) -> bool:
    """Whether a one-time link can still be used: unused, in time, and its person may enter."""
    row = session.exec(
        select(SigninLink)
        .join(Person, col(Person.id) == col(SigninLink.person_id))
        .where(SigninLink.token_hash == token_hash, col(Person.is_active))
    ).first()
    return row is not None and row.used_at is None and row.expires_at > (at or now())


def _actor(session: Session, person: Person) -> Actor:
    held = _roles(session, person.key)
    return Actor(
        kind=ActorKind.PERSON,
        person_id=person.key,
        name=person.name,
        is_admin=person.is_admin,
        roles={project_id: roles for (_person, project_id), roles in held.items()},
    )


def _roles(
    session: Session, person_id: int | None = None
) -> Mapping[tuple[int, int], frozenset[Role]]:
    """Standing roles by (person, project); of everybody when nobody is named."""
    query = select(Membership.person_id, Membership.project_id, Membership.role).where(
        col(Membership.ended_at).is_(None)
    )
    if person_id is not None:
        query = query.where(Membership.person_id == person_id)
    found: dict[tuple[int, int], frozenset[Role]] = {}
    for person, project, role in session.exec(query):
        found[person, project] = found.get((person, project), frozenset()) | {Role(role)}
    return found


def _projects(session: Session) -> list[Project]:
    query = select(Project).where(Project.state == ProjectState.ACTIVE).order_by(col(Project.title))
    return list(session.exec(query))
