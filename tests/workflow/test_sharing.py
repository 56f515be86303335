"""Work is shared evenly: a share that nobody goes beyond, and claims shared out by hand."""

import pytest

from app.domain.errors import Invalid, NotAllowed, WrongState
from app.domain.words import BarReason, Decides, NoticeKind, ReviewState, Role
from app.storage import queue
from app.storage import reviews as questions
from app.storage.checkers import even_share
from app.storage.projects import by_id
from app.storage.tables import Bar, Notice, Project, Review
from app.storage.waiting import waiting
from app.workflow import choosing, lending, reviews
from app.workflow.bulk import give_many
from app.workflow.sharing import planned_shares, share_out
from tests.scenes import Scene, answer


@pytest.fixture
def scene(database):
    return Scene(database, decides=Decides.INDEPENDENT, reviews_wanted=2)


@pytest.fixture
def lead(scene):
    return scene.person("Lea", Role.EDITOR)


def let_give(scene, most):
    scene.change(Project, scene.project.public_id, most_checks=most)


def taken(scene, actor):
    """How many checks one can give, one after the other, and never more than was foretold."""
    number = 0
    while True:
        project = scene.ask(by_id, scene.id)
        to_go = scene.ask(queue.to_go, actor, scene.id)
        found = scene.ask(waiting, actor, [project])[scene.id]
        assert to_go == found.free + found.in_hand
        review_id = scene.take(actor)
        if review_id is None:
            assert to_go == 0
            return number
        scene.do(reviews.submit, actor, review_id, values=answer("true"), lends_next=False)
        number += 1


def test_nobody_is_lent_more_than_their_share(scene):
    let_give(scene, 3)
    for _ in range(5):
        scene.claim()
    ann, ben = scene.reviewers("Ann", "Ben")
    assert taken(scene, ann) == 3
    project = scene.ask(by_id, scene.id)
    assert scene.ask(questions.progress, ann, project) == (3, 0)
    assert scene.ask(questions.progress, ben, project) == (0, 3)
    let_give(scene, 4)
    assert taken(scene, ann) == 1


def test_what_is_in_hand_counts_and_what_was_put_off_does_not(scene, lead):
    let_give(scene, 1)
    first, second = scene.claim(), scene.claim()
    [ann] = scene.reviewers("Ann")
    scene.let_choose()
    scene.take(ann)
    assert scene.ask(queue.to_go, ann, scene.id) == 1
    with pytest.raises(WrongState, match=r"review\.share-given"):
        scene.do(lending.assign, lead, second, person=ann)
    outcome = scene.do(give_many, lead, scene.id, [first, second], person=ann)
    assert dict(outcome.left) == {first: "review.had-before", second: "review.share-given"}
    # Whoever swaps has no more than before.
    swapped = scene.do(choosing.take_this, ann, second, puts_off=True)
    scene.submit(ann, swapped)
    with pytest.raises(WrongState, match=r"review\.share-mine") as refused:
        scene.do(choosing.take_this, ann, first)
    assert refused.value.values == {"given": 1, "most": 1}


def test_the_even_share_is_what_each_would_give(scene, lead):
    project = scene.ask(by_id, scene.id)
    assert scene.ask(even_share, project) is None
    scene.reviewers("Ann", "Ben", "Cem")
    for _ in range(5):
        scene.claim()
    # Ten checks of three people.
    assert scene.ask(even_share, project) == 4


def test_each_free_place_goes_to_whoever_gave_least(scene, lead):
    begun = scene.claim()
    ann, ben, cem = scene.reviewers("Ann", "Ben", "Cem")
    scene.check(ann)
    claims = [begun, *(scene.claim() for _ in range(4))]
    before = scene.state()

    plan = scene.ask(planned_shares, lead, scene.id, claims, people=[ann, ben, cem])
    assert scene.state() == before
    shares = scene.do(share_out, lead, scene.id, claims, people=[ann, ben, cem])

    assert shares == plan
    # Nine places are free; with the one that Ann gave, ten checks of three people.
    given = [shares.number(one) for one in (ann, ben, cem)]
    assert sorted([given[0] + 1, *given[1:]]) == [3, 3, 4]
    assert (shares.total, shares.left) == (9, ())
    rows = [row for row in scene.rows(Review) if row.state is ReviewState.LENT]
    assert len({(row.claim_id, row.reviewer_id) for row in rows}) == 9
    assert {row.lease_until for row in rows} == {None}
    assert {scene.claim_row(one).slots_free for one in claims} == {0}
    assert [row.kind for row in scene.rows(Notice)] == [NoticeKind.ASSIGNED] * 9
    assert len(scene.events("review.assign")) == 9


def test_what_cannot_be_given_is_left_with_its_reason(scene, lead):
    let_give(scene, 2)
    full, barred, last = scene.claim(), scene.claim(), scene.claim()
    ann, ben = scene.reviewers("Ann", "Ben")
    for person in scene.reviewers("Cem", "Dora"):
        scene.take(person)
    with scene.database.write() as session:
        key = scene.claim_row(barred).key
        session.add(Bar(claim_id=key, person_id=ann.person, reason=BarReason.CONSULTED))

    shares = scene.do(share_out, lead, scene.id, [full, barred, last], people=[ann, ben])

    assert dict(shares.left) == {full: "review.no-place", barred: "sharing.nobody"}
    assert (shares.number(ann), shares.number(ben)) == (1, 2)
    # Ben has his share now, and Ann could have another: there is nothing left that she may have.
    again = scene.do(share_out, lead, scene.id, [barred], people=[ann, ben])
    assert (again.total, again.left) == (0, ((barred, "sharing.nobody"),))


def test_only_editors_share_out_and_only_among_checkers(scene, lead):
    claim_id = scene.claim()
    [ann] = scene.reviewers("Ann")
    vera = scene.person("Vera", Role.VIEWER)
    with pytest.raises(NotAllowed):
        scene.do(share_out, ann, scene.id, [claim_id], people=[ann])
    with pytest.raises(NotAllowed, match=r"review\.no-reviewer"):
        scene.do(share_out, lead, scene.id, [claim_id], people=[ann, vera])
    for claims, people, code in (([], [ann], "none"), ([claim_id], [], "people")):
        with pytest.raises(Invalid, match=rf"bulk\.{code}"):
            scene.do(share_out, lead, scene.id, claims, people=people)
    with pytest.raises(Invalid, match=r"bulk\.many"):
        scene.do(share_out, lead, scene.id, [str(n) for n in range(501)], people=[ann])
    assert scene.rows(Review) == []
