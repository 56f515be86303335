"""How the checks of one person are grouped in the list of them."""

from datetime import datetime
from enum import StrEnum

from app.domain.words import ReviewState


class CheckGroup(StrEnum):
    """Where a check stands to the one whose it is."""

    DRAFT = "draft"
    RETURNED = "returned"
    IN_HAND = "in-hand"
    WAITING = "waiting"
    PUT_OFF = "put-off"
    GIVEN = "given"


def group_of(
    state: ReviewState,
    *,
    has_draft: bool,
    waits_until: datetime | None,
    put_off_at: datetime | None,
    at: datetime,
) -> CheckGroup:
    """The group of a check of an open claim: the first rule that fits."""
    rules = (
        (state not in {ReviewState.LENT, ReviewState.RETURNED}, CheckGroup.GIVEN),
        (waits_until is not None and waits_until > at, CheckGroup.WAITING),
        (state is ReviewState.RETURNED, CheckGroup.RETURNED),
        (put_off_at is not None, CheckGroup.PUT_OFF),
        (has_draft, CheckGroup.DRAFT),
    )
    return next((group for fits, group in rules if fits), CheckGroup.IN_HAND)
