"""Questions about the same statement in several places, and about verdicts that they share."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, exists, func, or_
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.blindness import is_blind
from app.domain.export_rows import GroupRow
from app.domain.permissions import Action, ask_leave
from app.domain.records import ClaimRecord
from app.domain.statements import telling_words
from app.domain.words import ClaimState
from app.storage.aliases import alias_of
from app.storage.claims import KEY, in_batch, records, standings, visible
from app.storage.rulings import ruled_claims
from app.storage.tables import Claim, ClaimGroup, Quantity, Ruling

LIKELY = 20
CHUNK = 500
ESCAPE = "\\"

_newer = alias_of(Ruling, "claim_id", "version")
_source = alias_of(Ruling, "claim_id", "id", "version")
_correction = alias_of(Ruling, "claim_id", "version")
_other = alias_of(Claim, "claim_group_id", "id")
_covered = alias_of(Claim, "id", "state")


def same_as(session: Session, claim_id: int) -> list[ClaimRecord]:
    """The other claims of a claim's group, oldest first."""
    mine = select(Claim.claim_group_id).where(Claim.id == claim_id).scalar_subquery()
    query = (
        select(KEY)
        .where(Claim.claim_group_id == mine, col(Claim.id) != claim_id, visible())
        .order_by(col(Claim.id))
    )
    return records(session, session.exec(query).all())


def likely_the_same(
    session: Session, claim: ClaimRecord, *, words: str = "", limit: int = LIKELY
) -> list[ClaimRecord]:
    """Claims of the project that may say the same: those that share most words and figures first.

    With ``words``, those whose wording has them all. Claims of its own group are left out.
    """
    mine = select(Claim.claim_group_id).where(Claim.id == claim.id).scalar_subquery()
    query = select(KEY).where(
        Claim.project_id == claim.project_id,
        col(Claim.id) != claim.id,
        or_(col(Claim.claim_group_id).is_(None), mine.is_(None), col(Claim.claim_group_id) != mine),
        visible(),
    )
    if words.strip():
        query = query.where(and_(*(_has(word) for word in words.split())))
        query = query.order_by(col(Claim.id).desc())
    else:
        shared = _shared(claim)
        if shared is None:
            return []
        query = query.where(shared > 1).order_by(shared.desc(), col(Claim.id).desc())
    return records(session, session.exec(query.limit(limit)).all())


def _has(word: str) -> ColumnElement[bool]:
    safe = word.lower().replace(ESCAPE, ESCAPE * 2).replace("%", r"\%").replace("_", r"\_")
    return func.lower(col(Claim.text)).like(f"%{safe}%", escape=ESCAPE)


def _shared(claim: ClaimRecord) -> ColumnElement[int] | None:
    """How many of a claim's telling words another has, a figure counting for two."""
    parts = [case((_has(word), 1), else_=0) for word in telling_words(claim.text)]
    figures = [
        and_(col(Quantity.value) == figure.value, col(Quantity.unit) == figure.unit)
        for figure in claim.quantities
    ]
    if figures:
        has_figure = exists().where(col(Quantity.claim_id) == col(Claim.id), or_(*figures))
        parts.append(case((has_figure.correlate(Claim), 2), else_=0))
    if not parts:
        return None
    total: ColumnElement[int] = parts[0]
    for part in parts[1:]:
        total = total + part
    return total


def coverable(session: Session, actor: Actor, claim_id: int) -> list[ClaimRecord]:
    """The claims of a group that this actor may let the verdict on this one hold for."""
    found = [one for one in same_as(session, claim_id) if one.state is ClaimState.OPEN]
    # One that is checked anew has a verdict of its own to be confirmed or corrected.
    ruled = ruled_claims(session, [one.id for one in found])
    found = [one for one in found if one.id not in ruled]
    how = standings(session, actor, [one.id for one in found])
    return [one for one in found if not is_blind(how[one.id]) and not how[one.id].has_submitted]


@dataclass(frozen=True, slots=True)
class SettledWith:
    """A claim whose verdict another one has from it.

    ``is_corrected``: a later version holds there than the one that was given.
    """

    claim_id: int
    public_id: str
    text: str
    is_corrected: bool = False


def settled_with(session: Session, claim_ids: Collection[int]) -> dict[int, SettledWith]:
    """From which claim each of some settled ones has its verdict, where it has it from another."""
    is_corrected = exists().where(
        col(_correction.claim_id) == col(_source.claim_id),
        col(_correction.version) > col(_source.version),
    )
    given = select(Ruling.claim_id, Claim.id, Claim.public_id, Claim.text)
    query = (
        given.add_columns(is_corrected.correlate(_source))
        .join(_source, col(_source.id) == col(Ruling.from_ruling_id))
        .join(Claim, col(Claim.id) == col(_source.claim_id))
        .join(_covered, col(_covered.id) == col(Ruling.claim_id))
        .where(
            col(Ruling.claim_id).in_(claim_ids),
            # Neither is checked anew: one would tell of the other what was its verdict.
            col(_covered.state) == ClaimState.SETTLED,
            col(Claim.state) == ClaimState.SETTLED,
            ~exists().where(
                col(_newer.claim_id) == col(Ruling.claim_id),
                col(_newer.version) > col(Ruling.version),
            ),
        )
    )
    return {
        covered: SettledWith(key or 0, name, text, is_corrected=later)
        for covered, key, name, text, later in session.execute(query)
    }


def groups_shown(session: Session, claims: Sequence[ClaimRecord]) -> dict[int, int]:
    """How many other claims say the same as each of some, where any do."""
    query = (
        select(Claim.id, func.count())
        .join(
            _other,
            and_(
                col(_other.claim_group_id) == col(Claim.claim_group_id),
                col(_other.id) != col(Claim.id),
            ),
        )
        .where(col(Claim.id).in_([claim.id for claim in claims]))
        .group_by(col(Claim.id))
    )
    return {key or 0: number for key, number in session.exec(query)}


def group_rows(
    session: Session, actor: Actor, project_id: int, *, batch_id: int | None = None
) -> Iterator[GroupRow]:
    """One row for every claim of a group, oldest first, with whose verdict it was given, if so.

    That claims say the same is known to all; what was settled together, once it is settled.

    Raises:
        Missing, NotAllowed: no leave, before the first row.
    """
    ask_leave(actor, Action.EXPORT_TAKE, project_id)
    return _group_rows(session, project_id, batch_id)


def _group_rows(session: Session, project_id: int, batch_id: int | None) -> Iterator[GroupRow]:
    query = (
        select(Claim.id, Claim.public_id, ClaimGroup.public_id)
        .join(ClaimGroup, col(ClaimGroup.id) == col(Claim.claim_group_id))
        .where(Claim.project_id == project_id, visible(), *in_batch(batch_id))
        .order_by(col(Claim.id))
        .limit(CHUNK)
    )
    after = 0
    while rows := session.exec(query.where(col(Claim.id) > after)).all():
        shared = settled_with(session, [key for key, *_names in rows if key])
        for key, name, group in rows:
            source = shared.get(key or 0)
            yield GroupRow(name, group, source.public_id if source else None)
        after = rows[-1][0] or 0
