"""What the migrations make is what the tables describe, on the way up and on the way down."""

import ast
import re
import sqlite3
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlmodel import SQLModel

import app.storage.tables  # noqa: F401 - describes the tables
from app.domain.errors import Refused
from app.storage import migrate
from app.storage.session import open_engine

STEPS = sorted((migrate.MIGRATIONS / "versions").glob("*.py"))
REVISIONS = [path.name[:4] for path in STEPS]
# Alembic's own table is no business of the models.
BOOKKEEPING = "alembic_version"
# Where the index of texts keeps how it is set, and how long its pages are if nothing is said.
SETTINGS, USUAL_PAGE = "claim_text_config", 4_050


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path / 'desk.sqlite3'}"


def create_all(url):
    engine = open_engine(url)
    try:
        SQLModel.metadata.create_all(engine)
    finally:
        engine.dispose()


def described(url):
    """The schema of an SQLite file and its settings, as words; those of a table in whatever order."""
    with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
        rows = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
        if any(name == SETTINGS for _kind, name, _sql in rows):
            kept = dict(connection.execute(f"SELECT k, v FROM {SETTINGS}").fetchall())
            rows.append(("setting", "pages of texts", f"{kept.get('pgsz', USUAL_PAGE)}"))
    connection.close()
    words = {(kind, name): re.sub(r'[",]', " ", sql or "").split() for kind, name, sql in rows}
    return {
        thing: sorted(said) if thing[0] == "table" else said
        for thing, said in words.items()
        if BOOKKEEPING not in thing[1]
    }


def test_the_migrations_make_the_tables_that_the_models_describe(url, tmp_path):
    models = f"sqlite:///{tmp_path / 'models.sqlite3'}"

    migrate.upgrade(url)
    create_all(models)

    made, meant = described(url), described(models)
    assert sorted(made) == sorted(meant)
    for thing in meant:
        assert made[thing] == meant[thing]


@pytest.mark.parametrize("revision", REVISIONS)
def test_each_step_down_undoes_its_step_up(url, begin, revision):
    before = ScriptDirectory(migrate.MIGRATIONS).get_revision(revision).down_revision or "base"
    if before != "base":
        begin(url, before)
    schema = described(url)

    migrate.upgrade(url, revision)
    assert described(url) != schema
    migrate.downgrade(url, before)

    assert described(url) == schema


def test_an_upgrade_is_complete_the_moment_it_returns(url, tmp_path):
    migrate.upgrade(url)

    copy = tmp_path / "copy.sqlite3"
    copy.write_bytes(Path(url.removeprefix("sqlite:///")).read_bytes())

    assert migrate.is_current(f"sqlite:///{copy}")


def test_a_second_upgrade_changes_nothing(url):
    migrate.upgrade(url)
    schema = described(url)

    migrate.upgrade(url)

    assert described(url) == schema
    assert migrate.is_current(url)


def test_a_database_of_a_newer_version_is_left_alone(url):
    migrate.upgrade(url)
    with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()

    with pytest.raises(Refused, match=r"database\.newer"):
        migrate.upgrade(url)

    assert migrate.current(url) == "9999"


def test_a_step_that_breaks_a_reference_leaves_nothing_behind(url):
    migrate.upgrade(url, "0001")
    with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
        connection.execute("INSERT INTO draft VALUES (1, 404, 1, '{}', '2025-01-01')")
    connection.close()

    with pytest.raises(Refused, match=r"database\.references"):
        migrate.upgrade(url)


@pytest.mark.parametrize("path", STEPS, ids=lambda path: path.name)
def test_a_step_is_named_by_number_and_words_and_imports_no_model(path):
    tree = ast.parse(path.read_text("utf-8"))
    imported = {
        name
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }

    assert re.fullmatch(r"\d{4}(_[a-z0-9]+)+\.py", path.name)
    # How a table is changed is the same for every step; what the tables are is not.
    imported -= {f"app.storage.{name}" for name in ("changed_in_place", "rewriting", "triggers")}
    assert not {name for name in imported if name.split(".")[0] in {"app", "sqlmodel"}}


def test_the_steps_are_one_line_without_gaps():
    assert [f"{number:04d}" for number in range(1, len(STEPS) + 1)] == REVISIONS
    assert migrate.head() == REVISIONS[-1]
