"""How long it takes to look for 60 statements of an article among 1,000 and 50,000 claims.

Nothing is asserted of times; that as many questions are asked of many claims is.
"""

import os
import shutil
import time

import pytest
from sqlmodel import col, select

from app.storage.sameness import Said, the_same
from app.storage.session import Database
from app.storage.tables import Claim, Quantity
from tests.load.desk import LoadDesk
from tests.work import counted

pytestmark = pytest.mark.load

SMALL = 1_000
LARGE = int(os.environ.get("ASSAY_LOAD_CLAIMS", "50000"))
RUNS = 3
SAID = 60
COMMON = "The town council of Kess said on day {n} that the tram costs {n}13 euros"
ARTICLES = {
    "nothing was said before": [
        Said(f"Port {n} lost {n}05 boats in one night", [(n * 100 + 5.0, "boat")])
        for n in range(SAID)
    ],
    "all of it was": [
        Said(f"Town {n} has {n * 7} trees and {n % 13} lakes.", [(n * 7.0, "tree")])
        for n in range(SAID)
    ],
    "all begin as 3,000 claims do": [
        Said(COMMON.format(n=n), [(n * 100 + 13.0, "EUR")]) for n in range(SAID)
    ],
}


@pytest.fixture
def desk(migrated, tmp_path):
    """``desk(1_000)``: the database of a desk with that many claims, most with a figure."""

    def made(number: int) -> tuple[Database, int]:
        path = tmp_path / f"{number}.db"
        shutil.copy(migrated, path)
        database = Database(f"sqlite:///{path}")
        project = LoadDesk(database, number).project.id
        with database.write() as session:
            keys = session.exec(select(Claim.id).order_by(col(Claim.id))).all()
            session.add_all(
                Quantity(claim_id=key, position=0, value=n * 7, unit="tree", raw=f"{n * 7} trees")
                for n, key in enumerate(keys)
            )
            session.add_all(
                Claim(project_id=project, text=COMMON.format(n=10_000 + n)) for n in range(3_000)
            )
            session.connection().exec_driver_sql("ANALYZE")
        return database, project

    return made


def measured(database: Database, project: int, said: list[Said]) -> tuple[int, float]:
    times = []
    for _ in range(RUNS):
        with database.reading() as session, counted(database) as sent:
            began = time.process_time()
            the_same(session, project, said)
            times.append(time.process_time() - began)
    return sum(one.startswith("SELECT") for one in sent), min(times) * 1_000


@pytest.mark.timeout(900)
def test_looking_for_the_same_asks_as_much_of_many_claims_as_of_few(desk, capsys):
    few, many = desk(SMALL), desk(LARGE)
    found = {name: (measured(*few, said), measured(*many, said)) for name, said in ARTICLES.items()}

    with capsys.disabled():
        print(f"\n| {SAID} statements | questions | {SMALL:,} claims | {LARGE:,} claims |")  # noqa: T201
        print("|---|---|---|---|")  # noqa: T201
        for name, ((asked, a), (_asked, b)) in found.items():
            print(f"| {name} | {asked} | {a:.0f} ms | {b:.0f} ms |")  # noqa: T201
    assert all(a[0] == b[0] for a, b in found.values())
