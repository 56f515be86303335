import pytest

from app.extraction.candidate import Hop
from app.extraction.kinds import nature, shortened
from app.extraction.quantities import quantities
from app.extraction.quotation import quotations
from app.extraction.sentences import Span
from app.extraction.tokens import tokens
from tests.cases import in_turn


def said(cue="said", *, agent="Ida Moe", kind="person", mode="paraphrase"):
    return (Hop(agent, cue, mode, named=True, kind=kind),)


def read(sentence, *, hops=(), behind=""):
    text = sentence + behind
    span = Span(0, len(sentence))
    quoted = quotations(text, 0, len(text))
    return nature(
        text,
        span,
        tokens(text, span, quoted),
        hops=hops,
        quantities=quantities(sentence),
        quoted=quoted,
    )


KINDS = [
    # What happened rests on its verb; figures on themselves.
    ("The port closed in May", {"event": ["closed"]}),
    ("Three people were killed in the fire", {"event": ["were killed"], "quantity": ["Three"]}),
    ("The crew has left the island", {"event": ["has left"]}),
    ("The town did not sell the pier", {"event": ["did not sell"]}),
    ("The owner, who ran two piers, sold the port", {"event": ["sold"], "quantity": ["two"]}),
    ("The firm based in Lund has closed", {"event": ["has closed"]}),
    ("After the storm, the crew left", {"event": ["left"]}),
    ("The ship is blue", {"event": ["is"]}),
    ("In a note seen by the crew, the owner blamed the fog", {"event": ["blamed"]}),
    ("Asked about the loss, the owner laughed", {"event": ["laughed"]}),
    ("The people who came into the port were sent home", {"event": ["were sent"]}),
    (
        "The rate on newly financed ships averaged 5 percent",
        {"event": ["averaged"], "quantity": ["5"]},
    ),
    ("The port has 40 cranes", {"quantity": ["40"]}),
    # Cause and effect.
    ("The port closed because of the storm", {"event": ["closed"], "causal": ["because of"]}),
    ("The storm caused the fire", {"event": ["caused"], "causal": ["caused"]}),
    ("The delay was due to fog", {"causal": ["due to"]}),
    ("The fire led to a shortage", {"event": ["led"], "causal": ["led to"]}),
    ("The shortage stems from a strike", {"causal": ["stems from"]}),
    ("Smoking is linked to cancer", {"causal": ["linked to"]}),
    # Comparisons, of two things, of two times, of all.
    ("Rents rose sharply", {"comparison": ["rose"]}),
    ("Exports fell by 9 percent", {"comparison": ["fell"], "quantity": ["9 percent"]}),
    ("Lund is larger than Moe", {"comparison": ["larger than"]}),
    ("It is the largest port in the north", {"comparison": ["largest"]}),
    ("The rate was higher in spring than in autumn", {"comparison": ["higher in spring than"]}),
    ("Trade was flat", {"comparison": ["was flat"]}),
    ("Trade slowed to 3 percent", {"comparison": ["slowed"], "quantity": ["3"]}),
    ("Nurses earn less than teachers", {"comparison": ["less than"], "event": None}),
    ("The pier is twice as long as the ship", {"quantity": ["twice"], "comparison": ["twice as"]}),
    ("The bay is as deep as the lake", {"comparison": ["as deep as"]}),
    ("Compared with spring, trade was slow", {"comparison": ["Compared with"]}),
    # Law and rule.
    ("The law bans smoking on piers", {"rule": ["bans"]}),
    ("The bill would ban smoking on piers", {"rule": ["ban"]}),
    ("The new rules require owners to register", {"rule": ["require"]}),
    ("It is illegal to sell the fish", {"rule": ["illegal to"]}),
    ("Drivers must carry a licence", {"rule": ["must carry"]}),
    ("Owners are not allowed to build there", {"rule": ["are not allowed to"]}),
    ("The sale violated federal law", {"rule": ["violated federal law"], "event": ["violated"]}),
    ("Ships are barred from the bay", {"rule": ["are barred from"]}),
    # Positions.
    ("The port should close", {"position": ["should close"]}),
    ("The union opposes the sale", {"position": ["opposes"]}),
    ("The union called for a strike", {"position": ["called for"]}),
    ("The plan is a disgrace", {"position": ["is a disgrace"]}),
    # What is to come.
    ("The port will close", {"forecast": ["will close"]}),
    ("Rents are expected to fall", {"forecast": ["are expected to fall"]}),
    ("The firm plans to sell the pier", {"forecast": ["plans"]}),
]
NO_KIND = [
    ("More than 40 people came", "comparison"),
    ("Half the crew left", "comparison"),
    ("The union opposes the sale", "event"),
    ("The owner faces 3 years in prison", "event"),
    ("As many as 40 people came", "comparison"),
    ("He dropped the case", "comparison"),
    ("The minister declined to answer", "comparison"),
    ("She spoke rather than sang", "comparison"),
    ("The harbour is due to open", "causal"),
    ("He was allowed to leave the court", "rule"),
    ("The mayor read the law", "rule"),
    ("The ship had been sold", "forecast"),
    ("The mayor rejected the appeal", "position"),
    ("The port is large", "comparison"),
    ("The wall was built of stone", "causal"),
]


@in_turn(("sentence", "expected"), KINDS)
def test_each_kind_is_told_with_the_words_that_it_rests_on(sentence, expected):
    found = read(sentence)
    by_kind = {}
    for ground in found.grounds:
        by_kind.setdefault(ground.kind, []).append(ground.words)

    for kind, words in expected.items():
        if words is not None and kind == "quantity":
            assert by_kind[kind][0].startswith(words[0])
        elif words is not None:
            assert by_kind[kind] == words
    assert set(found.kinds) == set(by_kind)
    assert set(by_kind) <= set(expected) | {"event"}


@in_turn(("sentence", "kind"), NO_KIND)
def test_words_that_only_look_like_a_kind_are_none(sentence, kind):
    assert kind not in read(sentence).kinds


def test_a_quotation_rests_on_the_quoted_words_shortened():
    found = read(
        "the port “was run without any care for the many people who worked on its piers for years”",
        hops=said(),
    )
    [ground] = [g for g in found.grounds if g.kind == "quotation"]

    assert ground.words == "was run without any care for the many people who worked on"


@pytest.mark.parametrize(
    ("sentence", "hops"),
    [("The “old port” was sold", said()), ("The film “A Port in the Storm” was sold", ())],
)
def test_a_name_between_quotation_marks_is_no_quotation(sentence, hops):
    assert "quotation" not in read(sentence, hops=hops).kinds


def test_a_cue_that_only_expects_makes_a_forecast_of_a_clause_without_a_future():
    found = read("prices to rise", hops=said("expects"))

    assert found.marks == ("forecast",)
    assert [g.words for g in found.grounds if g.kind == "forecast"] == ["to rise"]


MARKS = [
    # Forecasts.
    ("forecast", "Prices will rise next year", ()),
    ("forecast", "Prices won’t rise next year", ()),
    ("forecast", "The sea would rise by a metre", said()),
    ("forecast", "The sea could rise by a metre", ()),
    ("forecast", "The pier may be sold", ()),
    ("forecast", "The firm is expected to lose money", ()),
    ("forecast", "The ban is likely to hurt traders", ()),
    ("forecast", "Traders are set to lose money", ()),
    ("forecast", "The town is on track to miss its goal", ()),
    ("forecast", "Exports are going to fall", ()),
    ("forecast", "Exports are forecast to fall", ()),
    ("forecast", "If the dam breaks, the valley will flood", ()),
    ("forecast", "The dam broke and the valley will flood", ()),
    ("forecast", "The plan, which the mayor backed, will cost 3 million euros", ()),
    ("forecast", "The bank predicts a loss", ()),
    ("forecast", "a loss of 3 million euros", said("forecast")),
    ("forecast", "the port will close", said(agent="Otto Lund")),
    ("forecast", "it will lose 40 million euros", said(agent="Acme", kind="organisation")),
    ("forecast", "it will rain for days", said(agent="Otto Lund")),
    ("forecast", "Prices will start to rise on Monday", ()),
    ("forecast", "The plant is to close", ()),
    ("forecast", "it’ll cost 3 million euros", said()),
    (
        "forecast",
        "it will carry 30 people",
        said("according to", agent="Acme", kind="organisation"),
    ),
    ("forecast", "Growth is forecast at 3 percent", ()),
    # Promises and plans.
    ("promise", "The mayor vowed to close the port", ()),
    ("promise", "The firm has pledged 3 million euros", ()),
    ("promise", "The firm plans to sell the pier", ()),
    ("promise", "The town is committed to the sale", ()),
    ("promise", "The council aims to build 300 homes", ()),
    ("promise", "we will build 300 homes", said(mode="direct")),
    ("promise", "we’ll build 300 homes", said(mode="direct")),
    ("promise", "our government will never sell the port", said(mode="direct")),
    ("promise", "it will close the plant", said(agent="Acme", kind="organisation")),
    ("promise", "it would close the plant", said(agent="Acme", kind="organisation")),
    ("promise", "she will publish the letters", said()),
    ("promise", "a new pier by May", said("promised")),
    # Opinions.
    ("opinion", "The port should close", ()),
    ("opinion", "the port must close", said()),
    ("opinion", "the town needs to act", said()),
    ("opinion", "The plan is a disaster", ()),
    ("opinion", "it was totally unacceptable", said()),
    ("opinion", "He is one of the best players", ()),
    ("opinion", "I think the port lost money", said(mode="direct")),
    ("opinion", "In my view the port lost money", said(mode="direct")),
    ("opinion", "the port lost money", said("believes")),
    ("opinion", "the port had lost money", said("voiced fears that")),
    ("opinion", "The mayor hopes the port survives", ()),
    ("opinion", "the sale has been wonderful", said()),
    ("opinion", "The plan is good for the town", ()),
    # Questions.
    ("question", "She asked whether the port was sold", ()),
    ("question", "Lawmakers questioned why the port was sold", ()),
    ("question", "The crew wondered if the port was sold", ()),
    ("question", "Was the port sold?", ()),
    ("question", "whether the port was sold", said("asked")),
    ("question", "The question is whether the port was sold", ()),
]
PLAIN = [
    ("The court will hear the case", ()),
    ("The museum will open on Monday", ()),
    ("The law will take effect in June", ()),
    ("The race is scheduled to start on Friday", ()),
    ("The talks are due to begin on Tuesday", ()),
    ("He told the man who will lead the party", ()),
    ("The bill that would ban the sale was passed", ()),
    ("Shares fell after the firm said it would cut jobs", ()),
    ("The port would have closed", ()),
    ("Under the act, owners may sell the port", ()),
    ("Prices were better than expected", ()),
    ("The bill would ban smoking on piers", ()),
    ("The project, expected to cost 3 million euros, was delayed", ()),
    ("The museum will be closed on Monday", ()),
    ("The show will air next spring", ()),
    ("The question was raised in 2018", ()),
    ("The bank raised its growth forecast", ()),
    ("The promised homes were never built", ()),
    ("He broke his promise to build 300 homes", ()),
    ("The team won the best picture award", ()),
    ("He would often visit the pier", ()),
    ("She could not see the ship", ()),
    ("Residents could smell gas", ()),
    ("The note may have been forged", ()),
    ("His will was read in court", ()),
    ("Will Moe sold the port", ()),
    ("The port was sold in May", ()),
    ("May was the wettest month since 1990", ()),
    ("It was the best May since 1990", ()),
    ("The court ruled that the sale was void", ()),
    ("The drug was approved", said()),
    ("The owner agreed to pay 3 million euros", ()),
    ("The planned sale was stopped", ()),
    ("The expected loss was 3 million euros", ()),
    ("The singer is best known for two songs", ()),
    ("Drivers must carry a licence", ()),
    ("visitors must show a pass", said(agent="Lund Museum", kind="organisation")),
    ("The owner had to close the port", ()),
    ("the dam was unsafe", said("warned")),
    ("He asked the crew for money", ()),
    ("The firm set up a fund", ()),
    ("The port, which will close, was sold", ()),
    ("He was promised a post by the mayor", ()),
    ("A good half of the town left", ()),
    ("Right now the port is closed", ()),
    ("The would-be buyer left the town", ()),
    ("The vote was held on Monday", ()),
    ("The mayor has a good lawyer", ()),
    ("the owner did not intend to sink the ship", said("told")),
    ("the pumps were broken", said("swore")),
]


@in_turn(("mark", "sentence", "hops"), MARKS)
def test_what_is_no_report_of_fact_is_marked(mark, sentence, hops):
    assert read(sentence, hops=hops).marks == (mark,)


@in_turn(("sentence", "hops"), PLAIN)
def test_plain_reports_and_calendars_bear_no_mark(sentence, hops):
    assert read(sentence, hops=hops).marks == ()


def test_a_question_mark_behind_the_clause_makes_it_a_question():
    assert read("Was the port sold", behind="?”").marks == ("question",)
    assert read("The port was sold", behind=".”").marks == ()


@in_turn("sentence", ["", "—", "Nowhere", "40 million euros", "the old port"])
def test_a_clause_without_a_verb_has_a_kind_and_words_that_it_rests_on(sentence):
    found = read(sentence)

    assert found.kinds
    assert all(ground.words in sentence for ground in found.grounds)


def test_a_ground_is_shortened_behind_a_word():
    assert shortened("short") == "short"
    assert shortened("word " * 30) == ("word " * 12).strip()
    assert len(shortened("x" * 90)) == 60
