"""What a change of a scale touches: how often each of its answers was given, and where it waits."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, distinct, exists, func, or_
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.permissions import Action, ask_leave
from app.domain.words import ClaimState, ReviewState, SchemeKind
from app.storage.aliases import alias_of
from app.storage.blind import is_blind_to
from app.storage.claims import visible
from app.storage.scales import Vocabulary, vocabulary_of
from app.storage.tables import Claim, ClaimRound, Draft, Review, ReviewVersion, Ruling

FIELDS = {SchemeKind.CONTENT: "verdict", SchemeKind.ATTRIBUTION: "attribution_verdict"}
COLUMNS = {SchemeKind.CONTENT: "content_label_id", SchemeKind.ATTRIBUTION: "attribution_label_id"}

_newer = alias_of(Ruling, "claim_id", "version")


@dataclass(frozen=True, slots=True, kw_only=True)
class Uses:
    """How often an answer was given.

    Attributes:
        checks: checks whose last version says so.
        verdicts: verdicts of the desk that hold and say so.
        drafts: checks that are being written and say so for now.
        waiting: claims that wait to be settled, of which a check says so.
    """

    checks: int = 0
    verdicts: int = 0
    drafts: int = 0
    waiting: int = 0

    @property
    def any(self) -> bool:
        """Whether it was given at all."""
        return bool(self.checks or self.verdicts or self.drafts)


def answer_uses(
    session: Session, actor: Actor, project_id: int, kind: SchemeKind
) -> Mapping[str, Uses]:
    """How often each answer to one question was given, by its code, on any version of the scale.

    Of claims to which the actor is blind only their own checks are counted: no number tells them
    that somebody has answered.

    Raises:
        Missing, NotAllowed: no leave.
    """
    ask_leave(actor, Action.PROJECT_MANAGE, project_id)
    words = vocabulary_of(session, project_id)
    known = or_(
        ~is_blind_to(actor, col(Review.claim_id)), col(Review.reviewer_id) == actor.person_id
    )
    here = and_(col(Claim.project_id) == project_id, visible())
    found: dict[str, Counter[str]] = {
        "checks": _by_code(words, _checks(session, here, known, kind)),
        "waiting": _by_code(words, _waiting(session, here, known, words=words, kind=kind)),
        "verdicts": _by_code(words, _verdicts(session, here, kind)),
        "drafts": _drafts(session, here, known, kind),
    }
    codes = {code for counted in found.values() for code in counted}
    return {code: Uses(**{name: c[code] for name, c in found.items()}) for code in codes}


def _by_code(words: Vocabulary, rows: Any) -> Counter[str]:  # noqa: ANN401 - rows of any query
    counted: Counter[str] = Counter()
    for label_id, number in rows:
        if label_id is not None:
            counted[words.labels[words.lines.of(label_id)].code] += number
    return counted


def _given(kind: SchemeKind) -> Any:  # noqa: ANN401 - a column of SQLModel
    return col(getattr(ReviewVersion, COLUMNS[kind]))


def _checks(
    session: Session, here: ColumnElement[bool], known: ColumnElement[bool], kind: SchemeKind
) -> Any:  # noqa: ANN401 - rows of a label and a number
    return session.exec(
        select(_given(kind), func.count())
        .select_from(Review)
        .join(ReviewVersion, _is_last())
        .join(Claim, col(Claim.id) == col(Review.claim_id))
        .where(here, known)
        .group_by(_given(kind))
    )


def _waiting(
    session: Session,
    here: ColumnElement[bool],
    known: ColumnElement[bool],
    *,
    words: Vocabulary,
    kind: SchemeKind,
) -> Any:  # noqa: ANN401 - rows of a label and a number
    """Claims, each once for an answer however many checks gave it."""
    label = words.present(_given(kind)).label("label")
    all_in = exists().where(
        col(ClaimRound.claim_id) == col(Claim.id),
        col(ClaimRound.settled_at).is_(None),
        col(ClaimRound.reviews_done) >= col(ClaimRound.reviews_wanted),
    )
    return session.exec(
        select(label, func.count(distinct(col(Claim.id))))
        .select_from(Review)
        .join(ReviewVersion, _is_last())
        .join(Claim, col(Claim.id) == col(Review.claim_id))
        .where(here, known, Claim.state == ClaimState.OPEN, all_in)
        .where(Review.state == ReviewState.SUBMITTED)
        .group_by(label)
    )


def _verdicts(session: Session, here: ColumnElement[bool], kind: SchemeKind) -> Any:  # noqa: ANN401 - as above
    said = col(getattr(Ruling, COLUMNS[kind]))
    is_last = ~exists().where(
        col(_newer.claim_id) == col(Ruling.claim_id), col(_newer.version) > col(Ruling.version)
    )
    return session.exec(
        select(said, func.count())
        .select_from(Ruling)
        .join(Claim, col(Claim.id) == col(Ruling.claim_id))
        .where(here, is_last, Claim.state == ClaimState.SETTLED)
        .group_by(said)
    )


def _drafts(
    session: Session, here: ColumnElement[bool], known: ColumnElement[bool], kind: SchemeKind
) -> Counter[str]:
    code = col(Draft.body)[FIELDS[kind]].as_string().label("code")
    rows = session.exec(
        select(code, func.count())
        .select_from(Draft)
        .join(Review, col(Review.id) == col(Draft.review_id))
        .join(Claim, col(Claim.id) == col(Review.claim_id))
        .where(here, known)
        .group_by(code)
    )
    return Counter({said: number for said, number in rows if said})


def _is_last() -> ColumnElement[bool]:
    return and_(
        col(ReviewVersion.review_id) == col(Review.id),
        col(ReviewVersion.number) == col(Review.submitted_version),
    )


def has_begun(session: Session, project_id: int) -> bool:
    """Whether any claim of a project was ever lent: who is blind may know that, not what was sent."""
    query = select(Review.id).where(Review.project_id == project_id)
    return session.exec(query.limit(1)).first() is not None
