"""Giving a check: versions, drafts, double and stale sends, sending back."""

import pytest

from app.domain.errors import Invalid, Missing, NotAllowed, Stale, WrongState
from app.domain.own_checks import CheckGroup
from app.domain.words import ClaimState, Decides, ReviewState, Role, Stance
from app.storage import reviews as questions
from app.storage import scales
from app.storage.claims import claim
from app.storage.own_checks import given_checks, open_checks
from app.storage.tables import (
    Draft,
    Evidence,
    Hop,
    LabelScheme,
    ReviewVersion,
    Sighting,
    Source,
)
from app.workflow import reviews
from app.workflow.projects import ProjectChanges, change_project
from app.workflow.sources import MAX_SOURCES, SourceValues
from app.workflow.versions import MAX_TEXT, SightingValues
from tests.cases import in_turn
from tests.scenes import LEADS, SOURCE, Scene, answer


@pytest.fixture
def scene(database):
    return Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)


@pytest.fixture
def ann(scene):
    return scene.person("Ann", Role.REVIEWER)


@pytest.fixture
def lead(scene):
    return scene.person("Lea", *LEADS)


@pytest.fixture
def review_id(scene, ann):
    scene.claim(said_by="A minister")
    return scene.take(ann)


def submit(scene, actor, review_id, verdict="false", **values):
    values = {"attribution_verdict": "confirmed", **values}
    return scene.submit(actor, review_id, verdict, **values)


def test_a_check_is_kept_with_everything_it_said(scene, ann, review_id):
    hop = scene.rows(Hop)[0].key
    submit(
        scene,
        ann,
        review_id,
        rationale="  Because.  ",
        not_known="The year.",
        notes="ask Ben",
        sources=(SOURCE,),
        sightings=(SightingValues(hop_id=hop, url="https://example.org/x", said_on="2025-09"),),
        active_seconds=61,
    )
    found = scene.ask(questions.review, ann, review_id)
    said = found.latest
    assert found.state is ReviewState.SUBMITTED
    assert (said.content.code, said.attribution.code) == ("false", "confirmed")
    assert (said.rationale, said.not_known, said.notes) == ("Because.", "The year.", "ask Ben")
    assert (said.number, said.active_seconds, said.is_blind) == (1, 61, False)
    assert said.evidence[0].url == SOURCE.url
    assert said.sightings[0].said_on == "2025-09"


def test_the_same_form_sent_twice_is_one_version_with_the_same_answer(scene, ann, review_id):
    scene.claim()
    values = answer(attribution_verdict="confirmed", rationale="Once.")
    first = scene.do(reviews.submit, ann, review_id, values=values)
    after_first = scene.state()
    assert first is not None
    assert scene.do(reviews.submit, ann, review_id, values=values) == first
    assert scene.state() == after_first


def test_the_same_form_with_other_words_is_stale_and_changes_nothing(scene, ann, review_id):
    values = answer(attribution_verdict="confirmed", rationale="One.", form_key="same")
    scene.do(reviews.submit, ann, review_id, values=values)
    before = scene.state()
    other = answer(attribution_verdict="confirmed", rationale="Two.", form_key="same")
    with pytest.raises(Stale):
        scene.do(reviews.submit, ann, review_id, values=other)
    assert scene.state() == before


def test_an_older_base_is_stale_until_it_is_sent_as_a_new_version(scene, ann, review_id):
    submit(scene, ann, review_id, rationale="One.")
    with pytest.raises(Stale) as refusal:
        submit(scene, ann, review_id, "true", rationale="Two.")
    assert refusal.value.values["version"] == 1
    submit(scene, ann, review_id, "true", rationale="Two.", as_new=True)
    rows = scene.rows(ReviewVersion)
    assert [(row.number, row.rationale) for row in rows] == [(1, "One."), (2, "Two.")]
    assert scene.round_of(scene.claim_of(review_id)).reviews_done == 1


def test_an_earlier_check_can_be_corrected_while_its_claim_is_open(scene, ann, lead, review_id):
    submit(scene, ann, review_id)
    submit(scene, ann, review_id, "true", base_version=1)
    assert scene.ask(questions.review, ann, review_id).latest.content.code == "true"
    claim_id = scene.claim_of(review_id)
    scene.settle(lead, claim_id, "true", attribution_verdict="confirmed")
    before = scene.state()
    with pytest.raises(WrongState, match=r"review\.claim-closed"):
        submit(scene, ann, review_id, base_version=2)
    assert scene.state() == before


@in_turn(
    ("values", "field"),
    [
        ({"verdict": ""}, "verdict"),
        ({"verdict": "perhaps"}, "verdict"),
        ({"verdict": "confirmed"}, "verdict"),
        ({"attribution_verdict": None}, "attribution_verdict"),
        ({"attribution_verdict": "false"}, "attribution_verdict"),
        ({"rationale": "x" * (MAX_TEXT + 1)}, "rationale"),
        ({"not_known": "x" * (MAX_TEXT + 1)}, "not_known"),
        ({"sources": (SourceValues(url="javascript:alert(1)"),)}, None),
        ({"sources": (SourceValues(title="no address"),)}, "url"),
        ({"sources": (SourceValues(url="https://a.example", published="soon"),)}, None),
        ({"sources": (SOURCE,) * (MAX_SOURCES + 1)}, None),
    ],
)
def test_a_check_that_cannot_be_is_refused_and_nothing_is_written(
    scene, ann, review_id, values, field
):
    before = scene.state()
    with pytest.raises(Invalid) as refusal:
        submit(scene, ann, review_id, **{"verdict": "false", **values})
    assert field is None or refusal.value.values["field"] == field
    assert scene.state() == before


def test_who_said_it_is_not_asked_where_nobody_is_named(scene, ann):
    scene.claim()
    review_id = scene.take(ann)
    scene.submit(ann, review_id, "true", attribution_verdict="confirmed")
    assert scene.ask(questions.review, ann, review_id).latest.attribution is None


def test_a_label_that_needs_a_source_is_refused_without_one(scene, ann, lead, review_id):
    labels = scene.ask(scales.scheme, scene.project.content_scheme_id).labels
    false = next(label.id for label in labels if label.code == "false")
    changes = ProjectChanges(
        title="Desk",
        description="",
        settles_itself=True,
        open_from=None,
        lease_minutes=60,
        source_labels=frozenset({false}),
        timezone="UTC",
        may_choose=True,
        counts_people=False,
        publisher_name=None,
        publisher_url=None,
        corrections_url=None,
    )
    scene.do(change_project, lead, scene.id, values=changes)
    before = scene.state()
    blank = SourceValues(title=" ", quote="")
    with pytest.raises(Invalid, match="needs-source"):
        submit(scene, ann, review_id, sources=(blank,))
    assert scene.state() == before
    submit(scene, ann, review_id, sources=(SOURCE,))
    assert len(scene.rows(Evidence)) == 1


def test_one_page_is_one_source_however_its_address_is_written(scene, ann, review_id):
    pages = (
        SourceValues(url="https://example.org/a", title="As Ann calls it"),
        SourceValues(url="HTTPS://EXAMPLE.ORG/a#part", title="Another name", stance=Stance.REFUTES),
        SourceValues(url="https://example.org/b"),
    )
    submit(scene, ann, review_id, sources=pages)
    submit(scene, ann, review_id, sources=pages[1:2], base_version=1)
    assert len(scene.rows(Source)) == 2
    uses = scene.rows(Evidence)
    assert [use.title for use in uses] == ["As Ann calls it", "Another name", "", "Another name"]
    assert len({uses[n].source_id for n in (0, 1, 3)}) == 1


def test_a_hop_of_another_claim_is_not_marked_as_seen(scene, ann, review_id):
    scene.claim(said_by="Somebody else")
    others = scene.rows(Hop)[-1].key
    submit(scene, ann, review_id, sightings=(SightingValues(hop_id=others),))
    assert scene.rows(Sighting) == []


def test_a_draft_of_another_tab_is_not_written_over(scene, ann, review_id):
    save = reviews.save_draft
    first = scene.do(save, ann, review_id, body={"rationale": "a"}, draft_version=0)
    second = scene.do(save, ann, review_id, body={"rationale": "b"}, draft_version=first)
    with pytest.raises(Stale) as refusal:
        scene.do(save, ann, review_id, body={"rationale": "other tab"}, draft_version=first)
    assert refusal.value.values["version"] == second
    assert scene.rows(Draft)[0].body == {"rationale": "b"}


def test_a_draft_is_gone_once_it_is_submitted_and_its_version_never_returns(scene, ann, review_id):
    save = reviews.save_draft
    version = scene.do(save, ann, review_id, body={"rationale": "a"}, draft_version=0)
    submit(scene, ann, review_id)
    assert scene.rows(Draft) == []
    again = scene.do(save, ann, review_id, body={"rationale": "late"}, draft_version=version)
    assert again > version


def test_a_draft_changes_neither_the_base_nor_the_history(scene, ann, review_id):
    events = len(scene.events())
    scene.do(reviews.save_draft, ann, review_id, body={"rationale": "a"}, draft_version=0)
    assert len(scene.events()) == events
    submit(scene, ann, review_id)


def test_a_draft_that_is_too_long_is_refused(scene, ann, review_id):
    with pytest.raises(Invalid, match=r"draft\.long"):
        scene.do(reviews.save_draft, ann, review_id, body={"a": "x" * 200_001}, draft_version=0)


def test_nobody_writes_into_the_check_of_another(scene, ann, lead, review_id):
    ben = scene.person("Ben", Role.REVIEWER)
    before = scene.state()
    for other in (ben, lead):
        with pytest.raises(Missing):
            submit(scene, other, review_id)
        with pytest.raises(Missing):
            scene.do(reviews.save_draft, other, review_id, body={}, draft_version=0)
    assert scene.state() == before


def test_sent_back_with_a_question_it_returns_to_its_writer_and_counts_no_more(
    scene, ann, lead, review_id
):
    submit(scene, ann, review_id)
    claim_id = scene.claim_of(review_id)
    scene.do(reviews.send_back, lead, review_id, question=" Which year? ")
    row = scene.review_row(review_id)
    assert (row.state, row.question) == (ReviewState.RETURNED, "Which year?")
    assert scene.round_of(claim_id).reviews_done == 0
    ben = scene.person("Ben", Role.REVIEWER)
    assert scene.take(ben) is None
    assert scene.take(ann) == review_id
    with pytest.raises(WrongState, match=r"ruling\.early"):
        scene.settle(lead, claim_id, attribution_verdict="confirmed")
    submit(scene, ann, review_id, "true", base_version=1)
    assert scene.round_of(claim_id).reviews_done == 1
    scene.settle(lead, claim_id, "true", attribution_verdict="confirmed")
    assert scene.claim_row(claim_id).state is ClaimState.SETTLED


@pytest.mark.parametrize("question", ["", "  \n"])
def test_a_check_does_not_go_back_without_a_question(scene, ann, lead, review_id, question):
    submit(scene, ann, review_id)
    before = scene.state()
    with pytest.raises(Invalid) as refusal:
        scene.do(reviews.send_back, lead, review_id, question=question)
    assert refusal.value.values["field"] == "question"
    assert scene.state() == before


def test_only_a_submitted_check_of_another_goes_back_and_only_by_those_who_settle(
    scene, ann, lead, review_id
):
    with pytest.raises(WrongState):
        scene.do(reviews.send_back, lead, review_id, question="Why?")
    submit(scene, ann, review_id)
    ben, sam = scene.person("Ben", Role.REVIEWER), scene.person("Sam")
    with pytest.raises(NotAllowed):
        scene.do(reviews.send_back, ben, review_id, question="Why?")
    with pytest.raises(Missing):
        scene.do(reviews.send_back, sam, review_id, question="Why?")
    with pytest.raises(Missing):
        scene.do(reviews.send_back, lead, "aaaaaaaaaaaa", question="Why?")
    both = scene.person("Bo", *LEADS, Role.REVIEWER)
    scene.claim()
    own = scene.check(both)
    with pytest.raises(NotAllowed, match=r"ruling\.own-check"):
        scene.do(reviews.send_back, both, own, question="Why?")


def test_sending_back_twice_is_refused_the_second_time(scene, ann, lead, review_id):
    submit(scene, ann, review_id)
    scene.do(reviews.send_back, lead, review_id, question="Why?")
    before = scene.state()
    with pytest.raises(WrongState):
        scene.do(reviews.send_back, lead, review_id, question="Why?")
    assert scene.state() == before


def test_notes_are_shown_only_to_the_one_who_wrote_them(scene, ann, lead, review_id):
    submit(scene, ann, review_id, notes="private")
    record = scene.ask(claim, lead, scene.claim_of(review_id))
    [seen_by_lead] = scene.ask(questions.reviews_of, lead, record)
    [seen_by_ann] = scene.ask(questions.reviews_of, ann, record)
    assert (seen_by_lead.latest.notes, seen_by_ann.latest.notes) == ("", "private")


def test_the_scales_are_frozen_by_their_first_use(scene, ann, review_id):
    assert all(row.frozen_at is None for row in scene.rows(LabelScheme))
    submit(scene, ann, review_id)
    assert all(row.frozen_at is not None for row in scene.rows(LabelScheme))


def test_each_check_leaves_one_line_of_history_without_words(scene, ann, review_id):
    submit(scene, ann, review_id, rationale="SECRET", notes="SECRET")
    [event] = scene.events("review.submit")
    assert event.actor_id == ann.person
    assert event.thing == review_id
    assert "SECRET" not in repr(event.details)
    assert event.details["version"] == 1


def test_my_checks_and_how_far_i_am(scene, ann, review_id):
    scene.claim()
    submit(scene, ann, review_id)
    assert scene.ask(questions.progress, ann, scene.project) == (1, 1)
    lines = scene.ask(given_checks, ann, scene.id)
    assert [line.verdict for _key, line in lines] == ["False"]
    [(group, [check])] = scene.ask(open_checks, ann, scene.id).items()
    assert (group, check.has_slot) == (CheckGroup.IN_HAND, True)
