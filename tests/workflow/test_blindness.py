"""What a person may not see is not in any answer that a question gives them."""

import pytest

from app.domain.blindness import is_blind, sees_others
from app.domain.errors import NotAllowed
from app.domain.words import Decides, Role, RoundKind
from app.storage import claims as claim_questions
from app.storage import reviews as questions
from app.storage.sources import offered_sources
from app.storage.tables import Article, ReviewVersion
from app.storage.waiting import waiting
from app.workflow import reviews, rulings
from app.workflow.rounds import Choice, RoundValues, open_round
from tests.scenes import LEADS, SOURCE, Scene


@pytest.fixture
def scene(database):
    return Scene(database, decides=Decides.INDEPENDENT, reviews_wanted=2)


@pytest.fixture
def claim_id(scene, make):
    article = make(Article, project_id=scene.id, title="An article")
    return scene.claim(article_id=article.key)


PEOPLE = {
    "reviewer": ((Role.REVIEWER,), False),
    "editor who checks": ((*LEADS, Role.REVIEWER), False),
    "admin": ((), True),
}


@pytest.fixture(params=PEOPLE)
def anna(scene, request):
    roles, admin = PEOPLE[request.param]
    return scene.person("Anna", *roles, admin=admin)


def seen_by(scene, actor, claim_id):
    claim = scene.ask(claim_questions.claim, actor, claim_id)
    return [row.reviewer for row in scene.ask(questions.reviews_of, actor, claim)]


def stands(scene, actor, claim_id):
    return scene.ask(claim_questions.standing, actor, scene.claim_row(claim_id).key)


def test_whoever_could_still_answer_sees_nothing_of_others(scene, claim_id, anna):
    [ben] = scene.reviewers("Ben")
    before = scene.ask(waiting, anna, [scene.project])
    scene.check(ben, "true", sources=(SOURCE,), rationale="SECRET")
    assert is_blind(stands(scene, anna, claim_id))
    assert seen_by(scene, anna, claim_id) == []
    assert scene.ask(waiting, anna, [scene.project]) == before
    article = scene.claim_row(claim_id).article_id
    offered = scene.ask(offered_sources, anna, project_id=scene.id, article_id=article)
    assert offered == []


def test_a_lead_who_does_not_check_is_not_blind(scene, claim_id):
    lead, [ben] = scene.person("Lea", *LEADS), scene.reviewers("Ben")
    scene.check(ben)
    assert not is_blind(stands(scene, lead, claim_id))
    assert seen_by(scene, lead, claim_id) == ["Ben"]


def test_a_viewer_sees_answers_only_once_they_are_settled(scene, claim_id):
    viewer, (ben, cem) = scene.person("Vera", Role.VIEWER), scene.reviewers("Ben", "Cem")
    scene.check(ben, "true")
    assert seen_by(scene, viewer, claim_id) == []
    scene.check(cem, "true")
    assert seen_by(scene, viewer, claim_id) == ["Ben", "Cem"]


def test_a_reviewer_who_answered_still_waits_for_the_settling(scene, claim_id):
    ann, ben = scene.reviewers("Ann", "Ben")
    scene.check(ann, "true")
    scene.check(ben, "false")
    assert seen_by(scene, ann, claim_id) == ["Ann"]
    lead = scene.person("Lea", *LEADS)
    scene.settle(lead, claim_id, "true")
    assert seen_by(scene, ann, claim_id) == ["Ann", "Ben"]


def test_a_lead_who_answered_first_sees_the_rest(scene, claim_id):
    both, [ben] = scene.person("Bo", *LEADS, Role.REVIEWER), scene.reviewers("Ben")
    scene.check(both, "true")
    scene.check(ben, "false")
    assert seen_by(scene, both, claim_id) == ["Bo", "Ben"]


def test_unblinding_shows_the_checks_to_who_can_then_give_none(scene, claim_id):
    both, [ben] = scene.person("Bo", *LEADS, Role.REVIEWER), scene.reviewers("Ben")
    scene.check(ben)
    scene.do(rulings.unblind, both, claim_id)
    assert seen_by(scene, both, claim_id) == ["Ben"]
    assert scene.take(both) is None


def test_a_blind_lead_cannot_send_a_check_back(scene, claim_id):
    both, [ben] = scene.person("Bo", *LEADS, Role.REVIEWER), scene.reviewers("Ben")
    review_id = scene.check(ben)
    with pytest.raises(NotAllowed, match=r"ruling\.blind"):
        scene.do(reviews.send_back, both, review_id, question="Why?")


def test_a_person_barred_by_interest_is_not_blind_but_sees_no_more_than_the_role_allows(scene):
    standing = stands(scene, scene.reviewers("Ann")[0], scene.claim())
    barred = type(standing)(
        round_is_blind=True,
        is_settled=False,
        wants_more=True,
        may_review=True,
        is_barred=True,
        has_submitted=False,
    )
    assert not is_blind(barred)
    assert not sees_others(barred, may_see_all=False)


def test_a_first_answer_is_marked_blind_and_one_given_after_a_question_is_not(scene, claim_id):
    ann, ben = scene.reviewers("Ann", "Ben")
    review_id = scene.check(ann, "true")
    scene.check(ben, "false")
    lead = scene.person("Lea", *LEADS)
    scene.do(reviews.send_back, lead, review_id, question="Which year?")
    scene.submit(ann, review_id, "false", base_version=1)
    marks = [row.is_blind for row in scene.rows(ReviewVersion)]
    assert marks == [True, True, False]


def test_in_a_project_with_sign_off_nothing_is_blind(database, make):
    scene = Scene(database, slug="open", decides=Decides.SIGNOFF, reviews_wanted=1)
    article = make(Article, project_id=scene.id, title="An article")
    claim_id = scene.claim(article_id=article.key)
    scene.claim(article_id=article.key)
    ben, ann = scene.reviewers("Ben", "Ann")
    scene.check(ben, sources=(SOURCE,))
    assert not is_blind(stands(scene, ann, claim_id))
    offered = scene.ask(offered_sources, ann, project_id=scene.id, article_id=article.key)
    assert [source.url for source in offered] == [SOURCE.url]


def test_sources_of_a_claim_that_may_want_one_more_blind_check_are_not_offered(database, make):
    scene = Scene(
        database, slug="open", decides=Decides.SIGNOFF, reviews_wanted=1, settles_itself=False
    )
    article = make(Article, project_id=scene.id, title="An article")
    claim_id = scene.claim(article_id=article.key)
    lead, (ann, ben, cy) = scene.person("Lea", *LEADS), scene.reviewers("Ann", "Ben", "Cy")
    scene.check(ann)
    choice = Choice(claim=claim_id)
    values = RoundValues(kind=RoundKind.REOPENED, reason="A doubt.", choice=choice)
    scene.do(open_round, lead, scene.id, values=values)
    scene.check(ben, sources=(SOURCE,))

    def offered(actor):
        found = scene.ask(offered_sources, actor, project_id=scene.id, article_id=article.key)
        return [source.url for source in found]

    assert (offered(cy), offered(lead), offered(ben)) == ([], [SOURCE.url], [SOURCE.url])
