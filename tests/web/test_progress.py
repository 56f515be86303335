"""How far a project is, as its page says it."""

from datetime import date, timedelta

import pytest

from app.domain.words import Decides, Role
from app.storage import progress as questions
from app.storage.progress import Day
from app.web.projects.progress import progress_of
from tests.pages import text
from tests.work import Work

TODAY = date(2026, 11, 20)
# In forty days, nearly everything on one of them.
UNEVEN = [*[0] * 20, 30, *[0] * 5, 1, *[0] * 5, 1, *[0] * 7]
SVG = "{http://www.w3.org/2000/svg}"


def days(picked, settled, before=(0, 0)):
    """Days up to today with these numbers."""
    found, sums = [], list(before)
    for place, (new, done) in enumerate(zip(picked, settled, strict=True)):
        sums = [sums[0] + new, sums[1] + done]
        found.append(Day(TODAY - timedelta(days=len(picked) - 1 - place), new, done, *sums))
    return found


@pytest.fixture
def said(app):
    def of(*args, **kwargs):
        with app.test_request_context():
            return progress_of(days(*args, **kwargs))

    return of


@pytest.mark.parametrize(
    ("picked", "settled", "before", "words"),
    [
        ([0], [0], (0, 0), "No claim is on the list yet."),
        ([5], [5], (0, 0), "Every claim on the list is checked."),
        ([5], [0], (0, 0), "No claim was settled today: when"),
        ([5] + [0] * 39, [0] * 40, (0, 0), "No claim was settled in the last 28 days: when"),
        (
            [20],
            [10],
            (0, 0),
            "Too little to tell when all are checked: that takes a list that is 7",
        ),
        ([0] * 40, [4] * 40, (200, 0), "are checked between 28 Nov 2026 and 3 Dec 2026."),
        ([4] * 40, [4] * 40, (200, 0), "As many claims come in as are settled, or more"),
        ([0] * 40, [1] * 40, (99_999, 0), "At this pace it takes more than two years."),
        ([0] * 40, UNEVEN, (100, 0), "on 12 Dec 2026 at the earliest. The days"),
    ],
)
def test_what_is_said_of_the_end(said, picked, settled, before, words):
    assert words in said(picked, settled, before=before).end


def test_what_a_project_begins_with_did_not_come_in(said):
    found = said([200] + [0] * 19, [4] * 20)

    assert found.is_range
    assert "80 claims were settled, that is 28 a week; 0 new ones came in" in found.pace


def test_what_comes_in_is_taken_into_account_and_said(said):
    alone, fed = (
        said([0] * 40, [4] * 40, before=(200, 0)),
        said([1] * 40, [4] * 40, before=(160, 0)),
    )

    assert (alone.all - alone.done, fed.all - fed.done) == (40, 40)
    assert "28 new ones came in, 7 a week" in fed.pace
    assert alone.end != fed.end


def test_weeks_are_counted_back_from_today(said):
    found = said([1] * 10, [0, 1] * 5, before=(7, 0))

    assert [(w.first.on.day, w.last.on.day, w.picked, w.settled) for w in found.weeks] == [
        (14, 20, 7, 4),
        (11, 13, 3, 1),
    ]
    assert (found.all, found.done) == (17, 5)


def test_two_days_make_no_line(said):
    assert said([1, 1], [0, 0]).chart is None
    assert said([1, 1, 1], [0, 0, 1]).chart is not None


def test_the_page_shows_the_lines_with_their_table(login, database, add_desk, monkeypatch):
    project = add_desk("alone", decides=Decides.SINGLE)
    client = login(Role.REVIEWER, project=project)
    work = Work(database)
    for _ in range(2):
        work.claim(project)
    work.check(client.person, project, "true")
    later = questions.now() + timedelta(days=9)
    monkeypatch.setattr(questions, "now", lambda: later)

    page = client.get("/projects/alone/").page

    assert "1 of 2 claims is checked" in page.text or "1 of 2 claims are checked" in page.text
    [chart] = [e for e in page.all(f"{SVG}svg") if e.get("role") == "img"]
    assert len(list(chart.iter(f"{SVG}polyline"))) == 2
    assert text(page.by_id("progress-chart-title")) == (
        "Claims on the list and claims checked, day by day"
    )
    assert "2 claims are on the list, 1 of them are checked" in text(
        page.by_id("progress-chart-about")
    )
    rows = page.rows("Claims week by week")
    assert [row[1:] for row in rows] == [["0", "0", "2", "1"], ["2", "1", "2", "1"]]
