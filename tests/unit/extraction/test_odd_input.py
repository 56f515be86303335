"""Texts that break other programs: nothing is lost, no place is wrong, nothing falls over."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.extraction import extract
from app.extraction.normalise import normalise
from tests.cases import in_turn

LONG = "The council of Lund sold 3 ships in 2019 and the harbour lost 40 million euros "
ODD = {
    "emoji before a quotation": "👩‍👩‍👧🇩🇪 “The port lost 40 million euros in 2019,” Otto Lund said.",
    "letters beyond the first plane": "𝒯he 𝔭ort. “The port lost 40 million euros,” Otto Lund said.",
    "zero-width characters": "The\u200b port\u200d lost \u206040 million euros in 2019, Otto Lund said.",
    "a soft hyphen in a word": "The port lost 40 mil\u00adlion euros in 2019, Otto Lund said.",
    "combining characters": "Otto Lu\u0308nd said that the cafe\u0301 lost 40 million euros in 2019.",
    "accents piled up": "The port l"
    + "o\u0301\u0302\u0303" * 40
    + "st 40 million euros, Otto Lund said.",
    "right to left": "قالت الوزارة إن الميناء خسر ٤٠ مليون يورو. “The port lost 40 million euros,” said Lund.",
    "direction marks": "\u202bOtto Lund said\u202c the port lost 40 million euros in 2019.\u200f",
    "mixed scripts": "Отто Лунд said that 港口 lost 40 million euros in 2019, η κυβέρνηση said.",
    "entities": "&ldquo;The port lost &euro;40 million in 2019,&rdquo; Otto Lund said. &amp;&#8221;",
    "an entity in a name": "Otto L&uuml;nd said that the port lost 40 million euros in 2019.",
    "a quotation that never closes": "“The port lost 40 million euros in 2019, Otto Lund said.",
    "a quotation that never opens": "The port lost 40 million euros in 2019,” Otto Lund said.",
    "marks of two kinds": "“The port lost 40 million euros in 2019,\" Otto Lund said. 'It sank.”",
    "two single marks for one": "``The port lost 40 million euros in 2019,'' Otto Lund said.",
    "Windows line ends": "Otto Lund said:\r\n“The port lost 40 million euros.”\r\n\r\nIt sank.\r",
    "form feeds and vertical tabs": "The port lost\x0b40 million euros\x0cin 2019, Otto Lund said.",
    "other line ends": "The port lost 40 million euros in 2019.\u2028Otto Lund said so.\u2029It sank.\u0085",
    "no blank after a full stop": "The port lost 40 million euros.It sold 3 ships.Lund was fined $5.",
    "no sentence end": LONG.strip(),
    "full stops alone": "..... .... ... .. .",
    "blanks of all widths": "The\u2003port\u00a0lost 40\u202fmillion\u2009euros, Otto Lund said.",
    "capitals": "THE PORT LOST 40 MILLION EUROS IN 2019, OTTO LUND SAID ON MONDAY.",
    "no capitals": "the port lost 40 million euros in 2019, otto lund said on monday.",
    "a byte order mark in the middle": "The port lost\ufeff 40 million euros in 2019, Otto Lund said.",
    "lone halves of a pair": "The port lost 40 million euros \udcff in 2019, Otto Lund said.",
    "private use": "The port lost 40 million euros \ue000\uf8ff in 2019, Otto Lund said.",
    "huge numbers": f"The port lost {'9' * 400} euros and {'1,000,' * 60}000 ships in 2019.",
    "numbers of other scripts": "The port lost ٤٠ million euros and ４０ ships and ½ of ² in 2019.",
}


def assert_places_hold(raw):
    text = normalise(raw)
    candidates = extract(raw, language="en", date="2020-02").candidates
    for claim in candidates:
        assert claim.quote == text[claim.start : claim.end] != ""
        for hop in claim.attribution:
            assert (hop.start is None) == (hop.end is None)
            assert hop.start is None or 0 <= hop.start < (hop.end or 0) <= len(text)
        for figure in claim.quantities:
            assert figure.raw in claim.quote
        for added in claim.additions:
            assert 0 <= added.start < added.end <= len(claim.text)
    return candidates


@in_turn("raw", ODD.values())
def test_an_odd_text_is_read_and_its_places_hold(raw):
    assert_places_hold(raw)


@in_turn(
    "name",
    [
        "emoji before a quotation",
        "letters beyond the first plane",
        "Windows line ends",
        "two single marks for one",
    ],
)
def test_the_claim_in_an_odd_text_is_found_with_its_figure(name):
    found = assert_places_hold(ODD[name])

    [claim] = [c for c in found if "40 million" in c.quote]
    assert [(q.value, q.unit) for q in claim.quantities] == [(40_000_000, "EUR")]
    assert claim.claimant == "Otto Lund"


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.sampled_from(sorted(ODD.values())), max_size=6),
    st.sampled_from(["", " ", "\n", "\r\n\r\n", "\u2028", "“"]),
)
def test_odd_texts_in_any_order_keep_their_places(texts, between):
    assert_places_hold(between.join(texts))


def test_one_paragraph_without_an_end_is_cut_and_nothing_is_read_twice():
    raw = LONG * 200

    candidates = assert_places_hold(raw)

    ends = [0, *(claim.end for claim in candidates)]
    assert all(claim.start >= end for claim, end in zip(candidates, ends, strict=False))
