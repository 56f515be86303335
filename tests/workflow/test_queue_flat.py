"""Lending the next claim takes as many questions, and as many steps, however much one has done."""

import threading

import pytest
from sqlalchemy import insert, text
from sqlmodel import col, select

from app.domain.ids import new_public_id, now
from app.domain.words import BarReason, ReviewState, SkipReason
from app.storage import next_claims, outlook, queue, reviews
from app.storage.own_checks import given_checks
from app.storage.projects import by_id
from app.storage.queue_place import FRONT
from app.storage.tables import Bar, Checker, Claim, ClaimRound, Review, Round
from app.workflow import lending
from app.workflow.reviews import skip
from tests.scenes import Scene
from tests.work import counted, listen, steps_of, unlisten

# With one that is found anew how far nothing is left, once in so many claims.
MOST_QUESTIONS, MOST_TO_SHOW = 9, 3


@pytest.fixture
def scene(database):
    return Scene(database)


def many(scene, number):
    """So many claims that want two checks each."""
    with scene.database.write() as session:
        this_round = session.exec(select(Round.id).where(Round.project_id == scene.id)).one()
        named = [
            {"public_id": new_public_id(), "created_at": now(), "project_id": scene.id}
            for _ in range(number)
        ]
        rows = [
            {**one, "text": f"Town {n} has {n} lakes.", "state": "open", "slots_free": 2}
            for n, one in enumerate(named)
        ]
        before = session.exec(select(Claim.id)).all()
        session.execute(insert(Claim), rows)
        keys = session.exec(select(Claim.id).where(col(Claim.id).not_in(before))).all()
        entry = {"round_id": this_round, "reviews_wanted": 2, "reviews_done": 0}
        session.execute(insert(ClaimRound), [{"claim_id": key, **entry} for key in keys])


def checked(scene, actor, number):
    """The first so many claims of the queue were checked by somebody; others are still wanted."""
    with scene.database.write() as session:
        query = select(Claim.id, ClaimRound.id).join(ClaimRound)
        rows = session.execute(query.order_by(col(Claim.id)).limit(number)).all()
        session.execute(
            insert(Review),
            [
                {
                    "public_id": new_public_id(),
                    "created_at": now(),
                    "project_id": scene.id,
                    "claim_id": claim_id,
                    "claim_round_id": entry_id,
                    "reviewer_id": actor.person,
                    "slot": actor.person,
                    "state": ReviewState.SUBMITTED,
                    "submitted_at": now(),
                    "submitted_version": 1,
                }
                for claim_id, entry_id in rows
            ],
        )
        session.execute(
            text("UPDATE claim SET slots_free = 1 WHERE id IN (SELECT claim_id FROM review)")
        )


def go_on(scene, actor, times):
    """Take the next so many, and pass none of them on."""
    for _ in range(times):
        mine = scene.take(actor)
        scene.change(
            Review,
            mine,
            state=ReviewState.SUBMITTED,
            submitted_at=now(),
            submitted_version=1,
            lease_until=None,
        )


def asked(scene, actor):
    """How many questions, and steps, taking the next claim and showing what is to go are."""
    found = []
    with scene.database.writing() as session:
        session.connection()
        project = by_id(session, scene.id)
        for question, where in ((lending.take, scene.id), (reviews.progress, project)):
            with counted(scene.database) as sent, steps_of(session) as steps:
                question(session, actor, where)
            found += [len(sent), steps[0]]
        session.rollback()
    return found


def test_the_next_claim_costs_the_same_after_many_checks_of_ones_own(scene):
    if not scene.database.is_sqlite:
        pytest.skip("the steps of SQLite are counted")
    ann, ben = scene.reviewers("Ann", "Ben")
    many(scene, 600)
    for actor, number in ((ann, 10), (ben, 400)):
        checked(scene, actor, number)
        go_on(scene, actor, outlook.LENT_BETWEEN + 1)

    few, lots = asked(scene, ann), asked(scene, ben)

    assert lots[0] == few[0] <= MOST_QUESTIONS
    assert lots[2] == few[2] <= MOST_TO_SHOW
    assert lots[1] <= 1.5 * few[1]
    assert lots[3] <= 1.5 * few[3]


def test_where_far_more_is_to_go_than_is_counted_no_claim_is_looked_at(scene):
    ann, ben = scene.reviewers("Ann", "Ben")
    many(scene, 3)
    few = scene.ask(outlook.outlook, ann, scene.id)
    many(scene, queue.COUNTED)
    bar = Bar(claim_id=scene.rows(Claim)[0].key, person_id=ben.person, reason=BarReason.CONFLICT)
    with scene.database.write() as session:
        session.add(bar)
    looks = [scene.ask(outlook.outlook, one, scene.id) for one in (ann, ben)]

    project = scene.ask(by_id, scene.id)
    numbers, questions = [], []
    for actor in (ann, ben):
        with counted(scene.database) as sent:
            numbers.append(scene.ask(reviews.progress, actor, project)[1])
        questions.append(len(sent))

    assert questions[0] == questions[1] - 1
    assert (few.surely, looks[0].surely, looks[1].surely) == (3, queue.COUNTED + 3, 0)
    assert numbers == [queue.COUNTED, queue.COUNTED]


def test_ones_own_checks_are_listed_newest_first_without_putting_all_in_order(scene):
    if not scene.database.is_sqlite:
        pytest.skip("the steps of SQLite are counted")
    ann, ben = scene.reviewers("Ann", "Ben")
    many(scene, 600)
    checked(scene, ann, 60)
    checked(scene, ben, 600)
    found = []
    with scene.database.write() as session:
        session.execute(text("ANALYZE"))
    for actor in (ann, ben):
        with scene.database.reading() as session:
            session.connection()
            with steps_of(session) as steps:
                found.append(len(given_checks(session, actor, scene.id, limit=50)))
            found.append(steps[0])

    assert found[0] == found[2] == 50
    assert found[3] <= 1.2 * found[1]


def test_the_next_claim_asks_the_same_questions_among_any_number(scene):
    ann, ben = scene.reviewers("Ann", "Ben")
    numbers = []
    for actor, number in ((ann, 20), (ben, 500)):
        many(scene, number)
        with counted(scene.database) as sent:
            scene.take(actor)
        numbers.append(len(sent))
    assert numbers[0] == numbers[1]


def explained(scene, actor, statement):
    """How a database goes about a question, as it says."""
    params = outlook.Outlook(
        **{**dict.fromkeys(outlook.Outlook.__slots__, 0), "place": "1", "in_hand": None}
    ).places(actor, scene.id)
    sent = []

    def note(_connection, _cursor, said, values, *_rest):
        sent.append((said, values))

    with scene.database.writing() as session:
        listen(scene.database, "before_cursor_execute", note)
        try:
            session.execute(statement, params).all()
        finally:
            unlisten(scene.database, "before_cursor_execute", note)
        said, values = sent[-1]
        how = "EXPLAIN QUERY PLAN " if scene.database.is_sqlite else "EXPLAIN "
        rows = session.connection().exec_driver_sql(how + said, values).all()
        session.rollback()
    return [str(row[-1]) for row in rows]


@pytest.mark.plans
@pytest.mark.parametrize("waits", [pytest.param(False, marks=pytest.mark.thorough), True])
def test_the_queue_is_read_off_its_index_from_a_place_on(scene, waits):
    [ann] = scene.reviewers("Ann")
    many(scene, 3_000)
    with scene.database.write() as session:
        session.execute(text("ANALYZE"))

    plan = explained(scene, ann, next_claims._first(changed=False, waits=waits))

    first = [line for line in plan if "ix_claim_place" in line]
    assert len(first) == 1
    assert not [line for line in plan if "TEMP B-TREE FOR ORDER" in line or "Sort" in line]
    if scene.database.is_sqlite:
        assert first == ["SEARCH claim USING INDEX ix_claim_place (project_id=? AND <expr>>?)"]
    else:
        assert "Index Scan using ix_claim_place on claim" in first[0]


@pytest.mark.plans
def test_what_came_free_is_found_by_its_keys_and_not_along_the_queue(scene):
    [ann] = scene.reviewers("Ann")
    many(scene, 3_000)
    with scene.database.write() as session:
        session.execute(text("DELETE FROM queue_change"))
        session.execute(text("ANALYZE"))

    plan = explained(scene, ann, next_claims._first(changed=True, waits=False))

    assert not [line for line in plan if "ix_claim_place" in line]


def test_what_others_pass_on_comes_to_whoever_is_ahead_of_it(scene, monkeypatch):
    monkeypatch.setattr(outlook, "LENT_BETWEEN", 1)
    ann, ben, cem = scene.reviewers("Ann", "Ben", "Cem")
    claims = [scene.claim() for _ in range(6)]
    first = scene.take(ann), scene.take(ben)
    go_on(scene, cem, 3)
    assert scene.rows(Checker, Checker.person_id == cem.person)[0].place > FRONT

    scene.do(skip, ben, first[1], reason=SkipReason.OUTSIDE_FIELD)

    assert scene.claim_of(scene.take(cem)) == claims[0]


def test_a_claim_that_comes_free_while_another_looks_is_not_lost(scene, monkeypatch):
    """On PostgreSQL the looker cannot see it yet; its change has an older number than the look."""
    if scene.database.is_sqlite:
        pytest.skip("one writes at a time")
    monkeypatch.setattr(outlook, "LENT_BETWEEN", 1)
    ann, ben, cem = scene.reviewers("Ann", "Ben", "Cem")
    claims = [scene.claim() for _ in range(6)]
    scene.take(ann)
    bens = scene.take(ben)
    go_on(scene, cem, 1)
    with scene.database.write() as session:
        # Passed on, and not seen by others before this ends; meanwhile others look and go on.
        skip(session, ben, bens, reason=SkipReason.OUTSIDE_FIELD)
        session.flush()
        looker = threading.Thread(target=go_on, args=(scene, cem, 2))
        looker.start()
        looker.join(20)
        assert not looker.is_alive(), "nobody waits for whoever passes a claim on"

    assert scene.claim_of(scene.take(cem)) == claims[0]


def test_after_more_changes_than_are_looked_at_all_is_looked_through_once(scene, monkeypatch):
    monkeypatch.setattr(outlook, "LENT_BETWEEN", 1)
    [ann] = scene.reviewers("Ann")
    many(scene, outlook.MOST_CHANGES + 20)
    go_on(scene, ann, 3)
    with scene.database.write() as session:
        session.execute(text("UPDATE claim SET priority = 1 WHERE id > 10"))
    assert scene.ask(outlook.outlook, ann, scene.id).is_stale

    mine = scene.take(ann)

    with scene.database.reading() as session:
        claim = session.exec(select(Claim).join(Review).where(Review.public_id == mine)).one()
    assert claim.priority == 1
    assert not scene.ask(outlook.outlook, ann, scene.id).is_stale
