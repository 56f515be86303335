"""Known answers: when one is mixed in among other claims, and what people take for what."""

import hmac
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from app.domain.words import GoldUse


@dataclass(frozen=True, slots=True)
class KnownAnswer:
    """The known answer of a claim: names of labels, and their codes for the form that changes it.

    ``said`` is None where nobody is named who would have said it.
    """

    claim_key: int
    claim_id: str
    claim_text: str
    language: str | None
    use: GoldUse
    content: str
    said: str | None
    content_code: str
    said_code: str | None
    explanation: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Comparison:
    """A first answer held against a known one; ``said`` is None where that was not asked."""

    claim_key: int
    review_id: str
    person_id: int
    use: GoldUse
    content: str
    said: str | None
    known_content: str
    known_said: str | None
    is_right: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Score:
    """Of how many first answers how many were right."""

    right: int
    done: int


@dataclass(frozen=True, slots=True)
class Mistaken:
    """An answer that was given for another, and how often."""

    given: str
    known: str
    times: int


@dataclass(slots=True)
class PersonAnswers:
    """What one person answered where the answer was known, in the order of the answers."""

    name: str
    found: list[Comparison] = field(default_factory=list)

    def score(self, use: GoldUse) -> Score:
        """How many of one use were right."""
        return score(one for one in self.found if one.use is use)

    @property
    def missed(self) -> list[Comparison]:
        """What was answered otherwise."""
        return [one for one in self.found if not one.is_right]

    @property
    def often(self) -> list[Mistaken]:
        """What was taken for what more than once, the most frequent first."""
        return confused(self.found)


def score(found: Iterable[Comparison]) -> Score:
    """How many of some answers were right."""
    right = [one.is_right for one in found]
    return Score(sum(right), len(right))


def confused(found: Sequence[Comparison]) -> list[Mistaken]:
    """Which answers were given for which more than once, the most frequent first."""
    pairs = Counter(
        pair
        for one in found
        for pair in ((one.content, one.known_content), (one.said, one.known_said))
        if not one.is_right and None not in pair and pair[0] != pair[1]
    )
    ordered = sorted(pairs.items(), key=lambda pair: (-pair[1], str(pair[0])))
    return [
        Mistaken(str(given), str(known), times) for (given, known), times in ordered if times > 1
    ]


def is_due(key: bytes, *, person: int, lent: int, every: int) -> bool:
    """Whether the next claim of a person who was lent so many is to be one with a known answer.

    One in ``every`` on average, at places that nobody can count off: a keyed hash of the person
    and the number decides, so that asking again for the same claim answers the same.
    """
    return every > 0 and _number(key, "due", person, lent) % every == 0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a claim stands: its article and priority, and where in the article."""

    article: int | None
    priority: int
    start: int | None

    def fits(self, following: Self) -> tuple[bool, bool, bool, int]:
        """How ill a claim here stands out before the following one; the least does least.

        Other articles and priorities stand out, then one that comes later in the text, or far off.
        """
        if self.article != following.article or self.start is None or following.start is None:
            ahead = 0
        else:
            ahead = following.start - self.start
        is_elsewhere = self.article != following.article
        return is_elsewhere, self.priority != following.priority, ahead < 0, abs(ahead)


def chosen(
    key: bytes, claims: Mapping[int, Place], *, before: Place, person: int, lent: int
) -> int:
    """Which of some claims it is that is lent before the one at a place of the queue.

    The one that can least be told by where it stands. Of those that are alike in that it is another
    for others, and the same when it is asked again.
    """
    least = min(place.fits(before) for place in claims.values())
    alike = sorted(claim for claim, place in claims.items() if place.fits(before) == least)
    return alike[_number(key, "which", person, lent) % len(alike)]


def number_ahead(
    key: bytes, *, person: int, lent: int, every: int, hidden: int, free: int, lapsed: int
) -> int:
    """How many known answers are mixed in until the queue of a person is empty.

    ``hidden`` claims have known answers that the person never met; ``lapsed`` ones are lent before
    the ``free`` ones of the queue, and nothing is mixed in once none of these is left.
    """
    met = 0
    while free and met < hidden and every:
        if is_due(key, person=person, lent=lent, every=every):
            met += 1
        elif lapsed:
            lapsed -= 1
        else:
            free -= 1
        lent += 1
    return met


def _number(key: bytes, what: str, person: int, lent: int) -> int:
    digest = hmac.new(key, f"{what} {person} {lent}".encode(), "sha256").digest()
    return int.from_bytes(digest[:8])
