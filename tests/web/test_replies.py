"""The pages of replies: of a claim, of a project, one of them, and beside the check."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from app.domain.actors import CONSOLE
from app.domain.ids import now
from app.domain.words import Decides, Erasable, Role
from app.storage.tables import Project, Reply, ReplyVersion
from app.workflow.erasures import erase
from app.workflow.replies import ReplyValues, request
from tests.web.checking import lone_claim, start
from tests.work import Work, counted

LIST = "/projects/desk/replies"
DAY = timedelta(days=1)


@pytest.fixture
def work(database):
    return Work(database)


@pytest.fixture
def claim(database, project):
    return lone_claim(database, project)


@pytest.fixture
def checker(login, project):
    return login(Role.REVIEWER, name="Ann")


def ask(database, actor, claim, whom="The ministry", **values):
    with database.write() as session:
        return request(session, actor, claim, values=ReplyValues(whom=whom, **values))


def test_whom_we_ask_is_written_down_and_stands_on_the_claim_and_beside_the_check(
    checker, login, database, project, claim
):
    review = start(checker, project)
    data = {
        "whom": "The ministry",
        "channel": "phone",
        "asked": "Since when?",
        "sent_at": "2025-09-04T14:00",
        "deadline_at": "2025-09-05T12:00",
    }

    sent = checker.post(f"/claims/{claim}/replies", data=data)

    assert (sent.status_code, sent.location) == (303, f"/claims/{claim}/replies")
    for client, path in (
        (checker, sent.location),
        (checker, f"/claims/{claim}"),
        (checker, f"/reviews/{review}"),
        (login(Role.VIEWER), f"/claims/{claim}"),
    ):
        text = client.get(path).page.text
        assert "Overdue The ministry Telephone · sent 4 Sep 2025, 14:00" in text, path
        assert "Since when?" in text
    assert checker.get(sent.location).page.links["Back to my check"] == f"/reviews/{review}"


def test_times_are_those_of_the_project_both_ways(checker, database, project, claim):
    with database.write() as session:
        session.get_one(Project, project.id).timezone = "Europe/Paris"
    data = {"whom": "X", "sent_at": "2025-09-04T14:00"}
    checker.post(f"/claims/{claim}/replies", data=data)

    with database.reading() as session:
        [row] = session.exec(select(Reply)).all()
    assert row.sent_at.hour == 12
    form = checker.get(f"/replies/{row.public_id}").page.form(f"/replies/{row.public_id}")
    assert form["sent_at"] == ["2025-09-04T14:00"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"whom": ""}, "Whom: Say whom we ask, in at most 300 characters."),
        ({"sent_at": "soon"}, "Sent: Write a day and a time, such as 2025-09-04 14:00."),
        (
            {"sent_at": "2999-01-01T00:00"},
            "Sent: This time is still to come: write it down when it is so.",
        ),
        (
            {"sent_at": "2025-09-04T14:00", "deadline_at": "2025-09-04T13:00"},
            "Answer wanted by: This is before it was sent.",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_the_form_as_it_was_typed(
    checker, database, claim, data, said
):
    reply = ask(database, CONSOLE, claim)
    typed = {"whom": "The court", "asked": "As typed.", "version": "1", **data}
    for path in (f"/claims/{claim}/replies", f"/replies/{reply}"):
        refused = checker.post(path, data=typed)

        assert refused.status_code == 422
        assert said in refused.page.errors
        form = refused.page.form(path)
        assert form["asked"][0].strip() == "As typed."
        assert form["sent_at"] == [typed.get("sent_at", "")]
    with database.reading() as session:
        assert [row.version for row in session.exec(select(Reply)).all()] == [1]


def test_more_is_written_down_and_the_words_before_can_be_read(checker, database, claim):
    reply = ask(database, CONSOLE, claim, asked="Since when?")
    path = f"/replies/{reply}"
    form = {name: found[0] for name, found in checker.get(path).page.form(path).items()}

    sent = checker.post(path, data={**form, "asked": "Since 2020?", "answer": "No."})

    assert (sent.status_code, sent.location) == (303, f"/claims/{claim}/replies")
    page = checker.get(path).page
    assert "Answered" in page.text
    before = page.text.rsplit("What it said before", 1)[1]
    assert "Since when?" in before
    assert "Since 2020?" not in before


def test_saved_as_it_was_it_is_no_new_version(checker, database, project, claim):
    with database.write() as session:
        session.get_one(Project, project.id).timezone = "Europe/Paris"
    # 2:30 came twice that night: this is the second time, and some seconds.
    sent = datetime(2024, 10, 27, 1, 30, 21, 5, tzinfo=UTC)
    reply = ask(database, CONSOLE, claim, asked="Since when?\nAnd why?", sent_at=sent, answer="No.")
    path = f"/replies/{reply}"
    form = {name: found[0] for name, found in checker.get(path).page.form(path).items()}
    form["asked"] = "Since when?\r\nAnd why?"

    assert checker.post(path, data=form).status_code == 303

    with database.reading() as session:
        assert session.exec(select(ReplyVersion)).all() == []
        row = session.exec(select(Reply)).one()
        assert (row.version, row.sent_at) == (1, sent)


def test_who_was_slower_sees_both_texts_and_can_save_on_top(checker, database, claim):
    reply = ask(database, CONSOLE, claim)
    path = f"/replies/{reply}"
    quick = {"whom": "The ministry", "asked": "Theirs.", "version": "1"}
    assert checker.post(path, data=quick).status_code == 303

    slow = checker.post(path, data={**quick, "asked": "Mine."})

    assert slow.status_code == 409
    assert ["What we ask differs", "Mine.", "Theirs."] in slow.page.rows()
    form = {name: found[0] for name, found in slow.page.form(path).items()}
    assert (form["asked"].strip(), form["version"]) == ("Mine.", "2")
    assert checker.post(path, data=form).status_code == 303
    with database.reading() as session:
        assert session.exec(select(Reply)).one().asked == "Mine."
        assert [old.asked for old in session.exec(select(ReplyVersion)).all()] == ["", "Theirs."]


def test_the_list_shows_what_is_awaited_by_deadline_and_filters(checker, database, claim):
    sent = now() - 9 * DAY
    ask(database, CONSOLE, claim, "Later", sent_at=sent, deadline_at=now() + DAY)
    ask(database, CONSOLE, claim, "Overdue one", sent_at=sent, deadline_at=now() - DAY)
    ask(database, CONSOLE, claim, "Done", answer="Yes.")

    def names(query):
        page = checker.get(LIST + query).page
        return [name for name in page.links if name in {"Later", "Overdue one", "Done"}]

    assert names("") == ["Overdue one", "Later"]
    assert names("?show=answered") == ["Done"]
    assert names("?show=all") == ["Overdue one", "Later", "Done"]
    assert names("?show=nonsense") == ["Overdue one", "Later"]
    assert "was wanted by" in checker.get(LIST).page.text
    assert "1 day ago" in checker.get(LIST).page.text


def test_the_list_comes_in_pages_and_leaves_as_it_is_filtered(
    checker, database, claim, monkeypatch
):
    monkeypatch.setattr("app.web.paging.PAGE_ROWS", 2)
    sent = now() - 9 * DAY
    for n in range(5):
        ask(database, CONSOLE, claim, f"N{n}", sent_at=sent, deadline_at=now() + n * DAY + DAY)
    ask(database, CONSOLE, claim, "Done", answer="Yes.")

    found, place = [], LIST
    while place:
        page = checker.get(place).page
        found += [name for name in page.links if re.fullmatch(r"N\d", name)]
        place = page.links.get("More of them")
    assert found == [f"N{n}" for n in range(5)]

    link = checker.get(LIST).page.links["Take this list out, as CSV"]
    body = checker.get(link).get_data(as_text=True)
    rows = list(csv.DictReader(io.StringIO(body, newline="")))
    assert [row["whom"] for row in rows] == found
    everything = checker.get("/projects/desk/exports/replies.csv").get_data(as_text=True)
    assert "Done" in everything


@pytest.mark.parametrize("place", ["x", "WzAsIDAsICJ4IiwgMV0", "WzAsIDAsICIyMDI1LTAxLTAxIiwgMV0"])
def test_a_forged_place_in_the_list_is_refused(checker, claim, place):
    assert checker.get(f"{LIST}?after={place}").status_code == 422


def test_lists_ask_the_same_questions_for_any_number(checker, database, project, claim):
    start(checker, project)
    numbers = []
    for round_ in range(2):
        for n in range(4):
            ask(database, CONSOLE, claim, f"{round_} {n}", sent_at=now())
        for path in (LIST, f"/claims/{claim}/replies", f"/claims/{claim}"):
            with counted(database) as sent:
                assert checker.get(path).status_code == 200
            numbers.append(len(sent))
    assert numbers[:3] == numbers[3:]


def test_what_is_due_stands_among_what_waits(checker, login, database, project, claim):
    sent = now() - 9 * DAY
    for name in ("One", "Two"):
        ask(database, CONSOLE, claim, name, sent_at=sent, deadline_at=now() - DAY)

    page = checker.get("/projects/desk/").page

    assert page.links["2 replies are due today or overdue"] == LIST
    assert "due today" not in login(Role.VIEWER).get("/projects/desk/").page.text


def test_readers_are_offered_no_form(login, database, claim):
    reply = ask(database, CONSOLE, claim, asked="Since when?")
    client = login(Role.VIEWER)
    for path in (f"/claims/{claim}/replies", f"/replies/{reply}"):
        page = client.get(path).page
        assert "Since when?" in page.text
        assert page.buttons == ["Sign out"]
        assert client.post(path, data={"whom": "X"}).status_code == 403


def test_the_blind_see_what_was_asked_and_not_by_whom(login, person, actor, database, add_desk):
    data = add_desk("data", decides=Decides.INDEPENDENT, reviews_wanted=2)
    claim = lone_claim(database, data)
    ben = person("Ben Bravo", Role.REVIEWER, project=data)
    reply = ask(database, actor(ben), claim, asked="Since when?")
    checker = login(Role.REVIEWER, project=data)
    review = start(checker, data)

    for path in (
        f"/claims/{claim}",
        f"/claims/{claim}/replies",
        f"/replies/{reply}",
        f"/reviews/{review}",
    ):
        page = checker.get(path).page
        assert "The ministry" in page.text + page.heading, path
        # Colleagues who can be asked are named on every page, whatever they did.
        assert "Bravo" not in re.sub(r"<option.*?</option>", "", page.html), path
    for path in ("/projects/data/replies?show=all", "/projects/data/exports/replies.csv"):
        body = checker.get(path).get_data(as_text=True)
        assert "The ministry" in body
        assert "Bravo" not in body


def test_an_erased_request_says_only_that_it_was(checker, database, claim):
    reply = ask(database, CONSOLE, claim, "Mrs Miller")
    with database.write() as session:
        erase(session, CONSOLE, Erasable.REPLY, reply, reason="Asked for it")

    page = checker.get(f"/replies/{reply}").page

    assert page.heading == "Erased"
    assert "Save" not in page.buttons
    assert "Miller" not in checker.get(f"{LIST}?show=all").page.html
    assert checker.post(f"/replies/{reply}", data={"whom": "X"}).status_code == 409


def test_the_claimant_is_offered_first(checker, work, project):
    claim = work.claim(project, "The tower is high.", who="The mayor")

    page = checker.get(f"/claims/{claim}/replies").page

    assert page.form(f"/claims/{claim}/replies")["whom"] == ["The mayor"]


def test_a_reply_that_does_not_exist_is_missing(checker, project):
    for path in ("/replies/aaaaaaaaaaaa", "/claims/aaaaaaaaaaaa/replies"):
        assert checker.get(path).status_code == 404
        assert checker.post(path, data={"whom": "X"}).status_code == 404
