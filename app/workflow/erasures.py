"""Erasing by order: a text is blanked in place, a hash and the reason remain.

Nothing else in the program takes words away that were once acknowledged.
"""

import hashlib
from collections.abc import Callable, Sequence

from sqlalchemy import update
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.errors import Invalid, WrongState
from app.domain.ids import now
from app.domain.permissions import Action, ask_leave
from app.domain.words import Erasable
from app.storage.locking import locked
from app.storage.tables import (
    ClaimPlace,
    Comment,
    Draft,
    Erasure,
    Evidence,
    EvidenceAnswer,
    Person,
    Reply,
    ReplyVersion,
    Review,
    ReviewQuestion,
    ReviewVersion,
    Snapshot,
    Source,
)
from app.workflow.claim_words import blank_words
from app.workflow.events import record_event
from app.workflow.questions import blanked_answers, blanked_questions
from app.workflow.source_words import blank_copies, blank_drafts, blank_source_words, words_of
from app.workflow.source_words import blank_words as blank_words_of

Blanker = Callable[[Session, str], str]


def erase(session: Session, actor: Actor, noun: Erasable, public_id: str, *, reason: str) -> None:
    """Blank what a person, an article's text, a source, a check or a comment says, for good.

    Raises:
        NotAllowed: the actor is no admin.
        Missing: there is no such thing.
        WrongState: it was erased before, or nothing was submitted yet.
        Invalid: no reason.
    """
    ask_leave(actor, Action.ERASE)
    if not reason.strip():
        raise Invalid("erasure.reason", field="reason")
    sha256 = hashlib.sha256(BLANKERS[noun](session, public_id).encode()).hexdigest()
    session.add(
        Erasure(
            noun=noun,
            thing=public_id,
            sha256=sha256,
            reason=reason.strip(),
            erased_by_id=actor.person_id,
        )
    )
    record_event(session, actor, Action.ERASE, noun=noun.value, thing=public_id)
    session.flush()


def _blank_person(session: Session, public_id: str) -> str:
    """Somebody who leaves no name: what they did stays theirs, under a number."""
    person = locked(session, Person, public_id)
    _ask_once(erased=person.erased_at is not None)
    said = _joined([person.name, person.email])
    person.name = f"Person {public_id}"
    person.email = f"{public_id}@erased.invalid"
    person.password_hash = None
    person.is_active = person.is_admin = False
    person.session_version += 1
    person.erased_at = now()
    return said


def _blank_snapshot(session: Session, public_id: str) -> str:
    """An article's text; the claims keep their own wording and lose what they have of its words."""
    snapshot = locked(session, Snapshot, public_id)
    _ask_once(erased=snapshot.erased_at is not None)
    said = snapshot.text
    blank_words(session, snapshot)
    session.execute(
        update(ClaimPlace)
        .where(col(ClaimPlace.snapshot_id) == snapshot.key, col(ClaimPlace.quote).is_not(None))
        .values(quote="")
    )
    snapshot.text = ""
    snapshot.erased_at = now()
    return said


def _blank_source(session: Session, public_id: str) -> str:
    """A source that must not be named any more; that checks rested on something stays."""
    source = locked(session, Source, public_id)
    _ask_once(erased=source.erased_at is not None)
    uses = session.exec(select(Evidence).where(Evidence.source_id == source.key)).all()
    said = [source.url, *blank_drafts(session, source, uses)]
    said += [*blank_source_words(session, source), *blank_copies(session, source)]
    said += [text for use in uses for text in _words(use)]
    said += blanked_answers(session, col(EvidenceAnswer.evidence_id).in_([u.key for u in uses]))
    source.url = source.canonical_url = None
    source.erased_at = now()
    _blank_uses(uses)
    return _joined(said)


def _blank_review(session: Session, public_id: str) -> str:
    """Every version of a check, its draft and what it quoted; the verdicts stay counted."""
    review = locked(session, Review, public_id)
    versions = session.exec(
        select(ReviewVersion).where(ReviewVersion.review_id == review.key)
    ).all()
    if not versions:
        raise WrongState("erasure.nothing")
    _ask_once(erased=all(version.erased_at is not None for version in versions))
    uses = session.exec(
        select(Evidence).where(
            col(Evidence.review_version_id).in_([version.key for version in versions])
        )
    ).all()
    questions = session.exec(
        select(ReviewQuestion).where(ReviewQuestion.review_id == review.key)
    ).all()
    said = _joined(
        [question.text for question in questions]
        + [text for v in versions for text in (v.rationale, v.not_known, v.notes)]
        + [text for use in uses for text in _words(use)]
        + list[str | None](blanked_questions(session, [version.key for version in versions]))
    )
    for version in versions:
        version.rationale = version.not_known = version.notes = ""
        version.erased_at = now()
    _blank_uses(uses)
    review.question = review.skip_note = review.waits_for = None
    for question in questions:
        question.text = ""
    session.execute(update(Draft).where(col(Draft.review_id) == review.key).values(body={}))
    return said


def _blank_comment(session: Session, public_id: str) -> str:
    """A comment, in a thread that is read on without it."""
    comment = locked(session, Comment, public_id)
    _ask_once(erased=comment.erased_at is not None)
    said = comment.text
    comment.text = ""
    comment.erased_at = now()
    return said


def _blank_reply(session: Session, public_id: str) -> str:
    """Whom the desk asked and what came back, in every version; that it asked, and when, stays."""
    reply = locked(session, Reply, public_id)
    _ask_once(erased=reply.erased_at is not None)
    versions = session.exec(select(ReplyVersion).where(ReplyVersion.reply_id == reply.key)).all()
    rows = (*versions, reply)
    said = _joined(
        [
            text
            for row in rows
            for text in (row.whom, row.asked, row.answer, row.not_applicable_because)
        ]
    )
    for row in rows:
        row.whom = row.asked = row.answer = ""
        if row.not_applicable_because is not None:
            row.not_applicable_because = ""
    reply.erased_at = now()
    return said


def _ask_once(*, erased: bool) -> None:
    if erased:
        raise WrongState("erasure.done")


def _words(use: Evidence) -> tuple[str | None, ...]:
    told = (use.quote, use.locator, use.note, use.quote_translation, use.figure)
    return *words_of(use), *told


def _blank_uses(uses: Sequence[Evidence]) -> None:
    for use in uses:
        blank_words_of(use)
        use.quote = use.locator = use.note = use.figure = ""
        use.archive_url = use.quote_translation = use.translated_by = None


def _joined(texts: Sequence[str | None]) -> str:
    return "\n".join(text or "" for text in texts)


BLANKERS: dict[Erasable, Blanker] = {
    Erasable.PERSON: _blank_person,
    Erasable.SNAPSHOT: _blank_snapshot,
    Erasable.SOURCE: _blank_source,
    Erasable.REVIEW: _blank_review,
    Erasable.COMMENT: _blank_comment,
    Erasable.REPLY: _blank_reply,
}
