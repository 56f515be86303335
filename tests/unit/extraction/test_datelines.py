from app.extraction.datelines import after_dateline
from app.extraction.sentences import Span
from tests.cases import in_turn

_REST = "The mayor sold the hall."


@in_turn(
    "dateline",
    [
        "NORWICK, Ohio (AP) — ",
        "NORWICK, England (AP) _ ",
        "Norwick (Reuters) - ",
        "NORWICK — ",
        "NORWICK: ",
        "NORWICK, Nov. 19 (Xinhua) -- ",
        "London, 5 May 2020 (AFP) - ",
        "Washington, D.C. — ",
        "WASHINGTON/LONDON (Reuters) - ",
        "ST. LOUIS (AP) _ ",
        "(CNN) — ",
        "(CNN) ",
        "NEW NORWICK (CNN Business) ",
        "SAO NORO, Brazil, May 5 (Reuters) – ",
        "NORWICK (Reuters Health) – ",
        "BAD NORWICK, Germany: ",
        "March 3 (Reuters) - ",
        "Norwick, DC, Norland: ",
        "Bad Norwick (CNN Business) ",
        "1) ",
        "(2) ",
        "3. ",
    ],
)
def test_a_dateline_is_no_part_of_the_sentence(dateline):
    text = dateline + _REST

    rest = after_dateline(text, Span(0, len(text)))

    assert text[rest.start : rest.end] == _REST


@in_turn(
    "sentence",
    [
        "Ann Lee — the mayor of Norwick — sold the hall.",
        "Ann Lee (D-Norwick) sold the hall.",
        "NASA (the space agency) sold the hall.",
        "UNESCO (UN) sold the hall.",
        "NATO sold the hall.",
        "May 3 was the day of the sale.",
        "12 mayors sold the hall.",
        "2.5 million people live there.",
        "The Mayor, Ann Lee, sold the hall.",
    ],
)
def test_a_subject_is_no_dateline(sentence):
    assert after_dateline(sentence, Span(0, len(sentence))) == Span(0, len(sentence))
