"""What several checks of one claim amount to."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from app.domain.words import DecidedBy, Decides

# How far an answer off the scale is from one on it: as far as half of a scale of five.
OFF_SCALE = 2


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


def distance(answers: Sequence[Answer], ranks: Mapping[int, int | None]) -> int:
    """How far the checks of a claim are apart; 0 where all gave the same two verdicts.

    The steps of the scale between the extremes, OFF_SCALE more where answers differ and one of them
    is off the scale, one more where they differ on what was said. ``ranks`` has the place on the
    scale of each label; compare labels as the present scale says them.
    """
    content = {answer.content for answer in answers}
    placed = [rank for rank in map(ranks.get, content) if rank is not None]
    steps = max(placed) - min(placed) if placed else 0
    off_scale = OFF_SCALE if len(content) > 1 and len(placed) < len(content) else 0
    said = {answer.attribution for answer in answers if answer.attribution is not None}
    return steps + off_scale + (len(said) > 1)


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
