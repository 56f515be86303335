"""Steps leave no reference broken, and look only where they could have broken one."""

import pytest

from app.domain.errors import Refused
from app.storage.session import open_engine
from app.storage.whole_references import references_kept

TABLES = (
    "CREATE TABLE parent (id INTEGER PRIMARY KEY, name TEXT)",
    "CREATE TABLE child (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES parent (id))",
    "CREATE TABLE apart (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES parent (id))",
    "CREATE TABLE other (id INTEGER PRIMARY KEY)",
    "CREATE TRIGGER goes AFTER DELETE ON other BEGIN DELETE FROM parent WHERE id = OLD.id; END",
    "INSERT INTO parent VALUES (1, 'a'), (2, 'b'), (3, 'c')",
    "INSERT INTO child VALUES (1, 1), (2, 2)",
    "INSERT INTO other VALUES (1), (3)",
)
ANEW = (
    "DROP TRIGGER goes",
    "CREATE TABLE new (id INTEGER PRIMARY KEY, name TEXT)",
    "INSERT INTO new SELECT id, name FROM parent WHERE {}",
    "DROP TABLE parent",
    "ALTER TABLE new RENAME TO parent",
)


@pytest.fixture
def connection(url):
    engine = open_engine(url)
    with engine.connect() as opened:
        opened.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
        for statement in TABLES:
            opened.exec_driver_sql(statement)
        yield opened
    engine.dispose()


def make(connection, *statements):
    with references_kept(connection):
        for statement in statements:
            connection.exec_driver_sql(statement)


@pytest.mark.parametrize(
    ("statements", "table"),
    [
        (["INSERT INTO child VALUES (3, 404)"], "child"),
        (["UPDATE child SET parent_id = 404 WHERE id = 1"], "child"),
        (["UPDATE parent SET id = 404 WHERE id = 1"], "child"),
        (["DELETE FROM parent WHERE id = 1"], "child"),
        (["DELETE FROM other WHERE id = 1"], "child"),
        ([each.format("id > 1") for each in ANEW], "child"),
        (["DROP TABLE parent"], "apart"),
    ],
)
def test_a_broken_reference_is_refused_however_it_came(connection, statements, table):
    connection.exec_driver_sql("INSERT INTO apart VALUES (1, 3)")
    with pytest.raises(Refused, match=r"database\.references") as told:
        make(connection, *statements)
    assert told.value.values["table"] == table


@pytest.mark.parametrize(
    "statements",
    [
        ["INSERT INTO child VALUES (3, 3)"],
        ["DELETE FROM other WHERE id = 3"],
        ["DELETE FROM child", "DELETE FROM parent"],
        [each.format("1 = 1") for each in ANEW],
        ["CREATE INDEX of_parent ON child (parent_id)"],
    ],
)
def test_what_breaks_nothing_is_let_through(connection, statements):
    make(connection, *statements)


def test_what_no_step_could_have_broken_is_not_looked_through(connection):
    connection.exec_driver_sql("INSERT INTO apart VALUES (1, 404)")
    looked = []
    connection.connection.driver_connection.set_trace_callback(looked.append)

    make(connection, "INSERT INTO child VALUES (3, 3)", "INSERT INTO parent VALUES (4, 'd')")

    assert [said for said in looked if "foreign_key_check" in said] == [
        'PRAGMA foreign_key_check("child")'
    ]
