"""What the exports write of questions and answers: each answer by itself, and settled claims whole.

Blindness is that of the checks which the questions belong to.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.asked_claims import AskedClaim, merged
from app.domain.consensus import Answer
from app.domain.evidence_questions import EvidenceQuestionRecord
from app.domain.export_rows import QuestionRow
from app.domain.permissions import Action, ask_leave
from app.domain.words import ClaimKind, ReviewState, RoundKind, SourceRecord
from app.storage.claim_chunks import (
    Check,
    Chunk,
    checks_in,
    claim_chunks,
    ruled_by,
    shared_rationale,
)
from app.storage.claim_filters import ALL, ClaimFilter
from app.storage.claims import hops_of, quantities_of
from app.storage.questions import questions_of
from app.storage.scales import Vocabulary, vocabulary_of
from app.storage.tables import Article, Claim, ClaimRound, Round, Ruling

Questions = dict[int, list[EvidenceQuestionRecord]]


def question_rows(
    session: Session,
    actor: Actor,
    project_id: int,
    *,
    wanted: ClaimFilter = ALL,
    on_record: bool = False,
) -> Iterator[QuestionRow]:
    """One row for every answer to a question in the last version of a check.

    ``on_record``: only those that were read in such a source, or in none.

    Raises:
        Missing, NotAllowed: no leave, before the first row.
    """
    ask_leave(actor, Action.EXPORT_TAKE, project_id)
    chunks = claim_chunks(session, actor, project_id, wanted)
    return _question_rows(session, chunks, on_record=on_record)


def _question_rows(
    session: Session, chunks: Iterable[Chunk], *, on_record: bool
) -> Iterator[QuestionRow]:
    for chunk in chunks:
        asked = _asked(session, chunk)
        for claim, check in checks_in([chunk]):
            for number, question in enumerate(asked.get(check.version.key, ()), 1):
                for row, is_named in _rows_of(claim, check, number, question):
                    if is_named or not on_record:
                        yield row


def _asked(session: Session, chunk: Chunk) -> Questions:
    """The questions of all checks of some claims, by version."""
    checks = [check for found in chunk.checks.values() for check in found]
    evidence = {check.version.key: check.evidence for check in checks}
    return questions_of(session, list(evidence), evidence)


def _rows_of(
    claim: Claim, check: Check, number: int, question: EvidenceQuestionRecord
) -> Iterator[tuple[QuestionRow, bool]]:
    """Each answer, and whether it may be told where it was read."""
    for place, answer in enumerate(question.answers, 1):
        use = answer.source
        # A source that must not be named counts, but its address stays here.
        is_named = use is None or use.record is SourceRecord.ON_RECORD
        row = QuestionRow(
            claim_id=claim.public_id,
            review_id=check.review.public_id,
            question_number=number,
            question=question.text,
            answer_number=place,
            answer_type=answer.type.value,
            answer=answer.text,
            explanation=answer.explanation,
            medium=None if answer.medium is None else answer.medium.value,
            source_url=use.url if use is not None and is_named else None,
        )
        yield row, is_named


def asked_claims(
    session: Session, actor: Actor, project_id: int, *, wanted: ClaimFilter = ALL
) -> Iterator[AskedClaim]:
    """Every settled claim that a filter finds, with what its checks asked; maybe they asked nothing.

    Raises:
        Missing, NotAllowed: no leave, before the first one.
    """
    ask_leave(actor, Action.EXPORT_TAKE, project_id)
    words = vocabulary_of(session, project_id)
    return _asked_claims(session, claim_chunks(session, actor, project_id, wanted), words)


def _asked_claims(
    session: Session, chunks: Iterable[Chunk], words: Vocabulary
) -> Iterator[AskedClaim]:
    for chunk in chunks:
        rulings = ruled_by(session, [claim.key for claim, _article in chunk.claims])
        keys = list(rulings)
        asked = _asked(session, chunk)
        hops, figures = hops_of(session, keys), quantities_of(session, keys)
        again = _checked_anew(session, keys)
        for claim, article in chunk.claims:
            if claim.key not in rulings:
                continue
            checks = [
                check
                for check in chunk.checks.get(claim.key, [])
                if check.review.state is ReviewState.SUBMITTED
            ]
            answers = words.lines.answers(check.answer for check in checks)
            uses = tuple(use for check in checks for use in check.evidence)
            yield AskedClaim(
                **_claim_cells(claim, article),
                **_verdict_cells(rulings[claim.key], checks, asked, words),
                hops=tuple(hops.get(claim.key, ())),
                uses=uses,
                is_repeated=claim.key in again or len({a.content for a in answers}) > 1,
                compares_figures=claim.key in figures and any(use.figure for use in uses),
            )


def _claim_cells(claim: Claim, article: Article | None) -> dict[str, Any]:
    return {
        "claim_id": claim.public_id,
        "text": claim.text,
        "kinds": tuple(ClaimKind(kind) for kind in claim.kinds if kind in set(ClaimKind)),
        "said_on": claim.said_on,
        "article_url": article.url if article else None,
        "article_publisher": article.publisher if article else None,
        "article_published": article.published if article else None,
        "seen_at_url": claim.seen_at_url,
        "published_url": claim.published_url,
    }


def _verdict_cells(
    ruling: Ruling, checks: Sequence[Check], asked: Questions, words: Vocabulary
) -> dict[str, Any]:
    """The verdict, why, and what was asked: by the checks that agree with it first."""
    ruled = words.lines.answer(Answer(ruling.content_label_id, ruling.attribution_label_id))
    answers = words.lines.answers(check.answer for check in checks)
    in_order = sorted(
        zip(checks, answers, strict=True), key=lambda pair: pair[1].content != ruled.content
    )
    questions = (asked.get(check.version.key, ()) for check, _answer in in_order)
    why = ruling.conclusion.strip() or shared_rationale(checks, answers, ruled) or ""
    return {
        "scale": words.tags[ruling.content_label_id].partition("@")[0],
        "answer": words.labels[ruling.content_label_id].code,
        "justification": why,
        "questions": merged(chain.from_iterable(questions)),
    }


def _checked_anew(session: Session, keys: Sequence[int]) -> set[int]:
    """Of some claims, those that people checked from the beginning a second time.

    A control alone repeats nothing: there, it tells by another answer that something is to be.
    """
    query = (
        select(ClaimRound.claim_id)
        .join(Round, col(Round.id) == col(ClaimRound.round_id))
        .where(col(ClaimRound.claim_id).in_(keys), Round.kind == RoundKind.REOPENED)
    )
    return set(session.exec(query.distinct()))
