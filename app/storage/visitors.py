"""Who comes in, and the project of what they ask for: one question for each request."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, String, bindparam, cast, func, select
from sqlmodel import Session, col

from app.domain.actors import Actor
from app.domain.records import PersonRecord, ProjectRecord
from app.domain.words import ActorKind, Role
from app.storage.driver import rows_of
from app.storage.projects import OWNERS
from app.storage.tables import Membership, Notice, Person, Project

# What a person is recorded with, in the order of the question.
PERSON = (
    "id",
    "public_id",
    "email",
    "name",
    "is_admin",
    "is_active",
    "has_password",
    "session_version",
    "locale",
    "wants_mail",
    "has_keys_off",
    "keymap",
)
PROJECT = tuple(ProjectRecord.__dataclass_fields__)
# Whose session it is, and what names the thing that is asked for.
WHO, WHAT = bindparam("who", type_=String), bindparam("what", type_=String)
# What stands between two roles, and between a project and what somebody is in it.
NEXT, IN = " ", ":"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks, and the project of what they ask for, if it is in one.

    ``has_unread``: something was told them that they have not read, though it may be one of the
    notices that they may not see yet.
    """

    person: PersonRecord
    actor: Actor
    has_unread: bool
    project: ProjectRecord | None


def visitor(
    session: Session, public_id: str, session_version: int, *, kind: str = "", name: str = ""
) -> Visitor | None:
    """Who holds a session of this version; None when it was ended or the person may not enter.

    With ``kind`` and ``name`` also the project of a thing, as ``projects.project_of`` finds it; no
    leave is asked: for the guard alone.
    """
    values = {"who": public_id, "what": name}
    found = rows_of(session, _question(kind), values)
    if not found:
        return None
    row = found[0]
    person = PersonRecord(*row[: len(PERSON)])
    if not person.is_active or person.session_version != session_version:
        return None
    roles, has_unread, *project = row[len(PERSON) :]
    return Visitor(
        person,
        Actor(
            kind=ActorKind.PERSON,
            person_id=person.id,
            name=person.name,
            is_admin=person.is_admin,
            roles=_roles(roles),
        ),
        has_unread,
        ProjectRecord(*project) if project and project[0] is not None else None,
    )


def _roles(written: str | None) -> Mapping[int, frozenset[Role]]:
    found: dict[int, frozenset[Role]] = {}
    for held in written.split(NEXT) if written else ():
        project, role = held.split(IN)
        found[int(project)] = found.get(int(project), frozenset()) | {Role(role)}
    return found


@cache
def _question(kind: str) -> Select[Any]:
    person: Any = Person.__table__.c  # type: ignore[attr-defined]  # SQLModel hides the table
    facts = [person[name] for name in PERSON if name != "has_password"]
    facts.insert(PERSON.index("has_password"), person.password_hash.is_not(None))
    found: Any = Person.__table__  # type: ignore[attr-defined]  # SQLModel hides the table
    if kind:
        project: Any = Project.__table__  # type: ignore[attr-defined]  # SQLModel hides the table
        facts += [_held(), _is_told(), *(project.c[name] for name in PROJECT)]
        if kind == "project":
            found = found.outerjoin(project, project.c.slug == WHAT)
        else:
            owner = OWNERS[kind].__table__
            found = found.outerjoin(owner, owner.c.public_id == WHAT)
            found = found.outerjoin(project, project.c.id == owner.c.project_id)
    else:
        facts += [_held(), _is_told()]
    return select(*facts).select_from(found).where(person.public_id == WHO)


def _held() -> ColumnElement[Any]:
    """What the person is in each project, written in one value: a row would stand for each."""
    role = cast(col(Membership.project_id), String) + IN + cast(col(Membership.role), String)
    return (
        select(func.aggregate_strings(role, NEXT))
        .where(col(Membership.person_id) == col(Person.id), col(Membership.ended_at).is_(None))
        .correlate(Person)
        .scalar_subquery()
    )


def _is_told() -> ColumnElement[Any]:
    unread = select(col(Notice.id)).where(
        col(Notice.person_id) == col(Person.id), col(Notice.read_at).is_(None)
    )
    return unread.correlate(Person).exists()
