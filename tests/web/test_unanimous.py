"""The page on which claims with the same answers are accepted together; who A and B were."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from app.domain.ids import now
from app.domain.words import ClaimState, Decides, Role
from app.storage.tables import Claim, Person
from app.web.settle import together
from tests.scenes import LEADS, SOURCE, Scene

PAGE = "/projects/desk/settle/unanimous"


@pytest.fixture
def scene(database):
    return Scene(database, settles_itself=False)


@pytest.fixture
def people(scene):
    return scene.reviewers("Ann", "Ben")


@pytest.fixture
def lea(scene, app, database):
    actor = scene.person("Lea", *LEADS)
    with Session(database.engine) as session:
        return app.test_client().sign_in(session.get_one(Person, actor.person))


def agreed(scene, people, number, **values):
    for _n in range(number):
        scene.claim()
        for somebody in people:
            scene.check(somebody, "false", **values)


def settled(scene):
    return len(scene.rows(Claim, Claim.state == ClaimState.SETTLED))


def test_the_queue_offers_it_and_a_sample_with_answers_and_sources_is_shown(scene, people, lea):
    agreed(scene, people, 7, sources=(SOURCE,))
    page = lea.get("/projects/desk/settle").page
    assert "On 7 of them all checks gave the same answers" in page.text
    assert page.links["Look at some of these, and accept them together"] == PAGE
    place = lea.get(PAGE).location
    page = lea.get(place).page
    shown = [name for name in page.links.values() if name.endswith("/settle")]
    assert len([name for name in shown if name.startswith("/claims/")]) == 5
    assert page.text.count("They say so.") == 5
    assert "Accept all 7" in page.text
    # A reload shows the same ones.
    again = lea.get(place).page
    assert [name for name in again.links.values() if name.endswith("/settle")] == shown


def test_one_press_settles_all_of_them_and_says_so(scene, people, lea):
    agreed(scene, people, 2)
    form = lea.get(lea.get(PAGE).location).page.form(PAGE)
    answer = lea.post(PAGE, data=form)
    assert answer.location == "/projects/desk/settle"
    assert lea.get(answer.location).page.notices[0] == "2 claims are settled."
    assert settled(scene) == 2
    assert "There is no claim here" in lea.get(lea.get(PAGE).location).page.text
    assert lea.post(PAGE, data=form).status_code == 303
    assert settled(scene) == 2


def test_of_more_than_are_taken_at_once_only_the_shown_ones_are_accepted(
    scene, people, lea, monkeypatch
):
    monkeypatch.setattr(together, "MOST", 2)
    agreed(scene, people, 3)
    page = lea.get(lea.get(PAGE).location).page
    assert "Accept the first 2" in page.text
    for _ in range(2):
        assert lea.post(PAGE, data=page.form(PAGE)).status_code == 303
        assert settled(scene) == 2
    assert lea.post(PAGE, data={**page.form(PAGE), "last": "nowhere"}).status_code == 404


def test_what_came_after_the_page_waits_for_another_look(scene, people, lea):
    agreed(scene, people, 1)
    before = (now() - timedelta(minutes=5)).isoformat()
    form = lea.get(lea.get(PAGE).location).page.form(PAGE)
    answer = lea.post(PAGE, data={**form, "shown_at": before})
    [notice] = lea.get(answer.location).page.notices[:1]
    assert notice == "0 claims are settled. 1 more with the same answers waits for a look."
    assert settled(scene) == 0


@pytest.mark.parametrize("shown_at", ["", "yesterday", "9999-99-99"])
def test_a_form_that_says_no_time_is_refused(scene, people, lea, shown_at):
    agreed(scene, people, 1)
    assert lea.post(PAGE, data={"shown_at": shown_at}).status_code == 422
    assert settled(scene) == 0


def test_where_one_person_signs_off_there_is_no_such_page(database, app):
    scene = Scene(database, slug="alone", decides=Decides.SIGNOFF, reviews_wanted=1)
    lou = scene.person("Lou", *LEADS)
    with Session(database.engine) as session:
        client = app.test_client().sign_in(session.get_one(Person, lou.person))
    page = "/projects/alone/settle/unanimous"
    assert client.get(f"{page}?seed=a").status_code == 409
    assert client.post(page, data={"shown_at": now().isoformat()}).status_code == 409


def test_once_decided_the_letters_have_names(scene, people, lea):
    claim_id = scene.claim()
    for somebody, verdict in zip(people, ("true", "false"), strict=True):
        scene.check(somebody, verdict)
    address = f"/claims/{claim_id}/settle"
    page = lea.get(address).page
    assert not any(name in page.text for name in ("Ann", "Ben"))
    letter = next(
        letter
        for number, letter in ((1, "A"), (2, "B"))
        if lea.get(f"{address}?adopt={number}").page.form(address)["verdict"] == ["true"]
    )
    other = "B" if letter == "A" else "A"
    answer = lea.post(address, data={"verdict": "true"})
    [notice] = lea.get(answer.location).page.notices[:1]
    assert f"{letter}: Ann (True)" in notice
    assert f"{other}: Ben (False)" in notice
    assert notice.index("A: ") < notice.index("B: ")


def test_a_checker_cannot_open_it(scene, app, database):
    actor = scene.person("Vic", Role.REVIEWER)
    with Session(database.engine) as session:
        client = app.test_client().sign_in(session.get_one(Person, actor.person))
    assert client.get(PAGE).status_code == 403
