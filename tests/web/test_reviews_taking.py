"""Taking a claim, and what stands where none is left."""

import pytest

from app.domain.actors import CONSOLE
from app.domain.ids import now
from app.domain.words import Decides, Role, SkipReason
from app.storage import queue, reviews
from app.storage.tables import Review
from app.workflow import claims as claim_verbs
from app.workflow import lending
from app.workflow.reviews import put_off, skip
from tests.web.checking import article, fields, lone_claim, row, start


def test_a_get_lends_nothing_and_says_how_many_are_to_go(login, project, database):
    article(database, project, claims=3)
    client = login(Role.REVIEWER)

    page = client.get("/projects/desk/review").page

    assert page.heading == "Check"
    assert "3 claims wait for you." in page.text
    assert "Start" in page.buttons
    assert client.get("/projects/desk/review").status_code == 200


def test_start_lends_the_first_claim_and_leads_to_it(login, project, database):
    article(database, project, claims=2)
    client = login(Role.REVIEWER)

    review = start(client, project)

    page = client.get(f"/reviews/{review}").page
    assert page.heading == "Fact 1 is that the town counted 1 new bridges in one year."
    assert "0 done, 2 to go" in page.text


def test_the_check_in_hand_is_shown_and_no_second_one_is_lent(login, project, database):
    article(database, project, claims=2)
    client = login(Role.REVIEWER)
    review = start(client, project)

    again = client.get("/projects/desk/review")

    assert (again.status_code, again.location) == (303, f"/reviews/{review}")
    assert start(client, project) == review


def test_where_nothing_is_left_start_leads_back_and_the_page_says_what_comes_next(login, project):
    client = login(Role.REVIEWER)

    sent = client.post("/projects/desk/review")

    assert (sent.status_code, sent.location) == (303, "/projects/desk/review")
    page = client.get(sent.location).page
    assert page.heading == "Nothing left to check"
    assert "signs them off" in page.text


@pytest.mark.parametrize("decides", list(Decides))
def test_each_way_of_deciding_says_what_happens_next(login, add_desk, decides):
    desk = add_desk("other", decides=decides)
    client = login(Role.REVIEWER, project=desk)

    page = client.get("/projects/other/review").page

    assert page.heading == "Nothing left to check"


def test_agreement_is_told_of_settled_claims_only(login, add_desk, database):
    desk = add_desk("data", decides=Decides.INDEPENDENT, reviews_wanted=2)
    lone_claim(database, desk)
    ann, ben = (login(Role.REVIEWER, project=desk) for _ in range(2))
    first = start(ann, desk)
    ann.post(f"/reviews/{first}", data={"verdict": "true"})
    assert "settled" not in ann.get("/projects/data/review").page.text
    second = start(ben, desk)

    ben.post(f"/reviews/{second}", data={"verdict": "true"})

    text = ann.get("/projects/data/review").page.text
    assert "One claim that you checked is settled." in text
    assert "In 1 of them the desk decided as you had answered." in text


@pytest.mark.parametrize("role", [Role.EDITOR, Role.ADJUDICATOR, Role.VIEWER])
def test_who_is_no_reviewer_takes_nothing(login, project, role):
    client = login(role)

    assert client.get("/projects/desk/review").status_code == 403
    assert client.post("/projects/desk/review").status_code == 403


def test_a_stranger_finds_no_such_project(login, project):
    client = login()

    assert client.get("/projects/desk/review").status_code == 404
    assert client.post("/projects/desk/review").status_code == 404
    assert client.get("/projects/desk/reviews").status_code == 404


@pytest.fixture
def counted(database, project, actor):
    """How many are to go for somebody, and how many are really lent one after the other."""

    def count(who):
        me = actor(who.person)
        with database.reading() as session:
            to_go = queue.to_go(session, me, project.id)
        lent = set()
        with database.writing() as session:
            while (name := lending.take(session, me, project.id)) and name not in lent:
                lent.add(name)
                held = session.get(Review, reviews.review(session, me, name).id)
                held.lease_until = None
                held.state, held.submitted_at = "submitted", now()
            session.rollback()
        return to_go, len(lent)

    return count


def test_what_is_to_go_is_what_would_be_lent(login, project, database, actor, counted):
    article(database, project, claims=5)
    ann, ben = login(Role.REVIEWER), login(Role.REVIEWER)
    assert counted(ann) == (5, 5)

    skipped = start(ann, project)
    with database.write() as session:
        skip(session, actor(ann.person), skipped, reason=SkipReason.OUTSIDE_FIELD)
    later = reviews_held(database, actor, ann, project)
    with database.write() as session:
        put_off(session, actor(ann.person), later)
    start(ben, project)

    # Ben holds the one that was skipped, the one put off comes again.
    assert counted(ann) == (4, 4)


def reviews_held(database, actor, client, project):
    with database.reading() as session:
        return reviews.held(session, actor(client.person), project.id)


def test_a_lapsed_check_of_somebody_else_is_to_go(login, project, database, counted):
    lone_claim(database, project)
    ann, ben = login(Role.REVIEWER), login(Role.REVIEWER)
    review = start(ben, project)
    assert counted(ann) == (0, 0)

    with database.write() as session:
        session.get(Review, row(database, review).id).lease_until = now().replace(year=2020)

    assert counted(ann) == (1, 1)
    assert ann.get("/projects/desk/review").page.heading == "Check"
    start(ann, project)


def test_a_dropped_claim_is_not_to_go(login, project, database):
    name = lone_claim(database, project)
    client = login(Role.REVIEWER)
    with database.write() as session:
        claim_verbs.drop(session, CONSOLE, name)

    assert client.get("/projects/desk/review").page.heading == "Nothing left to check"


def test_my_checks_are_listed_newest_first_and_open_to_be_corrected(login, project, database):
    article(database, project, claims=2)
    client = login(Role.REVIEWER)
    first = start(client, project)
    client.post(f"/reviews/{first}", data={"verdict": "false"})

    page = client.get("/projects/desk/reviews").page

    (given,) = page.rows()
    assert "In your hands, nothing typed yet 1" in page.text
    assert given[:3] == [
        "Fact 1 is that the town counted 1 new bridges in one year.",
        "False",
        "Done",
    ]
    place = page.links["Fact 1 is that the town counted 1 new bridges in one year."]
    assert place == f"/reviews/{first}"
    assert fields(client.get(place).page, first)["verdict"] == "false"


def test_my_checks_show_nothing_of_others(login, project, database):
    article(database, project, claims=1)
    ben = login(Role.REVIEWER)
    start(ben, project)

    page = login(Role.REVIEWER).get("/projects/desk/reviews").page

    assert "You have not checked anything here yet." in page.text


def test_a_long_list_of_checks_comes_in_pages(login, project, database, monkeypatch):
    monkeypatch.setattr("app.web.paging.PAGE_ROWS", 2)
    article(database, project, claims=5)
    client = login(Role.REVIEWER)
    review = start(client, project)
    for _ in range(5):
        sent = client.post(f"/reviews/{review}", data={"verdict": "true"})
        review = sent.location.removeprefix("/reviews/")

    seen, place = [], "/projects/desk/reviews"
    while place:
        page = client.get(place).page
        seen += [cells[0][5] for cells in page.rows()]
        more = page.links.get("Earlier ones")
        place = more and f"/projects/desk/reviews{more}"

    assert seen == ["5", "4", "3", "2", "1"]


def test_a_forged_place_in_the_list_is_refused(login, project):
    assert login(Role.REVIEWER).get("/projects/desk/reviews?after=x").status_code == 422
