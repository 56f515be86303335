"""What a hop says besides its agent: the words that name it, and whose words the marks hold."""

from tests.cases import in_turn
from tests.unit.extraction.test_attribution import hops_of
from tests.unit.extraction.test_who_said_it import BEFORE


@in_turn(
    ("sentence", "named"),
    [
        ("Lund said the bridge is unsafe.", ["Lund"]),
        ("The ministry said the bridge is unsafe.", ["ministry"]),
        ("The bridge is unsafe, Mayor Lund said.", ["Mayor Lund"]),
        ("According to the Harbour Institute, the bridge is unsafe.", ["Harbour Institute"]),
        ("A report by the Harbour Institute says the bridge is unsafe.", ["Harbour Institute"]),
        ("Ida Moe, a lawyer, told the BBC that the bridge is unsafe.", ["BBC", "Ida Moe"]),
        ("Reuters quoted Lund as saying that the bridge is unsafe.", ["Reuters", "Lund"]),
        ("“The bridge is unsafe,” said Ida Moe of the port.", ["Ida Moe of the port"]),
        ("Lund’s claim that the bridge is unsafe led to a trial.", ["Lund"]),
        ("Documents seen by Reuters show the bridge is unsafe.", ["Reuters", "Documents"]),
        ("The council was told by engineers that the bridge is unsafe.", ["engineers"]),
    ],
)
def test_a_hop_points_at_the_words_that_name_it(sentence, named):
    text = BEFORE + sentence

    chain = hops_of(sentence, "bridge is unsafe", BEFORE)

    assert [text[hop.start : hop.end] for hop in chain] == named


def test_a_hop_that_a_pronoun_names_points_at_the_pronoun():
    text = "Lund came. He said the bridge is unsafe."

    [hop] = hops_of(text, "the bridge is unsafe", BEFORE)

    assert (hop.agent, (BEFORE + text)[hop.start : hop.end]) == ("Otto Lund", "He")


def test_speech_that_runs_on_has_no_words_for_its_speaker():
    text = "“It sank at once,” Lund said. “Nobody in the port knew why it had sunk.”"

    [hop] = hops_of(text, "Nobody in the port", BEFORE)

    assert (hop.agent, hop.start, hop.end) == ("Otto Lund", None, None)


@in_turn(
    ("sentence", "modes"),
    [
        # The claimant's own words.
        ("“The bridge is unsafe,” Lund said.", ["direct"]),
        ("Lund told CNN: “The bridge is unsafe.”", ["document", "direct"]),
        ("“The bridge is unsafe,” Lund said, according to CNN.", ["document", "direct"]),
        ("Lund’s view is that “the bridge is unsafe”.", ["direct"]),
        # The relay's words, in which the claimant is named.
        (
            "“Lund told us that the bridge is unsafe,” prosecutors said.",
            ["direct", "paraphrase"],
        ),
        (
            "The office wrote: “Mayor Lund told us that the bridge is unsafe.”",
            ["direct", "paraphrase"],
        ),
        # Nobody's words.
        ("Lund said the bridge is unsafe.", ["paraphrase"]),
        ("Lund told CNN that the bridge is unsafe.", ["document", "paraphrase"]),
        ("The report says the bridge is unsafe.", ["document"]),
        ("The office said that Lund warned that the bridge is unsafe.", ["paraphrase"] * 2),
    ],
)
def test_quotation_marks_belong_to_who_stands_outside_of_them(sentence, modes):
    assert [hop.mode for hop in hops_of(sentence, "bridge is unsafe", BEFORE)] == modes
