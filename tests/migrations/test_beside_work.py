"""Steps on PostgreSQL are made while desks work: nobody waits behind them, nothing is half made."""

import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import psycopg
import pytest

from app.domain.errors import Refused
from app.storage import migrate
from tests import postgres

pytestmark = pytest.mark.postgres

STEP = """
import sqlalchemy as sa
from alembic import op
from app.storage.rewriting import add_index, expand

revision, down_revision = "{number}", {before!r}


def upgrade():
    {does}


def downgrade():
    raise NotImplementedError
"""
FIRST = """op.execute(
        "CREATE TABLE thing (id int PRIMARY KEY, name text);"
        "INSERT INTO thing SELECT n, n::text FROM generate_series(1, 500) n"
    )"""
GROWS = """expand(
        "thing",
        [
            ([sa.Column("weight", sa.Integer, nullable=False)], "7"),
            ([sa.Column("part_of", sa.Integer, sa.ForeignKey("thing.id"))], "NULL"),
        ],
        [("weight", "weight > 0")],
    )"""
INDEX = 'add_index("ix_thing_name", "thing", ["name"], where="name IS NOT NULL")'
PATIENCE = 20


@pytest.fixture
def url(monkeypatch):
    monkeypatch.setattr(migrate, "LOCK_SECONDS", 0.2)
    monkeypatch.setattr(migrate, "PAUSES", (0.05, 0.1))
    made = postgres.empty_database()
    yield made
    postgres.drop(made)


@pytest.fixture
def steps(url, tmp_path, monkeypatch):
    """``steps(FIRST, INDEX)``: a program whose steps are these, of which the first is made."""

    def write(*bodies):
        (tmp_path / "versions").mkdir()
        shutil.copy(migrate.MIGRATIONS / "env.py", tmp_path)
        for number, does in enumerate(bodies, 1):
            before = f"{number - 1:04d}" if number > 1 else None
            said = STEP.format(number=f"{number:04d}", before=before, does=does)
            (tmp_path / "versions" / f"{number:04d}_does.py").write_text(said)
        monkeypatch.setattr(migrate, "MIGRATIONS", tmp_path)
        migrate.revisions.cache_clear()
        migrate.upgrade(url, "0001")

    yield write
    monkeypatch.undo()
    migrate.revisions.cache_clear()


@pytest.fixture
def connect(url):
    """``connect()`` is another desk, which waits for nobody longer than two seconds."""
    held = []

    def opened():
        held.append(psycopg.connect(url.replace("+psycopg", ""), options="-c lock_timeout=2s"))
        return held[-1]

    yield opened
    for connection in held:
        connection.close()


def asked(connection, question):
    found = connection.execute(question).fetchall()
    connection.commit()
    return found


def wait_for_statement(connection, words):
    """Until somebody's statement waits that begins so."""
    question = (
        "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
        f" AND datname = current_database() AND query LIKE '{words}%'"
    )
    until = time.monotonic() + PATIENCE
    while not asked(connection, question):
        assert time.monotonic() < until
        time.sleep(0.01)


def test_columns_and_rules_come_without_a_row_being_written(url, steps, connect):
    steps(FIRST, GROWS)
    desk = connect()
    rows = "SELECT id, xmin::text FROM thing ORDER BY id"
    before = asked(desk, rows)

    migrate.upgrade(url)

    assert asked(desk, rows) == before
    assert asked(desk, "SELECT DISTINCT weight, part_of FROM thing") == [(7, None)]
    left = "SELECT column_default FROM information_schema.columns WHERE column_name = 'weight'"
    assert asked(desk, left) == [(None,)]
    checked = "SELECT conname FROM pg_constraint WHERE conrelid = 'thing'::regclass"
    whole = {"ck_thing_weight", "fk_thing_part_of_thing", "thing_pkey"}
    assert {name for (name,) in asked(desk, f"{checked} AND convalidated")} == whole


def test_a_step_that_broke_off_half_way_is_made_again(url, steps, connect):
    steps(FIRST, GROWS, INDEX)
    migrate.upgrade(url)
    desk = connect()
    asked(desk, "UPDATE alembic_version SET version_num = '0001' RETURNING 1")
    index = "indexrelid = 'ix_thing_name'::regclass"
    asked(desk, f"UPDATE pg_index SET indisvalid = false WHERE {index} RETURNING 1")

    migrate.upgrade(url)

    whole = f"SELECT indisvalid FROM pg_index WHERE {index}"
    assert asked(desk, whole) == [(True,)]


def test_who_comes_while_a_step_waits_for_a_table_does_not_wait_behind_it(url, steps, connect):
    steps(FIRST, GROWS)
    slow, desk, watch = connect(), connect(), connect()
    slow.execute("SELECT count(*) FROM thing")

    with ThreadPoolExecutor(1) as pool:
        upgrade = pool.submit(migrate.upgrade, url)
        for _ in range(3):
            wait_for_statement(watch, "ALTER TABLE thing")
            assert asked(desk, "SELECT count(*) FROM thing") == [(500,)]
        assert not upgrade.done()
        slow.commit()
        upgrade.result(PATIENCE)

    assert migrate.is_current(url)


def test_a_step_gives_up_in_the_end_and_has_changed_nothing(url, steps, connect, monkeypatch):
    monkeypatch.setattr(migrate, "TRIES", 2)
    steps(FIRST, GROWS)
    slow = connect()
    slow.execute("SELECT count(*) FROM thing")

    with pytest.raises(Refused, match=r"database\.busy"):
        migrate.upgrade(url)

    slow.commit()
    assert migrate.current(url) == "0001"
    assert "weight" not in [
        column.name for column in slow.execute("SELECT * FROM thing").description
    ]


def test_an_index_is_made_while_others_write(url, steps, connect):
    steps(FIRST, INDEX)
    slow, desk, watch = connect(), connect(), connect()
    slow.execute("INSERT INTO thing VALUES (1000, 'slow')")

    with ThreadPoolExecutor(1) as pool:
        upgrade = pool.submit(migrate.upgrade, url)
        wait_for_statement(watch, "CREATE INDEX CONCURRENTLY")
        assert asked(desk, "INSERT INTO thing VALUES (1001, 'quick') RETURNING id") == [(1001,)]
        slow.commit()
        upgrade.result(PATIENCE)

    assert migrate.is_current(url)


def test_two_machines_that_upgrade_at_once_make_each_step_once(url):
    with ThreadPoolExecutor(2) as pool:
        for upgrade in [pool.submit(migrate.upgrade, url) for _ in range(2)]:
            upgrade.result(3 * PATIENCE)

    assert migrate.is_current(url)


def test_who_waits_for_another_machine_gives_up_in_the_end(url, monkeypatch):
    monkeypatch.setattr(migrate, "TURN_SECONDS", 0)
    with closing(psycopg.connect(url.replace("+psycopg", ""), autocommit=True)) as other:
        other.execute(f"SELECT pg_advisory_lock({migrate.TURN})")

        with pytest.raises(Refused, match=r"database\.busy"):
            migrate.upgrade(url)

    assert migrate.current(url) is None
