"""Scorers and controls on what a desk picked and dropped."""

from collections.abc import Sequence

from app.extraction.checkworthy.fitting import Example
from app.extraction.checkworthy.measures import FOLDS, held_out_scores
from app.extraction.checkworthy.scoring import score
from app.extraction.checkworthy.weights import Weights
from app.extraction.evaluation.binary import binary_table
from app.extraction.evaluation.tables import Table

LEARNED = "learned"


def pick_table(examples: Sequence[Example], *, prior: Weights, seed: int) -> Table:
    """The average precision of the weights before learning, of learned ones, and of the controls.

    What is learned is measured on articles that were held out: weights that were fitted to a
    decision say nothing about how they would have done without it. Without several articles only
    the weights before are measured.
    """
    groups = [one.group for one in examples]
    scores = {
        prior.name: [score(one.signals, one.text, prior).value for one in examples],
    }
    if len(set(groups)) > 1:
        held_out = held_out_scores(
            examples, prior=prior, seed=seed, folds=min(FOLDS, len(set(groups)))
        )
        scores[LEARNED] = held_out.tolist()
    return binary_table(
        scores,
        labels=[one.label > 0 for one in examples],
        lengths=[len(one.text) for one in examples],
        groups=groups,
        seed=seed,
    )
