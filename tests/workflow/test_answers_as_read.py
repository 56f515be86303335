"""An answer that was renamed while the page of a check was open is not taken for what it was."""

import pytest

from app.domain.errors import Invalid
from tests.scales import ATTRIBUTION, at_work, checked


@pytest.fixture
def working(kept):
    return kept(at_work)


def test_it_is_refused_once_and_says_what_it_was_and_is(working):
    ben = working.checkers[1]
    review_id = working.take(ben)
    shown = {"verdict": working.present().mark}
    # Two versions later; the page is of the first.
    working.change(rename={"half-true": "Half right"})
    working.change(rename={"half-true": "Half so"}, add=("Quite true",))
    before = working.state()
    with pytest.raises(Invalid) as refused:
        working.submit(ben, review_id, "half-true", shown=shown)
    assert (refused.value.code, refused.value.values) == (
        "review.renamed",
        {"field": "verdict", "before": "Half true", "label": "Half so"},
    )
    assert working.state() == before
    working.submit(ben, review_id, "half-true", shown={"verdict": working.present().mark})


def test_so_is_whether_it_was_said(working):
    ben = working.checkers[1]
    working.check(ben, "true")
    checked(working, "true", said="misquoted")
    review_id = working.take(ben)
    shown = {"attribution_verdict": working.present(ATTRIBUTION).mark}
    working.change(kind=ATTRIBUTION, rename={"misquoted": "Bent"})
    with pytest.raises(Invalid) as refused:
        working.submit(ben, review_id, "true", attribution_verdict="misquoted", shown=shown)
    assert refused.value.values["field"] == "attribution_verdict"
    working.submit(ben, review_id, "true", attribution_verdict="confirmed", shown=shown)


def test_of_one_that_was_taken_away_the_form_is_taken_as_before(working):
    ben = working.checkers[1]
    review_id = working.take(ben)
    shown = {"verdict": working.present().mark}
    working.change(drop=("half-true",))
    working.submit(ben, review_id, "half-true", shown=shown)
    assert working.events("review.submit")[-1].details["retired"] == ["verdict"]


def test_so_is_the_verdict_of_whoever_settles(working):
    working.check(working.checkers[1], "false")
    shown = {"verdict": working.present().mark}
    working.change(rename={"half-true": "Half right"})
    before = working.state()
    with pytest.raises(Invalid) as refused:
        working.settle(working.editor, working.half, "half-true", shown=shown)
    assert refused.value.code == "review.renamed"
    assert working.state() == before
    working.settle(working.editor, working.half, "false", shown=shown)
