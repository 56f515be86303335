"""How a text is cut for reading beside a check."""

from app.domain.claim_parts import QuantityRecord
from app.web.as_read import added_words, period_gap
from tests.cases import in_turn


@in_turn(
    ("claim", "quote", "added"),
    [
        ("Prices rose.", "Prices rose", []),
        ("Prices rose.", "prices rose,", []),
        ("According to Lind, prices rose.", "prices rose", ["According to Lind,"]),
        ("Russia sold oil.", "it sold oil", ["Russia"]),
        ("Prices rose.", None, []),
        ("Die Quote lag bei 6,4 Prozent.", "lag bei 6,4 Prozent", ["Die Quote"]),
        ("Something else.", "no word of it", ["Something else."]),
    ],
)
def test_words_that_the_article_does_not_hold_are_found(claim, quote, added):
    runs = added_words(claim, quote)

    assert "".join(run.text for run in runs) == claim
    assert [run.text.strip() for run in runs if run.is_added] == added


@in_turn(
    ("period", "gap"),
    [(None, "time"), ("in one year", "year"), ("in 2024", ""), ("since May 2023", "")],
)
def test_a_figure_says_what_is_open_about_its_time(period, gap):
    assert period_gap(QuantityRecord(1.0, "EUR", "1 euro", period)) == gap
