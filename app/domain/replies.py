"""Where a request for a reply stands, told by its dates."""

from datetime import datetime
from enum import StrEnum

from app.domain.errors import Invalid


class ReplyState(StrEnum):
    """To send, waiting, overdue, answered, not applicable; erased where only that is known."""

    TO_SEND = "to-send"
    WAITING = "waiting"
    OVERDUE = "overdue"
    ANSWERED = "answered"
    NOT_APPLICABLE = "not-applicable"
    ERASED = "erased"


class ReplyFilter(StrEnum):
    """Which requests a list shows."""

    AWAITED = "awaited"
    ANSWERED = "answered"
    ALL = "all"


# What still is somebody's business.
AWAITED = frozenset({ReplyState.WAITING, ReplyState.OVERDUE})


def state_of(
    *,
    sent_at: datetime | None,
    deadline_at: datetime | None,
    answered_at: datetime | None,
    is_not_applicable: bool,
    is_erased: bool = False,
    at: datetime,
) -> ReplyState:
    """The state at a time: the first rule that fits. The very moment of the deadline is in time."""
    rules = (
        (is_erased, ReplyState.ERASED),
        (answered_at is not None, ReplyState.ANSWERED),
        (is_not_applicable, ReplyState.NOT_APPLICABLE),
        (sent_at is None, ReplyState.TO_SEND),
        (deadline_at is not None and deadline_at < at, ReplyState.OVERDUE),
    )
    return next((state for fits, state in rules if fits), ReplyState.WAITING)


def check_dates(
    *,
    sent_at: datetime | None,
    deadline_at: datetime | None,
    answered_at: datetime | None,
    at: datetime,
) -> None:
    """Hold the dates of a request against each other and the present.

    Raises:
        Invalid: something was sent or answered in the future, or answered or due before it was sent.
    """
    for field, moment in (("sent_at", sent_at), ("answered_at", answered_at)):
        if moment is not None and moment > at:
            raise Invalid("reply.future", field=field)
    if sent_at is None:
        return
    for field, moment in (("deadline_at", deadline_at), ("answered_at", answered_at)):
        if moment is not None and moment < sent_at:
            raise Invalid("reply.before-sent", field=field)
