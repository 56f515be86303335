"""Verbs and questions are tested on both databases.

``make test`` asks most of them of SQLite alone: what they have on PostgreSQL is a second pass of the same
statements, which CI makes (docs/decisions/0021-two-tiers-of-tests.md). Both are asked what is in ``BOTH``.
"""

from collections.abc import Iterator

import pytest
from psycopg._preparing import PrepareManager
from sqlalchemy import event

from app.storage.counts import wrong
from app.storage.session import Database
from tests import postgres

# Files, and single tests of others, of what each database does in a way of its own: it locks, counts by
# triggers, finds words, plans, takes many rows, shows one instant; and the job from an article to its files.
BOTH = frozenset(
    {
        "test_a_changed_text_takes_the_project_before_its_article",
        "test_articles_are_found_off_an_index_however_many_there_are",
        "test_both_ways_of_finding_are_read_off_an_index",
        "test_claim_texts",
        "test_counts_in_place",
        "test_driver",
        "test_imports",
        "test_jobs",
        "test_kept",
        "test_lending",
        "test_many_at_once",
        "test_noted",
        "test_nothing_lost",
        "test_queue_changes",
        "test_queue_flat",
        "test_races",
        "test_tallies",
        "test_the_other_process_makes_a_part_of_it",
        "test_what_is_written_between_two_beginnings_both_see_or_neither",
        "test_who_writes_all_the_time_is_not_waited_for",
        "test_whole_job",
        "test_written",
    }
)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark second passes before it is chosen what is run."""
    for item in items:
        if _is_second_pass(item):
            item.add_marker(pytest.mark.thorough)


def _is_second_pass(item: pytest.Item) -> bool:
    """Whether SQLite is asked the same, and PostgreSQL does nothing about it in a way of its own."""
    chosen = getattr(item, "callspec", None)
    if chosen is None or chosen.params.get("database") != "postgresql":
        return False
    return BOTH.isdisjoint((item.path.stem, item.originalname))


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
