"""How long agreement and the settle queue take with 1,000,000 checks and 50,000 claims that wait.

The checks are written set by set, then counted by the very job that counts them on a desk: what is
measured is what a desk would have. ``ASSAY_LOAD_REVIEWS=20000`` for a short run.
"""

import os
import random
import time

import pytest
from sqlalchemy import text
from sqlmodel import select

from app.domain.actors import CONSOLE
from app.domain.words import Decides, Role
from app.storage.projects import current_round
from app.storage.scales import scheme
from app.storage.session import Database
from app.storage.settling import next_to_settle, waiting_list
from app.storage.tables import ClaimTally, Membership, Person, Project
from app.storage.tallies import totals
from app.workflow.projects import NewProject, add_project
from app.workflow.tallies import recount
from tests.work import Work, counted

pytestmark = pytest.mark.load

REVIEWS = int(os.environ.get("ASSAY_LOAD_REVIEWS", "1000000"))
FEW = 2_000
PEOPLE = 20
RUNS = 3
# One claim in ten waits to be settled, the others are settled: 50,000 of 500,000.
NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :claims)"
SETTLED = "(i % 10 > 0)"
# Two of twenty people, and what they answer: the second one differs in about a third of cases.
FIRST, SECOND = "(i % 20)", "((i + 1 + i / 20 % 19) % 20)"
STEPS = (
    (
        "INSERT INTO claim (public_id, created_at, project_id, text, context, state, slots_free,"
        " priority, kinds, reasons, version)"
        f" {NUMBERS} SELECT printf('c%011d', i), :now, :project, 'Town ' || i, '',"
        f" CASE WHEN {SETTLED} THEN 'settled' ELSE 'open' END, 0, i % 3, '[]', '[]', 1 FROM n"
    ),
    (
        "INSERT INTO claim_round (claim_id, round_id, reviews_wanted, reviews_done, settled_at)"
        f" {NUMBERS} SELECT i, :round, 2, 2, CASE WHEN {SETTLED} THEN :now END FROM n"
    ),
    *(
        "INSERT INTO review (public_id, created_at, project_id, claim_id, claim_round_id,"
        " reviewer_id, slot, state, submitted_at, submitted_version)"
        f" {NUMBERS} SELECT printf('{slot}%011d', i), :now, :project, i, i, :person + {who},"
        f" {slot}, 'submitted', :now, 1 FROM n"
        for slot, who in ((1, FIRST), (2, SECOND))
    ),
    (
        "INSERT INTO review_version (review_id, number, form_key, content_sha256, content_label_id,"
        " rationale, not_known, notes, is_blind, started_at, decided_at)"
        " SELECT id, 1, public_id, '', :label + (claim_id * 7 % 5 +"
        " CASE WHEN slot = 2 AND claim_id * 13 % 3 = 0 THEN claim_id % 4 ELSE 0 END) % 7,"
        " '', '', '', 1, :now, :now FROM review"
    ),
    (
        "INSERT INTO ruling (claim_id, version, content_label_id, conclusion, short_text, reason,"
        " decided_by, decided_at, public_note)"
        f" {NUMBERS} SELECT i, 1, :label + i * 7 % 5, '', '', '', 'agreement', :now, '' FROM n"
        f" WHERE {SETTLED}"
    ),
)


class Checked:
    """A project of two checks a claim by twenty people, written set by set."""

    def __init__(self, database: Database, reviews: int) -> None:
        self.database = database
        values = NewProject(
            slug="load", title="Load", decides=Decides.INDEPENDENT, reviews_wanted=2
        )
        with database.write() as session:
            self.project = add_project(session, CONSOLE, values=values)
            session.get_one(Project, self.project.id).counts_people = True
            people = [Person(email=f"p{n}@example.org", name=f"P {n}") for n in range(PEOPLE + 1)]
            session.add_all(people)
            session.flush()
            roles = [Role.REVIEWER] * PEOPLE + [Role.ADJUDICATOR]
            for person, role in zip(people, roles, strict=True):
                session.add(Membership(project_id=self.project.id, person_id=person.key, role=role))
            self.lead = people[-1]
            given = {
                "claims": reviews // 2,
                "project": self.project.id,
                "round": current_round(session, self.project.id).key,
                "label": scheme(session, self.project.content_scheme_id).labels[0].id,
                "person": people[0].key,
                "now": "2026-01-01 00:00:00.000000",
            }
            session.flush()
            connection = session.connection()
            for step in STEPS:
                statement = text(step)
                known = {name: given[name] for name in statement.compile().params}
                connection.execute(statement, known)


@pytest.fixture
def checked(tmp_path, migrated):
    """``checked(1_000_000)``: a desk with so many checks, counted, and how long counting took."""

    def make(reviews: int) -> tuple[Checked, float]:
        path = tmp_path / f"{reviews}.db"
        path.write_bytes(migrated.read_bytes())
        desk = Checked(Database(f"sqlite:///{path}"), reviews)
        began = time.process_time()
        for _claim in recount(desk.database, desk.project.id):
            pass
        took = time.process_time() - began
        with desk.database.write() as session:
            session.connection().exec_driver_sql("ANALYZE")
        return desk, took

    return make


def shortest(do) -> float:
    """The shortest of some times at work, in milliseconds."""
    times = []
    for _ in range(RUNS):
        began = time.process_time()
        do()
        times.append(time.process_time() - began)
    return min(times) * 1_000


def measured(app, desk) -> dict[str, tuple[int, float]]:
    """Questions and time of each page."""
    app.extensions["assay"] = desk.database
    client = app.test_client().sign_in(desk.lead)
    actor = Work(desk.database).actor(desk.lead)
    pages = {
        "agreement": "/projects/load/agreement",
        "claims on which two answers met": "/projects/load/claims?met=true,false",
        "to settle": "/projects/load/settle",
    }
    found = {}
    for name, address in pages.items():
        with counted(desk.database) as sent:
            answer = client.get(address)
        assert answer.status_code == 200, address
        found[name] = (len(sent), shortest(lambda address=address: client.get(address)))
    with desk.database.reading() as session:
        lists = {
            "… 50 lines of it, without the page": lambda: waiting_list(
                session, actor, desk.project.id
            ),
            "… the next one": lambda: next_to_settle(session, actor, desk.project.id),
        }
        for name, ask in lists.items():
            with counted(desk.database) as sent:
                ask()
            found[name] = (len(sent), shortest(ask))
    return found


@pytest.mark.timeout(1_800)
def test_agreement_of_a_million_checks_asks_as_much_as_of_few(app, checked, capsys, monkeypatch):
    # The pages are looked at by other tests: here it is the desk that is measured.
    monkeypatch.setattr("tests.pages.check", lambda html: html)
    (small, _took), (large, took) = checked(FEW), checked(REVIEWS)
    few, many = measured(app, small), measured(app, large)

    with capsys.disabled():
        print(f"\n{REVIEWS:,} checks counted from the beginning: {took:.0f} s")  # noqa: T201
        print(f"| page | questions | {FEW:,} checks | {REVIEWS:,} checks |")  # noqa: T201
        print("|---|---|---|---|")  # noqa: T201
        for name, (asked, time_few) in few.items():
            print(f"| {name} | {asked} | {time_few:.0f} ms | {many[name][1]:.0f} ms |")  # noqa: T201
    assert {name: asked for name, (asked, _time) in few.items()} == {
        name: asked for name, (asked, _time) in many.items()
    }
    assert right(large)


def right(desk) -> bool:
    """Whether what is kept of some claims, drawn by lot, stands in the counts."""
    with desk.database.reading() as session:
        kept = totals(session, desk.project.id)
        keys = session.exec(select(ClaimTally.id)).all()
        some = random.Random(3).sample(list(keys), 20)
        rows = [session.get_one(ClaimTally, key) for key in some]
    counted_keys = {(kind, key) for _name, kind, key in kept}
    return all(
        (kind, tuple(map(str, row[:-1]))) in counted_keys
        for one in rows
        for kind, counts in one.counted.items()
        for row in counts
    )
