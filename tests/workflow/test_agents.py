"""Who said it: what is known of somebody, other names, and two who are one."""

import pytest

from app.domain.errors import Invalid, Missing, NotAllowed, Stale, WrongState
from app.domain.words import AgentKind, Role
from app.storage.agents import agent, agents_from
from app.storage.claims import agent_names
from app.storage.claims import claim as claim_record
from app.storage.tables import Agent, Hop
from app.workflow import agent_changes, claims
from app.workflow.agent_changes import MAX_ALIASES, AgentValues
from app.workflow.agents import MAX_NAME, HopValues
from app.workflow.claims import ClaimCorrection
from tests.cases import in_turn
from tests.scenes import LEADS, Scene


@pytest.fixture
def scene(database):
    return Scene(database)


@pytest.fixture
def editor(scene):
    return scene.person("Eve", *LEADS)


def row_of(scene, name):
    return scene.rows(Agent, Agent.name == name)[0]


def record_of(scene, editor, name):
    return scene.ask(agent, editor, row_of(scene, name).public_id)


def changed(scene, actor, who, /, **values):
    """Change somebody as a form that was just opened would."""
    row = row_of(scene, who)
    with scene.database.reading() as session:
        token = agent_changes.agent_token(session.get_one(Agent, row.key))
    usual = {"name": who, "kind": row.kind, "is_named": row.is_named, "token": token}
    new = AgentValues(**{**usual, **values})
    scene.do(agent_changes.change_agent, actor, row.public_id, values=new)


def merged(scene, actor, gone, kept):
    ids = [row_of(scene, name).public_id for name in (gone, kept)]
    scene.do(agent_changes.merge_agents, actor, ids[0], into=ids[1])


def claimant(scene, editor, claim_id):
    return scene.ask(claim_record, editor, claim_id).claimant


def test_what_is_known_of_somebody_holds_wherever_they_are_named(scene, editor):
    claim_ids = [scene.claim(said_by="D. Trump") for _ in range(2)]
    changed(
        scene,
        editor,
        "D. Trump",
        name=" Donald  Trump ",
        role="President",
        party="Republican",
        same_as="https://www.wikidata.org/wiki/Q22686",
        aliases=("The Donald", "", "The Donald"),
    )
    for claim_id in claim_ids:
        hop = claimant(scene, editor, claim_id)
        assert (hop.agent, hop.role, hop.party) == ("Donald Trump", "President", "Republican")
        assert hop.same_as == "https://www.wikidata.org/wiki/Q22686"
    assert record_of(scene, editor, "Donald Trump").aliases == ("The Donald", "D. Trump")
    [event] = scene.events("agent.edit")
    assert event.noun == "agent"
    assert event.details == {"fields": ["name", "aliases", "role", "party", "same_as"]}


@pytest.mark.parametrize("name", ["The Donald", "D. Trump"])
def test_another_name_means_the_same_one_from_then_on(scene, editor, name):
    scene.claim(said_by="D. Trump")
    changed(scene, editor, "D. Trump", name="Donald Trump", aliases=("The Donald",))
    claim_id = scene.claim(said_by=name)
    assert claimant(scene, editor, claim_id).agent == "Donald Trump"
    assert len(scene.rows(Agent)) == 1


def test_the_same_form_twice_is_once_and_an_old_one_is_late(scene, editor):
    scene.claim(said_by="A minister")
    token = record_of(scene, editor, "A minister").token
    for _ in range(2):
        changed(scene, editor, "A minister", role="Minister", token=token)
    assert len(scene.events("agent.edit")) == 1
    before = scene.state()
    with pytest.raises(Stale, match=r"agent\.stale"):
        changed(scene, editor, "A minister", role="Former minister", token=token)
    assert scene.state() == before


@in_turn(
    ("values", "code"),
    [
        ({"name": " "}, r"agent\.name"),
        ({"name": "x" * (MAX_NAME + 1)}, r"agent\.name"),
        ({"name": "Somebody else"}, r"agent\.name-taken"),
        ({"role": "x" * 201}, r"agent\.long"),
        ({"party": "x" * 201}, r"agent\.long"),
        ({"aliases": ("x" * (MAX_NAME + 1),)}, r"agent\.long"),
        ({"aliases": tuple(map(str, range(MAX_ALIASES + 1)))}, r"agent\.aliases"),
        ({"same_as": "Q22686"}, r"link\.scheme"),
    ],
)
def test_a_bad_change_changes_nothing(scene, editor, values, code):
    scene.claim(said_by="A minister")
    scene.claim(said_by="Somebody else")
    before = scene.state()
    with pytest.raises(Invalid, match=code):
        changed(scene, editor, "A minister", **values)
    assert scene.state() == before


def test_two_who_are_one_have_all_claims_and_names_of_both(scene, editor):
    first, second = scene.claim(said_by="Mr Trump"), scene.claim(said_by="Donald Trump")
    changed(scene, editor, "Mr Trump", role="President", aliases=("The Donald",))
    gone = row_of(scene, "Mr Trump").public_id
    for _ in range(2):
        merged(scene, editor, "Mr Trump", "Donald Trump")
    assert claimant(scene, editor, first).agent == "Donald Trump"
    kept = record_of(scene, editor, "Donald Trump")
    assert kept.aliases == ("Mr Trump", "The Donald")
    assert (kept.role, kept.count) == ("President", 2)
    assert [claim_id for claim_id, _text in kept.claims] == [second, first]
    assert scene.ask(agent, editor, gone).merged_into == kept.public_id
    assert list(scene.ask(agent_names, scene.id)) == ["Donald Trump"]
    assert [line.name for line in scene.ask(agents_from, scene.id, limit=9)] == ["Donald Trump"]
    [event] = scene.events("agent.merge")
    assert event.thing == kept.public_id
    assert event.details == {"merged": gone, "hops": 1}


def test_the_name_of_one_that_was_merged_means_the_other(scene, editor):
    for name in ("Mr Trump", "Donald Trump", "President Trump"):
        scene.claim(said_by=name)
    merged(scene, editor, "Mr Trump", "Donald Trump")
    merged(scene, editor, "Donald Trump", "President Trump")
    claim_id = scene.claim(said_by="Mr Trump")
    assert claimant(scene, editor, claim_id).agent == "President Trump"
    assert {hop.agent_id for hop in scene.rows(Hop)} == {row_of(scene, "President Trump").key}
    # The one who is left may take the name of one that was merged.
    changed(scene, editor, "President Trump", name="Mr Trump")
    assert claimant(scene, editor, claim_id).agent == "Mr Trump"
    assert row_of(scene, "President Trump").merged_into_id == row_of(scene, "Mr Trump").key


def test_who_was_merged_is_neither_changed_nor_merged_again(scene, editor):
    for name in ("A", "B", "C"):
        scene.claim(said_by=name)
    merged(scene, editor, "A", "B")
    before = scene.state()
    for attempt in (
        lambda: changed(scene, editor, "A", role="x"),
        lambda: merged(scene, editor, "A", "C"),
        lambda: merged(scene, editor, "C", "A"),
        lambda: merged(scene, editor, "B", "A"),
    ):
        with pytest.raises(WrongState, match=r"agent\.merged"):
            attempt()
    with pytest.raises(Invalid, match=r"agent\.same"):
        merged(scene, editor, "C", "C")
    assert scene.state() == before


def test_others_may_not_and_strangers_find_nobody(scene, editor):
    for name in ("A", "B"):
        scene.claim(said_by=name)
    elsewhere = Scene(scene.database, slug="elsewhere")
    elsewhere.claim(said_by="Foreign")
    before = scene.state()
    viewer, stranger = scene.person("Vi", Role.VIEWER), scene.person("Sam")
    for actor, error in ((viewer, NotAllowed), (stranger, Missing)):
        with pytest.raises(error):
            changed(scene, actor, "A", role="x")
        with pytest.raises(error):
            merged(scene, actor, "A", "B")
    for attempt in (
        lambda: merged(scene, editor, "A", "Foreign"),
        lambda: scene.do(agent_changes.merge_agents, editor, "a" * 12, into="b" * 12),
        lambda: scene.ask(agent, editor, "a" * 12),
        lambda: scene.ask(agent, stranger, row_of(scene, "A").public_id),
    ):
        with pytest.raises(Missing):
            attempt()
    assert scene.state() == before


def test_the_list_counts_claims_as_they_are_now(scene, editor):
    claim_id = scene.claim(said_by="A")
    scene.claim(said_by="A")
    hops = (HopValues(agent="B"), HopValues(agent="B"))
    values = ClaimCorrection(text="Otherwise.", hops=hops, version=1)
    scene.do(claims.correct, editor, claim_id, values=values)
    lines = scene.ask(agents_from, scene.id, limit=9)
    assert [(line.name, line.claims) for line in lines] == [("A", 1), ("B", 1)]


def test_the_list_is_searched_by_any_name_in_pages_with_as_few_questions(scene, editor, queries):
    names = [f"Minister {n}" for n in range(5)]
    for name in [*names, "Ulla Grün"]:
        scene.claim(said_by=name)
    changed(scene, editor, "Ulla Grün", aliases=("Frau Grün-Weiß", "Minister X"))
    seen, after, numbers = [], None, []
    for limit in (1, 4):
        with queries() as counted, scene.database.reading() as session:
            lines = agents_from(session, scene.id, text="minister", after=after, limit=limit)
        numbers.append(len(counted))
        seen += [line.name for line in lines]
        after = lines[-1].place
    assert seen == names
    assert numbers == [2, 2]
    assert [x.name for x in scene.ask(agents_from, scene.id, text="Weiß", limit=9)] == ["Ulla Grün"]
    assert scene.ask(agents_from, scene.id, text="%", limit=9) == []


def test_a_kind_that_is_set_is_kept(scene, editor):
    scene.claim(said_by="Eurostat")
    changed(scene, editor, "Eurostat", kind=AgentKind.ORGANISATION, is_named=False)
    row = row_of(scene, "Eurostat")
    assert (row.kind, row.is_named) == (AgentKind.ORGANISATION, False)
