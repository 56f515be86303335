"""Every list, on both databases: what it looks at does not grow with what there is.

A list is asked of a desk and of one of six times as many claims. It sends as many questions, looks at
about as many rows, and reads no large table from end to end.
"""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from app.storage import (
    claim_lists,
    claim_stretches,
    claim_texts,
    page_leave,
    settling,
    source_lists,
    source_words,
    unanimous,
)
from app.storage.session import Database
from app.web import paging
from app.web.claims import listing, many
from app.web.rounds import views as rounds
from app.web.sources import views as source_views
from app.workflow import unanimous as accepting
from tests import postgres
from tests.list_desk import ListDesk
from tests.list_pages import PAGES, names_of
from tests.work import listen, unlisten

FEW, MANY = 600, 3_600
# How many lines are shown, looked at together, or counted: small, so that few claims are many.
SHOWN, LOOKED_AT, STRETCH = 10, 60, 25
# What may differ though nothing grows: an index has a level more.
MORE, SLACK = 1.3, {"sqlite": 1_500, "postgresql": 100}
LARGE = frozenset(
    [
        "article",
        "claim",
        "claim_round",
        "claim_tag",
        "comment",
        "event",
        "evidence",
        "flag",
        "hop",
        "publication",
        "published_claim",
        "quantity",
        "reply",
        "review",
        "review_version",
        "ruling",
        "snapshot",
        "source",
    ]
)
# Lists that still look at more the more there is.
GROWS = frozenset(
    (
        "a claim with a long history",
        "agents",
        # Counts of what waits for somebody: open marks, questions, requests.
        "all projects",
        "comments",
        "comments, asked",
        "comments, mine",
        "comments, resolved",
        "one claim with its history",
        "people",
        "publications",
        "replies",
        "replies, all",
        "replies, answered",
        "report",
        "lead's page",
        "the same answers, looked at",
        "… by a name in the chain",
        "… by claimant",
        "… to update",
    )
)
# PostgreSQL makes a list of all that a reader may not see, rather than ask line by line.
LISTED = frozenset(
    (
        "a source",
        "sources",
        "sources by words",
        "sources by words that none has",
        "sources, deep",
        "to settle",
        "… by a verdict that none has",
        "… by verdict",
        "… by verdict, deep",
        "… wants a second check",
    )
)
# PostgreSQL reads a table as small as these rather than its index of texts (tests/workflow/test_claim_texts.py
# asks it of a larger one).
READ_BEFORE = frozenset(
    (
        "… by words that none has",
        "… by words that one has",
        "… by words that one has and a tag",
    )
)
GROWS_ON = {
    "sqlite": GROWS,
    "postgresql": GROWS | LISTED | READ_BEFORE,
}
# Which plan it takes of small tables hangs on the rows that its statistics were drawn from.
DRAWN = ("enable_seqscan", "enable_bitmapscan", "enable_hashjoin", "enable_mergejoin", "jit")
# They grow with what waits, or with what one month had, but read nothing whole.
LEADS = frozenset(("all projects", "report", "lead's page"))
# What is read in the order of its keys and left as soon as there is enough, or is small.
READS_WHOLE = {
    ("claims", "claim"): "read from the newest on, until a page is full",
    ("…", "claim"): "read from the newest on, until a page is full",
    ("sources", "evidence"): "read from the newest on, as far as a page looks",
    ("round", "claim"): "read from the oldest on, until there are too many to count at once",
    ("my", "review"): "read from the newest on, until a page is full",
    ("all", "flag"): "all marks of this desk stand, and no other is counted",
    ("lead's", "flag"): "all marks of this desk stand, and no other is counted",
}


@dataclass(frozen=True)
class Asked:
    """What a page asked: how many questions, how much was looked at, and what was read whole."""

    questions: int
    looked_at: int
    whole: frozenset[str]


@pytest.fixture
def small(monkeypatch):
    """Pages of few lines, so that a desk of few claims has more than one shows."""
    for module, name, value in (
        (paging, "PAGE_ROWS", SHOWN),
        (listing, "MOST", LOOKED_AT),
        (rounds, "COUNTED_AT_ONCE", LOOKED_AT),
        (many, "MOST", LOOKED_AT),
        (settling, "LOOKED_AT", LOOKED_AT),
        (claim_texts, "LOOKED_AT", LOOKED_AT),
        (claim_stretches, "LOOKED_AT", STRETCH),
        (claim_lists, "LOOKED_AT", STRETCH),
        (source_lists, "LOOKED_AT", LOOKED_AT),
        (source_lists, "AT_FIRST", LOOKED_AT // 2),
        (source_lists, "COUNTED", LOOKED_AT // 6),
        (source_words, "LOOKED_THROUGH", LOOKED_AT),
        (page_leave, "LOOKED_THROUGH", LOOKED_AT),
        (source_views, "COUNTED_OF_ONE", LOOKED_AT),
        (unanimous, "LOOKED_AT", LOOKED_AT),
        (unanimous, "LOT", LOOKED_AT),
        (accepting, "LOOKED_AT", LOOKED_AT),
        (accepting, "LOT", LOOKED_AT),
    ):
        monkeypatch.setattr(module, name, value)
    forget()
    # The pages are looked at by other tests: here it is what they ask.
    monkeypatch.setattr("tests.pages.check", lambda html: html)
    yield
    forget()


def forget():
    """Questions that were put together for so many lines."""
    for kept in (settling._looked_at, settling._in_order):
        kept.cache_clear()


@pytest.fixture
def another(database, migrated, tmp_path):
    """A second database of the same kind."""
    if database.is_sqlite:
        shutil.copy(migrated, tmp_path / "another.db")
        url = f"sqlite:///{tmp_path / 'another.db'}"
    else:
        url = postgres.migrated_database()
        postgres.leave_alone(url)
    opened = Database(url)
    yield opened
    opened.dispose()
    if not opened.is_sqlite:
        postgres.drop(url)


def asked_of(app, database: Database, number: int) -> dict[str, Asked]:
    """Every list of a desk of that many claims."""
    desk = ListDesk(database, number)
    with database.write() as session:
        session.connection().exec_driver_sql("ANALYZE")
    app.extensions["assay"] = database
    client = app.test_client().sign_in(desk.me)
    names = names_of(desk)
    found = {}
    for name, address in PAGES.items():
        where = address.format(**names)
        with sent_to(database) as sent:
            answer = client.get(where)
        assert answer.status_code == 200, f"{name}: {where} is {answer.status_code}"
        plans = list(explained(database, sent))
        whole = frozenset().union(*(tables for _rows, tables in plans))
        found[name] = Asked(len(sent), sum(rows for rows, _tables in plans), whole)
    return found


@contextmanager
def sent_to(database: Database):
    """The questions that are sent meanwhile, with their values."""
    sent: list[tuple[str, object]] = []

    def note(_connection, _cursor, statement, values, *_rest):
        if statement.startswith(("SELECT", "WITH")):
            sent.append((statement, values))

    listen(database, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        unlisten(database, "before_cursor_execute", note)


def explained(database: Database, sent) -> Iterator[tuple[int, frozenset[str]]]:
    """Of each question how much was looked at, and which large tables were read whole."""
    connection = database.engine.raw_connection()
    cursor = connection.cursor()
    if not database.is_sqlite:
        # Tables as small as these it would rather read whole; the question is whether it must.
        cursor.execute("; ".join(f"SET LOCAL {name} = off" for name in DRAWN))
    explain = on_sqlite if database.is_sqlite else on_postgresql
    try:
        for statement, values in sent:
            yield explain(connection.driver_connection, cursor, statement, values)
    finally:
        connection.rollback()
        connection.close()


def on_sqlite(driver, cursor, statement: str, values) -> tuple[int, frozenset[str]]:
    """Steps of the machine in which SQLite runs a question, and what it reads without an index."""
    steps = 0

    def step() -> int:
        nonlocal steps
        steps += 1
        return 0

    plan = [row[3] for row in cursor.execute(f"EXPLAIN QUERY PLAN {statement}", values).fetchall()]
    driver.set_progress_handler(step, 10)
    cursor.execute(statement, values).fetchall()
    driver.set_progress_handler(None, 0)
    # An index that is read in its order is left as soon as there is enough: that is told by the steps.
    read = (re.fullmatch(r"SCAN (\w+?)(?:_\d+)?( LEFT-JOIN)?", line) for line in plan)
    return steps * 10, frozenset(found[1] for found in read if found) & LARGE


def on_postgresql(_driver, cursor, statement: str, values) -> tuple[int, frozenset[str]]:
    """Rows that PostgreSQL looks at, and the tables that it reads from end to end."""
    cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {statement}", values)
    [[[plan]]] = cursor.fetchall()
    nodes = [node for node in nodes_of(plan["Plan"]) if "Relation Name" in node]
    whole = (n["Relation Name"] for n in nodes if n["Node Type"] == "Seq Scan" and rows_of(n))
    return round(sum(map(rows_of, nodes))), frozenset(whole) & LARGE


def nodes_of(plan: dict) -> Iterator[dict]:
    yield plan
    for part in plan.get("Plans", ()):
        yield from nodes_of(part)


def rows_of(node: dict) -> float:
    names = ("Actual Rows", "Rows Removed by Filter", "Rows Removed by Index Recheck")
    return sum(node.get(name, 0) for name in names) * node["Actual Loops"]


@pytest.mark.plans
@pytest.mark.timeout(600)
def test_no_list_looks_at_more_the_more_there_is(app, database, another, small):
    few, more = asked_of(app, database, FEW), asked_of(app, another, MANY)
    kind = "sqlite" if database.is_sqlite else "postgresql"

    grown = {
        name: (few[name].looked_at, asked.looked_at)
        for name, asked in more.items()
        if asked.looked_at > few[name].looked_at * MORE + SLACK[kind]
    }
    assert {name for name in PAGES if few[name].questions != more[name].questions} == set()
    assert {name: found for name, found in grown.items() if name not in GROWS_ON[kind]} == {}
    unread = {
        (name, table)
        for name, asked in more.items()
        for table in asked.whole
        if (name in LEADS or name not in GROWS_ON[kind])
        and (re.split("[ ,]", name)[0], table) not in READS_WHOLE
    }
    assert unread == set()
