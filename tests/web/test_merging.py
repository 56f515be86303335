"""Joining claims without a script: those near are ticked, the wording is offered, one is left."""

import pytest
from sqlmodel import select

from app.domain.words import ClaimState, Mode, Role, TranslatedBy
from app.storage.tables import Claim, Hop
from tests.pages import text as words
from tests.web.picking import claim, kept, rows, stand, suggestion, take_in

TEXT = "Tolls rose by 4% in May. They fell again in June, the port office said.\n\nIts quay is old."
ROSE, FELL, OLD = "Tolls rose by 4% in May", "They fell again in June", "Its quay is old"


@pytest.fixture
def editor(login, project):
    return login(Role.EDITOR)


@pytest.fixture
def article(database, project):
    found = (
        suggestion(TEXT, ROSE),
        suggestion(TEXT, FELL, hops=["The port office"]),
        suggestion(TEXT, OLD),
    )
    return take_in(database, project, text=TEXT, found=found)


@pytest.fixture
def ids(article, database):
    return [claim(database, text).public_id for text in (ROSE, FELL, OLD)]


def at(claim_id, more=""):
    return f"/claims/{claim_id}/merge{more}"


def form_of(page, address):
    return {name: values for name, values in page.form(address).items() if name != "do"}


def test_the_next_one_is_ticked_and_both_are_offered_as_one(editor, ids):
    page = editor.get(at(ids[0], f"?with={ids[1]}&next=article")).page

    boxes = [e for e in page.all("input") if e.get("name") == "others"]
    assert [box.get("value") for box in boxes] == ids[1:]
    assert [box.get("value") for box in boxes if box.get("checked") is not None] == [ids[1]]
    assert words(page.all("mark")[0]) == f"{ROSE}. {FELL}"
    assert form_of(page, at(ids[0], "?next=article"))["text"] == [f"{ROSE}. {FELL}."]
    labels = [e for e in page.all("label") if e.get("for", "").startswith("others-")]
    assert {label.get("dir") for label in labels} == {"auto"}
    chains = [e.get("value") for e in page.all("input") if e.get("name") == "chain"]
    assert chains == ids[:2]


def test_joined_they_are_one_claim_and_the_article_is_shown_at_it(editor, ids, article, database):
    page = editor.get(at(ids[0], f"?with={ids[1]}&next=article")).page
    form = form_of(page, at(ids[0], "?next=article"))

    sent = {**form, "text": "Tolls rose in May, and fell in June.", "chain": ids[1]}
    answer = editor.post(at(ids[0], "?next=article"), data=sent)

    assert answer.location == f"/articles/{article}?claim={ids[0]}#claim-{ids[0]}"
    row = claim(database, "Tolls rose in May, and")
    assert (row.quote, row.public_id) == (f"{ROSE}. {FELL}", ids[0])
    assert [hop.claim_id for hop in rows(database, Hop) if hop.claim_version == 2] == [row.key]
    page = editor.get(answer.location).page
    assert "They are one claim now" in page.notices[0]
    assert [words(mark) for mark in stand(page, "mark", "claim")] == [f"{ROSE}. {FELL}", OLD]
    assert FELL not in [words(e) for e in stand(page, "a", "claim-words")]


def test_the_claim_that_was_joined_says_so_and_leads_to_the_one(editor, ids, database):
    form = form_of(editor.get(at(ids[0], f"?with={ids[1]}")).page, at(ids[0]))
    assert editor.post(at(ids[0]), data=form).location == f"/claims/{ids[0]}"

    gone = editor.get(f"/claims/{ids[1]}").page
    assert any("It was joined to another claim" in said for said in gone.notices)
    assert gone.links["To that claim"] == f"/claims/{ids[0]}"
    assert editor.get(f"/claims/{ids[0]}").page.links[f"{FELL}."] == f"/claims/{ids[1]}"
    editor.post(f"/claims/{ids[1]}/pick", data={"do": "check", "next": "claim"})
    assert claim(database, FELL).state is ClaimState.OPEN
    assert "joined" not in "".join(editor.get(f"/claims/{ids[1]}").page.notices)


def test_a_translation_of_words_that_reach_further_now_is_to_be_looked_at(editor, ids, database):
    with database.write() as session:
        row = session.get_one(Claim, claim(database, ROSE).key)
        row.quote_translation, row.translated_by = "Die Maut stieg.", TranslatedBy.HUMAN
    form = form_of(editor.get(at(ids[0], f"?with={ids[1]}")).page, at(ids[0]))

    answer = editor.post(at(ids[0]), data=form)

    assert any("translation" in said for said in editor.get(answer.location).page.notices)


def test_others_can_be_ticked_and_shown_before_anything_is_kept(editor, ids, database):
    before = kept(database)
    form = form_of(editor.get(at(ids[0])).page, at(ids[0]))
    assert form["text"] == [f"{ROSE}."]

    page = editor.post(at(ids[0]), data={**form, "others": ids[1:], "do": "preview"}).page

    assert form_of(page, at(ids[0]))["text"] == [f"{ROSE}. {FELL}. {OLD}."]
    assert "\n\nIts quay is old" in "".join(page.all("mark")[0].itertext())
    assert kept(database) == before


def test_a_wording_that_was_typed_is_left_alone(editor, ids):
    form = form_of(editor.get(at(ids[0])).page, at(ids[0]))
    typed = {**form, "text": "Mine.", "others": [ids[1]], "do": "preview"}

    page = editor.post(at(ids[0]), data=typed).page

    assert form_of(page, at(ids[0]))["text"] == ["Mine."]


def test_ticked_and_joined_without_looking_first_all_of_them_are_worded(editor, ids, database):
    form = form_of(editor.get(at(ids[2])).page, at(ids[2]))

    editor.post(at(ids[2]), data={**form, "others": [ids[1]]})

    assert claim(database, FELL).text == f"{FELL}. {OLD}."


def test_a_claim_that_was_changed_meanwhile_is_shown_and_joined_on_the_second_press(
    editor, ids, database
):
    form = form_of(editor.get(at(ids[0], f"?with={ids[1]}")).page, at(ids[0]))
    edit = {"version": "1", "text": "They fell far.", "do": "save"}
    editor.post(f"/claims/{ids[1]}/edit", data=edit)

    answer = editor.post(at(ids[0]), data={**form, "text": "Mine."})

    assert answer.status_code == 409
    assert any("as they stand now" in said for said in answer.page.notices)
    assert "They fell far." in answer.page.text
    again = form_of(answer.page, at(ids[0]))
    assert again["text"] == ["Mine."]
    assert editor.post(at(ids[0]), data=again).status_code == 303
    assert claim(database, "Mine.").version == 2


def test_what_was_typed_is_kept_when_one_of_them_was_dropped_meanwhile(editor, ids):
    form = form_of(editor.get(at(ids[0], f"?with={ids[1]}")).page, at(ids[0]))
    editor.post(f"/claims/{ids[1]}/pick", data={"do": "drop", "next": "claim"})

    answer = editor.post(at(ids[0]), data={**form, "text": "Typed with care."})

    assert answer.status_code == 409
    assert any("was dropped or joined already" in said for said in answer.page.errors)
    again = form_of(answer.page, at(ids[0]))
    assert (again["text"], again.get("others")) == (["Typed with care."], None)
    joined = editor.post(at(ids[0]), data={**again, "others": [ids[2]]})
    assert joined.location == f"/claims/{ids[0]}"


@pytest.mark.parametrize("do", ["save", "preview"])
@pytest.mark.parametrize("dropped", [(0,), (1, 2)])
def test_what_was_typed_is_shown_where_nothing_can_be_joined_any_more(editor, ids, do, dropped):
    form = form_of(editor.get(at(ids[0], f"?with={ids[1]}")).page, at(ids[0]))
    for nth in dropped:
        editor.post(f"/claims/{ids[nth]}/pick", data={"do": "drop", "next": "claim"})

    answer = editor.post(at(ids[0]), data={**form, "text": "Typed with care.", "do": do})

    assert answer.status_code == 409
    assert any("was dropped or joined already" in said for said in answer.page.notices)
    assert words(answer.page.by_id("typed-1")) == "Typed with care."
    assert answer.page.links["To the claim"] == f"/claims/{ids[0]}"


def test_chains_of_the_same_names_that_say_more_are_told_apart(editor, ids, database):
    with database.write() as session:
        [hop] = session.exec(select(Hop)).all()
        session.add(
            Hop(
                claim_id=claim(database, OLD).key,
                claim_version=1,
                position=0,
                agent_id=hop.agent_id,
                cue="wrote",
                mode=Mode.DIRECT,
            )
        )
    page = editor.get(at(ids[1], f"?with={ids[2]}")).page

    chains = [e.get("value") for e in page.all("input") if e.get("name") == "chain"]
    assert chains == ids[1:]
    labels = [words(e) for e in page.all("label") if e.get("for", "").startswith("chain-")]
    assert labels[0].startswith("The port office (")
    assert labels[1].startswith("The port office (wrote, ")
    editor.post(at(ids[1]), data={**form_of(page, at(ids[1])), "chain": ids[2]})
    assert sorted(hop.cue for hop in rows(database, Hop) if hop.claim_version == 2) == ["wrote"]


def test_joined_by_another_editor_in_other_words_it_is_told_and_what_was_typed_is_there(
    editor, ids, database
):
    form = form_of(editor.get(at(ids[0], f"?with={ids[1]}")).page, at(ids[0]))
    assert editor.post(at(ids[0]), data={**form, "text": "First."}).status_code == 303

    answer = editor.post(at(ids[0]), data={**form, "text": "Second, typed with care."})

    assert answer.status_code == 409
    assert "Second, typed with care." in answer.page.text
    assert claim(database, "First.").public_id == ids[0]


def test_nothing_ticked_and_nonsense_are_told_beside_the_boxes(editor, ids, database):
    before = kept(database)
    form = form_of(editor.get(at(ids[0])).page, at(ids[0]))

    answer = editor.post(at(ids[0]), data={**form, "others": ["nonsense"]})

    assert answer.status_code == 422
    assert words(answer.page.by_id("others-error")) == "Tick the claims that are one with this one."
    assert editor.post(at(ids[0]), data={**form, "others": ["a" * 12]}).status_code == 404
    assert kept(database) == before


def test_a_claim_that_was_dropped_or_stands_alone_is_offered_no_joining(editor, ids, database):
    editor.post(f"/claims/{ids[0]}/pick", data={"do": "drop", "next": "claim"})
    assert editor.get(at(ids[0])).status_code == 409
    assert "Join it with another" not in editor.get(f"/claims/{ids[0]}").page.links
    for name in ids[1:]:
        assert editor.get(f"/claims/{name}").page.links["Join it with another"] == at(name)
    editor.post(f"/claims/{ids[1]}/pick", data={"do": "drop", "next": "claim"})
    assert "No other claim stands near enough" in editor.get(at(ids[2])).page.text
    assert len(rows(database, Claim)) == 3
