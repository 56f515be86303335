"""``make test`` leaves out what is thorough, ``make check`` nothing but benchmarks, and no rule goes untested."""

import os
import re
import subprocess
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest

from tests.conftest import COLLECTED, LEFT_OUT
from tests.workflow.conftest import BOTH

ROOT = Path(__file__).parents[2]
# Tests that are thorough as a whole, and what asks the same of less while ``make test`` runs.
EVERY_PAGE = "browser/test_axe.py::test_axe_finds_nothing_on_any_page"
WHOLE = {
    "browser/test_axe.py::test_axe_finds_nothing_on_pages_that_much_work_brings_about": EVERY_PAGE,
    "browser/test_axe.py::test_axe_finds_nothing_where_a_service_is_asked": EVERY_PAGE,
    "browser/test_comments.py::test_axe_finds_nothing_where_people_have_talked": EVERY_PAGE,
    "browser/test_evidence.py::test_a_page_that_changes_marks_the_verdict_that_rests_on_it": (
        "jobs/test_copying.py::test_a_quote_that_is_gone_marks_the_claim"
    ),
    "browser/test_evidence.py::test_a_page_that_says_the_same_marks_nothing": (
        "jobs/test_copying.py::test_a_page_that_says_the_same_keeps_nothing_new"
    ),
    "browser/test_known_answers.py::test_axe_finds_nothing_where_there_is_something": EVERY_PAGE,
    "browser/test_sources.py::test_a_search_is_recorded_without_a_script": (
        "web/test_reviews_sources.py::"
        "test_a_row_for_a_search_is_one_press_away_and_keeps_what_is_typed"
    ),
    "browser/test_week.py::test_the_week_of_one_claim": (
        "browser/test_job.py::test_the_whole_job_by_keyboard_alone"
    ),
    "browser/test_without_script.py::test_files_are_taken_out": (
        "web/test_exports.py::test_a_file_is_named_after_its_project_and_valid"
    ),
    "browser/test_without_script.py::"
    "test_one_check_is_adopted_and_another_goes_back_with_a_question": (
        "web/test_settle.py::test_adopting_a_column_fills_the_form_and_decides_nothing"
    ),
    "processes/test_simulation.py::"
    "test_five_reviewers_give_twenty_four_claims_two_checks_each_and_nothing_is_lost": (
        "processes/test_updates.py::test_a_server_of_processes_keeps_every_check_it_acknowledged"
    ),
    "unit/extraction/test_shipped_weights.py::test_the_file_is_what_our_own_data_give": (
        "unit/extraction/test_shipped_weights.py::test_the_weights_are_plain_numbers_of_signals_that_there_are"
    ),
    "unit/test_kept_file.py::test_nothing_is_left_on_postgresql_either": (
        "unit/test_kept_file.py::"
        "test_nothing_is_left_of_what_was_written_and_nothing_that_is_shipped_is_lost"
    ),
    "workflow/test_moves.py::test_any_order_of_moves_keeps_the_rules_on_postgresql": (
        "workflow/test_moves.py::test_any_order_of_moves_keeps_the_rules"
    ),
    "workflow/test_next_claim.py::"
    "test_any_order_of_moves_leads_to_the_claim_from_the_front_on_postgresql": (
        "workflow/test_next_claim.py::test_any_order_of_moves_leads_to_the_claim_from_the_front"
    ),
}


def commands(target: str) -> list[str]:
    """The calls of pytest that make would run."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    said = subprocess.run(
        ["make", "-n", target], cwd=ROOT, env=kept, capture_output=True, text=True, check=True
    )
    return [
        line.partition("-m pytest")[2] for line in said.stdout.splitlines() if "-m pytest" in line
    ]


def test_ci_runs_everything_but_benchmarks():
    [whole] = commands("check")

    assert "tests/" not in whole
    assert not re.search(r"(^|\s)(-m|-k|--ignore|--deselect)\b", whole)
    words = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["pytest"]
    assert words["ini_options"]["addopts"][-2:] == ["-m", "not load"]
    assert (ROOT / ".ci" / "run").read_text("utf-8").splitlines()[-1] == "exec make check"


def test_make_test_leaves_out_what_is_thorough_and_nothing_else():
    [some] = commands("test")
    [whole] = commands("test-all")

    assert some.replace(f' -m "not load and {LEFT_OUT}"', "") == whole


@pytest.fixture
def tests(request) -> dict[str, list[pytest.Item]]:
    """All tests that pytest was asked for, by their names without what they are asked with."""
    found = defaultdict(list)
    for item in request.config.stash[COLLECTED]:
        name = item.nodeid.partition("[")[0].removeprefix("tests/")
        found[name].append(item)
    return found


def is_thorough(items: list[pytest.Item]) -> bool:
    return all(item.get_closest_marker("thorough") for item in items)


def test_whatever_is_thorough_is_tested_of_less_as_well(tests):
    left_out = {name for name, items in tests.items() if is_thorough(items)}

    assert left_out == WHOLE.keys() & tests.keys()
    assert [name for name in left_out if is_thorough(tests[WHOLE[name]])] == []


def test_what_both_databases_are_asked_is_called_so_still():
    """A name that nothing has any more would leave its test to SQLite in silence."""
    files = list((ROOT / "tests" / "workflow").glob("test_*.py"))
    words = "\n".join(path.read_text("utf-8") for path in files)
    names = {path.stem for path in files} | set(
        re.findall(r"^def (test_\w+)\(", words, re.MULTILINE)
    )

    assert BOTH - names == set()
