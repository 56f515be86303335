"""The form that plans one claim, on its page and where it is refused."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select

from app.domain.ids import now
from app.domain.words import Role
from app.storage.tables import Claim, ClaimTag, Event, Project
from tests.web.checking import lone_claim


@pytest.fixture
def claim(database, project):
    with database.write() as session:
        session.get_one(Project, project.id).timezone = "Europe/Paris"
    return lone_claim(database, project)


def stored(database) -> Claim:
    with database.reading() as session:
        return session.exec(select(Claim)).one()


def tags(database):
    with database.reading() as session:
        return [row.tag for row in session.exec(select(ClaimTag).order_by(ClaimTag.id))]


def planned(client, claim):
    page = client.get(f"/claims/{claim}").page
    return {name: found[0] for name, found in page.form(f"/claims/{claim}/plan").items()}


def test_a_claim_is_planned_by_the_clock_of_the_project(login, database, claim):
    editor = login(Role.EDITOR)
    form = planned(editor, claim)
    assert (form["due_at"], form["priority"], form["selection_reason"]) == ("", "0", "")

    sent = editor.post(
        f"/claims/{claim}/plan",
        data={
            **form,
            "due_at": "2025-09-04T14:00",
            "priority": "2",
            "tags": "energy\r\n\r\n the  EU \r\nenergy",
            "selection_reason": "Widely shared",
        },
    )

    assert (sent.status_code, sent.location) == (303, f"/claims/{claim}")
    row = stored(database)
    assert row.due_at == datetime(2025, 9, 4, 12, tzinfo=UTC)
    assert (row.priority, row.selection_reason) == (2, "Widely shared")
    assert tags(database) == ["energy", "the EU"]
    again = planned(editor, claim)
    assert (again["due_at"], again["priority"]) == ("2025-09-04T14:00", "2")
    assert again["tags"].split("\n")[-2:] == ["energy", "the EU"]


def test_what_was_not_touched_stays_to_the_second_and_leaves_no_line(login, database, claim):
    moment = now()
    with database.write() as session:
        row = session.exec(select(Claim)).one()
        row.due_at, row.priority, row.selection_reason = moment, -7, "Why"
    editor = login(Role.EDITOR)

    assert editor.post(f"/claims/{claim}/plan", data=planned(editor, claim)).status_code == 303

    row = stored(database)
    assert (row.due_at, row.priority, row.selection_reason) == (moment, -7, "Why")
    with database.reading() as session:
        assert session.exec(select(Event).where(Event.action == "claim.plan")).all() == []


def test_what_is_emptied_is_taken_away(login, database, claim):
    editor = login(Role.EDITOR)
    full = {"due_at": "2025-09-04T14:00", "priority": "1", "tags": "a", "selection_reason": "b"}
    editor.post(f"/claims/{claim}/plan", data=full)

    empty = {"due_at": "", "priority": "0", "tags": "", "selection_reason": ""}
    editor.post(f"/claims/{claim}/plan", data=empty)

    row = stored(database)
    assert (row.due_at, row.priority, row.selection_reason) == (None, 0, None)
    assert tags(database) == []


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"due_at": "soon"}, "Due: Write a day and a time, such as 2025-09-04 14:00."),
        ({"due_at": "0001-01-01T00:00"}, "Due: Write a day in the years from 1900 to 2999."),
        (
            {"tags": "x" * 101},
            "Tags, one in each line: A tag can have at most 100 characters.",
        ),
        (
            {"selection_reason": "x" * 501},
            "Why we pick it: Why it was picked may have at most 500 characters.",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_the_form_as_it_was_typed(
    login, database, claim, data, said
):
    editor = login(Role.EDITOR)
    typed = {"priority": "1", "selection_reason": "As typed", **data}

    refused = editor.post(f"/claims/{claim}/plan", data=typed)

    assert refused.status_code == 422
    assert refused.page.errors == [said]
    form = refused.page.form(f"/claims/{claim}/plan")
    assert form["selection_reason"] == [typed["selection_reason"]]
    assert form["priority"] == ["1"]
    assert stored(database).selection_reason is None


def test_a_priority_that_is_none_is_refused(login, database, claim):
    refused = login(Role.EDITOR).post(f"/claims/{claim}/plan", data={"priority": "77"})

    assert refused.status_code == 422
    assert stored(database).priority == 0


def test_others_are_offered_no_plan(login, database, claim):
    for role in (Role.REVIEWER, Role.ADJUDICATOR, Role.VIEWER):
        client = login(role)
        assert "Plan it" not in client.get(f"/claims/{claim}").page.text
        assert client.post(f"/claims/{claim}/plan", data={"priority": "1"}).status_code == 403
    assert login(admin=True).get("/claims/aaaaaaaaaaaa/plan").status_code == 404
    assert stored(database).priority == 0
