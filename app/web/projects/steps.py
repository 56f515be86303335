"""What a person can do in a project where nothing waits, and the ways to everything else."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _

from app.domain.actors import Actor
from app.domain.blindness import SeenState
from app.domain.permissions import Action, may
from app.domain.records import ProjectRecord
from app.storage.waiting import Waiting


@dataclass(frozen=True, slots=True)
class Step:
    """A way on."""

    words: str
    path: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A step, who may take it, and when it is the next one."""

    leave: Action
    is_next: Callable[[Waiting], bool]
    words: Any
    endpoint: str
    state: SeenState | None = None


FIRST = (
    Rule(Action.ARTICLE_ADD, lambda w: True, _("Add an article"), "articles.new"),  # noqa: ARG005 - there is always one more
    Rule(
        Action.PROJECT_VIEW,
        lambda w: w.claims(SeenState.SETTLED) > 0,
        _("Read the verdicts"),
        "claims.index",
        state=SeenState.SETTLED,
    ),
)

OTHERS = (
    (Action.REPORT_VIEW, _("Report of the month"), "report.show"),
    (Action.PROJECT_VIEW, _("Figures about people"), "projects.people"),
    (Action.EXPORT_TAKE, _("Take the verdicts out, as CSV"), "exports.index"),
    (Action.CLAIM_IMPORT, _("Bring claims in, from CSV"), "imports.new"),
    (Action.PROJECT_VIEW, _("How far checks agree"), "agreement.show"),
    (Action.PROJECT_VIEW, _("Batches of claims"), "batches.index"),
    (Action.PROJECT_VIEW, _("Rounds of checks"), "rounds.index"),
    (Action.PROJECT_VIEW, _("Guidelines, and what the answers mean"), "guidelines.show"),
    (Action.INTEREST_DECLARE, _("Interests: what I should not check"), "interests.index"),
    (Action.PROJECT_MANAGE, _("Scales of answers"), "scales.index"),
    (Action.PROJECT_MANAGE, _("Settings and people"), "projects.settings"),
)
# Pages that are there only where the project counts people.
COUNTING = frozenset({"projects.people"})


def first_step(actor: Actor, project: ProjectRecord, waiting: Waiting) -> Step | None:
    """What the actor may do where nothing waits; None where there is nothing to do or read."""
    for rule in FIRST:
        if may(actor, rule.leave, project.id) and rule.is_next(waiting):
            path = url_for(rule.endpoint, slug=project.slug, state=rule.state)
            return Step(str(rule.words), path)
    return None


def other_steps(actor: Actor, project: ProjectRecord) -> Iterator[Step]:
    """The ways to the project's other pages that the actor may open."""
    for leave, words, endpoint in OTHERS:
        is_there = project.counts_people or endpoint not in COUNTING
        if is_there and may(actor, leave, project.id):
            yield Step(str(words), url_for(endpoint, slug=project.slug))
