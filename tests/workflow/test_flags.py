"""Marks: raised once on every claim that rests on a source, cleared by a person who says why."""

import pytest

from app.domain.actors import SYSTEM
from app.domain.errors import Invalid, Missing, NotAllowed, WrongState
from app.domain.evidence_words import FlagReason
from app.domain.words import Decides, Role
from app.storage.tables import Evidence, Flag, Review, Source
from app.workflow.flags import MAX_NOTE, clear_flag, raise_flags
from app.workflow.interests import InterestValues, declare
from tests.scenes import LEADS, SOURCE, Scene

STANDS = "The verdict stands because two other sources say the same."


@pytest.fixture
def scene(database):
    return Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)


@pytest.fixture
def lead(scene):
    return scene.person("Lea", *LEADS)


@pytest.fixture
def checker(scene):
    return scene.person("Kim", Role.REVIEWER)


def checked(scene, checker, **values):
    """A claim with a check that uses a source."""
    said = {"attribution_verdict": "confirmed"} if values else {}
    claim_id = scene.claim(**values)
    scene.check(checker, sources=[SOURCE], **said)
    return claim_id


def raised(scene, actor=SYSTEM, reason=FlagReason.PAGE_GONE, number=0, **values):
    """Raise marks for a source of the project; how many are new."""
    with scene.database.write() as session:
        source = session.get_one(Source, scene.rows(Source)[number].key)
        return raise_flags(session, actor, source, reason, **values)


def cleared(scene, actor, note=STANDS, number=0):
    return scene.do(clear_flag, actor, scene.rows(Flag)[number].public_id, note=note)


def test_every_claim_that_rests_on_the_source_is_marked_and_no_other(scene, lead, checker):
    settled, waiting = checked(scene, checker), checked(scene, checker)
    scene.settle(lead, settled)
    scene.claim()
    scene.check(checker)

    assert raised(scene) == 2

    flags = scene.rows(Flag)
    assert {flag.claim_id for flag in flags} == {
        scene.claim_row(name).key for name in (settled, waiting)
    }
    assert {flag.reason for flag in flags} == {FlagReason.PAGE_GONE}


def test_one_that_stands_is_not_raised_twice_but_for_another_reason(scene, checker):
    checked(scene, checker)
    assert raised(scene) == 1

    assert raised(scene) == 0
    assert raised(scene, reason=FlagReason.PAGE_CHANGED) == 1

    assert len(scene.events("flag.raise")) == len(scene.rows(Flag)) == 2


def test_one_that_was_cleared_is_raised_again(scene, lead, checker):
    checked(scene, checker)
    raised(scene)
    cleared(scene, lead)

    assert raised(scene) == 1


def test_what_a_check_used_in_an_earlier_version_does_not_count(scene, checker):
    checked(scene, checker)
    [review] = scene.rows(Review)
    scene.submit(checker, review.public_id, base_version=1, sources=[])

    assert raised(scene) == 0


def test_only_the_uses_that_are_named_count(scene, checker):
    first, second = checked(scene, checker), checked(scene, checker)
    use = scene.rows(Evidence)[1]

    assert raised(scene, reason=FlagReason.QUOTE_GONE, evidence_ids=[use.key]) == 1

    [flag] = scene.rows(Flag)
    assert flag.claim_id == scene.claim_row(second).key != scene.claim_row(first).key


def test_history_tells_ids_and_codes_and_no_words(scene, lead, checker):
    claim_id = checked(scene, checker)
    raised(scene, lead)
    cleared(scene, lead)

    [flag] = scene.rows(Flag)
    [source] = scene.rows(Source)
    for action in ("flag.raise", "flag.clear"):
        [event] = scene.events(action)
        assert (event.noun, event.thing, event.claim) == ("flag", flag.public_id, claim_id)
        assert event.details == {"source": source.public_id, "reason": "page-gone"}


def test_a_mark_is_cleared_with_a_note_and_once(scene, lead, checker):
    claim_id = checked(scene, checker)
    raised(scene)

    assert cleared(scene, lead, f"  {STANDS} ") == claim_id
    assert cleared(scene, lead) == claim_id

    [flag] = scene.rows(Flag)
    assert (flag.cleared_note, flag.cleared_by_id) == (STANDS, lead.person)
    assert len(scene.events("flag.clear")) == 1


def test_somebody_elses_clearing_is_told(scene, lead, checker):
    checked(scene, checker)
    raised(scene)
    cleared(scene, lead)

    with pytest.raises(WrongState, match=r"flag\.cleared"):
        cleared(scene, scene.person("Ada", *LEADS))


@pytest.mark.parametrize(
    ("note", "code"),
    [("", "flag.note"), ("  ", "flag.note"), ("x" * (MAX_NOTE + 1), "source.long")],
)
def test_without_a_note_nothing_is_cleared(scene, lead, checker, note, code):
    checked(scene, checker)
    raised(scene)
    before = scene.state()

    with pytest.raises(Invalid, match=code) as refusal:
        cleared(scene, lead, note)

    assert refusal.value.values["field"] == "note"
    assert scene.state() == before


def test_who_may_not_clear(scene, lead, checker):
    checked(scene, checker)
    raised(scene)
    elsewhere = Scene(scene.database, slug="other").person("Eve", *LEADS)

    with pytest.raises(NotAllowed):
        cleared(scene, checker)
    with pytest.raises(Missing):
        cleared(scene, elsewhere)
    with pytest.raises(Missing, match=r"flag\.missing"):
        scene.do(clear_flag, lead, "a" * 12, note=STANDS)
    assert scene.rows(Flag)[0].cleared_at is None


def test_who_has_an_interest_in_the_claim_does_not_clear(scene, lead, checker):
    checked(scene, checker, said_by="A minister")
    raised(scene)
    scene.do(declare, lead, scene.id, values=InterestValues(agent="A minister"))

    with pytest.raises(NotAllowed, match=r"ruling\.conflict"):
        cleared(scene, lead)


def test_who_could_still_check_the_claim_blind_knows_of_no_mark(database):
    scene = Scene(database, decides=Decides.INDEPENDENT, reviews_wanted=2)
    checked(scene, scene.person("Kim", Role.REVIEWER))
    both = scene.person("Lea", Role.REVIEWER, *LEADS)
    raised(scene, both)

    with pytest.raises(Missing, match=r"flag\.missing"):
        cleared(scene, both)
    assert cleared(scene, scene.person("Ada", *LEADS))
