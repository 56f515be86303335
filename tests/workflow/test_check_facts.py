"""What the page of a check begins with: the same as is answered question by question."""

import pytest

from app.domain.actors import CONSOLE
from app.domain.errors import Missing
from app.domain.ids import now
from app.domain.words import Decides, GoldUse, Role
from app.storage import articles, claims, reviews, rounds, sources
from app.storage.batches import guideline_of_claim
from app.storage.check_facts import check_facts
from app.storage.gold import is_explained
from app.storage.own_checks import given_before
from app.storage.placed_claims import places_of_claims
from app.storage.projects import colleagues, other_members
from app.storage.tables import Claim, ClaimTag, Membership, Person, Snapshot
from app.workflow.agents import HopValues
from app.workflow.articles import NewArticle, Suggestion, add_article
from app.workflow.batches import BatchValues, add_batch, put_claims
from app.workflow.claims import PickValues, pick
from app.workflow.consulting import ask
from app.workflow.gold import GoldValues, set_gold
from app.workflow.guidelines import write_guidelines
from app.workflow.quantities import FigureValues
from app.workflow.replies import ReplyValues, request
from app.workflow.reviews import submit
from tests.scenes import SOURCE, Scene, answer
from tests.work import counted, steps_of

TEXT = "The town has 30 bridges. Nobody counted them. They are old."


@pytest.fixture
def scene(database):
    return Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)


def taken_in(scene, *, figures=(), hops=()):
    """An article with two claims that wait; the public id of the first."""
    quotes = ["The town has 30 bridges.", "They are old."]
    found = [
        Suggestion(
            text=quote,
            quote=quote,
            start=TEXT.index(quote),
            end=TEXT.index(quote) + len(quote),
            quantities=figures,
            hops=hops,
        )
        for quote in quotes
    ]
    values = NewArticle(text=TEXT, title="Bridges", publisher="Town Paper", language="en")
    scene.do(add_article, CONSOLE, scene.id, values=values, suggestions=found)
    names = [row.public_id for row in scene.rows(Claim, Claim.text.in_(quotes))]
    for name in names:
        scene.do(pick, CONSOLE, name, values=PickValues())
    return names[0]


def told_apart(scene, actor, review_id):
    """Each fact by the question that answers it alone."""
    review = scene.ask(reviews.review, actor, review_id)
    claim = scene.ask(claims.claim_by_id, review.claim_id)
    return {
        "review": review,
        "claim": claim,
        "article": scene.ask(articles.article_of_claim, claim.id),
        "draft": scene.ask(reviews.draft, review.id),
        "round": scene.ask(rounds.round_of_review, review.id),
        "guideline": scene.ask(guideline_of_claim, scene.id, claim.id),
        "is_explained": scene.ask(is_explained, actor, review_id),
    }


def agreed(scene, actor, review_id):
    """The facts, after comparing them."""
    facts = scene.ask(check_facts, actor, review_id)
    apart = told_apart(scene, actor, review_id)
    assert {name: getattr(facts, name) for name in apart} == apart
    return facts


def test_a_bare_claim_costs_one_question(scene):
    [ann] = scene.reviewers("Ann")
    scene.claim()
    review = scene.take(ann)

    with counted(scene.database) as sent:
        scene.ask(check_facts, ann, review)
    facts = agreed(scene, ann, review)

    assert len([s for s in sent if s.startswith("SELECT")]) == 1
    assert (facts.article, facts.draft, facts.guideline) == (None, None, None)
    assert {facts.has_asked, facts.has_replies, facts.has_uses, facts.is_explained} == {False}


def test_a_claim_with_everything_is_the_same_as_asked_one_by_one(scene):
    ann, ben = scene.reviewers("Ann", "Ben")
    scene.do(write_guidelines, CONSOLE, scene.id, text="First.")
    batch = scene.do(add_batch, CONSOLE, scene.id, values=BatchValues(name="Pilot 1"))
    scene.do(write_guidelines, CONSOLE, scene.id, text="Second.")
    figure = FigureValues(value=30, unit="bridge", raw="30 bridges", period=None)
    claim = taken_in(scene, figures=(figure,), hops=(HopValues(agent="The mayor"),))
    scene.do(put_claims, CONSOLE, scene.id, [claim], batch_id=batch.public_id)
    with scene.database.write() as session:
        key = scene.claim_row(claim).key
        session.add(ClaimTag(project_id=scene.id, claim_id=key, tag="bridges"))
    review = scene.take(ann)
    scene.draft(ann, review)
    bens = scene.rows(Person, Person.id == ben.person)[0].public_id
    scene.do(ask, ann, claim, person_id=bens, text="Is that so?")
    scene.do(request, ann, claim, values=ReplyValues(whom="The ministry"))

    facts = agreed(scene, ann, review)

    assert (facts.claim.claimant.agent, facts.claim.tags) == ("The mayor", ("bridges",))
    assert [figure.raw for figure in facts.claim.quantities] == ["30 bridges"]
    assert facts.article.text == TEXT
    assert (facts.guideline.version, facts.guideline.newest) == (1, 2)
    assert facts.draft.body == {"rationale": "half a thought"}
    assert facts.has_asked
    assert facts.has_replies
    assert not facts.has_uses


def test_a_check_that_was_given_comes_with_its_version(scene):
    [ann] = scene.reviewers("Ann")
    taken_in(scene)
    first = scene.check(ann, sources=(SOURCE,))
    second = scene.take(ann)

    assert agreed(scene, ann, first).review.latest.evidence[0].title == "Figures"
    facts = agreed(scene, ann, second)
    assert facts.has_uses
    article = {"project_id": scene.id, "article_id": facts.article.id}
    offered = scene.ask(sources.offered_sources, ann, **article)
    assert offered == scene.ask(sources.own_offered, ann, facts.article.id)
    assert [one.title for one in offered] == ["Figures"]


@pytest.mark.parametrize(("decides", "wanted"), [(Decides.SIGNOFF, 1), (Decides.INDEPENDENT, 2)])
def test_uses_of_others_count_where_checks_are_open(database, decides, wanted):
    scene = Scene(database, decides=decides, reviews_wanted=wanted)
    ann, ben = scene.reviewers("Ann", "Ben")
    taken_in(scene)
    given = answer(sources=(SOURCE,))
    scene.do(submit, ann, scene.take(ann), values=given, lends_next=False)

    facts = scene.ask(check_facts, ben, scene.take(ben))

    assert facts.has_uses is not facts.is_blind_first
    assert facts.is_blind_first is (decides is Decides.INDEPENDENT)


def test_whether_uses_of_others_count_is_said_by_the_first_round_of_ones_own_project(database):
    other = Scene(database, slug="open", decides=Decides.SIGNOFF, reviews_wanted=1)
    other.claim()
    other.take(*other.reviewers("Cem"))
    scene = Scene(database, slug="blind", decides=Decides.INDEPENDENT)
    ann, ben = scene.reviewers("Ann", "Ben")
    taken_in(scene)
    given = answer(sources=(SOURCE,))
    scene.do(submit, ann, scene.take(ann), values=given, lends_next=False)

    assert not scene.ask(check_facts, ben, scene.take(ben)).has_uses


def test_the_facts_and_what_is_offered_take_as_many_steps_after_many_checks(database):
    if not database.is_sqlite:
        pytest.skip("the steps of SQLite are counted")
    scene = Scene(database)
    ann, ben = scene.reviewers("Ann", "Ben")
    for _ in range(40):
        scene.claim(priority=-1)
        scene.check(ben, sources=(SOURCE,))
    taken_in(scene)
    led_to = [(one, scene.take(one)) for one in (ann, ben)]
    for actor, review in led_to:
        scene.submit(actor, review, sources=(SOURCE,))

    found = []
    for actor in (ann, ben):
        review = scene.take(actor)
        with database.reading() as session:
            session.connection()
            with steps_of(session) as steps:
                facts = check_facts(session, actor, review)
                assert sources.own_offered(session, actor, facts.article.id)
            found.append(steps[0])
    assert found[1] <= 1.2 * found[0]


def test_an_imported_claim_has_its_article_without_the_text(scene):
    [ann] = scene.reviewers("Ann")
    taken_in(scene)
    [snapshot] = scene.rows(Snapshot)
    scene.claim("Told elsewhere.", article_id=snapshot.article_id, priority=9)

    facts = scene.ask(check_facts, ann, scene.take(ann))

    assert (facts.claim.text, facts.claim.article_title) == ("Told elsewhere.", "Bridges")
    assert (facts.article.title, facts.article.text) == ("Bridges", "")
    assert facts.article.snapshot_id == snapshot.id


def test_a_check_to_learn_from_is_explained_once_it_is_given(scene):
    [ann] = scene.reviewers("Ann")
    known = GoldValues(use=GoldUse.TRAINING, verdict="false", explanation="As all know.")
    scene.do(set_gold, CONSOLE, scene.claim("To learn from."), values=known)
    review = scene.take(ann)

    assert not agreed(scene, ann, review).is_explained
    scene.submit(ann, review)
    assert agreed(scene, ann, review).is_explained


def test_the_check_of_another_one_is_missing(scene):
    ann, ben = scene.reviewers("Ann", "Ben")
    scene.claim()
    review = scene.take(ann)

    for actor, name in ((ben, review), (ann, "a" * 12)):
        with pytest.raises(Missing):
            scene.ask(check_facts, actor, name)
    with scene.database.write() as session:
        for held in scene.rows(Membership, Membership.person_id == ann.person):
            session.get_one(Membership, held.id).ended_at = now()
    gone = scene.person("Cleo")
    with pytest.raises(Missing):
        scene.ask(check_facts, gone, review)


def test_the_places_of_claims_tell_which_i_gave(scene):
    ann, ben = scene.reviewers("Ann", "Ben")
    first = taken_in(scene)
    [snapshot] = scene.rows(Snapshot)
    assert scene.claim_of(scene.check(ann)) == first
    scene.take(ann)

    mine, theirs = (scene.ask(places_of_claims, actor, snapshot.key) for actor in (ann, ben))

    assert [(one.public_id == first, one.is_given) for one in mine] == [
        (True, True),
        (False, False),
    ]
    assert [one.is_given for one in theirs] == [False, False]
    assert [TEXT[one.start : one.end] for one in mine] == [
        "The town has 30 bridges.",
        "They are old.",
    ]


def test_the_check_before_is_the_last_one_given(scene):
    [ann] = scene.reviewers("Ann")
    texts = ["One.", "Two.", "Three."]
    for text in texts:
        scene.claim(text)
    first, second, third = scene.check(ann), scene.check(ann, "true"), scene.take(ann)
    keys = [scene.review_row(review).key for review in (first, second, third)]

    found = [scene.ask(given_before, ann, scene.id, review_id=key) for key in keys]

    assert [one and (one.public_id, one.claim_text, one.verdict) for one in found] == [
        None,
        (first, "One.", "False"),
        (second, "Two.", "True"),
    ]


def test_colleagues_are_the_others_who_can_enter(scene):
    ann, ben = scene.reviewers("Ann", "Ben")
    scene.person("Ada", Role.EDITOR, Role.REVIEWER)
    gone, left = scene.reviewers("Gina", "Lena")
    scene.person("Nobody")
    with scene.database.write() as session:
        session.get_one(Person, gone.person).is_active = False
        [held] = scene.rows(Membership, Membership.person_id == left.person)
        session.get_one(Membership, held.id).ended_at = now()

    assert [one.name for one in scene.ask(colleagues, ann, scene.id)] == ["Ada", "Ben"]
    assert [one.name for one in scene.ask(colleagues, ben, scene.id)] == ["Ada", "Ann"]
    # Whose checks are asked for is offered of those who cannot enter any more, too.
    assert [one.name for one in scene.ask(other_members, ann, scene.id)] == ["Ada", "Ben", "Gina"]
