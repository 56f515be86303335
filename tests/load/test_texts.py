"""What the index of the texts of claims takes, and what words cost that are looked for with and without it.

Nothing is asserted of times; another size: ``ASSAY_LOAD_CLAIMS=1000000``.
"""

import os
import sqlite3
import time

import pytest
from sqlmodel import select

from app.domain.actors import CONSOLE
from app.storage import claim_lists, claim_texts, migrate
from app.storage.claim_filters import ClaimFilter
from app.storage.session import Database
from app.storage.tables import Project
from tests.load.generator import generate
from tests.load.prose import statement

pytestmark = pytest.mark.load

CLAIMS = int(os.environ.get("ASSAY_LOAD_CLAIMS", "100000"))
STEP = "0012"
# As many texts as a part of an import has.
PART = 60
WORDS = {
    "half of all have": "the",
    "one in six has": "figures of the ministry",
    "twenty have": "9953",
    "one has": "Yarmouth reported 9953",
    "none has": "zzzq",
    "two letters, none has": "zq",
}


@pytest.mark.timeout(7200)
def test_what_words_cost(tmp_path, monkeypatch):
    path = tmp_path / "claims.db"
    generate(path, CLAIMS)
    url = f"sqlite:///{path}"
    with_index = costs(url)
    full = size(url)
    migrate.downgrade(url, f"{int(STEP) - 1:04d}")
    bare = size(url)
    began = time.process_time()
    migrate.upgrade(url, STEP)
    seconds = time.process_time() - began
    migrate.upgrade(url)
    # As it was before: every text is read, from the newest on.
    monkeypatch.setattr(claim_texts, "letters_of", lambda _words: [])
    without = costs(url)

    print(  # noqa: T201 - a benchmark is for reading
        f"\nthe step: {seconds * 1e6 / CLAIMS:.0f} µs, {(full - bare) / CLAIMS:.0f} bytes a claim"
    )
    print(f"\n| words that … of {CLAIMS:,} | without | with the index |\n|---|---|---|")  # noqa: T201
    for name in WORDS:
        print(f"| {name} | {without[name]:.1f} ms | {with_index[name]:.1f} ms |")  # noqa: T201


def size(url):
    """Bytes in use."""
    database = Database(url)
    with database.reading() as session:
        ask = session.connection().exec_driver_sql
        pages, free, each = (
            ask(f"PRAGMA {name}").scalar_one()
            for name in ("page_count", "freelist_count", "page_size")
        )
    database.dispose()
    return (pages - free) * each


def costs(url):
    """Processor time of a page of fifty claims and of how many there are, the best of three."""
    database = Database(url)
    found = {}
    with database.reading() as session:
        project = session.exec(select(Project.id)).first()
    for name, words in WORDS.items():
        times = []
        for _ in range(3):
            with database.reading() as session:
                began = time.process_time()
                wanted = ClaimFilter(text=words)
                claim_lists.found_claims(session, CONSOLE, project, wanted=wanted)
                claim_lists.count_found(session, CONSOLE, project, wanted=wanted, most=501)
                times.append(time.process_time() - began)
        found[name] = min(times) * 1e3
    database.dispose()
    return found


@pytest.mark.timeout(7200)
def test_putting_texts_in_part_by_part(tmp_path):
    print("\n| bytes of a page | in all | one in a hundred | longest |\n|---|---|---|---|")  # noqa: T201
    for bytes_ in (4_050, 1_000, 500):
        spent = sorted(parts(tmp_path / f"{bytes_}.db", bytes_))
        worst, last = spent[int(0.99 * len(spent))] * 1e3, spent[-1] * 1e3
        print(f"| {bytes_} | {sum(spent):.1f} s | {worst:.1f} ms | {last:.1f} ms |")  # noqa: T201


def parts(path, bytes_):
    """Processor time of each part of PART texts that comes in, with its commit."""
    rows = sqlite3.connect(path, isolation_level=None)
    for order in (
        *("PRAGMA journal_mode=WAL", "PRAGMA synchronous=OFF", "PRAGMA wal_autocheckpoint=0"),
        "CREATE TABLE claim (id INTEGER PRIMARY KEY, text TEXT)",
        *(claim_texts.TABLE, claim_texts.SHORT_PAGES.replace("500", str(bytes_))),
    ):
        rows.execute(order).close()
    for first in range(0, CLAIMS, PART):
        texts = [(key, statement(key)) for key in range(first, first + PART)]
        began = time.thread_time()
        rows.execute("BEGIN IMMEDIATE")
        rows.executemany("INSERT INTO claim_text (rowid, text) VALUES (?, ?)", texts)
        rows.execute("COMMIT")
        yield time.thread_time() - began
        rows.execute("PRAGMA wal_checkpoint(PASSIVE)").close()
    rows.close()
