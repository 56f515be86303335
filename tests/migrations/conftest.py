"""A desk of an older version in a file of its own."""

import sqlite3

import pytest


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path / 'desk.sqlite3'}"


@pytest.fixture
def rows(url):
    """Ask or tell the file something, past the program."""

    def run(sql, *values):
        with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
            found = connection.execute(sql, values).fetchall()
        connection.close()
        return found

    return run
