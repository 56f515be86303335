"""Whether what an article says was met before: elsewhere, among what was dropped, with a verdict.

Only that there is a verdict is told, and only where the desk shows the claim as checked: a claim
that is checked anew has none until it is settled again. Of what still waits for a blind second look
nothing is told but that it was said: whoever looks would know what the first person did.
"""

from collections.abc import Collection, Mapping, Sequence

from sqlmodel import Session

from app.domain.words import ClaimState
from app.extraction.checkworthy.signals import CHECKED_BEFORE, DROPPED_BEFORE, TOLD_ELSEWHERE
from app.storage.sameness import Said, Same, the_same
from app.storage.triage import awaiting_second_look


def seen_before(
    session: Session, project_id: int, article_id: int, said: Sequence[Said]
) -> list[Mapping[str, float]]:
    """The signals of each of some statements of an article that the project met before."""
    found = the_same(session, project_id, said)
    decided = {
        one.claim_id for same in found for one in same if one.state is not ClaimState.CANDIDATE
    }
    hidden = awaiting_second_look(session, project_id, decided)
    return [dict.fromkeys(_signals(same, article_id, hidden), 1.0) for same in found]


def _signals(same: Sequence[Same], article_id: int, hidden: Collection[int]) -> list[str]:
    states = {one.state for one in same if one.claim_id not in hidden}
    is_wanted = not states.isdisjoint({ClaimState.OPEN, ClaimState.SETTLED})
    holds = {
        TOLD_ELSEWHERE: any(one.article_id not in {None, article_id} for one in same),
        # What is checked in one place may be dropped in another so as not to be checked twice.
        DROPPED_BEFORE: ClaimState.REJECTED in states and not is_wanted,
        CHECKED_BEFORE: ClaimState.SETTLED in states,
    }
    return [code for code, is_so in holds.items() if is_so]
