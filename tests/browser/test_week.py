"""One claim's week, as the desk lives it: from the pick on Monday to a correction a week later."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.domain import ids
from app.domain.words import Decides, Role
from app.exporters.claimreview_rules import problems
from app.storage.tables import Project
from app.workflow.articles import NewArticle, add_article
from app.workflow.reading import read
from tests.scenes import Scene

pytestmark = pytest.mark.browser

SEED = Path(__file__).parents[2] / "seed_data" / "articles" / "01-paris-guarantees.json"
FIGURE = "1.1 billion"
SOURCE = "https://example.org/energy-imports"
ARCHIVED = "https://archive.example/2026/energy-imports"
PIECE = "https://desk.example/checks/fuel-bill"
SHORT = "Fuel sales to the EU were far above 1.1 billion euros in one year"
HISTORY = [
    "Lea put it on the list to check",
    "Ann began to check it",
    "Ann asked for a reply",
    "Ann asked somebody about it",
    "Ann waits for an answer from outside",
    "Lea wrote a comment",
    "Lea wrote down more about a reply",
    "Ann checked it",
    "Lea sent the check back with a question",
    "Ann checked it",
    "Lea settled it",
    "Lea noted where it was published",
    "Lea corrected the verdict",
]


class Calendar:
    """The desk's clock, which goes on from a Monday morning as the test says."""

    def __init__(self, monkeypatch) -> None:
        today = datetime.now(UTC).replace(hour=9, minute=0, second=0, microsecond=0)
        self.monday = today + timedelta(days=7 - today.weekday())
        self.moved = self.monday - datetime.now(UTC)
        calendar = self

        class Shifted(datetime):
            @classmethod
            def now(cls, tz=None):
                return datetime.now(tz) + calendar.moved

        monkeypatch.setattr(ids, "datetime", Shifted)

    def at(self, days: int, hour: int) -> datetime:
        return self.monday.replace(hour=hour) + timedelta(days=days)

    def go_to(self, days: int, hour: int) -> None:
        self.moved = self.at(days, hour) - datetime.now(UTC)

    def field(self, days: int, hour: int) -> str:
        """As a field for day and time takes it; the project's clock is UTC."""
        return self.at(days, hour).strftime("%Y-%m-%dT%H:%M")


@pytest.fixture
def calendar(monkeypatch):
    return Calendar(monkeypatch)


@pytest.fixture
def desk(database, calendar):
    """A desk that readers know, with an article whose claims are suggested."""
    scene = Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)
    scene.lead = scene.person("Lea", Role.EDITOR, Role.ADJUDICATOR)
    scene.checker = scene.person("Ann", Role.REVIEWER)
    scene.change(
        Project,
        scene.project.public_id,
        publisher_name="The Desk",
        publisher_url="https://desk.example/",
    )
    seed = json.loads(SEED.read_text())
    article = NewArticle(
        text="\n\n".join(seed["paragraphs"]),
        title=seed["title"],
        url="https://paper.example/guarantees",
        publisher="Northern Wire",
        published="2025-09-04",
        language="en",
    )
    found = read(article)
    scene.do(add_article, scene.lead, scene.id, values=article, suggestions=found.suggestions)
    return scene


def press(page, selector: str) -> None:
    """Press what leads to another page, and wait for that page."""
    with page.expect_navigation():
        page.click(selector)


def pick(page) -> str:
    page.goto("/projects/desk/pick")
    row = page.locator(".pick-row", has_text=FIGURE).first
    row.locator("summary").click()
    row.locator("[name=reason]").fill("The article itself gives another figure.")
    with page.expect_navigation():
        row.locator("button:has-text('Check')").click()
    page.goto("/projects/desk/claims?state=to-do")
    press(page, f"a.claim-words:has-text('{FIGURE}')")
    return re.search(r"/claims/(\w+)", page.url)[1]


def ask(page, claim_id: str, calendar) -> None:
    """Whoever checks asks the ministry and a colleague, and goes on to other work."""
    page.goto("/projects/desk/review")
    press(page, "main form button")
    review = page.url
    page.goto(f"/claims/{claim_id}/replies")
    page.fill("[name=whom]", "Energy ministry, press desk")
    page.select_option("[name=channel]", "email")
    page.fill("[name=asked]", "Which twelve months does the figure cover?")
    page.fill("[name=sent_at]", calendar.field(0, 10))
    page.fill("[name=deadline_at]", calendar.field(2, 14))
    press(page, "main button:has-text('Write it down')")
    page.goto(review)
    page.click("summary:has-text('Ask a colleague')")
    page.select_option("#ask_whom", label="Lea")
    page.fill("#ask_text", "Do we have the tables of last year?")
    press(page, "button[value=ask]")
    page.click("summary:text-is('Wait')")
    page.fill("[name=waits_until]", calendar.field(2, 14))
    page.fill("[name=waits_for]", "the ministry")
    press(page, "button[value=wait]")
    assert "Nothing left to check" in page.locator("h1").inner_text()
    page.goto("/projects/desk/reviews")
    assert "the ministry" in page.locator("main").inner_text()


def answer(page, claim_id: str) -> None:
    """What was asked of the colleague and of the ministry is answered."""
    page.goto("/notices")
    assert "Ann asks you" in page.locator("main").inner_text()
    page.goto(f"/claims/{claim_id}")
    page.click("#talk summary:has-text('Answer')")
    page.locator("#talk .thread textarea").first.fill("Yes, in the second drawer.")
    press(page, "button:has-text('Send the answer')")
    page.goto("/projects/desk/")
    assert re.search(r"1 reply is due today", page.locator("main").inner_text())
    page.goto(f"/claims/{claim_id}/replies")
    press(page, ".replies a:has-text('Energy ministry')")
    page.click("summary:has-text('What came back')")
    page.fill("[name=answer]", "It covers the calendar year 2023, gas left out.")
    page.check("[name=is_quotable][value=yes]")
    press(page, "main form button[type=submit] >> nth=0")


def check(page) -> None:
    page.goto("/projects/desk/review")
    assert FIGURE in page.locator("h1").inner_text()
    page.check("[name=attribution_verdict][value=reported-only]")
    page.check("[name=verdict][value=mostly-false]")
    page.fill("[name=sources-0-url]", SOURCE)
    page.fill("[name=sources-0-title]", "Energy imports by year")
    page.click("#sources-0 summary:has-text('archive')")
    page.fill("[name=sources-0-archive_url]", ARCHIVED)
    page.fill("[name=rationale]", "The tables give another figure.")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/review")


def send_back(page, claim_id: str) -> None:
    page.goto(f"/claims/{claim_id}/settle")
    page.fill("[name=question]", "Is gas counted in the tables?")
    press(page, "button[value=return-1]")


def check_again(page) -> None:
    page.goto("/projects/desk/review")
    assert "Is gas counted" in page.locator("main").inner_text()
    page.fill("[name=rationale]", "The tables give another figure, with gas and without.")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/review")


def settle(page, claim_id: str) -> None:
    page.goto(f"/claims/{claim_id}/settle")
    page.fill("[name=short_text]", SHORT)
    page.fill("[name=conclusion]", "The tables show many times that sum.")
    press(page, "button[value=settle]")
    assert "Settled: Mostly false" in page.locator(".notice").first.inner_text()


def copy(page, claim_id: str) -> None:
    page.goto(f"/claims/{claim_id}/copy")
    texts = [area.input_value() for area in page.locator("textarea").all()]
    for text in texts[:2]:
        for part in ("Mostly false", "Donald Trump", SOURCE, ARCHIVED, "calendar year 2023"):
            assert part in text


def publish(page, claim_id: str, calendar) -> None:
    page.goto(f"/claims/{claim_id}/publish")
    page.fill("[name=url]", PIECE)
    page.fill("[name=title]", "The fuel bill")
    page.fill("[name=published_on]", calendar.at(4, 9).date().isoformat())
    press(page, "main button:has-text('Note it')")
    assert PIECE in page.content()


def correct(page, claim_id: str) -> None:
    page.goto(f"/claims/{claim_id}/correction")
    page.check("[name=verdict][value=false]")
    page.check("[name=kind][value=substantial]")
    page.fill("[name=public_note]", "We had written “mostly false”. Nothing in it is right.")
    press(page, "main button:has-text('Correct the verdict')")


def history(page, claim_id: str) -> list[str]:
    page.goto(f"/claims/{claim_id}")
    return [line.inner_text() for line in page.locator(".history li > span").all()]


# One walk along what other tests ask page by page.
@pytest.mark.thorough
def test_the_week_of_one_claim(desk, window, calendar):
    lea, ann = (window(who, reduced_motion="reduce").tab() for who in (desk.lead, desk.checker))

    claim_id = pick(lea)
    calendar.go_to(0, 10)
    ask(ann, claim_id, calendar)
    calendar.go_to(2, 9)
    answer(lea, claim_id)
    calendar.go_to(2, 15)
    check(ann)
    calendar.go_to(3, 9)
    send_back(lea, claim_id)
    check_again(ann)
    settle(lea, claim_id)
    calendar.go_to(4, 9)
    copy(lea, claim_id)
    publish(lea, claim_id, calendar)
    calendar.go_to(7, 9)
    correct(lea, claim_id)

    assert history(lea, claim_id) == HISTORY
    read_by_machines(lea, claim_id)


def read_by_machines(page, claim_id: str) -> None:
    """What search engines are given is valid, and tells of the correction."""
    found = json.loads(page.request.get(f"/claims/{claim_id}/claimreview.json").text())

    assert problems(found) == []
    assert found["url"] == PIECE
    assert found["claimReviewed"] == SHORT
    assert found["reviewRating"]["alternateName"] == "False"
    assert "mostly false" in json.dumps(found["correction"], ensure_ascii=False)
