"""Verbs and questions are tested on both databases."""

from collections.abc import Iterator

import pytest
from psycopg._preparing import PrepareManager
from sqlalchemy import event

from app.storage.counts import wrong
from app.storage.session import Database
from tests import postgres


class KeptPlans(PrepareManager):
    """Statements that stay planned whatever is taken back: no test makes or drops a table here.

    psycopg has the server forget them with every transaction that is rolled back, and each refusal
    is one: all that the next test asks would be planned anew.
    """

    def clear(self) -> bool:
        return False


def keep_plans(driver, _record) -> None:
    kept = KeptPlans()
    kept.prepared_max = driver.prepared_max
    driver._prepared = kept


@pytest.fixture(scope="session")
def connections():
    """Connections to PostgreSQL, kept from test to test: a new one learns every table anew."""
    opened = Database(postgres.shared_database())
    event.listen(opened.engine, "connect", keep_plans)
    yield opened.engine.pool
    opened.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database(request):
    """A database of this test's own, of either kind."""
    if request.param == "sqlite":
        kept_file = request.getfixturevalue("kept_file")
        opened = kept_file.open(request.getfixturevalue("database_url"))
        yield opened
        counts_are_right(opened)
        kept_file.close(opened)
        return
    if request.node.get_closest_marker("plans"):
        yield from of_its_own()
        return
    opened = Database(postgres.shared_database())
    opened.engine.pool = request.getfixturevalue("connections")
    try:
        yield opened
        counts_are_right(opened)
    finally:
        postgres.empty(postgres.shared_database())


def of_its_own() -> Iterator[Database]:
    """A database of PostgreSQL that nothing was ever taken out of.

    What was taken out stands in its tables until they are cleaned up, which comes when it comes: both
    decide which plan is taken.
    """
    url = postgres.migrated_database()
    postgres.leave_alone(url)
    opened = Database(url)
    try:
        yield opened
        counts_are_right(opened)
    finally:
        opened.dispose()
        postgres.drop(url)


def counts_are_right(database: Database) -> None:
    """Whatever a test did: what is kept is what is there."""
    with database.reading() as session:
        assert wrong(session) == {}
