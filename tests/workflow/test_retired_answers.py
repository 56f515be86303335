"""An answer is taken off the scale while the form of a check is open: the check is taken all the same."""

from datetime import timedelta

import pytest

from app.domain.errors import Invalid
from app.domain.ids import now
from app.domain.words import ClaimState
from app.storage.tables import SourceRule
from tests.scales import ATTRIBUTION, at_work, checked
from tests.scenes import SOURCE


@pytest.fixture
def working(kept):
    return kept(at_work)


def test_it_is_kept_as_the_form_showed_it_and_history_says_so(working):
    ben = working.checkers[1]
    review_id = working.take(ben)
    working.change(rename={"half-true": "Half right"})
    # Two versions later; the form is of the first.
    working.change(drop=("half-true",))
    working.submit(ben, review_id, "half-true", rationale="An hour of work.")
    [row] = [row for row in working.reviews() if row.rationale]
    assert (row.content_verdict, row.scheme) == ("Half right", working.present().code + "@1")
    told = [event.details for event in working.events("review.submit")]
    assert [details.get("retired") for details in told] == [None, None, None, ["verdict"]]


def test_two_who_gave_it_settle_nothing_by_themselves_and_a_person_does(working):
    ben = working.checkers[1]
    review_id = working.take(ben)
    working.change(drop=("half-true",))
    working.submit(ben, review_id, "half-true")
    assert working.claim_row(working.half).state is ClaimState.OPEN
    assert working.round_of(working.half).reviews_done == 2
    working.settle(working.editor, working.half, "mostly-true", reason="As near as the scale has.")
    assert working.verdicts()["Half done."].dissent == (("Half true", 2),)


def test_of_a_form_that_was_opened_after_it_the_answer_is_refused(working):
    ben = working.checkers[1]
    review_id = working.take(ben)
    working.change(drop=("half-true",))
    before = working.state()
    with pytest.raises(Invalid) as refused:
        working.submit(ben, review_id, "half-true", started_at=now())
    assert refused.value.code == "review.retired"
    assert working.state() == before


def test_it_asks_for_a_source_as_it_did(working):
    ben = working.checkers[1]
    review_id = working.take(ben)
    label = next(label for label in working.present().labels if label.code == "half-true")
    with working.database.write() as session:
        session.add(SourceRule(project_id=working.id, label_id=label.id, needs_source=True))
    working.change(drop=("half-true",))
    began = now() - timedelta(hours=1)
    with pytest.raises(Invalid) as refused:
        working.submit(ben, review_id, "half-true", started_at=began)
    assert refused.value.code == "review.needs-source"
    working.submit(ben, review_id, "half-true", started_at=began, sources=(SOURCE,))


def test_whether_it_was_said_is_kept_so_too(working):
    working.check(working.checkers[1], "true")
    checked(working, "true", said="misquoted")
    review_id = working.take(working.checkers[1])
    working.change(kind=ATTRIBUTION, drop=("misquoted",))
    working.submit(working.checkers[1], review_id, "true", attribution_verdict="misquoted")
    assert working.events("review.submit")[-1].details["retired"] == ["attribution_verdict"]
