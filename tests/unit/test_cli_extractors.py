"""Other extractors from the command line."""

import json

import pytest

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
    assert "2 quotes were put right by the article." in result.stderr
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
    assert "1 claims suggested" in named.stderr
    assert "the built-in one did" in chosen.stderr
    assert chosen.exit_code == 0


def test_a_project_cannot_begin_with_one_that_is_not_there(desk):
    result = run("project", "add", "tarn", "--title", "Tarn", "--extractor", "nobody")

    assert (result.exit_code, result.stdout) == (1, "")
    assert "no extractor “nobody”" in result.stderr
