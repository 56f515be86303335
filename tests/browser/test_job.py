"""The whole job, from a pasted article to a row of verdicts.csv."""

import csv
import io
import json
from pathlib import Path

import pytest

from app.domain.words import Decides, Role
from tests.browser.conftest import PASSWORD
from tests.scenes import Scene

pytestmark = pytest.mark.browser

SEED = Path(__file__).parents[2] / "seed_data" / "articles" / "01-paris-guarantees.json"
FIGURE = "1.1 billion"
SOURCE = "https://example.org/energy-imports"
MANY = 300


@pytest.fixture
def desk(database, let_in):
    scene = Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)
    ann = scene.person("Ann", Role.EDITOR, Role.REVIEWER)
    lea = scene.person("Lea", Role.ADJUDICATOR)
    let_in(ann, lea)
    return scene


@pytest.fixture
def seed_article() -> str:
    return "\n\n".join(json.loads(SEED.read_text())["paragraphs"])


@pytest.fixture
def real_article(field_data) -> str:
    return (field_data / "articles" / "european-leaders.txt").read_text()


def downloaded(page, press) -> dict[str, str]:
    """The row of the claim in the file that a press downloads."""
    with page.expect_download() as waiting:
        press()
    text = Path(waiting.value.path()).read_bytes().decode()
    [row] = [r for r in csv.DictReader(io.StringIO(text, newline="")) if r["status"] == "settled"]
    return row


def check_row(row: dict[str, str]) -> None:
    assert FIGURE in row["claim"]
    assert (row["content_verdict"], row["attribution_verdict"]) == ("Mostly false", "Reported only")
    assert row["decided_by"] == "signoff"
    assert (row["source_count"], row["source_urls"]) == ("1", SOURCE)
    assert row["rationale"] == "The tables give another figure."


class Keys:
    """Somebody without a mouse: only keys, and no knowledge of addresses but the first."""

    def __init__(self, page) -> None:
        self.page = page

    def press(self, *names: str) -> None:
        for name in names:
            self.page.keyboard.press(name)

    def write(self, text: str) -> None:
        """Paste, as a keyboard would."""
        self.page.keyboard.insert_text(text)

    def reach(self, selector: str) -> None:
        """Tab on until it has the focus."""
        wanted = self.page.wait_for_selector(selector, state="attached")
        for _ in range(MANY):
            if wanted.evaluate("e => e === document.activeElement"):
                return
            self.press("Tab")
        raise AssertionError(f"{selector} cannot be reached with Tab on {self.page.url}")

    def open(self, selector: str) -> None:
        """Reach a link or button, press Enter, and wait for where it leads."""
        self.reach(selector)
        with self.page.expect_navigation():
            self.press("Enter")

    def go(self, name: str) -> None:
        self.open(f"nav.pages a:text-is('{name}')")

    def sign_in(self, email: str) -> None:
        self.page.goto("/sign-in")
        self.reach("#email")
        self.write(email)
        self.press("Tab")
        self.write(PASSWORD)
        with self.page.expect_navigation():
            self.press("Enter")
        self.open("main a:has-text('Desk')")


def check_by_keyboard(page, text: str) -> None:
    """An article goes in, a claim of it is picked and checked."""
    keys = Keys(page)
    keys.sign_in("ann@example.org")
    keys.go("Articles")
    keys.open("a:text-is('Add an article')")
    keys.reach("textarea[name=text]")
    keys.write(text)
    keys.open("button:has-text('Read it')")

    keys.go("Pick")
    for _ in range(MANY):
        keys.press("j")
        if FIGURE in page.locator("*:focus .pick-claim").inner_text():
            break
    with page.expect_navigation():
        keys.press("c")

    keys.go("Check")
    with page.expect_navigation():
        keys.press("Enter")
    assert FIGURE in page.locator("h1").inner_text()
    keys.press("w", "4", "e")
    keys.write(SOURCE)
    keys.reach("[name=rationale]")
    keys.write("The tables give another figure.")
    page.locator("#chip.saved").wait_for()
    with page.expect_navigation():
        keys.press("Control+Enter")
    assert "Nothing left to check" in page.locator("h1").inner_text()


def settle_by_keyboard(page) -> None:
    """What was checked is signed off and taken home."""
    keys = Keys(page)
    keys.sign_in("lea@example.org")
    keys.go("To settle")
    keys.open("a:text-is('Sign off the first')")
    assert page.locator("[name=verdict]:checked").get_attribute("value") == "mostly-false"
    with page.expect_navigation():
        keys.press("Control+Enter")
    assert "Settled: Mostly false. Checked by Ann" in page.locator(".notice").first.inner_text()
    keys.go("Files")
    keys.reach("a:text-is('verdicts.csv')")
    check_row(downloaded(page, lambda: keys.press("Enter")))


def job_by_keyboard(window, text: str) -> None:
    check_by_keyboard(window().tab(), text)
    settle_by_keyboard(window().tab())


def test_the_whole_job_by_keyboard_alone(desk, window, seed_article):
    job_by_keyboard(window, seed_article)


@pytest.mark.field
def test_the_whole_job_by_keyboard_alone_on_the_real_article(desk, window, real_article):
    job_by_keyboard(window, real_article)


def sign_in(page, email: str) -> None:
    page.goto("/sign-in")
    page.fill("#email", email)
    page.fill("#password", PASSWORD)
    page.click("main button:has-text('Sign in')")
    page.click("main a:has-text('Desk')")


def test_the_whole_job_without_javascript(desk, window, seed_article):
    # One refusal on the way, which the browser reports too.
    page = window(forgive="status of 422", java_script_enabled=False).tab()
    sign_in(page, "ann@example.org")
    page.click("nav.pages a:text-is('Articles')")
    page.click("a:text-is('Add an article')")
    page.fill("textarea[name=text]", seed_article)
    page.click("button:has-text('Read it')")
    page.click("nav.pages a:text-is('Pick')")
    row = page.locator(".pick-row", has_text=FIGURE).first
    row.locator("button:has-text('Check')").click()

    page.click("nav.pages a:text-is('Check')")
    page.click("main button:has-text('Start')")
    assert FIGURE in page.locator("h1").inner_text()
    page.check("[name=attribution_verdict][value=reported-only]")
    page.fill("[name=sources-0-url]", SOURCE)
    page.fill("[name=rationale]", "The tables give another figure.")
    page.click("button:has-text('Done, next')")
    # Refused for what is missing, and everything as it was typed.
    assert page.locator(".error-summary").is_visible()
    assert page.input_value("[name=sources-0-url]") == SOURCE
    page.check("[name=verdict][value=mostly-false]")
    page.click("button:has-text('Done, next')")
    assert "Nothing left to check" in page.locator("h1").inner_text()

    page = window(java_script_enabled=False).tab()
    sign_in(page, "lea@example.org")
    page.click("nav.pages a:text-is('To settle')")
    page.click("a:text-is('Sign off the first')")
    page.click("button:has-text('Settle')")
    assert "Settled: Mostly false" in page.locator(".notice").first.inner_text()
    page.click("nav.pages a:text-is('Files')")
    check_row(downloaded(page, lambda: page.click("a:text-is('verdicts.csv')")))
