"""What is counted for a claim before its verdict is given."""

import pytest
from sqlmodel import select

from app.domain.consensus import Answer
from app.domain.errors import Invalid
from app.domain.evidence_words import (
    GateProfile,
    GateRule,
    QuoteFound,
    SourceStanding,
)
from app.domain.ids import now
from app.domain.words import (
    Decides,
    Role,
)
from app.storage import gates as questions
from app.storage.projects import by_id
from app.storage.tables import (
    Claim,
    Evidence,
    Label,
    Project,
    QuotePlace,
    Reply,
    SavedCopy,
    Source,
    SourceRule,
)
from tests.gates import (
    BOTH,
    SAID,
    checked,
    lines_of,
    overrides,
    ruled,
    source,
    sources,
)
from tests.scenes import LEADS
from tests.work import counted


@pytest.fixture
def scene(database):
    """One checks, another signs off."""
    return ruled(database)


@pytest.fixture
def lead(scene):
    return scene.person("Lea", *LEADS)


def test_a_label_that_needs_no_source_asks_for_no_evidence(scene, lead):
    with scene.database.write() as session:
        for code, needs in (("false", True), ("not-a-claim", False)):
            label = session.exec(
                select(Label).where(
                    Label.scheme_id == scene.project.content_scheme_id, Label.code == code
                )
            ).one()
            session.add(SourceRule(project_id=scene.id, label_id=label.key, needs_source=needs))
    claim_id = checked(scene, {"verdict": "not-a-claim"})

    scene.settle(lead, claim_id, "not-a-claim")

    assert overrides(scene, claim_id) == []


def test_the_verdict_that_is_given_counts_not_the_one_that_was_checked(scene, lead):
    claim_id = checked(scene, {"verdict": "unproven"})

    with pytest.raises(Invalid, match=r"gate\.unmet"):
        scene.settle(lead, claim_id, "false", reason="I see it otherwise.")

    scene.settle(lead, claim_id, "unproven")
    assert overrides(scene, claim_id) == []


def test_whether_it_was_said_is_asked_only_where_somebody_said_it(scene, lead):
    claim_id = scene.claim(said_by="A minister")
    checked(scene, {"attribution_verdict": "confirmed", **sources(2)}, claim_id=claim_id)

    with pytest.raises(Invalid) as refusal:
        scene.settle(lead, claim_id, attribution_verdict="confirmed")

    [line] = refusal.value.values["unmet"]
    assert (line.rule, line.question, line.found, line.wanted) == (GateRule.ORIGINS, SAID, 0, 1)


def test_one_recording_is_enough_for_what_was_said(scene, lead):
    claim_id = scene.claim(said_by="A minister")
    linked = (source(1, answers=BOTH), source(2))
    check = {"attribution_verdict": "confirmed", "sources": linked}
    checked(scene, check, claim_id=claim_id)

    scene.settle(lead, claim_id, attribution_verdict="confirmed")

    assert scene.rulings_of(claim_id) != []


def test_the_last_version_of_a_check_counts_alone(database):
    scene = ruled(database, Decides.SIGNOFF)
    ann = scene.person("Ann", Role.REVIEWER)
    claim_id = scene.claim()
    review_id = scene.take(ann)
    scene.submit(ann, review_id, **sources(2))
    scene.submit(ann, review_id, base_version=1, **sources(1))

    with pytest.raises(Invalid, match=r"gate\.unmet"):
        scene.settle(scene.person("Lea", *LEADS), claim_id)


@pytest.mark.parametrize(
    ("standing", "origin", "is_met"),
    [
        (SourceStanding.SOUND, None, True),
        (SourceStanding.RETIRED, None, False),
        (SourceStanding.UNRELIABLE, None, False),
        (SourceStanding.CORRECTED, "Reuters", False),
    ],
)
def test_what_the_desk_holds_of_a_source_counts(scene, lead, standing, origin, is_met):
    linked = (source(1, origin="Reuters"), source(2, origin="AP"))
    claim_id = checked(scene, {"sources": linked})
    second = scene.rows(Source)[1].public_id
    scene.change(Source, second, standing=standing, origin=origin or "AP", version=2)

    lines = scene.ask(
        questions.lines_if_needed,
        scene.ask(by_id, scene.id),
        scene.claim_row(claim_id).key,
        asks_said=False,
    )

    assert [line.is_met for line in lines if line.rule is GateRule.ORIGINS] == [is_met]


def test_a_quote_is_found_in_a_copy_once_one_has_it(database):
    scene = ruled(database, profile=GateProfile.IFCN)
    claim_id = checked(scene, {"sources": (source(1, quote="They say so."),)})
    ask = lambda: next(  # noqa: E731 - asked three times, and of this one scene alone
        line
        for line in scene.ask(
            questions.lines_if_needed,
            scene.ask(by_id, scene.id),
            scene.claim_row(claim_id).key,
            asks_said=False,
        )
        if line.rule is GateRule.QUOTE_IN_COPY
    )
    assert (ask().found, ask().wanted, ask().why) == (0, 1, "no-copy")

    place(scene, QuoteFound.MISSING)
    assert (ask().found, ask().why) == (0, "")
    place(scene, QuoteFound.APPROXIMATE)

    assert ask().is_met


def place(scene, found):
    """Another look at the page of the one source, with the place of its quote."""
    with scene.database.write() as session:
        [use] = session.exec(select(Evidence)).all()
        copy = SavedCopy(
            project_id=scene.id,
            source_id=use.source_id,
            why="linked",
            state="saved",
            sha256="a" * 64,
            ended_at=now(),
        )
        session.add(copy)
        session.flush()
        where = {} if found is QuoteFound.MISSING else {"start": 0, "end": 5, "score": 0.9}
        session.add(QuotePlace(evidence_id=use.key, copy_id=copy.key, found=found, **where))


def test_a_claimant_who_was_asked_or_need_not_be_meets_that_rule(database):
    scene = ruled(database, profile=GateProfile.IFCN)
    asked, spared, neither = (scene.claim(said_by="A minister") for _ in range(3))
    with scene.database.write() as session:
        for name, values in (
            (asked, {"sent_at": now()}),
            (spared, {"not_applicable_because": "It stands in an official paper."}),
        ):
            claim = session.exec(select(Claim).where(Claim.public_id == name)).one()
            session.add(Reply(project_id=scene.id, claim_id=claim.key, whom="M", **values))

    found = lines_of(scene, asked, spared, neither)

    assert [
        line.is_met for of in found.values() for line in of if line.rule is GateRule.CONTACTED
    ] == [True, True, False]


def test_the_desk_cannot_check_what_it_alone_says(database):
    scene = ruled(database, profile=GateProfile.GOOGLE)
    scene.change(
        Project,
        scene.project.public_id,
        publisher_name="The Desk",
        publisher_url="https://desk.example/",
    )
    own = scene.claim(seen_at_url="https://www.desk.example/story")
    other = scene.claim(seen_at_url="https://elsewhere.example/story")

    found = lines_of(scene, own, other)

    assert [
        line.is_met for of in found.values() for line in of if line.rule is GateRule.APPEARANCE
    ] == [False, True]


def test_however_many_claims_there_are_the_questions_are_the_same(database):
    scene = ruled(database, profile=GateProfile.IFCN)
    names = [checked(scene, sources(2)) for _ in range(6)]
    numbers = []
    for some in (names[:1], names):
        keys = {scene.claim_row(name).key for name in some}
        label = scene.rows(Label, Label.code == "false")[0].key
        project = scene.ask(by_id, scene.id)
        with counted(scene.database) as sent:
            given = {key: Answer(label, None) for key in keys}
            found = scene.ask(questions.lines_of, project, given)
        assert set(found) == keys
        numbers.append(len(sent))

    assert numbers[0] == numbers[1]
