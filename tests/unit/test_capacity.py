"""The table of what fits is worked out of the benchmark's figures, and stands in its document."""

import pytest

from tests.load import capacity

PARTS = {
    "machine": {
        "figures": {
            "file": {"1000": {"bytes a claim": 9_000.0}, "100000": {"bytes a claim": 5_000.0}}
        }
    },
    "pair": {"figures": {"8 reviewers": {"cpu": 8.0, "a second": 100.0}}},
    "postgresql": {"figures": {"8 reviewers": {"cpu": 9.0, "database cpu": 2.0}}},
}


def test_the_busiest_part_decides():
    found = capacity.measured(PARTS)
    laptop, _server, two_hosts, *_more = capacity.SETUPS

    assert found.bytes_a_claim == 5_000
    # One file: 100 a second, half of it.
    assert capacity.pairs_a_second(laptop, found) == 50
    # Eight cores at 8 ms do 1,000, four of the database at 2 ms 2,000.
    assert capacity.pairs_a_second(two_hosts, found) == pytest.approx(500)


def test_the_table_has_its_place_in_the_document():
    document = capacity.DOCUMENT.read_text("utf-8")
    table = "\n".join(capacity.lines(capacity.measured(PARTS))) + "\n"

    once = capacity.written(document, table)

    assert table in once
    assert capacity.written(once, table) == once
    assert once.startswith(document.partition(capacity.BEGINS)[0])
    assert once.endswith(document.partition(capacity.ENDS)[2])
