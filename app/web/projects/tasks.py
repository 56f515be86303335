"""What waits in a project, in sentences: worst first, each with the list behind its number."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flask import url_for
from flask_babel import ngettext

from app.domain.actors import Actor
from app.domain.blindness import SeenState
from app.domain.permissions import Action, may
from app.domain.records import ProjectRecord
from app.storage.waiting import Waiting

Said = Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Task:
    """A number of things that wait; ``sentence`` says it whole, ``short`` within another one."""

    number: int
    sentence: str
    short: str
    path: str
    is_urgent: bool


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of waiting: who is told, how many there are, where their list is.

    ``state`` is what a list of claims is filtered by.
    """

    leave: Action
    number: Callable[[Waiting], int]
    endpoint: str
    sentence: Said
    short: Said
    is_urgent: bool = False
    state: SeenState | None = None


KINDS = (
    Kind(
        Action.REVIEW_TAKE,
        lambda w: w.returned,
        "reviews.index",
        lambda n: ngettext(
            "%(num)d check was sent back to you with a question",
            "%(num)d checks were sent back to you with a question",
            n,
        ),
        lambda n: ngettext("%(num)d sent back to you", "%(num)d sent back to you", n),
        is_urgent=True,
    ),
    Kind(
        Action.CLAIM_SETTLE,
        lambda w: w.to_settle,
        "settle.index",
        lambda n: ngettext(
            "%(num)d claim waits to be settled", "%(num)d claims wait to be settled", n
        ),
        lambda n: ngettext("%(num)d to settle", "%(num)d to settle", n),
        is_urgent=True,
    ),
    Kind(
        Action.CLAIM_PICK,
        lambda w: w.claims(SeenState.SUGGESTED),
        "pick.show",
        lambda n: ngettext(
            "%(num)d suggestion to look through", "%(num)d suggestions to look through", n
        ),
        lambda n: ngettext("%(num)d suggestion", "%(num)d suggestions", n),
    ),
    Kind(
        Action.REVIEW_TAKE,
        lambda w: w.in_hand,
        "reviews.start",
        lambda n: ngettext("%(num)d check is in your hands", "%(num)d checks are in your hands", n),
        lambda n: ngettext("%(num)d in your hands", "%(num)d in your hands", n),
    ),
    Kind(
        Action.REVIEW_TAKE,
        lambda w: w.free,
        "reviews.start",
        lambda n: ngettext("%(num)d claim to check", "%(num)d claims to check", n),
        lambda n: ngettext("%(num)d claim to check", "%(num)d claims to check", n),
    ),
    Kind(
        Action.CLAIM_SETTLE,
        lambda w: w.for_another,
        "claims.index",
        lambda n: ngettext(
            "%(num)d claim that you checked waits for somebody else to settle it",
            "%(num)d claims that you checked wait for somebody else to settle them",
            n,
        ),
        lambda n: ngettext("%(num)d for somebody else", "%(num)d for somebody else", n),
        state=SeenState.WAITING,
    ),
)


def tasks(actor: Actor, project: ProjectRecord, waiting: Waiting) -> list[Task]:
    """What the actor can do something about, worst first."""
    return list(_tasks(actor, project, waiting))


def _tasks(actor: Actor, project: ProjectRecord, waiting: Waiting) -> Iterator[Task]:
    for kind in KINDS:
        number = kind.number(waiting)
        if number > 0 and may(actor, kind.leave, project.id):
            path = url_for(kind.endpoint, slug=project.slug, state=kind.state)
            yield Task(number, kind.sentence(number), kind.short(number), path, kind.is_urgent)
