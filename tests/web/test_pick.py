"""Pick: all suggestions, best first, and the one press that decides about each."""

import pytest

from app.domain.words import ClaimState, Role
from app.storage.tables import Claim, Project, Triage
from tests.cases import in_turn
from tests.pages import text as words
from tests.web.picking import BRIDGES, TAXES, TEXT, claim, kept, rows, stand, suggestion, take_in
from tests.work import counted

PICK = "/projects/desk/pick"


@pytest.fixture
def editor(login, project):
    return login(Role.EDITOR)


@pytest.fixture
def article(database, project):
    return take_in(database, project)


def lines(page):
    """The claims of the list, in its order."""
    return [words(e) for e in stand(page, "p", "pick-claim")]


def named(database, text):
    return claim(database, text).public_id


def states(database):
    return [row.state for row in rows(database, Claim)]


def test_suggestions_of_all_articles_stand_best_first_with_why(editor, article, project, database):
    take_in(
        database,
        project,
        text="Rain fell for 90 days.",
        found=[suggestion("Rain fell for 90 days.", "Rain fell for 90 days", worth=0.6)],
        title="Weather",
    )

    page = editor.get(PICK).page

    assert lines(page) == ["Taxes fell by half.", "Rain fell for 90 days.", f"{BRIDGES}."]
    first = stand(page, "li", "pick-row")[0]
    for shown in ("Ada Berg", "Bridges, Town Paper, 4 Sep 2025", "a sum of money"):
        assert shown in words(first)
    assert [e.get("aria-label") for e in first.iter("meter")] == ["Check-worthiness 90%"]
    buttons = list(first.iter("button"))
    assert [words(b, leave_out="kbd") for b in buttons] == ["Check", "Drop", "Later"]
    assert [b.get("data-key") for b in buttons] == ["c", "d", "l"]
    assert [b.get("aria-keyshortcuts") for b in buttons] == ["c", "d", "l"]


def test_the_same_statement_is_shown_once_with_where_else_it_stands(
    editor, article, project, database
):
    other = TEXT.upper().replace("ITS MAYOR", "ITS OTHER MAYOR")
    found = [suggestion(other, TAXES.upper(), worth=0.8)]
    take_in(database, project, text=other, found=found, title="Copied")

    page = editor.get(PICK).page

    assert lines(page) == ["Taxes fell by half.", f"{BRIDGES}."]
    assert words(stand(page, "p", "also")[0]).startswith("Also in Copied")


def test_nothing_to_pick_is_said_with_the_way_on(editor):
    page = editor.get(PICK).page

    assert "No suggestion waits" in page.text
    assert page.links["Add an article"] == "/projects/desk/articles/new"


@pytest.mark.parametrize(
    ("do", "state"),
    [
        ("check", ClaimState.OPEN),
        ("drop", ClaimState.REJECTED),
        ("later", ClaimState.CANDIDATE),
    ],
)
def test_one_press_decides_and_goes_on_with_the_next(editor, article, database, do, state):
    this, following = named(database, "Taxes"), named(database, "The town")

    answer = editor.post(f"/claims/{this}/pick", data={"do": do, "next": "pick", "then": following})

    assert (answer.status_code, answer.location) == (303, f"{PICK}#claim-{following}")
    row = claim(database, "Taxes")
    assert row.state is state
    assert (row.put_off_at is not None) is (do == "later")
    assert "Taxes fell by half." in editor.get(PICK).page.notices[0]


@pytest.mark.parametrize("do", ["check", "drop", "later"])
def test_a_press_that_is_sent_twice_does_no_harm(editor, article, database, do):
    this = named(database, "Taxes")
    data = {"do": do, "next": "pick"}
    first = editor.post(f"/claims/{this}/pick", data=data)
    before = states(database)

    again = editor.post(f"/claims/{this}/pick", data=data)

    assert (again.status_code, again.location) == (303, first.location)
    assert states(database) == before


def test_what_was_decided_otherwise_in_the_meantime_is_said(editor, article, database):
    this = named(database, "Taxes")
    editor.post(f"/claims/{this}/pick", data={"do": "drop"})
    before = kept(database)

    answer = editor.post(f"/claims/{this}/pick", data={"do": "later"})

    assert answer.status_code == 409
    assert kept(database) == before


def test_a_dropped_claim_can_be_brought_back(editor, article, database):
    this = named(database, "Taxes")
    editor.post(f"/claims/{this}/pick", data={"do": "drop"})

    editor.post(f"/claims/{this}/pick", data={"do": "check", "next": "claim"})

    assert claim(database, "Taxes").state is ClaimState.OPEN


def test_what_is_put_off_stands_last_and_says_so(editor, article, database):
    editor.post(f"/claims/{named(database, 'Taxes')}/pick", data={"do": "later"})

    page = editor.get(PICK).page

    assert lines(page) == [f"{BRIDGES}.", "Taxes fell by half."]
    assert "put off just now" in words(stand(page, "li", "pick-row")[1])


def test_reason_due_date_and_priority_are_kept(editor, add_desk, login, database):
    desk = add_desk("lisbon", timezone="Europe/Lisbon")
    client = login(Role.EDITOR, project=desk)
    take_in(database, desk)
    data = {"do": "check", "reason": "Topical", "due_at": "2026-07-01", "priority": "2"}

    client.post(f"/claims/{named(database, 'Taxes')}/pick", data=data)

    row = claim(database, "Taxes")
    assert (row.selection_reason, row.priority) == ("Topical", 2)
    assert row.due_at.isoformat() == "2026-07-01T22:59:59+00:00"


@in_turn(
    "data",
    [
        {"do": "explode"},
        {},
        {"do": "check", "due_at": "tomorrow"},
        {"do": "check", "due_at": "9999-12-31"},
        {"do": "check", "due_at": "1899-12-31"},
        {"do": "check", "priority": "urgent"},
        {"do": "check", "reason": "a" * 501},
    ],
)
def test_what_cannot_be_is_refused_with_what_was_typed(editor, article, database, data):
    this = named(database, "Taxes")
    before = kept(database)

    answer = editor.post(f"/claims/{this}/pick", data={"reason": "Because", **data})

    assert answer.status_code == 422
    assert answer.page.form(f"/claims/{this}/pick")["reason"] == [data.get("reason", "Because")]
    assert kept(database) == before


@pytest.mark.parametrize(
    ("where", "place"),
    [
        ("pick", f"{PICK}#claim-bbbbbbbbbbbb"),
        ("article", "/articles/ARTICLE#claim-bbbbbbbbbbbb"),
        ("claim", "/claims/CLAIM"),
        ("https://elsewhere.example", f"{PICK}#claim-bbbbbbbbbbbb"),
    ],
)
def test_the_way_on_is_the_page_that_was_pressed_on(editor, article, database, where, place):
    this = named(database, "Taxes")

    answer = editor.post(
        f"/claims/{this}/pick", data={"do": "drop", "next": where, "then": "bbbbbbbbbbbb"}
    )

    assert answer.location == place.replace("ARTICLE", article).replace("CLAIM", this)


def test_the_article_page_offers_the_same_with_the_next_claim_of_its_text(
    editor, article, database
):
    first, second = named(database, "The town"), named(database, "Taxes")
    page = editor.get(f"/articles/{article}").page
    button = next(b for b in page.by_id(f"claim-{first}").iter("button"))

    answer = editor.post(button.get("formaction"), data={"do": button.get("value")})

    assert answer.location == f"/articles/{article}#claim-{second}"
    assert claim(database, "The town").state is ClaimState.OPEN


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.VIEWER, Role.ADJUDICATOR])
def test_only_editors_pick(login, article, database, role):
    client = login(role)
    before = kept(database)
    assert client.get(PICK).status_code == 403
    path = f"/claims/{named(database, 'Taxes')}/pick"
    assert client.post(path, data={"do": "check"}).status_code == 403
    assert kept(database) == before


def test_a_stranger_and_a_claim_that_is_not_there_are_not_found(login, editor, article, database):
    stranger = login()
    before = kept(database)
    assert stranger.get(PICK).status_code == 404
    path = f"/claims/{named(database, 'Taxes')}/pick"
    assert stranger.post(path, data={"do": "check"}).status_code == 404
    assert editor.post("/claims/aaaaaaaaaaaa/pick", data={"do": "check"}).status_code == 404
    assert kept(database) == before


def test_the_list_goes_on_where_it_ended_though_rows_leave_it(editor, project, database):
    text = "\n\n".join(f"Fact {n} is known." for n in range(120))
    found = [
        suggestion(text, f"Fact {n} is known", worth=None if n % 3 == 0 else n / 200)
        for n in range(120)
    ]
    take_in(database, project, text=text, found=found)
    seen = []
    page = editor.get(PICK).page
    while True:
        seen += lines(page)
        # What is decided leaves the list; the pages after it must not move up.
        first = stand(page, "li", "pick-row")[0].get("id").removeprefix("claim-")
        editor.post(f"/claims/{first}/pick", data={"do": "drop"})
        if "More suggestions" not in page.links:
            break
        page = editor.get(page.links["More suggestions"]).page

    worths = [n for n in range(119, -1, -1) if n % 3] + [n for n in range(120) if n % 3 == 0]
    assert seen == [f"Fact {n} is known." for n in worths]


def test_the_list_asks_as_many_questions_at_any_length(editor, project, database):
    def queries():
        with counted(editor.application.extensions["assay"]) as sent:
            assert editor.get(PICK).status_code == 200
        return len(sent)

    take_in(database, project)
    few = queries()
    text = "\n\n".join(f"Fact {n} is known." for n in range(60))
    found = [suggestion(text, f"Fact {n} is known", hops=["A", f"B{n}"]) for n in range(60)]
    take_in(database, project, text=text, found=found)

    assert queries() == few
    assert editor.get(f"{PICK}?after=nonsense").status_code == 422


# second looks

AGAIN = f"{PICK}/again"


@pytest.fixture
def decided(editor, article, project, database):
    """Two suggestions of which the editor picked one and dropped the other; all are looked at."""
    with database.write() as session:
        session.get_one(Project, project.id).triage_share = 1
    for text, do in ((TAXES.capitalize(), "check"), (BRIDGES, "drop")):
        editor.post(f"/claims/{named(database, text)}/pick", data={"do": do})


def test_a_second_editor_is_shown_a_suggestion_without_what_was_done(
    decided, editor, login, database
):
    assert "second look" not in editor.get(PICK).page.text
    second = login(Role.EDITOR, name="Ed")
    said = "2 of 2 decided suggestions wait for a second look"
    assert second.get(PICK).page.links[said] == AGAIN

    page = second.get(AGAIN).page

    assert "2 wait for you." in page.text
    main = words(page.all("main")[0])
    assert not {"Dropped", "To check", "Checked"} & set(main.split("\n"))
    assert [
        href for href in page.links.values() if "/claims/" in href or "/articles/" in href
    ] == []
    buttons = [e.get("data-key") for e in page.all("button") if e.get("name") == "do"]
    assert buttons == ["c", "d"]


def test_second_looks_are_noted_one_after_the_other_and_differences_listed(
    decided, editor, login, database
):
    second = login(Role.EDITOR, name="Ed")
    before = states(database)
    taxes, bridges = named(database, TAXES.capitalize()), named(database, BRIDGES)
    for claim_id in (taxes, bridges, bridges):
        answer = second.post(f"/claims/{claim_id}/pick/again", data={"do": "check"})
        assert (answer.status_code, answer.location) == (303, AGAIN)
    assert "Nothing waits for a second look by you." in second.get(AGAIN).page.text
    assert states(database) == before
    assert editor.post(f"/claims/{taxes}/pick/again", data={"do": "check"}).status_code == 403
    third = login(Role.EDITOR, name="Third")
    third.post(f"/claims/{taxes}/pick/again", data={"do": "drop"})
    assert "Somebody was quicker" in third.get(AGAIN).page.notices[0]
    third.post(f"/claims/{taxes}/pick/again", data={})
    assert "Choose whether" in third.get(AGAIN).page.notices[0]
    assert len(rows(database, Triage)) == 4

    page = editor.get(f"{PICK}/differences").page
    assert lines(page) == [f"{BRIDGES}."]
    path = f"/claims/{bridges}/pick"
    answer = editor.post(path, data={**flat(page.form(path)), "do": "check"})
    assert answer.location == f"{PICK}/differences#claim-{bridges}"
    assert states(database) == [ClaimState.OPEN, ClaimState.OPEN]


def flat(form):
    return {name: values[0] for name, values in form.items()}
