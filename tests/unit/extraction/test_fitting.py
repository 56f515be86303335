"""Fitting weights to decisions: what is learned, what holds it back, and what comes out again."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.extraction.checkworthy import Weights, fitting, score, shipped
from app.extraction.checkworthy.fitting import Example, Strength, fit
from app.extraction.checkworthy.measures import (
    Order,
    average_precision,
    cross_validated,
    intervals,
)
from tests.cases import in_turn

NONE = Weights("none", 0.0, {}, {}, 0.085)


def harbour(number=80):
    """A desk that picks what is about the harbour, and nothing else."""
    dice = random.Random(4)
    found = []
    for at in range(number):
        picked = at % 2 == 0
        topic = "harbour dues" if picked else "school meals"
        found.append(
            Example(
                {"share": 1.0} if dice.random() < 0.5 else {},
                f"{topic} rose by {at} percent {dice.choice(('in May', 'last year'))}",
                float(picked),
                group=f"article {at // 4}",
            )
        )
    return found


def value(text, weights, **signals):
    return score(signals, text, weights).value


def test_words_that_a_desk_picks_count_more_and_words_that_it_drops_less():
    found = fit(harbour(), prior=shipped(), name="harbour")

    assert found.words["harbour"] > 0.2 > -0.2 > found.words["school"]
    assert value("harbour dues fell", found) > value("harbour dues fell", shipped())
    assert found.name == "harbour"
    assert found.listed_from == shipped().listed_from


def test_without_examples_the_weights_are_the_ones_before():
    found = fit([], prior=shipped(), name="same")

    assert found.base == shipped().base
    assert found.signals == shipped().signals
    assert found.words == shipped().words


def test_the_order_of_the_examples_does_not_matter():
    examples = harbour()
    turned = list(reversed(examples))

    assert fit(examples, prior=NONE, name="a") == fit(turned, prior=NONE, name="a")


def test_what_is_held_back_more_moves_less():
    loose = fit(harbour(), prior=NONE, name="a", strength=Strength(words=1))
    tight = fit(harbour(), prior=NONE, name="a", strength=Strength(words=100))

    assert abs(loose.words["harbour"]) > 2 * abs(tight.words["harbour"])


def test_the_minimum_is_where_the_loss_has_no_slope():
    """Against the closed condition: the sum of errors of a signal equals what pulls it back."""
    examples = [Example({"share": 1.0}, "", 1.0)] * 30 + [Example({"share": 1.0}, "", 0.0)] * 10
    examples += [Example({}, "", 0.0)] * 40
    strength = Strength(base=0.5, signals=2.0)
    found = fit(examples, prior=NONE, name="a", strength=strength)
    base, share = found.base, found.signals["share"]
    wrong = sum(1 / (1 + np.exp(-base - share)) - one.label for one in examples[:40])
    of_base = wrong + 40 / (1 + np.exp(-base))

    assert wrong + strength.signals * share == pytest.approx(0, abs=0.05)
    assert of_base + strength.base * base == pytest.approx(0, abs=0.05)


def test_an_example_that_counts_twice_is_as_two_of_them():
    once = harbour(20)
    twice = [Example(one.signals, one.text, one.label, one.group, weight=2.0) for one in once]

    doubled = fit(twice, prior=NONE, name="a")

    assert doubled.base == fit(once * 2, prior=NONE, name="a").base


@in_turn(
    ("scores", "labels", "expected"),
    [
        ([0.9, 0.8, 0.1], [1, 1, 0], 1.0),
        ([0.1, 0.8, 0.9], [1, 0, 0], 1 / 3),
        ([0.9, 0.8, 0.7, 0.6], [1, 0, 1, 0], (1 + 2 / 3) / 2),
        # The example of scikit-learn's documentation.
        ([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1], 0.8333),
        # All of one score: precision is the share of hits, whatever the order.
        ([0.5, 0.5, 0.5, 0.5], [1, 0, 0, 0], 0.25),
        ([0.5, 0.4], [0, 0], 0.0),
    ],
)
def test_average_precision_is_what_its_definition_says(scores, labels, expected):
    assert average_precision(scores, labels) == pytest.approx(expected, abs=1e-4)


@settings(max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=1, max_size=30), st.randoms())
def test_average_precision_does_not_depend_on_the_order_of_what_ties(found, dice):
    turned = list(found)
    dice.shuffle(turned)

    first = average_precision(*zip(*found, strict=True))
    assert average_precision(*zip(*turned, strict=True)) == pytest.approx(first)
    assert 0 <= first <= 1


def test_a_desk_with_a_topic_gains_on_articles_that_were_held_out():
    gain = cross_validated(harbour(), prior=shipped(), seed=3)

    assert gain.after.value > gain.before.value + 0.2
    assert gain.gain.low > 0
    assert gain.folds == 5


def test_labels_by_chance_gain_nothing_that_is_certain():
    dice = random.Random(1)
    by_chance = [
        Example(one.signals, one.text, float(dice.random() < 0.5), one.group)
        for one in harbour(120)
    ]

    assert cross_validated(by_chance, prior=shipped(), seed=3).gain.low < 0.02


def test_the_same_seed_gives_the_same_figures():
    first = cross_validated(harbour(40), prior=shipped(), seed=5)

    assert first == cross_validated(harbour(40), prior=shipped(), seed=5)


@pytest.mark.parametrize(
    "examples",
    [
        [Example({}, "a", 1.0, "x"), Example({}, "b", 1.0, "y")],
        [Example({}, "a", 1.0, "x"), Example({}, "b", 0.0, "x")],
    ],
    ids=["one kind only", "one article only"],
)
def test_what_cannot_be_measured_is_refused(examples):
    with pytest.raises(ValueError, match=r"only|fewer"):
        cross_validated(examples, prior=shipped(), seed=0)


def test_a_fit_ends_where_no_step_makes_the_loss_less(monkeypatch):
    tried, at = [], fitting._Loss.at

    def counted(loss, weights):
        tried.append(1)
        return at(loss, weights)

    monkeypatch.setattr(fitting._Loss, "at", counted)
    # A gradient as small as no sum of floats has it.
    monkeypatch.setattr(fitting, "_TOLERANCE", 0.0)

    fit(harbour(), prior=shipped(), name="own")

    assert len(tried) < 300


def test_a_sample_is_measured_as_if_its_examples_were_written_out():
    dice = np.random.default_rng(4)
    for size in (1, 5, 40):
        # Few scores, so that many stand at one place.
        scores, labels = dice.integers(6, size=size) / 6, dice.integers(2, size=size)
        order = Order(scores, labels)
        for _sample in range(20):
            at = dice.integers(size, size=size)
            told = order.average_precision(np.bincount(at, minlength=size))
            assert told == pytest.approx(written_out(scores[at], labels[at]), abs=1e-12)


def written_out(scores, labels):
    """The sum over the scores, from the highest, of precision times the recall that it adds."""
    total, reached = 0.0, 0
    for least in sorted(set(scores), reverse=True):
        hits = int(labels[scores >= least].sum())
        total += (hits - reached) * hits / np.count_nonzero(scores >= least)
        reached = hits
    return total / reached if reached else 0.0


def test_an_interval_holds_its_figure_and_narrows_with_more():
    def share(times):
        return (float(np.average(np.arange(len(times)) % 2, weights=times)),)

    [few] = intervals(share, [str(n) for n in range(20)], seed=1)
    [many] = intervals(share, [str(n) for n in range(2000)], seed=1)

    assert few.low <= few.value <= few.high
    assert many.high - many.low < few.high - few.low
