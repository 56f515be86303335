"""Comments on a claim's page, the list of them, and asking a colleague from within a check."""

import csv
import io

import pytest

from app.domain.words import Decides, Role
from app.exporters.registry import EXPORTERS
from app.storage.tables import Bar, Comment, Draft, Notice
from app.workflow.comments import CommentValues, add_comment, resolve
from tests.web.checking import fields
from tests.web.checking import start as take
from tests.work import Work, counted


@pytest.fixture
def work(database):
    return Work(database)


@pytest.fixture
def claim(work, project):
    return work.claim(project, "The budget grew.")


@pytest.fixture
def ann(login):
    return login(Role.REVIEWER, name="Ann")


@pytest.fixture
def ben(login):
    return login(Role.EDITOR, name="Ben")


def write(client, claim, **fields):
    return client.post(f"/claims/{claim}/comments", data={"text": "Look here.", **fields})


def test_a_comment_stands_below_the_claim_and_can_be_linked(ann, ben, claim):
    answer = write(ann, claim, text="See https://a.example/x, @Ben.\n<script>alert(1)</script>")
    assert answer.status_code == 303
    comment = answer.location.partition("#comment-")[2]
    shown = ben.get(f"/claims/{claim}").page
    assert "<script>alert" not in shown.html
    assert shown.links["https://a.example/x"] == "https://a.example/x"
    assert "@Ben" in shown.text
    assert shown.by_id(f"comment-{comment}") is not None
    place = ben.get(f"/comments/{comment}")
    assert (place.status_code, place.location) == (303, f"/claims/{claim}#comment-{comment}")


def test_an_answer_and_a_closed_thread(ann, ben, claim):
    comment = write(ann, claim).location.partition("#comment-")[2]
    assert ben.post(f"/comments/{comment}/replies", data={"text": "I did."}).status_code == 303
    assert ben.post(f"/comments/{comment}/resolve").status_code == 303
    shown = ann.get(f"/claims/{claim}").page
    assert "I did." in shown.text
    assert "Closed by Ben" in shown.text
    assert ann.post(f"/comments/{comment}/reopen").status_code == 303
    assert "Closed by Ben" not in ann.get(f"/claims/{claim}").page.text


@pytest.mark.parametrize("text", ["", "x" * 5_001])
def test_what_cannot_be_is_shown_as_typed(ann, ben, claim, work, text):
    tell = work.all_of(Comment)
    answer = write(ann, claim, text=text, tell=ben.person.public_id)
    assert answer.status_code == 422
    form = answer.page.form(f"/claims/{claim}/comments")
    assert form["text"] == [text]
    assert form["tell"] == [ben.person.public_id]
    assert answer.page.errors
    assert work.all_of(Comment) == tell == []


def test_somebody_who_is_no_member_cannot_be_told(ann, claim, work):
    answer = write(ann, claim, tell="aaaaaaaaaaaa")
    assert answer.status_code == 422
    assert "Choose somebody of this project." in answer.page.errors[0]
    assert work.all_of(Comment) == []


def test_whoever_only_reads_finds_no_form_but_answers_what_they_are_asked(login, ann, claim, work):
    reader = login(Role.VIEWER, name="Reader")
    assert "Comment" not in reader.get(f"/claims/{claim}").page.buttons
    comment = write(ann, claim).location.partition("#comment-")[2]
    assert reader.post(f"/comments/{comment}/replies", data={"text": "No."}).status_code == 403
    asked = {"person": reader.person.public_id, "text": "Is it?"}
    answer = ann.post(f"/claims/{claim}/questions", data=asked)
    question = answer.location.partition("#comment-")[2]
    shown = reader.get(f"/claims/{claim}").page
    assert "Consulted: Reader" in shown.text
    assert shown.buttons.count("Send the answer") == 1
    assert reader.post(f"/comments/{question}/replies", data={"text": "Yes."}).status_code == 303
    assert [n.kind for n in work.all_of(Notice)] == ["asked", "answered"]


def test_a_question_needs_somebody_else(ann, claim, work):
    path = f"/claims/{claim}/questions"
    for person in ("", ann.person.public_id):
        answer = ann.post(path, data={"person": person, "text": "Is it?"})
        assert answer.status_code == 422
        assert answer.page.form(path)["text"] == ["Is it?"]
    assert work.all_of(Comment) == []


def test_a_question_from_within_a_check_keeps_what_is_typed(login, add_desk, work):
    data = add_desk("data", decides=Decides.INDEPENDENT, reviews_wanted=2)
    ann = login(Role.REVIEWER, project=data, name="Ann")
    ben = login(Role.REVIEWER, project=data, name="Ben")
    claim = work.claim(data)
    review = take(ann, data)
    form = fields(ann.get(f"/reviews/{review}").page, review)
    typed = {**form, "rationale": "So far.", "do": "ask"}
    refused = ann.post(f"/reviews/{review}", data={**typed, "ask_text": "Is it?"})
    assert refused.status_code == 422
    again = fields(refused.page, review)
    assert (again["rationale"], again["ask_text"]) == ("So far.", "Is it?")
    asked = {"ask_whom": ben.person.public_id, "ask_text": "Is it?"}
    answer = ann.post(f"/reviews/{review}", data={**typed, **again, **asked, "do": "ask"})
    assert (answer.status_code, answer.location) == (303, f"/reviews/{review}#asked")
    page = ann.get(f"/reviews/{review}").page
    assert "asks Ben" in page.text
    kept = fields(page, review)
    assert (kept["rationale"], kept["ask_text"]) == ("So far.", "")
    assert [bar.person_id for bar in work.all_of(Bar)] == [ben.person.key]
    assert work.all_of(Draft)[0].body["rationale"] == "So far."
    question = work.all_of(Comment)[0].public_id
    ben.post(f"/comments/{question}/replies", data={"text": "It is so."})
    assert "It is so." in ann.get(f"/reviews/{review}").page.text
    assert claim == ann.get(f"/comments/{question}").location.split("#")[0].rpartition("/")[2]


def fill(database, actor, claim, number):
    with database.write() as session:
        for n in range(number):
            text = f"Number {n}, see @Ben."
            done = add_comment(session, actor, claim, values=CommentValues(text=text))
            if n % 3 == 0:
                resolve(session, actor, done)


def test_the_list_goes_on_and_asks_as_much_for_many_as_for_few(
    ann, ben, claim, database, app, actor
):
    sizes = []
    for number in (3, 60):
        fill(database, actor(ann.person), claim, number)
        with counted(app.extensions["assay"]) as sent:
            page = ben.get("/projects/desk/comments").page
        sizes.append(len(sent))
    assert sizes[0] == sizes[1]
    found = set()
    while True:
        found |= {e.text for e in page.all("p") if e.get("class") == "words"}
        if "More comments" not in page.links:
            break
        page = ben.get(page.links["More comments"]).page
    assert len(found) == 60
    assert ben.get("/projects/desk/comments?after=bm8").status_code == 422
    assert "Number 2" in ben.get("/projects/desk/comments?show=mine").page.text
    assert (
        "No thread fits that."
        in ann.get("/projects/desk/comments?show=resolved&after=WzEsImFhYWFhYWFhYWFhYSJd").page.text
    )


def test_the_page_of_a_claim_asks_as_much_for_many_comments_as_for_few(
    ann, ben, claim, database, app, actor
):
    sizes = []
    for number in (2, 20):
        fill(database, actor(ann.person), claim, number)
        with counted(app.extensions["assay"]) as sent:
            assert ben.get(f"/claims/{claim}").status_code == 200
        sizes.append(len(sent))
    assert sizes[0] == sizes[1]


def test_an_empty_list_says_where_comments_are_written(ann):
    assert "below each claim" in ann.get("/projects/desk/comments").page.text


def rows(response):
    assert response.status_code == 200
    text = response.get_data(as_text=True)
    assert EXPORTERS["comments.csv"].validate([text]) == []
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_list_leaves_as_a_file_as_it_is_filtered(ann, ben, claim, database, actor):
    fill(database, actor(ann.person), claim, 3)
    open_one = write(ann, claim, text="=1+1, @Ben").location.partition("#comment-")[2]
    ben.post(f"/comments/{open_one}/replies", data={"text": "Two."})
    page = ben.get("/projects/desk/comments?show=open").page
    found = rows(ben.get(page.links["These as comments.csv"]))
    assert [row["text"] for row in found[-2:]] == [f"'=1+1, @{found[-1]['author']}", "Two."]
    assert [row["thread_id"] for row in found[-2:]] == [open_one] * 2
    assert "Number 0" not in " ".join(row["text"] for row in found)
    assert "Ann" not in repr(found)
    everything = rows(ben.get("/projects/desk/exports/comments.csv?names=1"))
    assert [row["author"] for row in everything] == ["Ann"] * 4 + ["Ben"]
    assert everything[0]["text"] == "Number 0, see @Ben."
    assert everything[0]["mentions"] == "Ben"
    assert ann.get("/projects/desk/exports/comments.csv?names=1").status_code == 403
