"""Where nobody is left who could check a claim: the sentence, the list behind it, the button."""

import pytest
from sqlmodel import Session

from app.domain.words import ClaimState
from app.storage.tables import Person
from tests.rounds import REOPENED, Desk

SENTENCE = "claim waits for a check that nobody is left to give"


@pytest.fixture
def desk(database):
    return Desk(database, reviews_wanted=2)


@pytest.fixture
def lead(desk, app, database):
    with Session(database.engine) as session:
        return app.test_client().sign_in(session.get_one(Person, desk.lead.person))


def test_the_project_says_so_and_the_claims_page_has_the_way_out(desk, lead):
    claim_id, other = desk.checked(), desk.scene.claim()
    assert SENTENCE not in lead.get("/projects/desk/").page.text
    assert "no-more-checks" not in lead.get(f"/claims/{other}").page.html
    desk.open(REOPENED, claim=claim_id)
    page = lead.get("/projects/desk/").page
    assert f"1 {SENTENCE}" in page.text
    page = lead.get("/projects/desk/claims?left=nobody").page
    assert "Nobody is left who could check it" in page.text
    assert f"/claims/{claim_id}" in page.links.values()
    assert f"/claims/{other}" not in page.links.values()
    address = f"/claims/{claim_id}/no-more-checks"
    page = lead.get(f"/claims/{claim_id}").page
    assert "End this round for the claim" in page.text
    answer = lead.post(address, data=page.form(address))
    assert (answer.status_code, answer.location) == (303, f"/claims/{claim_id}")
    page = lead.get(answer.location).page
    assert page.notices[0] == "The round is over for this claim: its verdict holds as before."
    assert "ended its round, in which it had no check" in page.text
    assert desk.scene.claim_row(claim_id).state is ClaimState.SETTLED


def test_with_a_check_in_it_is_settled_with_those_that_are_there(desk, lead):
    claim_id = desk.scene.claim()
    desk.scene.check(desk.ann)
    address = f"/claims/{claim_id}/no-more-checks"
    page = lead.get(f"/claims/{claim_id}").page
    assert "Ask for no more checks" in page.text
    lead.post(address, data=page.form(address))
    page = lead.get(f"/claims/{claim_id}").page
    assert page.notices[0] == "It wants no more checks than it has."
    assert page.links["Settle it"] == f"/claims/{claim_id}/settle"
    assert address not in page.html


def test_what_cannot_be_is_said(desk, lead):
    address = f"/claims/{desk.scene.claim()}/no-more-checks"
    answer = lead.post(address, data={})
    assert answer.status_code == 409
    assert "No check of this claim is in" in answer.page.text
