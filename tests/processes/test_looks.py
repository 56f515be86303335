"""Looks at pages by a worker that is killed again and again, or held up: each ends once."""

import random
import signal
from collections import Counter

import pytest
from sqlmodel import func, select

from app.domain.evidence_words import CopyState
from app.domain.words import Decides, Role
from app.storage.tables import CopyBytes, Event, Job, Project, SavedCopy
from app.workflow.comments import CommentValues, add_comment
from app.workflow.sources import SourceValues
from tests.hostile_server import HostileServer, answer
from tests.mail_server import Server
from tests.processes.conftest import rewind, wait_for
from tests.scenes import Scene

# How many pages, and how often the worker is killed.
OFTEN = pytest.mark.parametrize(
    ("pages", "kills"), [(5, 1), pytest.param(8, 3, marks=pytest.mark.thorough)]
)
# Each page is read in a process of its own.
PATIENCE = 60
SLOWLY = 0.2
# Longer than a look may take: a page so held is still under way when the worker is killed.
HELD = 90.0
BODY = (
    b"<html><title>Prices</title><article><p>" + b"Bread is dear this year. " * 20 + b"</article>"
)


@pytest.fixture
def servers():
    """Four hosts, each of which takes its time."""
    servers = [HostileServer() for _ in range(4)]
    for server in servers:
        server.otherwise = lambda _path: [SLOWLY, answer(BODY)]
    yield servers
    for server in servers:
        server.close()


@pytest.fixture
def scene(database):
    scene = Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)
    scene.change(Project, scene.project.public_id, saves_copies=True)
    return scene


def link(scene, urls):
    """Somebody's check rests on these pages."""
    ben = scene.person("Ben", Role.REVIEWER)
    scene.claim()
    scene.check(ben, sources=tuple(SourceValues(url=url, title="Prices") for url in urls))


def allowing(*servers):
    return {"ASSAY_FETCH_ALLOW": ",".join(f"{one.host}:{one.port}" for one in servers)}


def hold(server, path):
    """The server keeps whoever asks for this page waiting; how many have asked, when called."""
    server.scripts[path] = [HELD, answer(BODY)]
    return lambda: sum(request.startswith(f"GET {path} ".encode()) for request in server.asked)


def ended(scene):
    with scene.database.reading() as session:
        query = select(func.count()).where(SavedCopy.state != CopyState.ASKED)
        return session.exec(query).one()


@OFTEN
def test_looks_whose_worker_is_killed_at_random_end_once_each(
    scene, servers, begin_jobs, pages, kills
):
    chance = random.Random(7)
    link(scene, [f"{servers[n % 4].url}/{n}" for n in range(pages)])
    asked = hold(servers[(pages - 1) % 4], f"/{pages - 1}")
    for times in range(1, kills + 1):
        enough = min(ended(scene) + chance.randint(1, 3), pages - 1)
        worker = begin_jobs(**allowing(*servers))
        wait_for(
            lambda enough=enough, times=times: ended(scene) >= enough and asked() == times,
            patience=PATIENCE,
        )
        worker.kill()
        worker.wait()
        rewind(scene)
    for server in servers:
        server.scripts.clear()
    last = begin_jobs(**allowing(*servers))
    wait_for(lambda: ended(scene) == pages, patience=PATIENCE)
    last.send_signal(signal.SIGTERM)
    assert last.wait() == 0

    looks, jobs = scene.rows(SavedCopy), [r for r in scene.rows(Job) if r.kind == "copy.fetch"]
    ends = Counter(row.thing for row in scene.rows(Event) if row.action == "copy.end")
    assert [row.state for row in looks] == [CopyState.SAVED] * pages
    assert ends == {row.public_id: 1 for row in looks}
    assert sorted(row.copy_id for row in scene.rows(CopyBytes)) == [row.id for row in looks]
    assert [row.failed_at for row in jobs] == [None] * pages
    # The page that was held was under way at each kill, and begun anew.
    assert max(row.attempts for row in jobs) == kills + 1
    assert asked() == kills + 1


def test_a_page_that_takes_its_time_holds_up_no_mail(scene, servers, begin_jobs):
    post = Server()
    servers[0].otherwise = lambda _path: [HELD, answer(BODY)]
    link(scene, [f"{servers[0].url}/slow"])
    ann = scene.person("Ann", Role.EDITOR)
    values = CommentValues(text="@Ben, look.")
    scene.do(add_comment, ann, scene.claim(), values=values)
    rewind(scene)

    worker = begin_jobs(
        **allowing(*servers),
        ASSAY_URL="https://desk.example",
        ASSAY_SMTP_URL=f"smtp://127.0.0.1:{post.port}",
        ASSAY_MAIL_FROM="desk@paper.example",
    )
    wait_for(lambda: post.messages and servers[0].asked, patience=PATIENCE)

    assert ended(scene) == 0
    worker.send_signal(signal.SIGTERM)
    assert worker.wait() == 0
    post.close()
