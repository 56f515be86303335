"""Which claims a list holds: what is asked for, as conditions that a database answers.

Every condition is a row of one table. None tells more than a page would: states are those that the
actor may see, and whose checks they are is known to oneself, and to leads who are not blind.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, or_
from sqlmodel import col, select

from app.domain.actors import Actor
from app.domain.blindness import SeenState
from app.domain.due import DueSpan
from app.domain.left import Left
from app.domain.permissions import Action, may
from app.domain.words import ClaimState, ReviewState
from app.storage.aliases import alias_of
from app.storage.bars import is_known, is_secret_to
from app.storage.blind import is_blind_to
from app.storage.claim_texts import has_letters
from app.storage.claims import visible
from app.storage.left import UNFINISHED, wants_in
from app.storage.naming import Asked, Keys, between
from app.storage.tables import (
    Agent,
    Batch,
    Claim,
    ClaimRound,
    ClaimTag,
    ClaimTally,
    Hop,
    Label,
    Review,
    Ruling,
)

Condition = ColumnElement[bool]

_newer = alias_of(Ruling, "claim_id", "version")
_further = alias_of(Hop, "claim_id", "claim_version", "position")
_said = alias_of(Claim, "id", "version")


@dataclass(frozen=True, slots=True)
class Met:
    """Claims of some parts whose blind answers to "Is it so?" make one of some patterns."""

    slices: tuple[int, ...]
    patterns: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFilter:
    """Which claims are wanted; what is left empty does not matter.

    Attributes:
        text: words of the claim.
        who: words of the name of anybody in the chain of who said it.
        verdict: the code of a label.
        article_id, batch_id, claimant_id, group_id, person_id: integer keys.
        person_id: who holds a check of it or gave one.
        not_mine: the actor holds no check of it and gave none.
        due: when it is due.
        left: what is left to do with it.
        without_known: it is not there to teach people or to test them.
        without_pilots: its batch, if it is in one, is no pilot.
        met: which answers its checks gave; only claims that the actor may see whole are found.
    """

    state: SeenState | None = None
    text: str = ""
    who: str = ""
    verdict: str = ""
    tag: str = ""
    article_id: int | None = None
    batch_id: int | None = None
    claimant_id: int | None = None
    group_id: int | None = None
    person_id: int | None = None
    not_mine: bool = False
    due: DueSpan | None = None
    left: Left | None = None
    without_known: bool = False
    without_pilots: bool = False
    met: Met | None = None

    @property
    def is_empty(self) -> bool:
        """Whether every claim is wanted."""
        return all(getattr(self, field.name) == field.default for field in fields(self))


ALL = ClaimFilter()


def conditions(
    actor: Actor,
    project_id: int,
    wanted: ClaimFilter,
    *,
    keys: Keys = (None, None),
    by_letters: bool = True,
) -> list[Condition]:
    """What must hold of the claims of a project that a filter finds.

    ``by_letters``: where a text is looked for, all claims that have its letters are looked up.
    ``keys``: only claims from a key on, up to another, are asked for; with None they come in
    another order, and what names a claim is looked up for each of them.
    """
    asked = Asked(actor, project_id, wanted, by_letters, keys)
    found: list[Condition] = [_is_in(project_id, wanted), visible()]
    found += between(col(Claim.id), *keys) if keys is not None else []
    for name, condition in _CONDITIONS.items():
        if getattr(wanted, name):
            found += condition(asked)
    return found


def _is_in(project_id: int, wanted: ClaimFilter) -> Condition:
    """Whether a claim is of the project, asked so that its index is not read where a narrower one is there."""
    is_narrow = wanted.article_id or wanted.batch_id or wanted.group_id
    return (col(Claim.project_id) + 0 if is_narrow else col(Claim.project_id)) == project_id


def _text(asked: Asked) -> Sequence[Condition]:
    words = asked.wanted.text
    found = col(Claim.text).icontains(words, autoescape=True)
    return [has_letters(col(Claim.id), words), found] if asked.by_letters else [found]


def agents_called(project_id: int, words: str) -> Any:  # noqa: ANN401 - a question
    """The keys of those whose names have some words in them."""
    return select(Agent.id).where(
        Agent.project_id == project_id, col(Agent.name).icontains(words, autoescape=True)
    )


def _who(asked: Asked) -> Sequence[Condition]:
    named = agents_called(asked.project_id, asked.wanted.who)
    hop = exists().where(
        col(Hop.claim_id) == col(Claim.id),
        col(Hop.claim_version) == col(Claim.version),
        col(Hop.agent_id).in_(named),
    )
    return [hop.correlate(Claim)]


def _verdict(asked: Asked) -> Sequence[Condition]:
    """The last version of the ruling says so."""
    is_last = ~exists().where(
        col(_newer.claim_id) == col(Ruling.claim_id), col(_newer.version) > col(Ruling.version)
    ).correlate(Ruling)
    ruled = (
        select(Ruling.claim_id)
        .join(Label, col(Label.id) == col(Ruling.content_label_id))
        .where(col(Label.code) == asked.wanted.verdict, is_last)
    )
    labels = select(Label.id).where(Label.code == asked.wanted.verdict)
    given = select(Ruling.claim_id).where(col(Ruling.content_label_id).in_(labels))
    named = asked.names(ruled, col(Ruling.claim_id), among=given)
    return [col(Claim.state) == ClaimState.SETTLED, named]


def _tag(asked: Asked) -> Sequence[Condition]:
    tagged = select(ClaimTag.claim_id).where(
        ClaimTag.project_id == asked.project_id, ClaimTag.tag == asked.wanted.tag
    )
    return [asked.names(tagged, col(ClaimTag.claim_id))]


def _article(asked: Asked) -> Sequence[Condition]:
    return [col(Claim.article_id) == asked.wanted.article_id]


def _batch(asked: Asked) -> Sequence[Condition]:
    return [col(Claim.batch_id) == asked.wanted.batch_id]


def is_in_pilot() -> Condition:
    """Whether a claim's batch is for trying the guidelines."""
    pilots = select(Batch.id).where(col(Batch.is_pilot))
    # A claim in no batch: the comparison alone would say neither yes nor no.
    return and_(col(Claim.batch_id).is_not(None), col(Claim.batch_id).in_(pilots))


def _group(asked: Asked) -> Sequence[Condition]:
    return [col(Claim.claim_group_id) == asked.wanted.group_id]


def _claimant(asked: Asked) -> Sequence[Condition]:
    """The last step of the chain is theirs."""
    is_last = ~exists().where(
        col(_further.claim_id) == col(Hop.claim_id),
        col(_further.claim_version) == col(Hop.claim_version),
        col(_further.position) > col(Hop.position),
    ).correlate(Hop)
    theirs = (
        select(Hop.claim_id)
        .join(
            _said,
            and_(col(_said.id) == col(Hop.claim_id), col(_said.version) == col(Hop.claim_version)),
        )
        .where(Hop.agent_id == asked.wanted.claimant_id, is_last)
    )
    named = select(Hop.claim_id).where(Hop.agent_id == asked.wanted.claimant_id)
    return [asked.names(theirs, col(Hop.claim_id), among=named)]


def dates(wanted: ClaimFilter) -> list[Condition]:
    """The dates that a filter wants."""
    span = wanted.due or DueSpan()
    found: list[Condition] = []
    if span.begins is not None:
        found.append(col(Claim.due_at) >= span.begins)
    if span.ends is not None:
        found.append(col(Claim.due_at) < span.ends)
    return found


def _due(asked: Asked) -> Sequence[Condition]:
    span = asked.wanted.due or DueSpan()
    if span.is_unset:
        return [col(Claim.due_at).is_(None)]
    found = dates(asked.wanted)
    if span.is_late:
        found.append(col(Claim.state).in_(UNFINISHED))
    return found


def _left(asked: Asked) -> Sequence[Condition]:
    left = asked.wanted.left
    return [] if left is None else wants_in(asked.actor, asked.project_id, left)


def _met(asked: Asked) -> Sequence[Condition]:
    met = asked.wanted.met or Met((), ())
    # Asked of each claim that is looked at: a list of all of them would be made for each page.
    found = exists().where(
        col(ClaimRound.claim_id) == col(Claim.id),
        col(ClaimTally.claim_round_id) == col(ClaimRound.id),
        col(ClaimTally.slice_id).in_(met.slices),
        col(ClaimTally.content).in_(met.patterns),
    )
    return [found.correlate(Claim), _seen_whole(asked)]


def _seen_whole(asked: Asked) -> Condition:
    """As ``domain.blindness`` says: settled claims, and to leads those with all their checks."""
    is_settled = col(Claim.state) == ClaimState.SETTLED
    if not may(asked.actor, Action.REVIEW_SEE_ALL, asked.project_id):
        return is_settled
    wants_more = exists().where(
        col(ClaimRound.claim_id) == col(Claim.id),
        col(ClaimRound.settled_at).is_(None),
        col(ClaimRound.reviews_done) < col(ClaimRound.reviews_wanted),
    )
    return or_(is_settled, and_(col(Claim.state) == ClaimState.OPEN, ~wants_more))


def _checks_of(asked: Asked, person_id: int | None) -> Any:  # noqa: ANN401 - a question
    """The claims of which somebody holds a check, or gave one."""
    is_held = and_(col(Review.state) == ReviewState.LENT, col(Review.slot).is_not(None))
    return _ever_of(asked, person_id).where(or_(is_held, col(Review.submitted_version) > 0))


def _ever_of(asked: Asked, person_id: int | None) -> Any:  # noqa: ANN401 - a question
    """The claims that somebody ever had."""
    return select(Review.claim_id).where(
        Review.project_id == asked.project_id, Review.reviewer_id == person_id
    )


def _person(asked: Asked) -> Sequence[Condition]:
    """Whose checks they are, as far as the actor may know."""
    actor, person_id = asked.actor, asked.wanted.person_id
    ever, checks = _ever_of(asked, person_id), _checks_of(asked, person_id)
    theirs = asked.names(checks, col(Review.claim_id), among=ever)
    if person_id == actor.person_id:
        return [theirs]
    if not may(actor, Action.REVIEW_SEE_ALL, asked.project_id):
        return [false()]
    return [theirs, ~is_blind_to(actor, col(Claim.id)), ~is_secret_to(actor)]


def _not_mine(asked: Asked) -> Sequence[Condition]:
    mine = _checks_of(asked, asked.actor.person_id)
    return [~asked.names(mine, col(Review.claim_id))]


def _state(asked: Asked) -> Sequence[Condition]:
    """What must hold of a claim that the actor sees in this state."""
    return [] if asked.wanted.state is None else _STATES[asked.wanted.state](asked)


def _plain(state: ClaimState) -> Callable[[Asked], Sequence[Condition]]:
    return lambda _asked: [col(Claim.state) == state]


def _waiting(asked: Asked) -> Sequence[Condition]:
    """Nothing waits for those to whom others' work is not shown.

    A claim of which all checks are in has no possible reviewer left: no lead is blind to it.
    """
    sees = may(asked.actor, Action.REVIEW_SEE_ALL, asked.project_id)
    return [col(Claim.state) == ClaimState.OPEN, _all_in() if sees else false()]


def _unsettled(asked: Asked) -> list[Condition]:
    rules: list[Condition] = [col(Claim.state) == ClaimState.OPEN]
    if may(asked.actor, Action.REVIEW_SEE_ALL, asked.project_id):
        rules.append(~_all_in())
    if may(asked.actor, Action.GOLD_SET, asked.project_id):
        # To those who know which claims have known answers they are no work.
        rules.append(~is_known(col(Claim.id)))
    return rules


def _mine_done(asked: Asked) -> Sequence[Condition]:
    ever = _ever_of(asked, asked.actor.person_id)
    mine = ever.where(col(Review.submitted_version) > 0)
    return [*_unsettled(asked), asked.names(mine, col(Review.claim_id), among=ever)]


def _to_do(asked: Asked) -> Sequence[Condition]:
    return [*_unsettled(asked), ~_is_mine(asked)]


def _all_in() -> Condition:
    return (
        exists()
        .where(
            col(ClaimRound.claim_id) == col(Claim.id),
            # One that went on into another round was complete before, and left open here.
            col(ClaimRound.settled_at).is_(None),
            col(ClaimRound.reviews_done) >= col(ClaimRound.reviews_wanted),
        )
        .correlate(Claim)
    )


def _is_mine(asked: Asked) -> Condition:
    mine = exists().where(
        col(Review.claim_id) == col(Claim.id),
        col(Review.reviewer_id) == asked.actor.person_id,
        col(Review.submitted_version) > 0,
    )
    return mine.correlate(Claim)


_STATES: Mapping[SeenState, Callable[[Asked], Sequence[Condition]]] = {
    SeenState.SUGGESTED: _plain(ClaimState.CANDIDATE),
    SeenState.DROPPED: _plain(ClaimState.REJECTED),
    SeenState.SETTLED: _plain(ClaimState.SETTLED),
    SeenState.TO_DO: _to_do,
    SeenState.MINE_DONE: _mine_done,
    SeenState.WAITING: _waiting,
}
_CONDITIONS: Mapping[str, Callable[[Asked], Sequence[Condition]]] = {
    "state": _state,
    "text": _text,
    "who": _who,
    "verdict": _verdict,
    "tag": _tag,
    "article_id": _article,
    "batch_id": _batch,
    "claimant_id": _claimant,
    "group_id": _group,
    "person_id": _person,
    "not_mine": _not_mine,
    "due": _due,
    "left": _left,
    "without_known": lambda _asked: [~is_known(col(Claim.id))],
    "without_pilots": lambda _asked: [~is_in_pilot()],
    "met": _met,
}
