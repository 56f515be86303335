"""One claim becomes several; nothing of it is lost, and checks that were begun stay."""

import pytest

from app.domain.actors import CONSOLE
from app.domain.errors import Invalid, Missing, NotAllowed, Stale, WrongState
from app.domain.words import BarReason, ClaimState, FoundBy, Role
from app.storage import claims as questions
from app.storage import reviews as checks
from app.storage.tables import Bar, Claim, ClaimTag, ClaimWording, Quantity, Snapshot
from app.workflow import reviews, splitting
from app.workflow.agents import HopValues
from app.workflow.splitting import MAX_PARTS, Part, Split
from tests.cases import in_turn
from tests.workflow.test_places import TEXT, Desk

WHOLE = "It rained on Monday. It rained on Tuesday"
HOPS = (HopValues(agent="A paper"), HopValues(agent="Ada Berg", url="https://berg.example/"))


@pytest.fixture
def desk(database):
    return Desk(database)


@pytest.fixture
def claim_id(desk):
    return desk.claim(WHOLE, hops=HOPS)


def parts(*quotes, version=1, near=0):
    found = []
    for quote in quotes:
        start = TEXT.index(quote, near)
        near = start + len(quote)
        found.append(Part(text=f"{quote}.", start=start, end=near))
    return Split(parts=tuple(found), version=version)


def split(desk, claim_id, values, actor=None):
    return desk.scene.do(splitting.split, actor or desk.editor, claim_id, values=values)


SAME = Part(text="x", start=TEXT.index(WHOLE), end=TEXT.index(WHOLE) + 9)
TWO = ("It rained on Monday", "It rained on Tuesday")


def test_each_part_has_its_own_words_and_all_have_who_said_it(desk, claim_id, make, database):
    row = desk.scene.claim_row(claim_id)
    with database.write() as session:
        session.add(ClaimTag(project_id=row.project_id, claim_id=row.key, tag="rain"))
    desk.scene.change(Claim, claim_id, priority=3, selection_reason="Wet", said_on="2025-09")

    first, second = split(desk, claim_id, parts(*TWO))

    assert first == claim_id
    for name, quote in zip((first, second), TWO, strict=True):
        record = desk.scene.ask(questions.claim, desk.editor, name)
        assert record.quote == quote == TEXT[record.start : record.end]
        assert record.text == f"{quote}."
        assert [hop.agent for hop in record.hops] == ["A paper", "Ada Berg"]
        assert (record.priority, record.tags, record.said_on) == (3, ("rain",), "2025-09")
        assert record.hops[1].url == "https://berg.example/"
        assert record.chain_confirmed_at is not None
        assert (record.state, record.selection_reason) == (ClaimState.OPEN, "Wet")
        assert desk.scene.round_of(name).reviews_wanted == 1
        assert desk.scene.claim_row(name).slots_free == 1


def test_figures_and_kinds_go_with_the_part_whose_words_state_them(desk, claim_id, database):
    row = desk.scene.claim_row(claim_id)
    grounds = [{"kind": "event", "words": "on Monday"}, {"kind": "cause", "words": "Tuesday"}]
    desk.scene.change(Claim, claim_id, grounds=grounds, kinds=["event", "cause", "rule"])
    with database.write() as session:
        for n, raw in enumerate(["Monday", "Tuesday", "elsewhere"]):
            session.add(Quantity(claim_id=row.key, position=n, value=1, unit="day", raw=raw))

    names = split(desk, claim_id, parts(*TWO))

    records = [desk.scene.ask(questions.claim, desk.editor, name) for name in names]
    assert [[q.raw for q in r.quantities] for r in records] == [["Monday"], ["Tuesday"]]
    assert [r.kinds for r in records] == [("event", "rule"), ("cause", "rule")]
    assert [r.grounds for r in records] == [(("event", "on Monday"),), (("cause", "Tuesday"),)]


def test_the_first_part_keeps_history_old_words_and_the_check_in_hand(desk, claim_id):
    ben = desk.scene.reviewers("Ben")[0]
    review_id = desk.scene.take(ben)
    desk.scene.do(reviews.save_draft, ben, review_id, body={"rationale": "Mine."}, draft_version=0)

    _first, second = split(desk, claim_id, parts(*TWO))

    assert desk.scene.claim_of(review_id) == claim_id
    held = desk.scene.ask(checks.draft, desk.scene.review_row(review_id).key)
    assert held.body == {"rationale": "Mine."}
    assert [w.text for w in desk.scene.rows(ClaimWording)] == [f"{WHOLE}!"]
    assert desk.looks(claim_id) == [(FoundBy.ORIGINAL, WHOLE), (FoundBy.HAND, TWO[0])]
    [event] = desk.scene.events("claim.split")
    assert (event.claim, event.details["into"]) == (claim_id, [second])
    desk.scene.submit(ben, review_id, "true", attribution_verdict="confirmed")
    assert desk.scene.claim_of(desk.scene.take(ben)) == second


def test_repeated_words_become_parts_at_their_own_places(desk, claim_id):
    start = TEXT.index(WHOLE)
    first, second, third = split(desk, claim_id, parts("It rained", "It rained", "Tuesday"))

    places = [desk.scene.claim_row(name).start for name in (first, second, third)]
    assert places == [start, TEXT.rindex("It rained"), TEXT.index("Tuesday")]


@pytest.mark.parametrize("state", [ClaimState.CANDIDATE, ClaimState.REJECTED])
def test_suggestions_and_dropped_claims_are_split_into_the_same(desk, claim_id, state):
    desk.scene.change(Claim, claim_id, state=state, slots_free=0)

    for name in split(desk, claim_id, parts(*TWO)):
        row = desk.scene.claim_row(name)
        assert (row.state, row.slots_free) == (state, 0)


def test_a_claim_without_words_of_an_article_is_split_by_its_wording(desk):
    alone = desk.scene.claim("It rained and it poured.")
    values = Split(parts=(Part(text="It rained."), Part(text="It poured.")), version=1)

    names = split(desk, alone, values)

    assert [desk.scene.claim_row(name).text for name in names] == ["It rained.", "It poured."]


def test_split_twice_with_one_form_is_split_once(desk, claim_id):
    split(desk, claim_id, parts(*TWO))
    before = desk.scene.state()

    with pytest.raises(Stale):
        split(desk, claim_id, parts(*TWO))
    assert desk.scene.state() == before


@in_turn(
    ("values", "code"),
    [
        (parts(TWO[0]), "split.few"),
        (Split(parts=(), version=1), "split.few"),
        (Split(parts=(Part(text="x", start=0, end=1),) * (MAX_PARTS + 1), version=1), "split.many"),
        (parts("taxes", TWO[1]), "split.beyond"),
        (Split(parts=(SAME, SAME), version=1), "split.shared"),
        (Split(parts=(Part(text="x"), Part(text="y")), version=1), "quote.order"),
        (Split(parts=(Part(text="x"), Part(text=" ")), version=1), "claim.text"),
    ],
)
def test_parts_that_cannot_be_are_refused_and_nothing_changes(desk, claim_id, values, code):
    before = desk.scene.state()

    with pytest.raises(Invalid, match=code.replace(".", r"\.")):
        split(desk, claim_id, values)
    assert desk.scene.state() == before


def test_a_settled_claim_is_not_split(desk, claim_id):
    desk.scene.change(Claim, claim_id, state=ClaimState.SETTLED)
    before = desk.scene.state()

    with pytest.raises(WrongState):
        split(desk, claim_id, parts(*TWO))
    assert desk.scene.state() == before


def test_only_editors_split(desk, claim_id):
    before = desk.scene.state()
    for role in (Role.REVIEWER, Role.ADJUDICATOR, Role.VIEWER):
        with pytest.raises(NotAllowed):
            split(desk, claim_id, parts(*TWO), desk.scene.person(role.title(), role))
    with pytest.raises(Missing):
        split(desk, claim_id, parts(*TWO), desk.scene.person("Sam"))
    with pytest.raises(Missing):
        split(desk, "aaaaaaaaaaaa", parts(*TWO), CONSOLE)
    assert desk.scene.state() == before
    assert len(desk.scene.rows(Snapshot)) == 1


def test_who_may_not_check_the_claim_may_check_none_of_its_parts(desk, claim_id, database):
    scene = desk.scene
    [ben] = scene.reviewers("Ben")
    with database.write() as session:
        key = scene.claim_row(claim_id).key
        session.add(Bar(claim_id=key, person_id=ben.person, reason=BarReason.CONSULTED))

    first, second = split(desk, claim_id, parts(*TWO))

    keys = [scene.claim_row(name).key for name in (first, second)]
    assert [(b.claim_id, b.person_id, b.reason) for b in scene.rows(Bar)] == [
        (key, ben.person, BarReason.CONSULTED) for key in keys
    ]
    assert scene.take(ben) is None
