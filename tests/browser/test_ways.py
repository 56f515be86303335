"""A reason for a rule, a mark that is cleared, a line tried again: by keyboard alone, and without a script."""

import pytest
from playwright.sync_api import expect

from app.domain.actors import CONSOLE, SYSTEM
from app.domain.evidence_words import FlagReason, LineState
from app.domain.words import ClaimState, Decides, Role
from app.storage.tables import Flag, GateOverride, Intake, IntakeLine, Source
from app.workflow.flags import raise_flags
from app.workflow.intakes import ask_intake, fail_line
from tests.browser.test_job import Keys
from tests.gates import WHY, checked, ruled, sources
from tests.scenes import LEADS, SOURCE, Scene

pytestmark = pytest.mark.browser

STANDS = "Two other sources say the same."
# The keys are the same with a script and without.
SCRIPTS = pytest.mark.parametrize(
    "has_script",
    [
        pytest.param(True, id="script", marks=pytest.mark.thorough),
        pytest.param(False, id="no script"),
    ],
)


@pytest.fixture
def ruling(database):
    """A claim with one source, where two are asked for."""
    scene = ruled(database)
    scene.of_claim = checked(scene, sources(1))
    scene.lea = scene.person("Lea", *LEADS)
    return scene


@SCRIPTS
def test_a_verdict_is_settled_with_a_reason_by_keyboard(ruling, window, has_script):
    opened = window(ruling.lea, java_script_enabled=has_script, forgive="status of 422")
    keys = Keys(opened.tab(f"/claims/{ruling.of_claim}/settle"))
    keys.open("button:has-text('Settle')")
    assert "Why the verdict is given all the same" in keys.page.inner_text(".error-summary")

    keys.reach("[name=gate_reason]")
    keys.write(WHY)
    keys.open("button:has-text('Settle')")

    assert ruling.claim_row(ruling.of_claim).state is ClaimState.SETTLED
    assert {one.reason for one in ruling.rows(GateOverride)} == {WHY}


@SCRIPTS
def test_a_mark_is_cleared_by_keyboard(database, window, has_script):
    scene = Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)
    scene.claim("Bread is dear.")
    scene.check(scene.person("Kim", Role.REVIEWER), sources=[SOURCE])
    with database.write() as session:
        source = session.get_one(Source, scene.rows(Source)[0].key)
        raise_flags(session, SYSTEM, source, FlagReason.PAGE_GONE)
    lea = window(scene.person("Lea", *LEADS), java_script_enabled=has_script)
    keys = Keys(lea.tab("/projects/desk/flags"))

    keys.open("a:has-text('Say what came of it')")
    keys.reach("[name=note]")
    keys.write(STANDS)
    keys.open("button:has-text('Take the mark away')")

    assert scene.rows(Flag)[0].cleared_note == STANDS


@SCRIPTS
def test_a_failed_line_is_tried_again_by_keyboard(database, window, has_script):
    scene = Scene(database)
    with database.write() as session:
        ask_intake(session, CONSOLE, scene.id, urls="https://a.example/piece", feed="")
    with database.write() as session:
        fail_line(session, scene.rows(IntakeLine)[0].public_id, error="intake.closed")
    eve = window(scene.person("Eve", Role.EDITOR), java_script_enabled=has_script)
    keys = Keys(eve.tab(f"/intakes/{scene.rows(Intake)[0].public_id}"))

    keys.open("button:has-text('Try the failed ones again')")

    assert "being fetched" in keys.page.inner_text("main")
    assert [line.state for line in scene.rows(IntakeLine)] == [LineState.ASKED]


def test_a_rule_is_set_on_a_phone_without_scrolling_sideways(ruling, window):
    page = window(ruling.lea, viewport={"width": 390, "height": 844}).tab("/projects/desk/gates")

    table = page.locator(".rule-table")
    assert table.evaluate("e => e.scrollWidth <= e.clientWidth")
    row = table.locator("tr").filter(has=page.locator("#origins-so-wanted"))
    expect(row.locator("td").nth(1)).to_have_attribute("data-head", "If it is not met")
