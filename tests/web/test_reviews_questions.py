"""Questions and answers in the form of a check: filled in without a script, refused, shown again."""

import gzip

import pytest

from app.domain.words import Role
from app.storage.tables import Evidence, EvidenceAnswer, EvidenceQuestion
from app.web.reviews import questions
from tests.cases import in_turn
from tests.pages import text
from tests.web.checking import CHAIN, article, draft, fields, start
from tests.work import counted

SOURCES = {
    "sources-0-url": "https://example.org/a",
    "sources-0-title": "CREA tracker",
    "sources-3-url": "https://example.org/b",
    "verdict": "false",
}
FIRST = {
    "questions-0-text": "How much was it?",
    "questions-0-answer": "1.1 billion euros",
    "questions-0-type": "extractive",
    "questions-0-medium": "web-table",
    "questions-0-source": "3",
}
AGAIN = {
    "questions-1-answer": "",
    "questions-1-type": "boolean-no",
    "questions-1-explanation": "It is not stated.",
    "questions-1-medium": "pdf",
    "questions-1-source": "0",
}
NONE = {"questions-2-text": "Which year?", "questions-2-type": "unanswerable"}
FILLED = {**SOURCES, **FIRST, **AGAIN, **NONE}


@pytest.fixture
def asking(add_desk):
    return add_desk("desk", asks_questions=True)


@pytest.fixture
def client(login, asking):
    return login(Role.REVIEWER, project=asking)


@pytest.fixture
def review(client, asking, database):
    article(database, asking, claims=2)
    return start(client, asking)


def shown(client, review):
    return fields(client.get(f"/reviews/{review}").page, review)


def stored(database):
    from sqlmodel import select

    with database.reading() as session:
        asked = session.exec(select(EvidenceQuestion).order_by(EvidenceQuestion.position)).all()
        given = session.exec(select(EvidenceAnswer).order_by(EvidenceAnswer.id)).all()
        places = {row.id: row.position for row in session.exec(select(Evidence))}
    return [
        (one.text, [_told(a, places) for a in given if a.question_id == one.id]) for one in asked
    ]


def _told(row, places):
    where = places.get(row.evidence_id)
    return (row.answer_type, row.text, row.explanation, row.medium, where)


def test_what_is_filled_in_is_kept(client, review, database):
    assert client.post(f"/reviews/{review}", data=FILLED).status_code == 303

    assert stored(database) == [
        (
            "How much was it?",
            [
                ("extractive", "1.1 billion euros", "", "web-table", 1),
                ("boolean", "No", "It is not stated.", "pdf", 0),
            ],
        ),
        ("Which year?", [("unanswerable", "", "", None, None)]),
    ]


def test_the_earlier_check_comes_back_as_it_was_sent(client, review):
    client.post(f"/reviews/{review}", data=FILLED)

    again = shown(client, review)

    filled = {name: text for name, text in {**FIRST, **AGAIN, **NONE}.items() if text}
    # Rows of sources are numbered anew once they are stored.
    filled |= {"questions-0-source": "1"}
    assert filled.items() <= again.items()
    assert "questions-1-text" not in again, "another answer asks nothing"


def test_a_row_without_a_question_answers_the_one_above(client, review, database):
    data = {**FILLED, "questions-1-text": " "}
    assert client.post(f"/reviews/{review}", data=data).status_code == 303

    assert [len(answers) for _text, answers in stored(database)] == [2, 1]


def test_a_script_may_say_boolean_and_yes(client, review, database):
    data = {**FILLED, "questions-1-type": "boolean", "questions-1-answer": "Yes"}
    client.post(f"/reviews/{review}", data=data)

    assert stored(database)[0][1][1][:2] == ("boolean", "Yes")


def test_rows_that_tell_nothing_are_none(client, review, database):
    blank = {"questions-0-text": " ", "questions-0-type": "extractive", "questions-0-source": "0"}
    assert client.post(f"/reviews/{review}", data={**SOURCES, **blank}).status_code == 303

    assert stored(database) == []


SPOILT = {
    "questions-0-text": [
        ({"questions-0-text": " "}, "Write the question that this answers."),
        ({"questions-0-text": "x" * 1_001}, "This is longer than 1000 characters."),
    ],
    "questions-0-answer": [
        ({"questions-0-answer": ""}, "Write the answer, or say that none could be found."),
        (
            {"questions-0-type": "boolean", "questions-0-answer": "Maybe"},
            "Say whether the answer is yes or no.",
        ),
        (
            {"questions-0-type": "boolean-yes"},
            "A yes or a no stands alone: write the rest into the field that says why.",
        ),
        ({"questions-0-type": "unanswerable"}, "No answer could be found: then there is none"),
        ({"questions-0-answer": "x" * 10_001}, "This is longer than 10000 characters."),
    ],
    "questions-0-explanation": [
        (
            {"questions-0-type": "boolean-yes", "questions-0-answer": ""},
            "Write why the answer is yes or no.",
        ),
        ({"questions-0-explanation": "So."}, "Only a yes or a no is explained"),
    ],
    "questions-0-source": [
        ({"questions-0-source": ""}, "Choose the source that the answer was read from."),
        ({"questions-0-source": "7"}, "Nothing is filled in at this source"),
    ],
    "questions-0-medium": [
        ({"questions-0-medium": ""}, "Choose what the answer was read from."),
        ({"questions-0-medium": "vinyl"}, "This is not one of the choices of this form."),
    ],
    "questions-0-type": [
        ({"questions-0-type": "guess"}, "This is not one of the choices of this form."),
    ],
    "questions-2-text": [({"questions-2-text": ""}, "Write the question that this answers.")],
}


@in_turn(
    ("field", "spoilt", "said"),
    [(field, spoilt, said) for field, cases in SPOILT.items() for spoilt, said in cases],
)
def test_each_refusal_names_its_field_and_nothing_typed_is_lost(
    client, review, database, field, spoilt, said
):
    answer = client.post(f"/reviews/{review}", data={**FILLED, **spoilt})

    assert answer.status_code == 422
    assert said in text(answer.page.by_id(f"{field}-error"))
    again = fields(answer.page, review)
    typed = {**FILLED, **spoilt}
    lost = {"vinyl", "7"}
    assert {n: t for n, t in typed.items() if t.strip() and t not in lost}.items() <= again.items()
    assert stored(database) == []


def test_too_many_questions_are_refused_beside_the_heading(client, review):
    many = {}
    for n in range(31):
        many |= {f"questions-{n}-text": f"Number {n}?", f"questions-{n}-type": "unanswerable"}
    answer = client.post(f"/reviews/{review}", data={**SOURCES, **many})

    assert answer.status_code == 422
    said = text(answer.page.by_id("questions-error"))
    assert said == "A check can have 30 questions at most."


# Buttons


def pressed(client, review, button, data=FILLED):
    sent = client.post(f"/reviews/{review}", data={**data, "do": button})
    assert sent.status_code == 303
    return sent.location.partition("#")[2], shown(client, review)


def test_another_question_gets_a_row(client, review):
    anchor, form = pressed(client, review, "add-question")

    assert anchor == "questions-3"
    assert form["questions-3-text"] == ""
    assert "questions-4-text" not in form, "there is room for one already"


def test_another_answer_gets_a_row_below_the_others_to_its_question(client, review):
    anchor, form = pressed(client, review, "add-answer-0")

    assert anchor == "questions-2"
    assert "questions-2-text" not in form
    assert form["questions-2-answer"] == ""
    assert form["questions-3-text"] == "Which year?"
    assert form["questions-1-type"] == "boolean-no"


def test_an_answer_goes_alone_and_a_question_with_all_its_answers(client, review):
    _anchor, form = pressed(client, review, "remove-question-1")
    assert (form["questions-0-text"], form["questions-1-text"]) == (
        "How much was it?",
        "Which year?",
    )

    _anchor, form = pressed(client, review, "remove-question-0", {**form, "verdict": "false"})
    assert (form["questions-0-text"], form["questions-1-text"]) == ("Which year?", "")


@pytest.mark.parametrize("button", ["add-answer-77", "add-answer-x", "remove-question-²"])
def test_a_button_for_no_row_changes_none(client, review, button):
    _anchor, form = pressed(client, review, button)

    assert (form["questions-0-text"], form["questions-2-text"]) == (
        "How much was it?",
        "Which year?",
    )


def test_a_source_that_is_removed_is_pointed_at_no_more(client, review):
    _anchor, form = pressed(client, review, "remove-source-3")

    assert (form["questions-0-source"], form["questions-1-source"]) == ("", "0")


def test_sources_are_offered_by_their_title(client, review):
    client.post(f"/reviews/{review}", data={**FILLED, "do": "draft"})

    select = client.get(f"/reviews/{review}").page.by_id("questions-0-source")
    assert [(option.get("value"), option.text) for option in select] == [
        ("", "–"),
        ("0", "Source 1 – CREA tracker"),
        ("3", "Source 2 – example.org"),
        ("4", "Source 3"),
    ]


# Drafts, versions, sessions


def test_a_draft_keeps_all_of_it(client, review, database):
    assert client.post(f"/reviews/{review}/draft", data=FILLED).status_code == 204

    assert {**FIRST, **AGAIN, **NONE}.items() <= draft(database, review).items()


def test_a_stale_form_shows_both_texts(client, review):
    client.post(f"/reviews/{review}", data=FILLED)
    changed = {**FILLED, "questions-0-text": "How much is it?", "base_version": "0"}
    answer = client.post(f"/reviews/{review}", data=changed)

    assert answer.status_code == 409
    row = next(r for r in answer.page.all("tr") if "Questions" in text(r))
    mine, theirs = (text(cell) for cell in row.findall("td"))
    assert "How much is it? · 1.1 billion euros" in mine
    assert "How much was it? · 1.1 billion euros" in theirs
    assert "– · No · It is not stated. · PDF · CREA tracker" in mine


def test_the_form_comes_back_after_signing_in(client, review, database):
    from app.auth import passwords
    from app.storage.tables import Person

    with database.write() as session:
        row = session.get_one(Person, client.person.id)
        row.password_hash = passwords.hash_password("correct horse battery")
        email = row.email
    client.post("/sign-out")
    signed_out = client.post(f"/reviews/{review}", data=FILLED, token=False)
    kept = signed_out.page.form("/sign-in")
    kept |= {"email": [email], "password": ["correct horse battery"]}
    again = client.post("/sign-in", data={n: v[0] for n, v in kept.items()}, token=False)

    assert {n: t for n, t in FILLED.items() if t}.items() <= fields(again.page, review).items()


# Where the project does not ask


def test_where_the_project_does_not_ask_there_is_no_section_and_nothing_is_heard(
    login, add_desk, database
):
    quiet = add_desk("quiet")
    client = login(Role.REVIEWER, project=quiet)
    article(database, quiet, claims=2)
    review = start(client, quiet)

    page = client.get(f"/reviews/{review}").page
    spoilt = {**FILLED, "questions-0-source": "7"}
    sent = client.post(f"/reviews/{review}", data=spoilt)

    assert "questions" not in page.text.lower()
    files = [e.get("href") for e in page.all("link")] + [e.get("src") for e in page.all("script")]
    assert not [name for name in files if name and "questions." in name]
    assert sent.status_code == 303
    assert stored(database) == []


def test_asking_costs_two_questions_of_the_database_at_most(login, add_desk, database, app):
    counts = {}
    for slug, asks in (("quiet", False), ("asking", True)):
        project = add_desk(slug, asks_questions=asks)
        client = login(Role.REVIEWER, project=project)
        article(database, project, claims=5, hops=CHAIN, title=slug)
        review = start(client, project)
        said = {**FILLED, "attribution_verdict": "confirmed"}
        client.post(f"/reviews/{review}", data=said)
        # Both use one scale, which is read once and for all.
        client.get(f"/reviews/{review}")
        with counted(app.extensions["assay"]) as asked:
            client.get(f"/reviews/{review}")
        counts[slug] = len(asked)

    assert 0 < counts["asking"] - counts["quiet"] <= 2


# The rows by themselves


def test_a_blank_row_with_room_for_a_question_parts_the_rows_around_it():
    rows = {
        "questions-0-text": "Who?",
        "questions-0-answer": "Ann.",
        "questions-1-text": "",
        "questions-2-answer": "Ben.",
    }
    assert [(r.question, r.answer) for r in questions.shown(rows)] == [(1, 1), (2, 1), (2, 2)]


def test_a_kind_of_answer_that_is_chosen_alone_asks_for_its_question():
    rows = {"questions-0-text": "", "questions-0-type": "unanswerable"}
    found = []
    assert len(list(questions.values(rows, {}, found))) == 1
    assert [(field, mistake.code) for field, mistake in found] == [
        ("questions-0-text", "question.text")
    ]


def test_the_words_of_a_row_alone_do_not_make_a_field():
    assert questions.is_field("questions-12-medium")
    for name in ("questions-01-text", "questions-1-verdict", "questions-1000-text", "questions"):
        assert not questions.is_field(name)


def test_the_section_weighs_little(client, review):
    body = client.get(f"/reviews/{review}").get_data()

    assert len(gzip.compress(body, compresslevel=6)) < 16 * 1024
