"""Many cases of one question, asked one after the other in one test."""

import inspect
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

import pytest

Test = Callable[..., None]
LONGEST = 1_000
Named = type(pytest.param())


def in_turn(names: str | tuple[str, ...], cases: Iterable[Any]) -> Callable[[Test], Test]:
    """What ``pytest.mark.parametrize`` asks, where no case leaves anything behind for the next.

    To begin a test, to make its desk and to report it takes longer than most cases. All of them are
    asked, and each that fails is named.
    """
    alone = isinstance(names, str) and "," not in names
    words = [name.strip() for name in (names.split(",") if isinstance(names, str) else names)]
    cases = list(cases)
    assert not any(isinstance(case, Named) for case in cases), "pytest.param is for parametrize"
    asked = [dict(zip(words, (case,) if alone else case, strict=True)) for case in cases]

    def of_all(test: Test) -> Test:
        given = inspect.signature(test)
        kept = [one for name, one in given.parameters.items() if name not in words]

        @wraps(test)
        def ask(**fixtures: Any) -> None:
            failed = [error for case in asked if (error := _failure(test, fixtures, case))]
            if failed:
                raise BaseExceptionGroup(f"{len(failed)} of {len(asked)} cases", failed)

        # Fixtures are looked for by the names of the parameters, which ``wraps`` would all keep.
        vars(ask)["__signature__"] = given.replace(parameters=kept)
        return ask

    return of_all


def _failure(test: Test, fixtures: dict[str, Any], case: dict[str, Any]) -> BaseException | None:
    try:
        test(**fixtures, **case)
    except (Exception, pytest.fail.Exception) as error:  # noqa: BLE001 - whatever fails a test
        error.add_note(f"in the case of {case!r}"[:LONGEST])
        return error
    return None
