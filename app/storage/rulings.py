"""Questions about rulings, and about what waits for one."""

from collections.abc import Collection, Sequence
from functools import cache

from sqlalchemy import Executable
from sqlmodel import Session, col, select

from app.domain.consensus import Answer, dissent, share_of_agreeing_pairs
from app.domain.records import RulingRecord
from app.domain.words import ReviewState
from app.storage.driver import rows_of
from app.storage.kept import CLAIMS
from app.storage.scales import Vocabulary, label_record, vocabulary_of_claims
from app.storage.tables import (
    Label,
    LabelScheme,
    Person,
    Review,
    ReviewVersion,
    Ruling,
)


def rulings_of(session: Session, claim_id: int) -> list[RulingRecord]:
    """Every version of the desk's verdict on a claim, the one that holds first."""
    query = (
        select(Ruling, Label, LabelScheme, Person.name)
        .join(Label, col(Label.id) == col(Ruling.content_label_id))
        .join(LabelScheme, col(LabelScheme.id) == col(Label.scheme_id))
        .join(Person, col(Person.id) == col(Ruling.decided_by_id), isouter=True)
        .where(Ruling.claim_id == claim_id)
        .order_by(col(Ruling.version).desc())
    )
    words = vocabulary_of_claims(session, [claim_id])
    answers = words.lines.answers(submitted_answers(session, [claim_id]).get(claim_id, []))
    return [
        _record(row, label, scheme, name=name, answers=answers, words=words)
        for row, label, scheme, name in session.exec(query).all()
    ]


def _record(
    row: Ruling,
    content: Label,
    scheme: LabelScheme,
    *,
    name: str | None,
    answers: Sequence[Answer],
    words: Vocabulary,
) -> RulingRecord:
    ruled = words.lines.answer(Answer(row.content_label_id, row.attribution_label_id))
    said = row.attribution_label_id
    tags = [words.tags[key] for key in (row.content_label_id, said) if key]
    return RulingRecord(
        version=row.version,
        content=label_record(content),
        attribution=words.labels[said] if said else None,
        scheme=f"{scheme.code}@{scheme.version}",
        conclusion=row.conclusion,
        short_text=row.short_text,
        reason=row.reason,
        decided_by=row.decided_by,
        decided_by_name=name,
        decided_at=row.decided_at,
        correction_kind=row.correction_kind,
        public_note=row.public_note,
        agreement=share_of_agreeing_pairs(answers),
        dissent=tuple(
            (words.named_in(key, tags).name, number) for key, number in dissent(answers, ruled)
        ),
    )


def ruled_claims(session: Session, claim_ids: Collection[int]) -> set[int]:
    """Of some claims, those that have or had a verdict, which is checked anew maybe."""
    query = select(Ruling.claim_id).where(col(Ruling.claim_id).in_(claim_ids))
    return set(session.exec(query.distinct()))


def submitted_answers(session: Session, claim_ids: Sequence[int]) -> dict[int, list[Answer]]:
    """The verdicts of the submitted checks of some claims as given, in slot order.

    Those of all rounds, the earlier ones first. Not for the blind; compare them by ``Lines`` alone.
    """
    found: dict[int, list[Answer]] = {}
    for claim_id, content, said in rows_of(session, _answers(), {"claims": list(claim_ids)}):
        found.setdefault(claim_id, []).append(Answer(content, said))
    return found


@cache
def _answers() -> Executable:
    return (
        select(Review.claim_id, ReviewVersion.content_label_id, ReviewVersion.attribution_label_id)
        .join(ReviewVersion, col(ReviewVersion.review_id) == col(Review.id))
        .where(
            col(Review.claim_id).in_(CLAIMS),
            Review.state == ReviewState.SUBMITTED,
            col(ReviewVersion.number) == col(Review.submitted_version),
        )
        .order_by(col(Review.claim_id), col(Review.claim_round_id), col(Review.slot))
    )


def checks_token(session: Session, claim_id: int) -> str:
    """Which versions of which checks a claim has now, to tell whether a page still shows them."""
    query = (
        select(Review.public_id, Review.submitted_version)
        .where(Review.claim_id == claim_id, Review.state == ReviewState.SUBMITTED)
        .order_by(col(Review.public_id))
    )
    return ",".join(f"{name}:{version}" for name, version in session.exec(query))
