"""Questions about claims with known answers: which are known, and how people answered them.

Only those may ask who may set them (``Action.GOLD_SET``), but for the one who was just taught;
nobody who may ask is ever lent such a claim (see ``app.storage.bars``). What is compared is the
first answer of each person: later ones may have learnt from it.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.consensus import Answer
from app.domain.errors import Missing
from app.domain.export_rows import GoldRow
from app.domain.gold import Comparison, KnownAnswer, PersonAnswers
from app.domain.permissions import Action, ask_leave
from app.domain.words import GoldUse
from app.storage.claims import in_batch
from app.storage.projects import by_id
from app.storage.pseudonyms import names_of_people, pseudonym
from app.storage.scales import Vocabulary, vocabulary_of
from app.storage.tables import Claim, GoldAnswer, Label, Person, Project, Review, ReviewVersion

Condition = Any


def known(session: Session, claim_id: int) -> GoldAnswer | None:
    """The known answer that a claim has now, for a verb that decides on it."""
    return session.exec(
        select(GoldAnswer).where(
            GoldAnswer.claim_id == claim_id, col(GoldAnswer.retired_at).is_(None)
        )
    ).first()


def known_answers(session: Session, actor: Actor, project_id: int) -> list[KnownAnswer]:
    """The claims of a project with known answers, those to learn from first.

    Raises:
        Missing, NotAllowed: no leave.
    """
    ask_leave(actor, Action.GOLD_SET, project_id)
    return list(_answers(session, GoldAnswer.project_id == project_id))


def known_answer(
    session: Session, actor: Actor, project_id: int, claim_id: int
) -> KnownAnswer | None:
    """The known answer of one claim, None where there is none.

    Raises:
        Missing, NotAllowed: no leave.
    """
    ask_leave(actor, Action.GOLD_SET, project_id)
    return next(_answers(session, GoldAnswer.claim_id == claim_id), None)


def mixed_in(session: Session, actor: Actor, project_id: int) -> int:
    """One in how many claims that a person is lent has a known answer; 0 for none.

    Raises:
        Missing, NotAllowed: no leave.
    """
    ask_leave(actor, Action.GOLD_SET, project_id)
    return session.exec(select(Project.gold_every).where(Project.id == project_id)).one()


def _answers(session: Session, of_which: Condition) -> Iterator[KnownAnswer]:
    said = aliased(Label)
    query = (
        select(GoldAnswer, Claim, Label)
        .add_columns(col(said.name), col(said.code))
        .join(Claim, col(Claim.id) == col(GoldAnswer.claim_id))
        .join(Label, col(Label.id) == col(GoldAnswer.content_label_id))
        .join(said, col(said.id) == col(GoldAnswer.attribution_label_id), isouter=True)
        .where(of_which, col(GoldAnswer.retired_at).is_(None))
        .order_by(col(GoldAnswer.use).desc(), col(GoldAnswer.id))
    )
    for row, claim, content, name, code in session.execute(query):
        yield KnownAnswer(
            claim_key=claim.key,
            claim_id=claim.public_id,
            claim_text=claim.text,
            language=claim.language,
            use=row.use,
            content=content.name,
            said=name,
            content_code=content.code,
            said_code=code,
            explanation=row.explanation,
            created_at=row.created_at,
        )


def comparisons(session: Session, actor: Actor, project_id: int) -> list[Comparison]:
    """The first answers of everybody to the claims whose answers are known now, oldest first.

    They are held against the answer that is known now; history keeps what each was held against
    when it came.

    Raises:
        Missing, NotAllowed: no leave.
    """
    ask_leave(actor, Action.GOLD_SET, project_id)
    return list(_compared(session, project_id, col(GoldAnswer.project_id) == project_id))


def _compared(session: Session, project_id: int, of_which: Condition) -> Iterator[Comparison]:
    words = vocabulary_of(session, project_id)
    query = (
        select(GoldAnswer, Review, ReviewVersion)
        .join(Review, col(Review.claim_id) == col(GoldAnswer.claim_id))
        .join(
            ReviewVersion,
            (col(ReviewVersion.review_id) == col(Review.id)) & (col(ReviewVersion.number) == 1),
        )
        .where(of_which, col(GoldAnswer.retired_at).is_(None))
        .order_by(col(ReviewVersion.id))
    )
    for row, review, version in session.exec(query):
        given = answer_of(words, version.content_label_id, version.attribution_label_id)
        right = answer_of(words, row.content_label_id, row.attribution_label_id)
        yield Comparison(
            claim_key=row.claim_id,
            review_id=review.public_id,
            person_id=review.reviewer_id,
            use=row.use,
            content=words.labels[given.content].name,
            said=_name(words, given.attribution),
            known_content=words.labels[right.content].name,
            known_said=_name(words, right.attribution),
            is_right=is_right(given, right),
            at=version.decided_at,
        )


def answer_of(words: Vocabulary, content: int, said: int | None) -> Answer:
    """An answer as the scales say it now."""
    return words.lines.answer(Answer(content, said))


def is_right(given: Answer, right: Answer) -> bool:
    """Whether an answer is the known one; what is not known of it cannot be wrong."""
    return given.content == right.content and right.attribution in {None, given.attribution}


def _name(words: Vocabulary, label: int | None) -> str | None:
    return None if label is None else words.labels[label].name


def people_answers(
    session: Session, actor: Actor, project_id: int, found: list[Comparison]
) -> list[PersonAnswers]:
    """Some comparisons by person, in the order of their names.

    Raises:
        Missing, NotAllowed: no leave.
    """
    ask_leave(actor, Action.GOLD_SET, project_id)
    keys = {one.person_id for one in found}
    rows = session.exec(
        select(Person).where(col(Person.id).in_(keys)).order_by(col(Person.name), col(Person.id))
    )
    people = {row.key: PersonAnswers(row.name) for row in rows}
    for one in found:
        people[one.person_id].found.append(one)
    return list(people.values())


def is_explained(session: Session, actor: Actor, review_id: str) -> bool:
    """Whether a check of mine is one to learn from that I have given."""
    query = select(Review.id).where(*_mine_to_learn_from(actor, review_id))
    return session.exec(query.join(GoldAnswer, _of_claim())).first() is not None


def explained(
    session: Session, actor: Actor, project_id: int, review_id: str
) -> tuple[Comparison, KnownAnswer]:
    """My answer to a claim to learn from, and what is known of it.

    Raises:
        Missing: there is no such check of mine, or it is not given, or nothing is explained of it.
    """
    of_which = [*_mine_to_learn_from(actor, review_id)]
    row = session.exec(select(Review).join(GoldAnswer, _of_claim()).where(*of_which)).first()
    if row is None:
        raise Missing("review.missing")
    [compared] = _compared(session, project_id, col(Review.id) == row.id)
    [answer] = _answers(session, GoldAnswer.claim_id == row.claim_id)
    return compared, answer


def _of_claim() -> Condition:
    return col(GoldAnswer.claim_id) == col(Review.claim_id)


def _mine_to_learn_from(actor: Actor, review_id: str) -> tuple[Condition, ...]:
    return (
        col(Review.public_id) == review_id,
        col(Review.reviewer_id) == actor.person_id,
        col(Review.submitted_version) > 0,
        col(GoldAnswer.use) == GoldUse.TRAINING,
        col(GoldAnswer.retired_at).is_(None),
    )


def gold_rows(
    session: Session,
    actor: Actor,
    project_id: int,
    *,
    names: bool = False,
    batch_id: int | None = None,
) -> Iterator[GoldRow]:
    """One row for every first answer to a claim whose answer is known; of a batch, if asked.

    Raises:
        Missing, NotAllowed: no leave, before the first row.
    """
    found = comparisons(session, actor, project_id)
    project = by_id(session, project_id)
    query = (
        select(Claim.id, Claim.public_id)
        .join(GoldAnswer, col(GoldAnswer.claim_id) == col(Claim.id))
        .where(Claim.project_id == project_id, *in_batch(batch_id))
    )
    claims = dict(session.exec(query).all())
    named = names_of_people(session) if names else {}
    return (
        _row(
            one, claims[one.claim_key], named.get(one.person_id, pseudonym(project, one.person_id))
        )
        for one in found
        if one.claim_key in claims
    )


def _row(one: Comparison, claim_id: str, reviewer: str) -> GoldRow:
    return GoldRow(
        claim_id=claim_id,
        use=one.use.value,
        known_content_verdict=one.known_content,
        known_attribution_verdict=one.known_said,
        review_id=one.review_id,
        reviewer=reviewer,
        content_verdict=one.content,
        attribution_verdict=one.said,
        right=one.is_right,
        decided_at=one.at,
    )
