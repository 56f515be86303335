"""Pairs, clients, companies behind their papers, and quotations printed twice."""

from tests.cases import in_turn
from tests.unit.extraction.behind import agents_behind


@in_turn(
    ("text", "words", "agents"),
    [
        (
            "Senator Elise Warner and congresswoman Alexa Ortega-Cruz voted no. They said the bill cost 3 billion dollars.",
            "the bill cost",
            ["Elise Warner and Alexa Ortega-Cruz"],
        ),
        ("Ann Lee met Bo Diaz. They said the bill cost 3 billion dollars.", "the bill cost", []),
        (
            "Bright Motor have sold two shops. “We never closed the shops,” they said in a statement.\n“We have 40 people in them.”",
            "We never closed",
            ["Bright Motor"],
        ),
        (
            "Bright Motor have sold two shops. “We never closed the shops,” they said in a statement.\n“We have 40 people in them.”",
            "We have 40",
            ["Bright Motor"],
        ),
        (
            "The company that runs the port, Volvex, says 40 ships were sold. “We sold them in May,” they said.",
            "40 ships",
            ["Volvex"],
        ),
        (
            "The company that runs the port, Volvex, says 40 ships were sold. “We sold them in May,” they said.",
            "We sold them",
            ["Volvex"],
        ),
        ("The carmaker, Volvex, said 40 vans were sold.", "40 vans", ["Volvex"]),
        (
            "Tom Cook spoke. Hosting Cook is hard. Cook said 40 vans were sold.",
            "40 vans",
            ["Tom Cook"],
        ),
        (
            "Lund's lawyer, Ann Lee, spoke on Monday. Lee said her client was at home. Her client never left the house, she said. Otto Lund is 40.",
            "was at home",
            ["Ann Lee"],
        ),
        (
            "Otto Lund was arrested. In an email to the Coast Times, Lund's lawyer, Marisa Lee, said her client denied that he had sold the boat.",
            "he had sold the boat",
            ["Coast Times", "Marisa Lee", "Otto Lund"],
        ),
        (
            "Volvex sold two shops. The plant will close in May, according to a company statement.",
            "The plant will close",
            ["Volvex"],
        ),
        (
            "The Harbour Office closed a pier. Two beams broke, according to the office release.",
            "Two beams broke",
            ["Harbour Office"],
        ),
        (
            "Police closed a pier. Two beams broke, according to court documents.",
            "Two beams broke",
            ["court documents"],
        ),
        (
            "The Daily Tide was sold. Two beams broke, the Ministry of Works said in June. Ann Lee was told by the Harbour Office in May that the pier was closed.",
            "Two beams broke",
            ["Ministry of Works"],
        ),
        (
            "“Their system of pipes behaves in a strange way”\nAnn Lee met the crew on Monday.\n“In some houses their system of pipes behaves in a strange way,” Lee told the Coast Times.",
            "Their system of pipes",
            ["Coast Times", "Ann Lee"],
        ),
        (
            "Because Ann Lee saw the smoke, she told the man to open the windows. Within days, he began to sleep. The rest was easy, though Lee noted there was no proof.",
            "he began to sleep",
            [],
        ),
    ],
)
def test_whoever_is_pointed_back_to_is_named(text, words, agents):
    assert agents_behind(text, words) == agents
