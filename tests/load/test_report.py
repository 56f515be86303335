"""The document of the benchmark is made of whatever was measured, and says what was not."""

import json
from xml.etree import ElementTree

import pytest

from tests.load import report
from tests.load.goals import GOALS
from tests.load.parts.pair import quietest

SPREAD = {"p50": 3.0, "p95": 5.5, "p99": 9.0}
RUN = {
    "pairs": 300,
    "a second": 200.0,
    "cpu": 3.5,
    **dict.fromkeys(("page", "press", "pair"), SPREAD),
    "bytes": 9_000.0,
    "errors": 0,
}
NAMES = ("alone", "alone, with a source", "8 reviewers", "64 reviewers")
PAIR = {
    "claims": 100_000,
    **dict.fromkeys((*NAMES, "floor, alone", "floor, 8 reviewers"), RUN),
    "wrong": {"over": 0, "twice": 1},
}
SIZES = {size: {**RUN, "errors": []} for size in ("1000", "100000")}
PAGES = {
    "floor": dict.fromkeys(("1000", "100000"), SPREAD),
    **{
        name: {
            "first": {size: {**SPREAD, "cpu": 2.0, "bytes": 9_000} for size in ("1000", "100000")}
        }
        for name in report.SHOWN
    },
}


@pytest.fixture
def write(tmp_path):
    """``write(pair=…)``: the document of these figures."""

    def make(**parts):
        kept = {
            "machine": {"processor": "One", "cores": 2, "python": "3.11.7", "load": 0.5},
            "sizes": [1_000, 100_000],
            "brief": False,
            "parts": {
                name: {"at": "2026-11-26 08:45 UTC", "figures": part}
                for name, part in parts.items()
            },
        }
        (tmp_path / report.KEPT).write_text(json.dumps(kept))
        (tmp_path / report.NOTES).write_text("## Tried and dropped\n\n- A cache.\n")
        return report.write(tmp_path).read_text()

    return make


def test_it_says_what_was_reached_and_what_was_not_measured(write):
    told = write(pair=PAIR, sizes=SIZES)
    assert "| server CPU, next + submit pair | 57 ms | ≤ 8 ms | ≤ 4 ms | 3.5 ms | aim |" in told
    assert "≥ 150 /s | ≥ 300 /s | 200 /s | must |" in told
    assert "| 1 | **missed** |" in told
    assert "**Not measured**: The desk at rest, and bytes; … with PostgreSQL; Pages; " in told
    assert told.count("| not measured | – |") == len(GOALS) - 5
    assert told.endswith("## Tried and dropped\n\n- A cache.\n")


def test_of_several_rounds_all_are_told(write):
    rounds = [{"cpu": 3.5, "a second": 200.0}, {"cpu": 4.5, "a second": 150.0}]
    told = write(pair={**PAIR, "alone": {**RUN, "rounds": rounds}})
    assert "- alone: 3.5 (200), 4.5 (150)" in told
    assert "- 8 reviewers" not in told


def test_the_quietest_round_is_told_with_the_errors_of_all():
    rounds = [{**RUN, "cpu": cpu, "errors": 1} for cpu in (4.5, 3.5, 9.0)]
    found = quietest(rounds)
    assert (found["cpu"], found["errors"]) == (3.5, 3)
    assert [one["cpu"] for one in found["rounds"]] == [4.5, 3.5, 9.0]


def test_a_part_that_failed_says_why(tmp_path, write):
    write(pair=PAIR)
    kept = json.loads((tmp_path / report.KEPT).read_text())
    kept["parts"]["pages"] = {"failed": "TimeoutError()"}
    (tmp_path / report.KEPT).write_text(json.dumps(kept))
    assert "Pages: TimeoutError()." in report.write(tmp_path).read_text()


def test_plots_can_be_read_aloud_and_carry_no_script(tmp_path, write):
    write(pair=PAIR, sizes=SIZES, pages=PAGES)
    plots = sorted((tmp_path / "images").iterdir())
    assert [plot.name.partition(".")[0] for plot in plots] == [
        f"performance-{name}" for name in ("pages", "pair", "sizes", "together")
    ]
    for plot in plots:
        root = ElementTree.fromstring(plot.read_text())
        kinds = {node.tag.partition("}")[2] for node in root.iter()}
        assert (
            {"title", "desc"}
            <= kinds
            <= {*("svg", "title", "desc", "text", "rect", "path", "polyline", "circle")}
        )
        assert root.get("role") == "img"
        assert len(plot.read_text()) < 6_000
