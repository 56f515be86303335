"""What a clause gives by itself, by who says it and by the article around it."""

import pytest

from app.extraction.checkworthy import shipped
from app.extraction.checkworthy.signals import AGAINST, FOR, SIDES, SIGNALS
from app.extraction.checkworthy.weights import Weights
from app.extraction.rules import RulesExtractor

EVERY = RulesExtractor(Weights("every", 0.0, {}, {}, 0.0))


def signals(article, words):
    """The signals of the clause with these words."""
    [found] = [c for c in EVERY.extract(article, language="en").candidates if words in c.quote]
    return found.signals


@pytest.mark.parametrize("signal", SIGNALS, ids=lambda one: one.code)
def test_no_weight_that_comes_with_assay_counts_against_the_side_of_its_signal(signal):
    by = shipped().signals.get(signal.code, 0.0)

    assert signal.side in {FOR, AGAINST}
    assert by * signal.side >= 0


def test_every_weight_that_was_learned_is_of_a_signal_that_is_measured():
    assert set(shipped().signals) >= set(SIDES)


@pytest.mark.parametrize(
    ("sentence", "given", "lacks"),
    [
        ("The mayor never opened the letter.", {"denial"}, set()),
        ("The mayor should never open the letter.", {"norm"}, {"denial"}),
        ("I do not like the harbour.", {"first-person"}, {"denial"}),
        ("We lost 40 million euros.", {"money"}, {"first-person"}),
        ("Under the law the port needs a licence.", {"rule"}, set()),
        ("The pumps were sold in 2019.", {"done", "dated"}, set()),
        ("Some boats left.", {"vague", "tiny"}, {"count"}),
        ("The clerk opened the letter twice.", set(), {"share", "comparison"}),
        ("The hall smelled of coffee and rain.", {"colour"}, set()),
        ("The crew could not close the hatch.", set(), {"possible"}),
        ("The crew could close the hatch.", {"possible"}, set()),
    ],
)
def test_a_clause_by_itself(sentence, given, lacks):
    found = set(signals(sentence, sentence[:10]))

    assert given <= found
    assert not lacks & found
