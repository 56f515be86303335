"""``assay jobs`` from the command line."""

import shutil

import pytest
import structlog
from click.testing import CliRunner
from sqlmodel import select

from app.cli import main
from app.domain.ids import now
from app.storage.session import Database
from app.storage.tables import Job


@pytest.fixture
def desk(tmp_path, monkeypatch, migrated):
    for name in ("ASSAY_DATABASE_URL", "ASSAY_SMTP_URL", "ASSAY_URL"):
        monkeypatch.delenv(name, raising=False)
    shutil.copy(migrated, tmp_path / "assay.db")
    monkeypatch.setenv("ASSAY_INSTANCE", str(tmp_path))
    database = Database(f"sqlite:///{tmp_path / 'assay.db'}")
    yield database
    database.dispose()
    structlog.reset_defaults()


def run(*words):
    return CliRunner().invoke(main, ["jobs", *words])


def add(desk, **values):
    with desk.write() as session:
        session.add(row := Job(kind="notice.mail", payload={"notice": "none"}, **values))
        session.flush()
        return row.public_id


def test_what_was_given_up_is_listed_and_tried_again(desk):
    add(desk)
    name = add(desk, failed_at=now(), error="TimeoutError", attempts=8)
    listed = run("list")
    assert (listed.exit_code, listed.stdout.split("\t")[:4]) == (
        0,
        [name, "notice.mail", "8", "TimeoutError"],
    )
    assert run("retry", name).exit_code == 0
    assert run("list").stdout == ""
    with desk.reading() as session:
        assert [row.failed_at for row in session.exec(select(Job))] == [None, None]


def test_what_was_not_given_up_is_refused(desk):
    for name in (add(desk), "aaaaaaaaaaaa"):
        result = run("retry", name)
        assert (result.exit_code, result.stdout) == (1, "")
        assert "job" in result.stderr


def test_once_does_what_is_due_and_ends(desk):
    add(desk)
    with desk.write() as session:
        session.add(Job(kind="unknown", payload={}))
    result = run("run", "--once")
    assert (result.exit_code, result.stdout) == (0, ""), "what goes wrong is a message, no result"
    assert "KeyError" in result.stderr
    assert result.stderr.endswith("2 taken up.\n")
    assert run("run", "--once").stderr == "0 taken up.\n"
