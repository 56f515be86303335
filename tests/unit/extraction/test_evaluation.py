"""Figures of scorers beside the controls: the definitions, the intervals, what is most wrong."""

import importlib.util
import json
import math
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.extraction.candidate import Candidate
from app.extraction.checkworthy import shipped
from app.extraction.checkworthy.fitting import Example
from app.extraction.evaluation import (
    Scorer,
    article_table,
    figures_of,
    most_wrong,
    pick_table,
    scorer_of,
    sentence_table,
)
from app.extraction.evaluation.controls import DRAWS, control_figures, sentence_spans
from app.extraction.evaluation.ranked import Ranking
from app.extraction.labelled import LabelledArticle, LabelledSentence, LabelledSet, Mark, read_set
from app.extraction.labelled.told import candidates_of
from app.extraction.sentences import Span

TEXT = (
    "The dam had no permit. It rained. Mr. Berg paid J. Lund 4 million. How lovely!\n\n"
    "“Nobody was warned.” The end"
)


def spans_of(text, *quotes):
    return [Span(text.index(quote), text.index(quote) + len(quote)) for quote in quotes]


def marked(**grades):
    """Marks by their words, with an underline for a space."""
    places = ((words.replace("_", " "), grade) for words, grade in grades.items())
    return tuple(
        Mark(TEXT.index(words), TEXT.index(words) + len(words), grade) for words, grade in places
    )


def candidate(span, score=0.5, text=TEXT):
    quote = text[span.start : span.end]
    return Candidate(
        quote, quote, span.start, span.end, (), score, ("a count",), (), None, (), 0, ""
    )


def scorer(name, scores, text=TEXT):
    """What suggests these words with these scores, whatever it reads."""
    found = tuple(
        candidate(span, score, text)
        for span, score in zip(spans_of(text, *scores), scores.values(), strict=True)
    )
    return Scorer(name, lambda _text, _about: found)


MARKS = marked(The_dam_had_no_permit=2, It_rained=0, Berg_paid_J=1, Nobody_was_warned=2)


def test_the_best_order_has_all_the_gain_there_is():
    found = figures_of(
        spans_of(TEXT, "The dam had no permit", "Nobody was warned", "Berg paid J"), MARKS
    )

    assert (found.ndcg, found.top, found.anywhere) == (1, 1, 1)
    assert (found.found, found.noise, found.predictions) == (1, 0, 3)


def test_gain_is_less_further_down_and_a_claim_gives_it_once():
    dam = spans_of(TEXT, "The dam had no permit", "It rained", "dam had no permit", "Berg paid J")

    found = figures_of(dam, MARKS)

    ideal = 2 + 2 / math.log2(3) + 1 / 2
    assert found.ndcg == pytest.approx((2 + 1 / math.log2(5)) / ideal)
    assert (found.top, found.anywhere, found.found) == (0.5, 0.5, 2 / 3)
    assert found.noise == 0.25


def test_half_of_a_claim_is_enough_to_hit_it_and_less_is_not():
    [whole] = spans_of(TEXT, "Nobody was warned")
    half = Span(whole.start, whole.start + 9)

    assert figures_of([half], MARKS).anywhere == 0.5
    assert figures_of([Span(half.start, half.end - 1)], MARKS).anywhere == 0


def test_what_cannot_be_measured_is_no_figure():
    nothing = figures_of([], MARKS)
    assert (nothing.ndcg, nothing.noise, nothing.predictions) == (0, None, 0)
    unworthy = figures_of(spans_of(TEXT, "It rained"), marked(It_rained=0))
    assert (unworthy.ndcg, unworthy.top, unworthy.anywhere, unworthy.found) == (None,) * 4
    assert unworthy.noise == 1


@given(st.permutations(range(4)))
def test_the_order_changes_only_what_comes_first(order):
    ranking = Ranking(
        spans_of(TEXT, "The dam had no permit", "It rained", "Berg paid J", "Nobody was warned"),
        MARKS,
    )

    best, found = ranking.figures([0, 3, 2, 1]), ranking.figures(order)
    assert 0 <= found.ndcg <= best.ndcg == 1
    assert (found.top, found.anywhere, found.noise) == (1, 1, best.noise)


def test_sentences_end_at_stops_that_are_not_those_of_initials():
    assert [TEXT[one.start : one.end].strip() for one in sentence_spans(TEXT)] == [
        "The dam had no permit.",
        "It rained.",
        "Mr. Berg paid J. Lund 4 million.",
        "How lovely!",
        "“Nobody was warned.”",
        "The end",
    ]


def test_controls_suggest_every_sentence_and_draw_the_same_order_each_time():
    article = LabelledArticle("a", TEXT, MARKS)

    found, again = control_figures(article, seed=1), control_figures(article, seed=1)

    assert found == again
    assert list(found) == ["random", "length", "all-positive"]
    assert {one.predictions for one in found.values()} == {6}
    assert {one.anywhere for one in found.values()} == {1}
    # Longest first: Berg, the dam, Nobody.
    gains = (1 + 2 / math.log2(3) + 2 / math.log2(4)) / (2 + 2 / math.log2(3) + 1 / math.log2(4))
    assert found["length"].ndcg == pytest.approx(gains)
    assert found["random"].ndcg != control_figures(article, seed=2)["random"].ndcg


def test_a_drawn_order_is_the_mean_of_many():
    lone = LabelledArticle("a", TEXT, marked(The_dam_had_no_permit=2))

    found = control_figures(lone, seed=0)["random"]

    wanted = sum(1 / math.log2(rank + 2) for rank in range(6)) / 6
    assert found.ndcg == pytest.approx(wanted, abs=4 * 0.2 / math.sqrt(DRAWS))


def articles(number=12):
    return [LabelledArticle(f"a{at}", TEXT, MARKS) for at in range(number)]


def test_scorers_stand_side_by_side_with_the_controls_and_what_the_second_has_above_the_first():
    good = scorer("good", {"The dam had no permit": 0.9, "Nobody was warned": 0.8})
    bad = scorer("bad", {"It rained": 0.9, "How lovely": 0.8, "Nobody was warned": 0.1})

    found = article_table(articles(), [bad, good], seed=0)

    assert list(found.columns) == ["bad", "good", "random", "length", "all-positive"]
    assert found.counts == {"articles": 12, "marks": 48, "twos": 24}
    assert found.columns["good"]["anywhere"].value == 1
    assert found.columns["bad"]["noise"].value == pytest.approx(2 / 3)
    assert list(found.differences) == ["good"]
    gain = found.differences["good"]["ndcg"]
    assert gain.value == pytest.approx(
        found.columns["good"]["ndcg"].value - found.columns["bad"]["ndcg"].value
    )
    # Every article is the same here: nothing depends on which are drawn.
    assert gain.low == pytest.approx(gain.value)
    assert gain.high == pytest.approx(gain.value)


def test_an_interval_is_wider_where_articles_differ_and_narrower_with_more_of_them():
    good = scorer("good", {"The dam had no permit": 0.9, "Nobody was warned": 0.8})
    half = LabelledArticle("b", TEXT, marked(The_dam_had_no_permit=2, The_end=2))

    few = article_table([*articles(4), half], [good], seed=0).columns["good"]["anywhere"]
    many = article_table([*articles(40), *[half] * 10], [good], seed=0).columns["good"]["anywhere"]

    assert few.value == many.value == 0.9
    assert few.low < many.low < 0.9 < many.high < few.high


def test_a_figure_that_no_article_has_is_none():
    lone = LabelledArticle("a", TEXT, marked(It_rained=0))

    found = article_table([lone], [scorer("one", {"It rained": 0.5})], seed=0)

    assert found.columns["one"]["ndcg"] is None
    assert found.columns["one"]["noise"].value == 1


def test_sentences_are_ranked_by_their_best_statement():
    sentences = [
        LabelledSentence("The council sold the docks for 4 million euros.", "yes"),
        LabelledSentence("I think we can do better.", "no"),
        LabelledSentence("The firm lost 300 jobs in March.", "yes"),
        LabelledSentence("What a day it was for everybody who came to see it happen!", "no"),
    ]

    found = sentence_table(sentences, [scorer_of("rules")], seed=0)

    assert found.counts == {"statements": 4, "worthy": 2, "groups": 4}
    assert found.columns["rules"]["average_precision"].value == 1
    assert found.columns["length"]["average_precision"].value < 1
    assert found.columns["all-positive"]["average_precision"].value == 0.5


def picks(number=60):
    dice = random.Random(3)
    for at in range(number):
        picked = at % 2 == 0
        topic = "harbour dues" if picked else "school meals"
        signals = {"share": 1.0} if dice.random() < 0.5 else {}
        yield Example(signals, f"{topic} rose by {at} percent", float(picked), f"a{at // 4}")


def test_what_a_desk_picked_measures_what_is_learned_from_other_articles():
    found = pick_table(list(picks()), prior=shipped(), seed=0)

    assert list(found.columns) == ["shipped", "learned", "random", "length", "all-positive"]
    assert found.columns["learned"]["average_precision"].value > 0.9
    assert found.columns["all-positive"]["average_precision"].value == 0.5
    assert found.differences["learned"]["average_precision"].low > 0


def test_of_one_article_nothing_is_held_out():
    lone = [Example(one.signals, one.text, one.label, "a") for one in picks()]

    assert "learned" not in pick_table(lone, prior=shipped(), seed=0).columns


def test_the_most_wrong_are_high_scores_of_nothing_and_low_ones_of_what_matters():
    one = scorer(
        "one", {"The dam had no permit": 0.2, "It rained": 0.9, "How lovely": 0.4, "The end": 0.95}
    )
    article = LabelledArticle("a", TEXT, (*MARKS, *marked(The_end=0)))

    high, low = most_wrong(LabelledSet((article,)), one, 2)

    assert [(wrong.quote, wrong.score) for wrong in high] == [("The end", 0.95), ("It rained", 0.9)]
    assert [(wrong.quote, wrong.score) for wrong in low] == [
        ("The dam had no permit", 0.2),
        ("Nobody was warned", None),
    ]
    assert high[0].reasons == ("a count",)
    assert (low[1].where, low[1].label, low[1].is_listed) == ("a", "2", False)


def test_a_part_of_a_claim_and_a_line_that_nobody_marked_are_no_mistakes():
    one = scorer("one", {"Nobody": 0.9, "How lovely": 0.8, "It": 0.7})

    high, _low = most_wrong(LabelledSet((LabelledArticle("a", TEXT, MARKS),)), one, 5)

    assert [wrong.quote for wrong in high] == ["It"]


def test_what_scores_too_low_to_be_suggested_is_told_with_its_reasons():
    text = "Somebody may perhaps think that a plan could be a nice idea for us all in the end."
    article = LabelledArticle("a", text, (Mark(0, len(text) - 1, 2),))

    _high, low = most_wrong(LabelledSet((article,)), scorer_of("rules"), 5)

    assert low
    assert low[0].score < shipped().listed_from
    assert not low[0].is_listed
    assert low[0].against


@pytest.mark.field
def test_our_figures_are_those_of_the_scorer_of_the_news_gold(field_data):
    folder = field_data / "data" / "news-gold"
    spec = importlib.util.spec_from_file_location("news_gold_score", folder / "score.py")
    theirs = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(theirs)
    rules = scorer_of("rules")
    ours = article_table(read_set(folder / "dev").articles, [rules], seed=0).columns

    rows = []
    for path in sorted((folder / "dev").glob("*.gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = path.with_name(f"{gold['id']}.txt").read_bytes().decode("utf-8")
        [article] = read_set(path).articles
        found = [one.as_json_dict() for one in candidates_of(article, rules.reads)]
        rows.append(theirs.score(text, gold, json.loads(json.dumps(found)))[0])

    pairs = {
        "ndcg10": ours["rules"]["ndcg"],
        "ndcg10_by_length": ours["length"]["ndcg"],
        "recall2_top10": ours["rules"]["top"],
        "recall2_any": ours["rules"]["anywhere"],
        "found": ours["rules"]["found"],
        "noise": ours["rules"]["noise"],
        "predictions": ours["rules"]["predictions"],
    }
    assert {name: one.value for name, one in pairs.items()} == {
        name: pytest.approx(theirs.mean([row[name] for row in rows]), abs=1e-9) for name in pairs
    }
    assert not np.isnan(ours["random"]["ndcg"].value)
