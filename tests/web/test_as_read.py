"""What was read of a claim stands on its page, in Pick and beside its check."""

import pytest

from app.domain.claim_parts import AdditionRecord, QuantityRecord
from app.domain.words import Change, Comparator, Role
from app.storage.tables import Claim
from app.web.as_read import Run, figures, period_dates, period_gap, worded
from app.workflow.articles import AdditionValues, NewArticle, Suggestion, add_article
from app.workflow.claims import PickValues, pick
from app.workflow.quantities import FigureValues
from tests.cases import in_turn
from tests.pages import text
from tests.web.picking import CONSOLE, rows
from tests.work import Work

ARTICLE = "Ines Vold runs the canal. She said that it will carry at least 30 barges in May."
QUOTE = "it will carry at least 30 barges in May"
TEXT = "The canal will carry at least 30 barges in May."
BARGES = FigureValues(
    value=30,
    unit="barge",
    raw="30 barges",
    comparator=Comparator.AT_LEAST,
    change=Change.RISE,
    is_base=True,
    period="in May",
    period_from="2025-05",
    period_to="2025-06",
    is_period_stated=True,
)


@pytest.fixture
def claim_id(database, project):
    """A suggestion with all that can be read of one; its public id."""
    start = ARTICLE.index(QUOTE)
    found = Suggestion(
        text=TEXT,
        quote=QUOTE,
        start=start,
        end=start + len(QUOTE),
        checkworthiness=0.9,
        kinds=("quantity", "forecast", "money"),
        grounds=(("quantity", "30 barges"), ("forecast", "will carry")),
        marks=("forecast",),
        additions=(AdditionValues(0, len("The canal"), "it"),),
        quantities=(BARGES,),
        extractor="rules-9",
    )
    with database.write() as session:
        add_article(
            session,
            CONSOLE,
            project.id,
            values=NewArticle(text=ARTICLE, title="Canal", language="en"),
            suggestions=[found],
        )
    return rows(database, Claim)[0].public_id


def added(page):
    """The words that are told to be added, by an element of its own, and what is heard of them."""
    [element] = page.all("ins")
    return " ".join("".join(element.itertext()).split())


def test_the_page_of_a_claim_shows_what_was_read(login, claim_id):
    page = login(Role.VIEWER).get(f"/claims/{claim_id}").page

    assert added(page) == "The canal"
    assert "on its own. (The canal instead of “it”)" in page.text
    assert "at least 30 barges" in page.text
    assert "(May 2025 to June 2025)" in page.text
    assert "what it is compared with" in page.text
    assert "A figure: 30 barges" in page.text
    assert "What is to come: will carry" in page.text
    assert "money" in page.text
    assert "Marked as Forecast" in page.text
    assert page.title.startswith(TEXT)


def test_pick_tells_what_was_added_and_what_is_no_plain_statement(login, claim_id):
    page = login(Role.EDITOR).get("/projects/desk/pick").page

    assert added(page) == "The canal (instead of “it”)"
    assert "Dotted: added" in page.text
    assert [text(e) for e in page.all("span") if e.get("class") == "badge"] == ["Forecast"]


def test_a_check_tells_what_was_added_and_how_a_figure_is_meant(login, claim_id, database, project):
    client = login(Role.REVIEWER)
    with database.write() as session:
        pick(session, CONSOLE, claim_id, values=PickValues())
    page = client.get(f"/reviews/{Work(database).take(client.person, project)}").page

    assert added(page) == "The canal"
    assert "on its own. (The canal instead of “it”)" in page.text
    assert "rose by at least 30 barges (what it is compared with), in May" in page.text
    assert "which year is not stated" not in page.text
    assert page.title.startswith(TEXT)


def test_in_german_too(login, claim_id):
    client = login(Role.VIEWER)
    page = client.get(f"/claims/{claim_id}", headers={"Accept-Language": "de"}).page

    assert "statt „it“" in page.text
    assert "mindestens 30 barges" in page.text
    assert "(Mai 2025 bis Juni 2025)" in page.text


class Claimed:
    """As much of a claim as its wording needs."""

    def __init__(self, text, quote, *additions):
        self.text, self.quote = text, quote
        self.additions = tuple(AdditionRecord(*one) for one in additions)


@pytest.mark.parametrize(
    ("claim", "runs"),
    [
        (Claimed("It froze.", "it froze"), [Run("It froze.")]),
        (
            Claimed("Vold left in 2024.", "she left", (0, 4, "she"), (9, 17, "")),
            [Run("Vold", True, "she"), Run(" left"), Run(" in 2024", True), Run(".")],
        ),
    ],
)
def test_a_wording_is_told_in_runs(claim, runs):
    assert worded(claim) == runs
    assert "".join(run.text for run in runs) == claim.text


def test_what_a_person_worded_is_compared_with_the_article_if_asked():
    claim = Claimed("The lock broke.", "it broke")

    assert [run.text for run in worded(claim, compare=True) if run.is_added] == ["The lock"]
    assert worded(claim) == [Run("The lock broke.")]


def figure(raw="3 barges", period=None, **values):
    return QuantityRecord(3, "barge", raw, period, **values)


def test_a_range_is_shown_once():
    shown = figures([figure("$20-30bn"), figure("$20-30bn"), figure("3 barges")])

    assert [one.raw for one in shown] == ["$20-30bn", "3 barges"]


@in_turn(
    ("one", "gap", "dates"),
    [
        (figure(), "time", None),
        (figure(period="in one year"), "year", None),
        (figure(period="in May"), "year", None),
        (
            figure(period="in May", period_from="2025-05", period_to="2025-05"),
            "year",
            ("2025-05", "2025-05"),
        ),
        (
            figure(period="last year", period_from="2024", period_to="2024", is_period_stated=True),
            "",
            ("2024", "2024"),
        ),
        (
            figure(period="in 2019", period_from="2019", period_to="2019", is_period_stated=True),
            "",
            None,
        ),
        (
            figure(
                period="since 2019", period_from="2019", period_to="2025", is_period_stated=True
            ),
            "",
            ("2019", "2025"),
        ),
    ],
)
def test_a_figure_says_when_it_holds_as_far_as_that_is_known(one, gap, dates):
    assert (period_gap(one), period_dates(one)) == (gap, dates)
