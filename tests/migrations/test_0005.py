"""What the fifth step does to the claims and projects that are there, and what its tables refuse."""

import sqlite3

import pytest

from app.storage import migrate
from tests.migrations.conftest import THEN, add_project


@pytest.fixture
def before(url, rows, begin):
    """A desk of the version before: a project with an article and a suggestion of it."""
    begin(url, "0004")
    add_project(rows)
    rows(
        "INSERT INTO article (id, public_id, created_at, project_id, title)"
        " VALUES (1, 'a', ?, 1, 't')",
        THEN,
    )
    rows(
        "INSERT INTO snapshot (id, public_id, created_at, project_id, article_id, text, sha256)"
        " VALUES (1, 'x', ?, 1, 1, 'Bread is dear.', 'h')",
        THEN,
    )
    rows(
        "INSERT INTO claim (id, public_id, created_at, project_id, text, context, state, slots_free,"
        " priority, kinds, reasons, version, grounds, marks, additions, checkworthiness)"
        " VALUES (1, 'claim1', ?, 1, 'x', '', 'candidate', 0, 0, '[]', '[\"a count\"]', 1, '[]',"
        " '[]', '[]', 0.5)",
        THEN,
    )


def test_what_is_there_keeps_its_score_and_was_measured_by_nothing(before, url, rows):
    migrate.upgrade(url, "0005")

    [claim] = rows("SELECT checkworthiness, reasons, against, signals, scored_with FROM claim")
    assert claim == (0.5, '["a count"]', "[]", "{}", None)
    assert rows("SELECT extractor FROM project") == [("rules",)]


def test_the_step_back_leaves_what_was_there(before, url, rows):
    kept = rows("SELECT * FROM claim"), rows("SELECT * FROM project")
    migrate.upgrade(url, "0005")
    migrate.downgrade(url, "0004")

    assert (rows("SELECT * FROM claim"), rows("SELECT * FROM project")) == kept
    assert (
        rows("SELECT name FROM sqlite_master WHERE name IN ('extraction_run', 'weights_use')") == []
    )


RUN = (
    "INSERT INTO extraction_run (public_id, created_at, project_id, snapshot_id, extractor,"
    " extractor_version, state, ended_at, error, proposed, kept, repaired, known, refused)"
    " VALUES ('r', '{then}', 1, 1, 'chat', '1', '{state}', {ended}, {error}, {proposed}, 1, 0, 0, 0)"
)


@pytest.mark.parametrize(
    ("rule", "values"),
    [
        ("proposed", {"state": "done", "ended": "'2026-03-04'", "error": "NULL", "proposed": 2}),
        ("error", {"state": "failed", "ended": "'2026-03-04'", "error": "NULL", "proposed": 1}),
        ("ended", {"state": "done", "ended": "NULL", "error": "NULL", "proposed": 1}),
        ("extractionstate", {"state": "x", "ended": "'2026'", "error": "NULL", "proposed": 1}),
    ],
)
def test_a_run_that_cannot_be_is_refused(before, url, rows, rule, values):
    migrate.upgrade(url, "0005")

    with pytest.raises(sqlite3.IntegrityError, match=f"ck_extraction_run_{rule}"):
        rows(RUN.format(then=THEN, **values))


def test_figures_of_weights_are_there_together_or_not_at_all(before, url, rows):
    migrate.upgrade(url, "0005")

    with pytest.raises(sqlite3.IntegrityError, match="ck_learned_weights_measured"):
        rows(
            "INSERT INTO learned_weights (public_id, created_at, project_id, version, grown_from,"
            " numbers, seed, folds, picked, dropped, added, trimmed, ap_before)"
            " VALUES ('w', ?, 1, 1, 'shipped:1', '{}', 0, 5, 10, 10, 0, 0, 0.5)",
            THEN,
        )
