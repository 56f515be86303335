"""Who could check a claim once more finds nothing of what was answered before, on any page."""

import pytest

from app.domain.rounds import LATER_KINDS
from app.domain.words import CorrectionKind, RoundKind
from app.workflow import reviews
from app.workflow.comments import CommentValues, add_comment
from app.workflow.corrections import CorrectionValues, correct_ruling
from app.workflow.publications import PublicationValues, publish
from app.workflow.rounds import Choice, RoundValues, open_round
from tests.scenes import LEADS, answer
from tests.web.test_blindness import WORDS, Desk, answered, changed

PIECE = "https://desk.example/xylophone"


@pytest.fixture
def desk(database, app):
    """Ben's answer is the desk's verdict, corrected, commented on and published; all in his words."""
    desk = Desk(database, app, reviews_wanted=1)
    scene, claim_id = desk.scene, desk.scene.claim_of(desk.bens)
    desk.lead = scene.person("Lea", *LEADS)
    answered(scene, desk.ben, desk.bens)
    said = {"conclusion": "The xylophone is off.", "public_note": "A walrus called.", "reason": "x"}
    values = CorrectionValues(
        verdict="false",
        attribution_verdict="misquoted",
        kind=CorrectionKind.UPDATE,
        base_version=1,
        **said,
    )
    scene.do(correct_ruling, desk.lead, claim_id, values=values)
    scene.do(add_comment, desk.ben, claim_id, values=CommentValues(text="The ocarina!"))
    piece = PublicationValues(url=PIECE, title="Of the zeppelin", published_on="2025-09-04")
    scene.do(publish, desk.lead, claim_id, values=piece)
    desk.claim_id = claim_id
    return desk


def opened(desk, kind):
    values = RoundValues(
        kind=kind, reason="To be sure.", choice=Choice(claim=desk.claim_id), reviews_wanted=2
    )
    desk.scene.do(open_round, desk.lead, desk.scene.id, values=values)


def told(pages):
    return {a for a, (_status, body) in pages.items() for w in WORDS if w in body and w not in a}


@pytest.mark.parametrize(
    ("kind", "viewer"), list(zip(LATER_KINDS, ("a checker", "an editor who checks"), strict=True))
)
def test_nothing_of_before_is_found_and_nothing_changes_when_another_answers(desk, kind, viewer):
    actor = desk.viewers[viewer]
    found = desk.client(actor).get(f"/claims/{desk.claim_id}").text
    assert any(word in found for word in WORDS), "the words are there to be found before the round"
    opened(desk, kind)
    mine = desk.scene.take(actor)
    assert desk.scene.claim_of(mine) == desk.claim_id
    [nan] = desk.scene.reviewers("Nan")
    before = desk.seen_by(actor)
    page = f"/reviews/{mine}"
    if kind is RoundKind.EVIDENCE_ONLY:
        # What a control rests on is shown there: the sources, and no word of what was made of them.
        body = before[page][1]
        assert "A walrus said so." in body
        assert not [word for word in ("xylophone", "Nothing but", "The ocarina!") if word in body]
        assert told(before) == {page}
    else:
        assert told(before) == set()
    said = {} if kind is RoundKind.EVIDENCE_ONLY else {"rationale": "The xylophone."}
    values = answer("half-true", attribution_verdict="confirmed", **said)
    # Nan is lent no further claim: that one is gone is told to everybody who looks for work.
    theirs = desk.scene.take(nan)
    desk.scene.do(reviews.submit, nan, theirs, values=values, lends_next=False)
    assert changed(before, desk.seen_by(actor)) == []


def test_an_admin_who_does_not_hold_it_finds_nothing_either_and_a_lead_finds_the_verdict(desk):
    opened(desk, RoundKind.EVIDENCE_ONLY)
    assert told(desk.seen_by(desk.viewers["an admin"])) == set()
    body = desk.client(desk.lead).get(f"/claims/{desk.claim_id}").text
    assert "The verdict as it was" in body
    assert "The xylophone is off." in body
