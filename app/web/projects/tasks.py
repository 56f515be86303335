"""What waits in a project, in sentences: worst first, each with the list behind its number.

Beside each stands what starts the work: a way to a page, or a button that lends a claim.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _
from flask_babel import ngettext

from app.domain.actors import Actor
from app.domain.blindness import SeenState
from app.domain.comments import TalkFilter
from app.domain.due import Due
from app.domain.left import Left
from app.domain.permissions import Action, may
from app.domain.records import ProjectRecord
from app.storage.waiting import Waiting

Said = Callable[[int], str]

TAKE = "reviews.take"
# Of each project on the first page; its own page has all.
MOST_ON_FIRST_PAGE = 2


@dataclass(frozen=True, slots=True)
class Task:
    """A number of things that wait, in a sentence; ``takes`` says that its start is a post."""

    number: int
    sentence: str
    path: str
    act: str
    start: str
    takes: bool
    is_urgent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of waiting.

    Attributes:
        leave: who is told.
        number: how many there are.
        endpoint, query: where their list is.
        act: what to do about it, and ``start`` where; the list itself where that is left out.
    """

    leave: Action
    number: Callable[[Waiting], int]
    endpoint: str
    sentence: Said
    act: Any
    start: str = ""
    is_urgent: bool = False
    query: Mapping[str, Any] = field(default_factory=dict)


KINDS = (
    Kind(
        leave=Action.CLAIM_CORRECT,
        number=lambda w: w.to_update,
        endpoint="claims.index",
        query={"left": Left.UPDATE},
        sentence=lambda n: ngettext(
            "%(num)s published verdict was corrected since: the published text is out of date",
            "%(num)s published verdicts were corrected since: the published texts are out of date",
            n,
        ),
        act=_("Bring it up to date"),
        is_urgent=True,
    ),
    Kind(
        leave=Action.FLAG_CLEAR,
        number=lambda w: w.flagged,
        endpoint="flags.index",
        sentence=lambda n: ngettext(
            "%(num)s claim rests on a source that changed",
            "%(num)s claims rest on a source that changed",
            n,
        ),
        act=_("Look at them again"),
        is_urgent=True,
    ),
    Kind(
        leave=Action.CLAIM_SETTLE,
        number=lambda w: w.overdue,
        endpoint="claims.index",
        query={"due": Due.OVERDUE, "sort": "due"},
        sentence=lambda n: ngettext("%(num)s claim is overdue", "%(num)s claims are overdue", n),
        act=_("See who has them"),
        is_urgent=True,
    ),
    Kind(
        leave=Action.REVIEW_TAKE,
        number=lambda w: w.returned,
        endpoint="reviews.index",
        sentence=lambda n: ngettext(
            "%(num)s check was sent back to you with a question",
            "%(num)s checks were sent back to you with a question",
            n,
        ),
        act=_("Answer it"),
        start=TAKE,
        is_urgent=True,
    ),
    Kind(
        leave=Action.PROJECT_VIEW,
        number=lambda w: w.asked,
        endpoint="comments.index",
        query={"show": TalkFilter.ASKED},
        sentence=lambda n: ngettext(
            "%(num)s open question to you", "%(num)s open questions to you", n
        ),
        act=_("Answer them"),
        is_urgent=True,
    ),
    Kind(
        leave=Action.CLAIM_SETTLE,
        number=lambda w: w.to_settle,
        endpoint="settle.index",
        sentence=lambda n: ngettext(
            "%(num)s claim waits to be settled", "%(num)s claims wait to be settled", n
        ),
        act=_("Settle claims"),
        is_urgent=True,
    ),
    Kind(
        leave=Action.CLAIM_ASSIGN,
        number=lambda w: w.nobody_left,
        endpoint="claims.index",
        query={"left": Left.NOBODY},
        sentence=lambda n: ngettext(
            "%(num)s claim waits for a check that nobody is left to give",
            "%(num)s claims wait for a check that nobody is left to give",
            n,
        ),
        act=_("Find somebody, or ask for no more checks"),
        is_urgent=True,
    ),
    Kind(
        leave=Action.REPLY_ADD,
        number=lambda w: w.replies_due,
        endpoint="replies.index",
        sentence=lambda n: ngettext(
            "%(num)s reply is due today or overdue", "%(num)s replies are due today or overdue", n
        ),
        act=_("See the replies"),
        is_urgent=True,
    ),
    Kind(
        leave=Action.CLAIM_PICK,
        number=lambda w: w.claims(SeenState.SUGGESTED),
        endpoint="pick.show",
        sentence=lambda n: ngettext(
            "%(num)s suggestion to look through", "%(num)s suggestions to look through", n
        ),
        act=_("Pick claims"),
    ),
    Kind(
        leave=Action.REVIEW_TAKE,
        number=lambda w: w.in_hand,
        endpoint="reviews.start",
        sentence=lambda n: ngettext(
            "%(num)s check is in your hands", "%(num)s checks are in your hands", n
        ),
        act=_("Go on with your check"),
        start=TAKE,
    ),
    Kind(
        leave=Action.REVIEW_TAKE,
        number=lambda w: w.free,
        endpoint="reviews.start",
        sentence=lambda n: ngettext("%(num)s claim to check", "%(num)s claims to check", n),
        act=_("Check the next claim"),
        start=TAKE,
    ),
    Kind(
        leave=Action.CLAIM_SETTLE,
        number=lambda w: w.second_check,
        endpoint="claims.index",
        query={"left": Left.SECOND_CHECK},
        sentence=lambda n: ngettext(
            "%(num)s claim waits for a second checker",
            "%(num)s claims wait for a second checker",
            n,
        ),
        act=_("Find a checker"),
    ),
    Kind(
        leave=Action.CLAIM_PUBLISH,
        number=lambda w: w.to_publish,
        endpoint="claims.index",
        query={"left": Left.PUBLISHING},
        sentence=lambda n: ngettext(
            "%(num)s claim is settled and not published",
            "%(num)s claims are settled and not published",
            n,
        ),
        act=_("Publish them"),
    ),
    Kind(
        leave=Action.CLAIM_SETTLE,
        number=lambda w: w.for_another,
        endpoint="claims.index",
        query={"state": SeenState.WAITING},
        sentence=lambda n: ngettext(
            "%(num)s claim that you checked waits for somebody else to settle it",
            "%(num)s claims that you checked wait for somebody else to settle them",
            n,
        ),
        act=_("See which"),
    ),
)


def tasks(actor: Actor, project: ProjectRecord, waiting: Waiting) -> list[Task]:
    """What the actor can do something about, worst first."""
    return list(_tasks(actor, project, waiting))


def _tasks(actor: Actor, project: ProjectRecord, waiting: Waiting) -> Iterator[Task]:
    for kind in KINDS:
        number = kind.number(waiting)
        if number > 0 and may(actor, kind.leave, project.id):
            path = url_for(kind.endpoint, slug=project.slug, **kind.query)
            yield Task(
                number=number,
                sentence=kind.sentence(number),
                path=path,
                act=str(kind.act),
                start=url_for(kind.start, slug=project.slug) if kind.start else path,
                takes=kind.start == TAKE,
                is_urgent=kind.is_urgent,
            )
