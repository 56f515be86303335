"""The migrations on PostgreSQL: the same tables as the models, down to the constraints' names."""

from contextlib import contextmanager

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, event, text
from sqlmodel import SQLModel

import app.storage.tables  # noqa: F401 - describes the tables
from app.storage import migrate
from app.storage.session import open_engine
from tests import postgres

pytestmark = pytest.mark.postgres

COLUMNS = """SELECT table_name, column_name, data_type, is_nullable, character_maximum_length,
    column_default FROM information_schema.columns WHERE table_schema = 'public'"""
CONSTRAINTS = """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace"""
TRIGGERS = """SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger
    WHERE NOT tgisinternal"""
FUNCTIONS = """SELECT proname, pg_get_functiondef(oid) FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace"""
INDEXES = "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"


@pytest.fixture
def empty():
    made = []

    def make():
        made.append(postgres.empty_database())
        return made[-1]

    yield make
    for url in made:
        postgres.drop(url)


@contextmanager
def opened(url):
    engine = open_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


def described(url):
    """Every column, constraint, index, trigger and function of a database, as the server tells them."""
    with opened(url) as engine, engine.connect() as connection:
        return {
            tuple(row)
            for question in (COLUMNS, CONSTRAINTS, INDEXES, TRIGGERS, FUNCTIONS)
            for row in connection.execute(text(question))
            if row[0] != "alembic_version"
        }


def test_the_migrations_make_the_tables_that_the_models_describe(empty):
    migrated, modelled = empty(), empty()

    migrate.upgrade(migrated)
    with opened(modelled) as engine:
        SQLModel.metadata.create_all(engine)

    assert described(migrated) == described(modelled)


def test_alembic_finds_nothing_left_to_do(empty):
    url = empty()
    migrate.upgrade(url)

    with opened(url) as engine, engine.connect() as connection:
        left = compare_metadata(MigrationContext.configure(connection), SQLModel.metadata)

    assert left == []


def test_columns_that_a_table_gains_are_filled_in_one_go(empty):
    url, told = empty(), []
    migrate.upgrade(url, "0003")

    def note(_connection, _cursor, statement, *_):
        told.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        migrate.upgrade(url, "0004")
    finally:
        event.remove(Engine, "before_cursor_execute", note)

    filled = [said for said in told if said.startswith(("UPDATE claim SET", "UPDATE quantity SET"))]
    assert [said.partition(" = ")[0] for said in filled] == [
        "UPDATE claim SET grounds",
        "UPDATE quantity SET comparator",
        "UPDATE claim SET kinds",
    ]


def test_the_way_down_leaves_nothing(empty):
    url = empty()
    migrate.upgrade(url)

    migrate.downgrade(url, "base")

    assert described(url) == set()
    assert migrate.current(url) is None
