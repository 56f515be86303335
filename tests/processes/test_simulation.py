"""Reviewers at once, some of whom misbehave, on a server of two processes: every rule holds.

The same on 20 reviewers and 5,000 claims, and on PostgreSQL: ``make load ARGS="-s -k simulation"``.
"""

import pytest

from tests.load.reviewers import Plan, check_all
from tests.load.simulation import PASSWORD, Desk, examine

PLAN = Plan(reviewers=5, claims=24, seconds=60)


@pytest.mark.thorough
def test_five_reviewers_give_twenty_four_claims_two_checks_each_and_nothing_is_lost(
    database, serve
):
    desk = Desk(database, PLAN)
    server = serve(ASSAY_WORKERS="2")
    board, seconds = check_all(PLAN, server.base, PASSWORD)
    examine(desk, board, seconds, server.base)
    assert "locked" not in server.stop()
