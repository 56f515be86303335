"""How long scoring and learning take, as ratios. ``make load ARGS="-s -k checkworthy"``.

The floor of scoring is reading: what a statement costs before anybody asks what it is worth. Learning
is a sum over the statements, so ten times as many should take about ten times as long.
"""

import random
from itertools import pairwise

import pytest

from app.domain.lessons import Lesson
from app.extraction import extract
from app.extraction.checkworthy import score, shipped
from app.extraction.checkworthy.fitting import Example, fit
from app.workflow.compared import compared
from app.workflow.learning import fitted
from tests.load.test_reading import ARTICLE, seconds, shown

pytestmark = pytest.mark.load

SIZES = (200, 2_000, 20_000)
TOPICS = [
    "harbour",
    "ferry",
    "school",
    "clinic",
    "quarry",
    "museum",
    "station",
    "prison",
    "stadium",
    "brewery",
]
WORDS = [
    "sold",
    "closed",
    "opened",
    "moved",
    "planned",
    "counted",
    "feared",
    "praised",
    "doubled",
    "lost",
]
# Ten times the statements may take so many times as long.
_MOST = 20


def examples(number):
    """Statements of articles with twenty each; what is picked hangs on topic, signal and chance."""
    dice, found = random.Random(number), []
    signals = list(shipped().signals)
    for at in range(number):
        topic = dice.choice(TOPICS)
        told = dict.fromkeys(dice.sample(signals, 4), 1.0)
        picked = (topic < "p") ^ (dice.random() < 0.2)
        text = (
            f"The {topic} {dice.choice(WORDS)} {at} {dice.choice(WORDS)} by {dice.choice(TOPICS)}"
        )
        found.append(Example(told, text, float(picked), group=f"article {at // 20}"))
    return found


def test_scoring_a_statement_is_little_beside_reading_it(capsys):
    text = ARTICLE * 20
    found, weights = extract(text).candidates, shipped()

    reading = seconds(lambda: extract(text)) / len(found)
    scoring = seconds(lambda: [score(c.signals, c.quote, weights) for c in found]) / len(found)

    shown(
        capsys, f"read {1e6 * reading:.0f} µs a statement, of which scoring {1e6 * scoring:.0f} µs"
    )
    shown(capsys, f"scoring / reading = {scoring / reading:.3f}")
    assert scoring < 0.25 * reading


def test_learning_grows_with_the_number_of_statements(capsys):
    times = []
    for size in SIZES:
        some = examples(size)
        times.append(seconds(lambda some=some: fit(some, prior=shipped(), name="new")))
        shown(capsys, f"fit to {size:6,} statements: {times[-1]:.2f} s")
    for (few, before), (many, after) in pairwise(zip(SIZES, times, strict=True)):
        shown(capsys, f"{many:,} / {few:,} statements = {after / before:.1f} times as long")
        assert after < _MOST * before


def test_what_a_desk_waits_for_is_a_few_fits(capsys):
    some = examples(2_000)
    taught = [(Lesson.PICKED if one.label else Lesson.DROPPED, one) for one in some]

    once = seconds(lambda: fit(some, prior=shipped(), name="new"))
    button = seconds(lambda: fitted(taught))
    table = seconds(lambda: compared(taught))

    shown(
        capsys,
        f"2,000 decisions: fit {once:.2f} s, learn and measure {button:.2f} s, compare {table:.2f} s",
    )
    shown(capsys, f"learn / fit = {button / once:.1f}, compare / fit = {table / once:.1f}")
    assert max(button, table) < 60 * once
