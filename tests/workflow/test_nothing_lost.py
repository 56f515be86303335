"""What the database itself forbids, and what outlives the people and the sums: docs/nothing-lost.md."""

from contextlib import suppress

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel, select

from app.domain.errors import WrongState
from app.domain.ids import new_public_id
from app.domain.words import ClaimState, DecidedBy, ReviewState, Role
from app.storage import exports, rulings
from app.storage.tables import (
    AnswerTally,
    Claim,
    ClaimRound,
    Draft,
    Label,
    LabelScheme,
    Person,
    Project,
    Review,
    ReviewVersion,
    Ruling,
)
from app.workflow import people
from app.workflow.rulings import settle_by_itself
from tests.cases import in_turn
from tests.scales import at_work
from tests.scenes import LEADS


@pytest.fixture
def working(database):
    """Ann and Ben checked: one claim is settled, one half done; Ben types in the second."""
    scene = at_work(database)
    scene.held = scene.take(scene.checkers[1])
    scene.draft(scene.checkers[1], scene.held)
    return scene


def copied(row, **changes):
    """The same row once more, under a key of its own."""
    values = {**row.model_dump(exclude={"id"}), **changes}
    if "public_id" in values:
        values["public_id"] = new_public_id()
    return type(row)(**values)


def test_a_second_row_for_what_there_is_one_of_is_refused(working):
    ann, ben = working.rows(Review, Review.claim_id == working.claim_row(working.half).key)
    [version] = working.rows(ReviewVersion, ReviewVersion.review_id == ann.key)
    [draft] = working.rows(Draft)
    for double in (
        copied(ann, slot=None, state=ReviewState.LENT, submitted_version=0, submitted_at=None),
        copied(ben, slot=ann.slot, reviewer_id=working.editor.person),
        copied(draft, version=7),
        copied(version, form_key="another"),
        copied(version, number=2),
    ):
        with (
            pytest.raises(IntegrityError, match=r"(?i)unique"),
            working.database.write() as session,
        ):
            session.add(double)


@in_turn("kind", [Person, Project, LabelScheme, Label, Claim, ClaimRound, Review])
def test_nothing_that_others_rest_on_can_be_deleted(working, kind):
    with pytest.raises(IntegrityError), working.database.write() as session:
        session.execute(delete(kind))


def test_no_deletion_takes_others_along():
    keys = [key for table in SQLModel.metadata.sorted_tables for key in table.foreign_keys]
    assert len(keys) > 100
    assert {key.ondelete for key in keys} <= {None, "RESTRICT"}


def test_who_leaves_the_project_leaves_checks_exports_and_finished_claims(working):
    ann = working.checkers[0]
    admin = working.person("Root", *LEADS, admin=True)

    def kept():
        return (
            [list(working.ask(drawn, rows, working)) for rows in ROWS],
            [(row.pattern, row.number) for row in working.rows(AnswerTally)],
            [(c.state, c.slots_free) for c in working.rows(Claim)],
            [entry.reviews_done for entry in working.rows(ClaimRound)],
        )

    before = kept()
    [row] = working.rows(Person, Person.id == ann.person)
    working.do(people.end_role, admin, row.public_id, role=Role.REVIEWER, project_id=working.id)
    working.do(people.deactivate, admin, row.public_id)
    assert kept() == before
    # The half of the work that they did counts: one more check, and the claim is settled.
    working.submit(working.checkers[1], working.held, "half-true")
    assert working.claim_row(working.half).state is ClaimState.SETTLED


ROWS = (exports.review_rows, exports.verdict_rows, exports.source_rows)


def drawn(session, rows, scene):
    return list(rows(session, scene.editor, scene.id))


def test_no_sum_that_is_made_again_replaces_what_a_person_decided(working):
    ben = working.checkers[1]
    working.submit(ben, working.held, "false")
    working.settle(working.editor, working.half, "mostly-true", reason="Both are off.")
    before = working.rows(Ruling)
    assert before[-1].decided_by is DecidedBy.ADJUDICATION
    # They come to agree: too late, and told so.
    for who in working.checkers:
        [review] = working.rows(
            Review,
            Review.reviewer_id == who.person,
            Review.claim_id == working.claim_row(working.half).key,
        )
        with pytest.raises(WrongState):
            working.submit(who, review.public_id, "false", base_version=1)
    with suppress(WrongState), working.database.write() as session:
        claim = session.get_one(Claim, working.claim_row(working.half).key)
        entry = session.get_one(ClaimRound, working.round_of(working.half).id)
        # Whatever brought the sum about, and though all checks were the same.
        wrong = session.exec(select(Label.id).where(Label.code == "false")).first()
        session.execute(update(ReviewVersion).values(content_label_id=wrong))
        settle_by_itself(session, working.editor, claim, entry)
        session.flush()
    working.change(drop=("mostly-true",), rename={"false": "Wrong"})
    assert working.rows(Ruling) == before
    [told] = working.ask(rulings.rulings_of, working.claim_row(working.half).key)
    assert told.content.name == "Mostly true"
