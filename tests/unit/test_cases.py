"""Cases that are asked in turn: none is left out, and each that fails is named."""

import inspect

import pytest

from tests.cases import in_turn


def test_all_cases_are_asked_and_each_that_fails_is_named():
    asked = []

    @in_turn(("number", "half"), [(2, 1), (3, 1), (4, 2), (5, 2)])
    def halves(desk, number, half):
        asked.append(number)
        assert desk == "desk"
        with pytest.raises(ValueError, match="odd"):
            raise ValueError("odd" if number % 2 else "even")

    with pytest.raises(BaseExceptionGroup, match="2 of 4 cases") as failed:
        halves(desk="desk")

    assert asked == [2, 3, 4, 5]
    notes = [error.__notes__[-1] for error in failed.value.exceptions]
    assert notes == [f"in the case of {{'number': {n}, 'half': {n // 2}}}" for n in (2, 4)]


def test_it_asks_for_the_fixtures_of_the_desk_alone():
    @in_turn("role", ["editor", "viewer"])
    @in_turn("act, done", [("pick", True), ("drop", False)])
    def who_does(desk, role, act, done):
        desk.append((role, act, done))

    assert list(inspect.signature(who_does).parameters) == ["desk"]
    desk = []
    who_does(desk=desk)
    assert len(set(desk)) == 4


def test_a_case_that_refuses_nothing_fails():
    @in_turn("number", [1])
    def refused(number):
        with pytest.raises(ValueError, match="number"):
            assert number

    with pytest.raises(BaseExceptionGroup, match="1 of 1 cases"):
        refused()
