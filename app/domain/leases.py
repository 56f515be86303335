"""How long a claim stays with whoever has it: until an answer comes, and after the time is up."""

from datetime import datetime, timedelta

from app.domain.errors import Invalid

SHORTEST_GRACE = timedelta(minutes=15)
LONGEST_GRACE = timedelta(hours=4)
LONGEST_WAIT = timedelta(days=90)


def grace(lease: timedelta) -> timedelta:
    """How long somebody who was asked whether they still check a claim has to answer.

    A quarter of the time that it was lent for: at least 15 minutes, at most 4 hours.
    """
    return min(max(lease / 4, SHORTEST_GRACE), LONGEST_GRACE)


def wait_until(until: datetime, at: datetime) -> datetime:
    """Check until when a check is to wait.

    Raises:
        Invalid: that time is gone, or too far off to keep a claim from others.
    """
    if until <= at:
        raise Invalid("review.wait-past", field="waits_until")
    if until - at > LONGEST_WAIT:
        raise Invalid("review.wait-long", field="waits_until", limit=LONGEST_WAIT.days)
    return until
