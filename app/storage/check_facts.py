"""What the page of a check has to know first: one question, put together once.

It joins everything of which a check has one at most, and asks of the rest whether there is any. So a
claim that nobody asked about, without figures or a chain, costs no question about any of these.
"""

from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, String, bindparam, exists, func, select
from sqlmodel import Session, col

from app.domain.actors import Actor
from app.domain.errors import Missing
from app.domain.permissions import Action, may
from app.domain.records import ArticleRecord, ClaimRecord, DraftRecord, ReviewRecord
from app.domain.words import GoldUse
from app.storage.aliases import alias_of
from app.storage.articles import article as article_of
from app.storage.articles import article_record
from app.storage.batches import HeldGuideline
from app.storage.claims import (
    FACTS,
    NO_ARTICLE,
    OF_ARTICLE,
    claim_record,
    hops_of,
    name_of,
    quantities_of,
    tags_of,
)
from app.storage.driver import rows_of
from app.storage.kept import ME
from app.storage.plain_rows import Rows, table_of
from app.storage.reviews import latest_of, review_record
from app.storage.rounds import RoundRecord
from app.storage.tables import (
    Article,
    Batch,
    Claim,
    ClaimRound,
    ClaimTag,
    Comment,
    Draft,
    Evidence,
    GoldAnswer,
    Guideline,
    Hop,
    Quantity,
    Reply,
    Review,
    ReviewVersion,
    Round,
    Snapshot,
    SourceRule,
)

# What a page tells of a check, and of an article.
REVIEW = (
    *("id", "public_id", "created_at", "project_id", "claim_id", "reviewer_id", "slot", "state"),
    *("lease_until", "put_off_at", "waits_until", "waits_for", "asked_at", "question"),
    "submitted_version",
)
ARTICLE = (
    *("id", "public_id", "created_at", "project_id", "url", "title", "publisher", "author"),
    *("published", "language"),
)
WHICH = bindparam("which", type_=String)
_later = alias_of(ClaimRound, "claim_id", "id")
_newest = alias_of(Guideline, "project_id", "version")
_first = alias_of(Round, "is_blind", "number", "project_id")
_used_in = alias_of(Claim, "article_id", "id")
_use_of = alias_of(Review, "claim_id", "id", "reviewer_id")
_text_of = alias_of(Snapshot, "article_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckFacts:
    """A check of one's own with its claim, and of which other things there are some.

    Attributes:
        is_explained: it was given, and is one to learn from.
        has_asked: its reviewer asked somebody about the claim.
        has_uses: sources were linked in checks of its article: by its reviewer, or by anybody if
            checks of the project are not blind in the first place.
        has_rules: some answers ask for a source in the project.
    """

    review: ReviewRecord
    claim: ClaimRecord
    article: ArticleRecord | None
    draft: DraftRecord | None
    round: RoundRecord
    guideline: HeldGuideline | None
    is_explained: bool
    has_asked: bool
    has_replies: bool
    has_uses: bool
    is_blind_first: bool
    has_rules: bool


def check_facts(session: Session, actor: Actor, public_id: str) -> CheckFacts:
    """A check of one's own, and what its page begins with.

    Raises:
        Missing: there is none, or it is somebody else's.
    """
    found = rows_of(session, _question(), {"which": public_id, "me": actor.person})
    if not found:
        raise Missing("review.missing")
    review, claim, article, snapshot, draft, in_round, more = _rows().of(found[0])
    if not may(actor, Action.PROJECT_VIEW, review.project_id):
        raise Missing("review.missing")
    record = review_record(
        review,
        claim_public_id=claim.public_id,
        # Only one's own check is found.
        reviewer=actor.name,
        latest=latest_of(session, review.id) if review.submitted_version else None,
    )
    return CheckFacts(
        review=record,
        claim=_claim(session, claim, article, more),
        article=_article(session, actor, article, snapshot, has_text=more.has_text),
        draft=None if draft is None else DraftRecord(draft.version, draft.body, draft.updated_at),
        round=RoundRecord(in_round.number, in_round.kind, in_round.is_blind, not more.went_on),
        guideline=None
        if more.guideline is None
        else HeldGuideline(more.guideline, more.guideline_text, newest=more.guideline_newest),
        is_explained=more.is_explained,
        has_asked=more.has_asked,
        has_replies=more.has_replies,
        has_uses=more.has_uses,
        is_blind_first=more.is_blind_first,
        has_rules=more.has_rules,
    )


def _claim(session: Session, claim: Any, article: Any, more: Any) -> ClaimRecord:  # noqa: ANN401 - plain rows
    keys = [claim.id]
    return claim_record(
        vars(claim),
        [getattr(article, name) for name in OF_ARTICLE] if claim.article_id else NO_ARTICLE,
        hops_of(session, keys).get(claim.id, ()) if more.has_hops else (),
        quantities=quantities_of(session, keys).get(claim.id, ()) if more.has_figures else (),
        tags=tags_of(session, keys).get(claim.id, ()) if more.has_tags else (),
        merged_into=name_of(session, claim.merged_into_id) if claim.merged_into_id else None,
    )


def _article(
    session: Session,
    actor: Actor,
    article: Any,  # noqa: ANN401 - plain rows, as in the next line
    snapshot: Any,  # noqa: ANN401
    *,
    has_text: bool,
) -> ArticleRecord | None:
    """The very text that the claim stands in; imported claims may have only a title."""
    if article is None:
        return None
    if snapshot is None and has_text:
        return replace(article_of(session, actor, article.public_id), text="")
    return article_record(article, snapshot)


@cache
def _rows() -> Rows:
    return Rows(
        (Review, REVIEW),
        (Claim, (*FACTS, "article_id", "merged_into_id")),
        (Article, ARTICLE),
        (Snapshot, ("id", "text", "sha256", "notice")),
        (Draft, ("id", "version", "body", "updated_at")),
        (Round, ("id", "number", "kind", "is_blind")),
        guideline=col(Guideline.version),
        guideline_text=col(Guideline.text),
        guideline_newest=_newest_version(),
        went_on=exists().where(
            col(_later.claim_id) == col(ClaimRound.claim_id), col(_later.id) > col(ClaimRound.id)
        ),
        is_explained=exists().where(
            col(Review.submitted_version) > 0,
            col(GoldAnswer.claim_id) == col(Review.claim_id),
            col(GoldAnswer.use) == GoldUse.TRAINING,
            col(GoldAnswer.retired_at).is_(None),
        ),
        has_uses=_has_uses(),
        is_blind_first=_is_blind_first(),
        **_is_there(),
    )


def _is_there() -> dict[str, ColumnElement[Any]]:
    """Of what there may be many with a check, whether there is any."""
    return {
        "has_hops": exists().where(
            col(Hop.claim_id) == col(Claim.id), col(Hop.claim_version) == col(Claim.version)
        ),
        "has_figures": exists().where(col(Quantity.claim_id) == col(Claim.id)),
        "has_tags": exists().where(col(ClaimTag.claim_id) == col(Claim.id)),
        "has_text": exists().where(col(_text_of.article_id) == col(Article.id)),
        "has_asked": exists().where(
            col(Comment.claim_id) == col(Claim.id),
            col(Comment.author_id) == ME,
            col(Comment.asked_id).is_not(None),
        ),
        "has_replies": exists().where(col(Reply.claim_id) == col(Claim.id)),
        "has_rules": exists().where(
            col(SourceRule.project_id) == col(Review.project_id),
            col(SourceRule.needs_source).is_(True),
        ),
    }


@cache
def _question() -> Select[Any]:
    return (
        select(*_rows().columns)
        .select_from(_joined())
        .where(col(Review.public_id) == WHICH, col(Review.reviewer_id) == ME)
    )


def _joined() -> FromClause:
    return (
        table_of(Review)
        .join(table_of(Claim), col(Claim.id) == col(Review.claim_id))
        .join(table_of(ClaimRound), col(ClaimRound.id) == col(Review.claim_round_id))
        .join(table_of(Round), col(Round.id) == col(ClaimRound.round_id))
        .outerjoin(table_of(Snapshot), col(Snapshot.id) == col(Claim.snapshot_id))
        .outerjoin(
            table_of(Article),
            col(Article.id) == func.coalesce(col(Snapshot.article_id), col(Claim.article_id)),
        )
        .outerjoin(table_of(Draft), col(Draft.review_id) == col(Review.id))
        .outerjoin(table_of(Batch), col(Batch.id) == col(Claim.batch_id))
        .outerjoin(
            table_of(Guideline),
            (col(Guideline.project_id) == col(Review.project_id))
            & (
                col(Guideline.version)
                == func.coalesce(col(Batch.guideline_version), _newest_version())
            ),
        )
    )


def _newest_version() -> ColumnElement[Any]:
    newest = select(func.max(col(_newest.version)))
    return newest.where(col(_newest.project_id) == col(Review.project_id)).scalar_subquery()


def _is_blind_first() -> ColumnElement[Any]:
    """Whether claims of the project are checked blind in the first place: in its first round."""
    first = select(col(_first.is_blind)).where(col(_first.project_id) == col(Review.project_id))
    # Said where the check is from: two questions deep it would be any check of the database.
    first = first.correlate(table_of(Review)).order_by(col(_first.number)).limit(1)
    return first.scalar_subquery()


def _has_uses() -> ColumnElement[Any]:
    return exists().where(
        col(_used_in.article_id) == col(Article.id),
        col(_use_of.claim_id) == col(_used_in.id),
        (col(_use_of.reviewer_id) == ME) | ~_is_blind_first(),
        col(ReviewVersion.review_id) == col(_use_of.id),
        col(Evidence.review_version_id) == col(ReviewVersion.id),
    )
