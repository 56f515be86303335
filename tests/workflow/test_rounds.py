"""Rounds over claims that were checked: what goes in, who may check, what comes out, what is blind."""

import pytest

from app.domain.errors import Invalid, Missing, NotAllowed, Stale, WrongState
from app.domain.ids import now
from app.domain.rounds import Sample
from app.domain.words import BarReason, ClaimState, Role, RoundKind
from app.storage import leases, queue
from app.storage.claim_filters import ClaimFilter
from app.storage.rounds import Found
from app.storage.tables import (
    AnswerTally,
    Bar,
    Claim,
    GoldAnswer,
    Job,
    Label,
    Person,
    Project,
    Review,
    Round,
)
from app.storage.waiting import waiting
from app.workflow import choosing, claims, covering, groups, reviews, rounds
from app.workflow.rounds import Choice
from app.workflow.splitting import Part, Split, split
from app.workflow.tallies import COUNT, go_on, recount
from tests.cases import in_turn
from tests.rounds import CONTROL, REOPENED, Desk
from tests.scenes import LEADS, SOURCE, Scene


@pytest.fixture
def desk(database):
    desk = Desk(database, reviews_wanted=2)
    # Who has not checked anything yet.
    [desk.fay] = desk.scene.reviewers("Fay")
    return desk


def state_of(desk, claim_id):
    return desk.scene.claim_row(claim_id).state


# Opening


def test_a_settled_claim_goes_back_on_the_list_with_its_verdict_and_checks_kept(desk):
    claim_id = desk.checked()
    before = desk.scene.rulings_of(claim_id)
    assert desk.open(REOPENED, claim=claim_id, reviews_wanted=3) == 1
    row, entry = desk.scene.claim_row(claim_id), desk.scene.round_of(claim_id)
    assert (row.state, row.slots_free, entry.reviews_wanted) == (ClaimState.OPEN, 3, 3)
    assert entry.settled_at is None
    assert [r.id for r in desk.scene.rulings_of(claim_id)] == [r.id for r in before]
    this_round = desk.scene.rows(Round)[-1]
    assert (this_round.number, this_round.kind, this_round.is_blind) == (2, REOPENED, True)
    assert (this_round.reason, this_round.created_by_id) == ("To be sure.", desk.lead.person)
    [opened] = desk.scene.events("round.open")
    assert (opened.details["number"], opened.details["claims"]) == (2, 1)
    [line] = desk.scene.events("claim.reopen")
    assert (line.claim, line.details) == (claim_id, {"round": 2})


def test_sent_twice_it_is_opened_once(desk):
    claim_id = desk.checked()
    desk.open(CONTROL, claim=claim_id)
    before = desk.scene.state()
    with pytest.raises(Invalid, match=r"round\.none"):
        desk.open(CONTROL, claim=claim_id)
    assert desk.scene.state() == before


def test_sent_twice_a_sample_is_opened_once_and_another_form_of_that_time_is_refused(desk):
    for _ in range(6):
        desk.checked()

    def form(**changed):
        two = Choice(sample=Sample(number=2))
        return {"choice": two, "expected": 2, "number": 2, "reviews_wanted": 1, **changed}

    assert desk.open(REOPENED, **form()) == 2
    before = desk.scene.state()
    assert desk.open(REOPENED, **form()) == 2
    others = ({"reason": "To be surer."}, {"number": 1}, {"number": 4}, {"reviews_wanted": 2})
    other = desk.scene.person("Lou", *LEADS)
    for changed in (*others, {"actor": other}, {"expected": 3}, {"is_blind": False}):
        with pytest.raises(Stale, match=r"round\.changed"):
            desk.open(REOPENED, **form(**changed))
    assert desk.scene.state() == before
    assert desk.open(REOPENED, **form(number=3)) == 2


def test_claims_that_too_few_could_check_are_left_out_unless_people_come_for_them(desk):
    claim_id, fresh = desk.checked(), desk.checked()
    bar(desk, desk.fay, fresh)
    assert desk.found(REOPENED).claims == (claim_id,)
    assert desk.found(REOPENED).found.used_up == 1
    with pytest.raises(Invalid, match=r"round\.none"):
        desk.open(REOPENED, choice=Choice(claim=claim_id), reviews_wanted=2)
    assert desk.open(REOPENED, choice=Choice(), expected=1) == 1
    assert desk.scene.claim_of(desk.scene.take(desk.fay)) == claim_id
    assert desk.open(REOPENED, choice=Choice(claim=fresh, people_come=True)) == 1


def test_who_is_barred_gave_their_share_or_left_counts_for_nobody(desk):
    settled, waited = desk.checked(), desk.checked("false", "true")
    both = desk.scene.person("Bo", *LEADS, Role.REVIEWER)
    # Bo could see the checks of the one that waits; of the other one they have read the verdict.
    for wanted, names in ((1, (settled, waited)), (2, (settled,)), (3, ())):
        assert desk.found(REOPENED, wanted_each=wanted).claims == names
    desk.scene.claim()
    desk.scene.take(desk.fay)
    most(desk, 2)
    assert desk.found(REOPENED, wanted_each=2).claims == (settled,)
    most(desk, 1)
    assert desk.found(REOPENED, wanted_each=2).claims == ()
    assert desk.found(REOPENED).claims == (settled,)
    most(desk, None)
    bar(desk, both, settled)
    with desk.scene.database.write() as session:
        session.get_one(Person, desk.fay.person).is_active = False
    assert desk.found(REOPENED).claims == ()


def most(desk, number):
    desk.scene.change(Project, desk.scene.project.public_id, most_checks=number)


def bar(desk, who, claim_id):
    with desk.scene.database.write() as session:
        key = desk.scene.claim_row(claim_id).key
        session.add(Bar(claim_id=key, person_id=who.person, reason=BarReason.CONFLICT))


def test_nobody_is_lent_a_claim_twice_whatever_round_it_is_in(desk):
    claim_id = desk.checked()
    desk.open(REOPENED, claim=claim_id)
    assert desk.scene.take(desk.ann) is None
    [cy] = desk.scene.reviewers("Cy")
    assert desk.scene.claim_of(desk.scene.take(cy)) == claim_id


def test_a_slot_that_a_check_of_an_earlier_round_kept_frees_none_of_this_round(desk):
    claim_id = desk.scene.claim()
    desk.scene.let_choose()
    late, drafted = desk.scene.reviewers("Lee", "Liz")
    kept = [desk.scene.take(who) for who in (late, drafted)]
    desk.scene.draft(drafted, kept[1])
    for review_id in kept:
        desk.scene.let_lapse(review_id)
    desk.scene.change(Review, kept[1], asked_at=now())
    for who in (desk.ann, desk.ben):
        desk.scene.check(who, "false", sources=(SOURCE,))
    desk.open(REOPENED, claim=claim_id)
    # They were being sent when the claim was settled, so that nobody could take them back.
    for slot, review_id in enumerate(kept, 8):
        desk.scene.change(Review, review_id, slot=slot, asked_at=None)
        desk.scene.let_lapse(review_id)
    [cy] = desk.scene.reviewers("Cy")
    assert desk.scene.claim_of(desk.scene.take(cy)) == claim_id
    assert desk.scene.take(desk.fay) is None
    with pytest.raises(WrongState, match=r"review\.no-slot"):
        desk.scene.do(choosing.take_this, desk.fay, claim_id)
    assert desk.scene.claim_row(claim_id).slots_free == 0
    assert desk.scene.ask(queue.to_go, desk.fay, desk.scene.id) == 0
    assert desk.scene.ask(waiting, desk.fay, [desk.scene.project])[desk.scene.id].free == 0
    assert not desk.scene.ask(leases.somebody_is_late, desk.fay, desk.scene.id)
    assert desk.scene.ask(leases.late_drafts) == []


def test_who_put_it_off_and_never_answered_does_not_come_back_into_a_later_round(desk):
    claim_id = desk.scene.claim()
    [cy] = desk.scene.reviewers("Cy")
    desk.scene.let_choose()
    mine = desk.scene.take(cy)
    desk.scene.do(reviews.put_off, cy, mine)
    desk.scene.let_lapse(desk.scene.take(cy))
    for who in (desk.ann, desk.ben):
        desk.scene.check(who, "false", sources=(SOURCE,))
    desk.open(REOPENED, claim=claim_id)
    assert desk.scene.take(cy) is None
    assert desk.scene.do(choosing.take_this, cy, claim_id) == mine
    assert desk.scene.review_row(mine).slot is None
    before = desk.scene.state()
    with pytest.raises(WrongState, match=r"review\.earlier-round"):
        desk.scene.submit(cy, mine)
    assert desk.scene.state() == before


def test_what_is_not_checked_and_what_has_no_source_is_left_out_and_counted(desk):
    rests, bare = desk.checked(), desk.checked(sources=())
    begun = desk.scene.claim()
    desk.scene.check(desk.ann)
    found = desk.found(CONTROL)
    assert (found.claims, found.found.bare, found.found.not_ready) == ((rests,), 1, 1)
    assert desk.found(REOPENED).claims == (rests, bare)
    assert desk.open(CONTROL, choice=Choice(), expected=1) == 1
    assert state_of(desk, bare) is ClaimState.SETTLED
    assert desk.scene.round_of(begun).reviews_done == 1


def test_a_claim_with_a_known_answer_never_goes_and_looks_like_one_that_is_not_checked(desk):
    claim_id = desk.checked()
    with desk.scene.database.write() as session:
        label = desk.scene.rows(Label)[0].key
        key = desk.scene.claim_row(claim_id).key
        session.add(
            GoldAnswer(project_id=desk.scene.id, claim_id=key, use="gold", content_label_id=label)
        )
    assert desk.found(REOPENED).found == Found((), not_ready=1, bare=0)
    with pytest.raises(Invalid, match=r"round\.none"):
        desk.open(REOPENED, claim=claim_id)


def test_a_sample_is_the_same_when_it_is_drawn_again_and_another_in_the_next_round(desk):
    for _ in range(12):
        desk.checked()
    three = desk.found(REOPENED, sample=Sample(number=3))
    assert three.claims == desk.found(REOPENED, sample=Sample(number=3)).claims
    assert (len(three.claims), three.not_drawn) == (3, 9)
    assert desk.open(REOPENED, choice=Choice(sample=Sample(number=3)), expected=3) == 3
    opened = [r.public_id for r in desk.scene.rows(Claim, Claim.state == ClaimState.OPEN)]
    assert tuple(opened) == three.claims
    third = desk.found(REOPENED, sample=Sample(percent=34))
    assert (third.number, len(third.claims)) == (3, 3)


def test_a_list_of_claims_can_be_taken(desk):
    wanted, _other = desk.checked(), desk.checked()
    desk.scene.change(Claim, wanted, text="Milk is dear.")
    assert desk.found(REOPENED, wanted=ClaimFilter(text="milk")).claims == (wanted,)


def test_who_saw_the_checks_of_a_claim_that_waited_cannot_check_it(desk):
    both = desk.scene.person("Bo", *LEADS, Role.REVIEWER)
    waited, settled = desk.checked("false", "true"), desk.checked()
    desk.open(REOPENED, choice=Choice())
    barred = {(row.claim_id, row.person_id) for row in desk.scene.rows(Bar)}
    key = desk.scene.claim_row(waited).key
    assert barred == {(key, desk.lead.person), (key, both.person)}
    assert desk.scene.claim_of(desk.scene.take(both)) == settled


@in_turn(
    ("values", "code"),
    [
        ({"reason": "  "}, "round.reason"),
        ({"reason": "x" * 2001}, "round.reason"),
        ({"reviews_wanted": 0}, "round.wanted"),
        ({"reviews_wanted": 21}, "round.wanted"),
        ({"kind": RoundKind.TRAINING}, "round.kind"),
        ({"choice": Choice(sample=Sample(number=0))}, "round.sample"),
        ({"choice": Choice(sample=Sample(percent=100.5))}, "round.sample"),
        ({"choice": Choice(wanted=ClaimFilter(text="nowhere"))}, "round.none"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(desk, values, code):
    desk.checked()
    before = desk.scene.state()
    with pytest.raises(Invalid) as refusal:
        desk.open(**{"kind": REOPENED, "choice": Choice(), **values})
    assert refusal.value.code == code
    assert desk.scene.state() == before


def test_a_round_of_too_many_claims_is_refused(desk, monkeypatch):
    desk.checked(), desk.checked()
    monkeypatch.setattr(rounds, "MOST_CLAIMS", 1)
    with pytest.raises(Invalid, match=r"round\.many"):
        desk.open(REOPENED)
    assert desk.open(REOPENED, choice=Choice(sample=Sample(number=1))) == 1


def test_only_editors_open_rounds_and_other_numbers_than_were_shown_are_refused(desk):
    claim_id = desk.checked()
    stranger = Scene(desk.scene.database, slug="other").person("Sue", *LEADS)
    with pytest.raises(NotAllowed):
        desk.open(CONTROL, claim=claim_id, actor=desk.ann)
    with pytest.raises(Missing):
        desk.open(CONTROL, claim=claim_id, actor=stranger)
    with pytest.raises(Stale, match=r"round\.changed"):
        desk.open(CONTROL, claim=claim_id, expected=2)


# A claim that is checked anew


def test_it_is_neither_dropped_nor_split_nor_covered_and_its_old_checks_stay(desk):
    claim_id, other = desk.checked(), desk.checked()
    old = desk.review_of(desk.ann, claim_id)
    desk.scene.do(groups.say_the_same, desk.lead, other, other_id=claim_id)
    desk.open(REOPENED, claim=claim_id)
    before = desk.scene.state()
    parts = Split(parts=(Part(text="One."), Part(text="Two.")), version=1)
    with pytest.raises(WrongState, match=r"claim\.state"):
        desk.scene.do(claims.drop, desk.lead, claim_id)
    with pytest.raises(WrongState, match=r"split\.settled"):
        desk.scene.do(split, desk.lead, claim_id, values=parts)
    with pytest.raises(Invalid, match=r"cover\.state"):
        desk.scene.do(covering.cover, desk.lead, other, answers={claim_id: None})
    with pytest.raises(WrongState, match=r"review\.earlier-round"):
        desk.scene.submit(desk.ann, old, "true", base_version=1)
    with pytest.raises(WrongState, match=r"review\.earlier-round"):
        desk.scene.do(reviews.send_back, desk.lead, old, question="Sure?")
    assert desk.scene.state() == before


def test_a_dropped_claim_comes_back_into_the_round_that_it_was_in(desk):
    claim_id = desk.checked("false", "true")
    desk.open(REOPENED, claim=claim_id)
    desk.scene.do(claims.drop, desk.lead, claim_id)
    desk.scene.do(claims.pick, desk.lead, claim_id, values=claims.PickValues())
    assert desk.scene.claim_row(claim_id).slots_free == 1
    assert desk.scene.round_of(claim_id).reviews_done == 0


def test_of_many_claims_no_former_answer_is_told_until_they_are_counted_anew(desk, monkeypatch):
    monkeypatch.setattr(rounds, "CHUNK", 1)
    for _ in range(3):
        desk.checked()
    assert desk.scene.rows(AnswerTally) != []

    assert desk.open(REOPENED, choice=Choice(sample=Sample(number=2))) == 2

    assert desk.scene.rows(AnswerTally) == []
    [job] = desk.scene.rows(Job, Job.kind == COUNT)
    list(go_on(desk.scene.database, desk.scene.id, after=job.payload["after"]))
    told = sum(row.number for row in desk.scene.rows(AnswerTally))
    list(recount(desk.scene.database, desk.scene.id))
    assert told == sum(row.number for row in desk.scene.rows(AnswerTally)) > 0
