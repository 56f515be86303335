"""Who may not yet see what others answered, and as what a claim is seen."""

from dataclasses import replace
from itertools import product

import pytest

from app.domain.blindness import (
    SeenState,
    Standing,
    is_blind,
    looks_open,
    seen_state,
    sees_others,
)
from app.domain.words import ClaimState
from tests.cases import in_turn

REVIEWER = Standing(
    round_is_blind=True,
    is_settled=False,
    wants_more=True,
    may_review=True,
    is_barred=False,
    has_submitted=False,
)
STANDINGS = [Standing(*values) for values in product([True, False], repeat=6)]


@in_turn(
    ("change", "blind"),
    [
        ({}, True),
        ({"round_is_blind": False}, False),
        ({"is_settled": True}, False),
        # Nobody is asked for another check, so nobody can be swayed.
        ({"wants_more": False}, False),
        ({"may_review": False}, False),
        ({"is_barred": True}, False),
        ({"has_submitted": True}, False),
    ],
)
def test_blind_is_who_could_still_give_a_check_of_their_own(change, blind):
    assert is_blind(replace(REVIEWER, **change)) is blind


@in_turn("standing", STANDINGS)
def test_before_a_claim_is_settled_only_leads_see_others_and_never_while_blind(standing):
    assert sees_others(standing, may_see_all=False) is standing.is_settled
    if not standing.is_settled:
        assert sees_others(standing, may_see_all=True) is not is_blind(standing)


def test_of_a_known_answer_that_they_shall_not_tell_leads_see_nothing_of_others_while_it_is_open():
    secret = replace(REVIEWER, is_secret=True, has_submitted=True)
    assert not sees_others(secret, may_see_all=True)
    assert looks_open(secret, may_see_all=True)
    assert not looks_open(replace(secret, has_submitted=False), may_see_all=True)
    assert sees_others(replace(secret, is_settled=True), may_see_all=False)


@in_turn("standing", [s for s in STANDINGS if not s.is_settled])
@in_turn("may_see_all", [True, False])
def test_to_whom_others_are_not_shown_the_state_is_the_same_whatever_others_did(
    standing, may_see_all
):
    if sees_others(standing, may_see_all=may_see_all):
        return

    seen = {
        seen_state(ClaimState.OPEN, standing, counts=counts, may_see_all=may_see_all)
        for counts in (None, (0, 2), (1, 2), (2, 2), (3, 2))
    }

    assert seen == {SeenState.MINE_DONE if standing.has_submitted else SeenState.TO_DO}


@in_turn(
    ("counts", "has_submitted", "state"),
    [
        (None, False, SeenState.TO_DO),
        ((0, 2), False, SeenState.TO_DO),
        ((1, 2), False, SeenState.TO_DO),
        ((1, 2), True, SeenState.MINE_DONE),
        ((2, 2), False, SeenState.WAITING),
        ((2, 2), True, SeenState.WAITING),
    ],
)
def test_a_lead_sees_that_a_claim_waits_to_be_settled(counts, has_submitted, state):
    lead = replace(REVIEWER, may_review=False, has_submitted=has_submitted)

    assert seen_state(ClaimState.OPEN, lead, counts=counts, may_see_all=True) is state


@pytest.mark.parametrize(
    ("claim_state", "state"),
    [
        (ClaimState.CANDIDATE, SeenState.SUGGESTED),
        (ClaimState.REJECTED, SeenState.DROPPED),
        (ClaimState.SETTLED, SeenState.SETTLED),
    ],
)
def test_what_is_no_secret_is_seen_by_everybody(claim_state, state):
    for standing, may_see_all in product(STANDINGS, [True, False]):
        seen = seen_state(claim_state, standing, counts=(2, 2), may_see_all=may_see_all)
        assert seen is state
