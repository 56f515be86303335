"""Who claims it, said of several claims at once."""

import pytest

from app.domain.errors import Invalid, Missing, NotAllowed
from app.domain.words import AgentKind, Amended, ChainChange, ClaimState, Mode, Role
from app.storage import claims as questions
from app.storage.tables import Agent, Amendment, Event, Hop
from app.workflow import claimants, claims
from app.workflow.agents import MAX_HOPS, HopValues
from app.workflow.claimants import Claimant
from app.workflow.claims import ClaimCorrection
from app.workflow.merging import Merge, merge
from tests.scenes import Scene
from tests.workflow.test_places import Desk

OFFICE = HopValues(
    agent="The harbour office",
    kind=AgentKind.ORGANISATION,
    is_named=False,
    cue="said",
    mode=Mode.DIRECT,
)
PAPER = HopValues(agent="A paper", url="https://paper.example/1")
BERG = HopValues(agent="Ada Berg")


@pytest.fixture
def desk(kept, request):
    return kept(with_claims if "ids" in request.fixturenames else Desk)


def with_claims(database):
    """Claims of the article's own voice, of one person, and of one person by a paper."""
    desk = Desk(database)
    desk.ids = [
        desk.claim("The town built 40 bridges in 2024"),
        desk.claim("taxes fell by half", hops=(BERG,)),
        desk.claim("It rained on Monday", hops=(PAPER, BERG)),
    ]
    return desk


@pytest.fixture
def ids(desk):
    return desk.ids


def give(desk, ids, hop=OFFICE, *, actor=None, versions=None, **values):
    shown = versions or {name: desk.scene.claim_row(name).version for name in ids}
    who = actor or desk.editor
    claimant = Claimant(hop=hop, **values)
    return desk.scene.do(claimants.set_claimants, who, desk.scene.id, shown, values=claimant)


def chains(desk, ids):
    records = [desk.scene.ask(questions.claim, desk.editor, name) for name in ids]
    return [[hop.agent for hop in record.hops] for record in records]


OF = "The harbour office"


@pytest.mark.parametrize(
    ("change", "then"),
    [
        (ChainChange.LAST, [[OF], [OF], ["A paper", OF]]),
        (ChainChange.BEHIND, [[OF], ["Ada Berg", OF], ["A paper", "Ada Berg", OF]]),
        (ChainChange.WHOLE, [[OF], [OF], [OF]]),
    ],
)
def test_what_becomes_of_the_chain_is_as_was_chosen(desk, ids, change, then):
    outcome = give(desk, ids, change=change)

    assert (outcome.done, outcome.same, outcome.left) == (3, 0, ())
    assert chains(desk, ids) == then


def test_the_article_s_own_voice_leaves_no_chain(desk, ids):
    outcome = give(desk, ids[1:], hop=None, change=ChainChange.LAST)

    assert outcome.done == 2
    assert chains(desk, ids) == [[], [], []]
    assert all(desk.scene.claim_row(name).chain_confirmed_at for name in ids[1:])


def test_relays_stay_as_they_were_with_all_that_is_known_of_them(desk, ids):
    row = desk.scene.claim_row(ids[2])
    [first, _last] = desk.scene.rows(Hop, Hop.claim_id == row.key)
    with desk.scene.database.write() as session:
        hop = session.get_one(Hop, first.key)
        hop.is_seen, hop.start, hop.end = True, 3, 9

    give(desk, ids)

    record = desk.scene.ask(questions.claim, desk.editor, ids[2])
    relay, last = record.hops
    assert (relay.url, relay.is_seen, relay.start, relay.end) == (PAPER.url, True, 3, 9)
    assert (last.cue, last.mode) == ("said", Mode.DIRECT)
    [agent] = desk.scene.rows(Agent, Agent.name == OFFICE.agent)
    assert (agent.kind, agent.is_named) == (AgentKind.ORGANISATION, False)
    assert record.version == 2
    old = desk.scene.rows(Hop, Hop.claim_id == row.key, Hop.claim_version == 1)
    assert len(old) == 2


def test_each_claim_has_a_line_of_history_and_a_label(desk, ids):
    give(desk, ids)

    lines = desk.scene.rows(Event, Event.action == "claim.edit")
    assert [line.thing for line in lines] == ids
    labels = desk.scene.rows(Amendment, Amendment.what == Amended.CLAIMANT)
    assert [row.claim_id for row in labels] == [desk.scene.claim_row(name).key for name in ids]


def test_a_chain_that_is_replaced_whole_is_no_label_for_the_claimant_alone(desk, ids):
    give(desk, ids, change=ChainChange.WHOLE)

    labels = desk.scene.rows(Amendment, Amendment.claim_id == desk.scene.claim_row(ids[2]).key)
    assert [row.what for row in labels if row.version_after == 2] == [Amended.CHAIN]


@pytest.mark.parametrize("change", list(ChainChange))
def test_sent_twice_it_is_done_once(desk, ids, change):
    shown = dict.fromkeys(ids, 1)
    give(desk, ids, versions=shown, change=change)
    before = chains(desk, ids)
    outcome = give(desk, ids, versions=shown, change=change)

    assert (outcome.done, outcome.same, outcome.left) == (0, 3, ())
    assert chains(desk, ids) == before
    assert desk.scene.claim_row(ids[0]).version == 2


def test_a_chain_that_nobody_confirmed_is_confirmed_as_it_is(desk, ids):
    again = HopValues(agent="Ada Berg")
    desk.scene.change(type(desk.scene.claim_row(ids[1])), ids[1], chain_confirmed_at=None)

    assert give(desk, [ids[1]], hop=again).done == 1
    assert desk.scene.claim_row(ids[1]).chain_confirmed_at is not None
    key = desk.scene.claim_row(ids[1]).key
    labels = desk.scene.rows(Amendment, Amendment.claim_id == key, Amendment.version_after == 2)
    assert labels == []


def test_what_is_settled_changed_meanwhile_or_too_long_is_left_and_named(desk, ids):
    desk.scene.change(type(desk.scene.claim_row(ids[0])), ids[0], state=ClaimState.SETTLED)
    shown = dict.fromkeys(ids, 1)
    edit = ClaimCorrection(text="Mine.", hops=(), version=1)
    desk.scene.do(claims.correct, desk.editor, ids[1], values=edit)
    long = tuple(HopValues(agent=f"Agent {n}") for n in range(MAX_HOPS))
    edit = ClaimCorrection(text="Long.", hops=long, version=1)
    desk.scene.do(claims.correct, desk.editor, ids[2], values=edit)

    outcome = give(desk, ids, versions={**shown, ids[2]: 2}, change=ChainChange.BEHIND)

    assert outcome.done == 0
    assert outcome.left == (
        (ids[0], "claimants.settled"),
        (ids[1], "claim.stale"),
        (ids[2], "claimants.long"),
    )
    assert chains(desk, ids)[1] == []


def test_nobody_else_may_and_claims_of_other_projects_are_not_touched(desk, ids, database):
    other = Scene(database, slug="other")
    foreign = other.claim(said_by="Ada Berg")
    checker = desk.scene.person("Bo", Role.REVIEWER)
    stranger = other.person("Sten", Role.EDITOR)
    for actor, kind in ((checker, NotAllowed), (stranger, Missing)):
        with pytest.raises(kind):
            give(desk, ids, actor=actor)
    with pytest.raises(Invalid):
        give(desk, [], versions={})
    with pytest.raises(Invalid):
        give(desk, ids, hop=HopValues(agent="x" * 301))

    outcome = give(desk, [foreign], versions={foreign: 1})

    assert (outcome.done, outcome.left) == (0, ())
    assert other.claim_row(foreign).version == 1


def test_a_claim_that_was_joined_to_another_keeps_who_said_it_and_is_named(desk):
    stays, gone = (
        desk.claim("It rained on Monday"),
        desk.claim("It rained on Tuesday", hops=(BERG,)),
    )
    shown = dict.fromkeys((stays, gone), 1)
    both = Merge(versions=shown, text="It rained on both days.")
    desk.scene.do(merge, desk.editor, stays, values=both)

    outcome = give(desk, [stays, gone])

    assert (outcome.done, outcome.left) == (1, ((gone, "claimants.joined"),))
    assert chains(desk, [stays, gone]) == [[OF], ["Ada Berg"]]
