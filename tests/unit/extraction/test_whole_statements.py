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
