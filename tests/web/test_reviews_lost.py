"""A check that was lost while its form was open, a session that ended, and what is not mine."""

import pytest
from sqlmodel import select

from app.auth.passwords import hash_password
from app.domain.actors import CONSOLE
from app.domain.ids import now
from app.domain.words import Decides, Role
from app.storage.tables import Claim, Person
from app.workflow import claims as claim_verbs
from app.workflow import reviews as review_verbs
from app.workflow import rulings
from tests.web.checking import CHAIN, article, draft, fields, lone_claim, row, start, versions

PASSWORD = "correct horse battery"


@pytest.fixture
def client(login, project):
    return login(Role.REVIEWER)


@pytest.fixture
def review(client, project, database):
    lone_claim(database, project)
    return start(client, project)


def claim_of(database, review):
    with database.reading() as session:
        return session.get(Claim, row(database, review).claim_id).public_id


def test_a_claim_dropped_under_the_open_form_loses_nothing(client, review, database):
    data = {"verdict": "false", "rationale": "An hour of work."}
    with database.write() as session:
        claim_verbs.drop(session, CONSOLE, claim_of(database, review))

    answer = client.post(f"/reviews/{review}", data=data)

    assert answer.status_code == 409
    assert "An hour of work." in answer.page.text
    assert f"/claims/{claim_of(database, review)}" in answer.page.links.values()
    assert "/projects/desk/review" in answer.page.links.values()
    assert "Done, next" not in answer.page.buttons
    assert draft(database, review)["rationale"] == "An hour of work."
    assert "An hour of work." in client.get(f"/reviews/{review}").page.text


def test_a_claim_settled_under_the_open_form_loses_nothing(login, add_desk, database):
    desk = add_desk("solo", decides=Decides.SINGLE)
    lone_claim(database, desk)
    client = login(Role.REVIEWER, project=desk)
    review = start(client, desk)
    shown = fields(client.get(f"/reviews/{review}").page, review)
    client.post(f"/reviews/{review}", data={**shown, "verdict": "true"})

    answer = client.post(
        f"/reviews/{review}", data={"verdict": "false", "base_version": "1", "rationale": "More."}
    )

    assert answer.status_code == 409
    assert "More." in answer.page.text
    assert len(versions(database, review)) == 1


def test_my_check_of_a_closed_claim_is_shown_without_buttons(login, add_desk, database):
    desk = add_desk("solo", decides=Decides.SINGLE)
    lone_claim(database, desk)
    client = login(Role.REVIEWER, project=desk)
    review = start(client, desk)
    client.post(f"/reviews/{review}", data={"verdict": "true", "rationale": "As I wrote."})

    page = client.get(f"/reviews/{review}").page

    assert "As I wrote." in page.text
    assert "This claim is closed" in page.text
    assert "Done, next" not in page.buttons


def test_a_lapsed_check_that_somebody_took_over_loses_nothing(
    client, review, login, project, database
):
    with database.write() as session:
        session.get(
            type(row(database, review)), row(database, review).id
        ).lease_until = now().replace(year=2020)
    other = login(Role.REVIEWER)
    taken = start(other, project)

    answer = client.post(f"/reviews/{review}", data={"verdict": "true", "rationale": "Late."})

    assert answer.status_code == 409
    assert fields(answer.page, review)["rationale"] == "Late."
    assert draft(database, review)["rationale"] == "Late."
    assert versions(database, review) == []
    assert other.post(f"/reviews/{taken}", data={"verdict": "false"}).status_code == 303


def test_a_lapsed_check_that_nobody_took_is_simply_sent(client, review, database):
    with database.write() as session:
        session.get(
            type(row(database, review)), row(database, review).id
        ).lease_until = now().replace(year=2020)

    assert client.post(f"/reviews/{review}", data={"verdict": "true"}).status_code == 303


def test_a_lead_who_was_shown_the_answers_cannot_check_but_keeps_the_text(
    login, add_desk, database, actor
):
    desk = add_desk("data", decides=Decides.INDEPENDENT, reviews_wanted=2)
    lone_claim(database, desk)
    lead = login(Role.REVIEWER, Role.EDITOR, project=desk)
    review = start(lead, desk)
    with database.write() as session:
        rulings.unblind(session, actor(lead.person), claim_of(database, review))

    answer = lead.post(f"/reviews/{review}", data={"verdict": "true", "rationale": "Mine."})

    assert answer.status_code == 403
    assert fields(answer.page, review)["rationale"] == "Mine."
    assert versions(database, review) == []


def test_a_check_that_was_sent_back_shows_the_question_on_top(
    client, review, login, project, database, actor
):
    client.post(f"/reviews/{review}", data={"verdict": "true", "rationale": "First."})
    lead = login(Role.ADJUDICATOR)
    with database.write() as session:
        review_verbs.send_back(
            session, actor(lead.person), review, question="Which <year> do you mean?"
        )

    assert client.get("/projects/desk/review").location == f"/reviews/{review}"
    page = client.get(f"/reviews/{review}").page
    assert "Which <year> do you mean?" in page.text
    assert fields(page, review)["rationale"] == "First."
    data = {**fields(page, review), "rationale": "2024."}
    assert client.post(f"/reviews/{review}", data=data).status_code == 303
    assert [v.rationale for v in versions(database, review)] == ["First.", "2024."]


def test_a_submitted_check_cannot_be_skipped(client, review, database):
    client.post(f"/reviews/{review}", data={"verdict": "true"})

    answer = client.post(
        f"/reviews/{review}", data={"do": "skip", "skip_reason": "not-a-claim", "rationale": "R"}
    )

    assert answer.status_code == 409
    assert fields(answer.page, review)["rationale"] == "R"
    assert row(database, review).state == "submitted"


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.EDITOR, Role.ADJUDICATOR])
def test_somebody_elses_check_is_not_there(review, login, database, role):
    other = login(*{Role.REVIEWER, role})

    assert other.get(f"/reviews/{review}").status_code == 404
    assert other.post(f"/reviews/{review}", data={"verdict": "true"}).status_code == 404
    assert other.post(f"/reviews/{review}", data={"do": "draft"}).status_code == 404
    assert other.post(f"/reviews/{review}/draft", data={"rationale": "x"}).status_code == 404
    assert draft(database, review) is None


def test_not_even_an_admin_opens_somebody_elses_check(review, login):
    assert login(admin=True).get(f"/reviews/{review}").status_code == 404


@pytest.mark.parametrize("name", ["aaaaaaaaaaaa", "nonsense", "AAAAAAAAAAAA"])
def test_an_unknown_check_is_not_there(client, name):
    assert client.get(f"/reviews/{name}").status_code == 404
    assert client.post(f"/reviews/{name}", data={"verdict": "true"}).status_code == 404
    assert client.post(f"/reviews/{name}/draft", data={}).status_code == 404


def test_a_stranger_and_nobody_see_no_check(review, login, app):
    assert login().get(f"/reviews/{review}").status_code == 404
    nobody = app.test_client()
    assert nobody.get(f"/reviews/{review}").status_code == 303


def test_a_check_of_whoever_was_signed_in_before_is_not_there(review, login):
    """Two share a browser: the page of the first is pressed when the second has signed in."""
    answer = login(Role.REVIEWER).post(
        f"/reviews/{review}", data={"verdict": "true", "rationale": "Theirs."}, token=False
    )

    assert answer.status_code == 404
    assert "Theirs." not in answer.page.text


def test_a_form_without_its_token_is_shown_again_and_not_sent(client, review, database):
    answer = client.post(
        f"/reviews/{review}", data={"verdict": "true", "rationale": "Kept."}, token=False
    )

    assert answer.status_code == 400
    assert fields(answer.page, review)["rationale"] == "Kept."
    assert versions(database, review) == []


def give_password(database, person):
    with database.write() as session:
        row = session.exec(select(Person).where(Person.public_id == person.public_id)).one()
        row.password_hash = hash_password(PASSWORD)


DESCRIBED = {
    "sources-0-author": "Ada Berg",
    "sources-0-source_type": "media",
    "sources-0-interests": "Paid for by the ministry.",
    "sources-0-origin": "AFP",
    "sources-0-set_number": "1",
    "sources-0-accessed_on": "2025",
    "sources-0-figure": "7 percent",
    "sources-0-note": "A word.",
}


def test_an_expired_session_loses_nothing_and_sends_nothing_by_itself(
    app, client, project, database, person
):
    article(database, project, claims=1, hops=CHAIN)
    review = start(client, project)
    give_password(database, client.person)
    data = {
        **fields(client.get(f"/reviews/{review}").page, review),
        "verdict": "false",
        "attribution_verdict": "misquoted",
        "rationale": "Typed <b>for</b> an hour.",
        "sources-0-url": "https://example.org/a",
        "sources-0-stance": "refutes",
        **DESCRIBED,
        "notes": "n",
    }
    with client.session_transaction() as session:
        session.clear()

    refused = client.post(f"/reviews/{review}", data=data)
    assert refused.status_code == 401
    carried = {name: found[0] for name, found in refused.page.form("/sign-in").items()}
    carried |= {"email": client.person.email, "password": PASSWORD}
    shown = client.post("/sign-in", data=carried)

    assert shown.status_code == 200
    assert versions(database, review) == []
    back = fields(shown.page, review)
    same = data.keys() - {"csrf_token", "key"}
    assert {name: back[name] for name in same} == {name: data[name] for name in same}
    assert "Nothing was sent" in shown.page.text
    assert client.post(f"/reviews/{review}", data=back).status_code == 303
    assert versions(database, review)[0].rationale == "Typed <b>for</b> an hour."
