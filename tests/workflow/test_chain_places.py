"""Where a text names who said a claim goes along with the claim to another text, or is forgotten."""

import pytest

from app.domain.spans import Span
from app.storage import claims as questions
from app.storage.tables import Hop
from app.workflow.agents import HopValues
from app.workflow.chain_places import NEAR, name_near
from tests.cases import in_turn
from tests.workflow.test_places import TEXT, Desk

SAID, NAME = "taxes fell by half", "Ada Berg"


@pytest.fixture
def desk(database):
    return Desk(database)


@pytest.fixture
def claim_id(desk):
    start = TEXT.index(NAME)
    hop = HopValues(agent=NAME, start=start, end=start + len(NAME))
    return desk.claim(SAID, hops=(hop, HopValues(agent="The Pilot")))


def named(desk, claim_id):
    record = desk.scene.ask(questions.claim, desk.editor, claim_id)
    return [(hop.start, hop.end) for hop in record.hops]


@pytest.mark.parametrize(
    "newer",
    [
        f"A note.\n\n{TEXT}",
        TEXT.removeprefix("The town built 40 bridges in 2024.\n\n"),
        # The name is a little farther from the claim than it was, and stands in the note, too.
        f"{NAME} is not the mayor. {TEXT}".replace("said that", "said again on Monday that"),
        # The claim itself is in other words.
        f"A note.\n\n{TEXT}".replace("fell by half", "fell by one half"),
    ],
)
def test_a_name_goes_along_with_its_claim_to_the_newer_text(desk, claim_id, newer):
    desk.take_in(newer)

    start = newer.rindex(NAME)
    assert named(desk, claim_id) == [(start, start + len(NAME)), (None, None)]
    assert desk.scene.claim_row(claim_id).snapshot_id == desk.snapshot.key


def test_a_name_that_is_not_in_the_newer_text_is_nowhere(desk, claim_id):
    desk.take_in(TEXT.replace(NAME, "Ada Berger"))

    assert named(desk, claim_id) == [(None, None), (None, None)]


def test_a_claim_that_is_not_in_the_newer_text_keeps_the_name_where_it_was(desk, claim_id):
    before = named(desk, claim_id)
    desk.take_in("Ada Berg is silent.")

    assert named(desk, claim_id) == before


def test_the_name_goes_along_where_a_claim_is_placed_by_hand(desk, claim_id):
    newer = f"A note.\n\n{NAME} now says this: dues sank."
    desk.take_in(newer)

    desk.move(claim_id, "dues sank")

    start = newer.index(NAME)
    assert named(desk, claim_id)[0] == (start, start + len(NAME))
    old = [hop.start for hop in desk.scene.rows(Hop) if hop.claim_version == 1]
    assert TEXT.index(NAME) in old


@in_turn(
    ("text", "place", "found"),
    [
        ("Berg and Berg", 0, 0),
        ("Berg and Berg", 8, 9),
        ("Bergen and Berg", 0, 11),
        ("Berg", -50, 0),
        ("Berg", -NEAR - 50, None),
        (f"Berg {' ' * NEAR}", NEAR + 1, None),
        ("", 0, None),
    ],
)
def test_of_names_the_nearest_whole_one_is_meant(text, place, found):
    assert name_near(text, "Berg", place) == (None if found is None else Span(found, found + 4))
