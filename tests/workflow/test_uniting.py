"""What a claim that others were joined to has of them: plans, tags, figures, and bars."""

from datetime import UTC, datetime

import pytest

from app.domain.errors import Refused
from app.domain.words import BarReason, Decides, Role
from app.storage import claims as questions
from app.storage.bars import barred_claims
from app.storage.tables import Bar, Batch, Claim, ClaimGroup, ClaimRound, ClaimTag, Quantity
from app.workflow import rulings
from app.workflow.interests import InterestValues, declare
from tests.scenes import Scene
from tests.workflow.test_merging import BERG, MONDAY, PAPER, TUESDAY, merge
from tests.workflow.test_places import TEXT, Desk


@pytest.fixture
def desk(database):
    return Desk(database)


@pytest.fixture
def two(desk):
    return desk.claim(MONDAY, hops=PAPER), desk.claim(TUESDAY, hops=BERG)


def test_what_is_known_of_all_of_them_is_known_of_the_one(desk, two, database):
    first, second = (desk.scene.claim_row(name) for name in two)
    for row, kinds, worth, n in (
        (first, ["event"], 0.4, 2),
        (second, ["event", "forecast"], 0.7, 5),
    ):
        due = datetime(2026, 3, 9 - n, tzinfo=UTC)
        desk.scene.change(
            Claim, row.public_id, kinds=kinds, checkworthiness=worth, priority=n, due_at=due
        )
    with database.write() as session:
        for row, tags in ((first, ["rain", "june"]), (second, ["june", "flood"])):
            session.add_all(
                ClaimTag(project_id=row.project_id, claim_id=row.key, tag=tag) for tag in tags
            )
        for row, place, raw in ((first, 0, "Monday"), (second, 0, "Tuesday"), (second, 1, "9%")):
            figure = {"value": 1, "unit": "day", "raw": raw}
            session.add(Quantity(claim_id=row.key, position=place, **figure))

    merge(desk, *two)

    record = desk.scene.ask(questions.claim, desk.editor, two[0])
    assert record.kinds == ("event", "forecast")
    assert (record.checkworthiness, record.priority) == (0.7, 5)
    assert record.due_at == datetime(2026, 3, 4, tzinfo=UTC)
    assert record.tags == ("rain", "june", "flood")
    assert [figure.raw for figure in record.quantities] == ["Monday", "Tuesday"]
    assert len(desk.scene.rows(Quantity, Quantity.claim_id == second.key)) == 2


def test_whoever_may_not_check_one_of_them_may_not_check_the_one(desk, two, database):
    ann, ben = desk.scene.reviewers("Ann", "Ben")
    first, second = (desk.scene.claim_row(name).key for name in two)
    with database.write() as session:
        for person, claim in ((ann, second), (ben, second), (ben, first)):
            session.add(Bar(claim_id=claim, person_id=person.person_id, reason=BarReason.CONSULTED))

    merge(desk, *two)

    barred = desk.scene.rows(Bar, Bar.claim_id == first)
    assert sorted(bar.person_id for bar in barred) == sorted([ann.person_id, ben.person_id])


def test_a_check_in_hand_of_somebody_who_may_not_check_the_one_goes_back(desk, two, database):
    ann, ben = desk.scene.reviewers("Ann", "Ben")
    kept, other = desk.scene.take(ann), desk.scene.take(ben)
    assert desk.scene.claim_of(kept) == two[0]
    desk.scene.draft(ann, kept)
    with database.write() as session:
        key = desk.scene.claim_row(two[1]).key
        session.add(Bar(claim_id=key, person_id=ann.person, reason=BarReason.CONSULTED))

    merge(desk, *two)

    assert (desk.scene.review_row(kept).slot, desk.scene.review_row(other).slot) == (None, None)
    assert desk.scene.claim_row(two[0]).slots_free == 1
    with pytest.raises(Refused):
        desk.scene.submit(ann, kept, attribution_verdict="confirmed")
    assert desk.scene.take(ben) is not None


class BlindDesk(Desk):
    """A desk whose claims are checked twice, each check kept from the other."""

    def __init__(self, database):
        self.scene = Scene(database, decides=Decides.INDEPENDENT, reviews_wanted=2)
        self.editor = self.scene.person("Ed", Role.EDITOR)
        self.take_in(TEXT)


def test_who_looked_at_the_checks_of_one_is_told_to_see_those_of_the_one(database):
    desk = BlindDesk(database)
    two = desk.claim(MONDAY, hops=PAPER), desk.claim(TUESDAY, hops=BERG)
    lead = desk.scene.person("Lea", Role.EDITOR, Role.REVIEWER)
    [ann] = desk.scene.reviewers("Ann")
    desk.scene.do(rulings.unblind, lead, two[1])
    with database.write() as session:
        # Who only could have read the checks did not look at them.
        key = desk.scene.claim_row(two[1]).key
        session.add(Bar(claim_id=key, person_id=ann.person, reason=BarReason.UNBLINDED))

    merge(desk, *two)

    event = desk.scene.events("claim.unblind")[-1]
    assert (event.thing, event.actor_id, event.details) == (two[0], lead.person, {"of": two[1]})
    assert len(desk.scene.events("claim.unblind")) == 2


def test_an_interest_in_whoever_said_one_of_them_closes_the_one(desk, two):
    ann, ben = desk.scene.reviewers("Ann", "Ben")
    for who, name in ((ann, "Ada Berg"), (ben, "A paper")):
        desk.scene.do(declare, who, desk.scene.id, values=InterestValues(agent=name))
    first, _second = keys = [desk.scene.claim_row(name).key for name in two]
    assert [desk.scene.ask(barred_claims, who, keys) for who in (ann, ben)] == [
        {keys[1]},
        {first},
    ]

    merge(desk, *two, chain_of=two[1])

    assert all(first in desk.scene.ask(barred_claims, who, keys) for who in (ann, ben))
    barred = desk.scene.rows(Bar, Bar.claim_id == first)
    assert {bar.reason for bar in barred} == {BarReason.INTEREST}


def test_who_may_not_settle_one_of_them_may_not_settle_the_one(desk, two, database):
    ann = desk.scene.person("Ann", Role.REVIEWER, Role.EDITOR)
    first, second = (desk.scene.claim_row(name).key for name in two)
    with database.write() as session:
        for key, reason in ((first, BarReason.UNBLINDED), (second, BarReason.CONFLICT)):
            session.add(Bar(claim_id=key, person_id=ann.person, reason=reason))

    merge(desk, *two)

    [bar] = desk.scene.rows(Bar, Bar.claim_id == first)
    assert bar.reason is BarReason.CONFLICT


def test_the_one_is_in_the_batch_and_the_group_of_the_others_and_was_picked_for_why_they_were(
    desk, two, database
):
    with database.write() as session:
        batch = Batch(project_id=desk.scene.id, name="June")
        group = ClaimGroup(project_id=desk.scene.id)
        session.add_all([batch, group])
        session.flush()
        said = {
            "batch_id": batch.key,
            "claim_group_id": group.key,
            "selection_reason": "A reader asked.",
            "said_on": "2026-05-02",
            "seen_at_url": "https://seen.example/",
        }
    desk.scene.change(Claim, two[1], **said)
    desk.scene.change(Claim, two[0], said_on="2026-05-01")

    merge(desk, *two)

    row = desk.scene.claim_row(two[0])
    assert {name: getattr(row, name) for name in said} == {**said, "said_on": "2026-05-01"}


def test_the_one_wants_as_many_checks_as_any_of_them_did(desk, two, database):
    [ann] = desk.scene.reviewers("Ann")
    desk.scene.check(ann, attribution_verdict="confirmed")
    with database.write() as session:
        session.get_one(ClaimRound, desk.scene.round_of(two[1]).key).reviews_wanted = 3

    merge(desk, *two)

    entry = desk.scene.round_of(two[0])
    assert (entry.reviews_wanted, entry.reviews_done) == (3, 1)
    assert desk.scene.claim_row(two[0]).slots_free == 2
