"""Picking, dropping, adding and correcting claims."""

import pytest

from app.domain.actors import CONSOLE
from app.domain.errors import Invalid, Missing, NotAllowed, Stale, WrongState
from app.domain.ids import now
from app.domain.words import ClaimState, Decides, Role
from app.storage import claims as questions
from app.storage.suggestions import suggestions_from
from app.storage.tables import Agent, Claim, ClaimWording, Hop, Snapshot
from app.workflow import articles, claims
from app.workflow.agents import MAX_HOPS, HopValues
from app.workflow.articles import NewArticle
from app.workflow.claims import ClaimCorrection, NewClaim, PickValues
from app.workflow.wordings import MAX_TEXT
from tests.cases import in_turn
from tests.scenes import Scene
from tests.workflow.test_articles import TEXT, suggestion


@pytest.fixture
def scene(database):
    return Scene(database, decides=Decides.INDEPENDENT, reviews_wanted=2)


@pytest.fixture
def editor(scene):
    return scene.person("Ed", Role.EDITOR)


@pytest.fixture
def article_id(scene):
    taken = scene.do(
        articles.add_article,
        CONSOLE,
        scene.id,
        values=NewArticle(text=TEXT),
        suggestions=[suggestion("Apples are red."), suggestion("Bread is dear.")],
    )
    return taken.article_id


@pytest.fixture
def suggested(scene, article_id):
    return [row.public_id for row in scene.rows(Claim)]


def pick(scene, actor, claim_id, **values):
    scene.do(claims.pick, actor, claim_id, values=PickValues(**values))


def test_picking_opens_a_claim_for_as_many_checks_as_the_project_wants(scene, editor, suggested):
    due = now()
    pick(scene, editor, suggested[0], reason=" Topical ", due_at=due, priority=99)
    row = scene.claim_row(suggested[0])
    assert (row.state, row.slots_free) == (ClaimState.OPEN, 2)
    assert (row.selection_reason, row.due_at, row.priority) == ("Topical", due, 9)
    assert scene.round_of(suggested[0]).reviews_wanted == 2


def test_picking_twice_is_refused_the_second_time(scene, editor, suggested):
    pick(scene, editor, suggested[0])
    before = scene.state()
    with pytest.raises(WrongState):
        pick(scene, editor, suggested[0])
    assert scene.state() == before


def test_a_dropped_claim_stays_and_can_be_brought_back_to_check(scene, editor, suggested):
    scene.do(claims.drop, editor, suggested[0])
    assert scene.claim_row(suggested[0]).state is ClaimState.REJECTED
    with pytest.raises(WrongState):
        scene.do(claims.drop, editor, suggested[0])
    pick(scene, editor, suggested[0])
    assert scene.claim_row(suggested[0]).state is ClaimState.OPEN


def test_a_claim_that_comes_back_keeps_the_checks_it_had(scene, editor):
    claim_id = scene.claim()
    [ann] = scene.reviewers("Ann")
    scene.check(ann)
    scene.do(claims.drop, editor, claim_id)
    pick(scene, editor, claim_id)
    assert scene.round_of(claim_id).reviews_done == 1
    assert scene.claim_row(claim_id).slots_free == 1


def test_a_settled_claim_is_neither_dropped_nor_picked(scene, editor):
    claim_id = scene.claim()
    for person in scene.reviewers("Ann", "Ben"):
        scene.check(person, "true")
    before = scene.state()
    with pytest.raises(WrongState):
        scene.do(claims.drop, editor, claim_id)
    with pytest.raises(WrongState):
        pick(scene, editor, claim_id)
    assert scene.state() == before


def test_a_suggestion_that_is_put_off_stands_last_and_stays_a_suggestion(scene, editor, suggested):
    scene.do(claims.put_off, editor, suggested[0])
    listed = scene.ask(suggestions_from, scene.id)
    assert [claim.public_id for _place, claim in listed] == suggested[::-1]
    pick(scene, editor, suggested[1])
    with pytest.raises(WrongState):
        scene.do(claims.put_off, editor, suggested[1])


def test_a_claim_added_by_hand_is_to_check_at_once_with_its_chain_confirmed(scene, editor):
    values = NewClaim(
        text="  Two  lines\nof text ",
        seen_at_url="https://example.org/post",
        said_on="2025-09",
        hops=(HopValues(agent="A paper"), HopValues(agent=" "), HopValues(agent="A minister")),
    )
    claim_id = scene.do(claims.add_claim, editor, scene.id, values=values)
    record = scene.ask(questions.claim, editor, claim_id)
    assert record.text == "Two lines of text"
    assert record.state is ClaimState.OPEN
    assert [hop.agent for hop in record.hops] == ["A paper", "A minister"]
    assert record.claimant.agent == "A minister"
    assert record.chain_confirmed_at is not None


def test_a_claim_from_an_article_is_tied_to_its_words(scene, editor, article_id):
    values = NewClaim(text="Milk is dear.", quote="Milk costs  2 euros")
    claim_id = scene.do(claims.add_claim, editor, scene.id, values=values, article_id=article_id)
    row = scene.claim_row(claim_id)
    text = scene.rows(Snapshot)[0].text
    assert text[row.start : row.end] == row.quote == "Milk costs 2 euros"


@in_turn(
    ("values", "article"),
    [
        ({"text": " "}, False),
        ({"text": "x" * (MAX_TEXT + 1)}, False),
        ({"text": "x", "seen_at_url": "ftp://example.org"}, False),
        ({"text": "x", "said_on": "2025-13"}, False),
        ({"text": "x", "hops": (HopValues(agent="a"),) * (MAX_HOPS + 1)}, False),
        ({"text": "x", "hops": (HopValues(agent="a", url="javascript:x"),)}, False),
        ({"text": "x", "quote": "not in the text"}, True),
        ({"text": "x", "quote": ""}, True),
    ],
)
def test_a_claim_that_cannot_be_is_refused_and_nothing_is_written(
    scene, editor, article_id, values, article
):
    before = scene.state()
    with pytest.raises(Invalid):
        scene.do(
            claims.add_claim,
            editor,
            scene.id,
            values=NewClaim(**values),
            article_id=article_id if article else None,
        )
    assert scene.state() == before


def test_a_claim_cannot_be_tied_to_an_article_of_another_project(scene, database, editor):
    other = Scene(database, slug="other")
    taken = other.do(articles.add_article, CONSOLE, other.id, values=NewArticle(text=TEXT))
    with pytest.raises(Invalid, match=r"article\.missing"):
        scene.do(
            claims.add_claim,
            editor,
            scene.id,
            values=NewClaim(text="x", quote="Apples are red."),
            article_id=taken.article_id,
        )


def test_a_correction_keeps_the_old_words_and_the_old_chain(scene, editor):
    claim_id = scene.claim("As it was.", said_by="A minister")
    values = ClaimCorrection(
        text="As it is.", hops=(HopValues(agent="A paper"), HopValues(agent="A king")), version=1
    )
    scene.do(claims.correct, editor, claim_id, values=values)
    record = scene.ask(questions.claim, editor, claim_id)
    assert (record.text, record.version) == ("As it is.", 2)
    assert [hop.agent for hop in record.hops] == ["A paper", "A king"]
    assert [row.text for row in scene.rows(ClaimWording)] == ["As it was."]
    assert len(scene.rows(Hop)) == 3


def test_what_was_put_into_a_wording_is_told_apart_until_the_wording_changes(scene, editor):
    claim_id = scene.claim("As it was.")
    put_in = [{"start": 0, "end": 2, "instead_of": "So"}]
    scene.change(Claim, claim_id, additions=put_in)
    for version, text, left in ((1, " As it  was. ", put_in), (2, "As it is.", [])):
        values = ClaimCorrection(text=text, hops=(HopValues(agent="A king"),), version=version)
        scene.do(claims.correct, editor, claim_id, values=values)
        row = scene.claim_row(claim_id)
        assert (row.version, row.additions) == (version + 1, left)
    assert [(row.version, row.text) for row in scene.rows(ClaimWording)] == [(2, "As it was.")]


def test_a_correction_of_an_older_version_is_stale(scene, editor):
    claim_id = scene.claim("As it was.")
    values = ClaimCorrection(text="As it is.", hops=(), version=1)
    scene.do(claims.correct, editor, claim_id, values=values)
    before = scene.state()
    with pytest.raises(Stale):
        scene.do(claims.correct, editor, claim_id, values=values)
    assert scene.state() == before


def test_one_name_is_one_agent_in_a_project(scene):
    scene.claim(said_by="A minister")
    scene.claim(said_by=" A minister ")
    assert [row.name for row in scene.rows(Agent)] == ["A minister"]


VERBS = {
    "pick": (claims.pick, {"values": PickValues()}),
    "drop": (claims.drop, {}),
    "put off": (claims.put_off, {}),
    "correct": (claims.correct, {"values": ClaimCorrection(text="x", hops=(), version=1)}),
}


@pytest.mark.parametrize("verb", VERBS)
def test_only_editors_move_claims_and_to_strangers_there_are_none(scene, suggested, verb):
    run, values = VERBS[verb]
    before = scene.state()
    for role in (Role.REVIEWER, Role.ADJUDICATOR, Role.VIEWER):
        with pytest.raises(NotAllowed):
            scene.do(run, scene.person(role.title(), role), suggested[0], **values)
    with pytest.raises(Missing):
        scene.do(run, scene.person("Sam"), suggested[0], **values)
    with pytest.raises(Missing):
        scene.do(run, CONSOLE, "aaaaaaaaaaaa", **values)
    assert scene.state() == before


def test_every_move_leaves_one_line_of_history(scene, editor, suggested):
    scene.do(claims.put_off, editor, suggested[0])
    pick(scene, editor, suggested[0])
    scene.do(claims.drop, editor, suggested[0])
    actions = [event.action for event in scene.events() if event.thing == suggested[0]]
    assert actions == ["claim.put-off", "claim.pick", "claim.drop"]
