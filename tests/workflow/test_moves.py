"""Any order of lending, answering, skipping, lapsing, returning and settling keeps the rules."""

from datetime import timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule
from sqlmodel import col, select

from app.domain.actors import SYSTEM
from app.domain.ids import now
from app.domain.rounds import LATER_KINDS
from app.domain.words import ClaimState, CorrectionKind, ReviewState, Role, SkipReason
from app.storage.tables import (
    Bar,
    Claim,
    ClaimRound,
    Draft,
    Event,
    ExtraCheck,
    Interest,
    Project,
    Review,
    ReviewVersion,
    Ruling,
)
from app.workflow import (
    asking,
    bulk,
    choosing,
    claims,
    interests,
    parking,
    planning,
    reviews,
    rounds,
    rulings,
    sharing,
    taking_back,
)
from app.workflow import wanted as wanting
from app.workflow.claims import PickValues
from app.workflow.planning import PlanValues
from app.workflow.rulings import RulingValues
from tests.moves import Moves, run_on_postgresql, run_on_sqlite
from tests.scenes import LEADS, answer

PEOPLE = 3
CLAIMS = 2
SEEN = (Bar, Claim, ClaimRound, Draft, Event, ExtraCheck, Review, ReviewVersion, Ruling)
VERDICTS = ("true", "false", "unproven")
WHO = st.integers(0, PEOPLE - 1)
WHICH = st.integers(0, CLAIMS - 1)


class Desk(Moves):
    """Three people and a lead at two claims; refusals are allowed, broken rules are not."""

    def __init__(self):
        super().__init__()
        self.scene.let_choose()
        self.scene.change(Project, self.scene.project.public_id, extra_on_difference=True)
        self.people = self.scene.reviewers(*(f"P{n}" for n in range(PEOPLE - 1)))
        # The last one both checks and leads.
        self.people.append(self.scene.person("Bo", *LEADS, Role.REVIEWER))
        self.lead = self.scene.person("Lea", *LEADS)
        self.claims = [self.scene.claim() for _ in range(CLAIMS)]
        for number, claim in enumerate(self.claims):
            values = PlanValues(tags=[f"T{number}"])
            self.scene.do(planning.plan, self.lead, claim, values=values)
        self.history: list[tuple] = []

    def review_of(self, who, which) -> str:
        """A check of this person, if there is one, else an id that nothing has."""
        mine = self.scene.rows(Review, Review.reviewer_id == self.people[who].person)
        return mine[which % len(mine)].public_id if mine else "aaaaaaaaaaaa"

    @rule(who=WHO)
    def take(self, who):
        self.scene.take(self.people[who])

    @rule(who=WHO, which=WHICH, verdict=st.sampled_from(VERDICTS), base=st.integers(0, 2))
    def submit(self, who, which, verdict, base):
        values = answer(verdict, base_version=base)
        review_id = self.review_of(who, which)
        self.attempt(reviews.submit, self.people[who], review_id, values=values)
        self.attempt(reviews.submit, self.people[who], review_id, values=values)

    @rule(who=WHO, which=WHICH, reason=st.sampled_from(SkipReason))
    def skip(self, who, which, reason):
        review_id = self.review_of(who, which)
        self.attempt(reviews.skip, self.people[who], review_id, reason=reason)

    @rule(who=WHO, which=WHICH)
    def put_off(self, who, which):
        self.attempt(reviews.put_off, self.people[who], self.review_of(who, which))

    @rule(who=WHO, which=WHICH, version=st.integers(0, 2))
    def save_draft(self, who, which, version):
        self.attempt(
            reviews.save_draft,
            self.people[who],
            self.review_of(who, which),
            body={"rationale": "typed"},
            draft_version=version,
        )

    @rule(who=WHO, which=WHICH)
    def lapse(self, who, which):
        review_id = self.review_of(who, which)
        found = self.scene.rows(Review, Review.public_id == review_id)
        if found and found[0].state is ReviewState.LENT and found[0].lease_until:
            self.scene.let_lapse(review_id)

    @rule(who=WHO, which=WHICH, puts_off=st.booleans())
    def take_this(self, who, which, puts_off):
        who, claim = self.people[who], self.claims[which]
        self.attempt(choosing.take_this, who, claim, puts_off=puts_off)

    @rule(who=WHO, which=WHICH, hours=st.integers(1, 48))
    def wait(self, who, which, hours):
        until = now() + timedelta(hours=hours)
        self.attempt(parking.wait, self.people[who], self.review_of(who, which), until=until)

    @rule(who=WHO, which=WHICH)
    def the_time_comes(self, who, which):
        """What waits is to be gone on with; its end is later still."""
        found = self.scene.rows(Review, Review.public_id == self.review_of(who, which))
        if found and found[0].waits_until is not None:
            then = now() - timedelta(minutes=1)
            self.scene.change(Review, found[0].public_id, waits_until=then)

    @rule(who=WHO, which=WHICH)
    def keep(self, who, which):
        self.attempt(parking.keep, self.people[who], self.review_of(who, which))

    @rule(who=WHO, which=WHICH)
    def ask_holder(self, who, which):
        self.attempt(asking.ask_holder, SYSTEM, self.review_of(who, which))

    @rule(who=WHO, which=WHICH)
    def send_back(self, who, which):
        review_id = self.review_of(who, which)
        self.attempt(reviews.send_back, self.lead, review_id, question="Why?")

    @rule(who=WHO, which=WHICH)
    def take_back(self, who, which):
        self.attempt(taking_back.take_back, self.lead, self.review_of(who, which))

    @rule(which=WHICH, verdict=st.sampled_from(VERDICTS), by_lead=st.booleans())
    def settle(self, which, verdict, by_lead):
        self.attempt(
            rulings.settle,
            self.lead if by_lead else self.people[-1],
            self.claims[which],
            values=RulingValues(
                verdict=verdict, reason="So.", kind=CorrectionKind.UPDATE, public_note="New."
            ),
        )

    @rule(which=WHICH)
    def unblind(self, which):
        self.attempt(rulings.unblind, self.people[-1], self.claims[which])

    @rule(wanted=st.integers(1, 3))
    def want_everywhere(self, wanted):
        with self.scene.database.write() as session:
            wanting.want_everywhere(session, session.get_one(Project, self.scene.id), wanted)

    @rule(which=WHICH, wanted=st.integers(1, 3))
    def want_of_one(self, which, wanted):
        self.attempt(bulk.want_many, self.lead, self.scene.id, [self.claims[which]], wanted=wanted)

    @rule(who=WHO, which=WHICH)
    def declare(self, who, which):
        values = interests.InterestValues(tag=f"T{which}")
        self.attempt(interests.declare, self.people[who], self.scene.id, values=values)

    @rule(which=WHICH)
    def retire(self, which):
        found = self.scene.rows(Interest, Interest.tag == f"T{which}")
        if found:
            self.attempt(interests.retire, self.lead, self.scene.id, found[-1].public_id)

    @rule(which=WHICH)
    def share_out(self, which):
        self.attempt(
            sharing.share_out,
            self.lead,
            self.scene.id,
            [self.claims[which]],
            people=self.people,
        )

    @rule(which=WHICH)
    def drop(self, which):
        self.attempt(claims.drop, self.lead, self.claims[which])

    @rule(which=WHICH)
    def pick(self, which):
        self.attempt(claims.pick, self.lead, self.claims[which], values=PickValues())

    @rule(which=WHICH, kind=st.sampled_from(LATER_KINDS), wanted=st.integers(1, 2))
    def open_round(self, which, kind, wanted):
        choice = rounds.Choice(claim=self.claims[which], people_come=True)
        values = rounds.RoundValues(kind=kind, reason="Why.", reviews_wanted=wanted, choice=choice)
        self.attempt(rounds.open_round, self.lead, self.scene.id, values=values)

    @invariant()
    def the_rules_hold(self):
        """One look at the tables after each move; each rule is a function below."""
        with self.scene.database.reading() as session:
            seen = {kind: list(session.exec(select(kind).order_by(col(kind.id)))) for kind in SEEN}
        for holds in RULES:
            holds(seen)
        history = [
            (row.key, row.action, row.thing, row.at, repr(row.details)) for row in seen[Event]
        ]
        assert history[: len(self.history)] == self.history, "history only grows"
        self.history = history


def by_claim(seen):
    """Each claim with the round that it was in last, and the checks of that round."""
    rounds = {row.claim_id: row for row in seen[ClaimRound]}
    for claim in seen[Claim]:
        entry = rounds[claim.key]
        yield claim, entry, [r for r in seen[Review] if r.claim_round_id == entry.key]


def slots_are_counted(seen):
    for claim, entry, checks in by_claim(seen):
        slots = [row.slot for row in checks if row.slot is not None]
        assert len(slots) == len(set(slots)) <= entry.reviews_wanted
        if claim.state is ClaimState.OPEN:
            assert claim.slots_free == entry.reviews_wanted - len(slots)
        else:
            assert claim.slots_free == 0


def what_is_done_is_what_was_submitted(seen):
    for claim, entry, checks in by_claim(seen):
        done = [row for row in checks if row.state is ReviewState.SUBMITTED]
        assert entry.reviews_done == len(done)
        assert (entry.settled_at is not None) == (claim.state is ClaimState.SETTLED)
        if claim.state is ClaimState.SETTLED:
            assert len(done) == entry.reviews_wanted


def nobody_checks_twice_or_holds_two(seen):
    rows = seen[Review]
    assert len({(row.claim_id, row.reviewer_id) for row in rows}) == len(rows)
    leased = [
        r.reviewer_id
        for r in rows
        if r.state is ReviewState.LENT and r.lease_until and r.waits_until is None
    ]
    assert len(leased) == len(set(leased))
    barred = {(row.claim_id, row.person_id) for row in seen[Bar]}
    now_in = {entry.key for _claim, entry, _checks in by_claim(seen)}
    held = [r for r in rows if r.slot is not None and r.claim_round_id in now_in]
    assert not [r for r in held if (r.claim_id, r.reviewer_id) in barred]


def versions_are_whole_and_a_check_has_one_draft(seen):
    numbers: dict[int, list[int]] = {}
    for version in seen[ReviewVersion]:
        numbers.setdefault(version.review_id, []).append(version.number)
    for row in seen[Review]:
        assert numbers.get(row.key, []) == list(range(1, row.submitted_version + 1))
    drafts = [row.review_id for row in seen[Draft]]
    assert len(drafts) == len(set(drafts))


def a_settled_claim_has_a_ruling_and_no_decided_one_is_lost(seen):
    rounds = [row.claim_id for row in seen[ClaimRound]]
    for claim in seen[Claim]:
        numbers = [row.version for row in seen[Ruling] if row.claim_id == claim.key]
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) <= rounds.count(claim.key)
        assert numbers or claim.state is not ClaimState.SETTLED
        assert not numbers or claim.state is ClaimState.SETTLED or rounds.count(claim.key) > 1


def only_what_is_held_waits_or_was_asked_about(seen):
    for row in seen[Review]:
        if row.waits_until is not None or row.asked_at is not None:
            assert row.slot is not None
            assert row.state in {ReviewState.LENT, ReviewState.RETURNED}
        if row.waits_until is not None and row.lease_until is not None:
            assert row.state is ReviewState.LENT


def no_claim_wants_more_than_was_asked_for(seen):
    for _claim, entry, checks in by_claim(seen):
        more = [row for row in seen[ExtraCheck] if row.claim_round_id == entry.key]
        assert len(more) <= 1
        taken = [row for row in checks if row.slot is not None]
        assert 1 <= entry.reviews_wanted <= max(3 + len(more), len(taken))


RULES = (
    no_claim_wants_more_than_was_asked_for,
    only_what_is_held_waits_or_was_asked_about,
    slots_are_counted,
    what_is_done_is_what_was_submitted,
    nobody_checks_twice_or_holds_two,
    versions_are_whole_and_a_check_has_one_draft,
    a_settled_claim_has_a_ruling_and_no_decided_one_is_lost,
)


def test_any_order_of_moves_keeps_the_rules(kept_file):
    run_on_sqlite(Desk, kept_file, examples=25)


@pytest.mark.postgres
@pytest.mark.thorough
def test_any_order_of_moves_keeps_the_rules_on_postgresql(connections):
    run_on_postgresql(Desk, connections, examples=5)
