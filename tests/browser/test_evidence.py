"""A source a year later: saved, its quote found, its page changed, looked at again, its verdict marked."""

import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from app.config import FetchRules
from app.domain.evidence_words import CopyState, FlagReason
from app.domain.words import Decides, Role
from app.jobs.desk import Desk
from app.jobs.worker import Worker
from app.storage.tables import Flag, Project, SavedCopy
from tests.browser.test_axe import RUN
from tests.browser.test_job import Keys
from tests.scenes import LEADS, Scene

pytestmark = pytest.mark.browser

CLAIM = "Russia received 1.1 billion euros in fuel sales from the EU in one year."
QUOTE = "Imports of fuel from Russia came to 1.02 billion euros in 2024"
BEFORE = "The office published its yearly table of trade with third countries on Tuesday."
AFTER = "It counts oil, gas and coal, and what came through pipelines as well as by ship."
CHANGED = "Figures of 2024 were withdrawn for a revision, and will be published again in May"
NOTE = "The office says the figure stands; the revision is of another table."


class Site:
    """A server elsewhere with one page, whose words can be changed."""

    def __init__(self) -> None:
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                body = site.html.encode()
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_args):
                """Requests are not what this is about."""

        self.say(QUOTE)
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}/trade"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def say(self, sentence: str) -> None:
        """From now on the page says this between two other sentences."""
        self.html = (
            '<!doctype html><html lang="en"><head><title>Trade in fuel</title></head><body><article>'
            f"<h1>Trade in fuel</h1><p>{BEFORE}</p><p>{sentence}.</p><p>{AFTER}</p>"
            "</article></body></html>"
        )

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def site():
    site = Site()
    yield site
    site.close()


@pytest.fixture
def scene(database, let_in):
    scene = Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)
    scene.change(Project, scene.project.public_id, saves_copies=True)
    let_in(scene.person("Ann", Role.REVIEWER), scene.person("Lea", *LEADS))
    scene.claim(CLAIM)
    return scene


@pytest.fixture
def work(settings, database, site):
    """Do all that is due, as the worker does; the house's own server may be reached."""
    rules = FetchRules(allow=(("127.0.0.1", site.port),))
    worker = Worker(Desk(replace(settings, fetch=rules), database))
    return worker.do_due


def link(keys: Keys, site: Site) -> None:
    """Ann checks the claim with the page as her source."""
    keys.sign_in("ann@example.org")
    keys.go("Check")
    with keys.page.expect_navigation():
        keys.press("Enter")
    keys.press("4", "e")
    keys.write(site.url)
    keys.reach("[name=sources-0-quote]")
    keys.write(QUOTE)
    keys.page.locator("#chip.saved").wait_for()
    with keys.page.expect_navigation():
        keys.press("Control+Enter")


def open_claim(keys: Keys) -> None:
    keys.go("Claims")
    keys.open(f"a:has-text('{CLAIM}')")


def nobody_is_kept_out(page) -> bool:
    """Whether axe finds nothing on a page with all that its evidence can say."""
    page.evaluate(AXE_SCRIPT)
    return page.evaluate(RUN, {}) == []


def read_the_copy(keys: Keys) -> None:
    """The page of the claim says that its quote is in the saved copy, which marks it."""
    open_claim(keys)
    assert "The quote stands word for word in the saved copy" in keys.page.inner_text("main")
    assert "80 million euros or 7.8% more than the source" in keys.page.inner_text("main")
    assert nobody_is_kept_out(keys.page)
    keys.open("a:has-text('saved copy of')")
    assert keys.page.locator("mark").all_inner_texts() == [QUOTE]
    assert BEFORE in keys.page.inner_text(".copied")


def sign_off(keys: Keys) -> None:
    keys.go("To settle")
    keys.open("a:text-is('Sign off the first')")
    with keys.page.expect_navigation():
        keys.press("Control+Enter")
    assert "Settled: Mostly false" in keys.page.locator(".notice").first.inner_text()


def look_again(keys: Keys) -> None:
    """From the claim to its source, and the button that stands there."""
    open_claim(keys)
    keys.open("a:has-text('what rests on it')")
    keys.open("button:has-text('Look at the page again')")
    assert "looked at in a moment" in keys.page.locator(".notice").first.inner_text()


def clear(keys: Keys) -> None:
    """The mark on the claim and in the list, and what came of it."""
    open_claim(keys)
    marks = keys.page.locator("section.flags").inner_text()
    assert "The quoted words are not on the page any more" in marks
    keys.open("nav.where a:has-text('Desk')")
    keys.open("a:has-text('Look at them again')")
    assert CLAIM in keys.page.inner_text("main")
    keys.open("a:has-text('Say what came of it')")
    assert nobody_is_kept_out(keys.page)
    keys.reach("[name=note]")
    keys.write(NOTE)
    keys.open("button:has-text('Take the mark away')")
    assert keys.page.locator("section.flags").count() == 0
    assert NOTE in keys.page.locator("details.flags-cleared").text_content()


# Both are asked of the job itself, without a browser, in tests/jobs/test_copying.py.
@pytest.mark.thorough
def test_a_page_that_changes_marks_the_verdict_that_rests_on_it(scene, window, site, work):
    ann, lea = Keys(window().tab()), Keys(window().tab())
    link(ann, site)
    assert work() > 0
    read_the_copy(ann)
    lea.sign_in("lea@example.org")
    sign_off(lea)

    site.say(CHANGED)
    look_again(lea)
    assert work() > 0

    clear(lea)
    assert [copy.state for copy in scene.rows(SavedCopy)] == [CopyState.SAVED] * 2
    assert [flag.reason for flag in scene.rows(Flag)] == [FlagReason.QUOTE_GONE]


@pytest.mark.thorough
def test_a_page_that_says_the_same_marks_nothing(scene, window, site, work):
    ann, lea = Keys(window().tab()), Keys(window().tab())
    link(ann, site)
    assert work() > 0
    lea.sign_in("lea@example.org")
    sign_off(lea)

    look_again(lea)
    assert work() > 0

    open_claim(lea)
    assert lea.page.locator("section.flags").count() == 0
    assert [copy.state for copy in scene.rows(SavedCopy)] == [CopyState.SAVED, CopyState.SAME]
    assert scene.rows(Flag) == []
