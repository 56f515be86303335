import pytest

from app.extraction.wording import worded


@pytest.mark.parametrize(
    ("clause", "values", "text"),
    [
        ("the port was sold", {}, "The port was sold."),
        ("the port  was\nsold", {}, "The port was sold."),
        ("Was it sold?", {}, "Was it sold?"),
        ("it was the “old port.”", {}, "It was the “old port.”"),
        ("it was the “old port,”", {}, "It was the “old port.”"),
        ("the port “was sold", {}, "The port was sold."),
        ("he sold the port", {"subject": (2, "Otto Lund")}, "Otto Lund sold the port."),
        ("denied the charge", {"lead": "Otto Lund"}, "Otto Lund denied the charge."),
    ],
)
def test_a_clause_is_worded_as_a_sentence_of_its_own(clause, values, text):
    assert worded(clause, **values) == text
