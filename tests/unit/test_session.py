"""How a desk opens its database; the suite opens it a little more carelessly."""

import sqlite3
from contextlib import closing

import pytest

from tests.conftest import REAL_PREPARE

FULL = 2


@pytest.fixture
def opened(tmp_path):
    """A connection as a desk makes it."""
    with closing(sqlite3.connect(tmp_path / "desk.sqlite3")) as connection:
        REAL_PREPARE(connection, None)
        yield connection


@pytest.mark.parametrize(
    ("pragma", "value"), [("synchronous", FULL), ("journal_mode", "wal"), ("foreign_keys", 1)]
)
def test_what_a_desk_acknowledges_is_on_the_disk_and_whole(opened, pragma, value):
    assert opened.execute(f"PRAGMA {pragma}").fetchone() == (value,)
