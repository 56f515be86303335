"""A month in figures: what counts where, and that no check moves any of them."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from app.domain.errors import Missing, NotAllowed
from app.domain.ids import now
from app.domain.months import Month, month_of
from app.domain.report import Spread, Tally
from app.domain.words import CorrectionKind, Decides, Role
from app.storage import report
from app.storage.tables import Agent, ClaimTag, Label, Publication, PublishedClaim, Ruling
from app.workflow import reviews
from tests.scenes import LEADS, Scene

NOVEMBER = Month(2026, 11)
# In Kathmandu it is November from here on.
BEGINS = datetime(2026, 10, 31, 18, 15, tzinfo=UTC)
SOON = timedelta(hours=12)


class Desk(Scene):
    """One person alone, so that a check settles its claim; times as they are wanted."""

    def __init__(self, database):
        super().__init__(
            database, decides=Decides.SINGLE, reviews_wanted=1, timezone="Asia/Kathmandu"
        )
        self.kim = self.person("Kim", Role.REVIEWER)
        self.lead = self.person("Lea", *LEADS)

    def settled(self, at, *, verdict="false", took=SOON, **values):
        claim_id = self.claim(**values)
        said = "confirmed" if "said_by" in values else None
        self.check(self.kim, verdict, attribution_verdict=said)
        self.change_first_ruling(claim_id, at)
        self.picked(claim_id, at - took)
        return claim_id

    def picked(self, claim_id, at):
        self.change(type(self.claim_row(claim_id)), claim_id, picked_at=at)

    def change_first_ruling(self, claim_id, at):
        [ruling] = self.rulings_of(claim_id)
        with self.database.write() as session:
            session.get_one(Ruling, ruling.key).decided_at = at

    def corrected(self, claim_id, at, *, verdict, kind=CorrectionKind.UPDATE):
        last = self.rulings_of(claim_id)[-1]
        with self.database.write() as session:
            label = session.exec(
                select(Label).where(
                    Label.scheme_id == self.project.content_scheme_id, Label.code == verdict
                )
            ).one()
            session.add(
                Ruling(
                    claim_id=last.claim_id,
                    version=last.version + 1,
                    content_label_id=label.key,
                    decided_by=last.decided_by,
                    decided_by_id=last.decided_by_id,
                    decided_at=at,
                    correction_kind=kind,
                )
            )

    def published(self, on, *claim_ids, **values):
        url = f"https://paper.example/{on}/{len(self.rows(Publication))}"
        with self.database.write() as session:
            piece = Publication(
                project_id=self.id, url=url, canonical_url=url, published_on=on, **values
            )
            session.add(piece)
            session.flush()
            for claim_id in claim_ids:
                session.add(
                    PublishedClaim(
                        publication_id=piece.key,
                        claim_id=self.claim_row(claim_id).key,
                        ruling_version=1,
                        sha256="0" * 64,
                    )
                )

    def of(self, month=NOVEMBER):
        [found] = self.ask(report.month_figures, self.lead, self.project, [month])
        return found


@pytest.fixture
def desk(database):
    return Desk(database)


def test_a_month_holds_what_happened_in_it_by_the_clock_of_the_project(desk):
    last = Month(2026, 12).begins(report.ZoneInfo("Asia/Kathmandu")) - timedelta(seconds=1)
    desk.settled(BEGINS - timedelta(seconds=1))
    desk.settled(BEGINS, verdict="true")
    desk.settled(last)
    desk.settled(last + timedelta(seconds=1))

    found = desk.of()

    # One was picked in October, and one of December in November.
    assert (found.picked, found.settled) == (2, 2)
    assert found.verdicts == Tally((("True", 1), ("False", 1)))
    assert (desk.of(Month(2026, 10)).settled, desk.of(Month(2026, 12)).settled) == (1, 1)


def test_a_verdict_is_the_one_that_held_when_the_month_ended(desk):
    claim_id = desk.settled(BEGINS + SOON, verdict="false")
    desk.corrected(claim_id, BEGINS + 2 * SOON, verdict="half-true")
    desk.corrected(claim_id, BEGINS + 90 * SOON, verdict="true", kind=CorrectionKind.SUBSTANTIAL)

    november, december = desk.of(), desk.of(Month(2026, 12))

    assert november.verdicts == Tally((("Half true", 1),))
    assert november.corrected == {CorrectionKind.UPDATE: 1}
    assert (december.settled, december.corrected) == (0, {CorrectionKind.SUBSTANTIAL: 1})


def test_claims_count_by_who_said_them_their_party_and_their_topics(desk):
    for who in ("Ann Low", "Ann Low", "Bo High", None):
        claim_id = desk.settled(BEGINS + 2 * SOON, **({"said_by": who} if who else {}))
        for tag in ("energy", "prices") if who == "Bo High" else ("energy",):
            with desk.database.write() as session:
                key = desk.claim_row(claim_id).key
                session.add(ClaimTag(project_id=desk.id, claim_id=key, tag=tag))
    [ann] = desk.rows(Agent, Agent.name == "Ann Low")
    desk.change(Agent, ann.public_id, party="Greens")

    found = desk.of()

    claimants = (("Ann Low", 2),), {("Bo High", 1), (None, 1)}
    for tally in (found.settled_claimants, found.picked_claimants):
        assert (tally.rows[:1], set(tally.rows[1:])) == claimants
    for tally in (found.settled_parties, found.picked_parties):
        assert set(tally.rows) == {("Greens", 2), (None, 2)}
    assert found.topics == Tally((("energy", 4), ("prices", 1)))


def test_keys_beyond_the_limit_are_counted_together(desk, monkeypatch):
    monkeypatch.setattr(report, "MOST_KEYS", 1)
    for who in ("Ann", "Ann", "Bo", "Cy"):
        desk.settled(BEGINS + 2 * SOON, said_by=who)

    assert desk.of().settled_claimants == Tally((("Ann", 2),), others=2)


def test_times_are_of_the_claims_for_which_both_ends_are_known(desk):
    for days in (1, 2, 6):
        desk.settled(BEGINS + timedelta(days=8), took=timedelta(days=days))
    unknown = desk.settled(BEGINS + timedelta(days=8))
    desk.picked(unknown, None)

    assert desk.of().to_settlement == Spread(3, 4, 1.5, 2.0, 4.0)


def test_more_times_than_are_read_are_said_to_be_cut(desk, monkeypatch):
    monkeypatch.setattr(report, "MOST_TIMES", 1)
    desk.settled(BEGINS + SOON)
    assert not desk.of().is_cut
    desk.settled(BEGINS + SOON)

    assert (desk.of().is_cut, desk.of().to_settlement.used) == (True, 1)


def test_a_claim_is_published_with_its_first_piece(desk):
    one, two, three = (desk.settled(BEGINS + SOON) for _ in range(3))
    for claim_id in (one, two, three):
        desk.picked(claim_id, BEGINS)
    desk.published("2026-10-31", three)
    desk.published("2026-11-03", one, three)
    desk.published("2026-11-09", one, two)
    desk.published("2026-11-02", two, retired_at=now())
    desk.published("2026-12-01", one)

    found = desk.of()

    # From the first of November, by the clock of the project, to the third and the ninth.
    assert (found.published, found.pieces) == (2, 2)
    assert found.to_publication == Spread(2, 2, 3.5, 5.0, 6.5)


def test_a_reason_for_a_pick_is_counted(desk):
    claim_id = desk.claim(picked_at=BEGINS, selection_reason="Everybody speaks of it.")
    desk.claim(picked_at=BEGINS)

    assert (desk.of().picked, desk.of().with_reason) == (2, 1)
    assert desk.claim_row(claim_id).state == "open"


def test_the_months_before_stand_in_order_with_their_counts(desk):
    desk.settled(BEGINS + 2 * SOON)
    desk.settled(BEGINS - timedelta(days=40))

    found = desk.ask(report.months_so_far, desk.lead, desk.project, until=NOVEMBER)

    assert [month.name for month, _p, _s in found][::11] == ["2025-12", "2026-11"]
    counts = {month.name: (p, s) for month, p, s in found if p or s}
    assert counts == {"2026-09": (1, 1), "2026-11": (1, 1)}
    assert desk.ask(report.first_month, desk.project) == Month(2026, 9)


def test_the_first_month_of_an_empty_project_is_this_one(desk):
    zone = report.ZoneInfo("Asia/Kathmandu")

    assert desk.ask(report.first_month, desk.project) == month_of(now().astimezone(zone).date())
    assert desk.of().to_settlement == Spread(0, 0)


def test_no_check_moves_a_number_before_its_claim_is_settled(database):
    scene = Scene(database, reviews_wanted=2)
    ben, lead = scene.person("Ben", Role.REVIEWER), scene.person("Max", *LEADS, Role.REVIEWER)
    claim_id = scene.claim(said_by="The mayor")
    months = [month_of(now().date())]

    def everything():
        return (
            scene.ask(report.month_figures, lead, scene.project, months),
            scene.ask(report.months_so_far, lead, scene.project, until=months[0]),
        )

    before = everything()
    review_id = scene.check(ben, attribution_verdict="confirmed")
    answered = everything()
    scene.do(reviews.send_back, scene.person("Ann", *LEADS), review_id, question="Why?")
    returned = everything()
    scene.submit(ben, review_id, "true", attribution_verdict="confirmed", base_version=1)
    scene.check(lead, "true", attribution_verdict="confirmed")

    assert answered == before
    assert returned == before
    assert scene.claim_row(claim_id).state == "settled"
    assert everything() != before


@pytest.mark.parametrize(
    ("role", "refusal"), [(Role.REVIEWER, NotAllowed), (Role.VIEWER, NotAllowed), (None, Missing)]
)
def test_only_leads_are_told(desk, role, refusal):
    other = Scene(desk.database, slug="other")
    actor = desk.person("Val", role) if role else other.person("Sue", Role.EDITOR)

    with pytest.raises(refusal):
        desk.ask(report.month_figures, actor, desk.project, [NOVEMBER])
    with pytest.raises(refusal):
        desk.ask(report.months_so_far, actor, desk.project, until=NOVEMBER)


def test_claims_of_other_projects_do_not_count(desk):
    desk.settled(BEGINS + SOON)
    other = Scene(desk.database, slug="other")
    lead = other.person("Sue", *LEADS)

    [found] = other.ask(report.month_figures, lead, other.project, [NOVEMBER])

    assert (found.picked, found.settled, found.picked_claimants) == (0, 0, Tally())
