import subprocess
import sys
from pathlib import Path

import pytest

from app.domain.errors import Missing, Refused
from app.extraction import registry
from app.extraction.asking import asked as asked_of
from app.extraction.asking import read_with
from app.extraction.gate import About
from tests.unit.extraction import plugged

DOCS = Path(__file__).parents[3] / "docs" / "extractors.md"
TEXT = "The port of Tarn lost 40 boats in one night. The mayor doubts it."


@pytest.fixture
def installed(monkeypatch):
    plugged.install(monkeypatch)


def asked(name):
    about = About(url="https://a.example/1", publisher="A", date="2025-09-04", language="en")
    return read_with(name, TEXT, about=about, title="Tarn")


def test_the_built_in_extractor_needs_no_package_metadata(monkeypatch):
    monkeypatch.setattr(registry, "entry_points", lambda **_: ())

    assert registry.extractor().name == "rules"
    assert registry.names() == ("rules",)


def test_another_package_may_bring_an_extractor_but_not_under_a_name_of_ours(installed):
    assert registry.names()[:2] == ("rules", "astray")
    assert "chat" not in registry.names()
    assert registry.extractor("echo").name == "echo"
    assert asked("rules").extraction.candidates


def test_it_gets_all_that_is_known_of_the_article_and_goes_by_the_name_it_was_asked_by(installed):
    found = asked("echo").extraction

    assert found.notice == "['date', 'language', 'publisher', 'title', 'url']"
    assert found.extractor == "echo"
    assert [c.quote for c in found.candidates] == ["The port of Tarn lost 40 boats in one night"]


def test_an_unknown_name_is_refused(installed):
    with pytest.raises(Missing) as refused:
        registry.extractor("nobody")

    assert (refused.value.code, refused.value.values) == ("extractor.missing", {"name": "nobody"})


@pytest.mark.parametrize("name", plugged.BROKEN)
def test_one_that_does_not_work_is_refused_by_name_without_a_word_of_the_article(installed, name):
    with pytest.raises(Refused) as refused:
        asked(name)

    assert refused.value.code == "extractor.broken"
    assert refused.value.values["name"] == name
    assert "secret" not in str(refused.value.values)


def test_one_whose_offsets_are_wrong_is_read_by_its_quotes(installed):
    found = asked("astray")

    assert [c.quote for c in found.extraction.candidates] == [
        "The port of Tarn lost 40 boats",
        "port of Tarn lost 40 boats in one night",
    ]
    assert found.extraction.candidates[0].attribution == ()
    assert found.refused == {"nowhere": 1}


def test_no_verdict_comes_out_of_one_that_judges(installed):
    [candidate] = asked("judging").extraction.candidates

    assert "FALSE" not in str(candidate)
    assert candidate.reasons == ("a figure",)
    assert candidate.checkworthiness == 0.9


def test_the_one_in_the_docs_works():
    text = DOCS.read_text(encoding="utf-8")
    code = text.partition("```python\n")[2].partition("```")[0]
    made = {}
    exec(code, made)

    found = asked_of(made["Numbers"](), "numbers", TEXT, about=About())

    assert [c.quote for c in found.extraction.candidates] == [TEXT.partition(".")[0]]


def test_importing_the_room_loads_no_web_framework_and_no_reader():
    code = (
        "import sys, app.extraction; "
        "heavy = {'flask', 'werkzeug', 'sqlalchemy', 'sqlmodel', 'trafilatura', 'nupunkt', 'lxml'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )

    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert run.stdout.strip() == "[]"
