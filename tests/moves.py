"""Desks on which Hypothesis makes moves in any order, each a desk of its own on either database."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from app.domain.errors import Refused
from app.storage.session import Database
from tests import postgres
from tests.scenes import Scene


class Moves(RuleBasedStateMachine):
    """``scene`` is a project of two checks a claim; refusals are allowed, broken rules are not."""

    migrated: Path
    on_postgres = False

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="assay-moves-"))
        if self.on_postgres:
            self.url = postgres.migrated_database()
        else:
            shutil.copy(self.migrated, self.folder / "assay.db")
            self.url = f"sqlite:///{self.folder / 'assay.db'}"
        self.scene = Scene(Database(self.url), reviews_wanted=2)

    def teardown(self) -> None:
        self.scene.database.dispose()
        if self.on_postgres:
            postgres.drop(self.url)
        shutil.rmtree(self.folder)

    def attempt(self, verb: Callable[..., Any], *args: Any, **values: Any) -> Any:
        """A verb that may be refused."""
        try:
            return self.scene.do(verb, *args, **values)
        except Refused:
            return None


def run_on_sqlite(machine: type[Moves], migrated: Path, *, examples: int) -> None:
    _run(type("OnSqlite", (machine,), {"migrated": migrated}), examples)


def run_on_postgresql(machine: type[Moves], *, examples: int) -> None:
    _run(type("OnPostgresql", (machine,), {"on_postgres": True}), examples)


def _run(machine: type[Moves], examples: int) -> None:
    options = settings(
        max_examples=examples,
        stateful_step_count=40,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine, settings=options)
