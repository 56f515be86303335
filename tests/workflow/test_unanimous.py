"""Claims on which all checks agree, accepted together; a person's decision is never touched."""

from datetime import timedelta

import pytest
from sqlmodel import select

from app.domain.actors import SYSTEM
from app.domain.errors import Missing, NotAllowed, Stale, WrongState
from app.domain.ids import now
from app.domain.words import ClaimState, DecidedBy, Decides, Role
from app.storage import unanimous as questions
from app.storage.exports import verdict_rows
from app.storage.tables import Claim, Hop, Interest, Label, Project, Review
from app.workflow import reviews, unanimous
from app.workflow.lending import claim_round_of
from app.workflow.rulings import settle_by_itself
from tests.scenes import LEADS, Scene, answer


@pytest.fixture
def scene(database):
    return Scene(database, settles_itself=False)


@pytest.fixture
def lea(scene):
    return scene.person("Lea", *LEADS)


@pytest.fixture
def people(scene):
    return scene.reviewers("Ann", "Ben")


def checked(scene, people, *verdicts, **values) -> str:
    """A claim of which each of some people gave an answer."""
    claim_id = scene.claim(**values)
    for somebody, verdict in zip(people, verdicts, strict=False):
        said = {"attribution_verdict": "confirmed"} if values.get("said_by") else {}
        scene.check(somebody, verdict, **said)
    return claim_id


def accept(scene, actor, **values):
    values = {"until": now() + timedelta(minutes=1), **values}
    return scene.do(unanimous.accept_unanimous, actor, scene.id, **values)


def states(scene, *claim_ids):
    return [scene.claim_row(claim_id).state for claim_id in claim_ids]


def test_what_all_checks_agree_on_is_settled_by_one_decision_each(scene, lea, people):
    same = [checked(scene, people, "false", "false", said_by="A minister") for _n in range(2)]
    differ = checked(scene, people, "true", "false")
    begun = checked(scene, people, "true")
    done = accept(scene, lea)
    assert (done.done, done.left) == (2, 0)
    assert states(scene, *same, differ, begun) == [
        *[ClaimState.SETTLED] * 2,
        *[ClaimState.OPEN] * 2,
    ]
    for claim_id in same:
        [ruling] = scene.rulings_of(claim_id)
        assert (ruling.decided_by, ruling.decided_by_id) == (DecidedBy.AGREEMENT, lea.person)
        assert ruling.attribution_label_id is not None
    assert len(scene.events("claim.settle")) == 2
    # Pressed again, nothing more happens.
    before = scene.state()
    assert accept(scene, lea).done == 0
    assert scene.state() == before


def test_at_most_so_many_are_settled_in_one_go(scene, lea, people, monkeypatch):
    monkeypatch.setattr(unanimous, "MOST", 2)
    for _n in range(3):
        checked(scene, people, "false", "false")
    assert [accept(scene, lea) for _n in range(2)] == [
        unanimous.Accepted(done=2, left=1),
        unanimous.Accepted(done=1, left=0),
    ]


def test_sent_twice_what_comes_after_the_shown_lot_waits_for_another_look(scene, lea, people):
    first, second, third = (checked(scene, people, "false", "false") for _n in range(3))
    lot = {"last": second, "number": 2}
    assert accept(scene, lea, **lot) == unanimous.Accepted(done=2, left=1)
    before = scene.state()
    assert accept(scene, lea, **lot) == unanimous.Accepted(done=0, left=1)
    assert scene.state() == before
    assert states(scene, first, second, third) == [ClaimState.SETTLED] * 2 + [ClaimState.OPEN]
    assert scene.ask(questions.number_unanimous, lea, scene.id) == 1


def test_more_than_were_shown_and_a_lot_of_nowhere_are_refused(scene, lea, people):
    _first, second = (checked(scene, people, "false", "false") for _n in range(2))
    with pytest.raises(Stale, match=r"unanimous\.changed"):
        accept(scene, lea, last=second, number=1)
    elsewhere = Scene(scene.database, slug="other").claim()
    with pytest.raises(Missing):
        accept(scene, lea, last=elsewhere, number=1)
    assert states(scene, second) == [ClaimState.OPEN]


def test_what_was_answered_since_the_page_was_made_is_left(scene, lea, people):
    old, new = (checked(scene, people, "false", "false") for _n in range(2))
    moment = now()
    ann = people[0]
    mine = scene.rows(Review, Review.claim_id == scene.claim_row(new).key)[0]
    scene.change(Review, mine.public_id, submitted_at=moment + timedelta(seconds=5))
    assert mine.reviewer_id == ann.person
    done = accept(scene, lea, until=moment)
    assert (done.done, done.left) == (1, 1)
    assert states(scene, old, new) == [ClaimState.SETTLED, ClaimState.OPEN]


def test_own_checks_and_interests_are_for_somebody_else(scene, people, make):
    judge = scene.person("Judy", Role.ADJUDICATOR, Role.REVIEWER)
    own = checked(scene, [people[0], judge], "false", "false")
    other = checked(scene, people, "false", "false", said_by="A minister")
    [hop] = scene.rows(Hop, Hop.claim_id == scene.claim_row(other).key)
    make(Interest, project_id=scene.id, person_id=judge.person, agent_id=hop.agent_id)
    assert accept(scene, judge).done == 0
    assert states(scene, own, other) == [ClaimState.OPEN] * 2


def test_only_independent_checks_are_accepted_together(database):
    alone = Scene(database, slug="alone", reviews_wanted=1, decides=Decides.SIGNOFF)
    with pytest.raises(WrongState) as refusal:
        accept(alone, alone.person("Lou", *LEADS))
    assert refusal.value.code == "unanimous.signoff"


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.VIEWER])
def test_only_those_who_settle_may(scene, people, role):
    checked(scene, people, "false", "false")
    somebody = scene.person("Bo", role)
    before = scene.state()
    with pytest.raises(NotAllowed):
        accept(scene, somebody)
    with pytest.raises(NotAllowed):
        scene.ask(questions.unanimous, somebody, scene.id)
    assert scene.state() == before


def test_an_answer_that_is_not_given_any_more_is_left_for_a_look(scene, lea, people):
    claim_id = checked(scene, people, "false", "false")
    with scene.database.write() as session:
        query = select(Label).where(Label.code == "false", Label.rank == 1)
        for label in session.exec(query):
            label.retired_at = now()
    assert accept(scene, lea).done == 0
    assert states(scene, claim_id) == [ClaimState.OPEN]


def test_computing_consensus_again_never_overwrites_what_a_person_decided(scene, lea, people):
    """By hand against both checks, brought back behind the verbs' back: the decision still holds."""
    claim_id = checked(scene, people, "false", "false")
    scene.settle(lea, claim_id, "true", reason="Both overlooked the date.")
    before = scene.rulings_of(claim_id)
    assert accept(scene, lea).done == 0
    # Both checks sent again, still agreeing, and consensus asked for by the program itself.
    for somebody, mine in zip(people, checks_of(scene, claim_id), strict=True):
        again = answer("false", base_version=1)
        with pytest.raises(WrongState):
            scene.do(reviews.submit, somebody, mine.public_id, values=again)
    scene.change(Project, scene.project.public_id, settles_itself=True)
    with pytest.raises(WrongState):
        scene.do(consensus_again, claim_id)
    # Even where the claim is to check again, a press for all of them leaves it to a person.
    with scene.database.write() as session:
        claim = session.exec(select(Claim).where(Claim.public_id == claim_id)).one()
        claim.state = ClaimState.OPEN
        entry = claim_round_of(session, claim.key)
        entry.settled_at, entry.distance = None, 0
    assert scene.ask(questions.unanimous, lea, scene.id) == []
    assert accept(scene, lea).done == 0
    assert scene.rulings_of(claim_id) == before


def consensus_again(session, claim_id):
    claim = session.exec(select(Claim).where(Claim.public_id == claim_id)).one()
    settle_by_itself(session, SYSTEM, claim, claim_round_of(session, claim.key))


def checks_of(scene, claim_id):
    return scene.rows(Review, Review.claim_id == scene.claim_row(claim_id).key)


def test_accepting_together_keeps_what_the_checks_said(scene, lea, people):
    checked(scene, people, "false", "false")
    accept(scene, lea)
    [row] = scene.ask(lambda session: list(verdict_rows(session, lea, scene.id)))
    assert (row.content_verdict, row.decided_by, row.agreement, row.dissent) == (
        "False",
        "agreement",
        1.0,
        (),
    )


def test_the_sample_is_the_same_for_one_seed_and_another_for_another(scene, lea, people):
    for _n in range(12):
        checked(scene, people, "false", "false")
    keys = scene.ask(questions.unanimous, lea, scene.id)

    def names(seed):
        found = scene.ask(questions.sample_of, lea, keys, seed=seed)
        return [one.claim.id for one in found]

    assert len(names("a")) == 5
    assert names("a") == names("a")
    assert len({tuple(names(seed)) for seed in "abcdef"}) > 1
