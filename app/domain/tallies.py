"""What one claim of a round adds to the counts of agreement."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from app.domain.consensus import Answer
from app.domain.words import Basis, TallyQuestion

# A key of each kind of count (what ``storage.tables.tallies`` has as unique columns but the slice).
Key = tuple[Any, ...]
Counts = Mapping[str, Mapping[Key, int]]


@dataclass(frozen=True, slots=True)
class Check:
    """One check, as it was given blind and as it is now; ``sources``: what each does to the claim."""

    person: int
    answers: Mapping[Basis, Answer]
    sources: Mapping[Basis, Mapping[int, str]] = field(default_factory=dict)


def counted(checks: Sequence[Check], ruled: Answer | None) -> Counts:
    """The counts of a claim by kind; with ``ruled`` each check against the desk's verdict too."""
    people = sorted(checks, key=lambda check: check.person)
    return {
        "answers": Counter(_answers(checks)),
        "pairs": Counter(_pairs(people)),
        "desk": Counter(_against(people, ruled)),
    }


def pattern(labels: Iterable[int]) -> str:
    """Labels that were given to one unit, in one order whoever gave them, as ``3,5×12``.

    One that was given several times is named once: however many answer, a pattern is no longer than
    a scale, and fits into the entry of an index.
    """
    return _told(sorted(Counter(labels).items()))


def read_off(told: str) -> list[str]:
    """What was given to one unit, read off its pattern."""
    found: list[str] = []
    for part in told.split(","):
        one, _sign, times = part.partition("×")
        found += [one] * int(times or 1)
    return found


def words_pattern(words: Iterable[str]) -> str:
    """The same of words."""
    return _told(sorted(Counter(words).items()))


def _told(counted: Iterable[tuple[Any, int]]) -> str:
    return ",".join(f"{one}×{times}" if times > 1 else str(one) for one, times in counted)


def content_pattern(checks: Sequence[Check]) -> str:
    """What was answered blind to "Is it so?": by it the claims of a pattern are found again."""
    return pattern(check.answers[Basis.BLIND].content for check in checks)


def _answers(checks: Sequence[Check]) -> Iterator[Key]:
    for basis in Basis:
        given = [check.answers[basis] for check in checks]
        yield TallyQuestion.CONTENT.value, basis.value, pattern(one.content for one in given)
        said = [one.attribution for one in given if one.attribution is not None]
        if said:
            yield TallyQuestion.ATTRIBUTION.value, basis.value, pattern(said)
        used = [check.sources.get(basis, {}) for check in checks]
        yield from _shared(basis, used)


def _shared(basis: Basis, used: Sequence[Mapping[int, str]]) -> Iterator[Key]:
    times = Counter(source for sources in used for source in sources)
    for source, number in times.items():
        if number > 1:
            stances = [sources[source] for sources in used if source in sources]
            yield TallyQuestion.STANCE.value, basis.value, words_pattern(stances)
    for one, other in combinations(used, 2):
        overlap = f"{len(one.keys() & other.keys())}/{len(one.keys() | other.keys())}"
        yield TallyQuestion.SOURCES.value, basis.value, overlap


def _labels(answer: Answer) -> dict[TallyQuestion, int]:
    found = {TallyQuestion.CONTENT: answer.content}
    if answer.attribution is not None:
        found[TallyQuestion.ATTRIBUTION] = answer.attribution
    return found


def _pairs(people: Sequence[Check]) -> Iterator[Key]:
    for basis in Basis:
        for one, other in combinations(people, 2):
            first, second = _labels(one.answers[basis]), _labels(other.answers[basis])
            for asked in first.keys() & second.keys():
                yield (
                    *(asked.value, basis.value),
                    *(one.person, other.person, first[asked], second[asked]),
                )


def _against(people: Sequence[Check], ruled: Answer | None) -> Iterator[Key]:
    if ruled is None:
        return
    desk = _labels(ruled)
    for basis in Basis:
        for check in people:
            given = _labels(check.answers[basis])
            for asked in given.keys() & desk.keys():
                yield asked.value, basis.value, check.person, given[asked], desk[asked]


def plus(one: Counts, other: Counts, *, times: int = 1) -> Counts:
    """Counts with others added so many times; -1 takes them off."""
    found: dict[str, Mapping[Key, int]] = {}
    for kind in sorted({*one, *other}):
        total = Counter(one.get(kind, {}))
        for key, number in other.get(kind, {}).items():
            total[key] += times * number
        found[kind] = {key: number for key, number in total.items() if number}
    return found


def as_stored(counts: Counts) -> dict[str, list[list[Any]]]:
    """Counts as JSON holds them."""
    return {kind: [[*key, n] for key, n in sorted(keys.items())] for kind, keys in counts.items()}


def from_stored(stored: Mapping[str, Sequence[Sequence[Any]]]) -> Counts:
    """Counts as they were stored."""
    return {kind: {tuple(row[:-1]): int(row[-1]) for row in rows} for kind, rows in stored.items()}
