"""The WSGI server: gunicorn inside this process, so that one command starts and ends it all."""

import gc
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from sqlalchemy.orm import configure_mappers

from app import create_app, create_worker
from app.cli.garbage import OBJECTS_BETWEEN
from app.cli.threads import THREADS, Threads
from app.config import Settings
from app.storage import people

if TYPE_CHECKING:
    from app.jobs.worker import Worker

# What is not answered this long after SIGTERM is cut off; all processes are gone within five.
GRACE_SECONDS = 3
# The process that does jobs is given a little more, and begun again when it has gone.
JOBS_GRACE_SECONDS = 1
BEGIN_AGAIN_SECONDS = 2
# How long a thread keeps another one of its process from going on. Python's own 5 ms are longer than
# a write takes: with four threads the one whose turn it is stood still while others made pages.
SWITCH_SECONDS = 0.001


def run(desk: Settings, door: socket.socket, *, greet: Callable[[], None]) -> None:
    """Serve on an open socket until told to end; ``greet`` is called once it answers."""
    sys.setswitchinterval(SWITCH_SECONDS)
    application = create_app(desk)
    warm_up(application)
    # A connection must not be shared with the workers, which are copies of this process.
    application.extensions["assay"].dispose()
    worker = create_worker(desk)
    worker.ask_ahead()

    def ready(_arbiter: object) -> None:
        # What is loaded now stays as it is: the workers share it instead of copying it. It is not
        # looked through for garbage first, of which there are a few hundred objects among 270,000:
        # that took a tenth of the start.
        gc.freeze()
        gc.set_threshold(OBJECTS_BETWEEN)
        gc.enable()
        greet()

    chosen = {**options(desk), "bind": f"fd://{door.fileno()}", "when_ready": ready}
    Keeper(Server(application, chosen), worker).run()


def warm_up(application: Flask) -> None:
    """Do once what every child would else do by itself, and hold in memory of its own."""
    configure_mappers()
    with application.extensions["assay"].reading() as session:
        people.anyone_has_password(session)
    with application.test_client() as client:
        client.get("/sign-in", base_url=application.config["SETTINGS"].url or None)


def options(desk: Settings) -> dict[str, Any]:
    """How gunicorn is set up."""
    return {
        "worker_class": Threads,
        "workers": desk.workers,
        "threads": THREADS,
        "preload_app": True,
        "graceful_timeout": GRACE_SECONDS,
        "timeout": 120,
        "loglevel": "warning",
        # A bookmark brings a quote in its address, and signing in carries that address once more.
        "limit_request_line": 8190,
        # It would listen on a socket of its own in the home folder.
        "control_socket_disable": True,
        # What a proxy says is read in one place, and only as far as ASSAY_PROXIES goes.
        "forwarded_allow_ips": "",
        "secure_scheme_headers": {},
    }


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn with its settings from here: it reads no file and no command line."""

    def __init__(self, application: Flask, chosen: dict[str, Any]) -> None:
        self.application = application
        self.chosen = chosen
        super().__init__()

    def load_config(self) -> None:
        """Take the chosen settings."""
        for name, value in self.chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """The application that the workers serve."""
        return self.application


class Keeper(Arbiter):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn's first process, which keeps one more child: the one that does jobs."""

    def __init__(self, server: Server, worker: "Worker") -> None:
        self.worker = worker
        self.jobs_pid = 0
        self.jobs_begun = 0.0
        super().__init__(server)

    def manage_workers(self) -> None:
        """Begin what is missing; gunicorn asks for this every second."""
        super().manage_workers()
        again = self.jobs_begun + BEGIN_AGAIN_SECONDS
        if not self._does_jobs() and (not self.jobs_begun or time.monotonic() >= again):
            self.jobs_begun = time.monotonic()
            self.jobs_pid = self._begin_jobs()

    def stop(self, graceful: bool = True) -> None:  # noqa: FBT001, FBT002 - as gunicorn's own
        """End everybody: the child that does jobs is told first, and waited for last."""
        self._end_jobs(signal.SIGTERM)
        super().stop(graceful)
        until = time.monotonic() + JOBS_GRACE_SECONDS
        while self._does_jobs() and time.monotonic() < until:
            self.reap_workers()
            time.sleep(0.05)
        self._end_jobs(signal.SIGKILL)

    def _does_jobs(self) -> bool:
        """Whether the child is there; gunicorn takes note of every child that ends."""
        if self.jobs_pid:
            try:
                os.kill(self.jobs_pid, 0)
            except ProcessLookupError:
                self.jobs_pid = 0
        return self.jobs_pid != 0

    def _end_jobs(self, number: int) -> None:
        if self._does_jobs():
            os.kill(self.jobs_pid, number)

    def _begin_jobs(self) -> int:
        parent = os.getpid()
        pid = os.fork()
        if pid:
            return pid
        try:
            for number in (*self.SIGNALS, signal.SIGCHLD):
                signal.signal(number, signal.SIG_DFL)
            for listener in self.LISTENERS:
                listener.close()
            self.worker.run(parent=parent)
        finally:
            os._exit(0)
