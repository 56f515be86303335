"""A check that is being sent: its rows, locked, and in one question all else that decides on it.

What is decided on is asked for once everything is locked: whoever was waited for may have changed it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    Delete,
    Executable,
    Integer,
    String,
    Update,
    bindparam,
    delete,
    exists,
    func,
    insert,
    update,
)
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.words import GoldUse
from app.storage.aliases import alias_of
from app.storage.bars import person_is_barred
from app.storage.driver import rows_of, write_rows
from app.storage.instances import Instances
from app.storage.kept import HERE, ME
from app.storage.plain_rows import table_of
from app.storage.tables import (
    Batch,
    Claim,
    ClaimRound,
    Comment,
    Draft,
    Evidence,
    GoldAnswer,
    Guideline,
    Hop,
    LabelScheme,
    Project,
    Review,
    ReviewVersion,
    Round,
    Ruling,
)

NAME = bindparam("name", type_=String)
CHECK = bindparam("check", type_=Integer)
FORM = bindparam("form", type_=String)

# Under a name of its own: the question asks the same table twice.
_next = alias_of(Review, "id", "public_id")


@dataclass(frozen=True, slots=True)
class Sending:
    """Somebody's check with its claim and the round it was given in: all locked but the round."""

    review: Review
    claim: Claim
    entry: ClaimRound
    round: Round


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a check and its claim, once both are locked.

    ``sent`` is the hash of what this very form sent before, and ``led_to`` the check that was lent
    after it. ``draft`` is the version of its draft. ``newest`` is the key of the last round of its
    claim, ``guideline`` the version of the guidelines that it is checked under, ``known_use`` what
    its known answer is for.
    """

    sent: str | None
    led_to: str | None
    draft: int | None
    newest: int
    guideline: int | None
    content_scheme_id: int
    attribution_scheme_id: int
    is_barred: bool
    known_use: GoldUse | None
    has_claimant: bool
    has_ruling: bool
    has_asked: bool

    @property
    def scheme_ids(self) -> tuple[int, int]:
        """The two scales of the project."""
        return self.content_scheme_id, self.attribution_scheme_id


def locked_check(session: Session, actor: Actor, review_id: str) -> Sending | None:
    """A check of one's own for changing, locked before its claim as everywhere."""
    values = {"name": review_id, "me": actor.person_id}
    found = rows_of(session, _check(), values)
    return Sending(*_rows().known(session, found[0])) if found else None


@cache
def _rows() -> Instances:
    return Instances(Review, Claim, ClaimRound, Round)


@cache
def _check() -> Executable:
    review, claim = table_of(Review), table_of(Claim)
    entry, this_round = table_of(ClaimRound), table_of(Round)
    return (
        columns(*_rows().columns)
        .select_from(review)
        .join(claim, claim.c.id == review.c.claim_id)
        .join(entry, entry.c.id == review.c.claim_round_id)
        .join(this_round, this_round.c.id == entry.c.round_id)
        .where(review.c.public_id == NAME, review.c.reviewer_id == ME)
        .with_for_update(of=(review, claim, entry), key_share=True)
    )


def held_frozen(session: Session, project_id: int) -> set[int]:
    """Those of a project's two scales that are frozen already; they stay as they are until the end."""
    found = rows_of(session, _frozen(), {"here": project_id})
    if not found:
        return set()
    # The project is read along with them: whoever sends a check asks for it next.
    _project_and_scale().known(session, found[0])
    return {row[-1] for row in found}


@cache
def _project_and_scale() -> Instances:
    return Instances(Project, scale=col(LabelScheme.id))


@cache
def _frozen() -> Executable:
    project, scale = table_of(Project), table_of(LabelScheme)
    used = (project.c.content_scheme_id, project.c.attribution_scheme_id)
    return (
        columns(*_project_and_scale().columns)
        .select_from(project)
        .join(scale, scale.c.id.in_(used))
        .where(project.c.id == HERE, scale.c.frozen_at.is_not(None))
        .order_by(scale.c.id)
        .with_for_update(of=scale, read=True)
    )


def known_of(session: Session, actor: Actor, review: Review, *, form_key: str) -> Known:
    """What is known of a check of the actor's that is locked, sent by a form."""
    values = {"check": review.key, "form": form_key, "me": actor.person_id}
    return Known(*rows_of(session, _known(), values)[0])


@cache
def _known() -> Executable:
    query: Executable = (
        select(*_facts())
        .select_from(Review)
        .join(Claim, col(Claim.id) == col(Review.claim_id))
        .join(Project, col(Project.id) == col(Claim.project_id))
        .outerjoin(Batch, col(Batch.id) == col(Claim.batch_id))
        .outerjoin(Draft, col(Draft.review_id) == col(Review.id))
        .outerjoin(
            ReviewVersion,
            (col(ReviewVersion.review_id) == col(Review.id))
            & (col(ReviewVersion.form_key) == FORM),
        )
        .outerjoin(_next, col(_next.id) == col(ReviewVersion.next_review_id))
        .outerjoin(
            GoldAnswer,
            (col(GoldAnswer.claim_id) == col(Claim.id)) & col(GoldAnswer.retired_at).is_(None),
        )
        .where(col(Review.id) == CHECK)
    )
    return query


def _facts() -> tuple[Any, ...]:
    in_claim, project = col(Claim.id), col(Project.id)
    newest = select(func.max(ClaimRound.id)).where(col(ClaimRound.claim_id) == in_claim)
    guideline = select(func.max(Guideline.version)).where(col(Guideline.project_id) == project)
    of_chain = (col(Hop.claim_id) == in_claim, col(Hop.claim_version) == col(Claim.version))
    asked = (col(Comment.claim_id) == in_claim, col(Comment.author_id) == ME)
    return (
        col(ReviewVersion.content_sha256).label("sent"),
        col(_next.public_id).label("led_to"),
        col(Draft.version).label("draft"),
        newest.scalar_subquery().label("newest"),
        # A batch names a version of the guidelines that is there.
        func.coalesce(Batch.guideline_version, guideline.scalar_subquery()).label("guideline"),
        col(Project.content_scheme_id),
        col(Project.attribution_scheme_id),
        person_is_barred(ME, is_one=True).label("is_barred"),
        col(GoldAnswer.use).label("known_use"),
        exists().where(*of_chain).label("has_claimant"),
        exists().where(col(Ruling.claim_id) == in_claim).label("has_ruling"),
        exists().where(*asked, col(Comment.asked_id).is_not(None)).label("has_asked"),
    )


def add_version(session: Session, values: Mapping[str, Any]) -> int:
    """Write a version of a check down, by the columns of its row. Answers its key."""
    return int(rows_of(session, _new_version(), values)[0][0])


@cache
def _new_version() -> Executable:
    versions = table_of(ReviewVersion)
    return insert(versions).returning(versions.c.id)


def add_evidence(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write down the sources of a version, each by the columns of its row."""
    write_rows(session, _new_evidence(), rows)


@cache
def _new_evidence() -> Executable:
    return insert(table_of(Evidence)).inline()


def remember_next(session: Session, version_id: int, following: str) -> None:
    """Keep with a version of a check which check was lent after it."""
    rows_of(session, _following(), {"version": version_id, "name": following})


@cache
def _following() -> Update:
    versions, reviews = table_of(ReviewVersion), table_of(Review)
    lent = select(reviews.c.id).where(reviews.c.public_id == NAME).scalar_subquery()
    return update(versions).where(versions.c.id == bindparam("version")).values(next_review_id=lent)


def forget_draft(session: Session, review_id: int) -> None:
    """Take the draft of a check away, once it is sent."""
    rows_of(session, _draft_of(), {"check": review_id})


@cache
def _draft_of() -> Delete:
    drafts = table_of(Draft)
    return delete(drafts).where(drafts.c.review_id == CHECK)
