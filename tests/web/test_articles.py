"""Articles: the list, taking one in, and the text with its claims marked."""

import io

import pytest

from app.domain.words import ClaimState, Role
from app.storage.tables import Article, Claim, Hop, Snapshot
from tests.cases import in_turn
from tests.pages import text as words
from tests.pages import text_raw
from tests.web.picking import BRIDGES, TEXT, claim, kept, rows, stand, suggestion, take_in
from tests.work import counted

NEW = "/projects/desk/articles/new"
HTML = """<!doctype html><html lang="de"><head><title>Der Titel</title>
<meta name="author" content="Karla Kolumna"><meta property="og:site_name" content="Tagblatt">
<meta property="article:published_time" content="2025-09-04T10:00:00Z"></head>
<body><nav>Startseite</nav><article><h1>Der Titel</h1>
<p>Die Stadt hat im Jahr 2024 vierzig Brücken gebaut, sagte die Bürgermeisterin am Dienstag.</p>
<p>Im Jahr davor waren es nach Angaben des Amtes nur zwölf Brücken gewesen.</p></article></body>
</html>"""


@pytest.fixture
def editor(login, project):
    return login(Role.EDITOR)


def file(name, data):
    return (io.BytesIO(data), name)


def test_an_article_that_is_pasted_is_read_and_its_claims_are_suggested(editor, database):
    answer = editor.post(NEW, data={"text": TEXT, "title": "Bridges", "published": "2025-09"})

    assert answer.status_code == 303
    page = editor.get(answer.location).page
    [article] = rows(database, Article)
    found = rows(database, Claim)
    assert answer.location == f"/articles/{article.public_id}"
    assert page.notices == [f"{len(found)} suggestions."]
    assert page.heading == "Bridges"
    assert {row.state for row in found} == {ClaimState.CANDIDATE}
    assert all(TEXT[row.start : row.end] == row.quote for row in found)
    assert "40 bridges" in "".join(row.text for row in found)


def test_the_same_text_again_leads_to_the_article_that_is_here(editor, database):
    first = editor.post(NEW, data={"text": TEXT})
    before = kept(database)

    again = editor.post(NEW, data={"text": TEXT.replace("\n", "\r\n"), "title": "Another"})

    assert (again.status_code, again.location) == (303, first.location)
    assert (
        "This text is here already: nothing was added." in editor.get(again.location).page.notices
    )
    assert kept(database) == before


def test_a_text_file_is_an_article(editor, database):
    answer = editor.post(NEW, data={"file": file("town.txt", b"\xef\xbb\xbf" + TEXT.encode())})

    assert answer.status_code == 303
    [snapshot] = rows(database, Snapshot)
    assert snapshot.text == TEXT


def test_a_web_page_brings_what_it_says_of_itself_and_what_is_typed_stands_above_it(
    editor, database
):
    data = {"file": file("seite.html", HTML.encode()), "author": "K. K."}

    answer = editor.post(NEW, data=data)

    assert answer.status_code == 303
    [article] = rows(database, Article)
    assert (article.title, article.publisher) == ("Der Titel", "Tagblatt")
    assert (article.author, article.published, article.language) == ("K. K.", "2025-09-04", "de")
    page = editor.get(answer.location).page
    assert any("not seem to be in English" in said for said in page.notices)
    assert stand(page, "div", "article")[0].get("lang") == "de"


@in_turn(
    ("data", "said"),
    [
        ({}, "There is no text in this."),
        ({"text": " \n "}, "There is no text in this."),
        ({"text": "a" * 1_000_001}, "longer than 1000000 characters"),
        ({"file": file("a.txt", b"")}, "There is no text in this."),
        ({"file": file("a.txt", b"\x89PNG\r\n\x1a\n\0\0")}, "This is not a text"),
        ({"file": file("a.txt", b"MZ\x90\0 program")}, "This is not a text"),
        ({"file": file("a.pdf", b"%PDF-1.4")}, "This is not a text"),
        ({"file": file("a.txt", bytes(range(128, 256)) * 4)}, "cannot be read"),
        ({"file": file("a.html", b"<html><body></body></html>")}, "No article was found"),
        ({"text": TEXT, "file": file("a.txt", b"Other")}, "not both"),
        ({"text": TEXT, "published": "2025-13"}, "is no date"),
        ({"text": TEXT, "url": "javascript:alert(1)"}, "must begin with http"),
        ({"text": TEXT, "language": "xx"}, "Not a valid choice"),
    ],
)
def test_what_cannot_be_taken_in_is_said_and_what_was_typed_is_kept(editor, database, data, said):
    before = kept(database)
    # A file can be sent once only; the cases must not share it.
    data = {n: file(v[1], v[0].getvalue()) if n == "file" else v for n, v in data.items()}

    answer = editor.post(NEW, data={"title": "My title", "author": "Me", **data})

    assert answer.status_code == 422
    assert any(said in error for error in answer.page.errors), answer.page.errors
    form = answer.page.form(NEW)
    assert (form["title"], form["author"]) == (["My title"], ["Me"])
    typed = data.get("text", "").strip()
    assert form["text"][0].strip() == typed
    assert form.get("url") == [data.get("url", "")]
    assert kept(database) == before


def test_a_page_that_would_be_read_for_too_long_is_refused(editor, database):
    head = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.html"\r\n\r\n'
    body = head.encode() + b"<p>x</p>" * 700_000 + b"\r\n--x--\r\n"

    answer = editor.post(NEW, data=body, content_type="multipart/form-data; boundary=x")

    assert answer.status_code == 422
    assert any("larger than 5 MB" in error for error in answer.page.errors)
    assert rows(database, Article) == []


def test_that_a_browser_does_not_keep_a_file_is_said(editor):
    answer = editor.post(NEW, data={"file": file("photo.png", b"\x89PNG")})

    assert any("choose photo.png again" in said for said in answer.page.notices)


def test_a_file_that_was_read_stands_in_the_field_when_another_field_is_refused(editor):
    answer = editor.post(NEW, data={"file": file("a.txt", TEXT.encode()), "published": "soon"})

    assert answer.status_code == 422
    assert answer.page.form(NEW)["text"][0].strip() == TEXT
    assert any("need not be chosen again" in said for said in answer.page.notices)


def test_what_is_too_large_is_refused_with_the_way_back(editor, app, database):
    app.config["MAX_CONTENT_LENGTH"] = 10_000
    before = kept(database)

    answer = editor.post(
        NEW, data={"text": "a" * 20_000}, headers={"Referer": f"http://localhost{NEW}"}
    )

    assert answer.status_code == 413
    assert answer.page.links["Go back"] == NEW
    assert kept(database) == before


@pytest.mark.parametrize(
    ("role", "status"), [(Role.REVIEWER, 403), (Role.ADJUDICATOR, 403), (Role.VIEWER, 403)]
)
def test_only_editors_take_articles_in(login, project, database, role, status):
    client = login(role)
    assert client.get(NEW).status_code == status
    assert client.post(NEW, data={"text": TEXT}).status_code == status
    assert client.get("/projects/desk/articles").status_code == 200
    assert rows(database, Article) == []


def test_a_stranger_does_not_learn_that_a_project_or_an_article_exists(login, project, database):
    article = take_in(database, project)
    stranger = login()
    for path in (NEW, "/projects/desk/articles", f"/articles/{article}", "/articles/aaaaaaaaaaaa"):
        assert stranger.get(path).status_code == 404
    assert stranger.post(NEW, data={"text": TEXT}).status_code == 404
    assert stranger.post(f"/articles/{article}", data={"quote": BRIDGES}).status_code == 404


def test_the_list_is_newest_first_with_counts_in_words(editor, project, database):
    take_in(database, project, title="Older")
    take_in(database, project, text="Nothing here.", found=(), title="Newer")

    page = editor.get("/projects/desk/articles").page

    lines = [words(e) for e in stand(page, "ul", "lines")[0]]
    assert lines[0].startswith("Newer")
    assert "No claims yet" in lines[0]
    assert lines[1].startswith("Older Town Paper, 4 Sep 2025")
    assert "2 Suggested" in lines[1]


def test_the_list_goes_on_page_by_page_with_as_many_queries_at_any_length(
    editor, project, database
):
    def queries():
        with counted(database) as here, counted(editor.application.extensions["assay"]) as sent:
            assert editor.get("/projects/desk/articles").status_code == 200
        return len(here) + len(sent)

    for n in range(5):
        take_in(database, project, text=f"Text {n}.", found=(), title=f"Number {n}")
    few = queries()
    for n in range(5, 52):
        take_in(database, project, text=f"Text {n}.", found=(), title=f"Number {n}")

    assert queries() == few
    first = editor.get("/projects/desk/articles").page
    second = editor.get(first.links["Older articles"]).page
    titles = [t for page in (first, second) for t in page.links if t.startswith("Number")]
    assert titles == [f"Number {n}" for n in reversed(range(52))]
    assert editor.get("/projects/desk/articles?after=nonsense").status_code == 422


def marked(page):
    """The marked words of the text with the claims that they name."""
    return [(text_raw(e), len(e.get("data-claims").split())) for e in stand(page, "mark", "claim")]


def test_the_text_is_shown_whole_with_every_claim_marked_and_linked_both_ways(
    editor, project, database
):
    article = take_in(database, project)

    page = editor.get(f"/articles/{article}").page

    [shown] = stand(page, "div", "article")
    assert [text_raw(p) for p in shown] == TEXT.split("\n\n")
    assert marked(page) == [(BRIDGES, 1), ("taxes fell by half", 1)]
    for row in rows(database, Claim):
        assert page.by_id(f"mark-{row.public_id}").get("href") == f"#claim-{row.public_id}"
        assert page.by_id(f"claim-{row.public_id}") is not None
        assert f"#mark-{row.public_id}" in page.links.values()
    assert page.links["Claim 1, Suggested"].startswith("#claim-")
    assert "Town Paper" in page.text


def test_overlapping_claims_are_cut_where_one_begins_or_ends(editor, project, database):
    text = "One two three four five."
    found = [
        suggestion(text, "One two three"),
        suggestion(text, "two three four"),
        suggestion(text, "three"),
    ]
    article = take_in(database, project, text=text, found=found)

    page = editor.get(f"/articles/{article}").page

    assert marked(page) == [("One ", 1), ("two ", 2), ("three", 3), (" four", 1)]
    assert text_raw(stand(page, "div", "article")[0]).strip() == text


def test_a_claim_over_two_paragraphs_is_marked_in_both_and_begins_once(editor, project, database):
    text = "First part of it\n\nsecond part of it. Rest."
    found = [suggestion(text, "part of it\n\nsecond part")]
    article = take_in(database, project, text=text, found=found)

    page = editor.get(f"/articles/{article}").page

    assert marked(page) == [("part of it", 1), ("second part", 1)]
    assert len(stand(page, "a", "ref")) == 1


def test_offsets_hold_after_emoji_and_in_scripts_from_right_to_left(editor, project, database):
    text = "👩‍🔬🎉 قال وزير المالية إن الضرائب انخفضت 🇪🇺 בשנת 2024 by a half."
    found = [suggestion(text, "الضرائب انخفضت", hops=["وزير المالية"])]
    article = take_in(database, project, text=text, found=found, language="ar")
    editor.post(f"/articles/{article}", data={"quote": "🇪🇺 בשנת 2024", "agent": "דובר 🎙"})

    page = editor.get(f"/articles/{article}").page

    assert marked(page) == [("الضرائب انخفضت", 1), ("🇪🇺 בשנת 2024", 1)]
    [shown] = stand(page, "div", "article")
    assert (shown.get("lang"), shown.get("dir")) == ("ar", "auto")
    assert "وزير المالية" in page.text
    assert "דובר 🎙" in page.text


def test_a_claim_can_be_added_by_its_words(editor, project, database):
    article = take_in(database, project)
    data = {"quote": '"Ada  Berg,\nsaid', "text": "Ada Berg spoke.", "agent": "A clerk"}

    assert editor.post(f"/articles/{article}", data=data).status_code == 422
    answer = editor.post(f"/articles/{article}", data={**data, "quote": "Ada  Berg,\nsaid"})

    added = claim(database, "Ada Berg spoke.")
    assert answer.location == f"/articles/{article}#claim-{added.public_id}"
    assert (added.state, added.quote) == (ClaimState.OPEN, "Ada Berg, said")
    assert [hop.claim_id for hop in rows(database, Hop)][-1] == added.key


def test_a_claim_that_is_sent_twice_is_added_once(editor, project, database):
    article = take_in(database, project)
    data = {"quote": "Its mayor", "text": "The town has a mayor."}

    first = editor.post(f"/articles/{article}", data=data)
    again = editor.post(f"/articles/{article}", data=data)

    assert first.location == again.location
    assert len(rows(database, Claim)) == 3


def test_adding_the_words_of_a_suggestion_puts_it_on_the_list(editor, project, database):
    article = take_in(database, project)

    editor.post(f"/articles/{article}", data={"quote": BRIDGES, "text": f"{BRIDGES}."})

    assert [row.state for row in rows(database, Claim)] == [ClaimState.OPEN, ClaimState.CANDIDATE]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"quote": ""}, "chosen words are blank"),
        ({"quote": "Words from elsewhere"}, "do not stand in the article"),
        ({"quote": BRIDGES, "text": "a" * 2_001}, "2000 characters at most"),
        ({"quote": BRIDGES, "agent": "a" * 301}, "300 characters"),
    ],
)
def test_words_that_cannot_be_a_claim_are_refused_and_kept(editor, project, database, data, said):
    article = take_in(database, project)
    before = kept(database)

    answer = editor.post(f"/articles/{article}", data=data)

    assert answer.status_code == 422
    assert any(said in error for error in answer.page.errors), answer.page.errors
    form = answer.page.form(f"/articles/{article}")
    assert form["quote"][0].strip() == data["quote"]
    assert form["agent"] == [data.get("agent", "")]
    assert kept(database) == before


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.VIEWER, Role.ADJUDICATOR])
def test_others_read_the_article_but_are_offered_nothing(login, project, database, role):
    article = take_in(database, project)
    client = login(role)

    page = client.get(f"/articles/{article}").page

    assert not {"Check", "Drop", "Later", "Add, to check"} & set(page.buttons)
    before = kept(database)
    assert client.post(f"/articles/{article}", data={"quote": BRIDGES}).status_code == 403
    assert kept(database) == before


def test_an_earlier_text_is_shown_for_the_claim_that_stands_in_it_alone(editor, project, database):
    url = "https://paper.example/town"
    article = take_in(database, project, url=url)
    newer = TEXT.replace(BRIDGES, "Nothing was built")
    assert take_in(database, project, text=newer, url=url, found=()) == article
    old = claim(database, "The town").public_id

    newest = editor.get(f"/articles/{article}").page
    earlier = editor.get(f"/articles/{article}?claim={old}").page

    assert "40 bridges" not in "".join(newest.by_id("main").find(".//div").itertext())
    assert [mark for mark, _n in marked(newest)] == ["taxes fell by half"]
    assert any("earlier text" in said for said in earlier.notices)
    assert [mark for mark, _n in marked(earlier)] == [BRIDGES, "taxes fell by half"]
    other = take_in(database, project, text="Other.", found=())
    assert editor.get(f"/articles/{other}?claim={old}").status_code == 404
    assert editor.get(f"/articles/{article}?claim=nonsense").status_code == 404


def test_a_long_text_with_many_claims_is_shown_with_as_few_queries(editor, project, database):
    sentence = "Fact {n} is that the town counted {n} new bridges in that one year. "
    text = "\n\n".join(sentence.format(n=n) * 3 for n in range(1_000))
    assert len(text) > 200_000
    quotes = [f"Fact {n} is that the town counted {n} new bridges" for n in range(100)]
    few = take_in(database, project)
    many = take_in(database, project, text, [suggestion(text, quote) for quote in quotes])

    def queries(article):
        with counted(editor.application.extensions["assay"]) as sent:
            page = editor.get(f"/articles/{article}").page
        return page, len(sent)

    page, number = queries(many)
    assert number == queries(few)[1]
    assert [mark for mark, _n in marked(page)] == quotes
