import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from app.exporters.streaming import BETWEEN, CHUNK, csv_chunks, csv_line

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


@given(st.lists(CELLS, min_size=1, max_size=6))
def test_a_row_is_what_the_csv_writer_of_python_makes_of_it(row):
    assert csv_line(row) == written([row])


def test_a_row_of_one_blank_cell_is_not_an_empty_line():
    assert [csv_line([blank]) for blank in ("", None)] == ['""\r\n'] * 2


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2)))
def test_chunks_are_the_file(rows):
    assert "".join(csv_chunks(("one", "two"), rows)) == written([("one", "two"), *rows])


def test_a_chunk_leaves_once_it_is_full_and_the_header_goes_with_the_first():
    row = ("x" * 1_000, "y")
    chunks = list(csv_chunks(("one", "two"), [row] * 200))
    assert chunks[0].startswith("one,two\r\n")
    assert [CHUNK <= len(chunk) < CHUNK + 1_010 for chunk in chunks[:-1]] == [True] * 3
    assert len(chunks) == 4
