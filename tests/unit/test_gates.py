"""What a verdict has to rest on: what is counted, and which rules that meets."""

import pytest

from app.domain.evidence_words import (
    GateLevel,
    GateProfile,
    GateRule,
    SourceStanding,
    SourceType,
)
from app.domain.gates import (
    FEWEST,
    MOST,
    NUMBERED,
    TABLE,
    Counted,
    Facts,
    Rule,
    Use,
    asking_labels,
    counted,
    is_elsewhere,
    lines,
    rules_of_profile,
    unmet,
)
from app.domain.words import Answers, SourceKind, SourceRecord, Stance
from tests.cases import in_turn

SAID, SO, BOTH = Answers.SAID, Answers.SO, Answers.BOTH
WARN, BLOCK, OFF = GateLevel.WARN, GateLevel.BLOCK, GateLevel.OFF
ORIGINS, PRIMARY, SIDES = GateRule.ORIGINS, GateRule.PRIMARY, GateRule.BOTH_SIDES
COPY, DETAIL, CONTACTED = GateRule.QUOTE_IN_COPY, GateRule.DETAIL, GateRule.CONTACTED
APPEARANCE = GateRule.APPEARANCE
WHOLE = {"has_title": True, "has_publisher": True, "has_date": True, "has_quote": True}


def use(source=1, **values):
    return Use(source=source, **values)


def refutes(source=2, **values):
    return use(source, stance=Stance.REFUTES, **values)


def search(**values):
    return use(99, kind=SourceKind.SEARCH, **values)


def met(rule, uses, *, question=SO, wanted=None):
    """Found, wanted, whether that is enough, and what else is told, for one rule alone."""
    facts = Facts(evidence={question: counted(uses, question)})
    [line] = lines(facts, [Rule(rule, question, BLOCK, wanted)], asked={question})
    return line.found, line.wanted, line.is_met, line.why


PRIMARY_CASES = {
    "nobody said": ([use(1)], (0, False)),
    "at second hand": ([use(1, source_type=SourceType.SECONDARY)], (0, False)),
    "in the media": ([use(1, source_type=SourceType.MEDIA)], (0, False)),
    "at first hand": ([use(1, source_type=SourceType.PRIMARY)], (1, True)),
    "official data": ([use(1, source_type=SourceType.OFFICIAL_DATA)], (1, True)),
    "twice the same": ([use(1, source_type=SourceType.PRIMARY)] * 2, (1, True)),
    "the same, written twice": (
        [use(n, alike="x", source_type=SourceType.PRIMARY) for n in (1, 2)],
        (1, True),
    ),
    "as context": ([use(1, stance=Stance.CONTEXT, source_type=SourceType.PRIMARY)], (0, False)),
    "the desk says it is": (
        [use(1, source_type=SourceType.MEDIA, desk_type=SourceType.PRIMARY)],
        (1, True),
    ),
    "the desk says it is not": (
        [use(1, source_type=SourceType.PRIMARY, desk_type=SourceType.SECONDARY)],
        (0, False),
    ),
    "used no more": (
        [use(1, source_type=SourceType.PRIMARY, standing=SourceStanding.RETIRED)],
        (0, False),
    ),
    "a search of records": ([search(source_type=SourceType.PRIMARY)], (0, False)),
}


@in_turn(("uses", "expected"), PRIMARY_CASES.values())
def test_a_source_at_first_hand_is_one_that_desk_or_checker_calls_so(uses, expected):
    found, _wanted, is_met, _why = met(PRIMARY, uses, wanted=1)

    assert (found, is_met) == expected


SIDES_CASES = {
    "nothing yet": ([], (True, "")),
    "context alone": ([use(1, stance=Stance.CONTEXT)], (True, "")),
    "only for": ([use(1), use(2)], (False, "only-supports")),
    "only against": ([refutes(1)], (False, "only-refutes")),
    "both": ([use(1), refutes(2)], (True, "")),
    "one that does both": ([use(1), refutes(1)], (True, "")),
    "only for, and looked": ([use(1), search()], (True, "looked")),
    "looked for the other question": ([use(1), search(answers=SAID)], (False, "only-supports")),
    "looked for both questions": ([use(1), search(answers=BOTH)], (True, "looked")),
    "the other side is retired": (
        [use(1), refutes(2, standing=SourceStanding.RETIRED)],
        (False, "only-supports"),
    ),
    "looked alone": ([search()], (True, "")),
}


@in_turn(("uses", "expected"), SIDES_CASES.values())
def test_one_sided_is_one_side_for_whose_other_nobody_looked(uses, expected):
    _found, _wanted, is_met, why = met(SIDES, uses)

    assert (is_met, why) == expected


COPY_CASES = {
    "no quote": ([use(1)], (0, 0, True, "")),
    "found": ([use(1, has_quote=True, is_in_copy=True)], (1, 1, True, "")),
    "not found": ([use(1, has_quote=True, is_in_copy=False)], (0, 1, False, "")),
    "no saved copy": ([use(1, has_quote=True)], (0, 1, False, "no-copy")),
    "one of two": (
        [use(1, has_quote=True, is_in_copy=True), use(2, has_quote=True, is_in_copy=False)],
        (1, 2, False, ""),
    ),
    "a document counts": (
        [use(1, kind=SourceKind.DOCUMENT, has_quote=True)],
        (0, 1, False, "no-copy"),
    ),
    "what a person said is on no page": (
        [use(1, kind=SourceKind.PERSON, has_quote=True)],
        (0, 0, True, ""),
    ),
}


@in_turn(("uses", "expected"), COPY_CASES.values())
def test_every_quote_of_a_page_is_wanted_in_a_saved_copy(uses, expected):
    assert met(COPY, uses) == expected


DETAIL_CASES = {
    "nothing linked": ([], (0, 0, True)),
    "all there": ([use(1, **WHOLE)], (1, 1, True)),
    "no title": ([use(1, **WHOLE | {"has_title": False})], (0, 1, False)),
    "no publisher": ([use(1, **WHOLE | {"has_publisher": False})], (0, 1, False)),
    "no date": ([use(1, **WHOLE | {"has_date": False})], (0, 1, False)),
    "no quote": ([use(1, **WHOLE | {"has_quote": False})], (0, 1, False)),
    "one of two": ([use(1, **WHOLE), use(2)], (1, 2, False)),
    "a person has no publisher": (
        [use(1, kind=SourceKind.PERSON, **WHOLE | {"has_publisher": False})],
        (1, 1, True),
    ),
    "a calculation has a title": (
        [use(1, kind=SourceKind.CALCULATION, has_title=True)],
        (1, 1, True),
    ),
    "not to be shown": ([use(1, record=SourceRecord.NOT_FOR_PUBLICATION)], (0, 0, True)),
    "a search": ([search()], (0, 0, True)),
}


@in_turn(("uses", "expected"), DETAIL_CASES.values())
def test_a_source_is_told_so_that_a_reader_finds_it_again(uses, expected):
    assert met(DETAIL, uses)[:3] == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (Facts(has_claimant=True), [(0, 1, False)]),
        (Facts(has_claimant=True, is_contacted=True), [(1, 1, True)]),
        # In own voice, or said by nobody who is named: there is nobody to ask.
        (Facts(), []),
    ],
)
def test_whoever_made_the_claim_is_asked_where_they_are_named(facts, expected):
    found = lines(facts, [Rule(CONTACTED, BOTH, BLOCK)], asked={SO})

    assert [(line.found, line.wanted, line.is_met) for line in found] == expected


OWN = ("The Desk", "https://www.desk.example/")
APPEARANCES = {
    "nothing known": ((None, None, []), False),
    "somebody named": (("A minister", None, []), True),
    "the desk itself": (("the desk ", None, []), False),
    "another publisher": ((None, "The Times", []), True),
    "our own publisher": ((None, "The Desk", ["https://desk.example/a"]), False),
    "somebody, on our own pages": (("A minister", "The Desk", ["https://desk.example/a"]), True),
    "another page": ((None, None, ["https://other.example/a"]), True),
    "our page without www": ((None, None, ["https://desk.example/a"]), False),
    "no address": ((None, None, ["not an address"]), False),
}


@in_turn(("known", "expected"), APPEARANCES.values())
def test_a_claim_comes_from_elsewhere_than_the_desk(known, expected):
    claimant, publisher, links = known

    assert is_elsewhere(claimant=claimant, publisher=publisher, links=links, own=OWN) is expected


def test_an_address_that_cannot_be_read_is_none():
    assert not is_elsewhere(claimant=None, publisher=None, links=["http://[::"], own=("", ""))


@in_turn(
    ("labels", "expected"),
    [
        # What the project ticked holds.
        ([(1, 5, True), (2, 1, False), (3, None, True)], {1, 3}),
        # It ticked none: all that have a place on the scale.
        ([(1, 5, False), (2, 1, False), (3, None, False)], {1, 2}),
        # A scale without places, such as whether it was said.
        ([(1, None, False), (2, None, False)], {1, 2}),
        ([], set()),
    ],
)
def test_which_answers_have_to_rest_on_evidence(labels, expected):
    assert asking_labels(labels) == expected


@in_turn("asked", [set(), {SAID}, {SO}, {SAID, SO}])
def test_a_question_that_asks_for_no_evidence_has_no_rules(asked):
    rules = rules_of_profile(GateProfile.IFCN)

    found = lines(Facts(has_claimant=True), rules, asked=asked)

    assert {line.question for line in found} == asked | ({BOTH} if asked else set())


def test_without_a_profile_there_are_no_rules():
    assert rules_of_profile(GateProfile.NONE, {(ORIGINS, SO): (BLOCK, 2)}) == ()


@pytest.mark.parametrize("profile", [GateProfile.IFCN, GateProfile.EFCSN, GateProfile.GOOGLE])
def test_each_profile_has_each_rule_and_names_the_clause_of_those_that_it_asks(profile):
    rules = rules_of_profile(profile)

    assert [rule.key for rule in rules] == list(TABLE)
    assert all(bool(rule.clause) is (rule.level is not OFF) for rule in rules)
    assert all((rule.wanted is not None) is (rule.rule in NUMBERED) for rule in rules)
    assert not any(rule.is_changed for rule in rules)


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        (
            GateProfile.IFCN,
            {(ORIGINS, SO), (DETAIL, SAID), (DETAIL, SO), (CONTACTED, BOTH)},
        ),
        (GateProfile.EFCSN, {(ORIGINS, SAID), (ORIGINS, SO)}),
        (GateProfile.GOOGLE, {(ORIGINS, SO), (APPEARANCE, BOTH)}),
    ],
)
def test_what_each_profile_asks_a_reason_for(profile, expected):
    assert {rule.key for rule in rules_of_profile(profile) if rule.level is BLOCK} == expected


def test_one_origin_is_enough_for_what_was_said_and_two_for_what_is_so():
    wanted = {
        rule.question: rule.wanted
        for rule in rules_of_profile(GateProfile.IFCN)
        if rule.rule is ORIGINS
    }

    assert wanted == {SAID: 1, SO: 2}


def test_a_changed_rule_holds_and_is_marked_and_one_set_back_is_not():
    changed = {(ORIGINS, SO): (WARN, 3), (PRIMARY, SO): (WARN, 1), (DETAIL, SO): (OFF, None)}

    rules = {rule.key: rule for rule in rules_of_profile(GateProfile.IFCN, changed)}

    assert (rules[ORIGINS, SO].level, rules[ORIGINS, SO].wanted) == (WARN, 3)
    assert {key for key, rule in rules.items() if rule.is_changed} == {(ORIGINS, SO), (DETAIL, SO)}


def test_only_what_needs_a_reason_stops_a_verdict():
    rules = [Rule(ORIGINS, SO, WARN, 2), Rule(PRIMARY, SO, BLOCK, 1), Rule(DETAIL, SO, OFF)]

    found = unmet(Facts(evidence={SO: Counted()}), rules, asked={SO})

    assert [(line.rule, line.stops) for line in found] == [(ORIGINS, False), (PRIMARY, True)]


def test_numbers_run_as_far_as_the_table_of_settings_lets_them():
    assert (FEWEST, MOST) == (1, 20)
