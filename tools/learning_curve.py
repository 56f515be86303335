"""How much a desk's decisions teach: average precision on a new topic, by how many were made.

    python tools/learning_curve.py FIELD_DATA/data [--out docs/images/learning-curve.svg]

prints a table and draws it. Simulated are desks that check debates, a topic that no weight of Assay
comes from, and one that checks news. Of CheckThat! 2024 (train) 12,000 sentences are drawn; a desk decides
on some of two thirds of them and is measured on the third, or on the dev part, which is of other debates.
The desk of news decides on some of two thirds of the real articles of tests/annotated and is measured on
the others. Desks of new genres each check one part of training_data, with weights that were made without
it. As on the page of picking, a desk decides on the better half of what comes in together.
Nothing of the first three goes into a weight that ships.
"""

import argparse
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from annotated import make  # noqa: E402 - a tool beside this one

from app.extraction.checkworthy import recipe, score, shipped  # noqa: E402 - found by the line above
from app.extraction.checkworthy.fitting import Example, fit  # noqa: E402
from app.extraction.checkworthy.measures import average_precision  # noqa: E402
from app.extraction.checkworthy.training import by_recipe, examples_of  # noqa: E402
from app.extraction.checkworthy.weights import Weights  # noqa: E402
from app.extraction.labelled import read_set, told  # noqa: E402
from app.extraction.labelled.sets import LabelledSentence, LabelledSet  # noqa: E402
from app.extraction.labelled.told import by_rules  # noqa: E402

STEPS = (0, 25, 50, 100, 200, 400)
DRAWS, RESAMPLES, SEED = 20, 50, 1
POOL = 12_000
# Of so many statements that come in together the better half is decided on.
TOGETHER = 40
PICKED = frozenset({"yes", "2"})
# The parts of training_data, each of genres of its own.
PARTS = ("biz", "crt", "pol", "spo")
DEBATES = "checkthat-2024-task1-en/CT24_checkworthy_english_{part}.tsv"


# What a desk begins with, what it may decide on, what is held out.
Draw = tuple[Weights, list[Example], list[Example]]


@dataclass(frozen=True)
class Point:
    """After so many decisions: average precision, its gain, and the ends of their intervals."""

    decisions: int
    precision: tuple[float, float, float]
    gain: tuple[float, float, float]


@dataclass(frozen=True)
class Curve:
    """A desk, what it was measured on, and the controls: random and length."""

    name: str
    points: tuple[Point, ...]
    by_chance: float
    by_length: float


def debates(data: Path, part: str, most: int | None = None) -> list[Example]:
    """Sentences of debates, a drawn part of them where ``most`` says how many."""
    lines = (data / DEBATES.format(part=part)).read_text(encoding="utf-8").splitlines()[1:]
    if most is not None:
        lines = random.Random(SEED).sample(lines, most)  # noqa: S311 - a draw, no secret
    return _examples(LabelledSet(sentences=tuple(map(_sentence, lines))), part)


def _sentence(line: str) -> LabelledSentence:
    """A line of id, text and label; one text of the set has tabs in it."""
    text, _, label = line.partition("\t")[2].rpartition("\t")
    return LabelledSentence(" ".join(text.split()), label.casefold())


def news(data: Path) -> list[Example]:
    """Statements of the real articles, with what a careful reader would pick of them."""
    with tempfile.TemporaryDirectory() as folder:
        make(data / "article-extraction", Path(folder), "real")
        return _examples(read_set(Path(folder)), "real")


def _examples(found: LabelledSet, name: str) -> list[Example]:
    reads = by_rules(replace(shipped(), listed_from=0.0))
    return [
        Example(
            dict(one.candidate.signals),
            one.candidate.quote,
            float(one.label in PICKED),
            one.group,
        )
        for one in told(found, reads, name=name)
    ]


def genres() -> Iterator[Draw]:
    """Parts of our own articles, each with weights that were made from all the others."""
    kept = {name: read_set(ROOT / folder) for name, folder in recipe.OWN.items()}
    every = [one for name, found in sorted(kept.items()) for one in examples_of(name, found)]
    for part in PARTS:
        inside = [one for one in every if one.group.split()[-1].startswith(part)]
        others = [one for one in every if not one.group.split()[-1].startswith(part)]
        weights = by_recipe(others, name=part)
        # Grade 2 is picked; the fit above saw what grade 1 is worth as well.
        picked = [replace(one, label=float(one.label == 1)) for one in inside]
        for _prior, pool, test in apart(picked, draws=DRAWS // len(PARTS)):
            yield weights, pool, test


def decided(pool: Sequence[Example], dice: random.Random, prior: Weights) -> list[Example]:
    """What a desk decides on, in order: of what comes in together, the better half."""
    order = list(pool)
    dice.shuffle(order)
    found: list[Example] = []
    for at in range(0, len(order), TOGETHER):
        part = sorted(order[at : at + TOGETHER], key=lambda one: -_value(one, prior))
        found += part[: len(part) // 2]
    return found


def _value(one: Example, weights: Weights) -> float:
    return score(one.signals, one.text, weights).value


def curve(name: str, draws: Iterator[Draw]) -> Curve:
    """What desks know after each number of decisions."""
    values: dict[int, list[tuple[float, float]]] = {step: [] for step in STEPS}
    means: dict[int, list[tuple[float, float]]] = {step: [] for step in STEPS}
    controls: list[tuple[float, float]] = []
    for number, (prior, pool, test) in enumerate(draws):
        order = decided(pool, random.Random(SEED + number), prior)  # noqa: S311 - as above
        labels = np.array([one.label for one in test])
        lengths = [len(one.text.split()) for one in test]
        controls.append((float(labels.mean()), average_precision(lengths, labels)))
        before = np.array([_value(one, prior) for one in test])
        samples = _samples(test, SEED + number)
        for step in STEPS:
            if step <= len(order):
                after = _after(order[:step], test, prior) if step else before
                means[step].append(_both(before, after, labels))
                values[step] += [_both(before[at], after[at], labels[at]) for at in samples]
    points = tuple(
        _point(step, means[step], values[step])
        for step in STEPS
        # Fewer draws would be other articles.
        if len(means[step]) == len(controls)
    )
    by_chance, by_length = np.mean(controls, axis=0).tolist()
    return Curve(name, points, by_chance, by_length)


def _after(examples: Sequence[Example], test: Sequence[Example], prior: Weights) -> np.ndarray:
    fitted = fit(examples, prior=prior, name="desk")
    return np.array([_value(one, fitted) for one in test])


def _both(before: np.ndarray, after: np.ndarray, labels: np.ndarray) -> tuple[float, float]:
    now = average_precision(after, labels)
    return now, now - average_precision(before, labels)


def _samples(test: Sequence[Example], seed: int) -> list[np.ndarray]:
    """Draws of whole groups with replacement, as the intervals of a bootstrap want them."""
    groups: dict[str, list[int]] = {}
    for at, one in enumerate(test):
        groups.setdefault(one.group, []).append(at)
    members = [np.array(group) for group in groups.values()]
    dice = np.random.default_rng(seed)
    return [
        np.concatenate([members[at] for at in dice.integers(len(members), size=len(members))])
        for _ in range(RESAMPLES)
    ]


def _point(
    step: int, means: Sequence[tuple[float, float]], drawn: Sequence[tuple[float, float]]
) -> Point:
    low, high = np.percentile(np.array(drawn), [2.5, 97.5], axis=0).tolist()
    value = np.mean(means, axis=0).tolist()
    return Point(step, (value[0], low[0], high[0]), (value[1], low[1], high[1]))


def apart(every: Sequence[Example], draws: int | None = None) -> Iterator[Draw]:
    """Two thirds of what was found to decide on, whole articles, drawn anew each time; and the rest."""
    groups = sorted({one.group for one in every})
    for number in range(draws or DRAWS):
        dice = random.Random(SEED + number)  # noqa: S311 - as above
        drawn = set(dice.sample(groups, 2 * len(groups) // 3))
        yield (
            shipped(),
            [one for one in every if one.group in drawn],
            [one for one in every if one.group not in drawn],
        )


def table(curves: Sequence[Curve]) -> Iterator[str]:
    """The lines of a table, as the docs have it."""
    yield "| desk | decisions | average precision | gain |"
    yield "|---|---|---|---|"
    for one in curves:
        yield f"| {one.name} | random | {one.by_chance:.3f} | |"
        yield f"| {one.name} | length | {one.by_length:.3f} | |"
        for point in one.points:
            gain = _figure(point.gain, "+") if point.decisions else ""
            yield f"| {one.name} | {point.decisions} | {_figure(point.precision)} | {gain} |"


def _figure(three: tuple[float, float, float], sign: str = "") -> str:
    value, low, high = three
    return f"{value:{sign}.3f} ({low:{sign}.3f} to {high:{sign}.3f})"


# The picture: places on a plane of this size, with room for words around it.
WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 720, 420, 60, 60, 20, 50
COLOURS = ("#1a66a8", "#7a3fa0", "#b3541e", "#2c7a3f")
INK, SOFT = "#333333", "#cccccc"
LOOK = 'font-family="sans-serif" font-size="13" role="img" aria-labelledby="title"'


def picture(curves: Sequence[Curve]) -> str:
    """The curves with their intervals, as SVG."""
    ends = [end for one in curves for point in one.points for end in point.precision]
    low, high = np.floor(min(ends) * 10) / 10, np.ceil(max(ends) * 10) / 10
    plane = _Plane(float(low), float(high))
    parts = [*plane.axes()]
    for number, (one, colour) in enumerate(zip(curves, COLOURS, strict=False)):
        parts += plane.curve(one, colour, number)
    title = "Average precision by the number of decisions, with 95 % intervals"
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" {LOOK}>',
            f'<title id="title">{title}</title>',
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
            *parts,
            "</svg>\n",
        ]
    )


@dataclass(frozen=True)
class _Plane:
    """Where a number of decisions and an average precision are on the picture."""

    low: float
    high: float

    def across(self, decisions: int) -> float:
        """From the left; the first decisions are given more room, since most happens there."""
        share = (decisions / STEPS[-1]) ** 0.5
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def down(self, precision: float) -> float:
        """From the top."""
        share = (precision - self.low) / (self.high - self.low)
        return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)

    def axes(self) -> Iterator[str]:
        """Lines across with their numbers, the numbers below, and what they count."""
        for tenth in range(round(self.low * 10), round(self.high * 10) + 1):
            y = self.down(tenth / 10)
            yield f'<path d="M{LEFT} {y}H{WIDTH - RIGHT}" stroke="{SOFT}"/>'
            yield _words(LEFT - 8, y + 4, f"{tenth / 10:.1f}", anchor="end")
        for step in STEPS:
            yield _words(self.across(step), HEIGHT - BOTTOM + 20, str(step), anchor="middle")
        yield _words((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10, "decisions", anchor="middle")
        yield _words(LEFT, TOP - 12, "average precision", anchor="start")

    def curve(self, one: Curve, colour: str, number: int) -> Iterator[str]:
        """A line, the band of its interval, and its name above."""
        at = [self.across(point.decisions) for point in one.points]
        low, middle, high = (
            [self.down(point.precision[end]) for point in one.points] for end in (1, 0, 2)
        )
        there = " ".join(f"{x},{y}" for x, y in zip(at, high, strict=True))
        back = " ".join(f"{x},{y}" for x, y in zip(at[::-1], low[::-1], strict=True))
        yield f'<polygon points="{there} {back}" fill="{colour}" fill-opacity="0.15"/>'
        line = " ".join(f"{x},{y}" for x, y in zip(at, middle, strict=True))
        yield f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2.5"/>'
        for x, y in zip(at, middle, strict=True):
            yield f'<circle cx="{x}" cy="{y}" r="3.5" fill="{colour}"/>'
        x = LEFT + number * (WIDTH - LEFT - RIGHT) // len(COLOURS)
        yield f'<path d="M{x} 16h24" stroke="{colour}" stroke-width="2.5"/>'
        yield _words(x + 30, 20, one.name, anchor="start")


def _words(x: float, y: float, text: str, *, anchor: str) -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="{INK}">{text}</text>'


def main() -> None:
    """Measure, print the table, draw the picture."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("data", type=Path, help="the folder of the field's data sets")
    asked.add_argument("--out", type=Path, default=ROOT / "docs" / "images" / "learning-curve.svg")
    given = asked.parse_args()
    pool, others = debates(given.data, "train", POOL), debates(given.data, "dev")
    curves = [
        curve("debates", apart(pool)),
        curve("other debates", ((shipped(), pool, others) for _draw in range(DRAWS))),
        curve("news", apart(news(given.data))),
        curve("new genres", genres()),
    ]
    sys.stdout.write(f"Weights: {shipped().label}\n" + "\n".join(table(curves)) + "\n")
    given.out.write_text(picture(curves), encoding="utf-8")


if __name__ == "__main__":
    main()
