"""Values turned in one call: as SQLAlchemy turns them, whatever they are, and refused as it refuses."""

import enum
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import JSON
from sqlalchemy.dialects import sqlite
from sqlmodel.sql.sqltypes import UTCDateTime

from app.domain.words import ClaimState
from app.storage.columns import choice
from app.storage.quick_turns import from_driver, to_driver

SQLITE = sqlite.dialect()
MOMENTS = [
    datetime(2026, 11, 26, 9, 5, 3, tzinfo=UTC),
    datetime(999, 1, 2, 3, 4, 5, 6, tzinfo=UTC),
    datetime(2026, 1, 1, 0, 30, tzinfo=timezone(timedelta(hours=2))),
    None,
]
STATES = choice(ClaimState)


def usual(kind):
    return (
        kind.dialect_impl(SQLITE).bind_processor(SQLITE),
        kind.dialect_impl(SQLITE).result_processor(SQLITE, None),
    )


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_moment_is_written_and_read_as_ever(moment):
    kind = UTCDateTime()
    write, read = usual(kind)

    written = to_driver(kind, SQLITE)(moment)

    assert written == write(moment)
    found = from_driver(kind, SQLITE, None)(written)
    assert found == read(written) == moment
    assert found is None or found.tzinfo is UTC


def test_a_moment_of_no_place_is_refused():
    with pytest.raises(ValueError, match="timezone"):
        to_driver(UTCDateTime(), SQLITE)(datetime(2026, 11, 26))  # noqa: DTZ001 - that is what is refused


@pytest.mark.parametrize("word", [*ClaimState, None])
def test_a_word_of_a_choice_is_itself_again(word):
    write, read = usual(STATES)

    written = to_driver(STATES, SQLITE)(word)

    assert written == write(word)
    assert not isinstance(written, enum.Enum)
    assert from_driver(STATES, SQLITE, None)(written) is read(written) is word


def test_a_word_that_is_none_of_them_is_refused_both_ways():
    for turn in (to_driver(STATES, SQLITE), from_driver(STATES, SQLITE, None)):
        with pytest.raises(LookupError):
            turn("never")


@pytest.mark.parametrize(
    "written", ['{"a": [1, null, "ü"]}', "null", "[]", "{}", '"x"', 5, 1.5, None]
)
def test_json_is_read_as_ever(written):
    assert from_driver(JSON(), SQLITE, None)(written) == usual(JSON())[1](written)


def test_what_is_turned_by_nobody_is_left_alone():
    kind = sqlite.VARCHAR()

    assert to_driver(kind, SQLITE) is None
    assert from_driver(kind, SQLITE, None) is None


def test_what_is_empty_is_somebodys_own():
    read = from_driver(JSON(), SQLITE, None)

    assert read("[]") is not read("[]")
