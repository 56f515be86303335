"""Lending claims with known answers, and holding what comes back against the answer."""

from functools import cache

from sqlalchemy import Executable, bindparam
from sqlmodel import Session, col, select

from app.domain.actors import SYSTEM, Actor
from app.domain.errors import WrongState
from app.domain.gold import Place, chosen, is_due
from app.domain.words import BarReason, ClaimState, GoldUse, NoticeKind, Role
from app.storage.bars import person_is_barred
from app.storage.claims import visible
from app.storage.gold import answer_of, is_right, known
from app.storage.kept import HERE, ME, given
from app.storage.leases import is_mine, is_open
from app.storage.outlook import Outlook
from app.storage.queue import PLACE, first_place
from app.storage.scales import vocabulary_of
from app.storage.tables import (
    Claim,
    GoldAnswer,
    Membership,
    Person,
    Project,
    Review,
    ReviewVersion,
)
from app.workflow.barring import bar_all
from app.workflow.events import record_event
from app.workflow.notices import tell


def next_known(
    session: Session, actor: Actor, project_id: int, look: Outlook, *, waits: bool = False
) -> Claim | None:
    """The claim with a known answer that a person is to be lent now, locked; None for an ordinary.

    Claims to learn from come before everything else. Others come now and then, but only while
    there are ordinary ones: where nothing is left, nothing is pushed. ``waits``: for a claim to
    learn from that somebody takes at this moment, which only those may who have locked no claim.
    """
    for key in _unseen(session, actor, project_id, GoldUse.TRAINING):
        found = _locked(session, key, waits=waits)
        if found is not None:
            return found
        # What was waited for may be locked, and have no known answer any more.
        waits = False
    return _next_hidden(session, actor, session.get_one(Project, project_id), look)


def _next_hidden(session: Session, actor: Actor, project: Project, look: Outlook) -> Claim | None:
    """The one that is mixed in, where one is due."""
    if project.gold_every == 0:
        return None
    person, lent = actor.person, look.lent
    secret = bytes.fromhex(project.pseudonym_key)
    if not is_due(secret, person=person, lent=lent, every=project.gold_every):
        return None
    hidden = _unseen(session, actor, project.key, GoldUse.GOLD)
    following = first_place(session, actor, project.key, look) if hidden else None
    if following is None:
        return None
    key = chosen(secret, hidden, before=following, person=person, lent=lent)
    return _locked(session, key)


def _unseen(session: Session, actor: Actor, project_id: int, use: GoldUse) -> dict[int, Place]:
    """Claims of one use that a person never had, with their places, in the order of the queue."""
    rows = session.execute(_known_to_come(), {**given(actor, project_id), "use": use})
    return {key: Place(*place) for key, *place in rows}


@cache
def _known_to_come() -> Executable:
    return (
        select(Claim.id, *PLACE)
        .join(GoldAnswer, col(GoldAnswer.claim_id) == col(Claim.id))
        .where(
            GoldAnswer.project_id == HERE,
            GoldAnswer.use == bindparam("use"),
            col(GoldAnswer.retired_at).is_(None),
            is_open(),
            visible(),
            ~is_mine(),
            ~person_is_barred(ME),
        )
        .order_by(col(Claim.priority).desc(), col(Claim.id))
    )


def _locked(session: Session, key: int, *, waits: bool = False) -> Claim | None:
    """A claim whose answer is still known; retired since it was chosen, it is an ordinary one."""
    query = select(Claim).where(Claim.id == key, Claim.state == ClaimState.OPEN)
    claim = session.exec(query.with_for_update(skip_locked=not waits, key_share=True)).first()
    # Asked by itself: who was waited for may have retired it, which the question above cannot see.
    return None if claim is None or known(session, key) is None else claim


def checked_known(session: Session, row: Review) -> GoldAnswer | None:
    """The known answer of the claim that somebody is about to answer, if it has one.

    Raises:
        WrongState: it was explained to them.
    """
    gold = known(session, row.claim_id)
    if gold is not None and gold.use is GoldUse.TRAINING and row.submitted_version > 0:
        raise WrongState("gold.explained")
    return gold


def compare(
    session: Session, claim: Claim, gold: GoldAnswer, *, row: Review, version: ReviewVersion
) -> bool:
    """Hold a first answer against the known one; editors are told of a miss, nobody is stopped.

    A line of history keeps what it was held against. Answers whether the person goes on at once:
    not before they have read what is to be learnt.
    """
    if version.number == 1:
        _compare_first(session, claim, gold, row=row, version=version)
    return gold.use is not GoldUse.TRAINING


def _compare_first(
    session: Session, claim: Claim, gold: GoldAnswer, *, row: Review, version: ReviewVersion
) -> None:
    words = vocabulary_of(session, claim.project_id)
    answered = answer_of(words, version.content_label_id, version.attribution_label_id)
    right = is_right(answered, answer_of(words, gold.content_label_id, gold.attribution_label_id))
    record_event(
        session,
        SYSTEM,
        "gold.compare",
        noun="gold-answer",
        thing=claim.public_id,
        project_id=claim.project_id,
        review=row.public_id,
        use=gold.use.value,
        label=gold.content_label_id,
        said=gold.attribution_label_id,
        right=right,
    )
    missed = NoticeKind.GOLD_MISSED
    if not right and gold.use is GoldUse.GOLD:
        for person_id in _editors(session, claim.project_id):
            tell(session, SYSTEM, missed, person_id=person_id, claim=claim, review=row)
    session.flush()


def _editors(session: Session, project_id: int) -> list[int]:
    query = (
        select(Person.id)
        .join(Membership, col(Membership.person_id) == col(Person.id))
        .where(
            Membership.project_id == project_id,
            Membership.role == Role.EDITOR,
            col(Membership.ended_at).is_(None),
            col(Person.is_active),
        )
        .order_by(col(Person.id))
    )
    return [key for key in session.exec(query) if key is not None]


def bar_from_known(session: Session, person_id: int) -> None:
    """Close to an admin, who is one no longer, all claims that have or had a known answer."""
    pairs = select(GoldAnswer.claim_id, Person.id).join(Person, col(Person.id) == person_id)
    bar_all(session, pairs, BarReason.UNBLINDED)
