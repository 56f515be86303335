"""What several checks of one claim amount to."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from app.domain.words import DecidedBy, Decides


@dataclass(frozen=True, slots=True)
class Answer:
    """The two verdicts of one check, as keys of labels; attribution is None where not asked."""

    content: int
    attribution: int | None


def all_agree(answers: Sequence[Answer]) -> bool:
    """Whether every check gave the same two verdicts."""
    return len(set(answers)) == 1


def share_of_agreeing_pairs(answers: Sequence[Answer]) -> float | None:
    """Of all pairs of checks, the share with the same content verdict; None for fewer than two."""
    pairs = list(combinations((answer.content for answer in answers), 2))
    if not pairs:
        return None
    return sum(first == second for first, second in pairs) / len(pairs)


def dissent(answers: Sequence[Answer], ruled: Answer) -> list[tuple[int, int]]:
    """Labels that a check gave and the ruling did not, each with how many gave it."""
    content = Counter(a.content for a in answers if a.content != ruled.content)
    attribution = Counter(
        a.attribution
        for a in answers
        if a.attribution is not None and a.attribution != ruled.attribution
    )
    return [*sorted(content.items()), *sorted(attribution.items())]


def settles_by_itself(
    decides: Decides, answers: Sequence[Answer], *, wanted: int, allowed: bool
) -> DecidedBy | None:
    """How a claim is settled by the check that was just given, or None when a person must.

    One person alone decides in a ``single`` project, and in an independent one that asks for one
    check; both are marked ``single``, since no second person looked.
    """
    if decides is Decides.SIGNOFF or not answers or len(answers) < wanted:
        return None
    if decides is Decides.SINGLE or wanted == 1:
        return DecidedBy.SINGLE
    return DecidedBy.AGREEMENT if allowed and all_agree(answers) else None
