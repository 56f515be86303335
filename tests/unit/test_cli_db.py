"""The database from the command line: steps, copies, restoring, looking after it."""

import shutil
import sqlite3
from contextlib import closing

import pytest
from click.testing import CliRunner
from sqlalchemy.exc import OperationalError

from app.cli import main, opening
from app.domain.errors import Refused
from app.storage import backup, migrate
from app.storage.session import Database
from tests.scenes import Scene


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The instance folder of a desk that does not exist yet."""
    for name in ("ASSAY_DATABASE_URL", "ASSAY_PORT", "ASSAY_URL", "ASSAY_WORKERS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ASSAY_INSTANCE", str(tmp_path / "desk"))
    return tmp_path / "desk"


@pytest.fixture
def desk(folder, migrated):
    """The folder of a desk with an empty database."""
    folder.mkdir(mode=0o700)
    shutil.copy(migrated, folder / "assay.db")
    return folder


@pytest.fixture
def url(folder):
    return f"sqlite:///{folder / 'assay.db'}"


def run(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


def titles(path):
    connection = sqlite3.connect(path)
    rows = [title for (title,) in connection.execute("SELECT title FROM project ORDER BY id")]
    connection.close()
    return rows


def change(path, statement):
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.commit()
    connection.close()


def test_upgrade_makes_the_folder_for_its_owner_alone(folder, url):
    result = run("db", "upgrade")

    assert result.exit_code == 0
    assert result.stdout == ""
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / "assay.db").stat().st_mode & 0o077 == 0
    assert migrate.is_current(url)


def test_a_second_upgrade_changes_nothing_and_copies_nothing(folder):
    run("db", "upgrade")

    result = run("db", "upgrade")

    assert result.exit_code == 0
    assert "up to date" in result.stderr
    assert not (folder / "backups").exists()


def test_an_upgrade_of_an_older_database_copies_it_first(desk, monkeypatch):
    monkeypatch.setattr(migrate, "is_current", lambda _url: False)

    result = run("db", "upgrade")

    assert result.exit_code == 0
    assert len(list((desk / "backups").iterdir())) == 1


@pytest.mark.parametrize("words", [["serve"], ["user", "link", "ada@desk.example"]])
def test_a_command_on_a_database_without_its_tables_says_what_to_run(folder, words):
    result = run(*words)

    assert result.exit_code == 1
    assert result.stderr.strip() == (
        "The database is not ready for this version of Assay: run assay db upgrade first."
    )
    assert not (folder / "assay.db").exists()


def test_a_backup_is_whole_and_named_by_time(desk):
    run("project", "add", "budget", "--title", "The budget")

    result = run("db", "backup")

    copy = desk / "backups" / result.stdout.strip().rpartition("/")[2]
    assert titles(copy) == ["The budget"]
    assert copy.stat().st_mode & 0o077 == 0


def test_a_backup_never_writes_over_a_file(desk, tmp_path):
    there = tmp_path / "there.db"
    there.write_text("dear")

    result = run("db", "backup", "--to", there)

    assert result.exit_code == 1
    assert "exists already" in result.stderr
    assert there.read_text() == "dear"


def test_restoring_brings_the_copy_back_and_keeps_what_was_there(desk, tmp_path):
    copy = tmp_path / "copy.db"
    run("project", "add", "before", "--title", "Before")
    run("db", "backup", "--to", copy)
    run("project", "add", "after", "--title", "After")

    result = run("db", "restore", copy)

    assert result.exit_code == 0
    assert titles(desk / "assay.db") == ["Before"]
    [aside] = (desk / "backups").iterdir()
    assert titles(aside) == ["Before", "After"]


def test_restoring_into_an_empty_desk_works(desk, tmp_path):
    copy = tmp_path / "copy.db"
    run("project", "add", "before", "--title", "Before")
    run("db", "backup", "--to", copy)
    (desk / "assay.db").unlink()

    result = run("db", "restore", copy)

    assert result.exit_code == 0
    assert titles(desk / "assay.db") == ["Before"]


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", "newer version"),
        ("DROP TABLE alembic_version", "not a database of Assay"),
        ("DELETE FROM alembic_version", "not a database of Assay"),
        ("INSERT INTO draft VALUES (1, 404, 1, '{}', '2025-01-01')", "damaged"),
    ],
)
def test_restoring_refuses_what_this_version_cannot_work_with(desk, tmp_path, statement, said):
    copy = tmp_path / "copy.db"
    run("db", "backup", "--to", copy)
    run("project", "add", "here", "--title", "Here")
    change(copy, statement)

    result = run("db", "restore", copy)

    assert result.exit_code == 1
    assert said in result.stderr
    assert titles(desk / "assay.db") == ["Here"]


def test_restoring_a_text_file_is_refused(desk, tmp_path):
    file = tmp_path / "notes.txt"
    file.write_text("not a database " * 100)

    result = run("db", "restore", file)

    assert result.exit_code == 1
    assert "not a database of Assay" in result.stderr


def test_a_whole_database_is_said_to_be_whole(desk):

    result = run("db", "check")

    assert result.exit_code == 0
    assert "whole" in result.stdout


def test_a_row_that_points_at_nothing_is_found(desk):
    change(desk / "assay.db", "INSERT INTO draft VALUES (1, 404, 1, '{}', '2025-01-01')")

    result = run("db", "check")

    assert result.exit_code == 1
    assert "a row of draft points at nothing in review" in result.stderr


def no_room(*_words) -> None:
    """What SQLite does on a full disk."""
    with closing(sqlite3.connect(":memory:")) as small:
        small.execute("PRAGMA max_page_count = 1")
        small.execute("CREATE TABLE one (word)")


def test_a_copy_that_finds_no_room_is_said_and_not_there(desk, monkeypatch):
    monkeypatch.setattr(backup, "_copy", no_room)

    result = run("db", "backup")

    assert result.exit_code == 1
    assert "cannot be written: database or disk is full." in result.stderr
    assert list((desk / "backups").iterdir()) == []


def work_without_room() -> None:
    with opening.open_database():
        try:
            no_room()
        except sqlite3.OperationalError as error:
            raise OperationalError("COMMIT", {}, error) from error


def test_a_database_that_finds_no_room_is_said(desk):
    with pytest.raises(Refused) as found:
        work_without_room()

    assert found.value.code == "database.unwritable"


def test_a_file_that_cannot_be_opened_is_said(desk, monkeypatch):
    def closed(*_words):
        sqlite3.connect(desk / "no-folder" / "assay.db")

    monkeypatch.setattr(backup, "_problems", closed)

    result = run("db", "check")

    assert (result.exit_code, result.exception.__class__) == (1, SystemExit)
    assert "cannot be opened" in result.stderr


def test_an_address_that_leads_nowhere_is_said(folder, monkeypatch):
    monkeypatch.setenv("ASSAY_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")

    result = run("db", "check")

    assert result.exit_code == 1
    assert "cannot be opened" in result.stderr
    assert "Traceback" not in result.output


def test_agreement_is_counted_anew_and_said_to_have_been_right_or_not(desk, url):
    scene = Scene(Database(url), reviews_wanted=2)
    people = scene.reviewers("Ann", "Bob")
    scene.claim()
    for who in people:
        scene.check(who, "true")
    scene.database.dispose()

    assert run("db", "count").stdout == "desk: the counts were right\n"

    change(desk / "assay.db", "UPDATE answer_tally SET number = 7 WHERE number > 0")
    assert run("db", "count").stdout == "desk: counted anew\n"
    assert run("db", "count").stdout == "desk: the counts were right\n"


def test_counts_that_are_wrong_are_told_and_put_right(desk, url):
    scene = Scene(Database(url), reviews_wanted=2)
    scene.reviewers("Ann")
    scene.claim()
    scene.database.dispose()
    assert run("db", "check").exit_code == 0

    change(desk / "assay.db", "UPDATE kept_count SET number = 7 WHERE what = 'open'")
    change(desk / "assay.db", "DELETE FROM kept_count WHERE what = 'queue'")
    refused = run("db", "check")
    assert refused.exit_code == 1
    assert "2 counts are not right" in refused.stderr

    assert "put right: 2" in run("db", "count").stderr
    assert run("db", "check").exit_code == 0
    assert "counts of claims and checks: right" in run("db", "count").stderr


def test_a_desk_is_copied_into_an_empty_database_and_compared(desk, url, tmp_path):
    database = Database(url)
    Scene(database, slug="budget")
    database.dispose()

    result = run("db", "copy", f"sqlite:///{tmp_path / 'new' / 'assay.db'}")

    assert result.exit_code == 0
    lines = dict(line.split("\t", 1) for line in result.stdout.splitlines())
    assert lines["project"].startswith("1\t")
    assert titles(tmp_path / "new" / "assay.db") == ["Budget"]
    again = run("db", "copy", f"sqlite:///{tmp_path / 'new' / 'assay.db'}")
    assert (again.exit_code, "already" in again.stderr) == (1, True)


def test_a_desk_is_not_copied_over_itself_or_to_nowhere(desk, url):
    same = run("db", "copy", url)
    nowhere = run("db", "copy", "mysql://desk")

    assert (same.exit_code, "name another one" in same.stderr) == (1, True)
    assert (nowhere.exit_code, "ASSAY_DATABASE_URL" in nowhere.stderr) == (1, True)
