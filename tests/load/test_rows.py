"""How fast rows come in and go out. Left out of the suite: ``make bench``."""

import time

import pytest

from app.domain.actors import CONSOLE
from app.domain.words import Decides
from app.exporters.registry import exporter_named
from app.importers import claims_csv
from app.storage.exports import verdict_rows
from app.workflow.imports import import_claims
from app.workflow.projects import NewProject, add_project

pytestmark = pytest.mark.load

ROWS = 10_000
# A laptop of ten years ago does this; what falls below was broken, not merely slow.
SLOWEST_IN, SLOWEST_OUT = 500, 1_000


@pytest.fixture
def project(database):
    values = NewProject(slug="load", title="Load", decides=Decides.INDEPENDENT, reviews_wanted=2)
    with database.write() as session:
        return add_project(session, CONSOLE, values=values)


def test_ten_thousand_claims_come_in_and_go_out(database, project, capsys):
    lines = (f"Town {number} has {number} trees.,town-{number}\n" for number in range(ROWS))
    data = ("claim,external_id\n" + "".join(lines)).encode()

    began = time.perf_counter()
    summary = import_claims(database, CONSOLE, project.id, rows=claims_csv.rows(data))
    between = time.perf_counter()
    with database.reading() as session:
        rows = verdict_rows(session, CONSOLE, project.id)
        written = sum(map(len, exporter_named("verdicts.csv").write(rows)))
    ended = time.perf_counter()

    rate_in, rate_out = ROWS / (between - began), ROWS / (ended - between)
    with capsys.disabled():
        print(  # noqa: T201 - a benchmark is for reading
            f"\n  in: {rate_in:,.0f} rows/s, out: {rate_out:,.0f} rows/s, {written:,} characters"
        )
    assert summary.added == ROWS
    assert rate_in > SLOWEST_IN
    assert rate_out > SLOWEST_OUT
