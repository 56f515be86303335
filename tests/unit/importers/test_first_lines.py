"""In which line a value came first, and files that are read as they stream by."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.importers import claims_csv, first_lines
from app.importers.first_lines import FirstLines


@given(st.lists(st.text(max_size=2), max_size=60))
def test_the_first_line_of_a_value_is_kept_while_the_table_grows(values):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(first_lines, "FEWEST", 4)
        lines = FirstLines()
    known: dict[str, int] = {}
    for line, value in enumerate(values, 2):
        assert lines.first(value, line) == known.setdefault(value, line)


@pytest.mark.parametrize("number", [20_000, 33_000])
def test_a_value_costs_a_few_bytes(number):
    """Also where the table has just grown."""
    lines = FirstLines()
    for line in range(1, number + 1):
        lines.first(f"value {line}", line)

    assert sys.getsizeof(lines._hashes) + sys.getsizeof(lines._lines) < number * 48


@pytest.mark.parametrize(
    "data",
    [
        "claim,external_id\nA.,x\nB.,y\n".encode("utf-8-sig"),
        b"claim;external_id\nA.;x\nB.;x\n",
        "claim\ttags\nÄ.\ta; b\n".encode("utf-16"),
        b"claim\nA.\n\xff\n",
        b"PK\x03\x04claim",
        b"",
    ],
)
def test_a_file_says_the_same_as_what_is_in_it(tmp_path, data):
    path = tmp_path / "claims.csv"
    path.write_bytes(data)

    assert claims_csv.check(path) == claims_csv.check(data)
    if not claims_csv.check(data):
        assert list(claims_csv.rows(path)) == list(claims_csv.rows(data))
