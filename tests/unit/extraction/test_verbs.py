from app.extraction.sentences import Span
from app.extraction.tokens import tokens
from app.extraction.verbs import Verbs
from tests.cases import in_turn


def finite(sentence):
    words = tokens(sentence, Span(0, len(sentence)))
    return [words[at].text for at in Verbs(words).places]


@in_turn(
    ("sentence", "verbs"),
    [
        # A form in -s is a verb or the plural of a noun: the words around it tell.
        ("The company plans to build a mill that makes tyres.", ["plans", "makes"]),
        ("Its plans to open shops were dropped.", ["were"]),
        ("Car sales in June fell by 3 percent.", ["fell"]),
        ("The drug costs $40 and lasts 3 days.", ["costs", "lasts"]),
        ("The firm, which runs the port, owns a mill.", ["runs", "owns"]),
        ("The law allows firms to fire workers who refuse.", ["allows", "refuse"]),
        ("The rules on hire cars are strict.", ["are"]),
        # A past form is a verb, or describes a noun.
        ("The man arrested on Friday was charged.", ["was"]),
        ("Owners surveyed by the bank were cautious.", ["were"]),
        ("Rents increased by 3 percent as wages fell.", ["increased", "fell"]),
        ("A third undisclosed buyer left.", ["left"]),
        ("Results published last week show that the pill cures it.", ["show", "cures"]),
        # A group of verbs counts once.
        ("Output has not yet recovered.", ["has"]),
        ("The road was quickly closed.", ["was"]),
        ("They could have been told.", ["could", "have"]),
        # Contractions, and names that look like verbs.
        ("It doesn't matter, and it’s late.", ["doesn't", "it’s"]),
        ("May Lee left for Rome in May.", ["left"]),
        ("Will Marsh won.", ["won"]),
        # Plain forms after a plural.
        ("They want more, and officials believe it helps.", ["want", "believe", "helps"]),
        ("The three reports blame the owner.", ["blame"]),
        ("No verb in these words.", []),
    ],
)
def test_finite_verbs_are_told_from_nouns_and_participles(sentence, verbs):
    assert finite(sentence) == verbs
