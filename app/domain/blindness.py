"""Who may not yet see what others answered."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Standing:
    """How one person stands to one claim in its current round."""

    round_is_blind: bool
    is_settled: bool
    wants_more: bool
    may_review: bool
    is_barred: bool
    has_submitted: bool


def is_blind(standing: Standing) -> bool:
    """Whether others' answers are kept from the person.

    They are while the round is blind and unsettled, and the person could still give a review of
    their own that should not be swayed. A person who was shown the answers is barred from giving
    one, and so is not blind any more.
    """
    possible_reviewer = standing.may_review and standing.wants_more and not standing.is_barred
    return (
        standing.round_is_blind
        and not standing.is_settled
        and possible_reviewer
        and not standing.has_submitted
    )


def sees_others(standing: Standing, *, may_see_all: bool) -> bool:
    """Whether others' answers are shown: to all once settled, before that to leads not blind."""
    return standing.is_settled or (may_see_all and not is_blind(standing))
