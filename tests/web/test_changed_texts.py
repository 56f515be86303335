"""An article whose text has changed: its claims move, and those that are gone are listed."""

import pytest

from app.domain.words import Role
from app.storage.tables import ClaimPlace
from tests.cases import in_turn
from tests.pages import text as words
from tests.web.picking import BRIDGES, TEXT, claim, kept, rows, stand, suggestion, take_in
from tests.work import counted

CHANGED = "Corrected.\n\nIts mayor, Ada Berg, said that taxes fell by nearly a half."


@pytest.fixture
def editor(login, project):
    return login(Role.EDITOR)


@pytest.fixture
def article(database, project):
    return take_in(database, project)


def test_a_changed_text_moves_the_claims_and_lists_those_that_are_gone(editor, article, database):
    answer = editor.post(f"/articles/{article}/text", data={"text": CHANGED})

    assert answer.location == f"/articles/{article}"
    page = editor.get(answer.location).page
    assert any("1 claim was not found in it" in said for said in page.notices)
    [lost] = stand(page, "section", "lost")
    assert "1 claim was not found in the new text" in words(lost)
    assert BRIDGES in words(lost)
    [mark] = page.all("mark")
    assert words(mark) == "taxes fell by nearly a half"
    assert "Found in similar words" in words(stand(page, "p", "nearly")[0])


def test_each_that_was_not_found_is_opened_placed_or_kept(editor, article, database):
    editor.post(f"/articles/{article}/text", data={"text": CHANGED})
    gone = claim(database, "The town").public_id
    page = editor.get(f"/articles/{article}").page

    old = editor.get(page.links["Open the old text"].partition("#")[0]).page
    assert any("earlier text" in said for said in old.notices)
    by_hand = editor.get(page.links["Place it by hand"]).page
    assert BRIDGES in by_hand.text
    assert "Corrected" in by_hand.text
    look = f"/claims/{gone}/place?next=article"
    answer = editor.post(look, data={"do": "keep"})
    assert answer.location == f"/articles/{article}"
    assert stand(editor.get(answer.location).page, "section", "lost") == []


def test_a_place_in_similar_words_is_confirmed_once(editor, article, database):
    editor.post(f"/articles/{article}/text", data={"text": CHANGED})
    nearly = claim(database, "Taxes").public_id
    assert "Are they the claim's?" in editor.get(f"/claims/{nearly}").page.text

    for _time in range(2):
        assert editor.post(f"/claims/{nearly}/place").location == f"/claims/{nearly}"

    assert "Are they the claim's?" not in editor.get(f"/claims/{nearly}").page.text
    assert stand(editor.get(f"/articles/{article}").page, "p", "nearly") == []
    looks = [row for row in rows(database, ClaimPlace) if row.claim_id == 2]
    assert [row.found_by for row in looks] == ["original", "approximate", "hand"]


def test_the_texts_of_an_article_can_be_chosen(editor, article):
    assert stand(editor.get(f"/articles/{article}").page, "details", "texts") == []
    editor.post(f"/articles/{article}/text", data={"text": CHANGED})

    page = editor.get(f"/articles/{article}").page
    [texts] = stand(page, "details", "texts")
    [address] = [e.get("href") for e in texts.iter("a")]
    old = editor.get(address).page
    assert [words(mark) for mark in old.all("mark")] == [BRIDGES, "taxes fell by half"]
    assert "Add, to check" not in old.buttons
    assert editor.get(f"/articles/{article}?snapshot=aaaaaaaaaaaa").status_code == 404


def test_the_same_text_again_changes_nothing(editor, article, database):
    before = kept(database)

    answer = editor.post(f"/articles/{article}/text", data={"text": TEXT})

    assert answer.status_code == 303
    assert kept(database) == before


@in_turn("text", ["", " \n "])
def test_a_text_that_cannot_be_is_refused(editor, article, database, text):
    before = kept(database)

    answer = editor.post(f"/articles/{article}/text", data={"text": text})

    assert answer.status_code == 422
    assert "There is no text in this." in " ".join(answer.page.errors)
    assert kept(database) == before


def test_an_article_of_many_lost_claims_asks_as_many_questions(editor, database, project):
    def queries(article):
        with counted(editor.application.extensions["assay"]) as sent:
            page = editor.get(f"/articles/{article}").page
        return page, len(sent)

    few = take_in(database, project)
    text = "\n\n".join(f"Fact {n} is that the town counted {n} bridges." for n in range(40))
    found = [suggestion(text, f"Fact {n} is that the town counted {n} bridges") for n in range(40)]
    many = take_in(database, project, text=text, found=found)
    for article in (few, many):
        editor.post(f"/articles/{article}/text", data={"text": f"All of {article} is gone."})

    page, number = queries(many)

    assert number == queries(few)[1]
    assert "40 claims were not found in the new text" in page.text


def test_ends_that_were_chosen_in_the_older_text_are_told_and_not_put_into_the_newer(
    editor, article, database
):
    moved = claim(database, "Taxes").public_id
    address = f"/claims/{moved}/ends"
    form = editor.get(address).page.form(address)
    editor.post(f"/articles/{article}/text", data={"text": f"A note.\n\n{TEXT}"})
    before = kept(database)

    answer = editor.post(address, data={**form, "first": form["last"], "do": "save"})

    assert answer.status_code == 409
    assert any("another text of the article by now" in said for said in answer.page.errors)
    assert kept(database) == before


def test_only_claims_that_stand_in_the_text_that_is_shown_have_places_for_the_script(
    editor, article, database
):
    editor.post(f"/articles/{article}/text", data={"text": CHANGED})
    page = editor.get(f"/articles/{article}").page
    old = editor.get(page.links["Open the old text"].partition("#")[0]).page

    placed = [e.get("data-id") for e in old.all("li") if e.get("data-place")]

    assert placed == [claim(database, "The town").public_id]
    assert len(stand(old, "li", "claim-card")) == 2
