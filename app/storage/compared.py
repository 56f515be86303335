"""Claims in their rounds with everything that agreement compares of them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Executable, or_
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from app.domain.consensus import Answer
from app.domain.tallies import Check
from app.domain.words import Basis, ClaimState, ReviewState, Stance
from app.storage.driver import rows_of
from app.storage.instances import Instances
from app.storage.kept import CLAIMS, ENTRIES
from app.storage.plain_rows import table_of
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
    claims = list(claim_ids)
    found = rows_of(session, _rounds(), {"claims": claims})
    rows = [_rows().known(session, row) for row in found]
    done = [row.key for row, _claim in rows if row.reviews_done or row.settled_at is not None]
    checks, versions = _checks(session, done)
    ruled, gold = _answered(session, claims) if done else ({}, set())
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


@cache
def _rows() -> Instances:
    return Instances(ClaimRound, Claim)


@cache
def _rounds() -> Executable:
    entry, claim = table_of(ClaimRound), table_of(Claim)
    return (
        columns(*_rows().columns)
        .select_from(entry)
        .join(claim, claim.c.id == entry.c.claim_id)
        .where(claim.c.id.in_(CLAIMS))
        .order_by(claim.c.id, entry.c.id)
        .with_for_update(of=(claim, entry), key_share=True)
    )


def _answered(session: Session, claims: Sequence[int]) -> tuple[dict[int, Answer], set[int]]:
    """The desk's last verdict on each of some claims that has one; those answered beforehand."""
    ruled: dict[int, Answer] = {}
    gold: set[int] = set()
    for claim, known, content, said in rows_of(session, _verdicts(), {"claims": list(claims)}):
        if known is not None:
            gold.add(claim)
        if content is not None:
            ruled[claim] = Answer(content, said)
    return ruled, gold


@cache
def _verdicts() -> Executable:
    is_known = (col(GoldAnswer.claim_id) == col(Claim.id)) & col(GoldAnswer.retired_at).is_(None)
    columns: tuple[Any, ...] = (
        *(Claim.id, GoldAnswer.id),
        *(Ruling.content_label_id, Ruling.attribution_label_id),
    )
    query: Executable = (
        select(*columns)
        .select_from(Claim)
        .outerjoin(GoldAnswer, is_known)
        .outerjoin(Ruling, col(Ruling.claim_id) == col(Claim.id))
        .where(col(Claim.id).in_(CLAIMS))
        .order_by(col(Claim.id), col(Ruling.version))
    )
    return query


@dataclass(frozen=True, slots=True)
class _Version:
    """A version of a check; of a source that is used twice, the first use counts."""

    is_blind: bool
    answer: Answer
    guideline: int | None
    sources: dict[int, str]


def _checks(
    session: Session, entries: Sequence[int]
) -> tuple[dict[int, list[Check]], dict[int, set[int | None]]]:
    """The checks of some claim rounds, and the versions of the guidelines they were given under."""
    found: dict[int, list[Check]] = defaultdict(list)
    guidelines: dict[int, set[int | None]] = defaultdict(set)
    for (_review, entry, person), versions in _compared(session, entries).items():
        # Blind is the last one given blind, else the first; final the one that holds now.
        first, *_rest, last = (versions[0], *versions)
        blind = next((version for version in reversed(versions) if version.is_blind), first)
        both = {Basis.BLIND: blind, Basis.FINAL: last}
        found[entry].append(
            Check(
                person=person,
                answers={basis: version.answer for basis, version in both.items()},
                sources={basis: version.sources for basis, version in both.items()},
            )
        )
        guidelines[entry] |= {version.guideline for version in both.values()}
    return found, guidelines


def _compared(
    session: Session, entries: Sequence[int]
) -> dict[tuple[int, int, int], list[_Version]]:
    """The versions that can be compared, oldest first, by check, claim round and person."""
    found: dict[tuple[int, int, int], dict[int, _Version]] = {}
    rows = rows_of(session, _versions(), {"entries": list(entries)}) if entries else ()
    for review, entry, person, key, is_blind, content, said, guideline, source, stance in rows:
        versions = found.setdefault((review, entry, person), {})
        if key not in versions:
            versions[key] = _Version(is_blind, Answer(content, said), guideline, {})
        if source is not None:
            versions[key].sources.setdefault(source, Stance(stance).value)
    return {check: list(versions.values()) for check, versions in found.items()}


@cache
def _versions() -> Executable:
    number, version = col(ReviewVersion.number), ReviewVersion
    columns: tuple[Any, ...] = (
        *(Review.id, Review.claim_round_id, Review.reviewer_id, version.id, version.is_blind),
        *(version.content_label_id, version.attribution_label_id, version.guideline_version),
        *(Evidence.source_id, Evidence.stance),
    )
    query: Executable = (
        select(*columns)
        .select_from(Review)
        .join(ReviewVersion, col(ReviewVersion.review_id) == col(Review.id))
        .outerjoin(Evidence, col(Evidence.review_version_id) == col(ReviewVersion.id))
        .where(
            col(Review.claim_round_id).in_(ENTRIES),
            Review.state == ReviewState.SUBMITTED,
            or_(number == col(Review.submitted_version), col(ReviewVersion.is_blind), number == 1),
        )
        .order_by(col(Review.id), number, col(Evidence.position))
    )
    return query
