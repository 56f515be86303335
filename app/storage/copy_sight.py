"""Whose looks at a page, and which uses of a source, a person may know of.

A look tells that somebody linked the page, and when. Whoever is not shown the checks for which others
linked it sees of the looks since then only their own. What was there before tells nothing of them.
"""

from collections.abc import Collection
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Executable,
    and_,
    bindparam,
    exists,
    or_,
    true,
)
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.evidence_words import CopyState
from app.storage.aliases import alias_of
from app.storage.blind import shows_checks
from app.storage.driver import rows_of
from app.storage.kept import of_reader
from app.storage.noted import NOTED
from app.storage.tables import Claim, Event, Evidence, Review, ReviewVersion, SavedCopy, Source

# Under names of their own, since the question that this is a part of may ask the same tables.
_use = alias_of(Evidence, "review_version_id", "source_id")
_version = alias_of(ReviewVersion, "decided_at", "id", "review_id")
_review = alias_of(Review, "claim_id", "id", "reviewer_id")
_source = alias_of(Source, "id", "public_id")
_noted = alias_of(Event, "action", "actor_id", "at", "claim", "noun", "thing")


def have_copies(session: Session, source_ids: Collection[int]) -> bool:
    """Whether anybody looked at one of some sources, and it did not fail: not for those who ask."""
    if not source_ids:
        return False
    found = rows_of(session, _any_copy(), {"sources": sorted(set(source_ids))})
    return bool(found)


@cache
def _any_copy() -> Executable:
    sources: BindParameter[Any] = bindparam("sources", expanding=True)
    copies = (col(SavedCopy.source_id).in_(sources), col(SavedCopy.state) != CopyState.FAILED)
    return select(SavedCopy.id).where(*copies).limit(1)


@of_reader
def sees_look(actor: Actor, copy: type[SavedCopy] = SavedCopy) -> ColumnElement[bool]:
    """Whether the actor may know of the look of a question's row."""
    if actor.person_id is None:
        return true()
    kept = exists().where(
        col(_use.source_id) == col(copy.source_id),
        col(_version.id) == col(_use.review_version_id),
        col(_version.decided_at) <= col(copy.created_at),
        col(_review.id) == col(_version.review_id),
        col(_review.reviewer_id) != actor.person_id,
        col(Claim.id) == col(_review.claim_id),
        ~shows_checks(actor),
    )
    is_mine = col(copy.created_by_id) == actor.person_id
    return or_(is_mine, and_(~kept.correlate(copy), ~_is_before_sending(actor, copy)))


def _is_before_sending(actor: Actor, copy: type[SavedCopy]) -> ColumnElement[bool]:
    """Whether a look is of somebody who noted the page, and sent no check since that is shown.

    They may have asked for it while they were still at that check. What they sent before they noted
    the page tells nothing of it.
    """
    noted = exists().where(
        col(_source.id) == col(copy.source_id),
        col(_noted.claim).is_(None),
        col(_noted.noun) == "source",
        col(_noted.thing) == col(_source.public_id),
        col(_noted.action) == NOTED,
        col(_noted.actor_id) == col(copy.created_by_id),
        col(_noted.at) <= col(copy.created_at),
        ~_is_shown_since(actor, copy),
    )
    return noted.correlate(copy)


def _is_shown_since(actor: Actor, copy: type[SavedCopy]) -> ColumnElement[bool]:
    """Whether whoever asked for a look sent a check after their note that is shown to the actor."""
    shown = exists().where(
        col(_use.source_id) == col(copy.source_id),
        col(_version.id) == col(_use.review_version_id),
        col(_review.id) == col(_version.review_id),
        col(_review.reviewer_id) == col(copy.created_by_id),
        col(_version.decided_at) >= col(_noted.at),
        col(Claim.id) == col(_review.claim_id),
        shows_checks(actor),
    )
    return shown.correlate(copy, _noted)


def sees_use(actor: Actor) -> ColumnElement[bool]:
    """Whether the actor may know of a use, in a question that joins its claim and its check."""
    if actor.person_id is None:
        return true()
    return or_(col(Review.reviewer_id) == actor.person_id, shows_checks(actor))


def joined_uses() -> Any:  # noqa: ANN401 - a clause of FROM
    """Uses with the claims and checks they stand in, the last submitted version of each."""
    return and_(
        col(ReviewVersion.id) == col(Evidence.review_version_id),
        col(Review.id) == col(ReviewVersion.review_id),
        col(ReviewVersion.number) == col(Review.submitted_version),
        col(Claim.id) == col(Review.claim_id),
    )
