import random
import subprocess
import sys
from collections import Counter

import krippendorff
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.agreement import (
    Level,
    Undefined,
    agreement,
    alpha_nominal,
    alpha_ranked,
    cohen_kappa,
    fleiss_kappa,
    mean_overlap,
    same_share,
    share_of_agreeing_pairs,
    specific_agreement,
    units_of,
)
from tests.cases import in_turn

# Krippendorff's four observers and twelve units; a dot is a missing answer.
OBSERVERS = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
UNITS = [[int(answer) for answer in unit if answer != "."] for unit in zip(*OBSERVERS, strict=True)]
FLEISS = (
    (0, 0, 0, 0, 14),
    (0, 2, 6, 4, 2),
    (0, 0, 3, 5, 6),
    (0, 3, 9, 2, 0),
    (2, 2, 8, 1, 1),
    (7, 7, 0, 0, 0),
    (3, 2, 6, 3, 0),
    (2, 5, 3, 2, 2),
    (6, 5, 2, 1, 0),
    (0, 2, 2, 3, 7),
)
FLEISS_CLAIMS = [
    [label for label, count in enumerate(counts) for _ in range(count)] for counts in FLEISS
]
COHEN = {("yes", "yes"): 20, ("yes", "no"): 5, ("no", "yes"): 10, ("no", "no"): 15}
RANKS = {rank: rank for rank in range(1, 6)}


def nominal(claims):
    return alpha_nominal(units_of(claims))


def ordinal(claims):
    return alpha_ranked(units_of(claims), RANKS)


def interval(claims):
    return alpha_ranked(units_of(claims), RANKS, Level.INTERVAL)


def fleiss(claims):
    return fleiss_kappa(units_of(claims))


def cohen(claims):
    return cohen_kappa(units_of(claims))


def agreeing(claims):
    return share_of_agreeing_pairs(units_of(claims))


CHANCE = [nominal, ordinal, interval, fleiss, cohen]
EVERY = [*CHANCE, agreeing]


def test_alpha_is_krippendorffs_own_for_his_example():
    assert nominal(UNITS).value == pytest.approx(0.743, abs=0.0005)
    assert ordinal(UNITS).value == pytest.approx(0.815, abs=0.0005)
    assert interval(UNITS).value == pytest.approx(0.849, abs=0.0005)


def test_alpha_is_the_published_one_for_two_observers_and_two_answers():
    pairs = list(zip("0100000010", "1110010000", strict=True))
    assert nominal(pairs).value == pytest.approx(0.095, abs=0.0005)


def test_fleiss_kappa_is_the_published_one():
    figure = fleiss(FLEISS_CLAIMS)
    assert figure.value == pytest.approx(0.2099, abs=0.00005)
    assert figure.claims == 10


def test_cohens_kappa_is_the_published_one():
    assert cohen_kappa(COHEN).value == pytest.approx(0.4, abs=0.0005)
    assert same_share(COHEN).value == pytest.approx(0.7)


def test_the_share_counts_pairs_within_claims():
    figure = agreeing([["a", "a", "b"], ["a"], [], ["b", "b"]])
    assert figure.value == pytest.approx(2 / 4)
    assert figure.claims == 2


@in_turn("measure", CHANCE)
def test_random_labels_agree_no_better_than_chance(measure):
    dice = random.Random(7)
    claims = [(dice.randint(1, 5), dice.randint(1, 5)) for _ in range(4_000)]
    assert measure(claims).value == pytest.approx(0, abs=0.05)


def test_the_interval_of_random_labels_holds_nothing():
    dice = random.Random(11)
    figure = nominal([(dice.randint(1, 5), dice.randint(1, 5)) for _ in range(2_000)])
    assert figure.low < 0 < figure.high
    # 2,000 units: about one in the square root of them to each side.
    assert figure.high - figure.low < 0.1


@in_turn("measure", EVERY)
def test_full_agreement_on_several_answers_is_one(measure):
    assert measure([(1, 1), (2, 2), (3, 3)]).value == pytest.approx(1)


@in_turn("measure", CHANCE)
def test_a_measure_against_chance_is_undefined_when_only_one_answer_was_ever_given(measure):
    figure = measure([(1, 1), (1, 1)])
    assert (figure.value, figure.undefined, figure.claims) == (None, Undefined.ONE_CATEGORY, 2)


@in_turn("measure", EVERY)
def test_every_measure_is_undefined_without_answers(measure):
    figure = measure([])
    assert (figure.value, figure.undefined) == (None, Undefined.TOO_FEW)


@in_turn("measure", [nominal, ordinal, fleiss, agreeing])
def test_claims_with_one_answer_do_not_count(measure):
    assert measure([[1], [2], [3]]).undefined is Undefined.TOO_FEW


def test_an_answer_given_alone_does_not_make_a_second_category():
    assert nominal([[1, 1], [2]]).undefined is Undefined.ONE_CATEGORY


def test_answers_off_the_scale_are_missing_from_the_ordinal_figure_and_counted():
    figure = ordinal([*UNITS, ["off", 3], ["off", "off", 2]])
    assert figure.value == pytest.approx(0.815, abs=0.0005)
    assert (figure.left_out, figure.claims) == (3, 11)


def test_only_answers_off_the_scale_leave_nothing_to_compare():
    assert ordinal([["off", "off"], ["off", 1]]).undefined is Undefined.TOO_FEW


def test_a_near_miss_costs_less_than_a_far_one_on_a_scale():
    near = ordinal([(1, 2), (2, 2), (5, 5), (4, 4)]).value
    far = ordinal([(1, 5), (2, 2), (5, 5), (4, 4)]).value
    assert near > far


def test_fleiss_kappa_takes_the_claims_with_the_commonest_number_of_answers():
    figure = fleiss([*FLEISS_CLAIMS, [1, 2], [1, 1]])
    assert figure.value == pytest.approx(0.2099, abs=0.00005)
    assert figure.claims == 10


def test_two_who_never_use_the_same_answer_are_below_chance():
    assert cohen([("a", "b"), ("b", "a")]).value == pytest.approx(-1)


def test_agreement_on_a_label_is_how_often_another_gave_it_too():
    found = specific_agreement(units_of([(1, 1), (1, 2), (2, 2), (3,)]))
    # By hand: of three answers 1 that met another, two met a 1.
    assert found[1].value == pytest.approx(2 / 3)
    assert found[1].claims == 2
    assert 3 not in found


def test_overlap_of_sources_is_what_both_have_of_what_either_has():
    figure = mean_overlap({(1, 2): 1, (0, 3): 1, (2, 2): 2, (0, 0): 9})
    assert figure.value == pytest.approx((0.5 + 0 + 1 + 1) / 4)
    assert figure.claims == 4
    assert mean_overlap({(0, 0): 5}).undefined is Undefined.TOO_FEW


LABELS = st.integers(1, 4)
CLAIMS = st.lists(st.lists(LABELS, max_size=4), min_size=1, max_size=12)


@settings(max_examples=60, deadline=None)
@given(claims=CLAIMS, times=st.integers(1, 3))
def test_units_told_once_with_their_number_are_units_told_one_by_one(claims, times):
    """Each pattern with its number is as good as every claim; alpha is that of another's program."""
    together = agreement(units_of([*claims] * times), RANKS, draws=0)
    used = [answers for answers in claims if len(answers) > 1] * times
    pairs = [(a, b) for answers in used for i, a in enumerate(answers) for b in answers[i + 1 :]]
    if not pairs:
        assert together.nominal.undefined is Undefined.TOO_FEW
        return
    assert together.agreeing.value == pytest.approx(sum(a == b for a, b in pairs) / len(pairs))
    if len({label for answers in used for label in answers}) == 1:
        assert together.nominal.undefined is Undefined.ONE_CATEGORY
        return
    counts = [[Counter(answers)[label] for label in range(1, 5)] for answers in used]
    for level, figure in (("nominal", together.nominal), ("ordinal", together.ordinal)):
        theirs = krippendorff.alpha(
            value_counts=counts, value_domain=[1, 2, 3, 4], level_of_measurement=level
        )
        assert figure.value == pytest.approx(theirs)


def test_an_interval_is_the_same_each_time_and_holds_the_figure():
    units = units_of(UNITS * 10)
    first, second = alpha_nominal(units), alpha_nominal(dict(units))
    assert (first.low, first.high) == (second.low, second.high)
    assert first.low < first.value < first.high


def test_more_units_of_the_same_kind_make_a_narrower_interval():
    few, many = units_of(UNITS), units_of(UNITS * 100)
    wide, narrow = alpha_nominal(few), alpha_nominal(many)
    assert narrow.high - narrow.low < (wide.high - wide.low) / 5


def test_of_one_claim_there_is_no_interval():
    figure = nominal([(1, 2)])
    assert (figure.low, figure.high) == (None, None)
    assert figure.value is not None


def test_numpy_is_not_loaded_before_it_is_needed():
    code = "import sys, app.domain.agreement; sys.exit('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=False)
    assert done.returncode == 0
