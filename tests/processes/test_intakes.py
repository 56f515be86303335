"""A worker that is killed again and again in the midst of a list of addresses loses none of it."""

import random
import subprocess
import time
from datetime import timedelta

import pytest
from sqlmodel import select

from app.domain.evidence_words import LineState
from app.domain.ids import now
from app.domain.words import Decides, Role
from app.storage.tables import Article, IntakeLine, Job, Snapshot
from app.workflow.intakes import ask_intake
from tests.processes.conftest import ASSAY, ROOT, environment
from tests.scenes import Scene
from tests.web_server import WebServer, page

# A page that four workers died of is given up.
PAGES, KILLS = 20, 3
PATIENCE = 60
# A page is fetched, read and written down in about so long.
ONE_PAGE_SECONDS = 0.3


@pytest.fixture
def site():
    server = WebServer()
    yield server
    server.close()


@pytest.fixture
def worker(database_url, tmp_path, site):
    """``worker("--once")`` begins ``assay jobs run``."""
    running = []

    def begin(*words):
        allowed = {"ASSAY_FETCH_ALLOW": f"127.0.0.1:{site.port}"}
        running.append(
            subprocess.Popen(
                [*ASSAY, "jobs", "run", *words],
                cwd=ROOT,
                env=environment(tmp_path, database_url, **allowed),
                stderr=subprocess.PIPE,
                text=True,
            )
        )
        return running[-1]

    yield begin
    for process in running:
        process.kill()
        process.communicate()


@pytest.fixture
def scene(database):
    return Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)


def let_leases_run_out(scene):
    with scene.database.write() as session:
        for row in session.exec(select(Job)):
            row.run_at = now() - timedelta(seconds=1)
            row.lease_until = row.run_at if row.lease_until else None


def wait_for(fact):
    until = time.monotonic() + PATIENCE
    while not fact():
        assert time.monotonic() < until
        time.sleep(0.01)


def test_every_page_comes_in_once_whenever_the_worker_is_killed(scene, site, worker):
    chance = random.Random(7)
    urls = [site.put(f"/{n}", page(f"Port {n}")) for n in range(PAGES)]
    editor = scene.person("Ed", Role.EDITOR)
    scene.do(ask_intake, editor, scene.id, urls="\n".join(urls))
    for _kill in range(KILLS):
        before = len(site.asked)
        killed = worker()
        wanted = before + chance.randint(1, 2)
        wait_for(lambda wanted=wanted: len(site.asked) >= wanted)
        time.sleep(chance.uniform(0, ONE_PAGE_SECONDS))
        killed.kill()
        killed.wait()
        let_leases_run_out(scene)
    assert any(line.state is LineState.ASKED for line in scene.rows(IntakeLine))

    worker("--once").communicate(timeout=PATIENCE)

    lines = scene.rows(IntakeLine)
    assert [line.state for line in lines] == [LineState.DONE] * PAGES
    ended = [event.details["line"] for event in scene.events("intake.end")]
    assert sorted(ended) == sorted(line.public_id for line in lines)
    assert sorted(row.url for row in scene.rows(Article)) == sorted(urls)
    assert len(scene.rows(Snapshot)) == len({line.article_id for line in lines}) == PAGES
    assert all(job.done_at for job in scene.rows(Job, Job.kind == "intake.fetch"))
    assert len(site.asked) >= PAGES
