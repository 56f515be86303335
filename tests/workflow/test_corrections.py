"""Correcting a verdict: another version holds, the others are kept, nothing is said twice."""

import pytest
from sqlmodel import select

from app.domain.errors import Invalid, Missing, NotAllowed, Stale, WrongState
from app.domain.ids import now
from app.domain.words import CorrectionKind, DecidedBy, Decides, Role
from app.storage.corrections import correctable, correction_rows
from app.storage.exports import verdict_rows
from app.storage.findings import finding
from app.storage.rulings import rulings_of
from app.storage.seen import verdicts_of
from app.storage.tables import Label
from app.workflow import corrections
from app.workflow.corrections import CorrectionValues
from app.workflow.rulings import MAX_SHORT_TEXT, MAX_TEXT
from tests.cases import in_turn
from tests.scenes import LEADS, Scene


@pytest.fixture
def scene(database):
    return Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)


@pytest.fixture
def lead(scene):
    return scene.person("Lea", *LEADS)


@pytest.fixture
def checker(scene):
    """Somebody who checks, and could correct what others checked."""
    return scene.person("Kim", Role.REVIEWER, *LEADS)


@pytest.fixture
def claim_id(scene, lead, checker):
    found = scene.claim(said_by="A minister")
    scene.check(checker, "false", attribution_verdict="confirmed")
    scene.settle(
        lead, found, "false", attribution_verdict="confirmed", conclusion="No.", short_text="Bread"
    )
    return found


def values(**changed):
    usual = {
        "verdict": "half-true",
        "attribution_verdict": "confirmed",
        "conclusion": "Partly.",
        "short_text": "Bread",
        "kind": CorrectionKind.SUBSTANTIAL,
        "public_note": "We had read the wrong table.",
        "reason": "A reader wrote.",
        "base_version": 1,
    }
    return CorrectionValues(**{**usual, **changed})


def corrected(scene, actor, claim_id, **changed):
    return scene.do(corrections.correct_ruling, actor, claim_id, values=values(**changed))


def test_a_correction_is_another_version_and_the_first_is_kept(scene, lead, claim_id):
    assert corrected(scene, lead, claim_id) == 2
    first, second = scene.rulings_of(claim_id)
    assert (first.version, first.conclusion, first.correction_kind) == (1, "No.", None)
    assert (second.version, second.conclusion) == (2, "Partly.")
    assert second.correction_kind is CorrectionKind.SUBSTANTIAL
    assert (second.public_note, second.reason) == (values().public_note, values().reason)
    assert second.decided_by is DecidedBy.ADJUDICATION
    assert second.decided_by_id == lead.person
    [event] = scene.events("claim.correct")
    assert (event.thing, event.claim) == (claim_id, claim_id)
    assert event.details == {"version": 2, "kind": "substantial"}


def test_the_version_that_holds_is_the_one_that_everything_shows(scene, lead, claim_id):
    corrected(scene, lead, claim_id)
    key = scene.claim_row(claim_id).key
    assert scene.ask(rulings_of, key)[0].content.code == "half-true"
    assert scene.ask(verdicts_of, [key])[key].code == "half-true"
    with scene.database.reading() as session:
        [row] = verdict_rows(session, lead, scene.id)
        [change] = correction_rows(session, lead, scene.id)
    assert (row.content_verdict, row.conclusion) == ("Half true", "Partly.")
    assert row.dissent == (("False", 1),)
    assert (change.content_verdict_before, change.content_verdict) == ("False", "Half true")
    assert (change.attribution_verdict_before, change.version) == ("Confirmed", 2)
    assert (change.kind, change.public_note) == ("substantial", values().public_note)
    found = scene.ask(finding, lead, claim_id)
    assert found.ruling.content.code == "half-true"
    assert [one.public_note for one in found.corrections] == [values().public_note]


def test_a_third_version_is_told_from_the_second(scene, lead, claim_id):
    corrected(scene, lead, claim_id)
    corrected(
        scene, lead, claim_id, verdict="true", attribution_verdict="misquoted", base_version=2
    )
    with scene.database.reading() as session:
        rows = list(correction_rows(session, lead, scene.id))
    assert [(row.content_verdict_before, row.content_verdict) for row in rows] == [
        ("False", "Half true"),
        ("Half true", "True"),
    ]
    assert rows[1].attribution_verdict == "Misquoted or altered"


def test_a_minor_one_changes_words_alone_and_needs_no_note(scene, lead, claim_id):
    kind = {"kind": CorrectionKind.MINOR, "public_note": ""}
    with pytest.raises(Invalid, match=r"correction\.minor") as refused:
        corrected(scene, lead, claim_id, **kind)
    assert refused.value.values["field"] == "kind"
    with pytest.raises(Invalid, match=r"correction\.minor"):
        corrected(scene, lead, claim_id, verdict="false", attribution_verdict="misquoted", **kind)
    assert corrected(scene, lead, claim_id, verdict="false", **kind) == 2


@in_turn(
    ("changed", "code", "field"),
    [
        ({"verdict": ""}, "review.verdict", "verdict"),
        ({"verdict": "nonsense"}, "review.verdict", "verdict"),
        ({"attribution_verdict": None}, "review.attribution-verdict", "attribution_verdict"),
        ({"short_text": "x" * (MAX_SHORT_TEXT + 1)}, "ruling.short-text", "short_text"),
        ({"conclusion": "x" * (MAX_TEXT + 1)}, "review.long", "conclusion"),
        ({"public_note": "x" * (MAX_TEXT + 1)}, "review.long", "public_note"),
        ({"public_note": " "}, "correction.note", "public_note"),
        (
            {"public_note": "", "kind": CorrectionKind.UPDATE},
            "correction.note",
            "public_note",
        ),
        ({"verdict": "false", "conclusion": "No. "}, "correction.nothing", "verdict"),
    ],
)
def test_a_bad_correction_changes_nothing(scene, lead, claim_id, changed, code, field):
    before = scene.state()
    with pytest.raises(Invalid, match=code.replace(".", r"\.")) as refused:
        corrected(scene, lead, claim_id, **changed)
    assert refused.value.values["field"] == field
    assert scene.state() == before


def test_sent_twice_it_is_once_and_by_another_it_is_late(scene, lead, claim_id):
    assert [corrected(scene, lead, claim_id) for _ in range(2)] == [2, 2]
    assert len(scene.rulings_of(claim_id)) == 2
    before = scene.state()
    for actor, changed in ((lead, {"verdict": "true"}), (scene.person("Jo", *LEADS), {})):
        with pytest.raises(Stale, match=r"correction\.stale"):
            corrected(scene, actor, claim_id, **changed)
    with pytest.raises(Stale):
        corrected(scene, lead, claim_id, base_version=7)
    assert scene.state() == before


def test_an_answer_that_was_retired_since_can_stay_and_cannot_be_given_anew(scene, lead, claim_id):
    with scene.database.write() as session:
        for code in ("false", "true"):
            label = session.exec(select(Label).where(Label.code == code).limit(1)).one()
            label.retired_at = now()
    offered = [label.code for label in scene.ask(correctable, lead, claim_id).content.labels]
    assert offered[-1] == "false"
    with pytest.raises(Invalid, match=r"review\.verdict"):
        corrected(scene, lead, claim_id, verdict="true")
    assert corrected(scene, lead, claim_id, verdict="false") == 2


def test_whoever_checked_it_does_not_correct_it(scene, checker, claim_id):
    before = scene.state()
    with pytest.raises(NotAllowed, match=r"ruling\.own-check"):
        corrected(scene, checker, claim_id)
    with pytest.raises(NotAllowed, match=r"ruling\.own-check"):
        scene.ask(correctable, checker, claim_id)
    assert scene.state() == before


def test_one_person_alone_corrects_their_own(database):
    scene = Scene(database, decides=Decides.SINGLE, reviews_wanted=1)
    bo = scene.person("Bo", Role.REVIEWER, *LEADS)
    claim_id = scene.claim()
    scene.check(bo, "false")
    assert scene.ask(correctable, bo, claim_id).attribution is None
    assert corrected(scene, bo, claim_id, attribution_verdict="confirmed") == 2
    second = scene.rulings_of(claim_id)[1]
    assert (second.decided_by, second.attribution_label_id) == (DecidedBy.SINGLE, None)


def test_others_may_not_and_strangers_find_nothing(scene, lead, claim_id):
    before = scene.state()
    for role in (Role.VIEWER, Role.REVIEWER):
        with pytest.raises(NotAllowed):
            corrected(scene, scene.person(f"Some{role}", role), claim_id)
    with pytest.raises(Missing):
        corrected(scene, scene.person("Sam"), claim_id)
    with pytest.raises(Missing):
        corrected(scene, lead, "aaaaaaaaaaaa")
    with pytest.raises((Missing, NotAllowed)), scene.database.reading() as session:
        correction_rows(session, scene.person("Sue"), scene.id)
    assert scene.state() == before


def test_what_is_not_settled_has_nothing_to_correct(scene, lead):
    claim_id = scene.claim()
    with pytest.raises(WrongState, match=r"correction\.unsettled"):
        corrected(scene, lead, claim_id)
    with pytest.raises(WrongState, match=r"correction\.unsettled"):
        scene.ask(correctable, lead, claim_id)
