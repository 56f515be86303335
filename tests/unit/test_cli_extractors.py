"""Other extractors from the command line."""

import json
import os

import pytest
from sqlmodel import select

from app.storage.tables import ExtractionRun
from tests.chat_server import KEY, ChatServer, claims
from tests.unit.extraction import plugged
from tests.unit.test_cli_desk import desk, exported, project_of, run

__all__ = ["desk"]

ARTICLE = "The port of Tarn lost 40 boats in one night. The mayor of Tarn doubts it.\n"


@pytest.fixture(autouse=True)
def installed(monkeypatch):
    plugged.install(monkeypatch)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "tarn.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def test_one_can_be_named_and_says_what_became_of_its_proposals(file):
    result = run("extract", file, "--extractor", "astray")

    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert [c["quote"] for c in found] == [
        "The port of Tarn lost 40 boats",
        "port of Tarn lost 40 boats in one night",
    ]
    assert "1 put right by the article." in result.stderr
    assert "1 refused: it quotes words that are not in the article." in result.stderr


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nobody", "There is no extractor “nobody” on this desk.\n"),
        ("raising", "The extractor “raising” does not work (RuntimeError).\n"),
        ("deaf", "The extractor “deaf” does not work (TypeError).\n"),
    ],
)
def test_one_that_is_named_and_does_not_work_is_refused(file, desk, name, said):
    for words in (("extract", file), ("import", file, "--project", "budget")):
        result = run(*words, "--extractor", name)

        assert (result.exit_code, result.stdout, result.stderr) == (1, "", said)
    assert exported() == []


def test_an_import_uses_the_one_that_is_named_or_that_of_the_project(file, desk, tmp_path):
    added = run("project", "add", "tarn", "--title", "Tarn", "--extractor", "raising")
    other = tmp_path / "other.txt"
    other.write_text(ARTICLE + "It lost 9 more boats in May.\n", encoding="utf-8")

    named = run("import", file, "--project", "tarn", "--extractor", "echo")
    chosen = run("import", other, "--project", "tarn")

    assert added.exit_code == 0
    assert project_of(desk, "tarn").extractor == "raising"
    assert "1 claim suggested" in named.stderr
    assert "the built-in one did" in chosen.stderr
    assert chosen.exit_code == 0


def test_a_project_cannot_begin_with_one_that_is_not_there(desk):
    result = run("project", "add", "tarn", "--title", "Tarn", "--extractor", "nobody")

    assert (result.exit_code, result.stdout) == (1, "")
    assert "no extractor “nobody”" in result.stderr


@pytest.fixture
def server(monkeypatch):
    server = ChatServer()
    for name in [name for name in os.environ if name.startswith("ASSAY_CHAT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("ASSAY_CHAT_URL", f"{server.url}/v1")
    monkeypatch.setenv("ASSAY_CHAT_MODEL", "small")
    monkeypatch.setenv("ASSAY_CHAT_KEY", KEY)
    yield server
    server.close()


def test_a_model_is_asked_directly_and_it_is_said_where_the_text_goes(file, server):
    server.answers = [claims("the port of tarn lost 40 boats", "Lemonade was served to the sea")]

    result = run("extract", file, "--extractor", "chat")

    [found] = [json.loads(line) for line in result.stdout.splitlines()]
    assert found["quote"] == "The port of Tarn lost 40 boats"
    assert f"The text goes to small at {server.url[7:]}." in result.stderr
    assert "small-model answered: 100 and 20 tokens" in result.stderr
    assert KEY not in result.output
    assert server.articles[0]["text"] == ARTICLE.strip()


def test_without_a_service_it_is_refused(file, server, monkeypatch):
    monkeypatch.delenv("ASSAY_CHAT_URL")

    result = run("extract", file, "--extractor", "chat")

    assert (result.exit_code, result.stdout) == (1, "")
    assert "No service is set up" in result.stderr


@pytest.mark.parametrize(("manner", "said"), [(429, "no more questions"), ("text", "no answer")])
def test_what_goes_wrong_is_said_in_a_sentence(file, server, manner, said):
    server.manner = manner

    result = run("extract", file, "--extractor", "chat")

    assert (result.exit_code, result.stdout) == (1, "")
    assert said in result.stderr
    assert KEY not in result.output


def test_what_may_cost_more_than_the_budget_is_not_sent(file, server, monkeypatch):
    monkeypatch.setenv("ASSAY_CHAT_PRICE_OUT", "100")
    monkeypatch.setenv("ASSAY_CHAT_BUDGET", "0.5")

    result = run("extract", file, "--extractor", "chat")

    assert result.exit_code == 1
    assert "exceeded" in result.stderr
    assert server.asked == []


def test_all_texts_of_one_command_keep_within_the_budget_together(
    file, server, monkeypatch, tmp_path
):
    lines = tmp_path / "lines.tsv"
    lines.write_text("".join(f"2\tThe port lost {n} boats.\n" for n in range(40, 60)))
    server.answers = [claims()]
    # Each question takes 100 tokens; what it could take at most is more, and counts only before.
    monkeypatch.setenv("ASSAY_CHAT_PRICE_IN", "1000")
    monkeypatch.setenv("ASSAY_CHAT_MAX_TOKENS", "2000")
    monkeypatch.setenv("ASSAY_CHAT_BUDGET", "5")

    result = run("evaluate", lines, "--extractor", "chat")

    assert result.exit_code == 1
    assert "exceeded" in result.stderr
    assert 0 < len(server.asked) < 20
    assert result.stderr.count("The text goes to small") == 1


def runs_of(desk):
    with desk.reading() as session:
        return session.exec(select(ExtractionRun)).all()


def test_an_import_asks_it_at_once_and_notes_the_run(file, desk, server):
    server.answers = [
        claims("The port of Tarn lost 40 boats in one night", "All was lemonade here")
    ]

    result = run("import", file, "--project", "budget", "--extractor", "chat", "--batch", "One")

    assert result.exit_code == 0
    assert "The text goes to small at" in result.stderr
    assert "1 claim suggested, 0 more put right by the article, 1 refused." in result.stderr
    [ended] = runs_of(desk)
    assert (ended.kept, ended.refused, ended.model) == (1, 1, "small-model")
    assert [row["claim"] for row in exported("verdicts.csv", "--batch", "One")] == [
        "The port of Tarn lost 40 boats in one night"
    ]


def test_if_it_fails_the_article_is_in_and_the_reason_is_said(file, desk, server):
    server.manner = 500

    result = run("import", file, "--project", "budget", "--extractor", "chat")

    assert result.exit_code == 0
    assert len(result.stdout) == 13
    assert "a fault of its own" in result.stderr
    assert [ended.error for ended in runs_of(desk)] == ["chat.failed"]


def test_named_without_a_service_nothing_comes_in(file, desk, server, monkeypatch):
    monkeypatch.delenv("ASSAY_CHAT_URL")

    result = run("import", file, "--project", "budget", "--extractor", "chat")

    assert (result.exit_code, result.stdout) == (1, "")
    assert "No service is set up" in result.stderr


def test_a_project_that_chose_it_uses_it(file, desk, server, monkeypatch):
    run("project", "add", "tarn", "--title", "Tarn", "--extractor", "chat")

    assert run("import", file, "--project", "tarn").exit_code == 0
    assert len(server.asked) == 1

    monkeypatch.delenv("ASSAY_CHAT_URL")
    file.write_text(ARTICLE + "It lost 9 more boats in May.\n", encoding="utf-8")
    assert "the built-in one did" in run("import", file, "--project", "tarn").stderr
