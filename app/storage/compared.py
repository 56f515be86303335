"""Claims in their rounds with everything that agreement compares of them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import or_
from sqlmodel import Session, col, select

from app.domain.consensus import Answer
from app.domain.tallies import Check
from app.domain.words import Basis, ClaimState, ReviewState, Stance
from app.storage.locking import AFRESH
from app.storage.tables import (
    Claim,
    ClaimRound,
    Evidence,
    GoldAnswer,
    Review,
    ReviewVersion,
    Ruling,
)
from app.storage.tallies import Part


@dataclass(frozen=True, slots=True)
class Standing:
    """A claim in a round, with all that its counts are made of; ``row`` is locked."""

    row: ClaimRound
    project_id: int
    batch_id: int | None
    state: ClaimState
    is_gold: bool
    ruled: Answer | None
    checks: Sequence[Check]
    versions: frozenset[int | None]

    @property
    def is_complete(self) -> bool:
        """Whether it has all the checks that it wants."""
        return self.row.reviews_done >= self.row.reviews_wanted

    @property
    def is_settled(self) -> bool:
        """Whether the desk has said its verdict, and the claim is in no further round."""
        return self.state is ClaimState.SETTLED and self.ruled is not None

    @property
    def is_counted(self) -> bool:
        """A claim with a known answer is not; nor is one that waits for checks, or was dropped.

        Of one that is checked anew the earlier rounds are not, until it is settled again: who could
        check it learns nothing of them here.
        """
        in_play = self.state in {ClaimState.OPEN, ClaimState.SETTLED} and not self.is_gold
        waits = self.row.settled_at is None and self.is_complete
        return in_play and (waits or self.is_settled)

    @property
    def part(self) -> Part:
        """The slice that it belongs to."""
        return Part(
            project_id=self.project_id,
            round_id=self.row.round_id,
            batch_id=self.batch_id,
            guideline_version=next(iter(self.versions)) if len(self.versions) == 1 else None,
            is_settled=self.is_settled,
            is_mixed=len(self.versions) > 1,
        )


def standings(session: Session, claim_ids: Sequence[int]) -> list[Standing]:
    """Some claims in each of their rounds; claims and rounds are locked, in the order of keys."""
    rows = session.exec(
        select(ClaimRound, Claim)
        .join(Claim, col(Claim.id) == col(ClaimRound.claim_id))
        .where(col(Claim.id).in_(claim_ids))
        .order_by(col(Claim.id), col(ClaimRound.id))
        .with_for_update(of=(Claim, ClaimRound), key_share=True),
        execution_options=AFRESH,
    ).all()
    done = [row.key for row, _claim in rows if row.reviews_done or row.settled_at is not None]
    checks, versions = _checks(session, done)
    ruled = _ruled(session, claim_ids) if done else {}
    gold = _gold(session, claim_ids) if done else set()
    return [
        Standing(
            row=row,
            project_id=claim.project_id,
            batch_id=claim.batch_id,
            state=claim.state,
            is_gold=claim.key in gold,
            ruled=ruled.get(row.claim_id),
            checks=checks.get(row.key, ()),
            versions=frozenset(versions.get(row.key, ())),
        )
        for row, claim in rows
    ]


def _gold(session: Session, claim_ids: Sequence[int]) -> set[int]:
    """Those of some claims whose answer is known beforehand."""
    query = select(GoldAnswer.claim_id).where(
        col(GoldAnswer.claim_id).in_(claim_ids), col(GoldAnswer.retired_at).is_(None)
    )
    return set(session.exec(query))


def _ruled(session: Session, claim_ids: Sequence[int]) -> dict[int, Answer]:
    """The desk's verdict on each claim, where it has one: the last version of it."""
    query = (
        select(Ruling.claim_id, Ruling.content_label_id, Ruling.attribution_label_id)
        .where(col(Ruling.claim_id).in_(claim_ids))
        .order_by(col(Ruling.claim_id), col(Ruling.version))
    )
    return {claim: Answer(content, said) for claim, content, said in session.exec(query)}


def _checks(
    session: Session, entries: Sequence[int]
) -> tuple[dict[int, list[Check]], dict[int, set[int | None]]]:
    """The checks of some claim rounds, and the versions of the guidelines they were given under."""
    found: dict[int, list[Check]] = defaultdict(list)
    guidelines: dict[int, set[int | None]] = defaultdict(set)
    compared = _compared(session, entries)
    versions = {version.key for _review, both in compared for version in both.values()}
    sources = _sources(session, sorted(versions))
    for review, both in compared:
        found[review.claim_round_id].append(
            Check(
                person=review.reviewer_id,
                answers={
                    basis: Answer(version.content_label_id, version.attribution_label_id)
                    for basis, version in both.items()
                },
                sources={basis: sources[version.key] for basis, version in both.items()},
            )
        )
        guidelines[review.claim_round_id] |= {v.guideline_version for v in both.values()}
    return found, guidelines


def _compared(
    session: Session, entries: Sequence[int]
) -> list[tuple[Review, dict[Basis, ReviewVersion]]]:
    """Each check with the versions that are compared.

    Blind is the last one given blind, else the first; final the one that holds now.
    """
    if not entries:
        return []
    number = col(ReviewVersion.number)
    rows = session.exec(
        select(Review, ReviewVersion)
        .join(ReviewVersion, col(ReviewVersion.review_id) == col(Review.id))
        .where(
            col(Review.claim_round_id).in_(entries),
            Review.state == ReviewState.SUBMITTED,
            or_(number == col(Review.submitted_version), col(ReviewVersion.is_blind), number == 1),
        )
        .order_by(col(Review.id), number)
    ).all()
    found: dict[int, tuple[Review, dict[Basis, ReviewVersion]]] = {}
    for review, version in rows:
        _row, both = found.setdefault(review.key, (review, {Basis.BLIND: version}))
        if version.is_blind:
            both[Basis.BLIND] = version
        both[Basis.FINAL] = version
    return list(found.values())


def _sources(session: Session, versions: Sequence[int]) -> Mapping[int, Mapping[int, str]]:
    """What each source does to the claim, for each version; used twice, the first use counts."""
    found: dict[int, dict[int, str]] = defaultdict(dict)
    query = (
        select(Evidence.review_version_id, Evidence.source_id, Evidence.stance)
        .where(col(Evidence.review_version_id).in_(versions))
        .order_by(col(Evidence.review_version_id), col(Evidence.position))
    )
    if versions:
        for version, source, stance in session.exec(query):
            found[version].setdefault(source, Stance(stance).value)
    return found
