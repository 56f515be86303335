"""Twenty reviewers of known skill check 5,000 claims at once, through HTTP, and nothing is lost.

``make load ARGS="-s -k simulation"``; another size: ``ASSAY_SIMULATION=8x400`` is reviewers and
claims. The suite has a small one of its own in ``tests/processes``.
"""

import os
import shutil

import pytest

from app.storage.session import Database
from tests import postgres
from tests.load.reviewers import Plan, check_all
from tests.load.simulation import PASSWORD, Desk, examine, heading
from tests.processes.conftest import Server, environment

pytestmark = pytest.mark.load

REVIEWERS, CLAIMS = map(int, os.environ.get("ASSAY_SIMULATION", "20x5000").split("x"))
# A server that is slower than this is broken, or shares its machine with too much.
SLOWEST_PER_SECOND = 2
# Longer than the minute that a claim is lent for here.
AWAY = 75
PLAN = Plan(
    reviewers=REVIEWERS,
    claims=CLAIMS,
    seconds=4 * AWAY + 2 * CLAIMS // SLOWEST_PER_SECOND,
    away=AWAY,
)
CONFIGURATIONS = [
    pytest.param("sqlite", 1, id="SQLite, 1 worker"),
    pytest.param("sqlite", 4, id="SQLite, 4 workers"),
    pytest.param("postgresql", 4, id="PostgreSQL, 4 workers", marks=pytest.mark.postgres),
]


@pytest.fixture
def address(request, migrated, tmp_path):
    """``address("sqlite")``: a database of this test's own, as a server's setting names it."""
    made = []

    def new(kind: str) -> str:
        if kind == "sqlite":
            shutil.copy(migrated, tmp_path / "assay.db")
            return f"sqlite:///{tmp_path / 'assay.db'}"
        made.append(postgres.migrated_database())
        return made[-1]

    yield new
    for url in made:
        postgres.drop(url)


@pytest.mark.timeout(PLAN.seconds + 300)
@pytest.mark.parametrize(("kind", "workers"), CONFIGURATIONS)
def test_the_simulation_loses_nothing(kind, workers, address, tmp_path, request, capsys):
    url = address(kind)
    database = Database(url)
    desk = Desk(database, PLAN)
    server = Server(environment(tmp_path, url, ASSAY_WORKERS=str(workers)))
    try:
        board, seconds = check_all(PLAN, server.base, PASSWORD)
        found = examine(desk, board, seconds, server.base)
    finally:
        said = server.stop()
        database.dispose()
    with capsys.disabled():
        print(f"\n{heading()}\n{found.line(request.node.callspec.id)}")  # noqa: T201 - to be read
    assert "locked" not in said
