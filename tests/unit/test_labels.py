"""Scales: those that are shipped, to the letter; what a scale can be; how versions go on."""

import pytest

from app.domain.consensus import Answer
from app.domain.errors import Invalid
from app.domain.label_presets import PRESETS
from app.domain.labels import LabelPreset, Lines, check_labels, code_of
from app.domain.words import SchemeKind
from tests.cases import in_turn

# Worst first, with ranks from 1; then, after the bar, what stands off the scale.
SHIPPED = {
    "desk-7": "False · Mostly false · Half true · Mostly true · True | Unproven · Not a claim",
    "claimreview-5": "False · Mostly false · Half true · Mostly true · True |",
    "six-point": "Pants on Fire · False · Mostly False · Half True · Mostly True · True |",
    "averitec-4": "| Supported · Refuted · Not Enough Evidence · Conflicting Evidence/Cherrypicking",
    "fever-3": "| SUPPORTS · REFUTES · NOT ENOUGH INFO",
    "scifact-3": "| SUPPORT · CONTRADICT · NO INFO",
    "quantemp-3": "False · Conflicting · True |",
    "checkthat-factuality": "FALSE · HALF-TRUE · TRUE |",
    "xfact-7": "false · mostly false · partly true/misleading · mostly true · true"
    " | complicated/hard to categorise · other",
    "pubhealth-4": "false · mixture · true | unproven",
    "efcsn-7": "false · partly_false · true | missing_context · altered · satire · unverifiable",
    "snopes": "False · Mostly False · Mixture · Mostly True · True | Unproven · Unfounded"
    " · Outdated · Miscaptioned · Correct Attribution · Misattributed · Labeled Satire · Scam"
    " · Legend",
    "cofacts-4": "| NOT_RUMOR · RUMOR · OPINIONATED · NOT_ARTICLE",
    "dega-6": "False · Misleading · Unverified · Partly True · True | Not a Claim",
    "aletheia-9": "false · misleading · exaggerated · arguable · trustworthy-but · trustworthy"
    " | not-fact · unsustainable · unverifiable",
    "attribution-7": "| Confirmed · Reported only · Misquoted or altered · Out of context"
    " · Said by someone else · No record or denied · Cannot tell",
    "attribution-5": "| Confirmed (first-hand) · Reported only · Misquoted / altered · Not said"
    " · Cannot tell",
}
SAID = {"attribution-7", "attribution-5"}


def names(part: str) -> list[str]:
    return [name for name in part.strip().split(" · ") if name]


def test_these_scales_are_shipped_and_no_others():
    assert set(PRESETS) == set(SHIPPED)


@in_turn("code", SHIPPED)
def test_a_shipped_scale_has_its_names_to_the_letter(code):
    worst_first, off = SHIPPED[code].split("|")
    preset = PRESETS[code]
    ranked = sorted((label.rank, label.name) for label in preset.labels if label.rank)
    assert ranked == list(enumerate(names(worst_first), 1))
    assert [label.name for label in preset.labels if label.rank is None] == names(off)
    assert (preset.kind is SchemeKind.ATTRIBUTION) == (code in SAID)


@in_turn("code", SHIPPED)
def test_a_shipped_scale_stands_best_first_and_says_what_each_answer_means(code):
    labels = PRESETS[code].labels
    ranks = [label.rank for label in labels]
    on = [rank for rank in ranks if rank is not None]
    assert ranks == [*sorted(on, reverse=True), *[None] * (len(ranks) - len(on))]
    assert all(label.definition.endswith(".") for label in labels)
    check_labels(labels, most=len(labels))
    told = f"{PRESETS[code].name} {labels}"
    assert "truth-o-meter" not in told.lower()


def label(code="a", name="A", rank=None, definition=""):
    return LabelPreset(code, name, rank, definition)


@in_turn(
    ("labels", "code"),
    [
        ([label()], "scheme.number"),
        ([label(f"c{n}", f"N{n}") for n in range(13)], "scheme.number"),
        ([label(), label("b", " ")], "scheme.label-name"),
        ([label(), label("b", "B" * 121)], "scheme.label-name"),
        ([label(), label("B b", "B")], "scheme.label-code"),
        ([label(), label("b" * 41, "B")], "scheme.label-code"),
        ([label(), label("b", "B", None, "x" * 1001)], "scheme.definition"),
        ([label(), label("b", "a")], "scheme.twice"),
        ([label(), label("a", "B")], "scheme.twice"),
        ([label(rank=1), label("b", "B", 3)], "scheme.ranks"),
        ([label(rank=2), label("b", "B", 2)], "scheme.ranks"),
        ([label(rank=0), label("b", "B", 1)], "scheme.ranks"),
    ],
)
def test_what_is_no_scale_is_refused(labels, code):
    with pytest.raises(Invalid) as refused:
        check_labels(labels)
    assert refused.value.code == code


@in_turn(
    ("name", "taken", "code"),
    [
        ("Half true", (), "half-true"),
        ("Half true", {"half-true"}, "half-true-2"),
        ("Half true", {"half-true", "half-true-2"}, "half-true-3"),
        ("Très exagéré!", (), "tres-exagere"),
        ("真", (), "answer"),
        ("真", {"answer"}, "answer-2"),
        ("x" * 90, (), "x" * 40),
    ],
)
def test_a_code_is_made_of_a_name(name, taken, code):
    assert code_of(name, taken) == code


# A scale of three versions: 1 went on as 11 and 21; 2 was retired in the second; 22 is new.
LINES = Lines({1: None, 2: None, 11: 1, 12: 2, 21: 11, 22: None})


@in_turn(
    ("one", "other", "same"),
    [(1, 21, True), (11, 21, True), (1, 1, True), (2, 12, True), (1, 2, False), (2, 22, False)],
)
def test_two_answers_are_the_same_when_their_lines_meet(one, other, same):
    assert LINES.same(one, other) is same
    assert LINES.same(other, one) is same


def test_a_line_is_told_by_its_last_label_and_a_stranger_by_itself():
    assert [LINES.of(key) for key in (1, 11, 21, 2, 22, 99)] == [21, 21, 21, 12, 22, 99]
    assert LINES.moved() == {1: 21, 11: 21, 2: 12}


def test_answers_are_brought_to_what_the_scale_says_now():
    assert LINES.answers([Answer(1, 2), Answer(22, None)]) == [Answer(21, 12), Answer(22, None)]


def test_no_label_goes_on_as_two():
    with pytest.raises(Invalid) as refused:
        Lines({1: None, 11: 1, 12: 1})
    assert refused.value.code == "scheme.crosswalk"
