"""A desk of an older version in a file of its own."""

import shutil
import sqlite3

import pytest

from app.storage import migrate

THEN = "2026-03-04 10:00:00.000000"


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path / 'desk.sqlite3'}"


@pytest.fixture(scope="session")
def begin(tmp_path_factory):
    """``begin(url, "0004")`` puts a file there that is as that step leaves it: each is made once."""
    folder = tmp_path_factory.mktemp("steps")

    def put(url, revision):
        kept = folder / f"{revision}.sqlite3"
        if not kept.exists():
            older = [path for path in folder.iterdir() if path.name < kept.name]
            if older:
                shutil.copy(max(older), kept)
            migrate.upgrade(f"sqlite:///{kept}", revision)
        shutil.copy(kept, migrate.sqlite_path(url))

    return put


@pytest.fixture
def rows(url):
    """Ask or tell the file something, past the program."""

    def run(sql, *values):
        with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
            found = connection.execute(sql, values).fetchall()
        connection.close()
        return found

    return run


def add_project(rows, **gained):
    """A project as the third and the fourth version have it; ``gained`` are columns of later ones."""
    names = "".join(f", {name}" for name in gained)
    rows(
        "INSERT INTO label_scheme (id, public_id, created_at, code, version, name, kind)"
        " VALUES (1, 's', ?, 'c', 1, 'n', 'content')",
        THEN,
    )
    rows(
        "INSERT INTO project (id, public_id, created_at, slug, title, description, state, decides,"
        " reviews_wanted, settles_itself, lease_minutes, timezone, content_scheme_id,"
        " attribution_scheme_id, pseudonym_key, may_choose, counts_people, extra_first,"
        f" extra_share, extra_tags, extra_on_difference, gold_every, triage_share{names})"
        " VALUES (1, 'p', ?, 'p', 't', '', 'active', 'signoff', 1, 1, 60, 'UTC', 1, 1, 'k', 1, 0,"
        f" 0, 0, '[]', 0, 0, 0{', ?' * len(gained)})",
        THEN,
        *gained.values(),
    )
