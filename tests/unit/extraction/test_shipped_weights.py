"""The weights that come with Assay are what the data give, and only data that may be used."""

import json
import math
from pathlib import Path

import pytest

from app.extraction.checkworthy import recipe
from app.extraction.checkworthy.signals import SIGNALS
from app.extraction.checkworthy.training import trained
from app.extraction.checkworthy.weights import SHIPPED_FILE
from app.extraction.labelled import read_set
from app.extraction.labelled.sets import LICENCES

ROOT = Path(__file__).parents[3]
SHIPPED = json.loads(SHIPPED_FILE.read_text(encoding="utf-8"))
# In bytes; what the whole of check-worthiness adds to an installation is told in the docs.
LARGEST = 200_000


@pytest.fixture(scope="module")
def made():
    sets = {name: read_set(ROOT / folder) for name, folder in recipe.OWN.items()}
    return trained(sets, seed=SHIPPED["made_from"]["seed"])


# A training from the beginning, which ``assay train --check`` is as well.
@pytest.mark.thorough
def test_the_file_is_what_our_own_data_give(made):
    assert [one["name"] for one in SHIPPED["made_from"]["sets"]] == sorted(recipe.OWN)
    assert json.loads(made.as_text())["made_from"] == SHIPPED["made_from"]
    assert made.as_text() == SHIPPED_FILE.read_text(encoding="utf-8")


def test_every_set_has_a_licence_that_allows_it():
    for one in SHIPPED["made_from"]["sets"]:
        assert one["licence"] == LICENCES[one["name"]]


def test_the_weights_are_plain_numbers_of_signals_that_there_are():
    known = {signal.code for signal in SIGNALS}
    numbers = [SHIPPED["base"], *SHIPPED["signals"].values(), *SHIPPED["words"].values()]

    assert SHIPPED["signals"].keys() <= known
    assert all(math.isfinite(number) for number in numbers)
    assert 0 < SHIPPED["listed_from"] < 0.5
    assert SHIPPED_FILE.stat().st_size < LARGEST
