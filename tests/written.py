"""People, projects and claims as rows alone: what nearly every test begins with.

The verbs write the same rows (``tests/workflow/test_written.py``), and ask a dozen questions on the way,
which takes five times as long. Where a verb would do anything else, it is asked itself.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from secrets import token_hex
from typing import Any

from sqlalchemy import Executable, Insert, Update, bindparam, insert, update
from sqlmodel import Session, col, select

from app.domain.actors import CONSOLE, Actor
from app.domain.ids import new_public_id, now
from app.domain.label_presets import DEFAULT_ATTRIBUTION, DEFAULT_CONTENT
from app.domain.permissions import Action
from app.domain.records import ProjectRecord
from app.domain.words import ActorKind, ClaimState, Role
from app.storage.columns import Row
from app.storage.driver import rows_of
from app.storage.plain_rows import table_of
from app.storage.projects import project_record
from app.storage.session import Database
from app.storage.tables import (
    Claim,
    ClaimRound,
    LabelScheme,
    Membership,
    Person,
    Project,
    Quantity,
    Round,
)
from app.workflow.claims import NewClaim, add_claim
from app.workflow.events import record_event
from app.workflow.projects import NewProject, add_project
from app.workflow.quantities import read_figures

# What the first of its kind was like, which a verb made, by what it was made of.
_projects: dict[NewProject, list[dict[str, Any]]] = {}
_figures: dict[str, list[dict[str, Any]]] = {}
Values = dict[str, Any]


def write(session: Session, kind: type[Row], /, **values: Any) -> int:
    """A row with what its table has unless told otherwise; its key."""
    usual, anew = _usual(kind)
    made = {name: make() for name, make in anew.items() if name not in values}
    [(key,)] = rows_of(session, _insert(kind), {**usual, **made, **values})
    return key


@cache
def _insert(kind: type[Row]) -> Insert:
    table = table_of(kind)
    return insert(table).returning(table.c.id)


@cache
def _usual(kind: type[Row]) -> tuple[Values, dict[str, Callable[[], Any]]]:
    """What a row has by itself: what is always the same, and what is made for each."""
    fields = {name: field for name, field in kind.model_fields.items() if name != "id"}
    anew = {name: one.default_factory for name, one in fields.items() if one.default_factory}
    usual = {
        name: one.default
        for name, one in fields.items()
        if name not in anew and not one.is_required()
    }
    return usual, anew


def write_person(database: Database, project_id: int, *roles: Role, **values: Any) -> Actor:
    """Somebody with these roles in a project."""
    with database.write() as session:
        key = write(session, Person, **values)
        for role in roles:
            write(session, Membership, project_id=project_id, person_id=key, role=role)
    held = {project_id: frozenset(roles)} if roles else {}
    told = {"name": values["name"], "is_admin": values.get("is_admin", False)}
    return Actor(kind=ActorKind.PERSON, person_id=key, roles=held, **told)


def write_project(database: Database, values: NewProject) -> ProjectRecord:
    """A project as the console adds it."""
    alike = replace(values, slug="", title="", description="")
    with database.write() as session:
        if alike not in _projects or not _is_alike(session, _projects[alike][0], values.slug):
            record = add_project(session, CONSOLE, values=values)
            _projects[alike] = [
                _values(session, Project, Project.id == record.id),
                _values(session, Round, Round.project_id == record.id),
            ]
            return record
        of_project, of_round = _projects[alike]
        named = {"slug": values.slug, "title": values.title, "description": values.description}
        own = {
            **named,
            "public_id": new_public_id(),
            "created_at": now(),
            "pseudonym_key": token_hex(32),
        }
        key = write(session, Project, **{**of_project, **own})
        write(session, Round, **{**of_round, "project_id": key})
        told = {"noun": "project", "thing": own["public_id"], "project_id": key}
        record_event(session, CONSOLE, Action.PROJECT_ADD, **told)
        return project_record(Project.model_construct(id=key, **{**of_project, **own}))


def _values(session: Session, kind: type[Row], *where: Any) -> Values:
    """The columns of a row but those that are its own."""
    [row] = session.exec(select(kind).where(*where))
    return row.model_dump(exclude={"id", "public_id", "created_at"})


def _is_alike(session: Session, of_project: Values, slug: str) -> bool:
    """Whether nothing keeps a project from being added, and its scales are those of the first."""
    found = dict(rows_of(session, _scales(), {"slug": slug}))
    wanted = of_project["content_scheme_id"], of_project["attribution_scheme_id"]
    return (found.get(DEFAULT_CONTENT), found.get(DEFAULT_ATTRIBUTION)) == wanted


@cache
def _scales() -> Executable:
    taken = select(Project.id).where(Project.slug == bindparam("slug")).exists()
    shipped = col(LabelScheme.code).in_((DEFAULT_CONTENT, DEFAULT_ATTRIBUTION))
    return select(LabelScheme.code, LabelScheme.id).where(shipped, ~taken)


def write_claim(database: Database, project_id: int, text: str) -> str:
    """A claim to check as the console adds it, without a place or a chain; its public id."""
    with database.write() as session:
        asked = {"of_project": project_id, "of_text": text}
        found = rows_of(session, _first_round(), asked) if text == " ".join(text.split()) else []
        if not found:
            return add_claim(session, CONSOLE, project_id, values=NewClaim(text=text))
        [(round_id, wanted)] = found
        public_id = new_public_id()
        key = write(session, Claim, public_id=public_id, project_id=project_id, text=text)
        rows_of(session, _changed("state"), {"key": key, "state": ClaimState.OPEN})
        write(session, ClaimRound, claim_id=key, round_id=round_id, reviews_wanted=wanted)
        rows_of(
            session,
            _changed("picked_at", "slots_free"),
            {"key": key, "picked_at": now(), "slots_free": wanted},
        )
        _write_figures(session, key, text)
        told = {"noun": "claim", "thing": public_id, "project_id": project_id}
        record_event(session, CONSOLE, Action.CLAIM_ADD, claim_id=key, **told)
        return public_id


@cache
def _changed(*columns: str) -> Update:
    """Columns of a claim; each change is counted, so that there are as many as the verb makes."""
    table = table_of(Claim)
    values = {name: bindparam(name, type_=table.c[name].type) for name in columns}
    return update(table).where(table.c.id == bindparam("key")).values(values)


@cache
def _first_round() -> Executable:
    """The round that claims come into, unless the same claim is there already."""
    project = bindparam("of_project")
    same = select(Claim.id).where(
        Claim.project_id == project,
        Claim.text == bindparam("of_text"),
        *(
            column.is_(None)
            for column in map(
                col,
                (Claim.article_id, Claim.created_by_id, Claim.seen_at_url, Claim.said_on),
            )
        ),
    )
    return (
        select(Round.id, Round.reviews_wanted)
        .where(Round.project_id == project, ~same.exists())
        .order_by(col(Round.number))
        .limit(1)
    )


def _write_figures(session: Session, key: int, text: str) -> None:
    """The figures that words state, which are read once."""
    if text not in _figures:
        read_figures(session, session.get_one(Claim, key))
        rows = session.exec(select(Quantity).where(Quantity.claim_id == key)).all()
        _figures[text] = [row.model_dump(exclude={"id", "claim_id"}) for row in rows]
        return
    for values in _figures[text]:
        write(session, Quantity, **{**values, "claim_id": key})
