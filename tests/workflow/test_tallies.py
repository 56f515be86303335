"""What is counted of agreement, when, and that it is never counted wrong."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import select

from app.domain.tallies import pattern, words_pattern
from app.domain.words import (
    Role,
    TriageDecision,
)
from app.jobs.counting import count_agreement
from app.jobs.desk import Desk
from app.storage import tallies as counts
from app.storage.tables import (
    AnswerTally,
    ClaimRound,
    ClaimTally,
    DeskTally,
    Job,
    PairTally,
    Review,
    TallySlice,
    Triage,
)
from app.workflow import reviews, scales, tallies
from app.workflow.scales import AnswerValues, ScaleValues
from tests.counting import by_hand, stored
from tests.scenes import LEADS, Scene


@pytest.fixture
def scene(database):
    return Scene(database, reviews_wanted=2, settles_itself=False)


@pytest.fixture
def lead(scene):
    return scene.person("Lea", *LEADS)


def checked(scene, *verdicts, people):
    """A claim that each of some people checked."""
    name = scene.claim()
    for who, verdict in zip(people, verdicts, strict=True):
        scene.check(who, verdict)
    return name


def test_a_claim_counts_once_all_its_checks_are_in(scene, lead):
    people = scene.reviewers("Ann", "Bob")
    scene.claim()
    first = scene.check(people[0], "true")
    assert stored(scene) == {}

    scene.check(people[1], "false")
    assert {name[-8:] for name, *_key in stored(scene)} == {"complete"}

    scene.do(reviews.send_back, lead, first, question="Since when?")
    assert stored(scene) == {}


def test_the_blind_answer_stays_next_to_the_one_that_holds(scene):
    ann = scene.person("Ann", *LEADS, Role.REVIEWER)
    bob = scene.reviewers("Bob")[0]
    scene.claim()
    mine = scene.check(ann, "true")
    scene.check(bob, "false")

    scene.submit(ann, mine, "false", base_version=1)

    alike = {
        row.basis.value: "," not in row.pattern
        for row in scene.rows(AnswerTally, AnswerTally.number > 0)
        if row.question == "content"
    }
    assert alike == {"blind": False, "final": True}


def test_a_pattern_stays_short_however_many_answer_and_a_long_one_is_kept(scene):
    assert pattern([70_000, *[12] * 300, *[5] * 2]) == "5×2,12×300,70000"
    assert words_pattern(["context", "backs", "context"]) == "backs,context×2"
    long = pattern(range(70_000, 70_300))
    with scene.database.write() as session:
        [key] = counts.slice_ids(session, [counts.Part(scene.id)]).values()
        counts.add_counts(session, {key: {"answers": {("content", "blind", long): 1}}})
    assert [row.pattern for row in scene.rows(AnswerTally)] == [long]


def test_how_far_checks_are_apart_is_kept_while_all_are_in(scene, lead):
    people = scene.reviewers("Ann", "Bob")
    pairs = [("true", "true"), ("true", "false"), ("true", "unproven"), ("mostly-true", "true")]
    for verdicts in pairs:
        checked(scene, *verdicts, people=people)
    scene.claim()
    scene.check(people[0], "true")

    assert [row.distance for row in scene.rows(ClaimRound)] == [0, 4, 2, 1, None]

    back = scene.rows(Review)[2].public_id
    scene.do(reviews.send_back, lead, back, question="Since when?")
    assert scene.rows(ClaimRound)[1].distance is None


def test_a_change_of_the_scale_has_distances_said_anew(scene, lead):
    checked(scene, "true", "mostly-true", people=scene.reviewers("Ann", "Bob"))
    names = [("True", "true"), ("Nearly", "half-true"), ("Mostly", "mostly-true"), ("No", "false")]
    labels = [AnswerValues(name=name, before=code) for name, code in names]
    present = scene.ask(scale_of, scene.project.content_scheme_id)
    values = ScaleValues(name="Ours", answers=tuple(labels), seen=present.mark)

    scene.do(scales.change_scale, lead, scene.id, kind=present.kind, values=values)

    assert scene.rows(ClaimRound)[0].distance == 1
    do_jobs(scene)
    assert scene.rows(ClaimRound)[0].distance == 2


def scale_of(session, key):
    return scales.scheme(session, key)


def do_jobs(scene):
    desk = Desk(settings=None, database=scene.database)
    for job in scene.rows(Job, Job.kind == tallies.COUNT):
        count_agreement(desk, job.payload)


def test_counting_from_the_beginning_mends_what_is_wrong(scene):
    checked(scene, "true", "false", people=scene.reviewers("Ann", "Bob"))
    right = stored(scene)
    with scene.database.write() as session:
        for row in session.exec(select(AnswerTally)):
            row.number += 3
        for row in session.exec(select(PairTally)):
            session.delete(row)
    assert stored(scene) != right

    count_agreement(Desk(settings=None, database=scene.database), {"project": "no-such"})
    assert stored(scene) != right
    count_agreement(
        Desk(settings=None, database=scene.database), {"project": scene.project.public_id}
    )

    assert stored(scene) == right


def test_a_count_that_takes_long_is_gone_on_with_by_another_job(scene, monkeypatch):
    people = scene.reviewers("Ann", "Bob")
    for _ in range(3):
        checked(scene, "true", "false", people=people)
    right = stored(scene)
    monkeypatch.setattr("app.workflow.tallies.BATCH", 1)
    monkeypatch.setattr("app.jobs.counting.MOST_SECONDS", -1)
    payload = {"project": scene.project.public_id}

    for step in range(4):
        count_agreement(Desk(settings=None, database=scene.database), payload)
        jobs = scene.rows(Job, Job.kind == tallies.COUNT)
        assert len(jobs) == min(step + 1, 3)
        payload = jobs[-1].payload

    assert stored(scene) == right
    assert scene.rows(TallySlice, TallySlice.is_old) == []


def test_a_suggestion_that_two_people_decided_is_counted(scene, lead):
    pick, drop = TriageDecision.PICK, TriageDecision.DROP
    for first, second in [(pick, drop), (drop, pick), (pick, pick)]:
        scene.do(tallies.count_triage, scene.id, first, second)
        key = scene.claim_row(scene.claim()).key
        with scene.database.write() as session:
            for who, (decision, is_second) in enumerate([(first, False), (second, True)], 1):
                person = lead.person if who == 1 else scene.person(f"P{key}").person
                session.add(
                    Triage(
                        project_id=scene.id,
                        claim_id=key,
                        person_id=person,
                        decision=decision,
                        is_second=is_second,
                    )
                )

    kept = stored(scene)
    assert {key[2]: n for (_name, _kind, key), n in kept.items()} == {
        "drop,pick": 2,
        "pick×2": 1,
    }
    list(tallies.recount(scene.database, scene.id))
    assert stored(scene) == kept


def test_what_is_kept_of_a_claim_is_small(scene):
    people = scene.reviewers("Ann", "Bob")
    scene.settle(
        scene.person("Lea", *LEADS), checked(scene, "true", "false", people=people), reason="So."
    )

    assert len(json.dumps(scene.rows(ClaimTally)[0].counted)) < 600
    assert {row.person_id for row in scene.rows(DeskTally)} == {who.person for who in people}


def test_many_who_submit_at_once_lose_no_count(scene):
    people = scene.reviewers(*(f"P{n}" for n in range(6)))
    for _ in range(12):
        scene.claim()

    def work(who):
        # What somebody else is just sending is passed over: nothing left may mean nothing just now.
        while any(row.reviews_done < 2 for row in scene.rows(ClaimRound)):
            review = scene.take(who)
            if review is None:
                continue
            scene.submit(who, review, "true" if review < "n" else "false")

    with ThreadPoolExecutor(len(people)) as pool:
        counting = pool.submit(lambda: list(tallies.recount(scene.database, scene.id)))
        list(pool.map(work, people))
        counting.result()

    assert sum(row.reviews_done for row in scene.rows(ClaimRound)) == 24
    assert stored(scene) == by_hand(scene)
