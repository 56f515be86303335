"""The page on which a desk learns what comes first, and says which weights are used."""

import pytest

from app.domain.words import Role, TriageDecision
from app.extraction.checkworthy import shipped
from app.storage.tables import Article, Claim, LearnedWeights, Project, WeightsUse
from app.workflow.triage import look_again
from tests.lessons import DecidingDesk, article_text
from tests.pages import text

PAGE = "/projects/desk/weights"
USE = f"{PAGE}/use"
AND_MORE = "\n\nA closing line with 77 boats sold in June."
COMPARED = "How well it is put in order, beside chance and length"


@pytest.fixture
def desk(kept):
    return kept(DecidingDesk)


@pytest.fixture
def editor(desk, client_of):
    return client_of(desk.editor)


def facts(page):
    return dict(zip(map(text, page.all("dt")), map(text, page.all("dd")), strict=True))


def test_too_few_decisions_say_what_is_missing_and_offer_no_button(desk, editor):
    desk.pick(*desk.suggestions()[:3])

    page = editor.get(PAGE).page

    assert "Still missing: 7 picked, 10 dropped." in page.text
    assert "Learn from our picks" not in page.buttons
    refused = editor.post(PAGE)
    assert refused.status_code == 422
    assert "Still missing: 7 picked, 10 dropped." in refused.page.text
    assert desk.scene.rows(LearnedWeights) == []


def test_what_nobody_looked_at_is_said_as_not_counted(desk, editor):
    rows = desk.suggestions()
    desk.pick(*rows[:3])
    desk.drop(*rows[3:5])

    page = editor.get(PAGE).page

    assert facts(page) == {
        "Picked": "3",
        "Corrected and kept": "0",
        "Added by hand": "0",
        "Dropped": "2",
        "Nobody has looked at it": f"{len(rows) - 5}, not counted",
        "Came to the list by itself": "0, not counted",
    }


def test_an_editor_learns_uses_what_came_of_it_and_goes_back(desk, editor):
    desk.decide(but=8)
    assert editor.post(PAGE, data=editor.get(PAGE).page.form(PAGE)).location == PAGE
    page = editor.get(PAGE).page
    assert "Version 1 is learned. It is used once you say so." in page.text
    assert "What comes with Assay puts the suggestions in order." in page.text
    [row] = desk.scene.rows(LearnedWeights)
    # Whatever is in use: a fit begins with the weights that come with Assay.
    assert "Shipped → learned" in page.text
    [version] = page.rows()[:1]
    assert version[0] == "1"
    assert "Picked: 12; Dropped: 12" in version[2]
    assert "→" in version[3]
    assert "better, beyond chance" in version[4]
    assert "words: “harbour”" in page.text
    assert "more than before" in page.text

    assert editor.post(USE, data={"weights": row.public_id}).location == PAGE
    page = editor.get(PAGE).page
    assert "8 suggestions were put in order anew." in page.text
    assert "Version 1, learned from your picks, puts the suggestions in order." in page.text
    assert "in use" in page.rows()[0][5]
    listed = text(editor.get("/projects/desk/pick").page.all("ol")[-1])
    assert listed.startswith("Harbour dues")

    assert editor.post(USE, data={"weights": ""}).location == PAGE
    page = editor.get(PAGE).page
    assert "What comes with Assay puts the suggestions in order." in page.text
    assert [use.weights_id for use in desk.scene.rows(WeightsUse)] == [row.key, None]


def test_two_tabs_that_learn_keep_two_versions(desk, editor):
    desk.decide(but=8)

    for _tab in range(2):
        editor.post(PAGE)

    assert [row[0] for row in editor.get(PAGE).page.rows()[:2]] == ["2", "1"]


def test_weights_that_are_not_there_change_nothing(desk, editor):
    other = DecidingDesk(desk.database, slug="other")
    other.decide()
    theirs = other.learn().public_id

    for name in (theirs, "aaaaaaaaaaaa", "a\0", "x" * 2000):
        refused = editor.post(USE, data={"weights": name})
        assert refused.status_code == 404
        assert "There are no such weights in this project." in refused.page.text
    assert desk.scene.rows(WeightsUse) == []


@pytest.mark.parametrize("role", [Role.VIEWER, Role.REVIEWER, Role.ADJUDICATOR])
def test_who_may_not_pick_is_offered_nothing_and_refused(desk, client_of, role):
    client = client_of(desk.scene.person("Else", role))

    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE).status_code == 403
    assert client.post(USE, data={"weights": ""}).status_code == 403
    assert PAGE not in client.get("/projects/desk/").page.links.values()


def test_the_pages_that_pick_and_set_up_lead_there(desk, editor):
    for address in ("/projects/desk/pick", "/projects/desk/settings"):
        assert PAGE in editor.get(address).page.links.values()


def test_an_article_that_comes_in_is_scored_with_the_weights_in_use(desk, editor):
    desk.decide(but=8)
    found = desk.learn()
    desk.use(found.public_id)

    editor.post("/projects/desk/articles/new", data={"text": article_text(40)})

    labels = {row.scored_with.partition(":")[0] for row in desk.suggestions()}
    assert labels == {found.public_id}


def test_what_speaks_against_a_claim_is_said_wherever_what_speaks_for_it_is(
    desk, editor, client_of
):
    claim, *_rest = desk.suggestions()
    desk.scene.change(Claim, claim.public_id, against=["a plan", "words: “maybe”"])
    said = "speaks against it: a plan, words: “maybe”"
    [article] = desk.scene.rows(Article, Article.id == claim.article_id)

    for address in (
        "/projects/desk/pick",
        f"/articles/{article.public_id}",
        f"/claims/{claim.public_id}",
    ):
        assert said in editor.get(address).page.text
    desk.pick(claim)
    checker = desk.scene.person("Cleo", Role.REVIEWER)
    check = client_of(checker).get(f"/reviews/{desk.scene.take(checker)}").page.text
    assert "Speaks against it a plan · words: “maybe”" in check


def test_no_page_tells_a_second_person_what_the_first_one_dropped(desk, client_of):
    desk.scene.change(Project, desk.scene.project.public_id, triage_share=1.0)
    bob, told = desk.scene.person("Bob", Role.EDITOR), "the desk dropped the same before"
    row = desk.suggestions()[0]
    desk.drop(row)
    addresses = ["/projects/desk/pick", "/projects/desk/pick/again"]

    addresses.append(f"/articles/{desk.add(article_text(0) + AND_MORE)}")
    assert not [one for one in addresses if told in client_of(bob).get(one).page.text]

    desk.scene.do(look_again, bob, row.public_id, decision=TriageDecision.DROP)
    article = desk.add(article_text(0) + AND_MORE * 2)
    assert told in client_of(bob).get(f"/articles/{article}").page.text


def test_a_claim_says_which_weights_scored_it(desk, editor):
    desk.decide(but=8)
    decided, suggested = desk.claims()[0], desk.suggestions()[0]
    desk.use(desk.learn().public_id)

    page = editor.get(f"/claims/{decided.public_id}").page.text
    assert f"Scored with what comes with Assay ({shipped().label})" in page
    page = editor.get(f"/claims/{suggested.public_id}").page.text
    assert "Scored with version 1 of what was learned here" in page


def test_the_page_asks_as_often_however_many_versions(desk, editor, queries):
    desk.decide(but=8)
    asked = []
    for _more in range(2):
        desk.learn()
        with queries() as sent:
            editor.get(PAGE)
        asked.append(len(sent))

    assert asked[0] == asked[1]


def test_the_order_of_a_desk_is_compared_with_what_reads_nothing(desk, editor):
    desk.decide()
    address = editor.get(PAGE).page.links[COMPARED]
    before = desk.scene.state()

    page = editor.post(address, data=editor.get(address).page.form(address)).page

    assert desk.scene.state() == before
    rows = {row[0]: float(row[1]) for row in page.rows()}
    assert list(rows) == [
        "What comes with Assay",
        "What is learned from your picks",
        "In a drawn order",
        "The longest first",
        "All alike",
    ]
    assert rows["What is learned from your picks"] > 0.9
    assert rows["All alike"] == 0.5
    assert "Of 32 claims that you decided about, you wanted 16." in page.text


def test_nothing_is_measured_until_it_is_asked_for(desk, editor, monkeypatch):
    desk.decide()
    monkeypatch.setattr("app.web.weights.compared.compared", lambda _taught: pytest.fail("a GET"))

    page = editor.get(f"{PAGE}/compared").page

    assert "Measure it now" in page.buttons
    assert page.all("table") == []


def test_too_few_decisions_are_not_compared(desk, editor):
    desk.pick(*desk.suggestions()[:3])

    assert COMPARED not in editor.get(PAGE).page.links
    for page in (editor.get(f"{PAGE}/compared").page, editor.post(f"{PAGE}/compared").page):
        assert "Still missing: 7 picked, 10 dropped." in page.text
        assert page.all("table") == []
