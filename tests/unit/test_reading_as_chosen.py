"""An article is read by the extractor that its project chose, and comes in whatever that one does."""

import pytest

from app.domain.errors import Missing, Refused
from app.workflow.articles import NewArticle
from app.workflow.reading import INSTEAD, read, read_as_chosen
from tests.cases import in_turn
from tests.unit.extraction import plugged

ARTICLE = NewArticle(
    text="The port of Tarn lost 40 boats in one night. The mayor of Tarn doubts it.", title="Tarn"
)


@pytest.fixture(autouse=True)
def installed(monkeypatch):
    plugged.install(monkeypatch)


def test_what_was_chosen_is_asked():
    found = read_as_chosen(ARTICLE, extractor="echo")

    assert [one.extractor for one in found.suggestions] == ["echo"]
    assert found.notice == "['date', 'language', 'publisher', 'title', 'url']"


@in_turn("name", [*plugged.BROKEN, "nobody"])
def test_where_it_fails_the_built_in_one_reads_and_that_is_said(name):
    found = read_as_chosen(ARTICLE, extractor=name)

    assert found.suggestions == read(ARTICLE).suggestions
    assert found.suggestions[0].extractor == "rules"
    assert found.notice == INSTEAD


@pytest.mark.parametrize(("name", "kind"), [("nobody", Missing), ("raising", Refused)])
def test_whoever_asks_for_one_by_name_is_refused(name, kind):
    with pytest.raises(kind):
        read(ARTICLE, extractor=name)


def test_suggestions_hold_no_verdict():
    found = read(ARTICLE, extractor="judging")

    assert len(found.suggestions) == 1
    assert "FALSE" not in str(found)
