"""A desk that is kept is, for each test that gets it, as it was made."""

import pytest

from app.domain.words import ClaimState, Decides
from app.storage.tables import Membership, Person
from tests import postgres
from tests.kept import Desks
from tests.scenes import LEADS, Scene

made_over = []


def checked(database, **values):
    """A claim of two, which both have checked, and a claim that nobody has."""
    made_over.append(database)
    scene = Scene(database, **values)
    scene.people = scene.reviewers("Ann", "Ben")
    scene.settled = scene.claim("Milk costs 2 euros.")
    scene.checks = [scene.check(who) for who in scene.people]
    scene.waiting = scene.claim("Bread is dear.")
    return scene


@pytest.fixture
def empty(database, request):
    """``empty()`` makes the database as new, as it is between two tests."""

    def do():
        if database.is_sqlite:
            request.getfixturevalue("kept_file").empty()
        else:
            postgres.empty(postgres.shared_database())

    return do


@pytest.fixture
def desks(kept_file):
    made_over.clear()
    return Desks(kept_file)


def test_it_is_made_once_and_every_row_is_put_back(database, desks, empty):
    first = desks.give(database, checked)
    before = first.state()
    people = first.rows(Person), first.rows(Membership)
    empty()

    second = desks.give(database, checked)

    assert len(made_over) == 1
    assert second.state() == before
    assert (second.rows(Person), second.rows(Membership)) == people
    assert (second.settled, second.checks) == (first.settled, first.checks)
    assert second is not first


def test_work_goes_on_where_it_stood(database, desks, empty):
    for number in range(3):
        scene = desks.give(database, checked)
        assert scene.claim_row(scene.settled).state is ClaimState.SETTLED
        scene.claim(f"Only here: {number}.")
        assert {scene.claim_of(scene.check(who)) for who in scene.people} == {scene.waiting}
        scene.people.clear()
        assert len(scene.events("claim.add")) == 3
        scene.person("Lea", *LEADS)
        empty()
    assert len(made_over) == 1


def test_what_is_made_otherwise_is_another(database, desks, empty):
    desks.give(database, checked)
    empty()
    other = desks.give(database, checked, decides=Decides.INDEPENDENT, reviews_wanted=3)
    assert other.claim_row(other.settled).state is ClaimState.OPEN
    assert len(made_over) == 2


def test_where_something_stands_already_it_is_made_anew(database, desks, empty):
    desks.give(database, checked)
    empty()
    Scene(database, slug="other")
    scene = desks.give(database, checked)
    assert len(made_over) == 2
    assert scene.project.slug == "desk"
    assert len(scene.events("project.add")) == 2


def test_one_of_long_ago_is_made_anew(database, desks, empty, monkeypatch):
    desks.give(database, checked)
    empty()
    monkeypatch.setattr("tests.kept.LONGEST_SECONDS", 0)
    desks.give(database, checked)
    assert len(made_over) == 2


@pytest.mark.plans
def test_a_database_of_its_own_gets_a_desk_of_its_own(database, desks):
    scene = desks.give(database, checked)
    assert made_over == [scene.database] == [database]
