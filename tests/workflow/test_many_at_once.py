"""Many people at once, leases running out under them, and the number of checks changed midway."""

import random
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Event

import pytest
from sqlalchemy import func, update
from sqlalchemy.exc import DatabaseError
from sqlmodel import col, select

from app.domain.actors import CONSOLE
from app.domain.errors import Refused
from app.domain.ids import now
from app.domain.words import ClaimState, ExtraReason, ReviewState, SkipReason
from app.storage.session import is_busy
from app.storage.tables import Bar, Claim, ClaimRound, ExtraCheck, Project, Review, Ruling
from app.workflow import lending, reviews
from app.workflow.extra_checks import is_in_sample
from app.workflow.interests import InterestValues, declare
from app.workflow.projects import ProjectChanges, change_project
from tests.scenes import Scene, answer

# How many people there are, and how many claims.
MANY = [(8, 16), pytest.param((16, 40), marks=pytest.mark.thorough)]
OF_ANSWERS = {ExtraReason.DIFFERENCE}


def exec_(session, statement):
    session.exec(statement)


class Desk:
    """Who works on it, and how often somebody was told that another was writing."""

    def __init__(self, database, people, claims):
        self.scene = Scene(database, reviews_wanted=2)
        self.scene.change(
            Project,
            self.scene.project.public_id,
            extra_first=2,
            extra_share=0.2,
            extra_on_difference=True,
        )
        self.claims = [
            self.scene.claim(said_by="A minister" if number % 10 == 0 else None)
            for number in range(claims)
        ]
        # By chance none of so few is in the sample once in thirty-five times.
        project = self.scene.rows(Project)[0]
        while not any(is_in_sample(project, claim_id) for claim_id in self.claims):
            self.claims.append(self.scene.claim())
        self.people = self.scene.reviewers(*(f"P{number}" for number in range(people)))
        self.begin = Barrier(people + 2)
        self.is_over = Event()
        self.busy = Counter()

    def do(self, verb, *args, **values):
        """What the verb answers, or the refusal that it met."""
        try:
            return self.scene.do(verb, *args, **values)
        except Refused as refusal:
            return refusal
        except DatabaseError as error:
            if not is_busy(error):
                raise
            self.busy[type(error.orig).__name__] += 1
            return None

    def give(self, person, dice, review_id):
        """Answer a check, or now and then do something else with it; the next one."""
        said = "confirmed" if self.is_asked(review_id) else None
        values = answer(dice.choice(("true", "true", "false")), attribution_verdict=said)
        way = dice.random()
        if way < 0.05:
            reason = SkipReason.OUTSIDE_FIELD
            return self.do(reviews.skip, person, review_id, reason=reason)
        if way < 0.1:
            return self.do(reviews.put_off, person, review_id)
        if way < 0.12:
            return self.do(
                declare, person, self.scene.id, values=InterestValues(agent="A minister")
            )
        return self.do(reviews.submit, person, review_id, values=values)

    def is_asked(self, review_id):
        return self.claims.index(self.scene.claim_of(review_id)) % 10 == 0

    def work(self, number, *, at_once=True):
        """Check until nothing is left; whoever is refused takes the next."""
        person, dice = self.people[number], random.Random(number)
        if at_once:
            self.begin.wait()
        idle = 0
        while idle < 3:
            taken = self.do(lending.take, person, self.scene.id)
            if not isinstance(taken, str):
                idle += 1
                continue
            if at_once:
                # People read before they answer, if only for a moment.
                self.is_over.wait(dice.random() / 2)
            self.give(person, dice, taken)

    def let_lapse(self):
        """Leases run out under people's hands, again and again."""
        dice = random.Random(99)
        self.begin.wait()
        while not self.is_over.wait(0.2):
            late = update(Review).where(
                col(Review.state) == ReviewState.LENT,
                col(Review.lease_until).is_not(None),
                col(Review.reviewer_id) % 4 == dice.randrange(4),
            )
            self.do(exec_, late.values(lease_until=now() - timedelta(hours=1)))

    def change_number(self):
        """A third of the way the desk wants three checks, at last two again."""
        self.begin.wait()
        for number, wanted in ((len(self.claims) // 2, 3), (2 * len(self.claims), 2)):
            while not self.is_over.wait(0.2) and self.given() < number:
                pass
            project = self.scene.rows(Project)[0]
            names = ProjectChanges.__dataclass_fields__.keys() - {"source_labels"}
            kept = {name: getattr(project, name) for name in names} | {"reviews_wanted": wanted}
            values = ProjectChanges(source_labels=frozenset(), **kept)
            self.do(change_project, CONSOLE, self.scene.id, values=values)

    def given(self):
        given = select(func.count()).where(Review.state == ReviewState.SUBMITTED)
        return self.scene.ask(lambda session: session.exec(given).one())

    def run(self):
        with ThreadPoolExecutor(len(self.people) + 2) as pool:
            others = [pool.submit(self.let_lapse), pool.submit(self.change_number)]
            workers = [pool.submit(self.work, number) for number in range(len(self.people))]
            for worker in workers:
                worker.result()
            self.is_over.set()
            for other in others:
                other.result()
        # Who found everything in others' hands for a moment comes back later.
        for number in range(len(self.people)):
            self.work(number, at_once=False)


@pytest.fixture(params=MANY, ids=str)
def desk(database, request):
    made = Desk(database, *request.param)
    made.run()
    return made


def test_no_claim_gets_more_checks_than_wanted_and_none_is_left_over(desk):
    scene = desk.scene
    entries = {row.claim_id: row for row in scene.rows(ClaimRound)}
    extras = defaultdict(list)
    for row in scene.rows(ExtraCheck):
        extras[row.claim_round_id].append(row.reason)
    held = defaultdict(list)
    for row in scene.rows(Review):
        held[row.claim_id].append(row)
    barred = {(row.claim_id, row.person_id) for row in scene.rows(Bar)}
    ruled = Counter(row.claim_id for row in scene.rows(Ruling))

    assert not desk.busy
    for claim in scene.rows(Claim):
        entry, checks = entries[claim.key], held[claim.key]
        done = [row for row in checks if row.state is ReviewState.SUBMITTED]
        assert len({row.reviewer_id for row in checks}) == len(checks)
        assert not [row for row in done if (claim.key, row.reviewer_id) in barred]
        more = extras[entry.key]
        assert len(more) == len(set(more)) <= 2
        assert len(set(more) - OF_ANSWERS) <= 1
        # Two or three, whichever held last, and what was in hand when it was lowered.
        assert 2 + len(more) <= entry.reviews_wanted <= 3 + len(more)
        assert len(done) == entry.reviews_done == entry.reviews_wanted
        # A third check stays the third when the second, given back, was not wanted any more.
        slots = {row.slot for row in done}
        assert len(slots) == len(done)
        assert slots <= set(range(1, 4 + len(more)))
        assert claim.slots_free == 0
        assert ruled[claim.key] == (claim.state is ClaimState.SETTLED)
    assert not [r for rows in held.values() for r in rows if r.slot and r.state is ReviewState.LENT]
    # The rules were at work.
    assert len({reason for more in extras.values() for reason in more}) == 3
