"""The pages on which scales are made and changed: what a change touches is said first."""

import pytest

from app.domain.words import Role, SchemeKind
from app.storage.scales import own_schemes
from app.storage.tables import Draft, OwnScheme
from app.workflow import reviews
from app.workflow.scales import AnswerValues, ScaleValues
from tests.cases import in_turn
from tests.pages import text
from tests.scales import ATTRIBUTION, ScaleScene, at_work, named

INDEX = "/projects/desk/scales"
NEW, CHANGE, USE = f"{INDEX}/new", f"{INDEX}/change", f"{INDEX}/use"


@pytest.fixture
def scene(kept, request):
    return kept(at_work if "working" in request.fixturenames else ScaleScene)


@pytest.fixture
def working(scene):
    return scene


@pytest.fixture
def client(client_of, scene):
    return client_of(scene.editor)


def own(scene, kind=SchemeKind.CONTENT):
    return scene.ask(own_schemes, scene.id, kind)


def sent(page, action, **fields):
    """What the form of a page would send, with some fields filled in otherwise."""
    form = {name: values[0] for name, values in page.form(action).items()}
    form.pop("csrf_token")
    return {**form, **fields}


def row_of(form, code):
    """The name of the row that goes on from an answer."""
    [name] = [n for n, value in form.items() if n.endswith("-before") and value == code]
    return name.removesuffix("before")


# Making


def test_the_page_shows_the_scales_in_use_and_the_others_with_their_answers(client):
    page = client.get(INDEX).page
    rows = page.rows("Desk scale, seven answers")
    assert rows[2] == ["Half true", "3", "Partly accurate; leaves out or mixes up what matters."]
    assert rows[5][:2] == ["Unproven", "–off the scale"]
    assert page.rows("Six answers, American style")[5][0] == "Pants on Fire"
    assert page.links["Make one like it – FEVER"] == f"{NEW}?question=content&from=fever-3"
    assert "Use this one – FEVER" in page.buttons


def test_a_scale_is_made_from_scratch(client, scene):
    page = client.get(NEW).page
    form = sent(
        page,
        NEW,
        name="Yes or no",
        **{"answers-0-name": "Yes", "answers-1-name": "No", "answers-2-name": ""},
    )
    assert client.post(NEW, data={**form, "do": "save"}).status_code == 303
    [made] = own(scene)
    assert named(made) == [("yes", "Yes", 2), ("no", "No", 1)]
    assert "Use this one – Yes or no" in client.get(INDEX).page.buttons


def test_a_scale_is_made_like_another_one_for_either_question(client, scene):
    page = client.get(f"{NEW}?question=attribution&from=attribution-5").page
    form = sent(page, NEW, **{"answers-0-name": "On tape", "answers-0-is_ranked": "y"})
    assert client.post(NEW, data=form).status_code == 303
    [made] = own(scene, ATTRIBUTION)
    assert named(made)[:2] == [
        ("confirmed", "On tape", 1),
        ("reported-only", "Reported only", None),
    ]
    again = client.get(f"{NEW}?question=attribution&from={made.public_id}").page.form(NEW)
    assert again["answers-0-name"] == ["On tape"]


def test_the_buttons_of_the_rows_work_without_a_script(client, scene):
    page = client.get(f"{NEW}?from=fever-3").page
    form = sent(page, NEW)
    steps = (
        ("down-answer-0", ["REFUTES", "SUPPORTS", "NOT ENOUGH INFO"]),
        ("up-answer-2", ["SUPPORTS", "NOT ENOUGH INFO", "REFUTES"]),
        ("remove-answer-1", ["SUPPORTS", "NOT ENOUGH INFO"]),
        ("add-answer", ["SUPPORTS", "REFUTES", "NOT ENOUGH INFO", ""]),
        ("remove-answer-9", ["SUPPORTS", "REFUTES", "NOT ENOUGH INFO"]),
    )
    for do, names in steps:
        answer = client.post(NEW, data={**form, "do": do})
        assert answer.status_code == 200
        shown = answer.page.form(NEW)
        assert [v[0] for n, v in shown.items() if n.endswith("-name")] == names
    assert scene.rows(OwnScheme) == []


@in_turn(
    ("fields", "words"),
    [
        ({"name": ""}, "Give the scale a name"),
        ({"answers-1-name": "supports"}, "stands there twice"),
        ({"answers-0-code": "No Code"}, "A code has small letters"),
        ({"answers-0-name": ""}, "Every answer needs a name"),
    ],
)
def test_what_is_no_scale_comes_back_as_typed(client, scene, fields, words):
    before = scene.state()
    form = sent(client.get(f"{NEW}?from=fever-3").page, NEW, **fields)
    answer = client.post(NEW, data={**form, "do": "save"})
    assert answer.status_code == 422
    assert words in answer.page.text
    assert sent(answer.page, NEW) == form
    assert scene.state() == before


def test_the_scales_of_other_projects_are_nowhere(client, database, scene):
    other = ScaleScene(database, slug="elsewhere")
    theirs = other.make()
    for path in (INDEX, f"{NEW}?from={theirs.public_id}", f"{NEW}?from={theirs.code}"):
        assert "Yes or no" not in client.get(path).get_data(as_text=True)
    answer = client.post(USE, data={"question": "content", "scale": theirs.public_id})
    assert answer.status_code == 422
    assert scene.present().code == "desk-7"


def test_a_new_project_offers_no_project_s_own_scale(login, scene):
    scene.make()
    page = login(admin=True).get("/projects/new").page
    assert "Yes or no" not in page.text
    assert page.rows("QuanTemp, for figures")[0] == ["True", "3", "The figure holds."]


# Another one altogether


def test_another_scale_is_taken_while_nobody_has_checked(client, scene):
    assert client.post(USE, data={"question": "content", "scale": "fever-3"}).status_code == 303
    assert scene.present().code == "fever-3"
    assert "In use: FEVER" in client.get(INDEX).page.text


def test_after_the_first_check_it_is_refused_and_said_why(client, working):
    page = client.get(INDEX).page
    assert not [words for words in page.buttons if words.startswith("Use this one")]
    assert "not swapped for another" in page.text
    answer = client.post(USE, data={"question": "content", "scale": "fever-3"})
    assert answer.status_code == 409
    assert "it can be changed, but not swapped" in answer.page.text
    assert working.present() == working.old


# Changing the one in use


def test_a_change_says_first_what_it_touches_and_changes_nothing_yet(client, working):
    ben = working.checkers[1]
    review = working.take(ben)
    working.do(reviews.save_draft, ben, review, body={"verdict": "half-true"}, draft_version=0)
    before = working.state()
    form = sent(client.get(CHANGE).page, CHANGE)
    half, false = row_of(form, "half-true"), row_of(form, "false")
    answer = client.post(
        CHANGE,
        data={
            **form,
            f"{half}name": "Half right",
            f"{half}definition": "In part.",
            f"{false}name": "Not so",
            "do": "look",
        },
    )
    assert answer.status_code == 200
    told = answer.page.text
    assert "Half true is called “Half right” from now on; means something else, in words." in told
    assert "2 checks and 1 verdict use “Half true”; 1 draft." in told
    assert "Nothing that you may know of uses “False”." in told
    assert working.state() == before
    confirmed = sent(answer.page, CHANGE)
    back = client.post(CHANGE, data={**confirmed, "do": "edit"})
    assert sent(back.page, CHANGE)[f"{half}name"] == "Half right"
    assert client.post(CHANGE, data={**confirmed, "do": "save"}).status_code == 303
    names = [label.name for label in working.present().labels]
    assert names[2:5:2] == ["Half right", "Not so"]
    assert len(working.rows(Draft)) == 1


def test_claims_that_wait_to_be_settled_are_counted_and_what_moves_is_told(client, working):
    working.check(working.checkers[1], "false")
    form = sent(client.get(CHANGE).page, CHANGE)
    answer = client.post(CHANGE, data={**form, "do": "remove-answer-2"})
    assert "Bring back – Half true" in answer.page.buttons
    form = sent(answer.page, CHANGE)
    told = client.post(CHANGE, data={**form, "do": "look"}).page.text
    assert "Half true is no answer any more." in told
    assert "2 checks and 1 verdict use “Half true”; 1 claim waits to be settled." in told
    assert "True moves on the scale: place 5 before, place 4 now." in told
    back = client.post(CHANGE, data={**form, "do": "back-half-true"}).page
    assert row_of(sent(back, CHANGE), "half-true")
    assert client.post(CHANGE, data={**form, "do": "save"}).status_code == 303
    page = client.get(INDEX).page
    assert "Given no more, and kept where it was given: Half true" in page.text


def test_somebody_quicker_is_shown_beside_what_was_typed(client, working):
    form = sent(client.get(CHANGE).page, CHANGE, name="Mine")
    working.change(rename={"true": "Right"})
    for do in ("look", "save"):
        answer = client.post(CHANGE, data={**form, "do": do})
        assert answer.status_code == 409
        assert answer.page.rows("Desk scale, seven answers")[0][0] == "Right"
    again = sent(answer.page, CHANGE)
    assert again["name"] == "Mine"
    assert client.post(CHANGE, data={**again, "do": "save"}).status_code == 303
    assert working.present().name == "Mine"


def test_a_change_that_makes_no_scale_comes_back_as_typed(client, working):
    form = sent(client.get(CHANGE).page, CHANGE)
    name = f"{row_of(form, 'half-true')}name"
    for do in ("look", "save"):
        answer = client.post(CHANGE, data={**form, name: "true", "do": do})
        assert answer.status_code == 422
        assert sent(answer.page, CHANGE)[name] == "true"
    assert working.present() == working.old


# What the blind may know


def test_a_blind_editor_learns_from_no_number_that_somebody_answered(client_of, scene):
    scene.checkers = scene.reviewers("Ann", "Ben")
    scene.claim("Open.")
    blind = scene.person("Edna", Role.EDITOR, Role.REVIEWER)
    client = client_of(blind)

    def seen():
        form = sent(client.get(CHANGE).page, CHANGE)
        form = {**form, f"{row_of(form, 'half-true')}name": "Half right", "do": "look"}
        return [client.get(INDEX).page.text, client.post(CHANGE, data=form).page.text]

    # That the claim was begun may be known, and fixes the scale.
    review_id = scene.take(scene.checkers[0])
    before = seen()
    scene.submit(scene.checkers[0], review_id, "half-true")
    assert seen() == before
    assert "Nothing that you may know of uses “Half true”." in before[1]
    other = client_of(scene.editor)
    form = sent(other.get(CHANGE).page, CHANGE)
    form = {**form, f"{row_of(form, 'half-true')}name": "Half right", "do": "look"}
    assert "1 check and 0 verdicts use “Half true”" in other.post(CHANGE, data=form).page.text


# What others see of it


def test_a_draft_with_a_retired_answer_is_told_and_loses_nothing(client_of, working):
    ben = working.checkers[1]
    review = working.take(ben)
    body = {"verdict": "half-true", "rationale": "So far."}
    working.do(reviews.save_draft, ben, review, body=body, draft_version=0)
    working.change(drop=("half-true",))
    page = client_of(ben).get(f"/reviews/{review}").page
    assert "“Half true” was chosen here. It is no answer of the scale any more" in page.text
    form = sent(page, f"/reviews/{review}")
    assert form["rationale"] == "So far."
    refused = client_of(ben).post(
        f"/reviews/{review}", data={**form, "verdict": "half-true", "do": "submit"}
    )
    assert refused.status_code == 422
    assert "“Half true” is no answer of the scale any more" in refused.page.text


def test_a_form_that_was_open_when_its_answer_went_is_taken_and_told_of(client_of, working):
    ben = working.checkers[1]
    review = working.take(ben)
    form = sent(client_of(ben).get(f"/reviews/{review}").page, f"/reviews/{review}")
    working.change(drop=("half-true",))
    form |= {"verdict": "half-true", "rationale": "An hour of work."}
    assert client_of(ben).post(f"/reviews/{review}", data=form).status_code == 303
    settling = client_of(working.editor).get(f"/claims/{working.half}/settle").page
    assert settling.text.count("“Half true” is no answer of the scale any more") == 2
    claim = client_of(working.editor).get(f"/claims/{working.half}").page
    assert "checked it, with an answer that was taken off the scale meanwhile" in claim.text


def test_adopting_a_retired_answer_is_said_plainly(client_of, working):
    working.check(working.checkers[1], "false")
    working.change(drop=("half-true",))
    path = f"/claims/{working.half}/settle"
    client = client_of(working.editor)
    for number in "12":
        page = client.post(path, data={"do": f"adopt-{number}"}).page
        form = sent(page, path)
        if "verdict" not in form:
            break
    assert "“Half true” is no answer of the scale any more" in page.text
    refused = client.post(path, data={**form, "verdict": "half-true", "do": "settle"})
    assert refused.status_code == 422
    assert "is no answer of the scale any more" in refused.page.text


def test_pages_of_a_project_whose_scale_was_changed_are_all_right(client_of, working):
    working.change(rename={"half-true": "Half right"}, drop=("mostly-true",))
    working.check(working.checkers[1], "false")
    client = client_of(working.editor)
    agreement = client.get("/projects/desk/agreement").page
    assert "Mostly true" in [text(e) for e in agreement.all("th")]
    claims = client.get("/projects/desk/claims?verdict=half-true").page
    assert "Settled before." in claims.text
    page = client.get(f"/claims/{working.half}/settle").page
    assert "Half true" in page.text
    assert "Half right" in page.text
    for name in ("verdicts.csv", "reviews.csv"):
        rows = client.get(f"/projects/desk/exports/{name}").get_data(as_text=True)
        assert "desk-7@1" in rows
    assert "Half true" in client.get(f"/claims/{working.settled}").page.text


@pytest.mark.parametrize(
    ("scheme", "verdict", "step"),
    [("desk-7", "half-true", 3), ("quantemp-3", "true", 5), ("six-point", "pants-on-fire", 1)],
)
def test_a_verdict_has_the_shape_of_its_place_whatever_the_scale_has(
    client_of, scene, scheme, verdict, step
):
    scene.use(scheme)
    claim_id = scene.claim()
    for who in scene.reviewers("Ann", "Ben"):
        scene.check(who, verdict)
    page = client_of(scene.editor).get(f"/claims/{claim_id}").page
    assert f"verdict on rank-{step}" in {e.get("class") for e in page.all("span")}


def test_many_scales_are_shown_with_as_many_questions(client, scene, queries):
    numbers = []
    for some in ("One", "Two", "Three", "Four"):
        scene.make(
            ScaleValues(name=some, answers=(AnswerValues(name=some), AnswerValues(name="No")))
        )
        with queries() as asked:
            client.get(INDEX)
        numbers.append(len(asked))
    assert len(set(numbers)) == 1
    assert [scale.name for scale in own(scene)] == ["One", "Two", "Three", "Four"]
