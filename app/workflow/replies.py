"""The right of reply: asking somebody about a claim, and writing down what came back."""

from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta

from sqlmodel import Session, select

from app.domain.actors import Actor
from app.domain.dates import due_year
from app.domain.errors import Invalid, Missing, Stale, WrongState
from app.domain.ids import now
from app.domain.permissions import Action, ask_leave
from app.domain.replies import check_dates
from app.domain.words import Channel
from app.storage.claims import visible
from app.storage.locking import locked
from app.storage.tables import Claim, Reply, ReplyVersion
from app.workflow.events import record_event
from app.workflow.parking import end_waits

MAX_WHOM = 300
MAX_TEXT = 20_000
# The clocks of two machines, or a minute that is typed before it is over.
SKEW = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyValues:
    """What is known of a request; an answer in words without its time came just now."""

    whom: str
    channel: Channel | None = None
    asked: str = ""
    sent_at: datetime | None = None
    deadline_at: datetime | None = None
    answered_at: datetime | None = None
    answer: str = ""
    is_quotable: bool | None = None
    not_applicable_because: str | None = None


NAMES = tuple(field.name for field in fields(ReplyValues))


def request(session: Session, actor: Actor, claim_id: str, *, values: ReplyValues) -> str:
    """Write down that somebody is asked about a claim. Answers the request's public id.

    The same words sent twice are one request.

    Raises:
        Invalid: nobody is named, a text is too long, or the dates cannot be.
    """
    claim = session.exec(select(Claim).where(Claim.public_id == claim_id, visible())).first()
    if claim is None:
        raise Missing("claim.missing")
    ask_leave(actor, Action.REPLY_ADD, claim.project_id)
    said = _checked(values)
    known = _same(session, actor, claim, said)
    if known is not None:
        return known
    row = Reply(
        project_id=claim.project_id,
        claim_id=claim.key,
        created_by_id=actor.person_id,
        **{name: getattr(said, name) for name in NAMES},
    )
    session.add(row)
    session.flush()
    _tell(session, actor, "reply.add", row)
    if said.answered_at is not None:
        end_waits(session, claim.key)
    session.flush()
    return row.public_id


def _same(session: Session, actor: Actor, claim: Claim, said: ReplyValues) -> str | None:
    """The request that this person wrote down in the very same words."""
    query = select(Reply).where(
        Reply.claim_id == claim.key, Reply.created_by_id == actor.person_id, Reply.version == 1
    )
    for row in session.exec(query):
        if _words(row) == said:
            return row.public_id
    return None


def change(
    session: Session, actor: Actor, reply_id: str, *, values: ReplyValues, version: int
) -> None:
    """Write down more of a request; what it said before is kept. Nothing new is no new version.

    Raises:
        Stale: somebody else wrote more since the form was shown.
        WrongState: its words were erased.
        Invalid: nobody is named, a text is too long, or the dates cannot be.
    """
    row = locked(session, Reply, reply_id)
    ask_leave(actor, Action.REPLY_ADD, row.project_id)
    if row.erased_at is not None:
        raise WrongState("reply.erased")
    before = _words(row)
    said = _checked(values, known=before)
    if said == before:
        return
    if row.version != version:
        raise Stale("reply.stale", version=row.version)
    changed = [name for name in NAMES if getattr(said, name) != getattr(before, name)]
    kept = {name: getattr(before, name) for name in NAMES}
    session.add(
        ReplyVersion(reply_id=row.key, version=row.version, replaced_by_id=actor.person_id, **kept)
    )
    for name in changed:
        setattr(row, name, getattr(said, name))
    row.version += 1
    _tell(session, actor, "reply.change", row, version=row.version, fields=changed)
    if before.answered_at is None and said.answered_at is not None:
        end_waits(session, row.claim_id)
    session.flush()


def _words(row: Reply) -> ReplyValues:
    return ReplyValues(**{name: getattr(row, name) for name in NAMES})


def _checked(values: ReplyValues, *, known: ReplyValues | None = None) -> ReplyValues:
    """The values tidied; an answer without a time is of now, or of when it was first known."""
    said = replace(
        values,
        whom=" ".join(values.whom.split()),
        asked=values.asked.strip(),
        answer=values.answer.strip(),
        not_applicable_because=(values.not_applicable_because or "").strip() or None,
    )
    if said.answer and said.answered_at is None:
        first = None if known is None else known.answered_at
        said = replace(said, answered_at=first or now())
    _check_texts(said)
    for field in ("sent_at", "deadline_at", "answered_at"):
        _check_year(field, getattr(said, field))
    check_dates(
        sent_at=said.sent_at,
        deadline_at=said.deadline_at,
        answered_at=said.answered_at,
        at=now() + SKEW,
    )
    return said


def _check_texts(said: ReplyValues) -> None:
    if not said.whom or len(said.whom) > MAX_WHOM:
        raise Invalid("reply.whom", field="whom", limit=MAX_WHOM)
    for name in ("asked", "answer", "not_applicable_because"):
        if len(getattr(said, name) or "") > MAX_TEXT:
            raise Invalid("review.long", field=name, limit=MAX_TEXT)
    if said.answered_at is not None and said.not_applicable_because is not None:
        raise Invalid("reply.both", field="not_applicable_because")


def _check_year(field: str, moment: datetime | None) -> None:
    try:
        if moment is not None:
            due_year(moment.year)
    except Invalid as refusal:
        raise Invalid(refusal.code, **{**refusal.values, "field": field}) from None


def _tell(session: Session, actor: Actor, action: str, row: Reply, **details: object) -> None:
    record_event(
        session,
        actor,
        action,
        noun="reply",
        thing=row.public_id,
        project_id=row.project_id,
        claim_id=row.claim_id,
        **details,
    )
