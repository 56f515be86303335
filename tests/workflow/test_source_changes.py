"""What is known of a source is changed with everything kept, and touches the verdicts on it."""

import pytest

from app.domain.errors import Invalid, Missing, NotAllowed, Stale, WrongState
from app.domain.evidence_words import FlagReason, SourceStanding, SourceType
from app.domain.ids import now
from app.domain.words import Decides, Role, SourceRecord
from app.storage.tables import Flag, Source, SourceFinding, SourceVersion
from app.workflow.source_changes import (
    LIMITS,
    MAX_REASON,
    MOST_AT_ONCE,
    DescriptionValues,
    edit_source,
    find_source,
    set_origin,
)
from app.workflow.sources import SourceValues
from tests.cases import in_turn
from tests.scenes import LEADS, SOURCE, Scene

WHY = "The ministry withdrew the table on 4 September."


@pytest.fixture
def scene(database):
    return Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)


@pytest.fixture
def lead(scene):
    return scene.person("Lea", *LEADS)


@pytest.fixture
def checker(scene):
    return scene.person("Kim", Role.REVIEWER)


@pytest.fixture
def source_id(scene, checker):
    return linked(scene, checker, SOURCE)


def linked(scene, checker, *sources):
    """The newest source, once a check used some."""
    scene.claim()
    scene.check(checker, sources=list(sources))
    return scene.rows(Source)[-1].public_id


def page(name, **values):
    return SourceValues(url=f"https://{name}.example/", title=name.title(), **values)


def values(**changed):
    usual = {
        "record": SourceRecord.ON_RECORD,
        "title": "Table 3 of the ministry",
        "author": "Jo Doe",
        "published": "2025-09",
        "source_type": SourceType.OFFICIAL_DATA,
        "interests": "Paid by the ministry.",
        "origin": "Ministry, 4 September",
        "base_version": 1,
    }
    return DescriptionValues(**{**usual, **changed})


def edited(scene, actor, source_id, **changed):
    return scene.do(edit_source, actor, source_id, values=values(**changed))


def found(scene, actor, source_id, standing=SourceStanding.UNRELIABLE, reason=WHY):
    scene.do(find_source, actor, source_id, standing=standing, reason=reason)


def test_a_source_is_described_anew_and_the_words_before_are_kept(scene, lead, source_id):
    assert edited(scene, lead, source_id) == 2

    [row] = scene.rows(Source)
    assert (row.title, row.author, row.published) == (
        "Table 3 of the ministry",
        "Jo Doe",
        "2025-09",
    )
    assert (row.source_type, row.version) == (SourceType.OFFICIAL_DATA, 2)
    [before] = scene.rows(SourceVersion)
    assert (before.version, before.title, before.replaced_by_id) == (1, "Figures", lead.person)


def test_its_event_names_fields_and_no_words(scene, lead, source_id):
    edited(scene, lead, source_id, interests="", origin=None, author=None, published=None)

    [event] = scene.events("source.edit")
    assert (event.noun, event.thing, event.claim) == ("source", source_id, None)
    assert event.details == {"fields": ["source_type", "title"], "version": 2}


def test_the_same_description_sent_twice_is_once(scene, lead, source_id):
    edited(scene, lead, source_id)

    assert edited(scene, lead, source_id) == 2
    assert len(scene.events("source.edit")) == len(scene.rows(SourceVersion)) == 1


def test_an_older_form_overwrites_nothing(scene, lead, source_id):
    edited(scene, lead, source_id)
    before = scene.state()

    with pytest.raises(Stale, match=r"source\.stale"):
        edited(scene, lead, source_id, title="Something else")

    assert scene.state() == before


@in_turn(
    ("field", "text", "code"),
    [
        *((name, "x" * (limit + 1), "source.long") for name, limit in LIMITS.items()),
        ("published", "last week", "date.shape"),
    ],
)
def test_a_description_that_cannot_be_names_its_field(scene, lead, source_id, field, text, code):
    before = scene.state()

    with pytest.raises(Invalid, match=code.replace(".", r"\.")) as refusal:
        edited(scene, lead, source_id, **{field: text})

    assert refusal.value.values["field"] == field
    assert scene.state() == before


def test_what_has_no_address_keeps_a_title(scene, lead, checker):
    person = linked(scene, checker, SourceValues(kind="person", title="A neighbour"))

    with pytest.raises(Invalid, match=r"source\.title"):
        edited(scene, lead, person, title=" ")


def test_what_was_erased_stays_without_words(scene, lead, source_id):
    scene.change(Source, source_id, erased_at=now(), title="")

    with pytest.raises(WrongState, match=r"source\.erased"):
        edited(scene, lead, source_id)


@pytest.mark.parametrize(
    ("standing", "reason"),
    [
        (SourceStanding.CORRECTED, FlagReason.SOURCE_CORRECTED),
        (SourceStanding.UNRELIABLE, FlagReason.SOURCE_UNRELIABLE),
        (SourceStanding.RETIRED, FlagReason.SOURCE_RETIRED),
    ],
)
def test_a_finding_marks_every_claim_that_rests_on_the_source(
    scene, lead, checker, source_id, standing, reason
):
    linked(scene, checker, SOURCE)

    found(scene, lead, source_id, standing)

    assert scene.rows(Source)[0].standing is standing
    [line] = scene.rows(SourceFinding)
    assert (line.standing, line.reason, line.by_id) == (standing, WHY, lead.person)
    assert [flag.reason for flag in scene.rows(Flag)] == [reason, reason]
    [event] = scene.events("source.find")
    assert event.details == {"standing": standing.value}


def test_a_source_that_is_sound_again_marks_nothing_and_clears_nothing(scene, lead, source_id):
    found(scene, lead, source_id)

    found(scene, lead, source_id, SourceStanding.SOUND, "It was another ministry.")

    assert scene.rows(Source)[0].standing is SourceStanding.SOUND
    [flag] = scene.rows(Flag)
    assert flag.cleared_at is None


def test_a_finding_sent_twice_is_once(scene, lead, source_id):
    found(scene, lead, source_id)
    found(scene, lead, source_id)

    assert len(scene.rows(SourceFinding)) == len(scene.rows(Flag)) == 1


@in_turn(
    ("standing", "reason", "code", "field"),
    [
        (SourceStanding.RETIRED, " ", "source.reason", "reason"),
        (SourceStanding.RETIRED, "x" * (MAX_REASON + 1), "source.long", "reason"),
        (SourceStanding.SOUND, WHY, "source.sound", "standing"),
    ],
)
def test_a_finding_that_cannot_be_changes_nothing(
    scene, lead, source_id, standing, reason, code, field
):
    before = scene.state()

    with pytest.raises(Invalid, match=code.replace(".", r"\.")) as refusal:
        found(scene, lead, source_id, standing, reason)

    assert refusal.value.values["field"] == field
    assert scene.state() == before


def test_several_sources_are_copies_of_one(scene, lead, checker):
    linked(scene, checker, page("one"), page("two"), page("three"))
    names = [row.public_id for row in scene.rows(Source)]

    number = scene.do(set_origin, lead, scene.id, names[:2], origin="  Reuters,  4 September ")

    assert number == 2
    rows = scene.rows(Source)
    assert [row.origin for row in rows] == ["Reuters, 4 September"] * 2 + [None]
    assert [row.version for row in rows] == [2, 2, 1]
    assert len(scene.rows(SourceVersion)) == 2
    assert scene.do(set_origin, lead, scene.id, names[:2], origin="Reuters, 4 September") == 0


@in_turn(
    ("ticked", "origin", "code"),
    [
        ([], "Reuters", "source.none"),
        (["a" * 12] * 1, "", "source.origin"),
        (["a" * 12], "x" * 201, "source.long"),
        ([f"{n:012}" for n in range(MOST_AT_ONCE + 1)], "Reuters", "source.at-once"),
    ],
)
def test_an_origin_that_cannot_be_set_is_refused(scene, lead, source_id, ticked, origin, code):
    before = scene.state()

    with pytest.raises(Invalid, match=code.replace(".", r"\.")):
        scene.do(set_origin, lead, scene.id, ticked, origin=origin)

    assert scene.state() == before
    assert source_id


def test_sources_of_another_project_are_not_there(scene, lead, checker, source_id):
    other = Scene(scene.database, slug="other", decides=Decides.SIGNOFF, reviews_wanted=1)
    theirs = linked(other, other.person("Oda", Role.REVIEWER), SOURCE)

    with pytest.raises(Missing, match=r"source\.missing"):
        scene.do(set_origin, lead, scene.id, [source_id, theirs], origin="Reuters")
    with pytest.raises(Missing):
        edited(scene, lead, theirs)
    with pytest.raises(Missing, match=r"source\.missing"):
        found(scene, lead, "a" * 12)


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ADJUDICATOR, Role.VIEWER])
def test_editors_alone_change_sources(scene, source_id, role):
    other = scene.person("Ada", role)

    for verb in (edited, found):
        with pytest.raises(NotAllowed):
            verb(scene, other, source_id)
    with pytest.raises(NotAllowed):
        scene.do(set_origin, other, scene.id, [source_id], origin="Reuters")


def test_an_editor_who_could_still_check_blind_changes_no_words_but_finds(database):
    scene = Scene(database, decides=Decides.INDEPENDENT, reviews_wanted=2)
    both = scene.person("Lea", Role.REVIEWER, *LEADS)
    theirs = linked(scene, scene.person("Kim", Role.REVIEWER), SOURCE)
    with pytest.raises(Missing, match=r"source\.missing"):
        edited(scene, both, theirs)
    with pytest.raises(Missing, match=r"source\.missing"):
        found(scene, both, theirs)
    scene.check(both, sources=[SOURCE])
    scene.claim()

    with pytest.raises(NotAllowed, match=r"source\.swayed"):
        edited(scene, both, theirs)
    with pytest.raises(NotAllowed, match=r"source\.swayed"):
        scene.do(set_origin, both, scene.id, [theirs], origin="Reuters")
    found(scene, both, theirs)

    assert scene.rows(Source)[0].standing is SourceStanding.UNRELIABLE
