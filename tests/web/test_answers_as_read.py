"""A check is sent from a page that is older than a change of its scale: nothing is taken for another."""

import pytest

from app.workflow.scales import AnswerValues
from tests.scales import at_work


@pytest.fixture
def working(kept):
    return kept(at_work)


def sent(page, action):
    """What the form of a page would send."""
    form = {name: values[0] for name, values in page.form(action).items()}
    form.pop("csrf_token")
    return form


def pressed(client, review, form):
    return client.post(f"/reviews/{review}", data={**form, "do": "submit"})


def test_an_answer_that_reads_otherwise_than_on_the_page_is_told_before_it_is_taken(
    client_of, working
):
    ben = client_of(working.checkers[1])
    review = working.take(working.checkers[1])
    form = sent(ben.get(f"/reviews/{review}").page, f"/reviews/{review}")
    form |= {"verdict": "half-true", "rationale": "An hour of work."}
    working.change(rename={"half-true": "Half right"})
    refused = pressed(ben, review, form)
    assert refused.status_code == 422
    said = "what you chose as “Half true” is now “Half right”"
    assert refused.page.text.count(said) == 2  # in the summary, and at the question
    again = sent(refused.page, f"/reviews/{review}")
    assert (again["verdict"], again["rationale"]) == ("half-true", "An hour of work.")
    assert not [row for row in working.reviews() if row.rationale]
    assert pressed(ben, review, again).status_code == 303
    [row] = [row for row in working.reviews() if row.rationale]
    assert row.content_verdict == "Half right"


def test_only_a_change_of_the_chosen_answer_stands_in_the_way(client_of, working):
    ben = client_of(working.checkers[1])
    review = working.take(working.checkers[1])
    form = sent(ben.get(f"/reviews/{review}").page, f"/reviews/{review}")
    working.change(rename={"half-true": "Half right"}, add=("Quite true",))
    assert pressed(ben, review, {**form, "verdict": "false"}).status_code == 303


def test_an_answer_that_is_explained_otherwise_is_told_too(client_of, working):
    ben = client_of(working.checkers[1])
    review = working.take(working.checkers[1])
    form = sent(ben.get(f"/reviews/{review}").page, f"/reviews/{review}") | {"verdict": "true"}
    before = working.present()
    answers = tuple(
        AnswerValues(
            before=label.code,
            name=label.name,
            definition="Proven twice." if label.code == "true" else label.definition,
            is_ranked=label.rank is not None,
        )
        for label in before.labels
    )
    working.change(answers=answers)
    refused = pressed(ben, review, form)
    assert refused.status_code == 422
    assert "“True” is explained otherwise now" in refused.page.text


def test_a_mark_of_another_scale_tells_nothing_of_it(client_of, working):
    ben = client_of(working.checkers[1])
    review = working.take(working.checkers[1])
    form = sent(ben.get(f"/reviews/{review}").page, f"/reviews/{review}") | {"verdict": "false"}
    told = pressed(ben, review, {**form, "verdict_scale": "six-point@1 x"})
    assert told.status_code == 422
    assert "what you chose is now “False”" in told.page.text


def test_a_draft_tells_of_an_answer_that_reads_otherwise_since(client_of, working):
    ben = client_of(working.checkers[1])
    review = working.take(working.checkers[1])
    form = sent(ben.get(f"/reviews/{review}").page, f"/reviews/{review}")
    form |= {"verdict": "half-true", "rationale": "So far."}
    ben.post(f"/reviews/{review}/draft", data=form)
    working.change(rename={"half-true": "Half right"})
    page = ben.get(f"/reviews/{review}").page
    assert page.text.count("what you chose as “Half true” is now “Half right”") == 1
    assert pressed(ben, review, sent(page, f"/reviews/{review}")).status_code == 303


def test_a_verdict_of_the_desk_is_not_given_under_a_name_that_nobody_read(client_of, working):
    working.check(working.checkers[1], "false")
    lead, path = client_of(working.editor), f"/claims/{working.half}/settle"
    form = sent(lead.get(path).page, path) | {"verdict": "half-true", "conclusion": "An hour."}
    working.change(rename={"half-true": "Half right"})
    refused = lead.post(path, data={**form, "do": "settle"})
    assert refused.status_code == 422
    assert "what you chose as “Half true” is now “Half right”" in refused.page.text
    again = sent(refused.page, path)
    assert (again["verdict"], again["conclusion"]) == ("half-true", "An hour.")
    assert "Half done." not in {
        claim for claim, row in working.verdicts().items() if row.content_verdict
    }
    assert lead.post(path, data={**again, "do": "settle"}).status_code == 303
    assert working.verdicts()["Half done."].content_verdict == "Half right"


def test_a_verdict_that_is_refused_for_something_else_tells_of_its_new_name_too(client_of, working):
    working.check(working.checkers[1], "false")
    lead, path = client_of(working.editor), f"/claims/{working.half}/settle"
    form = sent(lead.get(path).page, path) | {"verdict": "half-true", "conclusion": "An hour."}
    working.change(rename={"half-true": "Half right"})
    refused = lead.post(path, data={**form, "do": "settle", "question": "By whom?"})
    assert refused.status_code == 422
    said = "what you chose as “Half true” is now “Half right”"
    again = sent(refused.page, path) | {"question": ""}
    assert said in refused.page.text
    # Told once, it is taken as it reads now.
    assert lead.post(path, data={**again, "do": "settle"}).status_code == 303
