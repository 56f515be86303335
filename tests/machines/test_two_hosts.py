"""One of two machines dies while reviewers work, and comes back: nothing is lost, little is noticed.

``make machines``: needs root, nginx, PostgreSQL and network namespaces.
"""

import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.storage import migrate
from app.storage.session import Database
from tests.load.reviewers import Board, Plan, all_check, new_board
from tests.load.simulation import PASSWORD, Desk, examine, heading
from tests.machines.hosts import (
    DOOR_PORT,
    HERE,
    Host,
    bridge,
    door,
    missing,
    new_database,
    told,
    two_hosts,
)
from tests.machines.patient import PatientWire

pytestmark = [pytest.mark.load, pytest.mark.skipif(bool(missing()), reason=missing() or "-")]

PLAN = Plan(reviewers=8, claims=200, seconds=400)
BASE = f"http://{HERE}:{DOOR_PORT}"
# After which part of all checks it dies, and after which it is back.
DIES, RETURNS = 0.25, 0.6


@dataclass
class Fate:
    """What happens to a machine while others work, and when."""

    host: Host
    board: Board
    is_silent: bool
    began: float = field(default_factory=time.time)
    happened: dict[str, tuple[float, int]] = field(default_factory=dict)
    trouble: list[str] = field(default_factory=list)

    def happen(self) -> None:
        try:
            self._wait_for(DIES)
            ends = [self.host.kill, self.host.unplug]
            for end in reversed(ends) if self.is_silent else ends:
                end()
            self._note("gone")
            self._wait_for(RETURNS)
            self.host.start()
            self._note("back")
        except Exception as error:
            self.trouble.append(repr(error))
            raise

    def _wait_for(self, part: float) -> None:
        while len(self.board.given) < part * self.board.wanted and not self.board.is_over:
            time.sleep(0.01)

    def _note(self, what: str) -> None:
        self.happened[what] = (time.time(), len(self.board.given))


def summary(fate: Fate, wires: list[PatientWire], log: Path, seconds: float) -> str:
    """What the run has shown, in lines for docs/scale.md."""
    lines, asked = told(log), Counter()
    passed_on = 0
    for _when, _method, _status, addresses in lines:
        passed_on += len(addresses) > 1
        asked[addresses[-1].partition(":")[0]] += 1
    (gone, gone_at), (back, back_at) = fate.happened["gone"], fate.happened["back"]
    ended = fate.began + seconds
    rates = (
        gone_at / (gone - fate.began),
        (back_at - gone_at) / (back - gone),
        (fate.board.wanted - back_at) / max(0.1, ended - back),
    )
    again, noticed = Counter(), Counter()
    for wire in wires:
        again += wire.statuses
        noticed += wire.noticed
    late = sum(
        1 for when, _m, _s, who in lines if when > back and who[-1].startswith(fate.host.address)
    )
    by_host = ", ".join(f"{number} answered by {who}" for who, number in sorted(asked.items()))
    end = "lost its power" if fate.is_silent else "was killed"
    return f"""- {len(lines)} requests: {by_host}
- {fate.host.address} {end} after {gone_at} checks ({gone - fate.began:.0f} s), was back after {back_at}
  ({back - fate.began:.0f} s) and answered {late} requests from then on
- checks a second before, without it, after: {", ".join(f"{rate:.1f}" for rate in rates)}
- passed on to the other machine, unnoticed: {passed_on}
- pressed again by a person: {sum(noticed.values())} (answers {dict(again)}; most often for one press:
  {max(noticed, default=0)})"""


@pytest.fixture(scope="module")
def network():
    with bridge():
        yield


@pytest.mark.timeout(PLAN.seconds + 200)
@pytest.mark.parametrize("end", ["killed", "without power"])
def test_a_machine_dies_and_comes_back_and_nothing_is_lost(network, end, tmp_path, capsys):
    url = new_database(end)
    migrate.upgrade(url)
    database = Database(url)
    desk = Desk(database, PLAN)
    with two_hosts(url, tmp_path) as (_first, second), door(tmp_path) as log:
        board = new_board(PLAN)
        wires = [PatientWire(BASE, board) for _ in range(PLAN.reviewers)]
        fate = Fate(second, board, end == "without power")
        watcher = threading.Thread(target=fate.happen)
        watcher.start()
        seconds = all_check(PLAN, PASSWORD, wires, board)
        watcher.join()
        board.statuses += Counter()
        found = examine(desk, board, seconds, BASE)
    database.dispose()
    assert not fate.trouble
    with capsys.disabled():
        print(f"\n{heading()}\n{found.line(f'two machines, one {end}')}\n")  # noqa: T201 - to be read
        print(summary(fate, wires, log, seconds))  # noqa: T201 - to be read
    assert max((again for wire in wires for again in wire.noticed), default=0) <= 1
