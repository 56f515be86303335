from app.extraction.agents import Agent, agent_of
from app.extraction.names import Register
from app.extraction.sentences import Span
from app.extraction.tokens import tokens
from tests.cases import in_turn


def phrase(text):
    return agent_of(tokens(text, Span(0, len(text))), text)


@in_turn(
    ("text", "name", "kind", "named"),
    [
        ("Harbour Minister Ida von der Moe", "Ida von der Moe", "person", True),
        ("Taliban spokesman Karim Sadiq", "Karim Sadiq", "person", True),
        ("Gov. Ida Moe (R)", "Ida Moe", "person", True),
        ("43-year-old Bo Diaz of Springfield", "Bo Diaz", "person", True),
        ("financial planner Bo Diaz", "Bo Diaz", "person", True),
        ("Prince Otto", "Prince Otto", "person", True),
        ("the U.S. Coast Guard", "U.S. Coast Guard", "organisation", True),
        ("Norway’s foreign ministry", "Norway’s foreign ministry", "organisation", True),
        ("WHO", "WHO", "organisation", True),
        ("a White House official", "White House official", "unnamed", False),
        ("some residents", "some residents", "unnamed", False),
        ("Officials", "Officials", "unnamed", False),
        (
            "a new study published in Nature on Monday",
            "new study published in Nature",
            "document",
            False,
        ),
        ("Bo Diaz of the Coast Times", "Coast Times", "organisation", True),
        ("NPR’s Bo Diaz", "NPR", "organisation", True),
    ],
)
def test_a_noun_phrase_names_one_agent(text, name, kind, named):
    agent = phrase(text)

    assert agent is not None
    assert (agent.name, agent.kind, agent.named) == (name, kind, named)


@in_turn("text", ["nothing", "this", "the", "12", "whatever"])
def test_words_that_cannot_speak_name_nobody(text):
    assert phrase(text) is None


def register(*sentences):
    return Register.of([tokens(s, Span(0, len(s))) for s in sentences])


@in_turn(
    ("short", "full"),
    [
        (Agent("Moe", "person", True), "Ida Moe"),
        (Agent("Diaz", "organisation", True), "Roberto A. Diaz Jr."),
        (Agent("governor", "unnamed", False), "Ida Moe"),
        (Agent("CPR", "organisation", True), "Center for Port Research"),
        (Agent("Times", "organisation", True), "New Coast Times"),
        (Agent("Lund", "person", True), "Lund"),
    ],
)
def test_a_short_name_becomes_the_fullest_one_of_the_article(short, full):
    known = register(
        "Gov. Ida Moe met Roberto A. Diaz Jr. of the Center for Port Research.",
        "The New Coast Times called Rob Diaz, and Ola Lund met Tor Lund.",
    )

    assert known.fullest(short).name == full


def test_a_verb_at_the_start_of_a_sentence_is_no_given_name():
    known = register("We met Tim Cole in town.", "Hosting Cole was hard.")

    assert known.fullest(Agent("Cole", "person", True)).name == "Tim Cole"


def test_a_company_is_not_short_for_its_product():
    known = register("We saw Acme Rocket there.", "He bought an Acme Rocket.")

    assert known.fullest(Agent("Acme", "organisation", True)).name == "Acme"


def test_pronouns_after_a_name_tell_its_gender():
    known = register(
        "Later Kai-Li Wu said that she had lost her keys.", "Then Kai-Li Wu met her friend."
    )

    assert known.has_gender("Kai-Li Wu", "f")
    assert not known.may_be("Kai-Li Wu", "m")


def test_a_title_or_given_name_tells_which_pronoun_fits():
    known = register("Mr. Jo Lund met Ms. Kim Berg and Sam-Li Wu.")

    assert known.has_gender("Jo Lund", "m")
    assert known.has_gender("Kim Berg", "f")
    assert known.may_be("Sam-Li Wu", "f")
    assert not known.has_gender("Sam-Li Wu", "f")


def test_of_a_crowd_with_one_surname_nobody_is_meant():
    people = [f"{given}o Lund met Ann{given} Lund." for given in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]

    assert register(*people).fullest(Agent("Lund", "person", True)).name == "Lund"
