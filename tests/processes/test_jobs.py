"""A worker that is killed at a job loses nothing; one that is told to end ends soon."""

import signal
import time

import pytest

from app.domain.ids import now
from app.domain.words import Decides, Role
from app.storage.tables import Job, Notice
from app.workflow.comments import CommentValues, add_comment
from tests.mail_server import Server
from tests.processes.conftest import PATIENCE, rewind, wait_for
from tests.scenes import Scene


@pytest.fixture
def post():
    server = Server()
    yield server
    server.close()


@pytest.fixture
def worker(begin_jobs, post):
    """``worker("--once")`` begins ``assay jobs run`` with a mail server."""

    def begin(*words):
        return begin_jobs(
            *words,
            ASSAY_URL="https://desk.example",
            ASSAY_SMTP_URL=f"smtp://127.0.0.1:{post.port}",
            ASSAY_MAIL_FROM="desk@paper.example",
        )

    return begin


@pytest.fixture
def scene(database):
    """Somebody who is to be told by mail of a comment."""
    scene = Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)
    scene.person("Ben", Role.REVIEWER)
    ann = scene.person("Ann", Role.EDITOR)
    values = CommentValues(text="@Ben, look.")
    scene.do(add_comment, ann, scene.claim(), values=values)
    rewind(scene)
    return scene


def test_a_job_outlives_the_worker_that_was_killed_at_it(scene, worker, post):
    post.manner = "hangs"
    killed = worker()
    wait_for(lambda: post.messages)
    killed.kill()
    killed.wait()
    [row] = scene.rows(Job)
    assert (row.attempts, row.done_at) == (1, None)
    assert row.lease_until > now()

    post.manner = "accepts"
    rewind(scene)
    said = worker("--once").communicate(timeout=PATIENCE)[1]
    assert "1 taken up." in said
    assert scene.rows(Job)[0].done_at is not None
    assert scene.rows(Notice)[0].mailed_at is not None
    assert len({message["Message-ID"] for message in post.messages}) == 1


def test_told_to_end_it_ends_soon_even_at_work(scene, worker, post):
    post.manner = "hangs"
    at_work = worker()
    wait_for(lambda: post.messages)
    begun = time.monotonic()
    at_work.send_signal(signal.SIGTERM)
    assert at_work.wait(timeout=PATIENCE) == 0
    assert time.monotonic() - begun < 5
    assert scene.rows(Job)[0].done_at is None
