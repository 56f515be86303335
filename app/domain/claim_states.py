"""The states of a claim and the moves between them, as a table."""

from enum import StrEnum

from app.domain.errors import WrongState
from app.domain.words import ClaimState


class Move(StrEnum):
    """What can happen to a claim as a whole."""

    PICK = "pick"
    DROP = "drop"
    SETTLE = "settle"
    REOPEN = "reopen"


MOVES: dict[tuple[ClaimState, Move], ClaimState] = {
    (ClaimState.CANDIDATE, Move.PICK): ClaimState.OPEN,
    (ClaimState.CANDIDATE, Move.DROP): ClaimState.REJECTED,
    # A dropped claim can be brought back; it then is to check, not a suggestion again.
    (ClaimState.REJECTED, Move.PICK): ClaimState.OPEN,
    (ClaimState.OPEN, Move.DROP): ClaimState.REJECTED,
    (ClaimState.OPEN, Move.SETTLE): ClaimState.SETTLED,
    # Into another round: from a verdict, or from checks that are all in and wait for one.
    (ClaimState.SETTLED, Move.REOPEN): ClaimState.OPEN,
    (ClaimState.OPEN, Move.REOPEN): ClaimState.OPEN,
}


def after(state: ClaimState, move: Move) -> ClaimState:
    """The state that a move leads to.

    Raises:
        WrongState: the move cannot be made from this state.
    """
    try:
        return MOVES[state, move]
    except KeyError:
        raise WrongState("claim.state", state=state.value, move=move.value) from None
