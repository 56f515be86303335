"""The generated project is one that the desk could have written."""

import pytest
from sqlmodel import col, func, select

from app.domain.words import ClaimState, ReviewState
from app.storage import backup, migrate, tallies
from app.storage.session import Database
from app.storage.tables import Claim, ClaimRound, ClaimTally, Evidence, Review, TallySlice
from app.storage.transfer import copy
from app.workflow.tallies import recount
from tests import postgres
from tests.load.generator import generate

CLAIMS = 200


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("generated") / "claims.db"
    generate(path, CLAIMS)
    return path


@pytest.fixture
def desk(file, tmp_path):
    """A copy of the file, opened."""
    path = tmp_path / "assay.db"
    path.write_bytes(file.read_bytes())
    opened = Database(f"sqlite:///{path}")
    yield opened
    opened.dispose()


def test_it_is_whole_and_of_this_version(file):
    url = f"sqlite:///{file}"
    assert backup.problems(url) == []
    assert migrate.is_current(url)


def test_a_claim_has_three_checks_and_four_uses_of_sources(desk):
    with desk.reading() as session:
        checks = session.exec(
            select(func.count()).where(Review.state == ReviewState.SUBMITTED)
        ).one()
        uses = session.exec(select(func.count()).select_from(Evidence)).one()
    assert checks == 3 * CLAIMS
    assert round(uses / CLAIMS) == 4


def test_free_places_are_those_that_nobody_holds(desk):
    held = select(func.count()).where(Review.claim_id == Claim.id, col(Review.slot).is_not(None))
    with desk.reading() as session:
        rows = session.exec(
            select(Claim.slots_free, ClaimRound.reviews_wanted, held.scalar_subquery())
            .join(ClaimRound, col(ClaimRound.claim_id) == col(Claim.id))
            .where(Claim.state == ClaimState.OPEN)
        ).all()
    assert len(rows) == 35 * CLAIMS // 100
    assert [row for row in rows if row[0] != row[1] - row[2]] == []


def counted(database: Database) -> tuple[object, ...]:
    """Everything that is counted of agreement, and how far checks are apart."""
    each = (
        select(ClaimRound.claim_id, ClaimRound.distance, TallySlice.name)
        .add_columns(col(ClaimTally.content), col(ClaimTally.counted))
        .join(ClaimTally, col(ClaimTally.claim_round_id) == col(ClaimRound.id))
        .join(TallySlice, col(TallySlice.id) == col(ClaimTally.slice_id))
        .order_by(col(ClaimRound.id))
    )
    with database.reading() as session:
        return tallies.totals(session, 1), session.exec(each).all()


def test_agreement_is_counted_as_the_desk_counts_it(desk):
    before = counted(desk)
    for _claim in recount(desk, 1):
        pass
    assert counted(desk) == before
    assert len(before[1]) == 70 * CLAIMS // 100


@pytest.mark.postgres
def test_it_can_be_brought_to_postgresql(desk):
    url = postgres.migrated_database()
    target = Database(url)
    try:
        there = {one.name: one.rows for one in copy(desk, target)}
    finally:
        target.dispose()
        postgres.drop(url)
    assert there["claim"] == CLAIMS
    assert there["review_version"] == 3 * CLAIMS
