"""The file that test after test writes into is as new for each of them."""

import sqlite3
from contextlib import closing

import pytest
from sqlmodel import select

from app.storage.session import Database
from app.storage.tables import Label, LabelScheme
from tests import postgres
from tests.scenes import SOURCE, Scene
from tests.shipped import write_scales
from tests.sqlite import KeptFile

# What finds words is no table of rows, and writes down that it knows none in either of two ways.
NO_ROWS = {"claim_text", "claim_text_data"}
INDEXED = "SELECT count(*) FROM claim_text_data"


@pytest.fixture
def kept(bare, tmp_path):
    """A file like that of the process, for this test alone."""
    kept = KeptFile(bare, tmp_path)
    yield kept
    kept.end()


def contents(path):
    """Every row of every table, those of the search for words too."""
    with closing(sqlite3.connect(path)) as connection:
        named = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: sorted(connection.execute(f"SELECT * FROM {name}"), key=repr)
            for (name,) in named
            if name not in NO_ROWS
        }


def worked_on(database):
    scene = Scene(database)
    ann, ben = scene.reviewers("Ann", "Ben")
    scene.claim("The harbour is deep.", said_by="A minister")
    for who in (ann, ben):
        scene.check(who, sources=[SOURCE], attribution_verdict="confirmed")
    with database.write() as session:
        session.exec(select(Label)).first().name = "Another"
        session.add(LabelScheme(code="own", name="Own", kind="content"))


def file_of(kept):
    return kept.url.removeprefix("sqlite:///")


def test_nothing_is_left_of_what_was_written_and_nothing_that_is_shipped_is_lost(kept, bare):
    path = file_of(kept)
    database = kept.open(kept.url)
    worked_on(database)
    kept.close(database)

    kept.empty()

    assert file_of(kept) == path
    assert contents(path) == contents(bare)
    assert len(contents(path)["label"]) == 14
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute(INDEXED).fetchone() == (2,)
        connection.execute("INSERT INTO claim_text (claim_text) VALUES ('integrity-check')")


def test_the_next_one_gets_the_connections_of_the_last(kept):
    before = kept.open(kept.url)
    Scene(before)
    kept.close(before)
    kept.empty()

    after = kept.open(kept.url)

    assert [one.pool for one in after.engines] == [one.pool for one in before.engines]
    assert after.engine.pool.checkedin() == 1
    Scene(after)
    kept.close(after)


@pytest.mark.parametrize(
    "statement", ["CREATE TABLE more (id INTEGER)", "ANALYZE", "DROP TABLE draft"]
)
def test_a_file_that_is_another_now_is_replaced(kept, bare, statement):
    path = file_of(kept)
    with closing(sqlite3.connect(path)) as other:
        other.execute(statement)

    kept.empty()

    assert file_of(kept) != path
    assert contents(file_of(kept)) == contents(bare)


def test_a_file_that_somebody_still_writes_to_is_replaced(kept, bare):
    path = file_of(kept)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        kept.empty()

    assert file_of(kept) != path


def test_a_file_with_a_session_that_was_not_ended_is_replaced(kept):
    path = file_of(kept)
    database = kept.open(kept.url)
    session = database.reading()
    session.exec(select(Label)).first()

    kept.empty()

    assert file_of(kept) != path
    session.close()


@pytest.mark.thorough
@pytest.mark.postgres
def test_nothing_is_left_on_postgresql_either():
    url = postgres.shared_database()
    database = Database(url)
    worked_on(database)

    postgres.empty(url)

    with database.reading() as session:
        labels = session.exec(select(Label)).all()
        assert len(labels) == 14
        assert "Another" not in {label.name for label in labels}
        assert len(session.exec(select(LabelScheme)).all()) == 2
        for table in Label.metadata.sorted_tables:
            found = session.connection().execute(table.select()).first()
            assert (found is None) == (table.name not in postgres.NOT_EMPTY), table.name
    database.dispose()


def test_what_is_shipped_is_written_once(bare, tmp_path):
    path = tmp_path / "again.db"
    path.write_bytes(bare.read_bytes())
    write_scales(f"sqlite:///{path}")
    assert contents(path) == contents(bare)
