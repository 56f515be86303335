"""What a claim that others were joined to has of them: why, how soon, for whom, kept from whom."""

from collections.abc import Sequence

from sqlalchemy import literal, update
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.permissions import Action
from app.domain.words import ActorKind, BarReason, ClaimState
from app.storage.bars import OF_CONFLICT, concerns
from app.storage.tables import Bar, Claim, ClaimRound, ClaimTag, Event, Interest
from app.workflow.barring import Pairs, bar_all
from app.workflow.claims import count_checks
from app.workflow.events import record_claim_event
from app.workflow.quantities import figures_of, read_figures
from app.workflow.seen_by_leads import bar_who_saw

# Of these a claim has one; where it has none, it takes that of the first that has one.
SINGLE = ("batch_id", "claim_group_id", "selection_reason", "said_on", "seen_at_url")
# Who has an interest may not settle a claim either: that reason stands before the others.
REASONS = (*OF_CONFLICT, *(reason for reason in BarReason if reason not in OF_CONFLICT))


def unite(session: Session, row: Claim, others: Sequence[Claim]) -> None:
    """Give the claim that stays what was known of the others: why, how soon, tags, figures."""
    every = [row, *others]
    for name in ("kinds", "reasons", "against", "marks", "grounds"):
        listed = [one for claim in every for one in getattr(claim, name)]
        setattr(row, name, [one for n, one in enumerate(listed) if one not in listed[:n]])
    for name in SINGLE:
        said = (getattr(claim, name) for claim in every)
        setattr(row, name, next((one for one in said if one is not None), None))
    worths = [claim.checkworthiness for claim in every if claim.checkworthiness is not None]
    row.checkworthiness = max(worths, default=None)
    row.priority = max(claim.priority for claim in every)
    row.due_at = min((claim.due_at for claim in every if claim.due_at), default=None)
    keys = [claim.key for claim in every]
    _unite_tags(session, row, keys)
    figures = [figure for key in keys[1:] for figure in figures_of(session, key)]
    read_figures(session, row, known=figures)


def _unite_tags(session: Session, row: Claim, keys: Sequence[int]) -> None:
    query = select(ClaimTag).where(col(ClaimTag.claim_id).in_(keys)).order_by(col(ClaimTag.id))
    tags = session.exec(query).all()
    has = {tag.tag for tag in tags if tag.claim_id == row.key}
    more = dict.fromkeys(tag.tag for tag in tags if tag.tag not in has)
    session.add_all(ClaimTag(project_id=row.project_id, claim_id=row.key, tag=tag) for tag in more)


def bar_from_all(
    session: Session, row: Claim, others: Sequence[Claim], *, of_chains: Sequence[int]
) -> None:
    """Close the claim that stays to whoever may not check one of the others.

    Called while each has its chain still; ``of_chains`` are the keys of those that will not have it.
    Who looked at the checks of one sees those of the one that stays: history says so.
    """
    keys = [other.key for other in others]
    for reason in REASONS:
        barred = select(literal(row.key), Bar.person_id).where(
            col(Bar.claim_id).in_(keys), Bar.reason == reason
        )
        _bar(session, row, barred.distinct(), reason)
    interested = (
        select(literal(row.key), Interest.person_id)
        .join(Claim, col(Claim.project_id) == col(Interest.project_id))
        .where(col(Claim.id).in_(of_chains), col(Interest.retired_at).is_(None), concerns(Interest))
    )
    _bar(session, row, interested.distinct(), BarReason.INTEREST)
    _tell_who_looked(session, row, others)


def _bar(session: Session, row: Claim, pairs: Pairs, reason: BarReason) -> None:
    if reason in OF_CONFLICT:
        weaker = update(Bar).where(
            col(Bar.claim_id) == row.key,
            col(Bar.reason).not_in(OF_CONFLICT),
            col(Bar.person_id).in_(select(pairs.subquery().c.person_id)),
        )
        session.execute(weaker.values(reason=reason).execution_options(synchronize_session=False))
    bar_all(session, pairs, reason)


def _tell_who_looked(session: Session, row: Claim, others: Sequence[Claim]) -> None:
    """Write down that those who looked at the checks of one of the others may look at these."""
    looked = select(Event.actor_id, Event.thing).where(
        col(Event.claim).in_([other.public_id for other in others]),
        Event.noun == "claim",
        Event.action == Action.CLAIM_UNBLIND.value,
    )
    for person_id, thing in session.exec(looked.order_by(col(Event.id))).all():
        who = Actor(kind=ActorKind.PERSON, person_id=person_id)
        record_claim_event(session, who, Action.CLAIM_UNBLIND, row, of=thing)


def want_most(session: Session, row: Claim, others: Sequence[Claim]) -> None:
    """Let the claim that stays, where it is to check, want as many checks as any of the others did.

    Where it is complete and wants more, whoever could read its checks gives none of these.
    """
    keys = [row.key, *(other.key for other in others)]
    query = select(ClaimRound).where(col(ClaimRound.claim_id).in_(keys))
    entries = {one.claim_id: one for one in session.exec(query.order_by(col(ClaimRound.id)))}
    entry = entries.get(row.key)
    if entry is None or row.state is not ClaimState.OPEN:
        return
    most = max(one.reviews_wanted for one in entries.values())
    if most > entry.reviews_wanted:
        is_complete = col(ClaimRound.reviews_done) >= col(ClaimRound.reviews_wanted)
        bar_who_saw(session, row.project_id, col(ClaimRound.id) == entry.key, is_complete)
        row.slots_free = count_checks(session, entry, most)
        session.flush()
