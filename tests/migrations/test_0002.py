"""What the second step does to the rows that are there: tags, history, when a claim was picked."""

import json
import sqlite3

import pytest

from app.storage import migrate

THEN = "2025-09-04 10:00:00.000000"
LATER = "2025-09-05 10:00:00.000000"


@pytest.fixture
def before(url, rows, begin):
    """A desk of the first version: a project of each kind, a picked claim and a suggestion."""
    begin(url, "0001")
    rows(
        "INSERT INTO label_scheme (id, public_id, created_at, code, version, name, kind)"
        " VALUES (1, 's', ?, 'c', 1, 'n', 'content')",
        THEN,
    )
    for key, decides in ((1, "signoff"), (2, "independent")):
        rows(
            "INSERT INTO project (id, public_id, created_at, slug, title, description, state,"
            " decides, reviews_wanted, settles_itself, lease_minutes, timezone,"
            " content_scheme_id, attribution_scheme_id, pseudonym_key)"
            " VALUES (?, ?, ?, ?, 't', '', 'active', ?, 1, 1, 60, 'UTC', 1, 1, 'k')",
            key,
            f"p{key}",
            THEN,
            f"p{key}",
            decides,
        )
    _add_claims(rows)


def _add_claims(rows):
    for key, state, tags in ((1, "open", ["gas", "EU", "gas"]), (2, "candidate", [])):
        rows(
            "INSERT INTO claim (id, public_id, created_at, project_id, text, context, state,"
            " slots_free, priority, tags, kinds, reasons, version)"
            " VALUES (?, ?, ?, 1, 'x', '', ?, 0, 0, ?, '[]', '[]', 1)",
            key,
            f"claim{key}",
            THEN,
            state,
            json.dumps(tags),
        )
    rows(
        "INSERT INTO event (at, actor_kind, action, noun, thing, details)"
        " VALUES (?, 'console', 'claim.pick', 'claim', 'claim1', '{}')",
        LATER,
    )


def test_tags_become_rows_and_lists_again(before, url, rows):
    migrate.upgrade(url, "0002")

    assert rows("SELECT claim_id, project_id, tag FROM claim_tag ORDER BY id") == [
        (1, 1, "gas"),
        (1, 1, "EU"),
    ]

    migrate.downgrade(url, "0001")

    assert rows("SELECT id, tags FROM claim ORDER BY id") == [(1, '["gas", "EU"]'), (2, "[]")]


def test_long_tags_that_begin_alike_become_one(before, url, rows):
    long = "x" * 200
    rows("UPDATE claim SET tags = ? WHERE id = 1", json.dumps([long + "a", "gas", long + "b"]))

    migrate.upgrade(url, "0002")

    assert rows("SELECT tag FROM claim_tag ORDER BY id") == [(long,), ("gas",)]


def test_history_names_the_claim_and_a_claim_knows_when_it_was_picked(before, url, rows):
    migrate.upgrade(url, "0002")

    assert rows("SELECT claim FROM event") == [("claim1",)]
    assert rows("SELECT picked_at FROM claim ORDER BY id") == [(LATER,), (None,)]


def test_data_sets_lend_in_order_and_count_people_and_desks_do_not(before, url, rows):
    migrate.upgrade(url, "0002")

    assert rows("SELECT may_choose, counts_people FROM project ORDER BY id") == [(1, 0), (0, 1)]


def test_indexes_and_rules_of_a_table_written_anew_are_kept(before, url, rows):
    migrate.upgrade(url, "0002")

    names = {name for (name,) in rows("SELECT name FROM sqlite_master WHERE type = 'index'")}
    assert {"ix_claim_queue", "ix_claim_worth", "ix_review_lease"} <= names
    with pytest.raises(sqlite3.IntegrityError, match="ck_claim_slots_free"):
        rows("UPDATE claim SET slots_free = -1")
