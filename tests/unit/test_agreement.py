import random
import subprocess
import sys

import pytest

from app.domain.agreement import (
    Undefined,
    alpha_nominal,
    alpha_ordinal,
    cohen_kappa,
    fleiss_kappa,
    share_of_agreeing_pairs,
)

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
COHEN = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15


def test_alpha_is_krippendorffs_own_for_his_example():
    assert alpha_nominal(UNITS).value == pytest.approx(0.743, abs=0.0005)
    assert alpha_ordinal(UNITS).value == pytest.approx(0.815, abs=0.0005)


def test_alpha_is_the_published_one_for_two_observers_and_two_answers():
    pairs = list(zip("0100000010", "1110010000", strict=True))
    assert alpha_nominal(pairs).value == pytest.approx(0.095, abs=0.0005)


def test_fleiss_kappa_is_the_published_one():
    figure = fleiss_kappa(FLEISS_CLAIMS)
    assert figure.value == pytest.approx(0.2099, abs=0.0005)
    assert figure.claims == 10


def test_cohens_kappa_is_the_published_one():
    assert cohen_kappa(COHEN).value == pytest.approx(0.4, abs=0.0005)


def test_the_share_counts_pairs_within_claims():
    figure = share_of_agreeing_pairs([["a", "a", "b"], ["a"], [], ["b", "b"]])
    assert figure.value == pytest.approx(2 / 4)
    assert figure.claims == 2


@pytest.mark.parametrize(
    "measure", [alpha_nominal, alpha_ordinal, fleiss_kappa, cohen_kappa], ids=lambda f: f.__name__
)
def test_random_labels_agree_no_better_than_chance(measure):
    dice = random.Random(7)
    claims = [(dice.randint(1, 5), dice.randint(1, 5)) for _ in range(4_000)]
    assert measure(claims).value == pytest.approx(0, abs=0.05)


@pytest.mark.parametrize(
    "measure", [alpha_nominal, alpha_ordinal, fleiss_kappa, cohen_kappa, share_of_agreeing_pairs]
)
def test_full_agreement_on_several_answers_is_one(measure):
    assert measure([(1, 1), (2, 2), (3, 3)]).value == pytest.approx(1)


@pytest.mark.parametrize("measure", [alpha_nominal, alpha_ordinal, fleiss_kappa, cohen_kappa])
def test_a_measure_against_chance_is_undefined_when_only_one_answer_was_ever_given(measure):
    figure = measure([(1, 1), (1, 1)])
    assert (figure.value, figure.undefined, figure.claims) == (None, Undefined.ONE_CATEGORY, 2)


@pytest.mark.parametrize(
    "measure", [alpha_nominal, alpha_ordinal, fleiss_kappa, cohen_kappa, share_of_agreeing_pairs]
)
def test_every_measure_is_undefined_without_answers(measure):
    figure = measure([])
    assert (figure.value, figure.undefined) == (None, Undefined.TOO_FEW)


@pytest.mark.parametrize(
    "measure", [alpha_nominal, alpha_ordinal, fleiss_kappa, share_of_agreeing_pairs]
)
def test_claims_with_one_answer_do_not_count(measure):
    assert measure([[1], [2], [3]]).undefined is Undefined.TOO_FEW


def test_an_answer_given_alone_does_not_make_a_second_category():
    assert alpha_nominal([[1, 1], [2]]).undefined is Undefined.ONE_CATEGORY


def test_answers_off_the_scale_are_missing_from_the_ordinal_figure_and_counted():
    figure = alpha_ordinal([*UNITS, [None, 3], [None, None, 2]])
    assert figure.value == pytest.approx(0.815, abs=0.0005)
    assert (figure.left_out, figure.claims) == (3, 11)


def test_only_answers_off_the_scale_leave_nothing_to_compare():
    figure = alpha_ordinal([[None, None], [None, 1]])
    assert (figure.undefined, figure.left_out) == (Undefined.TOO_FEW, 3)


def test_a_near_miss_costs_less_than_a_far_one_on_a_scale():
    near = alpha_ordinal([(1, 2), (2, 2), (5, 5), (4, 4)]).value
    far = alpha_ordinal([(1, 5), (2, 2), (5, 5), (4, 4)]).value
    assert near > far


def test_fleiss_kappa_is_undefined_where_claims_have_unequal_numbers_of_answers():
    assert fleiss_kappa([[1, 2], [1, 2, 2]]).undefined is Undefined.UNEVEN


def test_two_who_never_use_the_same_answer_are_below_chance():
    assert cohen_kappa([("a", "b"), ("b", "a")]).value == pytest.approx(-1)


def test_numpy_is_not_loaded_before_it_is_needed():
    code = "import sys, app.domain.agreement; sys.exit('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=False)
    assert done.returncode == 0
