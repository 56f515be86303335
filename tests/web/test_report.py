"""The report of a month, as a page and as a file."""

import csv
import io

import pytest

from app.domain.months import month_of
from app.domain.words import Role
from app.exporters import report_csv
from app.storage import report as questions
from app.storage.tables import Claim
from tests.cases import in_turn
from tests.pages import text
from tests.work import listen, unlisten
from tests.workflow.test_report import BEGINS, SOON, Desk


@pytest.fixture
def desk(database):
    return Desk(database)


@pytest.fixture
def lead(login, desk):
    return login(Role.EDITOR, project=desk.project)


NOVEMBER = "/projects/desk/report?month=2026-11"


def test_a_month_stands_beside_the_one_before(lead, desk):
    desk.settled(BEGINS + 3 * SOON, verdict="true", said_by="Ann <b>Low</b>")
    desk.settled(BEGINS + 3 * SOON, verdict="false")
    desk.settled(BEGINS - 3 * SOON, verdict="false")
    desk.published("2026-11-05", desk.rows(Claim)[0].public_id)

    page = lead.get(NOVEMBER).page

    assert page.heading == "Report of November 2026"
    rows = {row[0]: row[1:] for row in page.rows()}
    assert rows["Came on the list"] == ["2", "1"]
    assert rows["Settled"] == ["2", "1"]
    assert rows["Published for the first time"] == ["1", "0"]
    tables = [text(section) for section in page.all("section")]
    assert any("the verdict 0.5 0.5 – 0.5 2 of 2 0.5" in words for words in tables)
    assert any("True 1 0 False 1 1" in words for words in tables)
    assert any("Ann <b>Low</b> 1 0" in words for words in tables)
    assert any("Nobody: the article's own voice 1 1" in words for words in tables)
    assert page.rows("Claims month by month")[:2] == [
        ["November 2026", "2", "2"],
        ["October 2026", "1", "1"],
    ]


def test_one_can_go_back_and_forth(lead, desk):
    desk.settled(BEGINS - 100 * SOON)

    page = lead.get("/projects/desk/report?month=2026-10").page
    assert page.links["The month before"] == "/projects/desk/report?month=2026-09"
    assert page.links["The month after"] == NOVEMBER
    assert page.links["Take it out, as CSV"] == "/projects/desk/report.csv?month=2026-10"
    choices = [option.get("value") for option in page.all("option")]
    assert choices[-1] == "2026-09"
    assert page.form("/projects/desk/report") == {"month": ["2026-10"]}


def test_without_a_month_it_is_this_one_and_there_is_none_after(lead, desk):
    page = lead.get("/projects/desk/report").page

    assert "The month after" not in page.links
    assert "None in this month." in page.text
    now = month_of(questions.now().astimezone(questions.ZoneInfo("Asia/Kathmandu")).date())
    assert page.form("/projects/desk/report") == {"month": [now.name]}


@in_turn("month", ["2026-13", "x", "0001-01", "2026-11-01"])
@in_turn("address", ["report", "report.csv"])
def test_what_is_no_month_is_refused(lead, desk, month, address):
    response = lead.get(f"/projects/desk/{address}?month={month}")

    assert response.status_code == 422
    assert f"“{month}” is no month." in response.page.text


def test_the_file_holds_the_month_in_the_long_form(lead, desk):
    desk.settled(BEGINS + 3 * SOON, said_by="=1+1")

    response = lead.get("/projects/desk/report.csv?month=2026-11")

    assert response.mimetype == "text/csv"
    assert "desk-report-2026-11.csv" in response.headers["Content-Disposition"]
    body = response.get_data(as_text=True)
    assert report_csv.validate([body]) == []
    rows = list(csv.DictReader(io.StringIO(body, newline=""), strict=True))
    found = {(row["section"], row["key"], row["measure"]): row["value"] for row in rows}
    assert found["claims", "settled", "count"] == "1"
    assert found["settled_claimants", "'=1+1", "count"] == "1"
    assert found["days", "to_settlement", "median"] == "0.5"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("month,section", "section,month", "header.columns"),
        ("2026-11", "2026-1", "cell.shape"),
        (",count,", ",guess,", "cell.shape"),
        (",0\r\n", ",-1\r\n", "cell.shape"),
        ("\r\n", "\n", "record.line-end"),
    ],
)
def test_a_file_that_is_not_so_is_found(lead, desk, old, new, code):
    body = lead.get("/projects/desk/report.csv?month=2026-11").get_data(as_text=True)

    found = report_csv.validate([body.replace(old, new, 1)])

    assert found[0].code == code


@pytest.mark.parametrize("address", ["report", "report.csv"])
def test_only_leads_get_it(login, client, desk, address):
    path = f"/projects/desk/{address}"

    assert login(Role.REVIEWER, project=desk.project).get(path).status_code == 403
    assert login().get(path).status_code == 404
    assert client.get(path).status_code == 303


def test_many_claims_take_as_many_questions_as_few(lead, desk, queries, app):
    numbers = []
    for more in (1, 12):
        for n in range(more):
            desk.settled(BEGINS + 3 * SOON, said_by=f"Speaker {len(numbers)}-{n}")
        # The scales, which are frozen now, are read once for the process.
        lead.get(NOVEMBER)
        with queries(app.extensions["assay"]) as sent:
            assert lead.get(NOVEMBER).status_code == 200
        numbers.append(len(sent))

    assert numbers[0] == numbers[1]
    assert numbers[0] < 40


def test_a_month_is_read_off_indexes(desk):
    """However many claims a project has, only those of the month are looked at."""
    sent = []

    def note(_connection, _cursor, statement, parameters, *_rest):
        sent.append((statement, parameters))

    listen(desk.database, "before_cursor_execute", note)
    desk.of()
    unlisten(desk.database, "before_cursor_execute", note)
    plans = {}
    with desk.database.engine.connect() as connection:
        for statement, parameters in sent:
            if statement.startswith("SELECT"):
                rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
                plans[statement] = [row[3] for row in rows]
    first = [plan[0] for plan in plans.values()]
    # Of the month alone; the project by its key, and what is counted of it.
    known = (
        *("ix_ruling_decided_at", "ix_claim_picked", "ix_publication_day"),
        *("project USING INTEGER PRIMARY KEY", "sqlite_autoindex_kept_count_1"),
    )
    assert [step for step in first if not any(name in step for name in known)] == []
    assert len(first) >= 10
