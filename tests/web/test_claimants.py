"""Who claims it, for several claims of an article, without a script."""

import pytest

from app.domain.words import AgentKind, ClaimState, Role
from app.storage.tables import Agent, Claim
from tests.pages import text as words
from tests.web.picking import claim, kept, rows, stand, suggestion, take_in
from tests.work import counted

TEXT = "Fares rose in May. Fares fell in June. Trams run late, Ada Berg said. Buses are full."
ROSE, FELL, LATE, FULL = (
    "Fares rose in May",
    "Fares fell in June",
    "Trams run late",
    "Buses are full",
)


@pytest.fixture
def editor(login, project):
    return login(Role.EDITOR)


@pytest.fixture
def article(database, project):
    found = (
        suggestion(TEXT, ROSE),
        suggestion(TEXT, FELL, hops=["A paper", "Ada Berg"]),
        suggestion(TEXT, LATE, hops=["Ada Berg"]),
        suggestion(TEXT, FULL),
    )
    return take_in(database, project, text=TEXT, found=found)


@pytest.fixture
def ids(article, database):
    return [claim(database, text).public_id for text in (ROSE, FELL, LATE, FULL)]


def at(article, more=""):
    return f"/articles/{article}/claimants{more}"


def form_of(page, article):
    return page.form(at(article))


def ticked(page):
    boxes = [e for e in page.all("input") if e.get("name") == "claims"]
    return [box.get("value") for box in boxes if box.get("checked") is not None]


def who(editor, claim_id):
    return words(stand(editor.get(f"/claims/{claim_id}").page, "ol", "hops")[0])


def test_those_that_were_ticked_beside_the_text_get_one_claimant(editor, article, ids, database):
    page = editor.get(at(article, f"?claim={ids[0]}&claim={ids[1]}")).page
    assert ticked(page) == ids[:2]

    sent = {
        **form_of(page, article),
        "agent": "The tram office",
        "kind": "organisation",
        "mode": "direct",
        "cue": "wrote",
    }
    answer = editor.post(at(article), data=sent)

    assert answer.location == f"/articles/{article}"
    assert "2 claims were changed." in editor.get(answer.location).page.notices[0]
    [agent] = [row for row in rows(database, Agent) if row.name == "The tram office"]
    assert agent.kind is AgentKind.ORGANISATION
    assert "A paper" in who(editor, ids[1])
    assert "“wrote”" in who(editor, ids[0])
    assert [row.version for row in rows(database, Claim)] == [2, 2, 1, 1]


def test_a_thousand_claims_are_ticked_beside_the_text_without_an_address_that_is_too_long(
    editor, article, ids, database
):
    before = kept(database)
    page = editor.get(f"/articles/{article}").page
    form = next(e for e in page.all("form") if e.get("id") == "several")
    assert (form.get("method"), form.get("action")) == ("post", at(article))
    [button] = [e for e in form.iter("button") if e.get("name") == "do"]

    boxes = [*ids[:2], *(f"{n:012}" for n in range(998))]
    sent = {**page.form(at(article)), "do": button.get("value"), "claim": boxes}
    answer = editor.post(at(article), data=sent)

    assert answer.status_code == 200
    assert ticked(answer.page) == ids[:2]
    assert kept(database) == before


def test_all_of_one_speaker_are_ticked_at_once(editor, article, ids):
    page = editor.get(at(article)).page
    names = {words(e): e.get("value") for e in page.all("option") if e.get("value")}
    assert ticked(page) == []

    assert ticked(editor.get(at(article, f"?speaker={names['Ada Berg']}")).page) == ids[1:3]


def test_the_article_s_own_voice_is_a_choice(editor, article, ids):
    form = form_of(editor.get(at(article, f"?claim={ids[1]}")).page, article)

    editor.post(at(article), data={**form, "voice": "own"})

    assert "the article's own voice" in editor.get(f"/claims/{ids[1]}").page.text


def test_what_was_left_is_named_and_leads_back_to_the_article(editor, article, ids, database):
    form = form_of(editor.get(at(article, f"?claim={ids[0]}&claim={ids[3]}")).page, article)
    edit = {"version": "1", "text": "Fares rose.", "do": "save"}
    editor.post(f"/claims/{ids[0]}/edit", data=edit)

    answer = editor.post(at(article), data={**form, "agent": "A tram driver"})

    page = editor.get(answer.location).page
    assert "1 claim was changed. 1 was left as it was." in page.notices
    assert "Somebody changed this claim after you opened it" in page.text
    assert "Fares rose." in page.links
    assert page.links["Back to the article"] == f"/articles/{article}"


def test_nobody_named_and_none_ticked_are_told_beside_their_fields(editor, article, ids, database):
    before = kept(database)
    form = form_of(editor.get(at(article, f"?claim={ids[0]}")).page, article)

    nobody = editor.post(at(article), data=form)
    none = editor.post(at(article), data={**form, "claims": [], "agent": "A driver"})

    assert (nobody.status_code, none.status_code) == (422, 422)
    assert "Write down who claims it" in words(nobody.page.by_id("agent-error"))
    assert ticked(nobody.page) == [ids[0]]
    assert words(none.page.by_id("claims-error")) == "No claim is chosen. Tick at least one."
    assert kept(database) == before


def test_many_claims_are_listed_with_as_few_queries(editor, article, project, database):
    text = " ".join(f"Tram {n} was late." for n in range(60))
    found = [suggestion(text, f"Tram {n} was", hops=[f"Driver {n}"]) for n in range(60)]
    many = take_in(database, project, text=text, found=found)

    def queries(article):
        with counted(editor.application.extensions["assay"]) as sent:
            page = editor.get(at(article)).page
        return len([e for e in page.all("input") if e.get("name") == "claims"]), len(sent)

    (few, asked), (more, again) = queries(article), queries(many)
    assert (few, more) == (4, 60)
    assert asked == again


def test_a_settled_claim_is_left_as_it_is(editor, article, ids, database):
    form = form_of(editor.get(at(article, f"?claim={ids[3]}")).page, article)
    with database.write() as session:
        session.get_one(Claim, claim(database, FULL).key).state = ClaimState.SETTLED

    answer = editor.post(at(article), data={**form, "agent": "A driver"})

    assert "It is settled" in editor.get(answer.location).page.text
