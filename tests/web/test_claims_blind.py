"""What the pages of claims and articles tell whom about the checks of others."""

import re

import pytest

from app.domain.actors import CONSOLE
from app.domain.words import Decides, Role
from app.storage.tables import Bar, Event
from app.workflow import reviews
from app.workflow.claims import PickValues, pick
from app.workflow.versions import ReviewValues
from tests.pages import text as words
from tests.web.picking import claim, kept, rows, take_in
from tests.work import Work

LIST = "/projects/data/claims"
PAGES = ("/projects/data/articles", LIST, f"{LIST}?state=to-do", f"{LIST}?state=waiting")
SECRETS = ("Mostly false", "Kofi", "Because of the table", "1 of 2", "2 of 2", "To settle,")


@pytest.fixture
def work(database):
    return Work(database)


@pytest.fixture
def data(add_desk):
    return add_desk("data", decides=Decides.INDEPENDENT, reviews_wanted=2, settles_itself=False)


@pytest.fixture
def kofi(person, data):
    return person("Kofi", Role.REVIEWER, project=data)


@pytest.fixture
def tower(work, data):
    return work.claim(data, "The tower is high.")


def answered(work, person, project, verdict="mostly-false", why="Because of the table", said=None):
    """The person checks what is next, with a rationale."""
    review_id = work.take(person, project)
    values = ReviewValues(
        verdict=verdict, attribution_verdict=said, rationale=why, form_key=review_id
    )
    with work.database.write() as session:
        reviews.submit(session, work.actor(person), review_id, values=values, lends_next=False)
    return review_id


def read(client, *paths):
    """The pages, without the token and the choice of verdicts, which are nobody's answer."""
    texts = [client.get(path).page.html for path in paths]
    return [re.sub(r'name="csrf_token" value="[^"]*"|<option.*?</option>', "", t) for t in texts]


def told(page):
    """What a page says, without the people who can be asked: they are everybody of the project."""
    return words(page.all("body")[0], leave_out="option")


@pytest.mark.parametrize(
    "roles",
    [
        (Role.REVIEWER,),
        (Role.VIEWER,),
        # A lead who may still check it is blind as well.
        (Role.EDITOR, Role.REVIEWER),
        (Role.ADJUDICATOR, Role.REVIEWER),
    ],
)
def test_no_page_changes_by_a_single_letter_when_somebody_else_answers(
    work, data, kofi, tower, login, roles, database
):
    article = take_in(database, data)
    taxes = claim(database, "Taxes").public_id
    with database.write() as session:
        pick(session, CONSOLE, taxes, values=PickValues())
    client = login(*roles, project=data)
    lists = (*PAGES, f"{LIST}?verdict=mostly-false", f"{LIST}?state=mine-done")
    pages = (*lists, f"/articles/{article}", f"/claims/{tower}", f"/claims/{taxes}")
    before = read(client, *pages)

    answered(work, kofi, data)
    answered(work, kofi, data, said="confirmed")

    assert read(client, *pages) == before


def test_who_checks_does_not_see_that_all_checks_are_in(work, data, kofi, tower, login, person):
    ann = login(Role.REVIEWER, project=data, name="Ann")
    answered(work, ann.person, data, "true", why="I saw it")
    pages = (*PAGES, f"/claims/{tower}")
    before = read(ann, *pages)

    answered(work, kofi, data)

    after = read(ann, *pages)
    assert after == before
    assert not [secret for secret in SECRETS for text in after if secret in text]
    assert "Checked by me" in after[1]
    assert "Mine" in after[-1]


def test_a_reader_sees_no_answers_before_the_claim_is_settled_and_all_of_them_then(
    work, data, kofi, tower, login, person
):
    reader = login(Role.VIEWER, project=data)
    boss = person("Boss", Role.ADJUDICATOR, project=data)
    answered(work, kofi, data)
    answered(work, person("Zoe", Role.REVIEWER, project=data), data, "true")
    before = read(reader, *PAGES, f"/claims/{tower}")
    assert not [secret for secret in SECRETS for text in before if secret in text]

    work.settle(boss, tower, "mostly-false")

    page = reader.get(f"/claims/{tower}").page
    for shown in ("Verdict", "Mostly false", "Kofi", "Zoe", "Because of the table", "Boss settled"):
        assert shown in page.text
    assert "Mostly false" in reader.get(f"{LIST}?verdict=mostly-false").page.text
    assert "Checked" in reader.get(LIST).page.text


def test_a_lead_who_does_not_check_sees_the_checks_without_names(work, data, kofi, tower, login):
    lead = login(Role.ADJUDICATOR, project=data)
    answered(work, kofi, data)

    page = lead.get(f"/claims/{tower}").page

    for shown in ("To check, 1 of 2 checks in", "Check A", "Mostly false", "Because of the table"):
        assert shown in page.text
    assert "Kofi" not in told(page)


def test_a_lead_sees_what_waits_to_be_settled(work, data, kofi, tower, login, person):
    lead = login(Role.ADJUDICATOR, project=data)
    answered(work, kofi, data)
    answered(work, person("Zoe", Role.REVIEWER, project=data), data, "true")

    assert "The tower is high." in lead.get(f"{LIST}?state=waiting").page.text
    assert "The tower is high." not in lead.get(f"{LIST}?state=to-do").page.text
    page = lead.get(f"/claims/{tower}").page
    assert page.links["Settle it"] == f"/claims/{tower}/settle"


def test_a_lead_who_could_check_is_shown_the_checks_by_one_press_that_bars_them(
    work, data, kofi, tower, login, database
):
    lead = login(Role.ADJUDICATOR, Role.REVIEWER, project=data)
    answered(work, kofi, data)
    page = lead.get(f"/claims/{tower}").page
    assert "you cannot check this claim any more" in page.text
    assert not [secret for secret in SECRETS if secret in told(page)]

    answer = lead.post(f"/claims/{tower}/unblind")
    again = lead.post(f"/claims/{tower}/unblind")

    assert (answer.location, again.location) == (f"/claims/{tower}", f"/claims/{tower}")
    page = lead.get(f"/claims/{tower}").page
    assert "Mostly false" in page.text
    assert "looked at the checks" in page.text
    assert [bar.person_id for bar in rows(database, Bar)] == [lead.person.id]
    assert [e.action for e in rows(database, Event)].count("claim.unblind") == 1
    assert work.take(lead.person, data) is None


def test_only_leads_are_shown_the_checks(login, tower, data, database):
    before = kept(database)
    for role in (Role.REVIEWER, Role.VIEWER):
        assert login(role, project=data).post(f"/claims/{tower}/unblind").status_code == 403
    assert login().post(f"/claims/{tower}/unblind").status_code == 404
    assert login(admin=True).post("/claims/aaaaaaaaaaaa/unblind").status_code == 404
    assert kept(database) == before


def test_history_by_others_is_kept_from_those_who_do_not_see_them(work, data, tower, login):
    editor = login(Role.EDITOR, project=data, name="Edna")
    editor.post(f"/claims/{tower}/pick", data={"do": "drop"})
    editor.post(f"/claims/{tower}/pick", data={"do": "check"})

    assert "Edna put it on the list" in editor.get(f"/claims/{tower}").page.text
    page = login(Role.REVIEWER, project=data).get(f"/claims/{tower}").page
    assert "Edna" not in told(page)
