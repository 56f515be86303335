import pytest

from app.extraction.attribution import statements
from app.extraction.chains import hops
from app.extraction.reading import read, split
from app.extraction.sentences import Span, paragraphs
from app.extraction.tokens import tokens
from tests.cases import in_turn

KNOWN = (
    "Mayor Otto Lund met Ms. Ann Lee of the port office in town. "
    "Reporter Bo Diaz wrote it down for the New Coast Times.\n"
)


def said(text, own=frozenset()):
    """Every clause of a text with the chain of those who said it, and their modes."""
    found = []
    for this in read(text, split(text, paragraphs(text))):
        for piece in this.pieces:
            span = piece.clause.span
            chain = hops(piece.statement.links, span, this.sentence.quoted, own=own)
            found.append((text[span.start : span.end], chain))
    return found


def chain_of(text, words, before=KNOWN):
    """The agents who stand behind the clause that holds these words."""
    return [hop.agent for hop in hops_of(text, words, before)]


def hops_of(text, words, before=KNOWN):
    holding = [(clause, chain) for clause, chain in said(before + text) if words in clause]
    # A clause may stand inside of a whole statement: the shortest is the one that is meant.
    chains = [chain for _, chain in sorted(holding, key=lambda pair: len(pair[0]))[:1]]
    assert len(chains) == 1, (words, said(before + text))
    return list(chains[0])


@in_turn(
    ("sentence", "words", "chain"),
    [
        # The source introduces the words.
        ("Lund said the bridge cost 4 million euros.", "the bridge cost", ["Otto Lund"]),
        ("Lund said on Monday that the bridge was old.", "the bridge was", ["Otto Lund"]),
        ("Ms. Lee has also confirmed that the bridge was old.", "bridge was", ["Ann Lee"]),
        ("Prosecutors told reporters the inquiry was closed.", "inquiry was", ["Prosecutors"]),
        (
            "In 2016, the Ministry of Works reported that 3 piers sank.",
            "piers",
            ["Ministry of Works"],
        ),
        ("A harbour official said the ship was empty.", "the ship was", ["harbour official"]),
        ("“We closed it,” Lund said.", "We closed it", ["Otto Lund"]),
        ("Lund said: “The bridge was never safe.”", "never safe", ["Otto Lund"]),
        ("The woman who saw the ship said it was empty.", "it was empty", ["woman"]),
        ("Lund’s lawyer, Ida Moe, said the bridge was safe.", "bridge was safe", ["Ida Moe"]),
        (
            "Ida Moe, a lawyer for the port, said the bridge was safe.",
            "bridge was safe",
            ["Ida Moe"],
        ),
        ("Ida Moe, 41, a lawyer, said the bridge was safe.", "bridge was safe", ["Ida Moe"]),
        (
            "A study published in Nature on Monday found that fish sleep.",
            "fish sleep",
            ["study published in Nature"],
        ),
        ("The firm announced it would cut 800 jobs.", "it would cut", ["firm"]),
        ("Lund said about 40 ships sank.", "about 40 ships", ["Otto Lund"]),
        ("Lund said in a statement the bridge was sold.", "the bridge was sold", ["Otto Lund"]),
        # The tag follows.
        ("The bridge is unsafe, prosecutors said.", "bridge is unsafe", ["prosecutors"]),
        ("The bridge is unsafe, the port office said in a statement.", "unsafe", ["port office"]),
        ("“The bridge is unsafe,” said Ida Moe, 41, from Lund.", "unsafe", ["Ida Moe"]),
        ("“It fell at once,” Lund said. “Nobody was hurt.”", "Nobody was hurt", ["Otto Lund"]),
        ("“It fell at once. Nobody was hurt,” Lund said.", "It fell at once", ["Otto Lund"]),
        # Framed by a source.
        ("According to the United Nations, 40 ships sank.", "40 ships sank", ["United Nations"]),
        ("40 ships sank, according to the United Nations.", "40 ships sank", ["United Nations"]),
        ("The port lost 3 cranes, per Reuters.", "lost 3 cranes", ["Reuters"]),
        (
            "The bridge is unsafe, according to Bo Diaz of the Coast Times.",
            "unsafe",
            ["Coast Times"],
        ),
        ("As Bo Diaz reports for NPR, the bridge is unsafe.", "bridge is unsafe", ["NPR"]),
        ("According to his aunt, Jane Moe, the boy was ill.", "boy was ill", ["Jane Moe"]),
        (
            "The maker, which sells cars, says the new car will be able to fly.",
            "the new car will",
            ["maker"],
        ),
        # A cue that is part of the claim.
        ("Lund accused the port of hiding the debt.", "hiding the debt", ["Otto Lund"]),
        ("The port has denied the charge.", "denied the charge", ["port"]),
        ("The rebels claimed responsibility for the fire.", "for the fire", ["rebels"]),
        # Participles and nouns.
        ("Lund has denied the charge, saying the deal was legal.", "deal was legal", ["Otto Lund"]),
        ("Arguing that prices are low, Lund opened a shop.", "prices are low", ["Otto Lund"]),
        ("Critics have voiced fears that the bridge is unsafe.", "bridge is unsafe", ["Critics"]),
        # Relays, from the reader inwards.
        ("Lund told the BBC that the bridge is unsafe.", "unsafe", ["BBC", "Otto Lund"]),
        ("Ida Moe said in an email to Reuters that it sank.", "it sank", ["Reuters", "Ida Moe"]),
        ("“It sank,” Lund said, according to ABC News.", "It sank", ["ABC News", "Otto Lund"]),
        (
            "According to ABC News, a clerk said that Lund claimed the bridge was sold.",
            "bridge was sold",
            ["ABC News", "clerk", "Otto Lund"],
        ),
    ],
)
def test_a_statement_is_traced_to_those_who_said_it(sentence, words, chain):
    assert chain_of(sentence, words) == chain


@in_turn(
    ("sentence", "words"),
    [
        ("The bridge was closed on Tuesday.", "bridge was closed"),
        ("Lund was accused of theft in 2010.", "accused of theft"),
        ("Visitors were told the bridge was closed.", "the bridge was closed"),
        ("Lund did not say that the bridge was sold.", "bridge was sold"),
        ("The fire raised fears about the bridge.", "fears about"),
        ("Preliminary reports do not mention a fire.", "mention a fire"),
        ("The deal, sparking wide fears of a loss, was signed.", "was signed"),
        ("The plan highlights that bridges need care.", "bridges need care"),
    ],
)
def test_where_nobody_is_named_as_a_source_nobody_is_guessed(sentence, words):
    assert chain_of(sentence, words) == []


def test_quotation_marks_of_a_relay_make_the_claimant_paraphrased():
    text = (
        "According to Radio News, a palace aide confirmed the visit and said that Lund “stressed "
        "that the town must sell the port — as the port lost 40 million euros in two years.”"
    )

    chain = hops_of(text, "the port lost 40 million euros in two years")

    assert [(h.agent, h.mode, h.named, h.kind) for h in chain] == [
        ("Radio News", "document", True, "organisation"),
        ("palace aide", "direct", False, "unnamed"),
        ("Otto Lund", "paraphrase", True, "person"),
    ]
    assert [h.cue for h in chain] == ["according to", "said that", "stressed that"]


@pytest.mark.parametrize(
    ("sentence", "mode"),
    [
        ("“The bridge is unsafe,” Lund said.", "direct"),
        ("Lund said the bridge is unsafe.", "paraphrase"),
        ("A report found that the bridge is unsafe.", "document"),
    ],
)
def test_the_mode_says_whose_words_stand_there(sentence, mode):
    assert [h.mode for h in hops_of(sentence, "bridge is unsafe")] == [mode]


@in_turn(
    ("text", "words", "claimant"),
    [
        # The speaker of the sentence before.
        (
            "Lund said the port was full. He said the bridge was empty.",
            "bridge was empty",
            "Otto Lund",
        ),
        (
            "The Red Cross said it rained. It said 3 roads were shut.",
            "roads were shut",
            "Red Cross",
        ),
        ("Ann Lee said it rained. “We left,” she said.", "We left", "Ann Lee"),
        # The only person of the sentence before.
        (
            "The crew called Mayor Otto Lund. He said the bridge was shut.",
            "bridge was shut",
            "Otto Lund",
        ),
        # The person of the same sentence.
        (
            "Lund’s office said that he told staff the bridge was shut.",
            "bridge was shut",
            "Otto Lund",
        ),
    ],
)
def test_a_pronoun_is_resolved_to_who_was_heard_last(text, words, claimant):
    assert chain_of(text, words)[-1] == claimant


@pytest.mark.parametrize(
    "text",
    [
        # Two people of the same surname.
        "Tim Moe met Pam Moe. A man whom Moe knew came. He said the bridge was shut.",
        # Nobody was heard.
        "The rain fell. He said the bridge was shut.",
    ],
)
def test_a_pronoun_that_may_mean_several_gives_no_claimant(text):
    assert chain_of(text, "the bridge was shut", before="") == []


def test_a_reporter_stands_for_the_outlet_from_the_first_mention_on():
    text = "The port was sold, according to Ola Berg of the Times. The bridge fell, reports Berg."

    assert chain_of(text, "The bridge fell") == ["New Coast Times"]


def test_speech_that_runs_on_into_the_next_paragraph_keeps_its_speaker():
    text = "Lund said: “The port was sold.\n“The bridge was sold, too.”"

    assert chain_of(text, "The bridge was sold") == ["Otto Lund"]


def test_the_publisher_is_never_a_hop():
    text = "Lund told The Daily Coast that the bridge was sold."

    [(_, chain)] = said(text, own=frozenset({"dailycoast"}))

    assert [h.agent for h in chain] == ["Lund"]


def test_a_conjunction_that_stands_alone_is_read():
    assert [s.links for s in statements("But", tokens("But", Span(0, 3)), lambda a, _: a)] == [()]
