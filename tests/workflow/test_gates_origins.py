"""What is one origin, whose evidence counts for whom, and what tells a reader when and where."""

import pytest

from app.domain.actors import CONSOLE
from app.domain.errors import Invalid
from app.domain.evidence_words import GateLevel, GateProfile, GateRule
from app.domain.words import ClaimState, CorrectionKind, Decides, SourceKind, Stance
from app.storage import gates as questions
from app.storage.projects import by_id
from app.storage.tables import SavedCopy, Source
from app.workflow import corrections, covering, gates, groups
from app.workflow.copies import ask_copy
from app.workflow.corrections import CorrectionValues
from app.workflow.looking import finish_copy
from app.workflow.sources import SourceValues
from tests.copies import look, looked
from tests.gates import SAID, SO, checked, ruled, source, sources
from tests.scenes import LEADS

LETTER = SourceValues(title="Letter of 3 May", kind=SourceKind.DOCUMENT, author="A. Smith")


@pytest.fixture
def scene(database):
    """One checks, another signs off; whether it was said is not asked."""
    scene = ruled(database)
    values = {(GateRule.ORIGINS, SAID): (GateLevel.OFF, 1)}
    scene.do(gates.change_rules, CONSOLE, scene.id, values=values)
    return scene


@pytest.fixture
def lead(scene):
    return scene.person("Lea", *LEADS)


def line_of(scene, claim_id, rule):
    """How a claim meets one rule on whether it is so."""
    project, key = scene.ask(by_id, scene.id), scene.claim_row(claim_id).key
    lines = scene.ask(questions.lines_if_needed, project, key, asks_said=False)
    return next(line for line in lines if (line.rule, line.question) == (rule, SO))


@pytest.mark.parametrize(
    ("linked", "origins"),
    [
        ((LETTER, LETTER), 1),
        ((LETTER, SourceValues(title="Letter of 4 May", kind=SourceKind.DOCUMENT)), 2),
        ((source(1), SourceValues(url="http://www.example.org/1")), 1),
        ((source(1, stance=Stance.CONTEXT), source(2, stance=Stance.CONTEXT)), 0),
        ((source(1), SourceValues(title="Sum", kind=SourceKind.CALCULATION)), 1),
    ],
)
def test_one_source_written_twice_is_one_origin(scene, linked, origins):
    claim_id = checked(scene, {"sources": linked})

    assert line_of(scene, claim_id, GateRule.ORIGINS).found == origins


def test_two_letters_that_the_desk_tells_apart_are_two(scene):
    claim_id = checked(scene, {"sources": (LETTER, LETTER)})
    second = scene.rows(Source)[1].public_id
    scene.change(Source, second, title="Another letter of 3 May", version=2)

    assert line_of(scene, claim_id, GateRule.ORIGINS).found == 2


def test_a_letter_that_two_checkers_link_settles_nothing_by_itself(database):
    scene = ruled(database, Decides.INDEPENDENT)

    claim_id = checked(scene, {"sources": (LETTER,)}, {"sources": (LETTER,)})

    assert scene.claim_row(claim_id).state is ClaimState.OPEN
    assert scene.rulings_of(claim_id) == []


# One verdict for the same statement


def covered(scene, lead, number=2):
    """Claims of one statement, the first with two sources, each with its verdict from the one before."""
    names = [checked(scene, sources(2))]
    scene.settle(lead, names[0])
    for _ in range(number - 1):
        name = scene.claim()
        scene.do(groups.say_the_same, CONSOLE, names[0], other_id=name)
        scene.do(covering.cover, lead, names[-1], answers={name: None})
        names.append(name)
    return names


def corrected(scene, lead, claim_id, verdict, **values):
    given = {"verdict": verdict, "kind": CorrectionKind.SUBSTANTIAL, "public_note": "It was wrong."}
    values = CorrectionValues(**given | {"conclusion": "Otherwise.", "base_version": 1} | values)
    scene.do(corrections.correct_ruling, lead, claim_id, values=values)


def test_evidence_is_lent_on_with_the_verdict(scene, lead):
    names = covered(scene, lead, 3)

    assert line_of(scene, names[2], GateRule.ORIGINS).found == 2
    assert scene.ask(questions.held_now, scene.ask(by_id, scene.id)).unmet == 0


def test_evidence_is_lent_no_more_to_a_verdict_that_was_corrected_to_another(scene, lead):
    _first, second = covered(scene, lead)

    with pytest.raises(Invalid) as refusal:
        corrected(scene, lead, second, "true")

    [line] = refusal.value.values["unmet"]
    assert (line.rule, line.found, line.wanted) == (GateRule.ORIGINS, 0, 2)


def test_evidence_is_still_lent_to_one_whose_words_alone_were_corrected(scene, lead):
    _first, second = covered(scene, lead)

    corrected(scene, lead, second, "false", kind=CorrectionKind.MINOR)

    assert len(scene.rulings_of(second)) == 2
    assert line_of(scene, second, GateRule.ORIGINS).found == 2


# What readers find again


def test_a_quote_that_the_newest_copy_has_no_more_is_in_no_copy(database):
    scene = ruled(database, profile=GateProfile.IFCN, saves_copies=True)
    claim_id = checked(scene, {"sources": (source(1, quote="Bread is dear"),)})
    for text, found in (("Bread is dear.", 1), ("Milk is cheap.", 0), ("Bread is dear.", 1)):
        scene.do(ask_copy, CONSOLE, scene.rows(Source)[0].public_id, why="asked")
        scene.do(finish_copy, scene.rows(SavedCopy)[-1].public_id, look=look(text))
        looked(scene)

        assert line_of(scene, claim_id, GateRule.QUOTE_IN_COPY).found == found


@pytest.mark.parametrize(
    ("values", "is_met"),
    [
        ({}, False),
        ({"accessed_on": "2026-05-01"}, False),
        ({"published": "2025"}, True),
        ({"archive_url": "https://archive.example/1"}, True),
    ],
)
def test_a_page_is_dated_by_its_publication_or_by_when_an_archive_kept_it(database, values, is_met):
    scene = ruled(database, profile=GateProfile.IFCN)
    linked = source(1, publisher="The office", quote="So it is.", **values)

    claim_id = checked(scene, {"sources": (linked,)})

    assert line_of(scene, claim_id, GateRule.DETAIL).is_met is is_met


@pytest.mark.parametrize(("day", "is_met"), [("2026-05-01", True), (None, False)])
def test_what_a_person_said_is_dated_by_when_it_was_said(database, day, is_met):
    scene = ruled(database, profile=GateProfile.IFCN)
    said = {"title": "A minister", "kind": SourceKind.PERSON, "quote": "So it is."}

    claim_id = checked(scene, {"sources": (SourceValues(**said, accessed_on=day),)})

    assert line_of(scene, claim_id, GateRule.DETAIL).is_met is is_met
