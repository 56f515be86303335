"""The pages of rounds: opening one, answering a control, and settling what was checked again."""

import pytest
from sqlmodel import Session

from app.domain.words import ClaimState, Role
from app.storage.tables import Claim, Person, Round
from app.web.rounds import views
from tests.lending import DeskClient
from tests.pages import text
from tests.rounds import CONTROL, REOPENED, Desk
from tests.scenes import SOURCE

NEW = "/projects/desk/rounds/new"


@pytest.fixture
def desk(database):
    desk = Desk(database, reviews_wanted=2)
    # Who has not checked anything yet.
    desk.scene.reviewers("Fay")
    return desk


@pytest.fixture
def as_(database, app):
    def enter(actor) -> DeskClient:
        with Session(database.engine) as session:
            return DeskClient(app).sign_in(session.get_one(Person, actor.person))

    return enter


def typed(page, **changed):
    form = page.form(NEW)
    return {
        **{name: values[0] for name, values in form.items()},
        "reason": "To be sure.",
        **changed,
    }


def test_a_project_without_claims_has_none_for_a_round(desk, as_):
    page = as_(desk.lead).get(NEW).page
    assert "There is no claim yet that could go into a round." in page.text
    assert "0 claims" not in page.text


def test_a_round_is_counted_before_it_is_opened_and_stands_in_the_list(desk, as_):
    desk.checked(), desk.checked(sources=())
    lead = as_(desk.lead)
    page = lead.get(NEW).page
    assert "1 claim goes into round 2." in page.text
    assert "1 claim has no recorded source to answer from" in page.text
    counted = lead.post(NEW, data=typed(page, kind="reopened", number="1", do="count"))
    assert counted.status_code == 200
    assert "1 claim is not in the sample" in counted.page.text
    assert len(desk.scene.rows(Round)) == 1
    answer = lead.post(NEW, data=typed(counted.page, do="open"))
    assert (answer.status_code, answer.location) == (303, "/projects/desk/rounds")
    page = lead.get(answer.location).page
    assert "The round is open: 1 claim is to check again." in page.notices[0]
    assert [text(cell) for cell in page.all("td")][:2] == ["Opened again", "To be sure."]
    assert "Checks by me" in as_(desk.ann).get(answer.location).page.text


def test_of_many_claims_it_is_counted_once_somebody_asks(desk, as_, monkeypatch):
    monkeypatch.setattr(views, "COUNTED_AT_ONCE", 1)
    desk.checked(), desk.checked(sources=())
    lead = as_(desk.lead)

    page = lead.get(NEW).page
    assert "There are many claims to look at." in page.text
    assert "goes into round" not in page.text
    buttons = [text(button) for button in page.all("button")]
    assert ("Count" in buttons, "Open the round" in buttons) == (True, False)
    assert "“Count” comes first" in page.text

    counted = lead.post(NEW, data=typed(page, do="count"))
    assert "1 claim goes into round 2." in counted.page.text
    answer = lead.post(NEW, data=typed(counted.page, do="open"))
    assert answer.status_code == 303

    one = desk.scene.rows(Claim)[0].public_id
    assert "many claims" not in lead.get(f"{NEW}?claim={one}").page.text


def test_what_was_not_shown_is_not_opened_and_what_was_typed_stays(desk, as_):
    desk.checked(), desk.checked()
    lead = as_(desk.lead)
    page = lead.get(NEW).page
    other = lead.post(NEW, data=typed(page, number="1", do="open"))
    assert (other.status_code, len(desk.scene.rows(Round))) == (409, 1)
    assert "look at the numbers again" in other.page.text
    for wrong in ({"reason": " "}, {"reviews_wanted": "many"}, {"number": "a few"}):
        refused = lead.post(NEW, data=typed(page, do="open", **wrong))
        assert refused.status_code == 422
        [name] = wrong
        assert refused.page.form(NEW)[name][0].strip() == wrong[name].strip()
    assert len(desk.scene.rows(Round)) == 1


def test_one_claim_is_taken_from_its_own_page_and_a_list_from_the_list(desk, as_):
    claim_id, other = desk.checked(), desk.checked()
    lead = as_(desk.lead)
    link = lead.get(f"/claims/{claim_id}").page.links["Ask for a control, or for further checks"]
    page = lead.get(link).page
    answer = lead.post(NEW, data=typed(page, kind="evidence-only", do="open"))
    assert (answer.status_code, answer.location) == (303, f"/claims/{claim_id}")
    assert desk.scene.claim_row(claim_id).state is ClaimState.OPEN
    shown = lead.get(answer.location).page.text
    assert "This claim is checked once more, in round 2." in shown
    assert "asked for a control from the sources alone" in shown
    links = lead.get("/projects/desk/claims?state=settled").page.links
    page = lead.get(links["Open a round over this list…"]).page
    assert "1 claim goes into round 3." in page.text
    assert desk.scene.claim_row(other).state is ClaimState.SETTLED


def test_a_control_is_answered_from_the_sources_that_are_listed(desk, as_):
    desk.open(CONTROL, claim=desk.checked())
    cy = desk.scene.person("Cy", Role.REVIEWER)
    client, mine = as_(cy), desk.scene.take(cy)
    page = client.get(f"/reviews/{mine}").page
    assert "Answer from these sources alone" in page.text
    assert page.links["Figures"] == SOURCE.url
    assert "They say so." in page.text
    for hidden in ("Backs it", "Ann says so.", "Needs a source"):
        assert hidden not in page.text
    form = page.form(f"/reviews/{mine}")
    assert not [name for name in form if name.startswith("sources-")]
    said = {**{name: values[0] for name, values in form.items()}, "verdict": "false"}
    added = client.post(f"/reviews/{mine}", data={**said, "sources-0-url": "https://b.example/"})
    assert added.status_code == 422
    assert "this check takes no further ones" in added.page.text
    assert client.post(f"/reviews/{mine}", data=said).status_code == 303
    assert desk.scene.review_row(mine).submitted_version == 1
    assert desk.scene.events("claim.confirm")


def test_a_page_found_elsewhere_is_not_offered_to_a_control(desk, as_):
    desk.open(CONTROL, claim=desk.checked())
    cy = desk.scene.person("Cy", Role.REVIEWER)
    desk.scene.take(cy)
    assert "Claim number 1." not in as_(cy).get("/sources/new?url=https://b.example/").page.text


def test_a_check_of_an_earlier_round_says_that_it_stays(desk, as_):
    claim_id = desk.checked()
    desk.open(REOPENED, claim=claim_id)
    page = as_(desk.ann).get(f"/reviews/{desk.review_of(desk.ann, claim_id)}").page
    assert "This claim is in another round now" in page.text
    assert "Done, next" not in page.text


def test_the_verdict_as_it_was_is_settled_as_it_is_or_corrected(desk, as_):
    claim_id = desk.checked()
    desk.open(REOPENED, claim=claim_id)
    desk.scene.check(desk.scene.person("Cy", Role.REVIEWER), "true")
    lead, address = as_(desk.lead), f"/claims/{claim_id}/settle"
    page = lead.get(address).page
    assert "The verdict as it was" in page.text
    assert page.text.count("Opened again, round 2") == 1
    form = page.form(address)
    assert form["verdict"] == ["false"]
    assert len([name for name in page.html.split('value="') if name.startswith("return-")]) == 1
    said = {name: values[0] for name, values in form.items()}
    refused = lead.post(address, data={**said, "verdict": "true", "do": "settle"})
    assert refused.status_code == 422
    assert "Say what kind of correction it is." in refused.page.text
    note = {"kind": "update", "public_note": "Newer figures."}
    lead.post(address, data={**said, "verdict": "true", "do": "settle", **note})
    assert [r.public_note for r in desk.scene.rulings_of(claim_id)] == ["", "Newer figures."]
    shown = lead.get(f"/claims/{claim_id}").page.text
    assert "Newer figures." in shown
