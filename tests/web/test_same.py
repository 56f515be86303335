"""The same statement elsewhere, and one verdict for several claims, as the pages do it."""

import pytest

from app.domain.words import ClaimState, Role
from app.storage.tables import Claim, Ruling
from tests.pages import text as words
from tests.web.checking import lone_claim
from tests.web.picking import kept, rows, stand
from tests.work import Work


@pytest.fixture
def editor(login, project):
    return login(Role.EDITOR)


@pytest.fixture
def work(database):
    return Work(database)


@pytest.fixture
def three(database, project, work):
    """Two in the desk's own voice, one that somebody said."""
    return [
        lone_claim(database, project, text="The tower is 30 metres high."),
        lone_claim(database, project, text="30 metres high: that is the tower."),
        work.claim(project, "A tower of 30 metres high, they say.", who="A mayor"),
    ]


def same(client, one, other):
    return client.post(f"/claims/{one}/same", data={"other": other})


def test_likely_ones_are_offered_and_said_to_be_the_same_with_one_press(editor, three):
    page = editor.get(f"/claims/{three[0]}/same").page
    offered = [words(e) for e in stand(page, "a", "line-title")]
    assert set(offered) == {
        "30 metres high: that is the tower.",
        "A tower of 30 metres high, they say.",
    }

    answer = same(editor, three[0], three[1])

    assert answer.location == f"/claims/{three[0]}/same"
    assert "Said to be the same" in editor.get(answer.location).page.text
    shown = editor.get(f"/claims/{three[1]}").page
    assert shown.links["The tower is 30 metres high."] == f"/claims/{three[0]}"


def test_others_are_found_by_words_and_taken_out_again(editor, three, database, project):
    lone_claim(database, project, text="Bread is dear.")
    page = editor.get(f"/claims/{three[0]}/same?q=bread").page
    assert [words(e) for e in stand(page, "a", "line-title")] == ["Bread is dear."]
    assert "No claim of the project" in editor.get(f"/claims/{three[0]}/same?q=wine").page.text
    same(editor, three[0], three[1])

    answer = editor.post(f"/claims/{three[0]}/same", data={"do": "leave"})

    assert answer.location == f"/claims/{three[0]}"
    assert all(row.claim_group_id is None for row in rows(database, Claim))


def test_what_is_no_claim_of_the_project_is_not_found(editor, three, database, add_desk):
    other = lone_claim(database, add_desk("other"), text="Elsewhere.")
    before = kept(database)

    for name in (other, "aaaaaaaaaaaa", "nonsense"):
        assert same(editor, three[0], name).status_code == 404
    for name in (three[0], ""):
        assert same(editor, three[0], name).status_code == 422
    assert kept(database) == before


def test_a_suggestion_on_the_list_to_pick_says_that_it_stands_elsewhere_too(
    editor, three, database
):
    same(editor, three[0], three[1])
    with database.write() as session:
        session.get_one(Claim, 1).state = ClaimState.CANDIDATE

    page = editor.get("/projects/desk/pick").page

    assert page.links["the same as 1 other claim"] == f"/claims/{three[0]}/same"


@pytest.fixture
def waiting(login, editor, three, work, project, person):
    """The first of three claims of one statement has its check and waits for a verdict."""
    same(editor, three[0], three[1])
    same(editor, three[0], three[2])
    work.check(person("Ann", Role.REVIEWER, project=project), project, "true")
    return login(Role.ADJUDICATOR)


def settling(client, claim_id, **values):
    address = f"/claims/{claim_id}/settle"
    form = {name: found[0] for name, found in client.get(address).page.form(address).items()}
    return client.post(address, data={**form, "do": "settle", **values})


def correct(client, claim_id):
    address = f"/claims/{claim_id}/correction"
    form = {name: found[0] for name, found in client.get(address).page.form(address).items()}
    changed = {"verdict": "false", "kind": "substantial", "public_note": "We were wrong."}
    assert client.post(address, data={**form, **changed}).status_code == 303


def test_a_verdict_holds_for_what_is_ticked_while_settling(waiting, three, database):
    one, two, third = three

    settling(waiting, one, cover=[two, third], **{f"cover-{third}-said": "confirmed"})

    assert [row.state for row in rows(database, Claim)] == [ClaimState.SETTLED] * 3
    page = waiting.get(f"/claims/{third}").page
    assert "Settled together with The tower is 30 metres high." in page.text
    assert "settled it with another claim of the same statement" in page.text


def test_a_verdict_that_was_given_says_so_when_it_is_corrected_where_it_came_from(waiting, three):
    one, two, _third = three
    said = "The verdict it was given has been corrected since: look at both."
    settling(waiting, one, cover=two)
    assert said not in waiting.get(f"/claims/{two}").page.links

    correct(waiting, one)

    assert waiting.get(f"/claims/{two}").page.links[said] == f"/claims/{one}"
    assert said not in waiting.get(f"/claims/{one}").page.links
    correct(waiting, two)
    assert said not in waiting.get(f"/claims/{two}").page.links


def test_nothing_is_settled_while_an_answer_for_another_is_missing(waiting, three, database):
    one, two, third = three
    before = kept(database)

    answer = settling(waiting, one, cover=[two, third], conclusion="Mine.")

    assert answer.status_code == 422
    assert answer.page.by_id(f"cover-{third}-said").get("aria-invalid") == "true"
    form = answer.page.form(f"/claims/{one}/settle")
    assert (form["cover"], form["conclusion"][0].strip()) == ([two, third], "Mine.")
    assert kept(database) == before
    assert rows(database, Ruling) == []


def test_a_verdict_is_let_hold_for_others_later(waiting, three, database):
    one, two, third = three
    settling(waiting, one)
    address = waiting.get(f"/claims/{one}").page.links["Let the verdict hold for the others"]
    page = waiting.get(address).page
    assert [e.get("value") for e in page.all("input") if e.get("name") == "cover"] == [two, third]

    refused = waiting.post(address, data={"cover": third})
    assert refused.status_code == 422
    assert any("Was it said?" in error for error in refused.page.errors)
    assert waiting.post(address, data={}).status_code == 422
    for _time in range(2):
        answer = waiting.post(address, data={"cover": two})
        assert answer.location == f"/claims/{one}"

    assert [row.state for row in rows(database, Claim)][1:] == [ClaimState.SETTLED, ClaimState.OPEN]
    assert len(rows(database, Ruling)) == 2


def test_others_see_that_it_is_the_same_but_no_verdict_before_it_is_settled(waiting, login, three):
    page = login(Role.VIEWER).get(f"/claims/{three[1]}").page

    assert page.links["The tower is 30 metres high."] == f"/claims/{three[0]}"
    assert "True" not in page.text
    assert "Same as…" not in page.links


def test_a_claim_without_a_verdict_has_none_to_share(editor, three, database):
    same(editor, three[0], three[1])
    before = kept(database)

    assert "has no verdict yet" in editor.get(f"/claims/{three[0]}/cover").page.text
    assert editor.post(f"/claims/{three[0]}/cover", data={"cover": three[1]}).status_code == 409
    assert kept(database) == before
