from datetime import UTC, datetime, timedelta, timezone

import pytest

from app.exporters.cells import chain, counted, flag, listed, moment, number, text, texts
from tests.cases import in_turn


@in_turn("first", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(first):
    assert text(f"{first}HYPERLINK(A1)") == f"'{first}HYPERLINK(A1)"


def test_text_that_looks_guarded_already_gets_one_more_so_that_reading_gives_it_back():
    assert text("'=1") == "''=1"
    assert text("''=1") == "'''=1"


@in_turn("plain", ["'tis so", "a=b", " =1", "5-4", "it's", "''"])
def test_other_text_stays_as_it_is(plain):
    assert text(plain) == plain


def test_a_column_of_texts_is_guarded_cell_by_cell():
    assert texts(["a", None, "=1", "'=1", "'tis", ""]) == ["a", "", "'=1", "''=1", "'tis", ""]


def test_nothing_is_a_blank_cell():
    assert [text(None), text(""), moment(None), number(None), listed(()), chain(())] == [""] * 6


@in_turn(
    ("value", "cell"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (1.0, "1"),
        (0.5, "0.5"),
        (1 / 3, "0.3333333333333333"),
        (1e-7, "0.0000001"),
        (1.1e9, "1100000000"),
        (1e22, "10000000000000000000000"),
        (100.0, "100"),
        (float("nan"), ""),
        (float("inf"), ""),
    ],
)
def test_numbers_have_no_exponent_and_no_zeros_behind(value, cell):
    assert number(value) == cell


def test_times_are_written_in_utc_to_the_second():
    athens = timezone(timedelta(hours=3))
    assert moment(datetime(2025, 9, 4, 17, 2, 11, 500, tzinfo=athens)) == "2025-09-04T14:02:11Z"
    assert moment(datetime(2025, 9, 4, 14, 2, 11, tzinfo=UTC)) == "2025-09-04T14:02:11Z"


def test_a_time_of_no_zone_is_refused_rather_than_guessed():
    with pytest.raises(ValueError, match="zone"):
        moment(datetime(2025, 9, 4, 14, 2, 11))  # noqa: DTZ001


def test_yes_and_no_are_words_that_programs_read():
    assert (flag(True), flag(False)) == ("true", "false")


@in_turn(
    ("items", "cell"),
    [
        (("a", "b"), "a; b"),
        (("a;b", "c"), r"a\;b; c"),
        ((r"a\b",), r"a\\b"),
        (("a\\", ";b"), r"a\\; \;b"),
        (("", "  ", " a "), "a"),
        (("=1", "b"), "'=1; b"),
    ],
)
def test_lists_are_joined_so_that_they_can_be_taken_apart(items, cell):
    assert listed(items) == cell


def test_a_chain_runs_to_the_claimant_and_holds_no_other_arrow():
    assert chain(("CBS News", "a > b", " Trump ")) == "CBS News > a › b > Trump"
    assert chain(("@desk", "Trump")) == "'@desk > Trump"


def test_dissent_names_each_label_with_how_many_gave_it():
    assert counted((("False", 2), ("A; B", 1))) == r"False×2; A\; B×1"
