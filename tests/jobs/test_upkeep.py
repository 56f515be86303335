"""An SQLite file is looked after while the desk works: its statistics, and its log."""

import itertools
from pathlib import Path

import pytest

from app.config import Settings
from app.jobs.desk import Desk
from app.jobs.upkeep import look_after_file
from app.storage import frozen
from app.storage.session import Database
from app.storage.tables import Claim
from tests import postgres
from tests.work import counted


@pytest.fixture
def desk(database, tmp_path):
    return Desk(Settings.read({"ASSAY_INSTANCE": str(tmp_path)}), database)


def add_claims(database, project, number):
    with database.write() as session:
        session.add_all(Claim(project_id=project.id, text=f"Claim {n}") for n in range(number))


def known_rows(database):
    """How many claims the planner believes in; None where it was told nothing."""
    with database.reading() as session:
        connection = session.connection()
        if not connection.exec_driver_sql(
            "SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'"
        ).first():
            return None
        rows = connection.exec_driver_sql("SELECT stat FROM sqlite_stat1 WHERE tbl = 'claim'").all()
        return max((int(stat.split()[0]) for (stat,) in rows), default=0)


def test_statistics_are_taken_once_and_again_when_the_file_has_grown(desk, database, project):
    add_claims(database, project, 10)
    assert known_rows(database) is None
    look_after_file(desk)
    assert known_rows(database) == 10

    add_claims(database, project, 5)
    with counted(database) as sent:
        look_after_file(desk)
    assert not [one for one in sent if "ANALYZE" in one]
    assert known_rows(database) == 10

    add_claims(database, project, 3_000)
    look_after_file(desk)
    assert known_rows(database) > 300


def test_each_table_is_looked_at_in_a_write_of_its_own(desk, database, project):
    add_claims(database, project, 10)
    with counted(database) as sent:
        look_after_file(desk)
    analysed = [n for n, one in enumerate(sent) if one.startswith("ANALYZE")]
    assert len(analysed) > 50
    assert all(after - before > 1 for before, after in itertools.pairwise(analysed))


def test_the_log_is_written_back(desk, database, project):
    file = Path(database.engine.url.database)
    look_after_file(desk)
    add_claims(database, project, 50)
    before = file.stat().st_mtime_ns
    look_after_file(desk)
    assert file.stat().st_mtime_ns > before


@pytest.mark.postgres
def test_nothing_is_done_on_postgresql(desk):
    other = Database(postgres.shared_database())
    with counted(other) as sent:
        look_after_file(Desk(desk.settings, other))
    other.dispose()
    assert sent == []


def test_what_is_kept_of_scales_is_forgotten_after_a_minute(database, project, monkeypatch):
    monkeypatch.setattr(frozen.time, "monotonic", lambda: 1_000.0)
    with database.reading() as session:
        frozen.keep(session, {1: "a scale"})
        assert frozen.frozen_scales(session) == {1: "a scale"}
        monkeypatch.setattr(frozen.time, "monotonic", lambda: 1_060.0)
        assert frozen.frozen_scales(session) == {}
        frozen.keep(session, {2: "another"})
        assert frozen.frozen_scales(session) == {2: "another"}
