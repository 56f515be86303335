"""Lending claims with known answers: the ones to learn from first, the others now and then."""

import pytest

from app.domain import gold as rules
from app.domain.errors import WrongState
from app.domain.gold import is_due
from app.domain.words import ClaimState, GoldUse, SkipReason
from app.storage import gold as questions
from app.storage import known_ahead, queue
from app.storage.projects import by_id
from app.storage.tables import Article, Claim, Project
from app.storage.waiting import waiting
from app.workflow import choosing, gold, known_answers, lending, reviews
from tests.scenes import LEADS, Scene
from tests.workflow.test_gold import comparisons, known, mixed


@pytest.fixture
def scene(database):
    return Scene(database)


@pytest.fixture
def lea(scene):
    return scene.person("Lea", *LEADS)


def test_claims_to_learn_from_come_first_and_nothing_is_lent_until_they_are_read(scene, lea):
    scene.claim("An ordinary one.", priority=9)
    first = known(scene, lea, use=GoldUse.TRAINING)
    second = known(scene, lea, use=GoldUse.TRAINING)
    [ann] = scene.reviewers("Ann")
    mine = scene.take(ann)
    assert scene.claim_of(mine) == first
    assert scene.submit(ann, mine, "true") is None
    assert scene.claim_of(scene.take(ann)) == second
    compared, told = scene.ask(questions.explained, ann, scene.id, mine)
    assert (compared.content, compared.is_right) == ("True", False)
    assert (told.content, told.explanation) == ("False", "The tables say so.")


def test_an_explained_answer_stays_as_it_was_given(scene, lea):
    known(scene, lea, use=GoldUse.TRAINING)
    [ann] = scene.reviewers("Ann")
    mine = scene.check(ann, "true")
    before = scene.state()
    with pytest.raises(WrongState) as refusal:
        scene.submit(ann, mine, "false", base_version=1)
    assert refusal.value.code == "gold.explained"
    assert scene.state() == before


def test_where_only_they_are_left_they_are_told(scene, lea):
    known(scene, lea, use=GoldUse.TRAINING)
    known(scene, lea)
    [ann] = scene.reviewers("Ann")
    assert scene.ask(queue.to_go, ann, scene.id) == 1
    scene.check(ann, "false")
    assert scene.ask(queue.to_go, ann, scene.id) == 0


def test_everybody_may_answer_and_it_is_never_complete(scene, lea):
    claim_id = known(scene, lea, use=GoldUse.TRAINING)
    people = scene.reviewers("Ann", "Ben", "Cem", "Dora")
    for somebody in people:
        scene.check(somebody, "false")
    entry, claim = scene.round_of(claim_id), scene.claim_row(claim_id)
    assert (entry.reviews_done, entry.reviews_wanted) == (0, 2)
    assert (claim.state, claim.slots_free) == (ClaimState.OPEN, 0)
    with pytest.raises(WrongState):
        scene.settle(lea, claim_id)
    assert [one.is_right for one in comparisons(scene, lea)] == [True] * 4


def test_one_in_so_many_is_mixed_in_at_places_that_a_retry_finds_again(scene, lea):
    mixed(scene, every=3)
    hidden = {known(scene, lea) for _n in range(12)}
    for _n in range(24):
        scene.claim()
    [ann] = scene.reviewers("Ann")
    secret = bytes.fromhex(scene.rows(Project)[0].pseudonym_key)
    places, wanted = [], []
    to_go = [scene.ask(queue.to_go, ann, scene.id)]
    for lent in range(18):
        wanted.append(is_due(secret, person=ann.person, lent=lent, every=3))
        mine = scene.take(ann)
        assert scene.take(ann) == mine
        project = scene.ask(by_id, scene.id)
        stands = scene.ask(waiting, ann, [project])[scene.id]
        to_go.append(scene.ask(queue.to_go, ann, scene.id))
        assert stands.in_hand + stands.free == to_go[-1]
        places.append(scene.claim_of(mine) in hidden)
        scene.do(reviews.skip, ann, mine, reason=SkipReason.OUTSIDE_FIELD)
    assert places == wanted
    # The number falls by one with each, known or not.
    assert to_go == [to_go[0], *range(to_go[0], to_go[0] - 18, -1)]


def test_where_nothing_else_is_left_none_is_pushed(scene, lea):
    mixed(scene)
    known(scene, lea)
    [ann] = scene.reviewers("Ann")
    assert scene.take(ann) is None
    scene.claim()
    known_one = scene.take(ann)
    assert scene.review_row(known_one).slot == 1


def test_what_is_put_off_or_lapses_comes_back_to_the_same_person(scene, lea):
    mixed(scene)
    claim_id, ordinary = known(scene, lea), scene.claim()
    ann, ben = scene.reviewers("Ann", "Ben")
    mine = scene.take(ann)
    assert scene.claim_of(mine) == claim_id
    before = scene.ask(queue.to_go, ann, scene.id)
    following = scene.do(reviews.put_off, ann, mine)
    assert scene.ask(queue.to_go, ann, scene.id) == before
    assert scene.claim_of(following) == ordinary
    assert scene.claim_row(claim_id).slots_free == 0
    assert scene.submit(ann, following, "true") == mine
    scene.let_lapse(mine)
    # Another has it beside her, and takes nothing from her.
    scene.claim()
    theirs = scene.take(ben)
    assert scene.claim_of(theirs) == claim_id
    scene.submit(ben, theirs)
    assert scene.take(ann) == mine
    scene.submit(ann, mine, "false")
    assert len(comparisons(scene, lea)) == 2


def test_one_can_be_chosen_like_any_other(scene, lea):
    scene.let_choose()
    claim_id = known(scene, lea)
    for somebody in scene.reviewers("Ann", "Ben", "Cem"):
        mine = scene.do(choosing.take_this, somebody, claim_id)
        assert scene.claim_of(mine) == claim_id


def test_a_claim_to_learn_from_is_waited_for_where_somebody_takes_it_now(scene, lea):
    claim_id = known(scene, lea, use=GoldUse.TRAINING)
    [ann] = scene.reviewers("Ann")
    mine = scene.do(lending.take, ann, scene.id, waits=True)
    assert scene.claim_of(mine) == claim_id


def test_one_of_the_article_that_the_queue_is_at_is_mixed_in(scene, lea, make):
    mixed(scene)
    first, second = (make(Article, project_id=scene.id, title=t).key for t in ("First", "Second"))
    hidden = {
        known(scene, lea): place for place in ((second, 0), (first, 5), (first, 0), (None, 0))
    }
    for claim_id, (article, priority) in hidden.items():
        scene.change(Claim, claim_id, article_id=article, priority=priority)
    for article in (second, first):
        scene.claim(article_id=article)
    for somebody in scene.reviewers("Ann", "Ben", "Cem"):
        assert hidden[scene.claim_of(scene.take(somebody))] == (first, 0)


@pytest.mark.parametrize("use", list(GoldUse))
def test_retired_while_it_was_being_lent_the_ordinary_queue_goes_on(scene, lea, use, monkeypatch):
    mixed(scene)
    known_one = known(scene, lea, use=GoldUse.TRAINING)
    ann, ben, cem = scene.reviewers("Ann", "Ben", "Cem")
    for somebody in (ann, ben):
        scene.check(somebody)
    ordinary = scene.claim()
    key = scene.claim_row(known_one).key
    stale = {key: rules.Place(article=None, priority=0, start=None)}
    monkeypatch.setattr(known_answers, "_unseen", lambda *asked: stale if asked[-1] is use else {})
    scene.do(gold.retire_gold, lea, known_one)
    assert scene.claim_of(scene.take(cem)) == ordinary


def test_a_long_queue_is_looked_ahead_no_further_than_work_is_counted(scene, lea, monkeypatch):
    mixed(scene, every=20)
    known(scene, lea)
    [ann] = scene.reviewers("Ann")
    made = []
    monkeypatch.setattr(rules, "is_due", lambda *_key, **asked: made.append(asked))
    scene.ask(known_ahead.known_ahead, ann, {scene.id: (300_000, 300_000)})
    assert len(made) == 2 * known_ahead.COUNTED
