"""Average precision of scores against yes and no, beside the controls."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from app.extraction.checkworthy.measures import RESAMPLES, Order, average_precision
from app.extraction.evaluation.controls import CONTROLS
from app.extraction.evaluation.tables import Table, interval_of

Array = NDArray[np.float64]
AVERAGE_PRECISION = "average_precision"


def binary_table(
    scores: Mapping[str, Sequence[float]],
    *,
    labels: Sequence[bool],
    lengths: Sequence[int],
    groups: Sequence[str],
    seed: int,
) -> Table:
    """The average precision of each scorer and control, with a bootstrap over groups.

    ``lengths`` are in characters; a group is what statements were found in, drawn as a whole. What
    all-positive reaches is the share of what is worthy; a drawn order is drawn anew each time.
    """
    dice, number = np.random.default_rng(seed), len(labels)
    columns = {name: np.array(those, dtype=np.float64) for name, those in scores.items()}
    columns |= {"length": np.array(lengths, dtype=np.float64), "all-positive": np.zeros(number)}
    hits = np.array(labels, dtype=np.float64)
    orders = [Order(column, hits) for column in columns.values()]

    def measured(at: NDArray[np.int64]) -> list[float]:
        times = np.bincount(at, minlength=number).astype(np.float64)
        given = [order.average_precision(times) for order in orders]
        return [*given, average_precision(dice.random(len(at)), hits[at])]

    members = _members(groups)
    drawn = np.array([measured(_sample(members, number, dice)) for _ in range(RESAMPLES)])
    whole = np.array(measured(np.arange(number)))
    whole[-1] = drawn[:, -1].mean()
    return _table(
        [*columns, "random"],
        whole,
        drawn,
        scorers=list(scores),
        counts={"statements": number, "worthy": int(hits.sum()), "groups": len(members)},
    )


def _table(
    names: Sequence[str],
    whole: Array,
    drawn: Array,
    *,
    scorers: Sequence[str],
    counts: Mapping[str, int],
) -> Table:
    at = {name: place for place, name in enumerate(names)}
    first, *others = (at[name] for name in scorers)
    return Table(
        counts,
        {
            name: {AVERAGE_PRECISION: interval_of(float(whole[at[name]]), drawn[:, at[name]])}
            for name in (*scorers, *CONTROLS)
        },
        {
            names[one]: {
                AVERAGE_PRECISION: interval_of(
                    float(whole[one] - whole[first]), drawn[:, one] - drawn[:, first]
                )
            }
            for one in others
        },
    )


def _members(groups: Sequence[str]) -> list[NDArray[np.int64]]:
    """Where the statements of each group stand."""
    places: dict[str, list[int]] = {}
    for at, group in enumerate(groups):
        places.setdefault(group, []).append(at)
    return [np.array(those, dtype=np.int64) for those in places.values()]


def _sample(
    members: Sequence[NDArray[np.int64]], number: int, dice: np.random.Generator
) -> NDArray[np.int64]:
    """Groups drawn with replacement; where each statement is its own group, the statements."""
    drawn = dice.integers(len(members), size=len(members))
    if len(members) == number:
        return drawn
    return np.concatenate([members[at] for at in drawn])
