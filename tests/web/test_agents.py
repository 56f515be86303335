"""The pages about who said it."""

import pytest

from app.domain.words import Role
from app.storage.tables import Agent
from app.web import paging
from tests.scenes import Scene

LIST = "/projects/desk/agents"


@pytest.fixture
def scene(database):
    return Scene(database)


@pytest.fixture
def client(login, scene):
    return login(Role.EDITOR, project=scene.project)


def address(scene, name):
    return f"/agents/{scene.rows(Agent, Agent.name == name)[0].public_id}"


def test_the_list_leads_to_each_and_to_their_claims(client, scene):
    scene.claim(said_by="A minister")
    page = client.get(LIST).page
    assert page.links["A minister"] == address(scene, "A minister")
    assert page.links["1 claim – A minister"] == "/projects/desk/claims?who=A+minister"
    assert client.get(f"{LIST}?text=mini").page.links["A minister"]
    assert "Nobody has a name like that" in client.get(f"{LIST}?text=xyz").page.text


def test_a_reader_sees_the_list_and_no_way_to_change_it(login, client, scene):
    claim_id = scene.claim(said_by="A minister")
    reader = login(Role.VIEWER, project=scene.project)
    page = reader.get(LIST).page
    assert "A minister" in page.text
    assert address(scene, "A minister") not in page.links.values()
    assert address(scene, "A minister") in client.get(f"/claims/{claim_id}").page.links.values()
    links = reader.get(f"/claims/{claim_id}").page.links
    assert address(scene, "A minister") not in links.values()


def test_what_is_known_is_changed(client, scene):
    claim_id = scene.claim(said_by="D. Trump")
    at = address(scene, "D. Trump")
    form = {name: value[0] for name, value in client.get(at).page.form(at).items()}
    form.pop("csrf_token")
    form |= {"name": "Donald Trump", "role": "President", "aliases": "The Donald\nMr Trump"}
    answer = client.post(at, data=form)
    assert (answer.status_code, answer.location) == (303, at)
    page = client.get(at).page
    assert page.heading == "Donald Trump"
    assert page.form(at)["aliases"][0].split("\n") == ["The Donald", "Mr Trump", "D. Trump"]
    assert "Donald Trump" in client.get(f"/claims/{claim_id}").page.text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": ""}, "Write a name"),
        ({"name": "B"}, "merge them"),
        ({"same_as": "Q22686"}, "http://"),
        ({"kind": "nonsense"}, "Not a valid choice"),
    ],
)
def test_a_refused_change_comes_back_as_typed(client, scene, changed, said):
    for name in ("A", "B"):
        scene.claim(said_by=name)
    at = address(scene, "A")
    token = client.get(at).page.form(at)["token"][0]
    data = {"name": "A", "kind": "person", "role": "Typed", "token": token, **changed}
    answer = client.post(at, data=data)
    assert answer.status_code == 422
    assert any(said in error for error in answer.page.errors)
    assert answer.page.form(at)["role"] == ["Typed"]


def test_somebody_was_quicker_and_nothing_is_lost(client, scene):
    scene.claim(said_by="A")
    at = address(scene, "A")
    token = client.get(at).page.form(at)["token"][0]
    usual = {"name": "A", "kind": "person", "token": token}
    client.post(at, data={**usual, "role": "Theirs"})
    answer = client.post(at, data={**usual, "role": "Mine"})
    assert answer.status_code == 409
    assert "Theirs" in answer.page.text
    form = answer.page.form(at)
    assert form["role"] == ["Mine"]
    again = {name: value[0] for name, value in form.items() if name != "csrf_token"}
    assert client.post(at, data=again).status_code == 303


def test_two_are_made_one(client, scene):
    for name in ("Mr Trump", "Donald Trump"):
        scene.claim(said_by=name)
    gone, kept = address(scene, "Mr Trump"), address(scene, "Donald Trump")
    answer = client.post(f"{gone}/merge", data={"into": "Donald Trump"})
    assert (answer.status_code, answer.location) == (303, kept)
    assert "2 claims" in client.get(kept).page.text
    assert client.get(gone).location == kept


@pytest.mark.parametrize(
    ("into", "said"), [("", "Nobody here"), ("Nobody", "Nobody here"), ("A", "somebody else")]
)
def test_a_refused_merge_says_why(client, scene, into, said):
    scene.claim(said_by="A")
    answer = client.post(f"{address(scene, 'A')}/merge", data={"into": into})
    assert answer.status_code == 422
    assert any(said in error for error in answer.page.errors)


def test_a_long_list_comes_in_pages_and_asks_as_much(client, scene, queries, monkeypatch):
    monkeypatch.setattr(paging, "PAGE_ROWS", 3)
    numbers = []
    for names in ("ab", "cde"):
        for name in names:
            scene.claim(said_by=name)
        with queries() as counted:
            page = client.get(LIST).page
        numbers.append(len(counted))
    assert numbers[0] == numbers[1]
    further = client.get(page.links["Further names"]).page
    assert [n for p in (page, further) for n in p.links if len(n) == 1 and n != "?"] == list(
        "abcde"
    )
