"""From step 0007 on no step stops a desk on PostgreSQL, unless it says which table it holds and why.

``HOLDS = {"scheme": "a few dozen rows"}`` in a step says so. Steps before were released without it.
"""

import importlib.util
from collections import defaultdict

import pytest
from sqlalchemy import Engine, event

from app.storage import migrate
from tests import postgres
from tests.migrations.holding import Held, held

# The first that is made while desks work.
FIRST = "0007"
ADVICE = (
    "make columns and rules with app.storage.rewriting.expand and indexes with add_index, in a step of"
    " their own; fill rows by a job; or say in HOLDS why it takes but a moment (CONTRIBUTING.md)"
)


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("ALTER TABLE claim ALTER COLUMN text TYPE varchar(9)", "every row is written anew"),
        ("ALTER TABLE claim ADD COLUMN x float DEFAULT random()", "every row gets a value"),
        ('ALTER TABLE "claim" ALTER COLUMN x SET NOT NULL', "every row is read"),
        ("ALTER TABLE claim ADD CONSTRAINT ck CHECK (x > 0)", "every row is read"),
        ("CREATE UNIQUE INDEX ix ON claim (text)", "an index is made"),
        ("UPDATE claim SET x = 1", "rows are held until the step ends"),
        ("SELECT 1; DELETE FROM claim", "rows are held until the step ends"),
        (
            "CREATE TRIGGER counts AFTER INSERT ON claim EXECUTE FUNCTION count()",
            "writers wait until the step ends",
        ),
        ("LOCK TABLE claim IN EXCLUSIVE MODE", "it is locked"),
        ("ALTER TABLE claim DROP COLUMN x", "something goes"),
        ("ALTER TABLE claim RENAME TO statement", "something goes"),
        ("DROP TABLE claim", "something goes"),
    ],
)
def test_what_stops_a_desk_is_seen(statement, reason):
    [found] = held([statement])

    assert (found.table, found.reason.startswith(reason)) == ("claim", True)
    assert held(["CREATE TABLE claim (x int)", statement]) == set()


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE claim ADD COLUMN x integer DEFAULT 7 NOT NULL",
        "ALTER TABLE claim ADD CONSTRAINT ck CHECK (x > 0) NOT VALID",
        "ALTER TABLE claim VALIDATE CONSTRAINT ck",
        "CREATE INDEX CONCURRENTLY ix ON claim (text)",
        "DROP INDEX CONCURRENTLY IF EXISTS ix",
        "INSERT INTO tally SELECT count(*) FROM claim",
        "CREATE FUNCTION f() RETURNS trigger AS $$ BEGIN UPDATE claim SET x = 1; END $$",
        "UPDATE alembic_version SET version_num = '0007'",
    ],
)
def test_what_a_desk_works_beside_is_let_through(statement):
    assert held([statement]) == set()


def said_by(number):
    """What a step says in HOLDS, by table."""
    [path] = (migrate.MIGRATIONS / "versions").glob(f"{number}_*.py")
    spec = importlib.util.spec_from_file_location(path.stem, path)
    step = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(step)
    return getattr(step, "HOLDS", {})


@pytest.mark.postgres
def test_no_step_stops_a_desk_without_saying_so():
    url, told = postgres.empty_database(), []
    before = [number for number in migrate.revisions() if number < FIRST][-1]
    later = [number for number in migrate.revisions() if number >= FIRST]
    migrate.upgrade(url, before)

    def note(_connection, _cursor, statement, *_):
        told.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    unsaid = defaultdict(set)
    try:
        for number in later:
            told.clear()
            migrate.upgrade(url, number)
            said = said_by(number)
            assert all(said.values())
            assert said.keys() <= {one.table for one in held(told)}, (
                f"{number} holds less than it says"
            )
            unsaid[number] |= {one for one in held(told) if one.table not in said}
    finally:
        event.remove(Engine, "before_cursor_execute", note)
        postgres.drop(url)

    assert {number: found for number, found in unsaid.items() if found} == {}, ADVICE


def test_a_table_is_told_with_its_reason():
    assert held(["CREATE INDEX ix ON claim (text)"]) == {Held("claim", "an index is made")}
