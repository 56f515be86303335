"""A worker that is killed again and again in the midst of a list of addresses loses none of it."""

import random
import time
from functools import partial

import pytest

from app.domain.evidence_words import LineState
from app.domain.words import Decides, Role
from app.storage.tables import Article, IntakeLine, Job, Snapshot
from app.workflow.intakes import ask_intake
from tests.processes.conftest import rewind, wait_for
from tests.scenes import Scene
from tests.web_server import WebServer, page

# How many pages, and how often the worker is killed: a page that four workers died of is given up.
OFTEN = pytest.mark.parametrize(
    ("pages", "kills"), [(4, 1), pytest.param(20, 3, marks=pytest.mark.thorough)]
)
PATIENCE = 60
# A page is fetched, read and written down in about so long.
ONE_PAGE_SECONDS = 0.3


@pytest.fixture
def site():
    server = WebServer()
    yield server
    server.close()


@pytest.fixture
def worker(begin_jobs, site):
    """``worker("--once")`` begins ``assay jobs run``, which may fetch from the site."""
    return partial(begin_jobs, ASSAY_FETCH_ALLOW=f"127.0.0.1:{site.port}")


@pytest.fixture
def scene(database):
    return Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)


@OFTEN
def test_every_page_comes_in_once_whenever_the_worker_is_killed(scene, site, worker, pages, kills):
    chance = random.Random(7)
    urls = [site.put(f"/{n}", page(f"Port {n}")) for n in range(pages)]
    editor = scene.person("Ed", Role.EDITOR)
    scene.do(ask_intake, editor, scene.id, urls="\n".join(urls))
    for _kill in range(kills):
        before = len(site.asked)
        killed = worker()
        wanted = before + chance.randint(1, 2)
        wait_for(lambda wanted=wanted: len(site.asked) >= wanted, patience=PATIENCE)
        time.sleep(chance.uniform(0, ONE_PAGE_SECONDS))
        killed.kill()
        killed.wait()
        rewind(scene)
    assert any(line.state is LineState.ASKED for line in scene.rows(IntakeLine))

    worker("--once").communicate(timeout=PATIENCE)

    lines = scene.rows(IntakeLine)
    assert [line.state for line in lines] == [LineState.DONE] * pages
    ended = [event.details["line"] for event in scene.events("intake.end")]
    assert sorted(ended) == sorted(line.public_id for line in lines)
    assert sorted(row.url for row in scene.rows(Article)) == sorted(urls)
    assert len(scene.rows(Snapshot)) == len({line.article_id for line in lines}) == pages
    assert all(job.done_at for job in scene.rows(Job, Job.kind == "intake.fetch"))
    assert len(site.asked) >= pages
