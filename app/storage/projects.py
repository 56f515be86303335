"""Questions about projects."""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Executable, func
from sqlalchemy import select as rows
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.errors import Missing
from app.domain.permissions import Action, may
from app.domain.records import PersonRecord, ProjectRecord
from app.domain.words import Role
from app.storage.driver import rows_of
from app.storage.held import held_one, hold
from app.storage.kept import HERE, ME
from app.storage.tables import (
    Agent,
    Article,
    Batch,
    Claim,
    Comment,
    Flag,
    Guideline,
    Intake,
    Membership,
    Person,
    Project,
    Publication,
    Reply,
    Review,
    Round,
    SavedCopy,
    SavedFilter,
    Source,
)

hold(Project)

OWNERS: dict[str, Any] = {
    "article": Article,
    "claim": Claim,
    "review": Review,
    "reply": Reply,
    "comment": Comment,
    "publication": Publication,
    "agent": Agent,
    "batch": Batch,
    "filter": SavedFilter,
    "source": Source,
    "copy": SavedCopy,
    "flag": Flag,
    "intake": Intake,
}


FIELDS = tuple(ProjectRecord.__dataclass_fields__)


class Colleague(NamedTuple):
    """Another member, to be asked or told."""

    public_id: str
    name: str


def project_record(row: Project) -> ProjectRecord:
    """A project as pages and verbs need it."""
    # What the session has read of it stands here: three dozen attributes need no call each.
    read = vars(row)
    return ProjectRecord(*[read[name] if name in read else getattr(row, name) for name in FIELDS])


def by_slug(session: Session, actor: Actor, slug: str) -> ProjectRecord:
    """A project by the name in its address.

    Raises:
        Missing: there is none, or the actor may not know of it.
    """
    row = session.exec(select(Project).where(Project.slug == slug)).first()
    if row is None or not may(actor, Action.PROJECT_VIEW, row.key):
        raise Missing("project.missing", slug=slug)
    return project_record(row)


def by_id(session: Session, project_id: int) -> ProjectRecord:
    """A project by its integer key, for a caller that has leave already."""
    return project_record(held_one(session, Project, project_id))


def key_of(session: Session, public_id: str) -> int | None:
    """The integer key of a project, for whoever needs no leave."""
    return session.exec(select(Project.id).where(Project.public_id == public_id)).first()


def project_of(session: Session, kind: str, public_id: str) -> ProjectRecord | None:
    """The project that a thing of some kind belongs to; asks no leave, for the guard alone.

    ``kind`` is ``project`` (then ``public_id`` is the slug) or one of ``OWNERS``.
    """
    if kind == "project":
        found = session.exec(select(Project).where(Project.slug == public_id)).first()
    else:
        owner = OWNERS[kind]
        found = session.exec(
            select(Project)
            .join(owner, col(owner.project_id) == col(Project.id))
            .where(owner.public_id == public_id)
        ).first()
    return None if found is None else project_record(found)


def projects_of(session: Session, actor: Actor) -> list[ProjectRecord]:
    """The projects that the actor may see, by title."""
    query = select(Project).order_by(col(Project.title))
    if not actor.is_admin:
        query = query.where(col(Project.id).in_(sorted(actor.roles)))
    return [project_record(row) for row in session.exec(query)]


def members(session: Session, project_id: int) -> list[PersonRecord]:
    """The people of a project with what they are in it, by name."""
    rows = session.exec(
        select(Person, Membership.role)
        .join(Membership, col(Membership.person_id) == col(Person.id))
        .where(Membership.project_id == project_id, col(Membership.ended_at).is_(None))
        .order_by(col(Person.name), col(Person.id))
    ).all()
    people: dict[int, tuple[Person, set[Role]]] = {}
    for person, role in rows:
        people.setdefault(person.key, (person, set()))[1].add(Role(role))
    return [person_record(person, frozenset(roles)) for person, roles in people.values()]


def colleagues(session: Session, actor: Actor, project_id: int) -> list[Colleague]:
    """The other members who can enter, by name."""
    return [Colleague(*row) for row in choices_of_colleagues(session, actor, project_id)]


def choices_of_colleagues(session: Session, actor: Actor, project_id: int) -> list[tuple[str, str]]:
    """The same to choose from: public ids with names."""
    return _others(session, _members(are_active=True), actor, project_id)


def other_members(session: Session, actor: Actor, project_id: int) -> list[Colleague]:
    """All other members by name, those who cannot enter any more too."""
    found = _others(session, _members(are_active=False), actor, project_id)
    return [Colleague(*row) for row in found]


def _others(
    session: Session, question: Executable, actor: Actor, project_id: int
) -> list[tuple[str, str]]:
    found: list[Any] = rows_of(session, question, {"here": project_id, "me": actor.person_id or 0})
    return found


@cache
def _members(*, are_active: bool) -> Executable:
    # From those of the project to their names: a desk has people of many projects.
    here = (
        rows(col(Membership.person_id).label("person_id"))
        .where(col(Membership.project_id) == HERE, col(Membership.ended_at).is_(None))
        .distinct()
        .subquery()
    )
    return (
        rows(*map(col, (Person.public_id, Person.name)))
        .join(here, here.c.person_id == col(Person.id))
        .where(*([col(Person.is_active)] if are_active else []), col(Person.id) != ME)
        .order_by(col(Person.name), col(Person.id))
    )


def person_record(person: Person, roles: frozenset[Role] = frozenset()) -> PersonRecord:
    """A person as pages need it; the password's hash stays where it is."""
    return PersonRecord(
        id=person.key,
        public_id=person.public_id,
        email=person.email,
        name=person.name,
        is_admin=person.is_admin,
        is_active=person.is_active,
        has_password=person.password_hash is not None,
        session_version=person.session_version,
        locale=person.locale,
        wants_mail=person.wants_mail,
        has_keys_off=person.has_keys_off,
        keymap=person.keymap,
        roles=roles,
    )


def guideline(session: Session, project_id: int) -> tuple[int, str] | None:
    """The latest version number and text of a project's guidelines."""
    row = session.exec(
        select(Guideline)
        .where(Guideline.project_id == project_id)
        .order_by(col(Guideline.version).desc())
    ).first()
    return None if row is None else (row.version, row.text)


def current_round(session: Session, project_id: int) -> Round:
    """The round that claims are opened into: the project's first."""
    return session.exec(
        select(Round).where(Round.project_id == project_id).order_by(col(Round.number)).limit(1)
    ).one()


def is_empty(session: Session) -> bool:
    """Whether the desk holds nothing yet: no project and no person."""
    counts = (session.exec(select(func.count()).select_from(t)).one() for t in (Project, Person))
    return not any(counts)


def slugs(session: Session) -> Sequence[str]:
    """Every project's slug, for the console."""
    return session.exec(select(Project.slug).order_by(col(Project.slug))).all()
