"""A verdict that does not meet a rule of its project is given with a written reason, or waits."""

from dataclasses import replace

import pytest
from sqlmodel import select

from app.domain.actors import CONSOLE
from app.domain.consensus import Answer
from app.domain.errors import Invalid, Missing, NotAllowed, Stale
from app.domain.evidence_words import (
    GateLevel,
    GateProfile,
    GateRule,
    QuoteFound,
    SourceStanding,
)
from app.domain.ids import now
from app.domain.words import (
    Answers,
    ClaimState,
    CorrectionKind,
    DecidedBy,
    Decides,
    Role,
    RoundKind,
    SourceKind,
)
from app.storage import gates as questions
from app.storage import unanimous as waiting
from app.storage.projects import by_id
from app.storage.tables import (
    Claim,
    Evidence,
    GateOverride,
    GateSetting,
    Label,
    Project,
    QuotePlace,
    Reply,
    SavedCopy,
    Source,
    SourceRule,
)
from app.workflow import corrections, covering, gates, groups, unanimous
from app.workflow.corrections import CorrectionValues
from app.workflow.rounds import Choice, RoundValues, open_round
from app.workflow.sources import SourceValues
from tests.scenes import LEADS, Scene
from tests.work import counted

SO, SAID, BOTH = Answers.SO, Answers.SAID, Answers.BOTH
TWO = {(GateRule.ORIGINS, SO): (GateLevel.BLOCK, 2)}
WHY = "There is only the ministry's own record, and nobody else keeps one."


def ruled(database, decides=Decides.SIGNOFF, profile=GateProfile.EFCSN, **values):
    """A project that asks for two independent sources before a verdict is given."""
    wanted = 2 if decides is Decides.INDEPENDENT else 1
    scene = Scene(database, decides=decides, reviews_wanted=values.pop("wanted", wanted), **values)
    scene.do(gates.choose_profile, CONSOLE, scene.id, profile=profile)
    return scene


def source(number=1, **values):
    url = None if values.get("kind") is SourceKind.SEARCH else f"https://example.org/{number}"
    return SourceValues(url=url, title=f"Figures {number}", **values)


def sources(number):
    return {"sources": tuple(source(n) for n in range(number))}


def checked(scene, *checks, claim_id=None, name="R"):
    """A claim with these checks, each by somebody else."""
    claim_id = claim_id or scene.claim()
    for number, values in enumerate(checks):
        somebody = scene.person(f"{name}{claim_id}{number}", Role.REVIEWER)
        review_id = scene.take(somebody)
        assert scene.claim_of(review_id) == claim_id
        scene.submit(somebody, review_id, **values)
    return claim_id


def overrides(scene, claim_id):
    rows = scene.rows(GateOverride, GateOverride.claim_id == scene.claim_row(claim_id).key)
    return [(row.ruling_version, row.rule, row.question, row.found, row.wanted) for row in rows]


UNMET = (GateRule.ORIGINS, SO, 1, 2)


@pytest.fixture
def scene(database):
    """One checks, another signs off."""
    return ruled(database)


@pytest.fixture
def lead(scene):
    return scene.person("Lea", *LEADS)


def test_a_verdict_that_meets_the_rules_is_given_without_a_word(scene, lead):
    claim_id = checked(scene, sources(2))

    scene.settle(lead, claim_id)

    assert scene.rulings_of(claim_id)[0].decided_by is DecidedBy.SIGNOFF
    assert overrides(scene, claim_id) == []
    assert scene.events("gate.override") == []


def test_an_unmet_rule_stops_a_verdict_names_its_numbers_and_changes_nothing(scene, lead):
    claim_id = checked(scene, sources(1))
    before = scene.state()

    with pytest.raises(Invalid) as refusal:
        scene.settle(lead, claim_id)

    assert (refusal.value.code, refusal.value.values["field"]) == ("gate.unmet", "gate_reason")
    [line] = refusal.value.values["unmet"]
    assert (line.rule, line.question, line.found, line.wanted) == UNMET
    assert scene.state() == before


@pytest.mark.parametrize("blank", ["", "  \n "])
def test_a_reason_of_blanks_is_none(scene, lead, blank):
    claim_id = checked(scene, sources(1))

    with pytest.raises(Invalid, match=r"gate\.unmet"):
        scene.settle(lead, claim_id, gate_reason=blank)


def test_a_reason_is_as_long_as_other_texts_at_most(scene, lead):
    claim_id = checked(scene, sources(1))

    with pytest.raises(Invalid, match=r"review\.long"):
        scene.settle(lead, claim_id, gate_reason="x" * (gates.MAX_REASON + 1))


def test_with_a_reason_it_is_given_and_the_reason_is_kept_by_rule(scene, lead):
    claim_id = checked(scene, sources(1))

    scene.settle(lead, claim_id, gate_reason=f" {WHY} ")

    assert overrides(scene, claim_id) == [(1, *UNMET)]
    [kept] = scene.ask(questions.overrides_of, scene.claim_row(claim_id).key)
    assert (kept.reason, kept.by_name) == (WHY, "Lea")


def test_the_event_of_it_holds_codes_and_no_words(scene, lead):
    claim_id = checked(scene, sources(1))

    scene.settle(lead, claim_id, gate_reason=WHY)

    [event] = scene.events("gate.override")
    assert event.details == {"version": 1, "rules": ["origins/so"]}
    assert (event.thing, event.actor_id) == (claim_id, lead.person_id)


def test_sent_twice_it_is_once_and_with_another_reason_it_is_stale(scene, lead):
    claim_id = checked(scene, sources(1))
    scene.settle(lead, claim_id, gate_reason=WHY)
    before = scene.state()

    scene.settle(lead, claim_id, gate_reason=WHY)
    with pytest.raises(Stale):
        scene.settle(lead, claim_id, gate_reason="Another one.")

    assert scene.state() == before


def test_each_unmet_rule_has_a_row_of_its_own(database):
    scene = ruled(database, profile=GateProfile.IFCN)
    claim_id = checked(scene, sources(1))

    scene.settle(scene.person("Lea", *LEADS), claim_id, gate_reason=WHY)

    assert overrides(scene, claim_id) == [(1, *UNMET), (1, GateRule.DETAIL, SO, 0, 1)]


def test_what_is_only_told_stops_nothing(scene, lead):
    values = {(GateRule.ORIGINS, SO): (GateLevel.WARN, 2)}
    scene.do(gates.change_rules, CONSOLE, scene.id, values=values)
    claim_id = checked(scene, {})

    scene.settle(lead, claim_id)

    assert overrides(scene, claim_id) == []


def test_without_a_profile_nothing_is_asked_and_no_table_of_rules_is_read(database):
    scene = ruled(database, profile=GateProfile.NONE)
    lead, ann = scene.person("Lea", *LEADS), scene.person("Ann", Role.REVIEWER)
    claim_id = scene.claim()
    review_id = scene.take(ann)

    with counted(scene.database) as sent:
        scene.submit(ann, review_id)
        scene.settle(lead, claim_id)

    asked = ("gate_setting", "gate_override", "JOIN evidence", "FROM reply", "quote_place")
    assert [one for one in sent for table in asked if table in one] == []
    assert scene.rulings_of(claim_id) != []


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
    ask = lambda: next(  # noqa: E731 - asked three times
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


def lines_of(scene, *names):
    keys = [scene.claim_row(name).key for name in names]
    label = scene.rows(Label, Label.code == "false")[0].key
    given = {key: Answer(label, None) for key in keys}
    return scene.ask(questions.lines_of, scene.ask(by_id, scene.id), given)


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


# Who works alone


def test_who_works_alone_writes_the_reason_with_the_check(database):
    scene = ruled(database, Decides.SINGLE)
    ann = scene.person("Ann", Role.REVIEWER)
    claim_id = scene.claim()
    review_id = scene.take(ann)
    before = scene.state()

    with pytest.raises(Invalid, match=r"gate\.unmet"):
        scene.submit(ann, review_id, **sources(1))
    assert scene.state() == before

    scene.submit(ann, review_id, form_key="k", gate_reason=WHY, **sources(1))
    assert overrides(scene, claim_id) == [(1, *UNMET)]
    assert scene.rulings_of(claim_id)[0].decided_by is DecidedBy.SINGLE


def test_a_check_with_its_reason_sent_twice_is_once(database):
    scene = ruled(database, Decides.SINGLE)
    ann = scene.person("Ann", Role.REVIEWER)
    scene.claim()
    review_id = scene.take(ann)
    scene.submit(ann, review_id, form_key="k", gate_reason=WHY, **sources(1))
    before = scene.state()

    scene.submit(ann, review_id, form_key="k", gate_reason=WHY, **sources(1))
    with pytest.raises(Stale):
        scene.submit(ann, review_id, form_key="k", gate_reason="Another.", **sources(1))

    assert scene.state() == before


# Several, each on their own


def test_checks_that_agree_wait_for_a_person_where_a_rule_is_not_met(database):
    scene = ruled(database, Decides.INDEPENDENT)
    lead = scene.person("Lea", *LEADS)

    claim_id = checked(scene, sources(1), sources(1))

    assert scene.claim_row(claim_id).state is ClaimState.OPEN
    assert scene.round_of(claim_id).reviews_done == 2
    scene.settle(lead, claim_id, gate_reason=WHY)
    assert scene.rulings_of(claim_id)[0].decided_by is DecidedBy.AGREEMENT
    assert overrides(scene, claim_id) == [(1, *UNMET)]


def test_checks_that_agree_and_meet_the_rules_together_settle_by_themselves(database):
    scene = ruled(database, Decides.INDEPENDENT)

    claim_id = checked(scene, {"sources": (source(1),)}, {"sources": (source(2),)})

    assert scene.claim_row(claim_id).state is ClaimState.SETTLED


def test_one_check_of_a_project_of_several_waits_as_well(database):
    scene = ruled(database, Decides.INDEPENDENT, wanted=1)

    claim_id = checked(scene, sources(1))

    assert scene.claim_row(claim_id).state is ClaimState.OPEN


def test_claims_that_do_not_meet_a_rule_are_not_accepted_together(database):
    scene = ruled(database, Decides.INDEPENDENT, settles_itself=False)
    lead = scene.person("Lea", *LEADS)
    first = checked(scene, sources(1), sources(1))
    second = checked(scene, sources(2), sources(2))
    found = scene.ask(unanimous.acceptable, lead, scene.id, until=now())

    done = scene.do(unanimous.accept_unanimous, lead, scene.id, until=now(), number=1)

    assert (len(found.keys), found.held) == (1, 1)
    assert (done.done, done.left, done.held) == (1, 1, 1)
    states = [scene.claim_row(name).state for name in (first, second)]
    assert states == [ClaimState.OPEN, ClaimState.SETTLED]


def test_claims_that_are_passed_over_do_not_stand_in_the_way_of_those_behind(database):
    scene = ruled(database, Decides.INDEPENDENT, settles_itself=False)
    lead = scene.person("Lea", *LEADS)
    for number in (1, 1, 1, 2):
        checked(scene, sources(number), sources(number))

    found = scene.ask(unanimous.acceptable, lead, scene.id, until=now(), limit=1)

    assert (len(found.keys), found.held) == (1, 3)
    assert scene.ask(waiting.number_unanimous, lead, scene.id) == 4


# Later rounds and corrections


def again(scene, claim_id):
    """The claim goes into a round in which one more person answers from its sources alone."""
    values = RoundValues(
        kind=RoundKind.EVIDENCE_ONLY,
        reason="A look back.",
        reviews_wanted=1,
        choice=Choice(claim=claim_id, people_come=True),
    )
    scene.do(open_round, CONSOLE, scene.id, values=values)


def test_a_verdict_is_not_confirmed_by_itself_where_a_rule_is_not_met(database):
    scene = ruled(database, Decides.INDEPENDENT, profile=GateProfile.NONE)
    lead = scene.person("Lea", *LEADS)
    claim_id = checked(scene, sources(1), sources(1))
    scene.do(gates.choose_profile, CONSOLE, scene.id, profile=GateProfile.EFCSN)
    again(scene, claim_id)

    checked(scene, {}, claim_id=claim_id, name="Z")
    assert scene.claim_row(claim_id).state is ClaimState.OPEN
    with pytest.raises(Invalid, match=r"gate\.unmet"):
        scene.settle(lead, claim_id)
    scene.settle(lead, claim_id, gate_reason=WHY)

    assert scene.claim_row(claim_id).state is ClaimState.SETTLED
    assert len(scene.rulings_of(claim_id)) == 1
    assert overrides(scene, claim_id) == [(1, *UNMET)]


def test_what_was_written_of_a_verdict_holds_when_it_is_confirmed(database):
    scene = ruled(database, Decides.INDEPENDENT)
    lead = scene.person("Lea", *LEADS)
    claim_id = checked(scene, sources(1), sources(1))
    scene.settle(lead, claim_id, gate_reason=WHY)
    again(scene, claim_id)

    checked(scene, {}, claim_id=claim_id, name="Z")

    assert scene.claim_row(claim_id).state is ClaimState.SETTLED
    assert overrides(scene, claim_id) == [(1, *UNMET)]


def correction(**values):
    usual = {
        "verdict": "true",
        "kind": CorrectionKind.SUBSTANTIAL,
        "public_note": "We were wrong.",
        "base_version": 1,
    }
    return CorrectionValues(**usual | values)


def test_a_correction_is_held_against_the_rules_too(scene, lead):
    claim_id = checked(scene, sources(1))
    scene.settle(lead, claim_id, gate_reason=WHY)

    with pytest.raises(Invalid, match=r"gate\.unmet"):
        scene.do(corrections.correct_ruling, lead, claim_id, values=correction())
    values = correction(gate_reason=WHY)
    for _ in range(2):
        assert scene.do(corrections.correct_ruling, lead, claim_id, values=values) == 2

    assert overrides(scene, claim_id) == [(1, *UNMET), (2, *UNMET)]
    other = replace(values, gate_reason="Another one.")
    with pytest.raises(Stale):
        scene.do(corrections.correct_ruling, lead, claim_id, values=other)


# One verdict for the same statement


def same(scene, lead, number):
    """Two claims of one statement, the first settled with so many sources."""
    first = checked(scene, sources(number))
    second = scene.claim(said_by="A minister")
    scene.do(groups.say_the_same, CONSOLE, first, other_id=second)
    scene.settle(lead, first, gate_reason=WHY if number < 2 else "")
    return first, second


def test_the_evidence_of_a_claim_counts_for_those_that_its_verdict_covers(scene, lead):
    values = {(GateRule.ORIGINS, SAID): (GateLevel.OFF, 1)}
    scene.do(gates.change_rules, CONSOLE, scene.id, values=values)
    first, second = same(scene, lead, 2)

    scene.do(covering.cover, lead, first, answers={second: "confirmed"})

    assert overrides(scene, second) == []
    assert scene.ask(questions.held_now, scene.ask(by_id, scene.id)).unmet == 0


def test_that_one_was_said_shows_nothing_of_the_other(scene, lead):
    first, second = same(scene, lead, 2)
    before = scene.state()

    with pytest.raises(Invalid) as refusal:
        scene.do(covering.cover, lead, first, answers={second: "confirmed"})
    assert refusal.value.values["field"] == f"cover-{second}"
    assert scene.state() == before

    scene.do(covering.cover, lead, first, answers={second: "confirmed"}, gate_reason=WHY)
    assert overrides(scene, second) == [(1, GateRule.ORIGINS, SAID, 0, 1)]


# The rules of a project


def test_a_changed_rule_is_kept_and_one_as_the_profile_has_it_is_not(scene):
    values = {
        (GateRule.ORIGINS, SO): (GateLevel.BLOCK, 3),
        (GateRule.PRIMARY, SO): (GateLevel.WARN, 1),
    }
    for _ in range(2):
        scene.do(gates.change_rules, CONSOLE, scene.id, values=values)

    [row] = scene.rows(GateSetting)
    assert (row.rule, row.question, row.level, row.wanted) == (
        *next(iter(values)),
        GateLevel.BLOCK,
        3,
    )
    assert [event.details for event in scene.events("gate.set")][1:] == [
        {"profile": "efcsn", "changed": ["origins/so"]}
    ]


def test_setting_them_back_or_choosing_another_profile_leaves_nothing_changed(scene):
    scene.do(gates.change_rules, CONSOLE, scene.id, values={**TWO, **PRIMARY})
    assert scene.rows(GateSetting) != []
    scene.do(gates.change_rules, CONSOLE, scene.id, values={})
    assert scene.rows(GateSetting) == []

    scene.do(gates.change_rules, CONSOLE, scene.id, values=PRIMARY)
    scene.do(gates.choose_profile, CONSOLE, scene.id, profile=GateProfile.IFCN)
    scene.do(gates.choose_profile, CONSOLE, scene.id, profile=GateProfile.IFCN)

    assert scene.rows(GateSetting) == []
    assert len(scene.events("gate.set")) == 5


PRIMARY = {(GateRule.PRIMARY, SO): (GateLevel.BLOCK, 1)}


@pytest.mark.parametrize("wanted", [None, 0, 21, -1])
def test_a_number_out_of_range_is_refused_and_changes_nothing(scene, wanted):
    before = scene.state()
    values = {(GateRule.ORIGINS, SO): (GateLevel.BLOCK, wanted)}

    with pytest.raises(Invalid) as refusal:
        scene.do(gates.change_rules, CONSOLE, scene.id, values=values)

    assert refusal.value.values["field"] == "origins-so-wanted"
    assert scene.state() == before


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.VIEWER, Role.ADJUDICATOR])
def test_only_who_runs_the_project_sets_its_rules(scene, role):
    somebody = scene.person("Sam", role)

    with pytest.raises(NotAllowed):
        scene.do(gates.choose_profile, somebody, scene.id, profile=GateProfile.NONE)
    with pytest.raises(NotAllowed):
        scene.do(gates.change_rules, somebody, scene.id, values={})


def test_a_stranger_does_not_learn_that_the_project_is_there(scene):
    with pytest.raises(Missing):
        scene.do(gates.choose_profile, scene.person("Sue"), scene.id, profile=GateProfile.NONE)


def test_a_changed_rule_touches_no_verdict_that_stands_and_tells_how_many_it_would(scene, lead):
    for number in (1, 2, 3):
        claim_id = checked(scene, sources(number))
        scene.settle(lead, claim_id, gate_reason=WHY if number == 1 else "")
    before = scene.rows(GateOverride)

    values = {(GateRule.ORIGINS, SO): (GateLevel.BLOCK, 3)}
    scene.do(gates.change_rules, CONSOLE, scene.id, values=values)

    held = scene.ask(questions.held_now, scene.ask(by_id, scene.id))
    assert (held.asked, held.unmet) == (3, 2)
    assert scene.rows(GateOverride) == before


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
