"""Desks on which Hypothesis makes moves in any order, each a desk that begins as new, on either database."""

from collections.abc import Callable
from typing import Any, ClassVar

from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test
from sqlalchemy import Pool

from app.domain.errors import Refused
from app.storage.session import Database
from tests import postgres
from tests.scenes import Scene
from tests.sqlite import KeptFile


class Moves(RuleBasedStateMachine):
    """``scene`` is a project of two checks a claim; refusals are allowed, broken rules are not."""

    open: ClassVar[Callable[[], Database]]
    empty: ClassVar[Callable[[Database], None]]

    def __init__(self) -> None:
        super().__init__()
        self.scene = Scene(type(self).open(), reviews_wanted=2)

    def teardown(self) -> None:
        type(self).empty(self.scene.database)

    def attempt(self, verb: Callable[..., Any], *args: Any, **values: Any) -> Any:
        """A verb that may be refused."""
        try:
            return self.scene.do(verb, *args, **values)
        except Refused:
            return None


def run_on_sqlite(machine: type[Moves], kept: KeptFile, *, examples: int) -> None:
    """On the file that test after test writes into."""

    def empty(opened: Database) -> None:
        kept.close(opened)
        kept.empty()

    _run(machine, lambda: kept.open(kept.url), empty, examples)


def run_on_postgresql(machine: type[Moves], connections: Pool, *, examples: int) -> None:
    """On the database that test after test writes into, with its connections."""

    def begin() -> Database:
        opened = Database(postgres.shared_database())
        opened.engine.pool = connections
        return opened

    _run(machine, begin, lambda _opened: postgres.empty(postgres.shared_database()), examples)


def _run(
    machine: type[Moves],
    begin: Callable[[], Database],
    empty: Callable[[Database], None],
    examples: int,
) -> None:
    made = {"open": staticmethod(begin), "empty": staticmethod(empty)}
    # As few as other examples are, where what is thorough is left out.
    options = settings(
        max_examples=min(examples, settings.default.max_examples // 4),
        stateful_step_count=40,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(type("OnOne", (machine,), made), settings=options)
