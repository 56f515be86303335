"""The small rules: moves of a claim, what checks amount to, dates, links."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.claim_states import MOVES, Move, after
from app.domain.consensus import (
    Answer,
    all_agree,
    dissent,
    settles_by_itself,
    share_of_agreeing_pairs,
)
from app.domain.dates import partial_date
from app.domain.errors import Invalid, WrongState
from app.domain.ids import is_public_id, new_public_id
from app.domain.label_presets import PRESETS
from app.domain.links import PLAINLY, canonical_link, checked_link, plain_link
from app.domain.words import ClaimState, DecidedBy, Decides
from tests.cases import in_turn

SUGGESTED, OPEN = ClaimState.CANDIDATE, ClaimState.OPEN
SETTLED, DROPPED = ClaimState.SETTLED, ClaimState.REJECTED
TRUE, FALSE, SAID, NOT_SAID = 1, 2, 11, 12


@in_turn(
    ("state", "move", "then"),
    [
        # A suggestion is picked or dropped.
        (SUGGESTED, Move.PICK, OPEN),
        (SUGGESTED, Move.DROP, DROPPED),
        # What is dropped can be brought back, and what is picked can be dropped.
        (DROPPED, Move.PICK, OPEN),
        (OPEN, Move.DROP, DROPPED),
        # Only what is to check can be settled.
        (OPEN, Move.SETTLE, SETTLED),
    ],
)
def test_a_claim_moves_as_the_table_says(state, move, then):
    assert after(state, move) is then


@in_turn(("state", "move"), sorted(set(itertools.product(ClaimState, Move)) - set(MOVES)))
def test_every_other_move_is_refused(state, move):
    with pytest.raises(WrongState):
        after(state, move)


@given(st.lists(st.sampled_from(Move), max_size=8))
def test_settled_is_left_by_another_round_alone_and_no_way_leads_to_a_suggestion(moves):
    state, seen = SUGGESTED, [SUGGESTED]
    for move in moves:
        if (state, move) in MOVES and move is not Move.REOPEN:
            state = after(state, move)
            seen.append(state)

    assert SUGGESTED not in seen[1:]
    assert SETTLED not in seen[:-1]


@in_turn(
    ("answers", "share"),
    [
        ([], None),
        ([TRUE], None),
        ([TRUE, TRUE], 1),
        ([TRUE, FALSE], 0),
        # Two to one, and a tie: no order of the answers changes it.
        ([TRUE, TRUE, FALSE], 1 / 3),
        ([FALSE, TRUE, TRUE], 1 / 3),
        ([TRUE, TRUE, FALSE, FALSE], 1 / 3),
        ([TRUE, FALSE, 3], 0),
    ],
)
def test_agreement_is_the_share_of_pairs(answers, share):
    assert share_of_agreeing_pairs([Answer(a, None) for a in answers]) == share


def test_dissent_counts_both_questions_and_not_the_ruling():
    answers = [Answer(TRUE, SAID), Answer(FALSE, SAID), Answer(FALSE, NOT_SAID)]

    assert dissent(answers, Answer(TRUE, SAID)) == [(FALSE, 2), (NOT_SAID, 1)]
    assert dissent(answers[:1], Answer(TRUE, SAID)) == []


def test_checks_agree_only_on_both_verdicts():
    assert all_agree([Answer(TRUE, SAID), Answer(TRUE, SAID)])
    assert not all_agree([Answer(TRUE, SAID), Answer(TRUE, NOT_SAID)])
    assert not all_agree([])


AGREED, SPLIT = [Answer(TRUE, SAID)] * 2, [Answer(TRUE, SAID), Answer(FALSE, SAID)]


@in_turn(
    ("decides", "answers", "wanted", "allowed", "how"),
    [
        # Independent: only agreement settles by itself, and only where the project lets it.
        (Decides.INDEPENDENT, AGREED, 2, True, DecidedBy.AGREEMENT),
        (Decides.INDEPENDENT, AGREED, 2, False, None),
        (Decides.INDEPENDENT, SPLIT, 2, True, None),
        (Decides.INDEPENDENT, AGREED[:1], 2, True, None),
        (Decides.INDEPENDENT, AGREED, 3, True, None),
        # One check alone is marked as what it is.
        (Decides.INDEPENDENT, AGREED[:1], 1, False, DecidedBy.SINGLE),
        (Decides.SINGLE, AGREED[:1], 1, True, DecidedBy.SINGLE),
        # Sign-off always needs a second person.
        (Decides.SIGNOFF, AGREED[:1], 1, True, None),
        (Decides.INDEPENDENT, [], 2, True, None),
    ],
)
def test_what_settles_by_itself(decides, answers, wanted, allowed, how):
    assert settles_by_itself(decides, answers, wanted=wanted, allowed=allowed) is how


@in_turn(
    ("typed", "kept"),
    [
        (None, None),
        (" ", None),
        ("2025", "2025"),
        ("2025-09", "2025-09"),
        (" 2024-02-29 ", "2024-02-29"),
    ],
)
def test_a_date_is_as_precise_as_it_is_known(typed, kept):
    assert partial_date(typed) == kept


@in_turn(
    "typed", ["25", "2025-9", "2025-13", "2025-02-30", "9-10-2020", "٢٠٢٥", "2025-09-04T10:00"]
)
def test_what_is_no_date_is_refused(typed):
    with pytest.raises(Invalid):
        partial_date(typed)


@in_turn(
    ("one", "other"),
    [
        ("https://Example.org", "https://example.org/"),
        ("https://example.org/a#part", "https://example.org/a"),
        ("https://example.org:443/a", "https://example.org/a"),
        ("https://example.org/a?utm_source=x&b=1&fbclid=2", "https://example.org/a?b=1"),
        ("HTTP://example.org./a", "http://example.org/a"),
    ],
)
def test_one_page_has_one_spelling(one, other):
    assert canonical_link(one) == canonical_link(other)


@in_turn(
    ("one", "other"),
    [
        ("https://example.org/a", "http://example.org/a"),
        ("https://example.org/a?b=1", "https://example.org/a?b=2"),
        ("https://example.org:8443/a", "https://example.org/a"),
        ("https://example.org/a", "https://example.org/A"),
    ],
)
def test_different_pages_stay_different(one, other):
    assert canonical_link(one) != canonical_link(other)


@pytest.mark.parametrize("place", ["/{}", "/?q={}", "/a?{}=1"])
def test_a_long_address_has_a_spelling_that_fits_an_index(place):
    one, other = (f"https://Example.org{place.format('頁' * 900 + end)}" for end in "ab")

    assert canonical_link(one).startswith("https://example.org/#sha256=")
    assert len(canonical_link(one)) == len("https://example.org/#sha256=") + 64
    assert canonical_link(one) == canonical_link(f"{one}#part")
    assert canonical_link(one) != canonical_link(other)


def test_a_host_without_end_is_cut_off_in_the_spelling():
    assert len(canonical_link(f"https://{'頁' * 1_900}/a").encode()) < 2_000


def test_an_address_that_just_fits_stays_as_it_is():
    address = "https://example.org/" + "a" * 1_980

    assert canonical_link(address) == address
    assert canonical_link(f"{address}a") != f"{address}a"


@in_turn(
    "typed",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://example.org/",
        "//example.org/",
        "example.org",
        "https://",
        "https://ann:secret@example.org/",
        "https://example.org/a b",
        "https://[half/",
        "https://example.org:port/",
        "https://example.org/" + "a" * 2_000,
    ],
)
def test_other_addresses_than_of_the_web_are_refused(typed):
    with pytest.raises(Invalid):
        checked_link(typed)


def test_a_public_id_is_twelve_base32_characters_and_never_the_same():
    made = {new_public_id() for _ in range(1_000)}

    assert len(made) == 1_000
    assert all(re.fullmatch(r"[a-z2-7]{12}", name) and is_public_id(name) for name in made)


@in_turn("preset", PRESETS.values())
def test_a_preset_has_unique_labels_and_ranks_from_one(preset):
    ranks = [label.rank for label in preset.labels if label.rank is not None]

    assert len({label.code for label in preset.labels}) == len(preset.labels)
    assert len({label.name for label in preset.labels}) == len(preset.labels)
    assert sorted(ranks) == list(range(1, len(ranks) + 1))


def test_the_default_scale_runs_from_true_to_false_and_keeps_two_labels_off_it():
    names = [(label.name, label.rank) for label in PRESETS["desk-7"].labels]

    assert names == [
        ("True", 5),
        ("Mostly true", 4),
        ("Half true", 3),
        ("Mostly false", 2),
        ("False", 1),
        ("Unproven", None),
        ("Not a claim", None),
    ]


@given(st.from_regex(PLAINLY, fullmatch=True))
def test_an_address_that_is_plain_already_is_the_one_that_taking_it_apart_makes(address):
    assert plain_link(address) == plain_link(f"{address}#part") == address
