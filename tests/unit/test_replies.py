"""Where a request for a reply stands, told by its dates."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.errors import Invalid
from app.domain.replies import ReplyState, check_dates, state_of
from tests.cases import in_turn

NOW = datetime(2025, 9, 4, 14, 2, tzinfo=UTC)
GONE, SOON = NOW - timedelta(hours=1), NOW + timedelta(hours=1)
NOTHING = {
    "sent_at": None,
    "deadline_at": None,
    "answered_at": None,
    "is_not_applicable": False,
    "is_erased": False,
}


@in_turn(
    ("known", "state"),
    [
        ({}, ReplyState.TO_SEND),
        # A deadline binds nobody who was not asked.
        ({"deadline_at": GONE}, ReplyState.TO_SEND),
        ({"sent_at": GONE}, ReplyState.WAITING),
        ({"sent_at": GONE, "deadline_at": SOON}, ReplyState.WAITING),
        # The very moment is in time.
        ({"sent_at": GONE, "deadline_at": NOW}, ReplyState.WAITING),
        ({"sent_at": GONE, "deadline_at": NOW - timedelta(seconds=1)}, ReplyState.OVERDUE),
        # An answer is an answer, however late.
        ({"sent_at": GONE, "deadline_at": GONE, "answered_at": NOW}, ReplyState.ANSWERED),
        ({"answered_at": GONE}, ReplyState.ANSWERED),
        ({"is_not_applicable": True}, ReplyState.NOT_APPLICABLE),
        (
            {"sent_at": GONE, "deadline_at": GONE, "is_not_applicable": True},
            ReplyState.NOT_APPLICABLE,
        ),
        ({"answered_at": GONE, "is_erased": True}, ReplyState.ERASED),
    ],
)
def test_the_dates_tell_the_state(known, state):
    assert state_of(**{**NOTHING, **known}, at=NOW) is state


@in_turn(
    ("dates", "code", "field"),
    [
        ({"sent_at": SOON}, "reply.future", "sent_at"),
        ({"answered_at": SOON}, "reply.future", "answered_at"),
        ({"sent_at": NOW, "answered_at": GONE}, "reply.before-sent", "answered_at"),
        ({"sent_at": NOW, "deadline_at": GONE}, "reply.before-sent", "deadline_at"),
    ],
)
def test_dates_that_cannot_be_are_refused(dates, code, field):
    given = {"sent_at": None, "deadline_at": None, "answered_at": None, **dates}

    with pytest.raises(Invalid) as refused:
        check_dates(**given, at=NOW)

    assert (refused.value.code, refused.value.values["field"]) == (code, field)


def test_a_deadline_may_be_set_before_anything_is_sent():
    check_dates(sent_at=None, deadline_at=GONE, answered_at=None, at=NOW)
