"""Agreement of a generated project, counted as the desk counts it but each kind of claim only once."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.consensus import Answer
from app.domain.tallies import Check, Counts, as_stored, content_pattern, counted
from app.domain.words import Basis
from app.storage.tallies import KINDS, Part
from tests.load.rows import Filling


@dataclass(frozen=True, slots=True)
class Alike:
    """What claims that count alike have in common: who answered what, and with which sources.

    ``uses``: for each check, what each source does, by a number that stands for the source.
    """

    people: tuple[int, ...]
    content: tuple[int, ...]
    said: tuple[int | None, ...]
    uses: tuple[tuple[tuple[int, str], ...], ...]
    ruled: tuple[int, int | None] | None

    def checks(self) -> list[Check]:
        found = []
        parts = zip(self.people, self.content, self.said, self.uses, strict=True)
        for person, content, said, uses in parts:
            answer, sources = Answer(content, said), dict(uses)
            found.append(
                Check(
                    person=person,
                    answers=dict.fromkeys(Basis, answer),
                    sources=dict.fromkeys(Basis, sources),
                )
            )
        return found


class Tallies:
    """The counts of one round, written down when all claims are there."""

    def __init__(self, filling: Filling, project: int, round_id: int) -> None:
        self._filling, self._project, self._round = filling, project, round_id
        self._table = filling.table(
            "claim_tally", "claim_round_id", "slice_id", "content", "counted"
        )
        self._known: dict[Alike, tuple[Counts, str, str]] = {}
        self._slices: dict[tuple[int, bool], int] = {}
        self._times: Counter[tuple[int, Alike]] = Counter()

    def add(self, entry: int, batch: int, alike: Alike) -> None:
        """Count one claim in its round."""
        known = self._known.get(alike)
        if known is None:
            checks = alike.checks()
            ruled = None if alike.ruled is None else Answer(*alike.ruled)
            counts = counted(checks, ruled)
            known = (counts, content_pattern(checks), json.dumps(as_stored(counts)))
            self._known[alike] = known
        key = self._slice(batch, is_settled=alike.ruled is not None)
        self._times[key, alike] += 1
        self._table.add(entry, key, known[1], known[2])

    def _slice(self, batch: int, *, is_settled: bool) -> int:
        found = self._slices.get((batch, is_settled))
        if found is None:
            part = Part(self._project, self._round, batch, 1, is_settled)
            found = self._filling.row(
                "tally_slice",
                project_id=self._project,
                name=part.name,
                round_id=self._round,
                batch_id=batch,
                guideline_version=1,
                is_settled=is_settled,
            )
            self._slices[batch, is_settled] = found
        return found

    def write(self) -> None:
        """Write the sums of every slice."""
        sums: dict[str, Counter[tuple[object, ...]]] = {kind: Counter() for kind in KINDS}
        for (key, alike), times in self._times.items():
            counts: Mapping[str, Mapping[Sequence[object], int]] = self._known[alike][0]
            for kind, numbers in counts.items():
                for which, number in numbers.items():
                    sums[kind][key, *which] += number * times
        for kind, (table, columns) in KINDS.items():
            rows = self._filling.table(table.__tablename__, "slice_id", *columns, "number")
            for which, number in sorted(sums[kind].items()):
                rows.add(*which, number)
