"""Who may not yet see what others answered."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.words import ClaimState


@dataclass(frozen=True, slots=True)
class Standing:
    """How one person stands to one claim in its current round.

    Attributes:
        is_barred: they will never check it. An interest in it is less: it can end, and a claim can
            come out of what it covers.
        is_secret: its answer is known beforehand, and the person may not know which claims are so.
    """

    round_is_blind: bool
    is_settled: bool
    wants_more: bool
    may_review: bool
    is_barred: bool
    has_submitted: bool
    is_secret: bool = False


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
    """Whether others' answers are shown: to all once settled, before that to leads not blind.

    Not those to a claim with a known answer that the lead is not to tell from others: many answers,
    none of which counts, would tell it.
    """
    if standing.is_secret and not standing.is_settled:
        return False
    return looks_open(standing, may_see_all=may_see_all)


def looks_open(standing: Standing, *, may_see_all: bool) -> bool:
    """Whether pages look as if others' answers were shown, were there any."""
    return standing.is_settled or (may_see_all and not is_blind(standing))


class SeenState(StrEnum):
    """Where a claim stands, as far as one person may know."""

    SUGGESTED = "suggested"
    DROPPED = "dropped"
    TO_DO = "to-do"
    MINE_DONE = "mine-done"
    WAITING = "waiting"
    SETTLED = "settled"


SEEN_AS = {
    ClaimState.CANDIDATE: SeenState.SUGGESTED,
    ClaimState.REJECTED: SeenState.DROPPED,
    ClaimState.SETTLED: SeenState.SETTLED,
}


def seen_state(
    claim_state: ClaimState,
    standing: Standing,
    *,
    counts: tuple[int, int] | None,
    may_see_all: bool,
) -> SeenState:
    """The state to show to one person; ``counts`` are the checks done and wanted, if any.

    That all checks are in is known only to those who see others' answers: anybody else could tell
    from it that somebody has answered.
    """
    if claim_state is not ClaimState.OPEN:
        return SEEN_AS[claim_state]
    if counts is not None and sees_others(standing, may_see_all=may_see_all):
        done, wanted = counts
        if done >= wanted:
            return SeenState.WAITING
    return SeenState.MINE_DONE if standing.has_submitted else SeenState.TO_DO
