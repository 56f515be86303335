"""Making a project and changing how it works."""

import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from zoneinfo import available_timezones

from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.errors import Invalid
from app.domain.label_presets import DEFAULT_ATTRIBUTION, DEFAULT_CONTENT
from app.domain.links import checked_link
from app.domain.permissions import Action, ask_leave
from app.domain.records import ProjectRecord
from app.domain.words import Decides, Role, RoundKind, SchemeKind
from app.storage.locking import locked_by_key
from app.storage.projects import project_record
from app.storage.tables import (
    Label,
    Membership,
    Project,
    Round,
    SourceRule,
)
from app.workflow.events import record_event
from app.workflow.scales import scheme_id_of

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MAX_SLUG = 60
RESERVED_SLUGS = frozenset({"new"})
MAX_REVIEWS = 20
USUAL_ZONE = "UTC"
ROUND_OF = {
    Decides.INDEPENDENT: (RoundKind.INDEPENDENT, True),
    Decides.SIGNOFF: (RoundKind.SIGNOFF, False),
    Decides.SINGLE: (RoundKind.SIGNOFF, False),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProject:
    """What a project is made of; how it decides is fixed from then on."""

    slug: str
    title: str
    decides: Decides
    reviews_wanted: int = 1
    scheme: str = DEFAULT_CONTENT
    open_from: float | None = None
    description: str = ""
    timezone: str = USUAL_ZONE
    settles_itself: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectChanges:
    """What may change while work goes on; ``source_labels`` are keys of labels."""

    title: str
    description: str
    settles_itself: bool
    open_from: float | None
    lease_minutes: int
    source_labels: frozenset[int]
    timezone: str
    may_choose: bool
    counts_people: bool
    publisher_name: str | None
    publisher_url: str | None
    corrections_url: str | None


def add_project(session: Session, actor: Actor, *, values: NewProject) -> ProjectRecord:
    """Make a project with its first round; a person who makes it becomes its editor.

    Raises:
        Invalid: the slug is taken or malformed, or a number is out of its range.
    """
    ask_leave(actor, Action.PROJECT_ADD)
    _check(session, values)
    row = Project(
        slug=values.slug,
        title=values.title.strip(),
        description=values.description.strip(),
        decides=values.decides,
        reviews_wanted=values.reviews_wanted,
        settles_itself=values.settles_itself,
        open_from=values.open_from,
        timezone=checked_zone(values.timezone),
        may_choose=values.decides is not Decides.INDEPENDENT,
        counts_people=values.decides is Decides.INDEPENDENT,
        content_scheme_id=scheme_id_of(session, values.scheme, SchemeKind.CONTENT),
        attribution_scheme_id=scheme_id_of(session, DEFAULT_ATTRIBUTION, SchemeKind.ATTRIBUTION),
        pseudonym_key=secrets.token_hex(32),
    )
    session.add(row)
    session.flush()
    _prepare(session, actor, row)
    record_event(
        session, actor, Action.PROJECT_ADD, noun="project", thing=row.public_id, project_id=row.key
    )
    session.flush()
    return project_record(row)


def checked_zone(name: str) -> str:
    """The name of a time zone, such as Europe/Paris.

    Raises:
        Invalid: there is no such zone.
    """
    if name != USUAL_ZONE and name not in available_timezones():
        raise Invalid("project.timezone", field="timezone", value=name)
    return name


def _prepare(session: Session, actor: Actor, project: Project) -> None:
    """The first round, and whoever made the project as its first member."""
    kind, is_blind = ROUND_OF[project.decides]
    session.add(
        Round(
            project_id=project.key,
            kind=kind,
            is_blind=is_blind,
            reviews_wanted=project.reviews_wanted,
        )
    )
    if actor.person_id is not None:
        for role in (Role.EDITOR, Role.REVIEWER, Role.ADJUDICATOR):
            session.add(Membership(project_id=project.key, person_id=actor.person_id, role=role))


def _check(session: Session, values: NewProject) -> None:
    slug = values.slug
    if len(slug) > MAX_SLUG or not SLUG.fullmatch(slug) or slug in RESERVED_SLUGS:
        raise Invalid("project.slug", field="slug", value=slug)
    if session.exec(select(Project.id).where(Project.slug == slug)).first() is not None:
        raise Invalid("project.slug-taken", field="slug", value=slug)
    if not 1 <= values.reviews_wanted <= MAX_REVIEWS:
        raise Invalid("project.reviews", field="reviews_wanted", limit=MAX_REVIEWS)
    if values.decides is not Decides.INDEPENDENT and values.reviews_wanted != 1:
        raise Invalid("project.one-check", field="reviews_wanted")
    _check_shared(values.title, values.open_from)


def _check_shared(title: str, open_from: float | None) -> None:
    if not title.strip():
        raise Invalid("project.title", field="title")
    if open_from is not None and not 0 <= open_from <= 1:
        raise Invalid("project.open-from", field="open_from")


def change_project(
    session: Session, actor: Actor, project_id: int, *, values: ProjectChanges
) -> None:
    """Change what may change while work goes on; how verdicts are decided may not.

    Raises:
        Invalid: a value is out of its range.
    """
    ask_leave(actor, Action.PROJECT_MANAGE, project_id)
    row = locked_by_key(session, Project, project_id)
    _check_shared(values.title, values.open_from)
    if values.lease_minutes < 1:
        raise Invalid("project.lease", field="lease_minutes")
    row.title = values.title.strip()
    row.description = values.description.strip()
    for name in ("settles_itself", "open_from", "lease_minutes", "may_choose", "counts_people"):
        setattr(row, name, getattr(values, name))
    row.timezone = checked_zone(values.timezone)
    row.publisher_name = " ".join((values.publisher_name or "").split()) or None
    row.publisher_url = checked_link(values.publisher_url)
    row.corrections_url = checked_link(values.corrections_url)
    _set_source_rules(session, row, values.source_labels)
    record_event(
        session,
        actor,
        Action.PROJECT_MANAGE,
        noun="project",
        thing=row.public_id,
        project_id=project_id,
        fields=sorted(ProjectChanges.__dataclass_fields__),
    )
    session.flush()


def _set_source_rules(session: Session, project: Project, wanted: Collection[int]) -> None:
    known = set(
        session.exec(
            select(Label.id).where(
                col(Label.scheme_id).in_([project.content_scheme_id, project.attribution_scheme_id])
            )
        )
    )
    rules = {
        rule.label_id: rule
        for rule in session.exec(select(SourceRule).where(SourceRule.project_id == project.key))
    }
    for label_id in sorted(key for key in known if key is not None):
        rule = rules.get(label_id)
        if rule is not None:
            rule.needs_source = label_id in wanted
        elif label_id in wanted:
            session.add(SourceRule(project_id=project.key, label_id=label_id, needs_source=True))
