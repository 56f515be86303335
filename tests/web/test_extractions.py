"""Asking a service for more claims on the page of an article, and having it read all that comes in."""

from dataclasses import replace

import pytest

from app.config import ChatService
from app.domain.ids import now
from app.domain.words import ExtractionState, Role
from app.storage.tables import Article, Claim, ExtractionRun, Job, Project, Snapshot
from app.workflow import extracting
from app.workflow.reading import INSTEAD
from tests.chat_server import KEY, ChatServer, claims
from tests.web.picking import rows
from tests.web.test_extractors import NEW, TEXT
from tests.web.test_project_settings import SETTINGS, VALUES

QUOTE = "The mayor of Tarn doubts it"
SERVICE = ChatService(
    url="https://chat.example.org/v1/chat/completions", model="small-model", key=KEY
)
GOES = "The text, its title, publisher and date are sent to chat.example.org."


@pytest.fixture
def settings(settings):
    return replace(settings, chat=SERVICE)


@pytest.fixture
def without(app, settings):
    """The same desk without a service."""

    def switch_off():
        app.config["SETTINGS"] = replace(settings, chat=None)

    yield switch_off
    app.config["SETTINGS"] = settings


@pytest.fixture
def editor(login, project):
    return login(Role.EDITOR)


@pytest.fixture
def address(editor):
    return editor.post(NEW, data={"text": TEXT, "title": "Tarn"}).location


def ask(client, address):
    return client.post(f"{address}/extractions")


def run(database, **values):
    """The one run, ended as the values say."""
    with database.write() as session:
        row = session.get_one(ExtractionRun, rows(database, ExtractionRun)[-1].key)
        for name, value in {"ended_at": now(), **values}.items():
            setattr(row, name, value)
        session.add(row)


def test_an_editor_asks_and_is_told_where_the_text_goes(editor, database, address):
    page = editor.get(address).page
    assert "Ask small-model for more claims" in page.text
    assert GOES in page.text

    response = ask(editor, address)

    assert (response.status_code, response.location) == (303, f"{address}#runs")
    [asked] = rows(database, ExtractionRun)
    assert (asked.extractor, asked.model, asked.state) == ("chat", "small-model", "asked")
    assert [job.kind for job in rows(database, Job)].count("extraction.run") == 1
    page = editor.get(address).page
    assert page.notices == ["small-model is asked for claims. What it finds will stand here."]
    assert "waits for an answer" in page.text


def test_pressed_twice_it_is_asked_once(editor, database, address):
    ask(editor, address)
    ask(editor, address)

    assert len(rows(database, ExtractionRun)) == 1


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ADJUDICATOR, Role.VIEWER])
def test_nobody_else_is_offered_it_or_let(login, database, address, role):
    client = login(role)

    assert "Ask small-model" not in client.get(address).page.text
    assert ask(client, address).status_code == 403
    assert rows(database, ExtractionRun) == []


def test_a_stranger_sees_no_article(login, address):
    assert ask(login(), address).status_code == 404


def test_without_a_service_nothing_is_offered_and_nobody_asked(editor, database, address, without):
    without()

    page = editor.get(address).page
    assert "for more claims" not in page.text
    assert "Claims found by a service" not in page.text
    assert ask(editor, address).status_code == 409
    assert rows(database, ExtractionRun) == []


def test_an_earlier_text_is_not_sent(editor, database, address):
    old = rows(database, Snapshot)[0].public_id
    editor.post(f"{address}/text", data={"text": TEXT + " It rained."})

    assert "Ask small-model" not in editor.get(f"{address}?snapshot={old}").page.text
    assert "Ask small-model" in editor.get(address).page.text


def test_what_came_of_it_stands_on_the_page(editor, database, address):
    ask(editor, address)
    counts = {"proposed": 7, "kept": 2, "repaired": 1, "known": 3, "refused": 1}
    tokens = {"tokens_in": 1_200, "tokens_out": 34, "seconds": 2.25, "cost": 0.0125}
    run(database, state=ExtractionState.DONE, **counts, **tokens)

    text = editor.get(address).page.text

    assert "Asked once" in text
    assert "3 new, 1 of them put right by the text; 3 were here already, 1 refused." in text
    assert "1,234 tokens" in text
    assert "cost 0.0125" in text


def test_that_nothing_was_found_is_said(editor, database, address):
    ask(editor, address)
    run(database, state=ExtractionState.DONE)

    assert "Nothing was found." in editor.get(address).page.text


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("chat.timeout", "The service did not answer in time."),
        ("chat.unreachable", "The service cannot be reached."),
        ("chat.key", "The service does not accept the key of this desk."),
        ("chat.busy", "The service takes no more questions for now. Try again later."),
        ("chat.failed", "The service has a fault of its own. Try again later."),
        ("chat.nonsense", "What came back is no answer of such a service."),
        ("chat.large", "The answer is larger than anything that is read."),
        ("chat.budget", "What may be spent in a day would be exceeded."),
        ("extraction.broken", "The extractor does not work."),
    ],
)
def test_why_it_came_to_nothing_is_said_in_words(editor, database, address, error, said):
    ask(editor, address)
    run(database, state=ExtractionState.FAILED, error=error)

    assert said in editor.get(address).page.text


def test_the_page_asks_as_many_questions_for_many_runs(editor, database, address, app, queries):
    def cost():
        with queries(app.extensions["assay"]) as counted:
            editor.get(address)
        return len(counted)

    ask(editor, address)
    run(database, state=ExtractionState.DONE)
    few = cost()
    for _ in range(6):
        ask(editor, address)
        run(database, state=ExtractionState.DONE)

    assert cost() == few


def choose_service(editor):
    return editor.post(SETTINGS, data={**VALUES, "extractor": "chat"})


def test_a_project_can_have_all_its_articles_read_by_it(editor, database):
    assert "small-model at chat.example.org: texts are sent there" in editor.get(SETTINGS).page.text
    assert choose_service(editor).status_code == 303
    assert rows(database, Project)[0].extractor == "chat"
    said = "are sent to small-model at chat.example.org"
    assert said in editor.get(NEW).page.text

    response = editor.post(NEW, data={"text": TEXT, "title": "Tarn"})

    # Nobody waits for it: the article is there, its claims come with the answer.
    assert response.status_code == 303
    assert rows(database, Claim) == []
    assert [one.state for one in rows(database, ExtractionRun)] == ["asked"]
    assert rows(database, Article)[0].language == "en"
    assert said in editor.get(f"{response.location}/text").page.text

    editor.post(NEW, data={"text": TEXT, "title": "Tarn"})
    assert len(rows(database, ExtractionRun)) == 1


def test_a_changed_text_is_sent_too(editor, database):
    choose_service(editor)
    address = editor.post(NEW, data={"text": TEXT, "title": "Tarn"}).location

    editor.post(f"{address}/text", data={"text": TEXT + " It rained."})

    assert len(rows(database, ExtractionRun)) == 2


def test_where_the_service_is_gone_the_article_comes_in_all_the_same(editor, database, without):
    choose_service(editor)
    without()

    address = editor.post(NEW, data={"text": TEXT, "title": "Tarn"}).location

    assert INSTEAD in editor.get(address).page.text
    assert {claim.extractor for claim in rows(database, Claim)} == {"rules"}
    assert rows(database, ExtractionRun) == []


def test_from_the_button_to_the_claim(editor, database, address):
    server = ChatServer()
    server.answers = [claims(QUOTE)]
    ask(editor, address)
    service = replace(SERVICE, url=f"{server.url}/v1")

    extracting.perform(database, service, rows(database, ExtractionRun)[0].public_id)
    server.close()

    page = editor.get(address).page
    assert "were here already" in page.text
    assert KEY not in page.text


def test_the_page_of_a_claim_says_what_found_it(editor, database, address):
    ask(editor, address)
    run(database, state=ExtractionState.DONE)
    claim = rows(database, Claim)[0]
    page = f"/claims/{claim.public_id}"
    assert "Found by" not in editor.get(page).page.text

    found_by(database, claim, extractor="numbers")
    assert "Found by numbers" in editor.get(page).page.text

    run_id = rows(database, ExtractionRun)[0].key
    found_by(database, claim, extractor="chat", extraction_run_id=run_id)
    assert "Found by small-model" in editor.get(page).page.text


def found_by(database, claim, **values):
    with database.write() as session:
        session.get_one(Claim, claim.key).sqlmodel_update(values)
