"""Making a project and changing how it works."""

import re
import secrets
from collections.abc import Collection, Sequence
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
from app.extraction.registry import BUILT_IN, CHAT, names
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
from app.workflow.planning import MAX_TAG, MAX_TAGS, tidy_tags
from app.workflow.scales import scheme_id_of
from app.workflow.wanted import check_wanted, want_everywhere

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MAX_SLUG = 60
MAX_FIRST = 1_000
MAX_SHARE = 1_000_000
MAX_RECHECK_DAYS = 3650
RESERVED_SLUGS = frozenset({"new"})
USUAL_ZONE = "UTC"
# What is written down as it is said.
PLAIN = (
    *("settles_itself", "open_from", "lease_minutes", "may_choose", "counts_people"),
    *("triage_share", "asks_questions", "saves_copies", "recheck_days"),
)
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
    extractor: str = BUILT_IN
    asks_questions: bool = False
    saves_copies: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectChanges:
    """What may change while work goes on; ``source_labels`` are keys of labels.

    Without an ``extractor`` it stays as it is.
    """

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
    reviews_wanted: int | None = None
    extra_first: int = 0
    extra_share: float = 0
    extra_tags: Sequence[str] = ()
    extra_on_difference: bool = False
    most_checks: int | None = None
    triage_share: float = 0
    extractor: str | None = None
    asks_questions: bool = False
    saves_copies: bool = False
    recheck_days: int | None = None


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
        extractor=checked_extractor(values.extractor),
        asks_questions=values.asks_questions,
        saves_copies=values.saves_copies,
    )
    _prepare(session, actor, row)
    return project_record(row)


def checked_zone(name: str) -> str:
    """The name of a time zone, such as Europe/Paris.

    Raises:
        Invalid: there is no such zone.
    """
    if name != USUAL_ZONE and name not in available_timezones():
        raise Invalid("project.timezone", field="timezone", value=name)
    return name


def checked_extractor(name: str, *, present: str = BUILT_IN) -> str:
    """The name of an extractor that is there; the one that a project has may be gone meanwhile.

    Raises:
        Invalid: there is no such extractor.
    """
    if name not in {present, BUILT_IN, CHAT} and name not in names():
        raise Invalid("extractor.missing", field="extractor", name=name)
    return name


def _prepare(session: Session, actor: Actor, project: Project) -> None:
    """The project with its first round, and whoever made it as its first member."""
    session.add(project)
    session.flush()
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
    record_event(
        session,
        actor,
        Action.PROJECT_ADD,
        noun="project",
        thing=project.public_id,
        project_id=project.key,
    )
    session.flush()


def _check(session: Session, values: NewProject) -> None:
    slug = values.slug
    if len(slug) > MAX_SLUG or not SLUG.fullmatch(slug) or slug in RESERVED_SLUGS:
        raise Invalid("project.slug", field="slug", value=slug)
    if session.exec(select(Project.id).where(Project.slug == slug)).first() is not None:
        raise Invalid("project.slug-taken", field="slug", value=slug)
    check_wanted(values.decides, values.reviews_wanted)
    _check_shared(values.title, values.open_from)


def _check_shared(title: str, open_from: float | None) -> None:
    if not title.strip():
        raise Invalid("project.title", field="title")
    if open_from is not None and not 0 <= open_from <= 1:
        raise Invalid("project.open-from", field="open_from")


def _check_triage(share: float) -> None:
    if not 0 <= share <= 1:
        raise Invalid("project.extra-share", field="triage_share")


def _check_recheck(days: int | None) -> None:
    if days is not None and not 1 <= days <= MAX_RECHECK_DAYS:
        raise Invalid("project.recheck-days", field="recheck_days", limit=MAX_RECHECK_DAYS)


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
    _check_triage(values.triage_share)
    if values.lease_minutes < 1:
        raise Invalid("project.lease", field="lease_minutes")
    _check_recheck(values.recheck_days)
    _set_values(row, values)
    _set_source_rules(session, row, values.source_labels)
    wants = _set_checks(session, row, values)
    record_event(
        session,
        actor,
        Action.PROJECT_MANAGE,
        noun="project",
        thing=row.public_id,
        project_id=project_id,
        fields=sorted(ProjectChanges.__dataclass_fields__),
        **wants,
    )
    session.flush()


def _set_values(row: Project, values: ProjectChanges) -> None:
    """Take over what is written down as it is said, or checked by itself."""
    row.title = values.title.strip()
    row.description = values.description.strip()
    for name in PLAIN:
        setattr(row, name, getattr(values, name))
    row.timezone = checked_zone(values.timezone)
    if values.extractor is not None:
        row.extractor = checked_extractor(values.extractor, present=row.extractor)
    row.publisher_name = " ".join((values.publisher_name or "").split()) or None
    row.publisher_url = checked_link(values.publisher_url)
    row.corrections_url = checked_link(values.corrections_url)


def _set_checks(session: Session, row: Project, values: ProjectChanges) -> dict[str, int]:
    """How many checks claims want and by which rules, where several check; for history, if new."""
    if row.decides is not Decides.INDEPENDENT:
        return {}
    tags = tidy_tags(values.extra_tags)
    if not 0 <= values.extra_first <= MAX_FIRST:
        raise Invalid("project.extra-first", field="extra_first", limit=MAX_FIRST)
    if not 0 <= values.extra_share <= 1:
        raise Invalid("project.extra-share", field="extra_share")
    if len(tags) > MAX_TAGS or any(len(tag) > MAX_TAG for tag in tags):
        raise Invalid("project.extra-tags", field="extra_tags", number=MAX_TAGS, limit=MAX_TAG)
    if values.most_checks is not None and not 1 <= values.most_checks <= MAX_SHARE:
        raise Invalid("project.most-checks", field="most_checks", limit=MAX_SHARE)
    for name in ("extra_first", "extra_share", "extra_on_difference", "most_checks"):
        setattr(row, name, getattr(values, name))
    row.extra_tags = tags
    wanted = row.reviews_wanted if values.reviews_wanted is None else values.reviews_wanted
    check_wanted(row.decides, wanted)
    if wanted == row.reviews_wanted:
        return {}
    return {"wanted": wanted, "claims": want_everywhere(session, row, wanted)}


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
