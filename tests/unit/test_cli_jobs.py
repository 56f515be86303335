"""``assay jobs`` from the command line."""

import shutil

import pytest
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
    result = run("run", "--once")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "1 done.\n")
    assert run("run", "--once").stderr == "0 done.\n"
