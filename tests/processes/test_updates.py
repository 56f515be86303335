"""Several processes write into one SQLite file: nothing that was acknowledged is missing."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.domain.words import ClaimState, Role
from app.storage.tables import Claim, ClaimWording, Draft, Event, Person, Review, ReviewVersion
from tests.processes.browser import Browser
from tests.processes.conftest import PASSWORD
from tests.scenes import Scene

ROOT = Path(__file__).parents[2]
PROCESSES = 4
# How many there are, and how often each of them corrects the claim.
TIMES = pytest.mark.parametrize(
    ("processes", "times"), [(2, 10), pytest.param(PROCESSES, 25, marks=pytest.mark.thorough)]
)
# How many there are, and how many claims each of as many people checks.
CHECKS = pytest.mark.parametrize(
    ("processes", "claims"), [(2, 8), pytest.param(PROCESSES, 12, marks=pytest.mark.thorough)]
)


def writer(*words, times):
    """A process that corrects the claim many times, then submits its check."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.processes.writer", *words, str(times)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@TIMES
def test_processes_lose_no_acknowledged_update(database, database_url, processes, times):
    scene = Scene(database, reviews_wanted=processes)
    claim_id = scene.claim("As it was.")
    people = [scene.person(f"P{n}", Role.REVIEWER, Role.EDITOR) for n in range(processes)]
    taken = [scene.take(person) for person in people]
    names = [scene.rows(Person, Person.id == p.person)[0].public_id for p in people]
    writers = [
        writer(database_url, name, review_id, claim_id, times=times)
        for name, review_id in zip(names, taken, strict=True)
    ]
    told = [started.communicate(timeout=100) for started in writers]
    assert [errors for _said, errors in told] == [""] * processes
    said = [out.split("\n") for out, _errors in told]
    corrections = sum(lines.count("correction") for lines in said)
    assert corrections == processes * times
    # Every correction was made on the one before it: none was made on what had changed meanwhile.
    assert scene.claim_row(claim_id).version == 1 + corrections
    texts = [row.text for row in scene.rows(ClaimWording)] + [scene.claim_row(claim_id).text]
    assert len(set(texts)) == len(texts) == 1 + corrections
    assert [lines[-2] for lines in said] == ["submitted"] * processes
    assert sorted(row.rationale for row in scene.rows(ReviewVersion)) == [
        f"By P{n}" for n in range(processes)
    ]
    assert scene.rows(Draft) == []
    assert scene.round_of(claim_id).reviews_done == processes
    assert scene.claim_row(claim_id).state is ClaimState.SETTLED
    assert len(scene.rows(Event, Event.action == "claim.edit")) == corrections


def test_whoever_waits_for_the_lock_is_not_passed_by_newcomers_without_end(database, database_url):
    Scene(database)
    words = (sys.executable, "-m", "tests.processes.passed", database_url, "40")
    begun = [subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE) for _ in range(PROCESSES)]
    passed = [int(one.communicate(timeout=100)[0]) for one in begun]
    # In turn it would be three. With SQLite's own pauses somebody is passed a hundred times.
    assert max(passed) <= 30, passed


def check_all(base, email, claims):
    """Check until nothing is left; what the desk has acknowledged."""
    browser, kept = Browser(base), []
    browser.sign_in(email, PASSWORD)
    _status, _body, place = browser.post("/projects/desk/review")
    while place.startswith("/reviews/"):
        status, body, _place = browser.get(place)
        assert status == 200, body
        fields = dict.fromkeys(("verdict",), "true") | {"key": email + place, "base_version": "0"}
        for draft_version in ("0", "1"):
            text = f"{email} on {place}, {draft_version}"
            draft = {**fields, "rationale": text, "draft_version": draft_version}
            status, body, _place = browser.post(f"{place}/draft", **draft)
            assert status == 204, body
        status, body, following = browser.post(place, **{**fields, "rationale": text})
        assert status == 303, body
        kept.append((place.rpartition("/")[2], text))
        place = following
    assert len(kept) == claims
    return kept


@CHECKS
def test_a_server_of_processes_keeps_every_check_it_acknowledged(desk, serve, processes, claims):
    scene = desk(reviews_wanted=processes)
    for _ in range(claims):
        scene.claim()
    scene.reviewers(*(f"P{n}" for n in range(processes)))
    server = serve(ASSAY_WORKERS=str(processes))
    emails = [f"p{n}@example.org" for n in range(processes)]
    with ThreadPoolExecutor(processes) as pool:
        kept = list(pool.map(lambda email: check_all(server.base, email, claims), emails))
    ids = {row.key: row.public_id for row in scene.rows(Review)}
    found = {(ids[row.review_id], row.rationale) for row in scene.rows(ReviewVersion)}
    assert found == {pair for pairs in kept for pair in pairs}
    assert len(found) == processes * claims
    assert {row.state for row in scene.rows(Claim)} == {ClaimState.SETTLED}
    assert scene.rows(Draft) == []
    assert "locked" not in server.stop()
