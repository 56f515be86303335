"""How many questions each list asks and how long it takes, of 1,000 and of 50,000 claims.

Nothing is asserted of times; that a list asks no more questions of many claims is.
"""

import os
import shutil
import time
from dataclasses import dataclass

import pytest
from sqlmodel import col, select

from app.domain.words import ClaimState
from app.storage.session import Database
from app.storage.tables import Agent, Article, Claim
from tests.load.desk import LoadDesk
from tests.work import counted

pytestmark = pytest.mark.load

SMALL = 1_000
LARGE = int(os.environ.get("ASSAY_LOAD_CLAIMS", "50000"))
RUNS = 3
CLAIMS = "/projects/load/claims"
LISTS = {
    "claims, newest first": CLAIMS,
    "claims, first due first": f"{CLAIMS}?sort=due",
    "… overdue": f"{CLAIMS}?due=overdue&sort=due",
    "… due in a week": f"{CLAIMS}?due=week&sort=due",
    "… without a date": f"{CLAIMS}?due=none",
    "… suggested": f"{CLAIMS}?state=suggested",
    "… to check": f"{CLAIMS}?state=to-do",
    "… checked by me": f"{CLAIMS}?state=mine-done",
    "… to settle": f"{CLAIMS}?state=waiting",
    "… checked": f"{CLAIMS}?state=settled",
    "… by verdict": f"{CLAIMS}?verdict=true",
    "… by tag": f"{CLAIMS}?tag=EU",
    "… by article": f"{CLAIMS}?article={{article}}",
    "… by claimant": f"{CLAIMS}?claimant={{agent}}",
    "… by a name in the chain": f"{CLAIMS}?who=Speaker+17",
    "… by words that many have": f"{CLAIMS}?text=trees",
    "… by words that one has": f"{CLAIMS}?text=Town+777+has",
    "… mine": f"{CLAIMS}?person=me",
    "… not mine": f"{CLAIMS}?person=not-me",
    "… of a colleague": f"{CLAIMS}?person={{colleague}}",
    "500 at once, looked at": f"{CLAIMS}/act?all=1",
    "suggestions to pick": "/projects/load/pick",
    "articles": "/projects/load/articles",
    "my checks": "/projects/load/reviews",
    "to settle": "/projects/load/settle",
    "one claim with its history": "/claims/{claim}",
}


@dataclass(frozen=True)
class Measured:
    """Questions asked, and the shortest of some times at work, in milliseconds."""

    questions: int
    time: float


@pytest.fixture
def measured(app, migrated, tmp_path):
    """``measured(1_000)``: every list of a desk of that many claims."""

    def measure(number: int) -> dict[str, Measured]:
        path = tmp_path / f"{number}.db"
        shutil.copy(migrated, path)
        database = Database(f"sqlite:///{path}")
        desk = LoadDesk(database, number)
        with database.write() as session:
            session.connection().exec_driver_sql("ANALYZE")
        app.extensions["assay"] = database
        client = app.test_client().sign_in(desk.me)
        names = named(desk)
        found = {}
        for name, address in LISTS.items():
            found[name] = one(client, database, address.format(**names))
        return found

    return measure


def named(desk: LoadDesk) -> dict[str, str]:
    """The ids that addresses name: each of something that there is."""
    with desk.database.reading() as session:
        settled = select(Claim.public_id).where(Claim.state == ClaimState.SETTLED)
        return {
            "article": session.exec(select(Article.public_id).order_by(col(Article.id))).first(),
            "agent": session.exec(select(Agent.public_id).order_by(col(Agent.id))).first(),
            "claim": session.exec(settled.order_by(col(Claim.id))).first(),
            "colleague": desk.colleague.public_id,
        }


def one(client, database: Database, address: str) -> Measured:
    with counted(database) as sent:
        answer = client.get(address)
    assert answer.status_code == 200, address
    times = []
    for _ in range(RUNS):
        began = time.process_time()
        client.get(address)
        times.append(time.process_time() - began)
    return Measured(len(sent), min(times) * 1_000)


@pytest.mark.timeout(900)
def test_lists_ask_as_much_of_many_claims_as_of_few(measured, capsys, monkeypatch):
    # The pages are looked at by other tests: here it is the desk that is measured.
    monkeypatch.setattr("tests.pages.check", lambda html: html)
    few, many = measured(SMALL), measured(LARGE)

    with capsys.disabled():
        print(f"\n| list | questions | {SMALL:,} claims | {LARGE:,} claims | ratio |")  # noqa: T201
        print("|---|---|---|---|---|")  # noqa: T201
        for name in LISTS:
            a, b = few[name], many[name]
            asked = (
                f"{a.questions}" if a.questions == b.questions else f"{a.questions}, {b.questions}"
            )
            print(  # noqa: T201 - a benchmark is for reading
                f"| {name} | {asked} | {a.time:.0f} ms | {b.time:.0f} ms | {b.time / a.time:.1f} |"
            )
    assert {name: one.questions for name, one in few.items()} == {
        name: one.questions for name, one in many.items()
    }
