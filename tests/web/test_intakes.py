"""Articles by their addresses, on the pages: asking, how far it is, what failed and what to do."""

import re

import pytest

from app.domain.actors import CONSOLE
from app.domain.evidence_words import LineState
from app.domain.words import Role
from app.storage.tables import Article, Intake, IntakeLine, Job
from app.workflow.articles import NewArticle
from app.workflow.intakes import Found, fail_line, finish_line
from tests.cases import in_turn
from tests.work import Work

A, B, C = (f"https://{name}.example/piece" for name in "abc")
ADDRESS = "/projects/desk/intakes"


@pytest.fixture
def editor(login):
    return login(Role.EDITOR)


@pytest.fixture
def rows(database):
    """``rows(Intake)`` are all of them."""
    return Work(database).all_of


def ask(client, *urls, feed=""):
    return client.post(ADDRESS, data={"urls": "\r\n".join(urls), "feed": feed})


def fail(database, line, error="intake.closed"):
    with database.write() as session:
        fail_line(session, line.public_id, error=error)


def finish(database, line, text="The port lost 40 boats."):
    found = Found(article=NewArticle(text=text, title="<b>Tarn</b>", url=line.url))
    with database.write() as session:
        finish_line(session, CONSOLE, line.public_id, found=found)


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


def test_the_page_for_adding_an_article_offers_addresses_first(editor):
    said = editor.get("/projects/desk/articles/new").text

    assert said.index('name="urls"') < said.index('name="feed"') < said.index('name="text"')
    assert f'action="{ADDRESS}"' in said


def test_asking_leads_to_the_page_that_says_how_far_it_is(editor, rows):
    answer = ask(editor, A, "# remark", "", A, B, feed=C)

    [intake] = rows(Intake)
    assert (answer.status_code, answer.location) == (303, f"/intakes/{intake.public_id}")
    shown = editor.get(answer.location)
    said = text_of(shown)
    assert "3 addresses are fetched now" in said
    assert "1 line named a page once more" in said
    assert "0 of 3 are done" in said
    assert re.search(r'<progress max="3"\s+value="0"', shown.text)
    assert said.count("being fetched") == 4
    assert "Look again" in said
    assert len(rows(Job)) == 3


@in_turn(
    ("urls", "feed", "said"),
    [
        ([A, "javascript:alert(1)"], "", "Line 2 is no web address"),
        ([A, "", "https://ann:pw@a.example/"], "", "in line 3 holds a name or a password"),
        (["x" * 2_000_000], "", "in line 1 is longer than 2000 characters"),
        ([f"https://a.example/{n}" for n in range(10_000)], "", "500 addresses at most"),
        (["# nothing"], "", "Write at least one address"),
        ([A], "ftp://a.example/", "http"),
    ],
)
def test_what_cannot_be_asked_comes_back_as_typed(editor, rows, urls, feed, said):
    answer = ask(editor, *urls, feed=feed)

    assert answer.status_code == 422
    assert said in answer.text
    assert urls[-1] in answer.text
    assert feed in answer.text
    assert (rows(Intake), rows(Job)) == ([], [])


def test_what_came_of_each_address_is_told_with_the_way_on(editor, rows, database):
    ask(editor, A, B, C)
    done, known, failed = rows(IntakeLine)
    finish(database, done)
    finish(database, known)
    fail(database, failed)
    address = f"/intakes/{rows(Intake)[0].public_id}"

    shown = editor.get(address)

    article = rows(Article)[0].public_id
    assert shown.text.count(f'href="/articles/{article}"') == 2
    assert "&lt;b&gt;Tarn&lt;/b&gt;" in shown.text
    said = text_of(shown)
    assert "3 of 3 are done" in said
    for words in ("1 taken in", "1 here already", "1 could not be taken in"):
        assert words in said
    assert "shows this page only to those whom it knows" in said
    assert "Look again" not in said
    by_hand = re.search(r'href="(/projects/desk/articles/new[^"]+)"', shown.text)[1]
    assert f'value="{C}"' in editor.get(by_hand).text


def test_those_that_failed_are_tried_again(editor, rows, database):
    ask(editor, A, B)
    fail(database, rows(IntakeLine)[0])
    address = f"/intakes/{rows(Intake)[0].public_id}"
    assert "Try the failed ones again" in editor.get(address).text

    answer = editor.post(f"{address}/retry")

    assert (answer.status_code, answer.location) == (303, address)
    assert "1 address is fetched once more" in editor.get(address).text
    assert [line.state for line in rows(IntakeLine)] == [LineState.ASKED] * 2


def test_without_a_failed_one_there_is_nothing_to_try_again(editor, rows):
    ask(editor, A)
    answer = editor.post(f"/intakes/{rows(Intake)[0].public_id}/retry")

    assert answer.status_code == 409
    assert "None of these addresses failed" in answer.text


def test_only_the_failed_ones_are_shown_where_asked(editor, rows, database):
    ask(editor, A, B)
    fail(database, rows(IntakeLine)[1])
    said = editor.get(f"/intakes/{rows(Intake)[0].public_id}?show=failed").text

    assert B in said
    assert A not in said


def test_a_long_list_has_pages(editor, rows):
    ask(editor, *(f"https://a.example/{n}" for n in range(1, 151)))
    first = editor.get(f"/intakes/{rows(Intake)[0].public_id}").text
    assert "a.example/100<" in first
    assert "a.example/101<" not in first

    second = editor.get(re.search(r'href="(/intakes/[^"]+after=[^"]+)"', first)[1]).text

    assert "a.example/101<" in second
    assert "a.example/150<" in second
    assert "a.example/100<" not in second


def test_earlier_lists_have_pages_too(editor, login, rows):
    for n in range(52):
        ask(editor, f"https://a.example/{n}")
    first = editor.get(ADDRESS).text
    assert first.count('class="line-title"') == 50
    older = editor.get(re.search(rf'href="({ADDRESS}\?after=[^"]+)"', first)[1]).text
    assert older.count('class="line-title"') == 2
    assert f"/intakes/{rows(Intake)[0].public_id}" in older


def test_a_list_of_another_project_is_not_there(editor, rows, add_desk, login):
    ask(editor, A)
    address = f"/intakes/{rows(Intake)[0].public_id}"
    other = login(Role.EDITOR, project=add_desk("other"))

    assert other.get(address).status_code == 404
    assert other.post(f"{address}/retry").status_code == 404
    assert "There is no such list of addresses" in other.get(address).text


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ADJUDICATOR, Role.VIEWER])
def test_only_editors_see_and_ask(editor, rows, login, role):
    ask(editor, A)
    member = login(role)

    assert member.get(f"/intakes/{rows(Intake)[0].public_id}").status_code == 403
    assert member.get(ADDRESS).status_code == 403
    assert ask(member, B).status_code == 403
    assert len(rows(Intake)) == 1


def test_hosts_of_every_script_stand_apart(editor, rows):
    ask(editor, "https://مثال.example/خبر", "https://xn--mller-kva.example/")
    said = editor.get(f"/intakes/{rows(Intake)[0].public_id}").text

    assert '<bdi class="host">مثال.example</bdi>' in said
    assert '<bdi class="host">xn--mller-kva.example</bdi>' in said


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://u:p@a.example/", "x" * 5_000])
def test_no_odd_address_is_written_into_the_form(editor, url):
    answer = editor.get("/projects/desk/articles/new", query_string={"url": url})

    assert answer.status_code == 200
    assert url not in answer.text
