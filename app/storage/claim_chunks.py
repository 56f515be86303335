"""Claims with their checks whole, for the exports of what was asked, as far as blindness allows.

The caller's reading session is one transaction, so that all rows are of one instant.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.blindness import sees_others
from app.domain.consensus import Answer
from app.domain.permissions import Action, may
from app.domain.records import EvidenceRecord
from app.domain.words import ClaimState
from app.storage.claim_filters import ClaimFilter, conditions
from app.storage.claims import standings
from app.storage.reviews import evidence_of
from app.storage.tables import (
    Article,
    Claim,
    ClaimRound,
    Review,
    ReviewVersion,
    Round,
    Ruling,
)

CHUNK = 500


@dataclass
class Check:
    """A submitted check with its last version and sources, as rows need it."""

    review: Review
    version: ReviewVersion
    round: int
    evidence: Sequence[EvidenceRecord] = ()

    @property
    def answer(self) -> Answer:
        """The two verdicts."""
        return Answer(self.version.content_label_id, self.version.attribution_label_id)


@dataclass
class Chunk:
    """Some claims with everything that their rows need."""

    claims: Sequence[tuple[Claim, Article | None]]
    checks: dict[int, list[Check]] = field(default_factory=dict)
    sees_all: frozenset[int] = frozenset()


def claim_chunks(
    session: Session, actor: Actor, project_id: int, wanted: ClaimFilter
) -> Iterator[Chunk]:
    """The claims that a filter finds with their checks as far as the actor may see them."""
    after = 0
    rules = conditions(actor, project_id, wanted)
    while True:
        rows = session.exec(
            select(Claim, Article)
            .join(Article, col(Article.id) == col(Claim.article_id), isouter=True)
            .where(*rules, col(Claim.id) > after)
            .order_by(col(Claim.id))
            .limit(CHUNK)
        ).all()
        if not rows:
            return
        keys = [claim.key for claim, _ in rows]
        sees_all = _seen_whole(session, actor, project_id, keys)
        yield Chunk(rows, _checks(session, actor, keys, sees_all), sees_all)
        after = keys[-1]
        session.expunge_all()


def _seen_whole(
    session: Session, actor: Actor, project_id: int, keys: Sequence[int]
) -> frozenset[int]:
    """The claims whose every check the actor may see."""
    if actor.person_id is None:
        return frozenset(keys)
    see_all = may(actor, Action.REVIEW_SEE_ALL, project_id)
    found = standings(session, actor, keys)
    return frozenset(key for key in keys if sees_others(found[key], may_see_all=see_all))


def _checks(
    session: Session, actor: Actor, keys: Sequence[int], sees_all: frozenset[int]
) -> dict[int, list[Check]]:
    query = (
        select(Review, ReviewVersion, Round.number)
        .join(
            ReviewVersion,
            (col(ReviewVersion.review_id) == col(Review.id))
            & (col(ReviewVersion.number) == col(Review.submitted_version)),
        )
        .join(ClaimRound, col(ClaimRound.id) == col(Review.claim_round_id))
        .join(Round, col(Round.id) == col(ClaimRound.round_id))
        .where(col(Review.claim_id).in_(keys))
        .order_by(col(Review.claim_id), col(Review.id))
    )
    rows = [
        row
        for row in session.exec(query)
        if row[0].claim_id in sees_all or row[0].reviewer_id == actor.person_id
    ]
    evidence = evidence_of(session, [version.key for _, version, _ in rows])
    found: dict[int, list[Check]] = {}
    for review, version, number in rows:
        check = Check(review, version, number, evidence.get(version.key, ()))
        found.setdefault(review.claim_id, []).append(check)
    return found


def ruled_by(session: Session, keys: Sequence[int]) -> dict[int, Ruling]:
    """The verdict that holds of each of some claims that is settled."""
    query = (
        select(Ruling)
        .join(Claim, col(Claim.id) == col(Ruling.claim_id))
        .where(col(Ruling.claim_id).in_(keys), Claim.state == ClaimState.SETTLED)
        .order_by(col(Ruling.claim_id), col(Ruling.version))
    )
    return {ruling.claim_id: ruling for ruling in session.exec(query)}


def shared_rationale(
    checks: Sequence[Check], answers: Sequence[Answer], ruled: Answer
) -> str | None:
    """Why, in the words of the checks that the ruling follows."""
    why = [
        check.version.rationale
        for check, answer in zip(checks, answers, strict=True)
        if answer.content == ruled.content
    ]
    return "; ".join(dict.fromkeys(text for text in why if text)) or None


def checks_in(chunks: Iterable[Chunk]) -> Iterator[tuple[Claim, Check]]:
    """Every check of some claims, claim by claim."""
    for chunk in chunks:
        for claim, _article in chunk.claims:
            for check in chunk.checks.get(claim.key, []):
                yield claim, check
