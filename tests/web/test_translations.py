"""Words in another language: a source's in a check, and the article's own of a claim."""

import pytest

from app.domain.words import Role, TranslatedBy
from app.storage.tables import Evidence
from tests.cases import in_turn
from tests.pages import text as words
from tests.web.checking import article, fields, lone_claim, start
from tests.web.picking import kept, rows, stand

SOURCE = {
    "sources-0-url": "https://journal.example/a",
    "sources-0-quote": "Le pont mesure 30 mètres.",
    "sources-0-translation": "The bridge is 30 metres long.",
    "sources-0-translated_by": "machine",
    "sources-0-language": "fr",
    "sources-0-archive_url": "https://archive.example/2025/a",
}
MINE = {"translation": "Fait 1.", "translated_by": "human", "before": ""}


@pytest.fixture
def checker(login, project):
    return login(Role.REVIEWER)


@pytest.fixture
def review(checker, project, database):
    lone_claim(database, project)
    return start(checker, project)


@pytest.fixture
def claim_id(database, project):
    return article(database, project, claims=1, language="en")[0]


# A source's words


def test_a_sources_translation_and_archive_are_kept_with_the_check(checker, review, database):
    checker.post(f"/reviews/{review}", data={**SOURCE, "verdict": "true"})

    (use,) = rows(database, Evidence)
    assert use.quote_translation == "The bridge is 30 metres long."
    assert (use.translated_by, use.language) == (TranslatedBy.MACHINE, "fr")
    assert use.archive_url == "https://archive.example/2025/a"
    shown = fields(checker.get(f"/reviews/{review}").page, review)
    assert {**shown, **SOURCE} == shown


def test_they_survive_a_draft_and_a_refusal(checker, review):
    checker.post(f"/reviews/{review}", data={**SOURCE, "do": "draft"})
    refused = checker.post(f"/reviews/{review}", data=SOURCE)

    drafted = fields(checker.get(f"/reviews/{review}").page, review)
    again = fields(refused.page, review)
    assert refused.status_code == 422
    assert {**drafted, **SOURCE} == drafted
    assert {**again, **SOURCE} == again


def test_a_stale_form_shows_both_translations(checker, review):
    first = fields(checker.get(f"/reviews/{review}").page, review)
    checker.post(f"/reviews/{review}", data={**first, **SOURCE, "verdict": "true"})
    mine = {**first, **SOURCE, "verdict": "true", "sources-0-translation": "It is short."}

    answer = checker.post(f"/reviews/{review}", data={**mine, "key": "another"})

    assert answer.status_code == 409
    told = answer.page.text
    assert "It is short." in told
    assert "The bridge is 30 metres long." in told


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("translated_by", "", "Say who translated it"),
        ("language", "not a language", "short code"),
        ("archive_url", "javascript:alert(1)", "must begin with http"),
        ("translation", "x" * 10_001, "10000 characters at most"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(checker, review, database, name, value, said):
    data = {**SOURCE, f"sources-0-{name}": value, "verdict": "true"}

    answer = checker.post(f"/reviews/{review}", data=data)

    assert answer.status_code == 422
    assert any(said in error for error in answer.page.errors), answer.page.errors
    assert answer.page.by_id(f"sources-0-{name}").get("aria-invalid") == "true"
    assert fields(answer.page, review)[f"sources-0-{name}"].strip() == value.strip()
    assert rows(database, Evidence) == []


def test_nobody_translated_what_is_not_translated(checker, review, database):
    data = {**SOURCE, "sources-0-translation": " ", "verdict": "true"}

    checker.post(f"/reviews/{review}", data=data)

    (use,) = rows(database, Evidence)
    assert (use.quote_translation, use.translated_by) == (None, None)


def test_who_settles_reads_both_and_where_it_is_archived(checker, review, login):
    checker.post(f"/reviews/{review}", data={**SOURCE, "verdict": "true"})
    lead = login(Role.ADJUDICATOR)
    address, *_same = [
        href
        for href in lead.get("/projects/desk/settle").page.links.values()
        if href.endswith("/settle") and href.startswith("/claims/")
    ]

    for page in (lead.get(address).page, lead.get(address.removesuffix("/settle")).page):
        original = next(e for e in page.all("blockquote") if e.get("lang") == "fr")
        assert words(original) == "Le pont mesure 30 mètres."
        [translated] = stand(page, "blockquote", "translation")
        assert words(translated) == "The bridge is 30 metres long. (Machine translation)"
        assert page.links["archived at archive.example"] == "https://archive.example/2025/a"


def test_a_translator_that_is_no_choice_is_refused(checker, review, database):
    data = {**SOURCE, "sources-0-translated_by": "a parrot", "verdict": "true"}

    answer = checker.post(f"/reviews/{review}", data=data)

    assert answer.status_code == 422
    assert "This is not one of the choices of this form. Choose again." in answer.page.errors
    assert rows(database, Evidence) == []


# A claim's words


@pytest.fixture
def editor(login, project):
    return login(Role.EDITOR)


def translate(client, claim_id, **values):
    return client.post(f"/claims/{claim_id}/translation", data={**MINE, **values})


def shown_translations(page):
    return [words(e) for e in stand(page, "blockquote", "translation")]


def test_a_translation_stands_beneath_the_words_wherever_they_are_read(
    editor, checker, claim_id, project
):
    answer = translate(editor, claim_id)

    assert answer.location == f"/claims/{claim_id}"
    review = start(checker, project)
    for page in (editor.get(f"/claims/{claim_id}").page, checker.get(f"/reviews/{review}").page):
        assert shown_translations(page) == ["Fait 1. (Translated by a person)"]
    form = editor.get(f"/claims/{claim_id}/translation").page.form(
        f"/claims/{claim_id}/translation"
    )
    assert form["translation"][0].strip() == form["before"][0] == "Fait 1."
    assert form["translated_by"] == ["human"]


def test_sent_twice_is_kept_once_and_a_blank_one_is_taken_away(editor, claim_id, database):
    translate(editor, claim_id)
    before = kept(database)

    assert translate(editor, claim_id).status_code == 303
    assert kept(database) == before
    translate(editor, claim_id, translation="", before="Fait 1.")
    assert shown_translations(editor.get(f"/claims/{claim_id}").page) == []


def test_over_a_newer_translation_it_is_saved_only_knowingly(editor, claim_id):
    translate(editor, claim_id)

    answer = translate(editor, claim_id, translation="Mine.")

    assert answer.status_code == 409
    assert shown_translations(answer.page) == ["Fait 1. (Translated by a person)"]
    form = answer.page.form(f"/claims/{claim_id}/translation")
    assert form["translation"][0].strip() == "Mine."
    again = {name: found[0] for name, found in form.items()}
    assert editor.post(f"/claims/{claim_id}/translation", data=again).status_code == 303
    assert shown_translations(editor.get(f"/claims/{claim_id}").page)[0].startswith("Mine.")


@in_turn(
    ("values", "said"),
    [
        ({"translated_by": ""}, "Say who translated it"),
        ({"translated_by": "x"}, "Say who translated it"),
        ({"translation": "x" * 10_001}, "10000 characters"),
    ],
)
def test_a_translation_that_cannot_be_is_refused(editor, claim_id, database, values, said):
    before = kept(database)

    answer = translate(editor, claim_id, **values)

    assert answer.status_code == 422
    assert any(said in error for error in answer.page.errors)
    assert kept(database) == before


def test_a_claim_without_words_of_an_article_has_nothing_to_translate(editor, project, database):
    alone = lone_claim(database, project)

    assert editor.get(f"/claims/{alone}/translation").status_code == 409
    assert translate(editor, alone).status_code == 409
    assert "Translate these words" not in editor.get(f"/claims/{alone}").page.links


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ADJUDICATOR, Role.VIEWER, None])
def test_only_editors_translate(login, claim_id, database, role):
    client = login(role) if role else login()
    before = kept(database)

    assert translate(client, claim_id).status_code == (403 if role else 404)
    assert translate(client, "aaaaaaaaaaaa").status_code == 404
    assert kept(database) == before
