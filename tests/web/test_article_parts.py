"""The page of an article with many claims: a hundred at a time, and nothing is left out."""

import pytest

from app.domain.words import Role
from app.storage.places import is_in_parts
from tests.web.picking import suggestion, take_in
from tests.web.test_articles import marked
from tests.work import counted


@pytest.fixture
def editor(login, project):
    return login(Role.EDITOR)


@pytest.fixture
def long(database, project):
    """The public ids of articles with a hundred claims and with 350, each in a paragraph."""
    sentence = "Fact {n} is that the town counted {n} new bridges."

    def take(number):
        text = "\n\n".join(sentence.format(n=1000 + n) for n in range(number))
        quotes = [f"Fact {1000 + n} is that the town" for n in range(number)]
        return take_in(database, project, text, [suggestion(text, quote) for quote in quotes])

    return take(100), take(350)


def test_the_page_of_an_article_is_as_large_with_many_claims_as_with_a_hundred(editor, long):
    def asked(article):
        with counted(editor.application.extensions["assay"]) as sent:
            answer = editor.get(f"/articles/{article}")
        return len(sent), len(answer.data)

    editor.get(f"/articles/{long[0]}")
    questions, size = asked(long[0])
    of_many, size_of_many = asked(long[1])

    assert of_many == questions
    assert size_of_many < size * 1.05


def test_the_parts_of_an_article_have_every_claim_and_every_word(editor, long, database):
    article = long[1]
    first = editor.get(f"/articles/{article}").page
    links = [link.get("href") for link in first.all("a") if "part=" in link.get("href", "")]
    assert links[:4] == links[5:] == [f"/articles/{article}?part={n}" for n in (1, 2, 3, 4)]
    assert first.links["The text goes on: claims 101 to 200"] == links[4] == links[1]
    assert "350 claims in reading order" in first.text

    pages = [editor.get(link).page for link in links[:4]]

    assert not [link for link in pages[3].links if link.startswith("The text goes on")]
    marks = [mark for page in pages for mark, _n in marked(page)]
    assert marks == [f"Fact {1000 + n} is that the town" for n in range(350)]
    numbers = [row.get("value") for page in pages for row in page.all("li") if row.get("data-id")]
    assert numbers == [str(n) for n in range(1, 351)]
    words = " ".join(" ".join(page.by_id("main").itertext()) for page in pages)
    assert all(f"counted {1000 + n} new bridges" in words for n in range(350))
    for odd in ("0", "-1", "99", "x"):
        assert editor.get(f"/articles/{article}?part={odd}").status_code == 200


def test_in_a_part_one_goes_on_to_the_claim_behind_it(editor, long, database):
    article = long[1]
    page = editor.get(f"/articles/{article}?part=2").page
    names = [row.get("data-id") for row in page.all("li") if row.get("data-id")]
    after = editor.get(f"/articles/{article}?part=3").page
    behind = next(row.get("data-id") for row in after.all("li") if row.get("data-id"))
    forms = [
        b.get("formaction") for b in page.all("button") if names[-1] in b.get("formaction", "")
    ]
    assert any(behind in action for action in forms)

    shown = editor.get(f"/articles/{article}?claim={names[-1]}").page

    assert shown.by_id(f"claim-{names[0]}") is not None
    assert any(f"with={behind}" in link.get("href", "") for link in page.all("a"))
    with database.reading() as session:
        assert is_in_parts(session, article)
        assert not is_in_parts(session, long[0])
