"""What the sixth step does to the sources and projects that are there, and what its tables refuse."""

import sqlite3

import pytest

from app.storage import migrate
from tests.migrations.conftest import THEN, add_project


@pytest.fixture
def before(url, rows, begin):
    """A desk of the version before: a project with a claim and a source."""
    begin(url, "0005")
    add_project(rows, extractor="rules")
    rows(
        "INSERT INTO source (id, public_id, created_at, project_id, kind, url, title, record)"
        " VALUES (1, 's', ?, 1, 'web', 'https://example.org/', 't', 'on-record')",
        THEN,
    )
    rows(
        "INSERT INTO claim (id, public_id, created_at, project_id, text, context, state, slots_free,"
        " priority, kinds, reasons, version, grounds, marks, additions, against, signals)"
        " VALUES (1, 'claim1', ?, 1, 'x', '', 'settled', 0, 0, '[]', '[]', 1, '[]', '[]', '[]', '[]',"
        " '{}')",
        THEN,
    )


def test_a_source_that_is_there_is_sound_and_a_project_saves_and_asks_nothing(before, url, rows):
    migrate.upgrade(url, "0006")

    assert rows("SELECT title, interests, origin, version, standing, looked_at FROM source") == [
        ("t", "", None, 1, "sound", None)
    ]
    assert rows("SELECT saves_copies, recheck_days, gate_profile, asks_questions FROM project") == [
        (0, None, "none", 0)
    ]


def test_the_step_back_leaves_what_was_there(before, url, rows):
    kept = rows("SELECT * FROM source"), rows("SELECT * FROM project")
    migrate.upgrade(url, "0006")
    migrate.downgrade(url, "0005")

    assert (rows("SELECT * FROM source"), rows("SELECT * FROM project")) == kept
    assert rows("SELECT name FROM sqlite_master WHERE name IN ('saved_copy', 'flag')") == []


def test_a_search_that_found_nothing_is_a_source(before, url, rows):
    migrate.upgrade(url, "0006")

    rows(
        "INSERT INTO source (public_id, created_at, project_id, kind, title, record, interests,"
        " version, standing) VALUES ('q', ?, 1, 'search', 'fuel sales', 'on-record', '', 1, 'sound')",
        THEN,
    )
    assert rows("SELECT kind FROM source WHERE public_id = 'q'") == [("search",)]


COPY = (
    "INSERT INTO saved_copy (public_id, created_at, project_id, source_id, why, state, title, text,"
    " sha256, error, ended_at, same_as_id)"
    " VALUES ('c', '{then}', 1, 1, '{why}', '{state}', '', '', {sha256}, {error}, {ended}, {same})"
)
ENDED = "'2026-03-04'"


@pytest.mark.parametrize(
    ("rule", "values"),
    [
        ("copywhy", {"why": "x"}),
        ("copystate", {"state": "x"}),
        ("error", {"state": "failed"}),
        ("ended", {"state": "asked"}),
        ("same_as", {"state": "same"}),
        ("hash", {"state": "saved"}),
    ],
)
def test_a_copy_that_cannot_be_is_refused(before, url, rows, rule, values):
    migrate.upgrade(url, "0006")
    usual = {"why": "asked", "state": "gone", "sha256": "NULL", "error": "NULL", "same": "NULL"}

    with pytest.raises(sqlite3.IntegrityError, match=f"ck_saved_copy_{rule}"):
        rows(COPY.format(then=THEN, ended=ENDED, **{**usual, **values}))


FLAG = (
    "INSERT INTO flag (public_id, created_at, project_id, claim_id, source_id, reason, cleared_at,"
    " cleared_note) VALUES (?, ?, 1, 1, 1, 'page-gone', ?, ?)"
)


def test_one_mark_stands_for_one_reason_and_is_cleared_with_a_note(before, url, rows):
    migrate.upgrade(url, "0006")
    rows(FLAG, "f1", THEN, THEN, "It still holds.")
    rows(FLAG, "f2", THEN, None, None)

    with pytest.raises(
        sqlite3.IntegrityError, match=r"flag\.claim_id, flag\.source_id, flag\.reason"
    ):
        rows(FLAG, "f3", THEN, None, None)
    with pytest.raises(sqlite3.IntegrityError, match="ck_flag_cleared"):
        rows(FLAG, "f4", THEN, THEN, None)
