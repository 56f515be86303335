"""The sentences of what is left to do, each with its list and its button."""

from datetime import timedelta

import pytest

from app.domain.ids import now
from app.domain.left import Left
from app.domain.words import Decides, Role
from app.storage.tables import Claim
from app.web.projects.tasks import KINDS
from tests.scenes import LEADS, Scene
from tests.workflow.test_left import corrected, of, published, settled


@pytest.fixture
def scene(database):
    return Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)


def test_what_readers_are_told_wrongly_comes_first(scene, login):
    client = login(*LEADS, project=scene.project)
    kim, lead = scene.person("Kim", Role.REVIEWER), scene.person("Lea", *LEADS)
    claim_id = settled(scene, kim, lead)
    published(scene, claim_id)
    corrected(scene, claim_id)
    late = scene.claim("Late.", due_at=now() - timedelta(days=1))

    page = client.get("/projects/desk/").page

    links = [(words, href) for words, href in page.links.items() if words[:1].isdigit()]
    assert links[:2] == [
        (
            "1 published verdict was corrected since: the published text is out of date",
            "/projects/desk/claims?left=update",
        ),
        ("1 claim is overdue", "/projects/desk/claims?due=overdue&sort=due"),
    ]
    assert page.links["See who has them"] == "/projects/desk/claims?due=overdue&sort=due"
    assert f"/claims/{late}" in client.get(links[1][1]).page.links.values()
    behind = client.get(links[0][1]).page
    assert f"/claims/{claim_id}" in behind.links.values()
    assert f"/claims/{late}" not in behind.links.values()
    assert "What is left to do Corrected since it was published" in behind.text


@pytest.mark.parametrize("left", Left)
def test_a_list_of_what_is_left_opens_and_can_be_left(scene, login, left):
    client = login(*LEADS, project=scene.project)
    scene.claim()

    page = client.get(f"/projects/desk/claims?left={left}").page

    assert "No claim fits that." in page.text
    assert page.links["Leave this out"] == "/projects/desk/claims"


def test_a_list_of_what_nobody_knows_holds_all(scene, login):
    client = login(Role.VIEWER, project=scene.project)
    claim_id = scene.claim()

    page = client.get("/projects/desk/claims?left=everything").page

    assert f"/claims/{claim_id}" in page.links.values()


def test_every_sentence_can_be_said_of_one_and_of_many(app):
    with app.test_request_context():
        for kind in KINDS:
            one, many = kind.sentence(1), kind.sentence(7)
            assert one.startswith("1 ")
            assert many.startswith("7 ")
            assert one[2:] != many[2:]
            assert str(kind.act)


def test_a_lead_who_may_check_finds_no_trace_of_anothers_check(database, login):
    scene = Scene(database, reviews_wanted=2)
    client = login(*LEADS, Role.REVIEWER, project=scene.project)
    plain = login(*LEADS, project=scene.project)
    [kim] = scene.reviewers("Kim")
    scene.claim()
    before = client.get("/projects/desk/").page.text
    scene.check(kim)

    assert client.get("/projects/desk/").page.text == before
    links = plain.get("/projects/desk/").page.links
    assert links["1 claim waits for a second checker"] == (
        "/projects/desk/claims?left=second-check"
    )
    assert of(scene, scene.person("Ann", *LEADS)).second_check == 1
    assert len(scene.rows(Claim)) == 1
