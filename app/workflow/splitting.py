"""One claim becomes two or more, each with words and a wording of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.errors import Invalid, Stale, WrongState
from app.domain.permissions import Action, ask_leave
from app.domain.spans import Span
from app.domain.words import ClaimState, FoundBy
from app.storage.locking import locked
from app.storage.projects import current_round
from app.storage.rulings import ruled_claims
from app.storage.tables import Bar, Claim, ClaimTag, Hop, Snapshot
from app.workflow.agents import carry_chain
from app.workflow.amendments import as_it_was, note_split
from app.workflow.claims import open_round
from app.workflow.events import record_event
from app.workflow.kinds import keep_grounded
from app.workflow.places import checked_span, hold_article, remember_first, set_place, stand
from app.workflow.quantities import figures_of, read_figures
from app.workflow.wordings import checked_wording, reword

MAX_PARTS = 10
# What every part of a claim has in common.
SHARED = (
    *("project_id", "article_id", "state", "priority", "due_at", "kinds", "checkworthiness"),
    *("grounds", "marks"),
    *("reasons", "against", "language", "said_on", "seen_at_url", "selection_reason", "batch_id"),
    *(
        "quote_translation",
        "translated_by",
        "context",
        "picked_at",
        "put_off_at",
        "chain_confirmed_at",
        "chain_confirmed_by_id",
    ),
)
SHARED_BY_HOPS = (
    *("position", "agent_id", "cue", "mode", "url", "said_on", "is_seen", "ends_because"),
    *("start", "end"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One of the claims to be: its wording, and its words where the claim stands in a text."""

    text: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """The parts of a claim in order; ``version`` is the version of the claim that was shown."""

    parts: tuple[Part, ...]
    version: int


def split(session: Session, actor: Actor, claim_id: str, *, values: Split) -> list[str]:
    """Make several claims of one. Answers their public ids, that of the first part first.

    The first part stays the claim that it was, with its history and the checks that were begun.

    Raises:
        WrongState: it is settled, or was and is checked anew.
        Stale: somebody corrected or split it since it was shown.
        Invalid: fewer than two parts, too many, or parts that share words or reach beyond it.
    """
    hold_article(session, claim_id)
    row = locked(session, Claim, claim_id)
    ask_leave(actor, Action.CLAIM_EDIT, row.project_id)
    if row.state is ClaimState.SETTLED or ruled_claims(session, [row.key]):
        raise WrongState("split.settled")
    if row.version != values.version:
        raise Stale("claim.stale", version=row.version)
    before = as_it_was(session, row)
    others = _take_apart(session, actor, row, values.parts)
    _share(session, row, others)
    note_split(session, actor, row, before=before, parts=others)
    _tell(session, actor, row, others)
    return [row.public_id, *(other.public_id for other in others)]


def _take_apart(session: Session, actor: Actor, row: Claim, parts: Sequence[Part]) -> list[Claim]:
    """Cut a claim to its first part. Answers the claims that the other parts are."""
    texts = _worded_all(parts)
    snapshot = session.get_one(Snapshot, row.snapshot_id) if row.snapshot_id else None
    spans = [] if snapshot is None else _spans(row, snapshot, parts)
    others = [_part(actor, row, text) for text in texts[1:]]
    if snapshot is not None:
        for other, span in zip(others, spans[1:], strict=True):
            stand(other, snapshot, span)
        remember_first(session, row)
    _add(session, row, others)
    if texts[0] != row.text:
        reword(session, row, texts[0])
    carry_chain(session, row)
    if snapshot is not None:
        by_id = actor.person_id
        set_place(session, row, snapshot, spans[0], found_by=FoundBy.HAND, by_id=by_id)
    return others


def _worded(part: Part, number: int) -> str:
    try:
        return checked_wording(part.text)
    except Invalid as error:
        raise Invalid(error.code, **{**error.values, "field": f"parts-{number}-text"}) from None


def _worded_all(parts: Sequence[Part]) -> list[str]:
    texts = [_worded(part, number) for number, part in enumerate(parts)]
    if len(texts) < 2:
        raise Invalid("split.few")
    if len(texts) > MAX_PARTS:
        raise Invalid("split.many", limit=MAX_PARTS)
    return texts


def _spans(row: Claim, snapshot: Snapshot, parts: Sequence[Part]) -> list[Span]:
    """The words of each part, within the claim's, in order and without any in common."""
    spans = []
    for number, part in enumerate(parts):
        try:
            span = checked_span(snapshot.text, part.start or 0, part.end or 0)
        except Invalid as error:
            field = f"parts-{number}-{error.values.get('field', 'first')}"
            raise Invalid(error.code, **{**error.values, "field": field}) from None
        if span.start < (row.start or 0) or (row.end or 0) < span.end:
            raise Invalid("split.beyond", field=f"parts-{number}-first")
        spans.append(span)
    for number, (one, next_one) in enumerate(pairwise(spans), start=1):
        if next_one.start < one.end:
            raise Invalid("split.shared", field=f"parts-{number}-first")
    return spans


def _part(actor: Actor, row: Claim, text: str) -> Claim:
    """A claim like another one but for its words."""
    shared = {name: getattr(row, name) for name in SHARED}
    return Claim(**shared, text=text, created_by_id=actor.person_id)


def _add(session: Session, row: Claim, others: Sequence[Claim]) -> None:
    """Store the parts with all that is theirs too, and a place on the list.

    That is who said it, what they are filed under, and whom they are kept from.
    """
    session.add_all(others)
    session.flush()
    hops = session.exec(
        select(Hop)
        .where(Hop.claim_id == row.key, Hop.claim_version == row.version)
        .order_by(col(Hop.position))
    ).all()
    tags = session.exec(
        select(ClaimTag.tag).where(ClaimTag.claim_id == row.key).order_by(col(ClaimTag.id))
    ).all()
    bars = session.exec(select(Bar).where(Bar.claim_id == row.key).order_by(col(Bar.id))).all()
    for other in others:
        session.add_all(
            Bar(claim_id=other.key, person_id=bar.person_id, reason=bar.reason) for bar in bars
        )
        session.add_all(
            Hop(claim_id=other.key, **{name: getattr(hop, name) for name in SHARED_BY_HOPS})
            for hop in hops
        )
        session.add_all(
            ClaimTag(project_id=row.project_id, claim_id=other.key, tag=tag) for tag in tags
        )
        if other.state is ClaimState.OPEN:
            open_round(session, other, current_round(session, row.project_id))
    session.flush()


def _share(session: Session, row: Claim, others: Sequence[Claim]) -> None:
    """Figures and kinds go with the part whose words state them."""
    known = figures_of(session, row.key)
    for part in (row, *others):
        keep_grounded(part)
        read_figures(session, part, known=known)


def _tell(session: Session, actor: Actor, row: Claim, others: Sequence[Claim]) -> None:
    record_event(
        session,
        actor,
        "claim.split",
        noun="claim",
        thing=row.public_id,
        project_id=row.project_id,
        claim_id=row.key,
        version=row.version,
        into=[other.public_id for other in others],
    )
    for other in others:
        record_event(
            session,
            actor,
            Action.CLAIM_ADD,
            noun="claim",
            thing=other.public_id,
            project_id=row.project_id,
            claim_id=other.key,
            of=row.public_id,
        )
    session.flush()
