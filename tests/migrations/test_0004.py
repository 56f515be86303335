"""What the fourth step does to the claims that are there."""

import json
import sqlite3

import pytest

from app.storage import migrate
from tests.migrations.conftest import THEN, add_project


@pytest.fixture
def before(url, rows, begin):
    """A desk of the version before: one claim of two kinds, who said it, a figure."""
    begin(url, "0003")
    add_project(rows)
    rows(
        "INSERT INTO agent (id, public_id, created_at, project_id, name, kind, is_named, aliases)"
        " VALUES (1, 'a', ?, 1, 'Ada', 'person', 1, '[]')",
        THEN,
    )
    rows(
        "INSERT INTO claim (id, public_id, created_at, project_id, text, context, state,"
        " slots_free, priority, kinds, reasons, version)"
        " VALUES (1, 'claim1', ?, 1, 'x', '', 'open', 0, 0, ?, '[]', 1)",
        THEN,
        json.dumps(["numerical", "causal"]),
    )
    rows(
        "INSERT INTO hop (claim_id, claim_version, position, agent_id, cue, mode, is_seen)"
        " VALUES (1, 1, 0, 1, 'said', 'paraphrase', 0)"
    )
    rows("INSERT INTO quantity (claim_id, position, value, unit, raw) VALUES (1, 0, 4, 'km', '4')")


def test_what_is_there_gets_nothing_that_was_not_read(before, url, rows):
    migrate.upgrade(url, "0004")

    [row] = rows("SELECT kinds, grounds, marks, additions, merged_into_id FROM claim")
    assert row == ('["quantity", "causal"]', "[]", "[]", "[]", None)
    assert rows('SELECT cue, start, "end" FROM hop') == [("said", None, None)]
    [figure] = rows("SELECT value, comparator, change, is_base, is_period_stated FROM quantity")
    assert figure == (4.0, "exact", None, 0, 0)


def test_the_step_back_gives_the_older_word_for_a_kind(before, url, rows):
    migrate.upgrade(url, "0004")
    migrate.downgrade(url, "0003")

    assert rows("SELECT kinds FROM claim") == [('["numerical", "causal"]',)]


def test_half_a_place_of_an_agent_is_refused(before, url, rows):
    migrate.upgrade(url, "0004")

    with pytest.raises(sqlite3.IntegrityError, match="ck_hop_place"):
        rows("UPDATE hop SET start = 3")


def test_what_was_joined_to_a_claim_is_found_by_an_index(before, url, rows):
    migrate.upgrade(url, "0004")

    plan = rows(
        "EXPLAIN QUERY PLAN SELECT * FROM claim WHERE merged_into_id = 1 ORDER BY start, id"
    )
    assert any("ix_claim_merged" in said for *_rest, said in plan)
    migrate.downgrade(url, "0003")
    assert rows("SELECT name FROM sqlite_master WHERE name = 'ix_claim_merged'") == []
