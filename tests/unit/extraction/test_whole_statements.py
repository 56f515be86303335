"""A claim is a whole statement: no verb without its subject, nothing cut off that it needs."""

import pytest

from app.extraction import extract, rules


@pytest.fixture(autouse=True)
def _every_clause(monkeypatch):
    """Every clause is looked at, however little it is worth checking."""
    monkeypatch.setattr(rules, "_THRESHOLD", 0)


def claims(text):
    return extract(text, language="en").candidates


@pytest.mark.parametrize(
    ("sentence", "quote", "wording"),
    [
        (
            "The mill, which employs 400 people in Norwick, has lost money since 2015.",
            "The mill, which employs 400 people in Norwick, has lost money since 2015",
            "The mill has lost money since 2015.",
        ),
        (
            "Ann Lee, who has run the Norwick clinic for years, sold two ships in 2018.",
            "Ann Lee, who has run the Norwick clinic for years, sold two ships in 2018",
            "Ann Lee sold two ships in 2018.",
        ),
        (
            "The old ferry, a wooden ship that was built in 1902, sank in the harbour in May.",
            "The old ferry, a wooden ship that was built in 1902, sank in the harbour in May",
            "The old ferry sank in the harbour in May.",
        ),
        (
            "The survey — the largest of its kind so far — covered 80 towns in the north.",
            "The survey — the largest of its kind so far — covered 80 towns in the north",
            "The survey covered 80 towns in the north.",
        ),
    ],
)
def test_a_subject_stays_with_its_verb_and_the_wording_leaves_out_what_is_told_besides(
    sentence, quote, wording
):
    assert (quote, wording) in [(claim.quote, claim.text) for claim in claims(sentence)]


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        # What is compared, and a second figure, belong to the clause before the source.
        (
            "The queue was longer, the report noted, than the line at the 2 ports in Lund.",
            [("The queue was longer than the line at the 2 ports in Lund.", "report")],
        ),
        (
            "The shop sold 400 hats in May, Ann Lee said, 12 percent more than in April.",
            [("The shop sold 400 hats in May, 12 percent more than in April.", "Ann Lee")],
        ),
        (
            "The shop sold 400 hats in May, said Ann Lee, up from 300 in April.",
            [("The shop sold 400 hats in May, up from 300 in April.", "Ann Lee")],
        ),
        # A clause after "and" is the source's too, one after "but" or ";" is not.
        (
            "The mill is closed, Ann Lee said in a letter, and the port lost 40 jobs in May.",
            [("The mill is closed.", "Ann Lee"), ("The port lost 40 jobs in May.", "Ann Lee")],
        ),
        (
            "The mill is closed, Ann Lee said, and Bo Diaz said the port lost 40 jobs.",
            [("The mill is closed.", "Ann Lee"), ("The port lost 40 jobs.", "Bo Diaz")],
        ),
        (
            "The mill is closed, Ann Lee said, but the port kept 40 jobs in May.",
            [("The mill is closed.", "Ann Lee"), ("The port kept 40 jobs in May.", None)],
        ),
        (
            "The mill is closed, the firm reported; there, the port kept 40 jobs in May.",
            [("The mill is closed.", "firm"), ("There, the port kept 40 jobs in May.", None)],
        ),
        # A time and a condition before the source belong to the clause after it.
        (
            "In 2023, Ann Lee said, the port lost 3 million euros.",
            [("In 2023, the port lost 3 million euros.", "Ann Lee")],
        ),
        (
            "Had they been counted, the council says, the rate would have been 84.9 percent.",
            [("Had they been counted, the rate would have been 84.9 percent.", "council")],
        ),
        (
            "If the dam breaks, the council says, the lake will lose 40 boats.",
            [("If the dam breaks, the lake will lose 40 boats.", "council")],
        ),
        # What goes on with the tag itself is no claim.
        (
            "The mill is closed, Ann Lee said, referring to a letter from the board.",
            [("The mill is closed.", "Ann Lee")],
        ),
    ],
)
def test_what_goes_on_after_an_inserted_source_is_not_lost(sentence, told):
    assert [(claim.text, claim.claimant) for claim in claims(sentence)] == told
