"""Two who speak in turn in one sentence, and one who reports the other."""

from tests.cases import in_turn
from tests.unit.extraction.behind import agents_behind


@in_turn(
    ("text", "words", "agents"),
    [
        (
            "Ann Lund said the bridge was closed, and Tom Lee said it was sold.",
            "the bridge was closed",
            ["Ann Lund"],
        ),
        (
            "Ann Lund said the bridge was closed, and Tom Lee said it was sold.",
            "it was sold",
            ["Tom Lee"],
        ),
        (
            "Ann Lund said the bridge was closed in May and Tom Lee said it was sold.",
            "the bridge was closed",
            ["Ann Lund"],
        ),
        (
            "Ann Lund said the bridge was closed in May and Tom Lee said it was sold.",
            "it was sold",
            ["Tom Lee"],
        ),
        (
            "Ann Lund said the bridge was closed but Tom Lee denied it was sold.",
            "the bridge was closed",
            ["Ann Lund"],
        ),
        (
            "Ann Lund said the bridge was closed but Tom Lee denied it was sold.",
            "it was sold",
            ["Tom Lee"],
        ),
        (
            "Ann Lund said 40 people died, and the port office said 30 were hurt.",
            "40 people died",
            ["Ann Lund"],
        ),
        (
            "Ann Lund said 40 people died, and the port office said 30 were hurt.",
            "30 were hurt",
            ["port office"],
        ),
        (
            "Ann Lund says the town lost 40 ships, while Tom Lee says it lost 30.",
            "the town lost 40",
            ["Ann Lund"],
        ),
        (
            "Ann Lund says the town lost 40 ships, while Tom Lee says it lost 30.",
            "it lost 30",
            ["Tom Lee"],
        ),
        (
            "Police said the driver was drunk; his lawyer said he had slept.",
            "the driver was drunk",
            ["Police"],
        ),
        (
            "Police said the driver was drunk; his lawyer said he had slept.",
            "he had slept",
            ["his lawyer"],
        ),
        (
            "Ann Lund said that Tom Lee had told the crew the bridge was sold.",
            "the bridge was sold",
            ["Ann Lund", "Tom Lee"],
        ),
        (
            "Ann Lund said the bridge was closed and Tom Lee had told the crew it was sold.",
            "it was sold",
            ["Ann Lund", "Tom Lee"],
        ),
        (
            "The office said the mayor claimed the bridge was sold.",
            "the bridge was sold",
            ["office", "mayor"],
        ),
        (
            "“The bridge was closed in May,” Ann Lund said, and Tom Lee said it was sold.",
            "The bridge was closed",
            ["Ann Lund"],
        ),
        (
            "“The bridge was closed in May,” Ann Lund said, and Tom Lee said it was sold.",
            "it was sold",
            ["Tom Lee"],
        ),
    ],
)
def test_each_of_two_speakers_has_what_that_one_said(text, words, agents):
    assert agents_behind(text, words) == agents
