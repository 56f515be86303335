"""The learning curve: what simulated desks decide on, and the table and the picture of it."""

import importlib.util
import random
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from app.extraction.checkworthy import score, shipped
from app.extraction.checkworthy.fitting import Example

TOOLS = Path(__file__).parents[2] / "tools"


@pytest.fixture
def tool(monkeypatch):
    monkeypatch.syspath_prepend(str(TOOLS))
    spec = importlib.util.spec_from_file_location("learning_curve", TOOLS / "learning_curve.py")
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "learning_curve", module)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "DRAWS", 3)
    monkeypatch.setattr(module, "RESAMPLES", 10)
    return module


def statements(number=160):
    """Every second one is about the harbour, and picked."""
    found = []
    for at in range(number):
        topic = "The harbour" if at % 2 else "The school"
        signals = {"money": 1.0} if at % 3 == 0 else {"dated": 1.0}
        text = f"{topic} opened {at} berths"
        found.append(Example(signals, text, float(at % 2), f"article {at // 4}"))
    return found


def test_a_desk_decides_on_the_better_half_of_what_comes_in_together(tool):
    order = tool.decided(statements(80), random.Random(3), shipped())

    assert len(order) == 40
    values = [score(one.signals, one.text, shipped()).value for one in order]
    assert values[:20] == sorted(values[:20], reverse=True)
    assert values[20:] == sorted(values[20:], reverse=True)


def test_what_is_measured_on_was_never_decided_on(tool):
    for prior, pool, test in tool.apart(statements()):
        assert prior == shipped()
        assert {one.group for one in pool}.isdisjoint(one.group for one in test)
        assert len(pool) + len(test) == 160


def test_decisions_are_told_with_their_gain_and_the_controls(tool):
    found = tool.curve("harbour", tool.apart(statements()))

    assert [point.decisions for point in found.points] == [0, 25, 50]
    assert found.points[0].gain == (0, 0, 0)
    assert found.points[-1].gain[0] > 0.2
    for point in found.points:
        value, low, high = point.precision
        assert low <= value <= high
    lines = list(tool.table([found]))
    assert lines[2].startswith("| harbour | random | 0.5")
    assert lines[3].startswith("| harbour | length | ")
    assert lines[-1].count("|") == 5
    assert "(+0." in lines[-1]


def test_the_picture_has_a_line_and_a_band_for_each_desk(tool):
    found = tool.curve("harbour", tool.apart(statements()))

    root = ElementTree.fromstring(tool.picture([found, found]))

    names = [one.tag.rpartition("}")[2] for one in root.iter()]
    assert (names.count("polyline"), names.count("polygon")) == (2, 2)
    assert names.count("circle") == 6
    assert names[:2] == ["svg", "title"]
    assert not any("style" in one.attrib for one in root.iter())


def test_a_sentence_with_tabs_in_it_is_one_sentence(tool):
    found = tool._sentence("7\tWe lost\tforty ships.\tYes")

    assert (found.text, found.label) == ("We lost forty ships.", "yes")


def test_a_new_genre_is_measured_with_weights_that_did_not_see_it(tool, monkeypatch):
    kept = [
        Example(one.signals, one.text, one.label, f"training-data {part}{one.group[8:]}")
        for part in tool.PARTS
        for one in statements(40)
    ]
    monkeypatch.setattr(tool, "examples_of", lambda name, _set: kept if name == "written" else [])
    seen = []
    monkeypatch.setattr(
        tool, "by_recipe", lambda others, *, name: seen.append((name, others)) or shipped()
    )
    monkeypatch.setattr(tool, "DRAWS", 8)

    draws = list(tool.genres())

    assert len(draws) == 8
    assert [name for name, _others in seen] == list(tool.PARTS)
    for name, others in seen:
        assert not [one for one in others if name in one.group]
        assert len(others) == 120
