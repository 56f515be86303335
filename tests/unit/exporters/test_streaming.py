import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exporters.streaming import BETWEEN, CHUNK, ROWS, csv_chunks, csv_lines, each

CELLS = st.one_of(
    st.none(),
    st.integers(),
    st.text(st.sampled_from(f'ab,;"\r\n\t {BETWEEN}’é＝')),
    st.text(),
)


def written(rows):
    told = io.StringIO(newline="")
    csv.writer(told, lineterminator="\r\n").writerows(rows)
    return told.getvalue()


ROWS_OF_CELLS = st.integers(1, 6).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=4)
)


@given(ROWS_OF_CELLS)
def test_rows_are_what_the_csv_writer_of_python_makes_of_them(rows):
    assert csv_lines(rows) == written(rows)


def test_a_row_of_one_blank_cell_is_not_an_empty_line():
    assert [csv_lines([[blank]]) for blank in ("", None)] == ['""\r\n'] * 2


def test_rows_are_of_one_length():
    with pytest.raises(ValueError, match="shorter"):
        csv_lines([("one", "two"), ("three",)])


def test_columns_are_written_as_is_said_of_them_and_others_as_they_are():
    chunks = csv_chunks(("one", "two"), [(1, "a"), (2, "b")], {"two": each(str.upper)})
    assert "".join(chunks) == "one,two\r\n1,A\r\n2,B\r\n"


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2)))
def test_chunks_are_the_file(rows):
    assert "".join(csv_chunks(("one", "two"), rows)) == written([("one", "two"), *rows])


def test_a_chunk_leaves_once_it_is_full_and_the_header_goes_with_the_first():
    row = ("x" * 1_000, "y")
    chunks = list(csv_chunks(("one", "two"), [row] * 300))
    assert chunks[0].startswith("one,two\r\n")
    assert [CHUNK <= len(chunk) < CHUNK + ROWS * 1_010 for chunk in chunks[:-1]] == [True] * 2
    assert len(chunks) == 3
