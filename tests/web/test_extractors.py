"""A project chooses what reads its articles, and an article comes in whatever that one does."""

import pytest

from app.domain.errors import Refused
from app.domain.words import Role
from app.extraction import registry
from app.storage.tables import Amendment, Article, Claim, Event, Hop, Project, Quantity, Snapshot
from app.workflow.reading import INSTEAD
from tests.unit.extraction import plugged
from tests.web.picking import rows
from tests.web.test_project_settings import SETTINGS, VALUES

NEW = "/projects/desk/articles/new"
TEXT = "The port of Tarn lost 40 boats in one night. The mayor of Tarn doubts it."


@pytest.fixture
def installed(monkeypatch):
    plugged.install(monkeypatch)


@pytest.fixture
def editor(login, project):
    return login(Role.EDITOR)


def choose(editor, name):
    return editor.post(SETTINGS, data={**VALUES, "extractor": name})


def test_where_there_is_one_alone_nobody_is_asked(editor, database, monkeypatch):
    monkeypatch.setattr(registry, "entry_points", lambda **_: ())

    page = editor.get(SETTINGS).page

    assert "extractor" not in page.form(SETTINGS)
    assert choose(editor, "echo").status_code == 303
    assert rows(database, Project)[0].extractor == "rules"


def test_where_there_are_several_the_project_chooses(editor, database, installed):
    assert editor.get(SETTINGS).page.form(SETTINGS)["extractor"] == ["rules"]

    assert choose(editor, "echo").status_code == 303

    assert rows(database, Project)[0].extractor == "echo"
    assert editor.get(SETTINGS).page.form(SETTINGS)["extractor"] == ["echo"]


def test_one_that_is_not_there_cannot_be_chosen(editor, database, installed):
    assert choose(editor, "nobody").status_code == 422
    assert rows(database, Project)[0].extractor == "rules"


def test_one_that_is_gone_stays_chosen_until_somebody_chooses_another(
    editor, database, installed, monkeypatch
):
    choose(editor, "echo")
    monkeypatch.setattr(registry, "entry_points", lambda **_: ())

    page = editor.get(SETTINGS).page

    assert page.form(SETTINGS)["extractor"] == ["echo"]
    assert "echo (not on this desk any more)" in page.text
    assert choose(editor, "echo").status_code == 303
    assert choose(editor, "rules").status_code == 303
    assert rows(database, Project)[0].extractor == "rules"


def test_the_chosen_one_reads_what_comes_in_and_each_claim_says_so(editor, database, installed):
    choose(editor, "echo")

    editor.post(NEW, data={"text": TEXT, "title": "Tarn"})

    [claim] = rows(database, Claim)
    assert (claim.extractor, claim.quote) == ("echo", TEXT.split(".", maxsplit=1)[0])
    assert claim.scored_with.startswith("shipped:")
    assert claim.checkworthiness > 0


@pytest.mark.parametrize("name", plugged.BROKEN)
def test_the_article_comes_in_whatever_is_wrong_with_it(editor, database, installed, name):
    choose(editor, name)

    response = editor.post(NEW, data={"text": TEXT, "title": "Tarn"})

    assert response.status_code == 303
    assert INSTEAD in editor.get(response.location).page.text
    assert {claim.extractor for claim in rows(database, Claim)} == {"rules"}


def test_a_changed_text_is_read_by_it_too(editor, database, installed):
    address = editor.post(NEW, data={"text": TEXT, "title": "Tarn"}).location
    choose(editor, "raising")

    editor.post(f"{address}/text", data={"text": TEXT + " More boats sank in May."})

    assert INSTEAD in editor.get(address).page.text


def test_nothing_of_a_verdict_reaches_the_database(editor, database, installed):
    choose(editor, "judging")

    address = editor.post(NEW, data={"text": TEXT, "title": "Tarn"}).location

    assert len(rows(database, Claim)) == 1
    for table in (Article, Snapshot, Claim, Hop, Quantity, Event, Amendment):
        assert "FALSE" not in str([row.model_dump() for row in rows(database, table)])
    assert "FALSE" not in editor.get(address).page.text


def test_a_checker_cannot_choose(login, project, database, installed):
    assert choose(login(Role.REVIEWER), "echo").status_code == 403
    assert rows(database, Project)[0].extractor == "rules"


def test_the_optional_encoder_is_offered_in_words_where_it_is_installed(
    editor, database, monkeypatch
):
    monkeypatch.setattr(registry, "is_there", lambda: True)

    assert "The grammar, with the encoder’s view of what is worth checking" in words(editor)
    assert choose(editor, "semantic").status_code == 303
    assert rows(database, Project)[0].extractor == "semantic"

    monkeypatch.setattr(registry, "is_there", lambda: False)
    assert "semantic (not on this desk any more)" in words(editor)


def test_without_the_encoder_an_article_of_its_project_comes_in_all_the_same(
    editor, database, monkeypatch
):
    monkeypatch.setattr(registry, "is_there", lambda: True)
    choose(editor, "semantic")

    def missing():
        raise Refused("encoder.missing")

    monkeypatch.setattr("app.extraction.semantic.extractor.encoder", missing)
    assert editor.post(NEW, data={"text": TEXT}).status_code == 303

    assert rows(database, Snapshot)[0].notice == INSTEAD
    assert {row.extractor for row in rows(database, Claim)} == {"rules"}


def words(editor):
    return editor.get(SETTINGS).page.text
