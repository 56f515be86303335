"""Questions and answers as others read them: on the page of a claim, when it is settled, in a control."""

import json

import pytest

from app.domain.actors import CONSOLE
from app.domain.words import Role
from app.storage.tables import Person, Source
from app.workflow.erasures import Erasable, erase
from app.workflow.reviews import send_back
from tests.asking import FOUND, NONE, YES, question
from tests.lending import DeskClient
from tests.pages import text
from tests.rounds import CONTROL, Desk
from tests.scenes import SOURCE

ASKED = (question(), question("Did they fall?", YES, NONE))


@pytest.fixture
def desk(database):
    return Desk(database, asks_questions=True)


@pytest.fixture
def reader(app, database):
    def sign_in(actor) -> DeskClient:
        with database.reading() as session:
            return app.test_client().sign_in(session.get_one(Person, actor.person))

    return sign_in


def lists(page):
    return [text(one) for one in page.all("ol") if "questions" in (one.get("class") or "")]


WHOLE = (
    "By how much did they fall? They fell by 3 percent. Figures · Text of a web page"
    " Did they fall? Yes: Table 4 has it. Figures · Text of a web page No answer could be found"
)


def test_the_page_of_a_settled_claim_shows_what_each_check_asked(desk, reader):
    claim_id = desk.scene.claim()
    desk.scene.check(desk.ann, "false", sources=(SOURCE,), questions=ASKED)
    desk.scene.check(desk.ben, "false", sources=(SOURCE,))

    page = reader(desk.lead).get(f"/claims/{claim_id}").page

    assert lists(page) == [WHOLE]
    assert "questions.css" in "".join(e.get("href") for e in page.all("link"))


def test_who_could_still_check_sees_no_question_of_others(desk, reader):
    claim_id = desk.scene.claim()
    desk.scene.check(desk.ann, "false", sources=(SOURCE,), questions=ASKED)

    page = reader(desk.ben).get(f"/claims/{claim_id}").page

    assert lists(page) == []
    assert "questions.css" not in "".join(e.get("href") for e in page.all("link"))


def test_who_settles_reads_them_side_by_side(desk, reader):
    claim_id = desk.scene.claim()
    desk.scene.check(desk.ann, "false", sources=(SOURCE,), questions=ASKED)
    desk.scene.check(desk.ben, "true", sources=(SOURCE,), questions=(question("Who says so?"),))

    page = reader(desk.lead).get(f"/claims/{claim_id}/settle").page

    assert sorted(lists(page)) == [
        WHOLE,
        "Who says so? They fell by 3 percent. Figures · Text of a web page",
    ]


NOW = "Did they fall? | Yes – Table 4 has it. – Text of a web page – Figures"


def test_what_changed_since_tells_of_questions(desk, reader):
    claim_id = desk.scene.claim()
    mine = desk.scene.check(desk.ann, "false", sources=(SOURCE,), questions=(question(),))
    desk.scene.check(desk.ben, "true", sources=(SOURCE,))
    desk.scene.do(send_back, desk.lead, mine, question="Since when?")
    desk.scene.submit(desk.ann, mine, base_version=1, sources=(SOURCE,), questions=(ASKED[1],))

    page = reader(desk.lead).get(f"/claims/{claim_id}/settle").page

    row = next(r for r in page.all("tr") if text(r).startswith("Questions"))
    assert [text(cell) for cell in row.findall("td")] == [
        "By how much did they fall? | They fell by 3 percent. – Text of a web page – Figures",
        f"{NOW} | No answer could be found",
    ]


def test_a_control_shows_questions_and_answers_and_neither_verdict_nor_form(desk, reader):
    claim_id = desk.scene.claim()
    said = {"rationale": "The reason.", "sources": (SOURCE,), "questions": ASKED}
    for who in (desk.ann, desk.ben):
        desk.scene.check(who, "half-true", **said)
    desk.open(CONTROL, claim=claim_id)
    cy = desk.scene.person("Cy", Role.REVIEWER)
    mine = desk.scene.take(cy)

    page = reader(cy).get(f"/reviews/{mine}").page

    assert lists(page) == [WHOLE]
    assert "The reason." not in page.text
    assert not [name for name in page.form(f"/reviews/{mine}") if name.startswith("questions-")]


def test_an_answer_whose_words_were_erased_says_so(desk, reader):
    claim_id = desk.scene.claim()
    for who in (desk.ann, desk.ben):
        desk.scene.check(who, sources=(SOURCE,), questions=(question("Who?", FOUND),))
    [source] = desk.scene.rows(Source)
    desk.scene.do(erase, CONSOLE, Erasable.SOURCE, source.public_id, reason="Court order")

    page = reader(desk.lead).get(f"/claims/{claim_id}").page

    assert [one.split(" · ")[0] for one in lists(page)] == ["Who? erased"] * 2


def test_what_has_no_place_in_averitec_is_counted_with_its_reason(desk, reader):
    whole = desk.scene.claim(said_on="2020-10-09")
    for who in (desk.ann, desk.ben):
        desk.scene.check(who, "false", sources=(SOURCE,), questions=ASKED)
    bare = desk.checked("half-true", "half-true")

    answer = reader(desk.lead).get("/projects/desk/exports/averitec.json")

    assert answer.headers["X-Assay-Left-Out"] == (
        f"1, {bare} averitec.question averitec.label averitec.date"
    )
    [claim] = json.loads(answer.get_data(as_text=True))
    assert (claim["label"], claim["claim_date"]) == ("Refuted", "9-10-2020")
    assert answer.content_type == "application/json; charset=utf-8"
    rows = reader(desk.lead).get("/projects/desk/exports/questions.csv").get_data(as_text=True)
    assert rows.count(whole) == 6
