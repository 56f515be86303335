"""Settling many claims together of which all checks gave the same answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.consensus import Answer, all_agree
from app.domain.errors import Missing, Stale, WrongState
from app.domain.evidence_words import GateProfile
from app.domain.permissions import Action, ask_leave
from app.domain.words import Decides
from app.storage.locking import AFRESH
from app.storage.projects import by_id
from app.storage.rulings import submitted_answers
from app.storage.scales import vocabulary_of
from app.storage.settling import rounds_that_wait
from app.storage.tables import Claim, Label
from app.storage.unanimous import LOOKED_AT, LOT, lots, number_unanimous, still_unanimous
from app.workflow.gates import stopped
from app.workflow.rulings import settle_as_agreed

# SQLite has one writer: so many are settled in a fraction of a second.
MOST = 100


@dataclass(frozen=True, slots=True)
class Accepted:
    """How many claims are settled now, and how many more of the same kind wait.

    ``held``: how many were passed over, since they do not meet a rule of the project.
    """

    done: int
    left: int
    held: int = 0


@dataclass(frozen=True, slots=True)
class Acceptable:
    """The claims that can be accepted together, by key, and how many were passed over.

    A verdict that does not meet a rule of the project needs a reason of its own. ``place`` is the
    last claim that was looked at, where there are more behind it.
    """

    keys: tuple[int, ...]
    held: int
    place: int | None


def acceptable(
    session: Session,
    actor: Actor,
    project_id: int,
    *,
    until: datetime,
    after: int = 0,
    last: int | None = None,
    limit: int | None = None,
) -> Acceptable:
    """The first claims, at most ``limit`` or MOST, that meet the rules and on which all checks agree.

    After LOOKED_AT claims nobody looks further in one go: ``place`` is where to go on.

    Raises:
        Missing, NotAllowed: no leave.
    """
    limit = MOST if limit is None else limit
    has_rules = by_id(session, project_id).gate_profile is not GateProfile.NONE
    keys: list[int] = []
    held, place = 0, None
    found = lots(session, actor, project_id, until=until, after=after, last=last)
    for lot in islice(found, LOOKED_AT // LOT):
        answers = _agreed(session, project_id, lot.keys) if has_rules else {}
        stops = stopped(session, project_id, answers)
        for key in lot.keys:
            if len(keys) == limit:
                return Acceptable(tuple(keys), held, None)
            held += key in stops
            keys += [] if key in stops else [key]
        place = lot.place
    return Acceptable(tuple(keys), held, place)


def accept_unanimous(
    session: Session,
    actor: Actor,
    project_id: int,
    *,
    until: datetime,
    after: str = "",
    last: str | None = None,
    number: int = MOST,
) -> Accepted:
    """Settle the first MOST claims on which all checks agree; sent twice, it is done once.

    ``until``: when the page was made that showed how many there are. What was answered after it is
    left for another look, as is what the actor checked or has an interest in, what a person decided
    before, an answer that is not given any more, and what does not meet a rule of the project. By one decision each, as if by hand.
    ``last``: the last claim of those that the page meant, by its public id, and ``number``, how many
    they were: what comes after it was not shown. ``after``: the claim that they come after.

    Raises:
        Missing: ``last`` or ``after`` is no claim of the project.
        WrongState: checks are not independent here.
        Stale: more claims are meant by now than the page told.
    """
    ask_leave(actor, Action.CLAIM_SETTLE, project_id)
    if by_id(session, project_id).decides is not Decides.INDEPENDENT:
        raise WrongState("unanimous.signoff")
    up_to = None if last is None else key_of(session, project_id, last)
    begin = key_of(session, project_id, after) if after else 0
    found = acceptable(session, actor, project_id, until=until, after=begin, last=up_to)
    if len(found.keys) > number:
        raise Stale("unanimous.changed")
    done = _settle(session, actor, project_id, found.keys, until=until)
    left = number_unanimous(session, actor, project_id)
    return Accepted(done=done, left=left, held=found.held)


def _settle(
    session: Session, actor: Actor, project_id: int, keys: Sequence[int], *, until: datetime
) -> int:
    """Settle those of some claims on which all checks still agree; how many."""
    query = select(Claim).where(col(Claim.id).in_(keys)).order_by(col(Claim.id))
    claims = session.exec(query.with_for_update(key_share=True), execution_options=AFRESH).all()
    # Asked again of what is locked: nothing of it changes any more.
    rounds = rounds_that_wait(session, project_id)
    still = still_unanimous(session, actor, rounds, [one.key for one in claims], until=until)
    answers = _agreed(session, project_id, still)
    stops = stopped(session, project_id, answers)
    ready = [claim for claim in claims if claim.key in answers and claim.key not in stops]
    for claim in ready:
        settle_as_agreed(session, actor, claim, answers[claim.key])
    return len(ready)


def key_of(session: Session, project_id: int, claim_id: str) -> int:
    """The key of a claim of the project.

    Raises:
        Missing: there is none.
    """
    query = select(Claim.id).where(Claim.project_id == project_id, Claim.public_id == claim_id)
    key = session.exec(query).first()
    if key is None:
        raise Missing("claim.missing")
    return key


def _agreed(session: Session, project_id: int, keys: Sequence[int]) -> Mapping[int, Answer]:
    """What all checks of each claim answered, as the scales say it now; not what was retired."""
    lines = vocabulary_of(session, project_id).lines
    given = {key: lines.answers(found) for key, found in submitted_answers(session, keys).items()}
    same = {key: found[0] for key, found in given.items() if all_agree(found)}
    used = {label for answer in same.values() for label in (answer.content, answer.attribution)}
    retired = set(
        session.exec(
            select(Label.id).where(col(Label.id).in_(used), col(Label.retired_at).is_not(None))
        )
    )
    return {
        key: answer
        for key, answer in same.items()
        if not {answer.content, answer.attribution} & retired
    }
