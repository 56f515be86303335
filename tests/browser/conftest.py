"""A real browser over a real socket; whatever it complains about fails the test."""

import os
import re
import shutil
import threading

import pytest
from playwright.sync_api import expect, sync_playwright
from sqlmodel import Session
from werkzeug.serving import WSGIRequestHandler, make_server

from app.auth.passwords import hash_password
from app.storage.tables import Person

# Without menus and a window around each page it is the same browser at a third of the work.
PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
)
PATIENCE_MS = 15_000
PASSWORD = "a long password of tests"
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def chromium():
    """The browser of this machine, started once."""
    program = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        assert not os.environ.get("CI"), (
            "chromium is not installed: apt install chromium-headless-shell"
        )
        pytest.skip("chromium is not installed: the browser tests are left out")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=list(QUIET))
        yield started
        started.close()


class Silent(WSGIRequestHandler):
    def log(self, *_args, **_more):
        """Requests are not what these tests are about."""


@pytest.fixture
def base(app):
    """The address of the desk, served in a thread of this process."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


class Window:
    """A browser of one person; ``complaints`` is what its console said."""

    def __init__(self, context, forgive: str) -> None:
        self.context, self.forgive = context, forgive
        self.complaints: list[str] = []
        context.set_default_timeout(PATIENCE_MS)

    def tab(self, path: str = ""):
        """A new tab, at an address."""
        page = self.context.new_page()
        page.on("console", lambda message: self._hear(message.type, message.text))
        page.on("pageerror", lambda error: self._hear("error", str(error)))
        if path:
            page.goto(path)
        return page

    def _hear(self, kind: str, words: str) -> None:
        if kind in {"error", "warning"} and not (self.forgive and re.search(self.forgive, words)):
            self.complaints.append(f"{kind}: {words}")


@pytest.fixture
def window(chromium, base, app, database):
    """``window(actor)`` is a browser of somebody who is signed in; of nobody without an actor.

    ``forgive`` is a pattern of complaints that belong to what is tested.
    """
    opened = []

    def open_one(actor=None, *, forgive: str = "", **options):
        context = chromium.new_context(base_url=base, **options)
        if actor is not None:
            context.add_cookies([{"name": "assay_session", "value": cookie(actor), "url": base}])
        opened.append(Window(context, forgive))
        return opened[-1]

    def cookie(actor) -> str:
        client = app.test_client()
        with Session(database.engine) as session:
            client.sign_in(session.get_one(Person, actor.person))
        return client.get_cookie("assay_session").value

    yield open_one
    for one in opened:
        one.context.close()
    assert [words for one in opened for words in one.complaints] == []


@pytest.fixture(scope="session")
def password_hash() -> str:
    return hash_password(PASSWORD)


@pytest.fixture
def let_in(database, password_hash):
    """Everybody of a scene can sign in with PASSWORD."""

    def allow(*actors):
        with database.write() as session:
            for actor in actors:
                session.get_one(Person, actor.person).password_hash = password_hash

    return allow
