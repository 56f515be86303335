"""The rows of exports come in blocks: as many questions for each, whatever is in it."""

import csv
import tracemalloc
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlmodel import col, select

from app.domain.actors import CONSOLE
from app.domain.blindness import SeenState, sees_others
from app.domain.permissions import Action, may
from app.domain.words import ClaimState, Decides, Role
from app.exporters.registry import exporter_named
from app.importers.claims_csv import ClaimRow
from app.storage import claim_blocks, exports
from app.storage.blind import shows_checks
from app.storage.claim_filters import ClaimFilter
from app.storage.claims import standings
from app.storage.tables import Claim
from app.workflow.imports import import_claims
from tests.cases import in_turn
from tests.scenes import LEADS, SOURCE, Scene

FORMATS = {
    "verdicts.csv": exports.verdict_rows,
    "reviews.csv": exports.review_rows,
    "sources.csv": exports.source_rows,
}


@pytest.fixture
def scene(database):
    return Scene(database, decides=Decides.INDEPENDENT, reviews_wanted=2)


def checked_claims(scene, number):
    """Claims with two checks each, which agree on every second one and settle it."""
    ann, ben = scene.reviewers("Ann", "Ben")
    for n in range(number):
        scene.claim(f"Claim {n}.", said_by="A minister")
        for who, verdict in ((ann, "false"), (ben, "true" if n % 2 else "false")):
            scene.check(who, verdict, attribution_verdict="confirmed", sources=(SOURCE,))


def written(scene, name, actor=CONSOLE, **options):
    write, rows = exporter_named(name).write, FORMATS[name]
    return scene.ask(lambda session: "".join(write(rows(session, actor, scene.id, **options))))


@pytest.mark.parametrize("name", FORMATS)
def test_each_block_costs_as_many_questions_whatever_is_in_it(scene, queries, monkeypatch, name):
    checked_claims(scene, 8)
    lead = scene.person("Lea", *LEADS)
    written(scene, name, lead)  # what is read once for the process
    costs = {}
    for size in (2, 4, 8):
        monkeypatch.setattr(claim_blocks, "CLAIMS", size)
        with queries() as counted:
            written(scene, name, lead)
        costs[size] = len(counted)

    assert costs[2] - costs[4] == 2 * (costs[4] - costs[8])


@in_turn(
    "given",
    [
        "2025-09-04 14:02:11.250000",
        datetime(2025, 9, 4, 14, 2, 11, 250_000, tzinfo=UTC),
        datetime(2025, 9, 4, 16, 2, 11, 250_000, tzinfo=timezone(timedelta(hours=2))),
    ],
)
def test_a_time_is_in_utc_whichever_driver_gave_it(given):
    assert claim_blocks.in_utc(given) == datetime(2025, 9, 4, 14, 2, 11, 250_000, tzinfo=UTC)
    assert claim_blocks.in_utc(given).tzinfo is UTC


def test_no_time_stays_none():
    assert claim_blocks.in_utc(None) is None


@pytest.mark.parametrize("name", FORMATS)
def test_blocks_of_any_size_make_the_same_file(scene, monkeypatch, name):
    checked_claims(scene, 7)
    lead = scene.person("Lea", *LEADS)
    whole = [written(scene, name, actor) for actor in (CONSOLE, lead)]

    monkeypatch.setattr(claim_blocks, "CLAIMS", 3)

    assert [written(scene, name, actor) for actor in (CONSOLE, lead)] == whole


@pytest.mark.parametrize("name", FORMATS)
def test_claims_with_others_between_them_are_told_as_they_are_among_these(scene, name):
    checked_claims(scene, 7)
    lead = scene.person("Lea", *LEADS)
    its = {claim.public_id for claim in scene.rows(Claim) if claim.state == ClaimState.SETTLED}
    for actor in (CONSOLE, lead):
        every = csv.DictReader(written(scene, name, actor).splitlines())
        rows = [row for row in every if row["claim_id"] in its]

        few = written(scene, name, actor, wanted=ClaimFilter(state=SeenState.SETTLED))

        assert rows
        assert list(csv.DictReader(few.splitlines())) == rows


def test_the_database_shows_checks_to_whom_the_rule_shows_them(scene):
    checked_claims(scene, 4)
    keys = [claim.key for claim in scene.rows(Claim)]
    shown = select(col(Claim.id)).where(col(Claim.id).in_(keys))
    people = [*scene.reviewers("Cleo"), scene.person("Lea", *LEADS, Role.REVIEWER)]
    for actor in [*people, scene.person("Leo", *LEADS), scene.person("Vic", Role.VIEWER)]:
        see_all = may(actor, Action.REVIEW_SEE_ALL, scene.id)
        by_rule = {
            key
            for key, standing in scene.ask(standings, actor, keys).items()
            if sees_others(standing, may_see_all=see_all)
        }
        asked = scene.ask(lambda session, who=actor: session.exec(shown.where(shows_checks(who))))
        assert set(asked) == by_rule


# PostgreSQL would go about thousands of claims as it once did about none, and take a hundred times as long.
@pytest.mark.plans
def test_memory_stays_the_same_however_many_claims_are_written(scene):
    peaks = []
    for start in (0, 2_000):
        some = [
            ClaimRow(line=n + 2, text=f"Claim {n}. " * 20, external_id=f"x{n}")
            for n in range(start, start + 2_000 + start)
        ]
        import_claims(scene.database, CONSOLE, scene.id, rows=some)
        written_away(scene)
        tracemalloc.start()
        written_away(scene)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()

    assert peaks[1] < 1.2 * peaks[0]


def written_away(scene):
    with scene.database.reading() as session:
        rows = exports.verdict_rows(session, CONSOLE, scene.id)
        assert sum(map(len, exporter_named("verdicts.csv").write(rows)))
