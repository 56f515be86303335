import json
from importlib.resources import files

from app.extraction.candidate import Hop
from app.extraction.checkworthy import Judged, shipped, signals_of
from app.extraction.checkworthy import score as scored
from app.extraction.checkworthy.signals import OF_ENCODER, PHRASES, SEEN_BEFORE
from app.extraction.checkworthy.weights import BY_HAND
from app.extraction.quantities import quantities
from tests.cases import in_turn

WEIGHTS = files("app.extraction.checkworthy").joinpath("weights.json")
SAID = Hop("Ida Moe", "said", "paraphrase", named=True, kind="person")


def judged(clause, *, hops=(), form="main", forecast=False):
    return Judged(
        clause=clause,
        hops=hops,
        quantities=quantities(clause),
        form=form,
        forecast=forecast,
        names=0,
    )


def told(clause, **values):
    return scored(signals_of(judged(clause, **values)), clause, shipped())


def score(clause, **values):
    return told(clause, **values).value


@in_turn(
    ("more", "less"),
    [
        ("The port lost 40 million euros in 2019", "The port lost a lot of money in 2019"),
        ("Unemployment rose to 9 percent last year", "We should all be proud of our town"),
        ("Three people were killed in the fire", "The mayor met the crew on Monday"),
        ("The port was sold in 2015", "The port will be sold next year"),
        ("The court convicted the owner of fraud", "Is the owner a good man?"),
        ("The port has closed two piers", "You must close the two piers"),
        ("The port has closed two piers", "The port declined to comment"),
    ],
)
def test_figures_harm_and_law_rank_above_opinion_forecast_and_routine(more, less):
    assert score(more) > score(less)


def test_a_source_that_vouches_raises_the_score_and_one_that_hopes_does_not():
    clause = "The port closed two piers"

    assert score(clause, hops=(SAID,)) > score(clause)
    assert score(clause, hops=(SAID,), forecast=True) < score(clause)


def test_a_remark_at_the_end_of_a_sentence_ranks_lower_than_a_clause():
    assert score("raising fears of a loss", form="comment") < score("raising fears of a loss")


def test_every_reason_is_a_phrase_of_the_table():
    found = told("The port may have lost 40 million euros because of fraud in 2019", hops=(SAID,))

    phrases = set(PHRASES.values())
    named = {reason for reason in found.reasons + found.against if not reason.startswith("words")}
    assert named <= phrases
    assert "a sum of money" in found.reasons
    assert "somebody vouches for it" in found.reasons
    assert "what may or could be" in found.against


def test_scores_stay_between_nothing_and_one():
    assert 0 <= score("I hope you will, if we must? https://x.example") < 0.1
    assert 0.9 < score("Deaths rose 12 percent to 4,100 last year, a record", hops=(SAID,)) <= 1


def test_what_no_article_teaches_is_weighed_by_hand_whatever_the_file_of_weights_says():
    file = json.loads(WEIGHTS.read_text(encoding="utf-8"))

    assert BY_HAND.keys() == SEEN_BEFORE.keys() | OF_ENCODER.keys()
    assert shipped().signals == {**file["signals"], **BY_HAND}
