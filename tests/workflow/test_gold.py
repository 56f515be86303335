"""Known answers: set, mixed in, compared, put back; nobody who checks can tell them from others."""

import pytest
from sqlmodel import select

from app.domain.blindness import SeenState
from app.domain.errors import Invalid, NotAllowed, WrongState
from app.domain.words import ClaimState, GoldUse, NoticeKind, Role
from app.storage import gold as questions
from app.storage import queue
from app.storage.claim_filters import ClaimFilter
from app.storage.claim_lists import count_found
from app.storage.notices import notices, unread
from app.storage.progress import days_of
from app.storage.projects import by_id
from app.storage.tables import Claim, GoldAnswer, Membership, Project
from app.storage.waiting import waiting
from app.workflow import choosing, gold, rulings
from app.workflow.gold import GoldValues
from tests.cases import in_turn
from tests.scenes import LEADS, Scene

EDITOR = (Role.EDITOR,)


@pytest.fixture
def scene(database):
    return Scene(database)


@pytest.fixture
def lea(scene):
    return scene.person("Lea", *LEADS)


def known(scene, lead, *, use=GoldUse.GOLD, verdict="false", said_by=None, **values):
    """A claim with a known answer."""
    claim_id = scene.claim(said_by=said_by)
    scene.do(gold.set_gold, lead, claim_id, values=answer(use, verdict, **values))
    return claim_id


def answer(use=GoldUse.GOLD, verdict="false", **values):
    values = {"explanation": "The tables say so.", **values}
    return GoldValues(use=use, verdict=verdict, **values)


def mixed(scene, every=1):
    """Every claim that is lent has a known answer, as long as there are some."""
    scene.change(Project, scene.project.public_id, gold_every=every)


def comparisons(scene, lead):
    return scene.ask(questions.comparisons, lead, scene.id)


def test_a_known_answer_is_kept_and_the_claim_is_in_no_queue(scene, lea):
    claim_id = known(scene, lea, said_by="A minister", attribution_verdict="confirmed")
    [row] = scene.rows(GoldAnswer)
    assert (row.use, row.explanation, row.created_by_id) == (
        GoldUse.GOLD,
        "The tables say so.",
        lea.person,
    )
    claim = scene.claim_row(claim_id)
    assert (claim.state, claim.slots_free) == (ClaimState.OPEN, 0)
    [ann] = scene.reviewers("Ann")
    assert scene.ask(queue.to_go, ann, scene.id) == 0
    assert scene.take(ann) is None
    mixed(scene)
    assert scene.ask(queue.to_go, ann, scene.id) == 0
    [event] = scene.events("gold.set")
    assert event.claim is None
    assert "tables" not in str(event.details)


def test_a_suggestion_becomes_a_claim_to_check(scene, lea, make):
    row = make(Claim, project_id=scene.id, text="A suggestion.")
    scene.do(gold.set_gold, lea, row.public_id, values=answer())
    claim = scene.claim_row(row.public_id)
    assert (claim.state, claim.slots_free) == (ClaimState.OPEN, 0)


@in_turn(
    ("values", "code"),
    [
        (answer(verdict="nonsense"), "review.verdict"),
        (
            answer(GoldUse.TRAINING, attribution_verdict="confirmed", explanation=" "),
            "gold.explanation",
        ),
        (answer(attribution_verdict="confirmed", explanation="x" * 20_001), "review.long"),
        (answer(), "review.attribution-verdict"),
    ],
)
def test_what_cannot_be_changes_nothing(scene, lea, values, code):
    claim_id = scene.claim(said_by="A minister")
    before = scene.state()
    with pytest.raises(Invalid) as refusal:
        scene.do(gold.set_gold, lea, claim_id, values=values)
    assert refusal.value.code == code
    assert scene.state() == before


def test_a_claim_that_somebody_holds_or_that_is_closed_gets_none(scene, lea):
    held, closed = scene.claim(), scene.claim()
    [ann] = scene.reviewers("Ann")
    assert scene.claim_of(scene.take(ann)) == held
    scene.change(Claim, closed, state=ClaimState.REJECTED)
    for claim_id, code in ((held, "gold.begun"), (closed, "gold.closed")):
        with pytest.raises(WrongState) as refusal:
            scene.do(gold.set_gold, lea, claim_id, values=answer())
        assert refusal.value.code == code


@pytest.mark.parametrize("roles", [(Role.REVIEWER,), (Role.ADJUDICATOR, Role.REVIEWER)])
def test_only_editors_set_see_and_retire_them(scene, lea, roles):
    claim_id, somebody = known(scene, lea), scene.person("Bo", *roles)
    for verb, values in (
        (gold.set_gold, {"values": answer()}),
        (gold.retire_gold, {}),
    ):
        with pytest.raises(NotAllowed):
            scene.do(verb, somebody, claim_id, **values)
    with pytest.raises(NotAllowed):
        scene.do(gold.mix_in, somebody, scene.id, every=3)
    for question in (questions.known_answers, questions.comparisons, questions.gold_rows):
        with pytest.raises(NotAllowed):
            scene.ask(question, somebody, scene.id)


def test_whoever_may_see_them_is_never_lent_one(scene, lea):
    both = scene.person("Bo", Role.EDITOR, Role.REVIEWER)
    boss = scene.person("Root", admin=True)
    known(scene, lea, use=GoldUse.TRAINING)
    mixed(scene)
    hidden = known(scene, lea)
    ordinary = scene.claim()
    for somebody in (both, boss):
        assert scene.claim_of(scene.take(somebody)) == ordinary
    scene.let_choose()
    with pytest.raises(NotAllowed):
        scene.do(choosing.take_this, both, hidden, puts_off=True)


def test_the_author_stays_barred_as_a_mere_checker(scene):
    bo = scene.person("Bo", Role.EDITOR)
    claim_id = known(scene, bo)
    with scene.database.write() as session:
        query = select(Membership).where(
            Membership.person_id == bo.person, Membership.role == Role.EDITOR
        )
        session.delete(session.exec(query).one())
    scene.let_choose()
    now_a_checker = type(bo)(
        kind=bo.kind, person_id=bo.person_id, roles={scene.id: frozenset({Role.REVIEWER})}
    )
    with pytest.raises(NotAllowed) as refusal:
        scene.do(choosing.take_this, now_a_checker, claim_id)
    assert refusal.value.code == "review.barred"


def test_a_miss_is_told_to_editors_and_stops_nobody(scene, lea):
    boss = scene.person("Ed", Role.EDITOR, Role.REVIEWER)
    judge = scene.person("Judy", Role.ADJUDICATOR, Role.REVIEWER)
    mixed(scene)
    claim_id = known(scene, lea)
    scene.claim()
    scene.claim()
    ann, ben = scene.reviewers("Ann", "Ben")
    wrong, right = scene.take(ann), scene.take(ben)
    assert scene.submit(ann, wrong, "true") is not None
    scene.submit(ben, right, "false")
    for editor in (lea, boss):
        [notice] = scene.ask(notices, editor)
        assert (notice.kind, notice.claim_id, notice.review_id) == (
            NoticeKind.GOLD_MISSED,
            claim_id,
            wrong,
        )
        assert notice.by is None
    for somebody in (ann, ben, judge):
        assert scene.ask(notices, somebody) == []
    # An editor who is none any more reads it no longer.
    viewer = type(lea)(
        kind=lea.kind, person_id=lea.person_id, roles={scene.id: frozenset({Role.VIEWER})}
    )
    assert scene.ask(notices, viewer) == []
    assert scene.ask(unread, viewer) == 0
    assert scene.ask(unread, lea) == 1


def test_only_the_first_answer_is_compared_and_history_keeps_with_what(scene, lea):
    mixed(scene)
    claim_id = known(scene, lea)
    scene.claim()
    [ann] = scene.reviewers("Ann")
    mine = scene.take(ann)
    scene.submit(ann, mine, "true")
    scene.submit(ann, mine, "false", base_version=1)
    assert [one.is_right for one in comparisons(scene, lea)] == [False]
    scene.do(gold.set_gold, lea, claim_id, values=answer(verdict="true"))
    assert [one.is_right for one in comparisons(scene, lea)] == [True]
    [event] = scene.events("gold.compare")
    [before] = scene.events("gold.set")
    assert event.details["label"] == before.details["label"]
    assert (event.details["right"], event.actor_id, event.claim) == (False, None, None)
    with pytest.raises(Invalid) as refusal:
        scene.do(gold.set_gold, lea, claim_id, values=answer(GoldUse.TRAINING))
    assert refusal.value.code == "gold.use"


def test_put_back_without_answers_it_is_an_ordinary_claim(scene, lea):
    claim_id = known(scene, lea)
    scene.do(gold.retire_gold, lea, claim_id)
    scene.do(gold.retire_gold, lea, claim_id)
    assert len(scene.events("gold.retire")) == 1
    assert scene.claim_row(claim_id).slots_free == 2
    [ann] = scene.reviewers("Ann")
    assert scene.claim_of(scene.take(ann)) == claim_id
    # Whoever could read the answer does not check it now either.
    assert scene.take(scene.person("Bo", Role.EDITOR, Role.REVIEWER)) is None


def test_put_back_with_answers_they_count_and_a_person_settles(scene, lea):
    claim_id = known(scene, lea, use=GoldUse.TRAINING)
    for somebody in scene.reviewers("Ann", "Ben", "Cem"):
        scene.check(somebody, "false")
    scene.do(gold.retire_gold, lea, claim_id)
    entry, claim = scene.round_of(claim_id), scene.claim_row(claim_id)
    assert (entry.reviews_done, entry.reviews_wanted, claim.slots_free) == (3, 3, 0)
    assert claim.state is ClaimState.OPEN
    scene.settle(lea, claim_id, "false")
    assert scene.claim_row(claim_id).state is ClaimState.SETTLED


def test_they_are_no_work_to_those_who_know_and_look_like_work_to_others(scene, lea):
    scene.claim()
    known(scene, lea)
    [ann] = scene.reviewers("Ann")
    project = scene.ask(by_id, scene.id)
    wanted = ClaimFilter(state=SeenState.TO_DO)
    for somebody, number in ((lea, 1), (ann, 2)):
        found = scene.ask(waiting, somebody, [project])[scene.id]
        listed = scene.ask(count_found, somebody, scene.id, wanted=wanted, most=100)
        days = scene.ask(days_of, somebody, project)
        assert (found.claims(SeenState.TO_DO), listed, days[-1].all_picked) == (number,) * 3


def test_figures_name_who_takes_what_for_what(scene, lea):
    for _n in range(3):
        known(scene, lea, use=GoldUse.TRAINING)
    ann, ben = scene.reviewers("Ann", "Ben")
    for verdict in ("half-true", "half-true", "false"):
        scene.check(ann, verdict)
    scene.check(ben, "false")
    found = scene.ask(
        lambda session: questions.people_answers(
            session, lea, scene.id, questions.comparisons(session, lea, scene.id)
        )
    )
    hers, his = found
    assert (hers.name, hers.score(GoldUse.TRAINING).right, len(hers.missed)) == ("Ann", 1, 2)
    [mistaken] = hers.often
    assert (mistaken.given, mistaken.known, mistaken.times) == ("Half true", "False", 2)
    assert (his.score(GoldUse.TRAINING).done, his.often) == (1, [])


def test_how_many_are_mixed_in_is_set(scene, lea):
    scene.do(gold.mix_in, lea, scene.id, every=20)
    assert scene.rows(Project)[0].gold_every == 20
    for every in (-1, 1001):
        with pytest.raises(Invalid):
            scene.do(gold.mix_in, lea, scene.id, every=every)


def test_a_lead_who_checks_sees_nothing_of_others_before_answering(scene, lea):
    claim_id = known(scene, lea, use=GoldUse.TRAINING)
    [ann] = scene.reviewers("Ann")
    scene.check(ann, "false")
    judge = scene.person("Judy", Role.ADJUDICATOR, Role.REVIEWER)
    with pytest.raises((NotAllowed, WrongState)):
        scene.settle(judge, claim_id)
    with pytest.raises(NotAllowed):
        scene.do(rulings.settle, ann, claim_id, values=rulings.RulingValues(verdict="false"))
