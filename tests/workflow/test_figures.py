"""Figures about people: who may know them, and what they count."""

from datetime import timedelta

import pytest

from app.domain.errors import Missing, NotAllowed
from app.domain.ids import now
from app.domain.words import Role
from app.storage.figures import Figures, checks_by_member, people_figures
from app.storage.tables import Project, Review, ReviewVersion
from app.workflow import reviews
from tests.scenes import LEADS, Scene


@pytest.fixture
def scene(database):
    return Scene(database, reviews_wanted=2, settles_itself=False)


def figures(scene, actor) -> dict[str, Figures]:
    return {person.name: found for person, found in scene.ask(people_figures, actor, scene.project)}


def with_seconds(scene, review_id, seconds):
    key = scene.review_row(review_id).key
    with scene.database.write() as session:
        [version] = scene.rows(ReviewVersion, ReviewVersion.review_id == key)
        session.get_one(ReviewVersion, version.key).active_seconds = seconds


def test_figures_count_checks_times_and_agreement(scene):
    kim, lea = scene.reviewers("Kim", "Lea")
    max_ = scene.person("Max", *LEADS)
    for number, seconds in enumerate((60, 600, None, 120)):
        claim_id = scene.claim()
        review_id = scene.check(kim, "true")
        with_seconds(scene, review_id, seconds)
        scene.check(lea, "false")
        if number < 3:
            scene.settle(max_, claim_id, "true" if number else "half-true", reason="So.")
    old = scene.rows(Review, Review.reviewer_id == kim.person)[0]
    scene.change(Review, old.public_id, submitted_at=now() - timedelta(days=29))

    found = figures(scene, max_)

    assert found["Kim"] == Figures(
        checks=4, lately=3, seconds=120.0, timed=3, agreeing=2, settled=3
    )
    assert found["Lea"] == Figures(checks=4, lately=4, agreeing=0, settled=3)
    assert found["Max"] == Figures()
    assert found["Kim"].per_week == 0.75


@pytest.mark.parametrize(
    ("times", "median"), [([5], 5), ([5, 10], 7.5), ([9, 1, 2], 2), ([8, 1, 2, 4], 3)]
)
def test_the_median_is_the_middle_one_or_between_the_middle_two(database, times, median):
    scene = Scene(database, reviews_wanted=1)
    [kim] = scene.reviewers("Kim")
    for seconds in times:
        scene.claim()
        with_seconds(scene, scene.check(kim), seconds)

    assert figures(scene, kim)["Kim"].seconds == median


def test_a_member_sees_only_their_own_and_a_reader_none(scene):
    kim, lea = scene.reviewers("Kim", "Lea")
    scene.claim()
    scene.check(kim)
    scene.check(lea)

    assert list(figures(scene, kim)) == ["Kim"]
    assert scene.ask(checks_by_member, kim, scene.project) == {kim.person: 1}
    val = scene.person("Val", Role.VIEWER)
    assert figures(scene, val) == {"Val": Figures()}
    assert scene.ask(checks_by_member, val, scene.project) == {}


def test_a_blind_lead_learns_nothing_from_another_check(scene):
    [kim] = scene.reviewers("Kim")
    lead = scene.person("Max", *LEADS, Role.REVIEWER)
    scene.claim()
    before = figures(scene, lead), scene.ask(checks_by_member, lead, scene.project)

    review_id = scene.check(kim)
    with_seconds(scene, review_id, 60)
    given = figures(scene, lead), scene.ask(checks_by_member, lead, scene.project)
    scene.do(reviews.send_back, scene.person("Ann", *LEADS), review_id, question="Why?")
    returned = figures(scene, lead)

    assert given == before
    assert returned.pop("Ann") == Figures()
    assert returned == before[0]


def test_nobody_is_told_whether_they_agree_before_it_is_settled(scene):
    kim, lea = scene.reviewers("Kim", "Lea")
    scene.claim()
    scene.check(kim, "true")
    before = figures(scene, kim)
    scene.check(lea, "true")

    assert figures(scene, kim) == before
    assert before["Kim"].settled == 0


def test_a_returned_check_is_one_and_no_given_one(database):
    scene = Scene(database, reviews_wanted=2)
    kim, lea = scene.reviewers("Kim", "Lea")
    scene.claim()
    review_id = scene.check(kim)
    scene.check(lea, "true")
    scene.do(reviews.send_back, scene.person("Max", *LEADS), review_id, question="Why?")

    found = figures(scene, kim)["Kim"]

    assert (found.checks, found.returned) == (0, 1)


def test_a_project_that_counts_nobody_tells_nobody(scene):
    [kim] = scene.reviewers("Kim")
    scene.change(Project, scene.project.public_id, counts_people=False)
    project = scene.ask(lambda session: session.get_one(Project, scene.id))

    with pytest.raises(NotAllowed, match=r"figures\.off"):
        scene.ask(people_figures, kim, project)
    assert scene.ask(checks_by_member, scene.person("Max", *LEADS), project) == {}


def test_a_stranger_does_not_learn_of_the_project(scene):
    other = Scene(scene.database, slug="other")

    with pytest.raises(Missing):
        scene.ask(people_figures, other.person("Sue", *LEADS), scene.project)
