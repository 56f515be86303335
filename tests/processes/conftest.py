"""Real servers over a database of this test, and people with passwords."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from app.auth.passwords import hash_password
from app.domain.ids import now
from app.storage.tables import Job, Person
from tests.scenes import Scene

ROOT = Path(__file__).parents[2]
ASSAY = [sys.executable, "-c", "from app.cli import main; main(prog_name='assay')"]
PATIENCE = 60
PASSWORD = "a long password of tests"


class Server:
    """``assay serve``, all its processes in one group of their own.

    ``within`` are words before the command, such as those that say on which machine.
    """

    def __init__(self, environment: dict[str, str], within: Sequence[str] = ()) -> None:
        self._process = subprocess.Popen(
            [*within, *ASSAY, "serve"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        first = self._process.stdout.readline()
        assert first.startswith("Assay is at"), self._process.communicate()[1]
        self.base = first.split()[-1]

    def kill(self) -> None:
        """End every process at once, as a power cut would."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.communicate()

    @property
    def is_running(self) -> bool:
        return self._process.poll() is None

    def stop(self) -> str:
        """End it in an orderly way; what it said on standard error."""
        self._process.terminate()
        return self._process.communicate(timeout=20)[1] or ""


def environment(folder: Path, database_url: str, **variables: str) -> dict[str, str]:
    """The variables of a server's process: those of this one, but none of another desk."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ASSAY_")}
    own = {"ASSAY_INSTANCE": str(folder), "ASSAY_DATABASE_URL": database_url}
    return {**kept, **own, **variables}


@pytest.fixture
def database_url(own_url):
    """A file of this test's own: its servers are killed while they work on it."""
    return own_url


@pytest.fixture
def serve(database_url, tmp_path):
    """``serve(ASSAY_WORKERS="4")`` starts a server over this test's database."""
    running = []

    def begin(**variables):
        running.append(Server(environment(tmp_path, database_url, **variables)))
        return running[-1]

    yield begin
    for server in running:
        if server.is_running:
            server.kill()


@pytest.fixture
def begin_jobs(database_url, tmp_path):
    """``begin_jobs("--once", ASSAY_URL="…")`` begins ``assay jobs run`` over this test's database."""
    running = []

    def begin(*words, **variables):
        running.append(
            subprocess.Popen(
                [*ASSAY, "jobs", "run", *words],
                cwd=ROOT,
                env=environment(tmp_path, database_url, **variables),
                stderr=subprocess.PIPE,
                text=True,
            )
        )
        return running[-1]

    yield begin
    for process in running:
        process.kill()
        process.communicate()


def rewind(scene):
    """The time of every job has come, and every lease has run out."""
    past = now() - timedelta(seconds=1)
    with scene.database.write() as session:
        for row in session.exec(select(Job)):
            row.run_at = past
            row.lease_until = past if row.lease_until else None


def wait_for(fact, *, patience=PATIENCE):
    until = time.monotonic() + patience
    while not fact():
        assert time.monotonic() < until
        time.sleep(0.05)


@pytest.fixture
def desk(database):
    """``desk(reviews_wanted=1)`` is a project whose people can sign in."""

    class Desk(Scene):
        def reviewers(self, *names):
            found = super().reviewers(*names)
            known = hash_password(PASSWORD)
            with self.database.write() as session:
                for row in session.exec(select(Person)):
                    row.password_hash = known
            return found

    return lambda **values: Desk(database, **values)
