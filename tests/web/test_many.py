"""One act on many claims: chosen by ticks or all at once, looked at, done by one press."""

import pytest

from app.domain.ids import new_public_id
from app.domain.words import ClaimState, Decides, NoticeKind, ReviewState, Role
from app.storage.tables import Claim, ClaimTag, Event, Notice, Review
from tests.cases import in_turn
from tests.pages import text as words
from tests.web.picking import kept, rows, stand
from tests.work import Work

LIST = "/projects/desk/claims"
ACT = f"{LIST}/act"


@pytest.fixture
def work(database):
    return Work(database)


@pytest.fixture
def editor(login, project):
    return login(Role.EDITOR)


@pytest.fixture
def kim(person, project):
    return person("Kim", Role.REVIEWER, project=project)


@pytest.fixture
def ids(work, project):
    return [work.claim(project, f"Claim {n}.") for n in range(7)]


def form_of(page):
    return {name: values[0] for name, values in page.form(ACT).items()}


def sent(client, ids, **data):
    return client.post(ACT, data={"claims": " ".join(ids), "back": "text=Claim", **data})


def test_ticked_claims_are_looked_at_before_anything_is_written(editor, ids, database):
    before = kept(database)
    listed = editor.get(LIST).page
    boxes = [e.get("value") for e in listed.all("input") if e.get("name") == "claim"]
    assert sorted(boxes) == sorted(ids)

    page = editor.get(f"{ACT}?claim={ids[0]}&claim={ids[3]}").page

    assert page.heading == "2 claims at once"
    sample = [words(item) for item in stand(page, "ul", "sample")[0].iter("li")]
    assert sample == ["Claim 0.", "Claim 3."]
    assert form_of(page)["claims"] == f"{ids[0]} {ids[3]}"
    assert kept(database) == before


def test_all_that_the_list_finds_are_taken_with_a_sample_of_five(editor, ids, work, project):
    work.claim(project, "Another.")
    page = editor.get(f"{LIST}?text=Claim").page
    assert "All of this list, 7 claims" in page.text

    page = editor.get(f"{ACT}?text=Claim&sort=due&all=1").page

    assert page.heading == "7 claims at once"
    sample = [words(item) for item in stand(page, "ul", "sample")[0].iter("li")]
    assert sample == [*(f"Claim {n}." for n in (6, 5, 4, 3, 2)), "and 2 more"]
    assert form_of(page)["claims"].split() == ids[::-1]
    assert page.links["Leave them as they are"] == f"{LIST}?text=Claim&sort=due"


def test_more_than_can_be_changed_at_once_is_said(editor, project, database):
    with database.write() as session:
        session.add_all(Claim(project_id=project.id, text=f"Fact {n}") for n in range(501))

    assert "The first 500 that this list finds" in editor.get(LIST).page.text
    page = editor.get(f"{ACT}?all=1").page
    assert page.heading == "500 claims at once"
    assert "At most 500 claims can be changed at once" in page.notices[0]
    assert "Fact 0" not in page.text


def test_claims_are_given_to_somebody_who_is_told(editor, kim, ids, database):
    answer = sent(editor, ids[:3], do="give", person=kim.public_id)

    assert (answer.status_code, answer.location) == (303, f"{LIST}?text=Claim")
    assert "3 claims were changed." in editor.get(answer.location).page.notices
    assert {review.reviewer_id for review in rows(database, Review)} == {kim.id}
    assert {notice.kind for notice in rows(database, Notice)} == {NoticeKind.ASSIGNED}
    assert len(rows(database, Notice)) == 3


def test_what_could_not_be_given_is_named_with_its_reason(editor, kim, ids, work, project):
    held = work.take(kim, project)

    answer = sent(editor, ids[:2], do="give", person=kim.public_id)

    page = editor.get(answer.location).page
    assert page.heading == "Left as they were"
    assert "1 claim was changed. 1 was left as it was." in page.notices
    assert "This person has this claim already, or may not check it any more." in page.text
    assert page.links["Claim 0."] == f"/claims/{ids[0]}"
    assert page.links["Back to the list"] == f"{LIST}?text=Claim"
    assert held is not None


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"do": "priority", "priority": "3"}, {"priority": 3}),
        ({"do": "drop"}, {"state": ClaimState.REJECTED}),
        ({"do": "no-due"}, {"due_at": None}),
        ({"do": "check"}, {"state": ClaimState.OPEN}),
    ],
)
def test_what_is_chosen_is_done_to_all_and_to_nothing_else(editor, ids, database, data, expected):
    assert sent(editor, ids[:2], **data).status_code == 303

    for row in rows(database, Claim)[:2]:
        assert {name: getattr(row, name) for name in expected} == expected
    assert rows(database, Claim)[2].priority == 0
    assert rows(database, Claim)[2].state is ClaimState.OPEN


def test_a_date_ends_with_its_day_by_the_clock_of_the_project(editor, ids, database):
    sent(editor, ids[:1], do="due", due_at="2031-02-03")

    assert rows(database, Claim)[0].due_at.isoformat() == "2031-02-03T23:59:59+00:00"


def test_a_tag_is_added_and_taken_away(editor, ids, database):
    sent(editor, ids[:2], do="tag", tag=" EU  budget ")
    assert [row.tag for row in rows(database, ClaimTag)] == ["EU budget"] * 2
    sent(editor, ids[1:3], do="untag", tag="EU budget")
    assert [row.tag for row in rows(database, ClaimTag)] == ["EU budget"]


def test_the_same_press_twice_says_so_and_writes_nothing_more(editor, ids, database):
    data = {"do": "priority", "priority": "2"}
    sent(editor, ids, **data)
    before = kept(database)

    answer = sent(editor, ids, **data)

    assert answer.status_code == 303
    assert kept(database) == before
    assert "0 claims were changed. 7 were so already." in editor.get(LIST).page.notices


@in_turn(
    ("data", "said"),
    [
        ({}, "Say what should be done with them."),
        ({"do": "explode"}, "Not a valid choice."),
        ({"do": "give"}, "Choose who should check them."),
        ({"do": "give", "person": "aaaaaaaaaaaa"}, "Not a valid choice."),
        ({"do": "due"}, "Choose a day."),
        ({"do": "due", "due_at": "1066-01-01"}, "Write a day in the years from 1900 to 2999."),
        ({"do": "due", "due_at": "soon"}, "Not a valid date value."),
        ({"do": "tag"}, "Write down a tag."),
        ({"do": "tag", "tag": "a" * 101}, "longer than 100 characters"),
    ],
)
def test_what_cannot_be_done_is_refused_as_typed(editor, ids, database, data, said):
    before = kept(database)

    answer = sent(editor, ids, **data)

    assert answer.status_code == 422
    assert any(said in error for error in answer.page.errors), answer.page.errors
    form = form_of(answer.page)
    assert form["claims"].split() == ids
    assert form["tag"] == data.get("tag", "")
    assert kept(database) == before


@in_turn("names", ["", "nonsense", "../..", "aaaaaaaaaaaa"])
def test_nothing_is_done_to_what_is_not_there(editor, ids, database, names):
    before = kept(database)
    assert editor.get(f"{ACT}?claim={names}").status_code in {200, 422}
    assert editor.post(ACT, data={"claims": names, "do": "drop"}).status_code in {303, 422}
    assert kept(database) == before


def test_more_than_five_hundred_are_refused(editor, project, database):
    names = " ".join(new_public_id() for _ in range(501))
    answer = editor.post(ACT, data={"claims": names, "do": "drop"})
    assert answer.status_code == 422
    assert "At most 500 claims" in answer.page.errors[0]


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.VIEWER, Role.ADJUDICATOR])
def test_only_editors_are_offered_it_and_may(login, ids, database, role):
    client = login(role)
    page = client.get(LIST).page
    assert "Do something with them…" not in page.buttons
    before = kept(database)
    assert client.get(f"{ACT}?claim={ids[0]}").status_code == 403
    assert sent(client, ids, do="drop").status_code == 403
    assert login().post(ACT, data={"claims": ids[0], "do": "drop"}).status_code == 404
    assert kept(database) == before


def test_a_page_of_what_was_left_shows_only_claims_of_the_project(editor, ids, add_desk, work):
    foreign = work.claim(add_desk("other"), "Elsewhere.")
    query = f"left=review.had-before:{ids[0]},{foreign},x&left=explode:{ids[1]}&more=x"

    page = editor.get(f"{LIST}/left?{query}").page

    assert "Claim 0." in page.links
    assert "Elsewhere." not in page.text
    assert "Claim 1." not in page.text
    assert "Nothing was left" in editor.get(f"{LIST}/left").page.text


def test_each_claim_has_its_line_of_history(editor, ids, database):
    sent(editor, ids[:2], do="drop")
    events = [event for event in rows(database, Event) if event.action == "claim.drop"]
    assert [event.claim for event in events] == ids[:2]
    assert not [r for r in rows(database, Review) if r.state is ReviewState.LENT]


def test_claims_are_shared_out_after_a_look_at_who_gets_how_many(
    editor, kim, person, project, ids, database
):
    lou = person("Lou", Role.REVIEWER, project=project)
    people = [kim.public_id, lou.public_id]
    before = kept(database)

    plan = sent(editor, ids[:3], do="share", people=people)

    assert (plan.status_code, plan.page.heading) == (200, "Share 3 claims out")
    assert "Kim 2" in plan.page.text
    assert "Lou 1" in plan.page.text
    assert kept(database) == before
    data = plan.page.form(f"{LIST}/share")
    answer = editor.post(f"{LIST}/share", data=data)
    assert "3 checks were given out." in editor.get(answer.location).page.notices
    assert sorted(row.reviewer_id for row in rows(database, Review)) == [kim.id, kim.id, lou.id]
    # Pressed again, nothing is free any more, and it is said of each claim.
    again = editor.get(editor.post(f"{LIST}/share", data=data).location).page
    assert "No further check of it is wanted just now." in again.text
    assert len(rows(database, Review)) == 3


def test_nobody_is_chosen_to_share_among(editor, kim, ids):
    for address in (ACT, f"{LIST}/share"):
        data = {"claims": " ".join(ids[:2]), "do": "share"}
        answer = editor.post(address, data=data)
        assert answer.status_code == 422
        assert answer.page.errors[0].startswith("People: Choose who should check them")


def test_who_could_still_check_is_not_told_how_many_places_are_free(
    login, add_desk, person, work, database
):
    data = add_desk("data", decides=Decides.INDEPENDENT, reviews_wanted=2)
    claim_id = work.claim(data, "A fact.")
    kim, lou = (person(name, Role.REVIEWER, project=data) for name in ("Kim", "Lou"))
    work.check(kim, data, "true")
    both = login(Role.EDITOR, Role.REVIEWER, project=data)
    wanted = {"claims": claim_id, "do": "share", "people": [kim.public_id, lou.public_id]}

    page = both.post("/projects/data/claims/act", data=wanted).page

    assert "so it is not shown" in page.notices[0]
    assert "Lou 1" not in page.text
    answer = both.post("/projects/data/claims/share", data=wanted)
    assert answer.location == "/projects/data/claims"
    assert both.get(answer.location).page.notices == [
        "The claims are shared out, as far as they were free."
    ]
    assert len(rows(database, Review)) == 2


def test_more_checks_are_wanted_of_some(login, add_desk, work, editor, ids, database):
    assert "Say how many checks each wants" not in editor.get(f"{ACT}?claim={ids[0]}").page.text
    data = add_desk("data", decides=Decides.INDEPENDENT, reviews_wanted=2)
    claim_id = work.claim(data, "A fact.")
    client = login(Role.EDITOR, project=data)
    wanted = {"claims": claim_id, "do": "want", "reviews_wanted": "3"}
    assert client.post("/projects/data/claims/act", data=wanted).status_code == 303
    assert rows(database, Claim)[-1].slots_free == 3
    answer = client.post("/projects/data/claims/act", data={**wanted, "reviews_wanted": "21"})
    assert answer.status_code == 422
    assert answer.page.errors == ["Checks for each claim: Write a number of checks from 1 to 20."]
