"""Questions about rounds: which there are, which a claim or a check is in, what could go into one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Executable, Integer, and_, bindparam, exists, literal, or_
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.consensus import Answer
from app.domain.evidence_words import SourceType
from app.domain.permissions import Action, may
from app.domain.records import EvidenceRecord
from app.domain.rounds import LATER_KINDS
from app.domain.words import (
    ClaimState,
    ReviewState,
    RoundKind,
    SourceKind,
    SourceRecord,
    TranslatedBy,
)
from app.storage.aliases import alias_of
from app.storage.checkers import fewer_could
from app.storage.claim_filters import ClaimFilter, conditions
from app.storage.counts import kept_in
from app.storage.driver import rows_of
from app.storage.questions import RecordedQuestion, has_questions, recorded_questions
from app.storage.reviews import evidence_of
from app.storage.tables import (
    Claim,
    ClaimRound,
    Evidence,
    EvidenceQuestion,
    GoldAnswer,
    Person,
    Review,
    ReviewVersion,
    Round,
)

# Under names of their own: a question asks the same tables twice.
_later = alias_of(ClaimRound, "claim_id", "id")
_entry = alias_of(ClaimRound, "id")
_here = alias_of(Review, "claim_id", "claim_round_id", "id")


@dataclass(frozen=True, slots=True)
class RoundRecord:
    """A round as a check or a claim is in it; ``is_now``: the claim is in no later one."""

    number: int
    kind: RoundKind
    is_blind: bool
    is_now: bool = True

    @property
    def is_later(self) -> bool:
        """Whether it was opened over claims that had been in another one."""
        return self.kind in LATER_KINDS


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round in the list of all.

    Attributes:
        claims: how many claims came into it.
        done: how many of them were settled in it, or went on into another one.
        mine: how many checks the reader gave in it.
        given, wanted: checks of all; None for who could still give one, or does not see others'.
    """

    number: int
    kind: RoundKind
    is_blind: bool
    reviews_wanted: int
    reason: str
    opened_at: datetime
    opened_by: str
    claims: int = 0
    done: int = 0
    mine: int = 0
    given: int | None = None
    wanted: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Which claims of a choice can go into a round: public ids, and how many cannot, by why.

    ``not_ready``: not settled, and not all checks are in, or never taken into rounds.
    ``bare``: no source is recorded with them, so that nobody could answer from sources alone.
    ``used_up``: fewer people could check them than checks are wanted.
    """

    claims: tuple[str, ...]
    not_ready: int
    bare: int
    used_up: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedSource:
    """A passage of a source that was recorded, and nothing of what it was taken to show.

    ``searched_on`` and ``trail`` are of a search that found nothing, and empty of all else.
    """

    source_id: str
    title: str
    url: str
    quote: str
    quote_translation: str
    translated_by: TranslatedBy | None
    language: str
    locator: str
    kind: SourceKind
    record: SourceRecord
    publisher: str
    published: str
    archive_url: str
    author: str
    source_type: SourceType | None
    interests: str
    origin: str
    figure: str
    searched_on: str
    trail: str


TOLD = (
    *("source_id", "url", "quote", "quote_translation", "translated_by", "language", "locator"),
    *("kind", "record", "publisher", "published", "archive_url"),
    *("author", "source_type", "interests", "origin", "figure"),
)
# What a search that found nothing is besides: when, and how. Of a page it would tell of its checker.
SEARCHED = {"searched_on": "accessed_on", "trail": "note"}


def rounds_of(session: Session, actor: Actor, project_id: int) -> list[RoundLine]:
    """The rounds of a project, the newest first: three questions, however many.

    That a claim was settled is known to every member. How many checks are in is told only to those
    who see all checks and check nothing themselves; of a checker's own, to them.
    """
    query = (
        select(Round, Person.name)
        .join(Person, col(Person.id) == col(Round.created_by_id), isouter=True)
        .where(Round.project_id == project_id, Round.kind != RoundKind.TRAINING)
        .order_by(col(Round.number).desc())
    )
    rows = session.exec(query).all()
    counted = _counted(session, project_id)
    mine = _mine(session, actor, project_id)
    sees = may(actor, Action.REVIEW_SEE_ALL, project_id)
    tells = sees and not may(actor, Action.REVIEW_TAKE, project_id)
    return [_line(row, name, counted, mine.get(row.key, 0), tells=tells) for row, name in rows]


def _line(
    row: Round,
    name: str | None,
    counted: Mapping[int, tuple[int, ...]],
    mine: int,
    *,
    tells: bool,
) -> RoundLine:
    claims, done, given, wanted = counted.get(row.key, (0, 0, 0, 0))
    line = RoundLine(
        number=row.number,
        kind=row.kind,
        is_blind=row.is_blind,
        reviews_wanted=row.reviews_wanted,
        reason=row.reason,
        opened_at=row.created_at,
        opened_by=name or "",
        claims=claims,
        done=done,
        mine=mine,
    )
    return replace(line, given=given, wanted=wanted) if tells else line


def _counted(session: Session, project_id: int) -> Mapping[int, tuple[int, ...]]:
    whats = ("in round", "round done", "round given", "round wanted")
    counts = kept_in(session, project_id, whats)
    rounds = {key for _what, key in counts}
    return {key: tuple(counts.get((what, key), 0) for what in whats) for key in rounds}


def _mine(session: Session, actor: Actor, project_id: int) -> Mapping[int, int]:
    counts = kept_in(session, project_id, ["round mine"], person=actor.person_id)
    return {key: number for (_what, key), number in counts.items()}


def round_of_review(session: Session, review_id: int) -> RoundRecord:
    """The round that a check belongs to."""
    return rounds_of_reviews(session, [review_id])[review_id]


def rounds_of_reviews(session: Session, review_ids: Sequence[int]) -> dict[int, RoundRecord]:
    """The round that each of some checks belongs to."""
    went_on = exists().where(
        col(_later.claim_id) == col(ClaimRound.claim_id), col(_later.id) > col(ClaimRound.id)
    )
    query = (
        select(Review.id, Round, went_on.correlate(ClaimRound))
        .join(ClaimRound, col(ClaimRound.id) == col(Review.claim_round_id))
        .join(Round, col(Round.id) == col(ClaimRound.round_id))
        .where(col(Review.id).in_(review_ids))
    )
    return {
        key: RoundRecord(row.number, row.kind, row.is_blind, not is_over)
        for key, row, is_over in session.exec(query)
        if key is not None
    }


def round_of_claim(session: Session, claim_id: int) -> RoundRecord | None:
    """The round that a claim is in, or was in last."""
    row = session.exec(
        select(Round)
        .join(ClaimRound, col(ClaimRound.round_id) == col(Round.id))
        .where(ClaimRound.claim_id == claim_id)
        .order_by(col(ClaimRound.id).desc())
        .limit(1)
    ).first()
    return None if row is None else RoundRecord(row.number, row.kind, row.is_blind)


def answers_by_round(session: Session, claim_id: int) -> dict[int, list[Answer]]:
    """The submitted answers to a claim as given, by the key of their claim round.

    Not for the blind; compare them by ``Lines`` alone.
    """
    found: dict[int, list[Answer]] = {}
    for entry, content, said in rows_of(session, _answers(), {"claim": claim_id}):
        found.setdefault(entry, []).append(Answer(content, said))
    return found


@cache
def _answers() -> Executable:
    version = ReviewVersion
    return (
        select(Review.claim_round_id, version.content_label_id, version.attribution_label_id)
        .join(version, _is_last())
        .where(
            Review.claim_id == bindparam("claim", type_=Integer),
            Review.state == ReviewState.SUBMITTED,
        )
        .order_by(col(Review.claim_round_id), col(Review.slot))
    )


def recorded_evidence(
    session: Session, review_id: int
) -> tuple[list[RecordedSource], list[RecordedQuestion]]:
    """The evidence of checks of earlier rounds, for somebody who answers from it alone.

    Each use of a source once, in an order that tells nothing of who linked it or when; what a source
    was taken to show, for which question, and notes on it are left out. And the questions that were
    recorded, with their answers.
    """
    versions = session.exec(
        select(ReviewVersion.id, has_questions())
        .join(Review, _is_last())
        .join(_here, col(_here.claim_id) == col(Review.claim_id))
        .join(_entry, col(_entry.id) == col(_here.claim_round_id))
        .where(
            col(_here.id) == review_id,
            Review.state == ReviewState.SUBMITTED,
            col(Review.claim_round_id) < col(_entry.id),
        )
    ).all()
    uses = evidence_of(session, [key for key, _asks in versions if key is not None])
    known = sorted(_order(use) for found in uses.values() for use in found)
    once = {told: (title, told) for title, told in reversed(known)}
    asking = [key for key, asks in versions if key is not None and asks]
    return (
        [_recorded(title, told) for title, told in sorted(once.values())],
        recorded_questions(session, asking, uses),
    )


def _order(use: EvidenceRecord) -> tuple[str, tuple[str, ...]]:
    """The title, as its checker wrote it, and all that tells one passage from another."""
    is_search = use.kind is SourceKind.SEARCH
    told = [getattr(use, name) for name in TOLD]
    told += [getattr(use, name) if is_search else "" for name in SEARCHED.values()]
    return use.title, tuple(str(text or "") for text in told)


def _recorded(title: str, told: tuple[str, ...]) -> RecordedSource:
    said = dict(zip((*TOLD, *SEARCHED), told, strict=True))
    translator, kind = said.pop("translated_by"), said.pop("source_type")
    return RecordedSource(
        title=title,
        kind=SourceKind(said.pop("kind")),
        record=SourceRecord(said.pop("record")),
        translated_by=TranslatedBy(translator) if translator else None,
        source_type=SourceType(kind) if kind else None,
        **said,
    )


def _is_last() -> ColumnElement[bool]:
    return and_(
        col(ReviewVersion.review_id) == col(Review.id),
        col(ReviewVersion.number) == col(Review.submitted_version),
    )


def could_go(
    session: Session,
    actor: Actor,
    project_id: int,
    kind: RoundKind,
    *,
    wanted: ClaimFilter,
    claim: str | None = None,
    reviews_wanted: int | None = None,
) -> Found:
    """Which of some claims can go into a round of a kind; all that a filter finds, or fewer.

    Those too that too few could check, where it is not said how many checks are wanted.
    """
    rules = conditions(actor, project_id, wanted)
    if claim is not None:
        rules.append(col(Claim.public_id) == claim)
    can_rest = _has_evidence() if kind is RoundKind.EVIDENCE_ONLY else col(Claim.id).is_not(None)
    query = select(Claim.public_id, _is_ready(), can_rest).where(*rules).order_by(col(Claim.id))
    rows = session.exec(query).all()
    ready = [(name, rests) for name, is_ready, rests in rows if is_ready]
    could = [name for name, rests in ready if rests]
    used_up: set[str] = set()
    if could and reviews_wanted is not None:
        # Asked of those alone that could go otherwise: it is the dearest question.
        too_few = fewer_could(project_id, literal(reviews_wanted), anew=True)
        narrow = select(Claim.public_id).where(*rules, _is_ready(), can_rest, too_few)
        used_up = set(session.exec(narrow))
    taken = tuple(name for name in could if name not in used_up)
    return Found(
        taken,
        not_ready=len(rows) - len(ready),
        bare=len(ready) - len(could),
        used_up=len(could) - len(taken),
    )


def _is_ready() -> ColumnElement[bool]:
    """Settled, or waiting to be; and no claim whose answer is known beforehand.

    Those last ones are counted with what is still being checked, as they look to everybody.
    """
    is_complete = exists().where(
        col(ClaimRound.claim_id) == col(Claim.id),
        col(ClaimRound.settled_at).is_(None),
        col(ClaimRound.reviews_done) >= col(ClaimRound.reviews_wanted),
    )
    is_known = exists().where(col(GoldAnswer.claim_id) == col(Claim.id))
    return and_(
        or_(
            col(Claim.state) == ClaimState.SETTLED,
            and_(col(Claim.state) == ClaimState.OPEN, is_complete.correlate(Claim)),
        ),
        ~is_known.correlate(Claim),
    )


def _has_evidence() -> ColumnElement[Any]:
    """Whether sources are recorded, or questions, of which none could be answered maybe."""
    return or_(
        *(_has_recorded(col(kind.review_version_id)) for kind in (Evidence, EvidenceQuestion))
    )


def _has_recorded(version_id: Any) -> ColumnElement[Any]:  # noqa: ANN401 - a column
    return (
        exists()
        .where(
            col(Review.claim_id) == col(Claim.id),
            col(Review.state) == ReviewState.SUBMITTED,
            _is_last(),
            version_id == col(ReviewVersion.id),
        )
        .correlate(Claim)
    )
