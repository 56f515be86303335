"""Making the weights that come with Assay: the same sets and seed give the same file, byte for byte."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from app.domain.errors import Invalid
from app.domain.lessons import SHIPPED
from app.extraction.checkworthy import recipe
from app.extraction.checkworthy.fitting import Example, fit
from app.extraction.checkworthy.measures import Array, held_out_scores
from app.extraction.checkworthy.signals import SIDES
from app.extraction.checkworthy.weights import Weights, shipped
from app.extraction.labelled.sets import LICENCES, LabelledSet, trains_on
from app.extraction.labelled.told import Watch, by_rules, told, unwatched

PRIOR = Weights(SHIPPED, recipe.BASE, recipe.PRIOR, {}, 0.0)
SEED = 0


@dataclass(frozen=True, slots=True)
class Trained:
    """Weights, and what they were made from."""

    weights: Weights
    made_from: Mapping[str, Any]

    def as_text(self) -> str:
        """The file of weights; ``made_from`` stands first, for whoever opens it."""
        plain = {"made_from": dict(self.made_from), **self.weights.as_json_dict()}
        return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"


def trained(
    sets: Mapping[str, LabelledSet], *, seed: int = SEED, watch: Watch = unwatched
) -> Trained:
    """Weights from labelled sets, by the recipe.

    Raises:
        Invalid: a set only measures, or there is nothing to learn.
    """
    by_set = {
        name: examples_of(name, trains_on(name, found), watch=watch)
        for name, found in sorted(sets.items())
    }
    examples = [example for those in by_set.values() for example in those]
    if len({example.label for example in examples}) < 2:
        raise Invalid("train.nothing")
    weights = by_recipe(examples, name=SHIPPED)
    made_from = {
        "recipe": recipe.VERSION,
        "seed": seed,
        "sets": [_entry(name, sets[name], len(those)) for name, those in by_set.items()],
    }
    return Trained(replace(weights, listed_from=_mark(examples, seed)), made_from)


def by_recipe(examples: Sequence[Example], *, name: str) -> Weights:
    """Weights fitted to examples as the recipe says; ``listed_from`` is still to be set."""
    return fit(
        examples,
        prior=PRIOR,
        name=name,
        strength=recipe.STRENGTH,
        least_examples=recipe.LEAST_EXAMPLES,
        sides=SIDES,
    )


def held_out(examples: Sequence[Example], *, seed: int) -> Array:
    """The score of each example by weights that were fitted, as the recipe says, without its fold."""
    return held_out_scores(
        examples,
        prior=PRIOR,
        seed=seed,
        folds=recipe.FOLDS,
        strength=recipe.STRENGTH,
        least_examples=recipe.LEAST_EXAMPLES,
        sides=SIDES,
    )


def examples_of(name: str, labelled: LabelledSet, *, watch: Watch = unwatched) -> list[Example]:
    """What a set teaches: each statement that the grammar finds in it, with what its label is worth."""
    worth = recipe.WORTH_IN.get(name, recipe.WORTH)
    every = by_rules(replace(shipped(), listed_from=0.0))
    return [
        Example(
            signals=one.candidate.signals,
            text=one.candidate.quote,
            label=worth[one.label],
            group=one.group,
            weight=recipe.COUNTS.get(name, 1.0),
        )
        for one in told(labelled, every, name=name, watch=watch)
        if one.label in worth
    ]


def digest_of(labelled: LabelledSet) -> str:
    """One SHA-256 over the files of a set: that of the lines which ``sha256sum`` prints for them."""
    lines = (f"{sha256}  {name}\n" for name, sha256 in sorted(labelled.files.items()))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _entry(name: str, labelled: LabelledSet, number: int) -> dict[str, Any]:
    return {
        "name": name,
        "licence": LICENCES.get(name),
        "examples": number,
        "files": len(labelled.files),
        "sha256": digest_of(labelled),
    }


def _mark(examples: Sequence[Example], seed: int) -> float:
    """The score from which a statement is suggested: few that are worth checking lie below it."""
    scores = held_out(examples, seed=seed)
    best = [score for score, one in zip(scores, examples, strict=True) if one.label >= 1]
    return round(float(np.quantile(best, 1 - recipe.SUGGESTED)), 3) if best else 0.0
