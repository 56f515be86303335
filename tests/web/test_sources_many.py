"""The pages of sources find what they show by an index, however much a project holds."""

import pytest

from app.domain.words import Decides, Role
from app.storage.source_uses import COUNTED_OF_ONE
from app.storage.tables import Source
from tests.scenes import LEADS, SOURCE, Scene
from tests.work import listen, unlisten

# What a use of a source hangs on, table by table.
PARENTS = {
    "claim": (),
    "claim_round": ("claim",),
    "review": ("claim", "claim_round"),
    "review_version": ("review",),
    "evidence": ("review_version",),
}


@pytest.fixture
def scene(database):
    return Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)


@pytest.mark.parametrize("who", ["lead", "reader"])
def test_no_question_of_these_pages_looks_through_all_uses_or_claims(login, app, scene, who):
    claim_id = scene.claim()
    scene.check(scene.person("Kim", Role.REVIEWER), sources=[SOURCE])
    scene.settle(scene.person("Lea", *LEADS), claim_id)
    address = f"/sources/{scene.rows(Source)[0].public_id}"
    client = login(*(LEADS if who == "lead" else (Role.VIEWER,)), project=scene.project)
    database = app.extensions["assay"]
    many(database)
    sent = []
    for path in ("/projects/desk/sources", address):
        sent += asked_with(database, lambda path=path: client.get(path))
    told = f"At least: {COUNTED_OF_ONE} claims, {COUNTED_OF_ONE} verdicts"
    assert told in client.get(address).page.text

    plans = [(statement, plan_of(database, statement, values)) for statement, values in sent]

    looked_through = [
        (line, statement)
        for statement, plan in plans
        for line in plan
        if line.startswith("SCAN") and line.split()[1].rstrip("_0123456789") in PARENTS
    ]
    assert len(plans) > 10
    assert looked_through == []


def many(database, number=1_200):
    """Copies of the one use there is, each with a claim and a check of its own, from SQL alone."""
    with database.write() as session:
        run = session.connection().exec_driver_sql
        for table, parents in PARENTS.items():
            columns = [row[1] for row in run(f"PRAGMA table_info({table})") if row[1] != "id"]
            own = {
                "public_id": "substr('aaaaaaaaaaaa' || n, -12)",
                **{f"{parent}_id": f"{parent}_id + n" for parent in parents},
            }
            picked = ", ".join(own.get(name, f't."{name}"') for name in columns)
            names = ", ".join(f'"{name}"' for name in columns)
            run(
                f"WITH RECURSIVE k(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM k WHERE n < {number})"
                f" INSERT INTO {table} (id, {names})"
                f" SELECT t.id + n, {picked} FROM {table} t, k"
            )


def asked_with(database, act):
    """The questions of a request with their values."""
    sent = []

    def note(_connection, _cursor, statement, values, *_rest):
        if statement.startswith("SELECT"):
            sent.append((statement, values))

    listen(database, "before_cursor_execute", note)
    try:
        act()
    finally:
        unlisten(database, "before_cursor_execute", note)
    return sent


def plan_of(database, statement, values):
    with database.reading() as session:
        rows = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        return [row[3] for row in rows]
