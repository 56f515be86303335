"""How many origins some uses of sources have, and which sources are one."""

from app.domain.evidence_words import GateLevel, GateRule, SourceStanding
from app.domain.gates import Facts, Rule, Use, alike, counted, lines
from app.domain.words import Answers, SourceKind, SourceRecord, Stance
from tests.cases import in_turn

SAID, SO, BOTH = Answers.SAID, Answers.SO, Answers.BOTH


def use(source=1, **values):
    return Use(source=source, **values)


def search(**values):
    return use(99, kind=SourceKind.SEARCH, **values)


ORIGIN_CASES = {
    "no source": ([], 2, (0, False)),
    "one of two": ([use(1)], 2, (1, False)),
    "two pages": ([use(1), use(2)], 2, (2, True)),
    "the same page twice": ([use(1), use(1)], 2, (1, False)),
    "more than wanted": ([use(1), use(2), use(3)], 2, (3, True)),
    "one wanted": ([use(1)], 1, (1, True)),
    "two copies of one wire story": (
        [use(1, origin="Reuters"), use(2, origin="Reuters")],
        2,
        (1, False),
    ),
    "ten copies": ([use(n, origin="dpa, 4 September") for n in range(10)], 2, (1, False)),
    "origins in other letters": (
        [use(1, origin=" REUTERS "), use(2, origin="reuters")],
        2,
        (1, False),
    ),
    "origins with other blanks": (
        [use(1, origin="AP  wire"), use(2, origin="ap wire")],
        2,
        (1, False),
    ),
    "two origins": ([use(1, origin="AP"), use(2, origin="dpa")], 2, (2, True)),
    "a blank origin is none": ([use(1, origin=" "), use(2, origin="")], 2, (2, True)),
    "one checker names the origin, one does not": ([use(1, origin="AP"), use(1)], 2, (1, False)),
    "one page under two origins": ([use(1, origin="AP"), use(1, origin="dpa")], 2, (1, False)),
    "a page that joins two origins": (
        [use(1, origin="AP"), use(2, origin="dpa"), use(3, origin="AP"), use(3, origin="dpa")],
        2,
        (1, False),
    ),
    "the desk says they are copies": (
        [use(1, origin="AP", desk_origin="dpa"), use(2, desk_origin="dpa")],
        2,
        (1, False),
    ),
    "the desk says they are not": (
        [use(1, origin="AP"), use(2, origin="AP", desk_origin="own survey")],
        2,
        (2, True),
    ),
    "a search is no source": ([use(1), search()], 2, (1, False)),
    "one is used no more": ([use(1), use(2, standing=SourceStanding.RETIRED)], 2, (1, False)),
    "one is not to be relied on": (
        [use(1), use(2, standing=SourceStanding.UNRELIABLE)],
        2,
        (1, False),
    ),
    "one was corrected": ([use(1), use(2, standing=SourceStanding.CORRECTED)], 2, (2, True)),
    "one is for the other question": ([use(1), use(2, answers=SAID)], 2, (1, False)),
    "one answers both": ([use(1), use(2, answers=BOTH)], 2, (2, True)),
    "context carries nothing": ([use(1), use(2, stance=Stance.CONTEXT)], 2, (1, False)),
    "context joins nothing": (
        [use(1, origin="AP"), use(2, origin="dpa"), use(3, stance=Stance.CONTEXT)],
        2,
        (2, True),
    ),
    "the same letter, written twice": ([use(1, alike="x"), use(2, alike="x")], 2, (1, False)),
    "two letters": ([use(1, alike="x"), use(2, alike="y")], 2, (2, True)),
    "a letter named like an origin": ([use(1, alike="ap"), use(2, origin="AP")], 2, (2, True)),
    "not to be shown, counts": (
        [use(1), use(2, record=SourceRecord.NOT_FOR_PUBLICATION)],
        2,
        (2, True),
    ),
    "a person and a document": (
        [use(1, kind=SourceKind.PERSON), use(2, kind=SourceKind.DOCUMENT)],
        2,
        (2, True),
    ),
    "a calculation is of what it is made of": (
        [use(1), use(2, kind=SourceKind.CALCULATION)],
        2,
        (1, False),
    ),
    "two calculations": ([use(n, kind=SourceKind.CALCULATION) for n in (1, 2)], 2, (1, False)),
    "a calculation alone": ([use(1, kind=SourceKind.CALCULATION)], 1, (1, True)),
}


@in_turn(("uses", "wanted", "expected"), ORIGIN_CASES.values())
def test_origins_are_counted_not_addresses(uses, wanted, expected):
    facts = Facts(evidence={SO: counted(uses, SO)})

    [line] = lines(facts, [Rule(GateRule.ORIGINS, SO, GateLevel.BLOCK, wanted)], asked={SO})

    assert (line.found, line.is_met) == expected
    assert line.wanted == wanted


WEB, DOCUMENT = SourceKind.WEB, SourceKind.DOCUMENT


@in_turn(
    ("one", "other", "expected"),
    [
        (("http://www.a.example/1", WEB), ("https://a.example/1", WEB), True),
        (("https://a.example/1", WEB, "T"), ("https://a.example/1", DOCUMENT, "U"), True),
        (("https://a.example/1", WEB, "T"), ("https://a.example/2", WEB, "T"), False),
        ((None, DOCUMENT, "Letter", "A"), (None, DOCUMENT, " LETTER ", "a"), True),
        ((None, DOCUMENT, "Letter", None), (None, DOCUMENT, "Letter", ""), True),
        ((None, DOCUMENT, "Letter", "A"), (None, DOCUMENT, "Letter", "B"), False),
        ((None, DOCUMENT, "A letter"), (None, SourceKind.PERSON, "A letter"), False),
    ],
)
def test_sources_are_one_by_their_page_or_without_any_by_how_they_are_described(
    one, other, expected
):
    assert (alike(*one) == alike(*other)) is expected
