"""The next claim is found from where one left off: the same one as from the front, for the same work."""

from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule
from sqlmodel import select

from app.config import Settings
from app.domain.errors import Refused
from app.domain.ids import now
from app.domain.words import ImportState, ReviewState, SkipReason
from app.jobs import desk as jobs_desk
from app.jobs.upkeep import forget_changes
from app.storage import outlook, queue, queue_changes
from app.storage.kept import ME
from app.storage.outlook import came_free, from_start
from app.storage.projects import by_id
from app.storage.queue_place import QueuePlace
from app.storage.tables import (
    Claim,
    ClaimRound,
    ImportRun,
    Interest,
    Review,
    Round,
)
from app.workflow import claims, interests, planning
from app.workflow import reviews as verbs
from app.workflow.claims import PickValues
from app.workflow.planning import PlanValues
from tests.moves import Moves, run_on_postgresql, run_on_sqlite
from tests.scenes import LEADS

PEOPLE, CLAIMS = 3, 6
WHO, WHICH = st.integers(0, PEOPLE - 1), st.integers(0, CLAIMS - 1)
DAY = timedelta(days=1)


def look_of(scene, actor):
    return scene.ask(outlook.outlook, actor, scene.id)


@cache
def first_key(which):
    return select(Claim.id).where(which()).order_by(QueuePlace()).limit(1)


def first_of(session, actor, project_id, look):
    """The claim that would be lent by this outlook, by its key."""
    for which in (came_free, from_start):
        params = look.places(actor, project_id)
        found = session.exec(first_key(which), params=params).first()
        if found is not None:
            return found
    return None


def same_as_from_the_front(session, actor, project_id):
    look = outlook.outlook(session, actor, project_id)
    walk = replace(look, is_stale=True, is_changed=False)
    first, whole = (first_of(session, actor, project_id, one) for one in (look, walk))
    assert first == whole
    project = by_id(session, project_id)
    numbers = [queue.ahead(session, actor, project, one) for one in (look, walk)]
    assert numbers[0] == numbers[1]
    assert look.has_left or look.surely <= numbers[0]
    mine = session.exec(states(), params={"me": actor.person}).all()
    assert (look.lent, look.given) == (len(mine), mine.count(ReviewState.SUBMITTED))


@cache
def states():
    return select(Review.state).where(Review.reviewer_id == ME)


class Desk(Moves):
    """Three people at six claims; a lead moves, drops, opens and closes them meanwhile."""

    def __init__(self):
        super().__init__()
        self.people = self.scene.reviewers(*(f"P{n}" for n in range(PEOPLE)))
        self.lead = self.scene.person("Lea", *LEADS)
        self.claims = [self.scene.claim() for _ in range(CLAIMS)]

    def held(self, who):
        return look_of(self.scene, self.people[who]).in_hand or "aaaaaaaaaaaa"

    @rule(who=WHO, times=st.integers(1, 3))
    def check(self, who, times):
        for _ in range(times):
            mine = self.scene.take(self.people[who])
            if mine is not None:
                self.scene.submit(self.people[who], mine, "true")

    @rule(who=WHO)
    def take(self, who):
        self.scene.take(self.people[who])

    @rule(who=WHO)
    def skip(self, who):
        reason = SkipReason.OUTSIDE_FIELD
        self.attempt(verbs.skip, self.people[who], self.held(who), reason=reason)

    @rule(who=WHO)
    def put_off(self, who):
        self.attempt(verbs.put_off, self.people[who], self.held(who))

    @rule(who=WHO, types=st.booleans())
    def lapse(self, who, types):
        held = self.held(who)
        if self.scene.rows(Review, Review.public_id == held):
            if types:
                self.scene.draft(self.people[who], held)
            self.scene.let_lapse(held)

    @rule(which=WHICH, priority=st.integers(-1, 1), due=st.sampled_from((None, 1, 2)))
    def plan(self, which, priority, due):
        due_at = None if due is None else now() + due * DAY
        values = PlanValues(priority=priority, due_at=due_at, tags=[f"T{which}"])
        self.attempt(planning.plan, self.lead, self.claims[which], values=values)

    @rule(which=WHICH)
    def take_tags_off(self, which):
        values = PlanValues(tags=[])
        self.attempt(planning.plan, self.lead, self.claims[which], values=values)

    @rule(which=WHICH)
    def drop(self, which):
        self.attempt(claims.drop, self.lead, self.claims[which])

    @rule(which=WHICH)
    def pick(self, which):
        self.attempt(claims.pick, self.lead, self.claims[which], values=PickValues())

    @rule(which=WHICH)
    def settle(self, which):
        try:
            self.scene.settle(self.lead, self.claims[which], reason="So.")
        except Refused:
            return

    @rule(who=WHO, which=WHICH)
    def declare(self, who, which):
        values = interests.InterestValues(tag=f"T{which}")
        self.attempt(interests.declare, self.people[who], self.scene.id, values=values)

    @rule(which=WHICH)
    def retire(self, which):
        found = self.scene.rows(Interest, Interest.tag == f"T{which}")
        if found:
            self.attempt(interests.retire, self.lead, self.scene.id, found[-1].public_id)

    @rule(ends=st.booleans())
    def bring_in(self, ends):
        imported(self.scene, "front", ends=ends)

    @rule()
    def forget(self):
        forget_all_but(self.scene, 1)

    @invariant()
    def the_next_claim_is_the_one_from_the_front(self):
        with self.scene.database.reading() as session:
            for actor in self.people:
                same_as_from_the_front(session, actor, self.scene.id)


def imported(scene, words, *, ends):
    """A claim of an import, before all others, that is seen once the import has ended."""
    with scene.database.write() as session:
        row = ImportRun(project_id=scene.id)
        session.add(row)
        session.flush()
        claim = Claim(
            project_id=scene.id,
            text=words,
            state="open",
            slots_free=2,
            priority=9,
            import_run_id=row.key,
        )
        session.add(claim)
        session.flush()
        this_round = session.exec(select(Round).where(Round.project_id == scene.id)).first()
        session.add(ClaimRound(claim_id=claim.key, round_id=this_round.key, reviews_wanted=2))
    if ends:
        scene.change(ImportRun, row.public_id, state=ImportState.FINISHED)
    return claim.public_id


def forget_all_but(scene, number):
    """Forget the changes of the queue as the desk does, but keep so few."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(queue_changes, "KEPT", number)
        forget_changes(jobs_desk.Desk(Settings.read({}), scene.database))


@pytest.fixture(params=[1, pytest.param(outlook.LENT_BETWEEN, marks=pytest.mark.thorough)])
def between(request, monkeypatch):
    """How many claims are lent before it is found anew where nothing is left."""
    monkeypatch.setattr(outlook, "LENT_BETWEEN", request.param)


def test_any_order_of_moves_leads_to_the_claim_from_the_front(kept_file, between):
    run_on_sqlite(Desk, kept_file, examples=10)


@pytest.mark.postgres
@pytest.mark.thorough
def test_any_order_of_moves_leads_to_the_claim_from_the_front_on_postgresql(connections, between):
    run_on_postgresql(Desk, connections, examples=3)
