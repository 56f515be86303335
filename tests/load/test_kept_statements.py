"""What a statement costs beyond the database's own time: ``make load ARGS="-s -k kept_statements"``.

The same statements, each kept, asked of SQLAlchemy and of the driver itself (``app/storage/driver.py``), on
SQLite.
"""

import time
from functools import cache
from statistics import median

import pytest
from sqlalchemy import bindparam, select

from app.domain.actors import CONSOLE
from app.storage.driver import rows_of
from app.storage.instances import Instances
from app.storage.plain_rows import table_of
from app.storage.tables import Claim, ClaimRound, Project
from app.workflow.claims import NewClaim, add_claim
from tests.scenes import Scene

pytestmark = pytest.mark.load

TURNS, TIMES = 12, 200
CLAIMS, ENTRIES = table_of(Claim), table_of(ClaimRound)
KEY = bindparam("key")
WHOLE = Instances(Claim, Project)


@cache
def number():
    return select(CLAIMS.c.version).where(CLAIMS.c.id == KEY)


@cache
def columns():
    joined = CLAIMS.join(table_of(Project), CLAIMS.c.project_id == table_of(Project).c.id)
    return select(*WHOLE.columns).select_from(joined).where(CLAIMS.c.id == KEY)


@cache
def rows():
    return (
        select(Claim, Project).join(Project, Claim.project_id == Project.id).where(Claim.id == KEY)
    )


def usual(session, values):
    return session.connection().execute(number(), values).all()


def by_driver(session, values):
    return rows_of(session, number(), values)


def usual_rows(session, values):
    session.expunge_all()
    return session.execute(rows(), values).all()


def rows_by_driver(session, values):
    session.expunge_all()
    return WHOLE.known(session, rows_of(session, columns(), values)[0])


WAYS = {
    "one number, SQLAlchemy": usual,
    "one number, the driver": by_driver,
    "two rows of models, SQLAlchemy": usual_rows,
    "two rows of models, the driver": rows_by_driver,
}


def test_what_a_kept_statement_costs(database, capsys):
    scene = Scene(database)
    scene.do(add_claim, CONSOLE, scene.id, values=NewClaim(text="The town has 30 bridges."))
    values = {"key": scene.rows(Claim)[0].key}
    taken = {name: [] for name in WAYS}
    with database.reading() as session:
        for _ in range(TURNS):
            for name, way in WAYS.items():
                began = time.process_time()
                for _ in range(TIMES):
                    way(session, values)
                taken[name].append((time.process_time() - began) / TIMES)
    lines = [f"| {name} | {median(found) * 1e6:.0f} µs |" for name, found in taken.items()]
    with capsys.disabled():
        print("\n| asked by its key | processor time |\n|---|---|")  # noqa: T201 - to be read
        print("\n".join(lines))  # noqa: T201 - to be read
    one, one_by_driver, two, two_by_driver = (min(found) for found in taken.values())
    assert one_by_driver < one
    assert two_by_driver < two
