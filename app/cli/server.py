"""The WSGI server: gunicorn inside this process, so that one command starts and ends it all."""

import gc
import socket
from collections.abc import Callable
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from app import create_app
from app.config import Settings

THREADS = 4
# What is not answered this long after SIGTERM is cut off; all processes are gone within five.
GRACE_SECONDS = 3


def run(desk: Settings, door: socket.socket, *, greet: Callable[[], None]) -> None:
    """Serve on an open socket until told to end; ``greet`` is called once it answers."""
    application = create_app(desk)
    # A connection must not be shared with the workers, which are copies of this process.
    application.extensions["assay"].dispose()

    def ready(_arbiter: object) -> None:
        # What is loaded now stays as it is: the workers share it instead of copying it.
        gc.collect()
        gc.freeze()
        greet()

    Server(
        application, {**options(desk), "bind": f"fd://{door.fileno()}", "when_ready": ready}
    ).run()


def options(desk: Settings) -> dict[str, Any]:
    """How gunicorn is set up."""
    return {
        "worker_class": "gthread",
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
