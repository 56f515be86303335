"""What the optional encoder adds to check-worthiness: its numbers, and what they gain.

    python tools/meaning.py              writes app/extraction/semantic/meaning.json
    python tools/meaning.py --held-out   prints the table of docs/check-worthiness.md

Both read the sets that make the weights (``assay train``); the encoder must be there
(``make semantic``). Of the table each line is a part of the training data that nothing was learned
from: neither the weights of signals and words nor the numbers of the encoder.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.extraction.checkworthy import recipe, score, training
from app.extraction.checkworthy.fitting import Example
from app.extraction.checkworthy.measures import average_precision, intervals
from app.extraction.checkworthy.training import SEED, digest_of, examples_of
from app.extraction.labelled import read_set
from app.extraction.semantic import encoder
from app.extraction.semantic.meaning import SHIPPED_FILE, Meaning, learned

ROOT = Path(__file__).parent.parent
PARTS = {"biz": "business, science, health", "crt": "courts, disasters, rumours"}
PARTS |= {"pol": "politics, public affairs", "spo": "sport, culture, daily life"}
_LEAST = 1e-4


Array = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Told:
    """Examples with their vectors."""

    examples: Sequence[Example]
    vectors: NDArray[np.float32]

    def some(self, at: Places) -> "Told":
        """Those at some places."""
        return Told([self.examples[n] for n in at], self.vectors[at])


@dataclass(frozen=True, slots=True)
class Part:
    """Log-odds of a part of the data without and with the encoder, which statements are of grade 2."""

    without: Array
    added: Array
    hits: NDArray[np.bool_]
    groups: list[str]


def told() -> Told:
    """Every statement of the sets of this checkout."""
    sets = {name: read_set(ROOT / folder) for name, folder in recipe.OWN.items()}
    examples = [one for name, found in sets.items() for one in examples_of(name, found)]
    return Told(examples, encoder().vectors([one.text for one in examples]))


def odds(scores: Array) -> Array:
    """Scores from 0 to 1 as log-odds."""
    inside = np.clip(scores, _LEAST, 1 - _LEAST)
    return np.log(inside / (1 - inside))


def meaning_of(some: Told) -> Meaning:
    """The encoder's numbers, beside what weights say that were learned without the fold."""
    scores = training.held_out(some.examples, seed=SEED)
    labels = np.array([one.label for one in some.examples])
    weights = np.array([one.weight for one in some.examples])
    return learned(some.vectors, odds(scores), labels, weights)


def write() -> None:
    """Make the file of numbers from all that is told."""
    some = told()
    sets = {name: digest_of(read_set(ROOT / folder)) for name, folder in recipe.OWN.items()}
    made_from = {"encoder": encoder().name, "recipe": recipe.VERSION, "sets": sets}
    plain = {"made_from": made_from, **meaning_of(some).as_json_dict()}
    SHIPPED_FILE.write_text(json.dumps(plain) + "\n", encoding="utf-8")
    print(f"{SHIPPED_FILE.name}: {len(some.examples):,} statements")


def held_out(some: Told, part: str) -> Part:
    """A part, scored by what was learned from all the others."""
    is_in = np.array([one.group.split()[-1].startswith(part) for one in some.examples])
    tested, others = some.some(np.flatnonzero(is_in)), some.some(np.flatnonzero(~is_in))
    weights = training.by_recipe(others.examples, name="part")
    scores = [score(one.signals, one.text, weights).value for one in tested.examples]
    without = odds(np.array(scores))
    return Part(
        without,
        without + np.array(meaning_of(others).of(tested.vectors)),
        np.array([one.label >= 1 for one in tested.examples]),
        [one.group for one in tested.examples],
    )


def line(name: str, parts: Sequence[Part]) -> str:
    """Average precision of grade 2, the mean over some parts, with intervals over their articles."""
    ends = np.cumsum([0, *(len(part.hits) for part in parts)]).tolist()

    def both(at: Places) -> tuple[float, ...]:
        found = []
        for part, first, last in zip(parts, ends, ends[1:], strict=False):
            inside = at[(at >= first) & (at < last)] - first
            hits = part.hits[inside]
            pair = (part.without[inside], part.added[inside])
            found.append([average_precision(scores, hits) for scores in pair])
        was, now = np.mean(found, axis=0).tolist()
        return was, now, now - was

    was, now, gain = intervals(both, [g for part in parts for g in part.groups], seed=SEED)
    cells = [f"{one.value:.3f} ({one.low:.3f} to {one.high:.3f})" for one in (was, now)]
    cells.append(f"{gain.value:+.3f} ({gain.low:+.3f} to {gain.high:+.3f})")
    return f"| {name} | {ends[-1]:,} | {' | '.join(cells)} |"


def table() -> None:
    """Print what the encoder gains, part by part."""
    some = told()
    parts = {name: held_out(some, part) for part, name in PARTS.items()}
    print("| | statements | without | with the encoder | gain |\n|---|---|---|---|---|")
    for name, part in parts.items():
        print(line(name, [part]))
    print(line("mean of the four", list(parts.values())))


if __name__ == "__main__":
    table() if "--held-out" in sys.argv[1:] else write()
