"""A claim of one's own choice, a check that waits, one that is kept, and the list of mine."""

from datetime import timedelta

import pytest
from sqlmodel import select

from app.domain.actors import CONSOLE
from app.domain.ids import now
from app.domain.words import Decides, Role
from app.storage.tables import Project, Review
from app.web import filters
from app.workflow.asking import ask_holder
from app.workflow.reviews import save_draft
from tests.web.checking import draft, fields, lone_claim, row, start
from tests.work import Work, counted

LIST = "/projects/desk/reviews"


@pytest.fixture
def work(database):
    return Work(database)


@pytest.fixture
def checker(login, project):
    return login(Role.REVIEWER, name="Ann")


def set_review(database, review, **values):
    with database.write() as session:
        found = session.exec(select(Review).where(Review.public_id == review)).one()
        for name, value in values.items():
            setattr(found, name, value)


def local(after):
    return (now() + after).strftime("%Y-%m-%dT%H:%M")


# A claim of one's own choice


def test_a_claim_is_taken_from_its_page_the_list_and_its_article(checker, database, project):
    lone_claim(database, project, "First.")
    chosen = lone_claim(database, project, "Second.")
    for path in (f"/claims/{chosen}", "/projects/desk/claims"):
        assert "Check this one: Second." in checker.get(path).page.buttons

    sent = checker.post(f"/claims/{chosen}/take")

    assert sent.status_code == 303
    assert checker.get(sent.location).page.heading == "Second."
    page = checker.get(f"/claims/{chosen}").page
    assert page.links["Go on with it"] == sent.location
    assert "Check this one: Second." not in page.buttons


def test_with_another_in_hand_the_page_leads_to_it_and_offers_to_put_it_off(
    checker, database, project
):
    lone_claim(database, project, "First.")
    chosen = lone_claim(database, project, "Second.")
    first = start(checker, project)

    refused = checker.post(f"/claims/{chosen}/take")

    assert refused.status_code == 409
    assert refused.page.links["Go on with the one I have"] == f"/reviews/{first}"
    assert "Put it off and take the other" in refused.page.buttons
    assert row(database, first).slot == 1

    sent = checker.post(f"/claims/{chosen}/take", data={"do": "put-off"})

    assert sent.status_code == 303
    assert row(database, first).put_off_at is not None
    assert checker.get(sent.location).page.heading == "Second."


def test_what_somebody_else_has_is_not_offered_on_a_desk_and_refused_in_words(
    checker, login, database, project, work
):
    chosen = lone_claim(database, project, "First.")
    other = login(Role.REVIEWER, name="Ben")
    work.take(other.person, project)

    assert "Check this one" not in checker.get(f"/claims/{chosen}").page.text
    refused = checker.post(f"/claims/{chosen}/take")

    assert refused.status_code == 409
    assert "No further check of this claim is wanted just now." in refused.page.text


def test_nothing_is_offered_where_claims_are_handed_out_in_order(login, database, add_desk):
    data = add_desk("data", decides=Decides.INDEPENDENT, reviews_wanted=2)
    chosen = lone_claim(database, data, "First.")
    client = login(Role.REVIEWER, project=data)

    assert "Check this one" not in client.get(f"/claims/{chosen}").page.text
    refused = client.post(f"/claims/{chosen}/take")

    assert refused.status_code == 403
    assert "Here everybody is handed the next claim in order." in refused.page.text


def test_in_a_blind_project_that_lets_choose_no_page_tells_that_others_have_a_claim(
    login, database, add_desk, work
):
    data = add_desk("data", decides=Decides.INDEPENDENT, reviews_wanted=2, settles_itself=False)
    with database.write() as session:
        session.exec(select(Project).where(Project.id == data.id)).one().may_choose = True
    chosen = lone_claim(database, data, "First.")
    client, *others = (login(Role.REVIEWER, project=data) for _ in range(3))
    paths = (f"/claims/{chosen}", "/projects/data/claims")
    before = [client.get(path).page.buttons for path in paths]

    for other in others:
        work.check(other.person, data, "true")

    assert [client.get(path).page.buttons for path in paths] == before
    assert "Check this one: First." in before[0]
    assert client.post(f"/claims/{chosen}/take").status_code == 409


def test_a_list_with_choices_asks_the_same_questions_for_any_number(checker, database, project):
    numbers = []
    for _ in range(2):
        for _ in range(4):
            lone_claim(database, project, f"Claim {now()}.")
        with counted(database) as sent:
            checker.get("/projects/desk/claims")
        numbers.append(len(sent))
    assert numbers[0] == numbers[1]


# Waiting


def test_a_check_waits_and_the_next_claim_is_there_at_once(checker, database, project):
    lone_claim(database, project, "First.")
    lone_claim(database, project, "Second.")
    first = start(checker, project)
    form = fields(checker.get(f"/reviews/{first}").page, first)
    typed = {**form, "rationale": "Half.", "waits_for": "the ministry", "do": "wait"}

    sent = checker.post(f"/reviews/{first}", data={**typed, "waits_until": local(timedelta(2))})

    page = checker.get(sent.location).page
    assert page.heading == "Second."
    assert "Waiting until" in page.notices[0]
    assert draft(database, first)["rationale"] == "Half."
    assert "waits_until" not in draft(database, first)
    waiting = checker.get(f"/reviews/{first}").page
    assert "for the ministry. You can send it earlier." in " ".join(waiting.notices)
    assert waiting.form(f"/reviews/{first}")["waits_for"] == ["the ministry"]


@pytest.mark.parametrize(
    ("until", "said"),
    [
        ("", "Write the day and the time until which it waits."),
        ("tomorrow", "Write a day and a time, such as 2025-09-04 14:00."),
        ("2001-01-01T00:00", "Choose a time that is still to come."),
    ],
)
def test_a_wait_without_a_time_that_can_be_is_refused_with_all_that_was_typed(
    checker, database, project, until, said
):
    lone_claim(database, project)
    review = start(checker, project)

    refused = checker.post(
        f"/reviews/{review}",
        data={"do": "wait", "waits_until": until, "waits_for": "X", "rationale": "Typed."},
    )

    assert refused.status_code == 422
    assert refused.page.errors == [said]
    form = fields(refused.page, review)
    assert (form["waits_for"], form["rationale"].strip()) == ("X", "Typed.")
    assert row(database, review).waits_until is None


def test_a_wait_that_is_over_is_told_and_comes_first(checker, database, project):
    lone_claim(database, project, "First.")
    lone_claim(database, project, "Second.")
    first = start(checker, project)
    data = {"do": "wait", "waits_until": local(timedelta(2)), "waits_for": "the ministry"}
    checker.post(f"/reviews/{first}", data=data)
    set_review(database, first, waits_until=now() - timedelta(minutes=1))

    assert checker.get("/projects/desk/review").location == f"/reviews/{first}"
    page = checker.get(f"/reviews/{first}").page
    assert "It waited for the ministry, and is to be gone on with." in page.notices


# Keeping


def test_the_page_says_until_when_a_claim_is_mine_and_keeps_it_for_longer(
    checker, database, project, monkeypatch
):
    lone_claim(database, project)
    review = start(checker, project)
    until = now() + timedelta(minutes=5)
    set_review(database, review, lease_until=until)
    # A few minutes before midnight it would be until tomorrow.
    monkeypatch.setattr(filters, "now", lambda: until)
    page = checker.get(f"/reviews/{review}").page
    assert "Yours until today" in page.text
    assert "if you have typed nothing" in page.text

    sent = checker.post(f"/reviews/{review}", data={"do": "keep", "rationale": "Typed."})

    assert (sent.status_code, sent.location) == (303, f"/reviews/{review}")
    assert row(database, review).lease_until > now() + timedelta(hours=23)
    assert draft(database, review)["rationale"] == "Typed."
    assert "you are asked before" in checker.get(sent.location).page.text


def test_who_is_late_is_asked_on_the_page_and_another_can_ask(
    checker, login, actor, database, project
):
    lone_claim(database, project)
    review = start(checker, project)
    checker.post(f"/reviews/{review}", data={"do": "draft", "rationale": "Typed."})
    set_review(database, review, lease_until=now() - timedelta(minutes=5))
    other = login(Role.REVIEWER, name="Ben")
    assert "Ask for it" in other.get("/projects/desk/review").page.buttons

    other.post("/projects/desk/review")

    assert "Ask for it" not in other.get("/projects/desk/review").page.buttons
    page = checker.get(f"/reviews/{review}").page
    assert "Are you still checking this?" in page.text
    assert "Yes, keep it for longer" in page.buttons
    checker.post(f"/reviews/{review}", data={"do": "keep"})
    assert "Are you still checking this?" not in checker.get(f"/reviews/{review}").page.text
    assert draft(database, review)["rationale"] == "Typed."


# Questions and the list of mine


def test_a_question_is_shown_and_stays_with_the_version_that_answered_it(
    checker, person, database, project, work
):
    lone_claim(database, project)
    lead = person("Lea", Role.ADJUDICATOR, project=project)
    review = work.check(checker.person, project, "true")
    work.send_back(lead, review)
    page = checker.get(f"/reviews/{review}").page
    assert "Since when?" in page.text
    assert "question so far" not in page.text

    work.answer(checker.person, review, "false")
    work.send_back(lead, review)

    told = checker.get(f"/reviews/{review}").page.text
    assert "One question so far" in told
    assert "To version 1, " in told
    assert ", Lea Since when? Answered with version 2." in told


def test_my_checks_stand_in_groups_and_given_ones_below(
    checker, person, actor, database, project, work
):
    lead = person("Lea", Role.ADJUDICATOR, project=project)
    ann = checker.person
    for name in ("Given", "Returned", "Waiting", "Put off", "Draft"):
        lone_claim(database, project, f"{name}.")
    work.check(ann, project, "true")
    returned = work.check(ann, project, "true")
    waiting = work.take(ann, project)
    data = {"do": "wait", "waits_until": local(timedelta(2)), "waits_for": "the ministry"}
    checker.post(f"/reviews/{waiting}", data=data)
    work.put_off(ann, work.take(ann, project))
    in_hand = work.take(ann, project)
    with database.write() as session:
        save_draft(session, actor(ann), in_hand, body={"rationale": "x"}, draft_version=None)
    work.send_back(lead, returned)

    page = checker.get(LIST).page

    headings = [" ".join("".join(e.itertext()).split()) for e in page.all("h2")]
    assert headings == [
        "Drafts 1",
        "Came back with a question 1",
        "Waiting 1",
        "Put off 1",
        "Given",
    ]
    assert "for the ministry" in page.text
    assert "Since when?" in page.text
    assert [cells[0] for cells in page.rows()] == ["Given."]


def test_my_checks_ask_the_same_questions_for_any_number(checker, database, project, work):
    numbers = []
    for _ in range(2):
        for _ in range(3):
            lone_claim(database, project, f"Claim {now()}.")
            work.check(checker.person, project, "true")
            lone_claim(database, project, f"Claim {now()}.")
            work.put_off(checker.person, work.take(checker.person, project))
        with counted(database) as sent:
            assert checker.get(LIST).status_code == 200
        numbers.append(len(sent))
    assert numbers[0] == numbers[1]


def test_nobody_keeps_or_parks_what_is_not_theirs(checker, login, database, project):
    lone_claim(database, project)
    review = start(checker, project)
    other = login(Role.REVIEWER, name="Ben")
    for do in ("keep", "wait"):
        data = {"do": do, "waits_until": local(timedelta(1))}
        assert other.post(f"/reviews/{review}", data=data).status_code == 404
    assert row(database, review).waits_until is None


def test_asking_does_not_name_who_wants_the_claim(checker, database, project):
    lone_claim(database, project)
    review = start(checker, project)
    with database.write() as session:
        ask_holder(session, CONSOLE, review)
    page = checker.get(f"/reviews/{review}").page
    assert "somebody else would take it" in page.text
