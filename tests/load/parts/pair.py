"""Reading a claim and checking it, over the server as it is started: by one, by 8, by 64 at once."""

import json
import socket
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app.storage.session import Database
from tests.load.checkers import Came, Task
from tests.load.figures import spread
from tests.load.files import Files
from tests.load.floor import bare
from tests.load.serving import ROOT, Serving, address_of, desk, floor

ALONE = 150
SECONDS = 6
ROUNDS = 4
NEWCOMERS = 9
# Held against the rows afterwards; each question answers how many are wrong.
WRONG = {
    "over": (
        "SELECT count(*) FROM (SELECT r.claim_round_id FROM review r JOIN claim_round c"
        " ON c.id = r.claim_round_id WHERE r.slot IS NOT NULL GROUP BY r.claim_round_id"
        " HAVING count(*) > max(c.reviews_wanted)) AS found"
    ),
    "twice": (
        "SELECT count(*) FROM (SELECT 1 FROM review GROUP BY claim_round_id, reviewer_id"
        " HAVING count(*) > 1) AS found"
    ),
    "miscounted": (
        "SELECT count(*) FROM claim_round c WHERE c.reviews_done <> (SELECT count(*) FROM review r"
        " WHERE r.claim_round_id = c.id AND r.state = 'submitted')"
    ),
}


def measure(files: Files) -> dict[str, Any]:
    """The figures of the desk and of the floor, on the file nearest to 100,000 claims.

    Both are measured by turns, and of each the quietest of some rounds is told: a machine that has other
    work besides can only make a round dearer.
    """
    found: dict[str, Any] = {"claims": files.middle}
    with ExitStack() as stack:
        path = stack.enter_context(files.copy(files.middle, always=True))
        plain = stack.enter_context(files.copy(files.middle, always=True))
        bare(plain)
        room = stack.enter_context(files.room())
        server = stack.enter_context(desk(room, path))
        beside = stack.enter_context(floor(plain, free_port()))
        rounds = [_round(files, server, beside, number) for number in range(ROUNDS)]
        found |= {name: quietest([one[name] for one in rounds]) for name in rounds[0]}
        many = Task(base=server.base, people=64, seconds=files.rounds(SECONDS))
        found["64 reviewers"] = run(server, many)
        found["wrong"] = wrong(path)
    return found


def _round(files: Files, server: Serving, beside: Serving, number: int) -> dict[str, Any]:
    """One round of everything but the many, at the desk and at the floor.

    Nobody begins twice at the floor, which does not know what somebody has in hand.
    """
    newcomer = number * NEWCOMERS
    alone = {"pairs": files.rounds(ALONE), "seconds": 60}
    seconds = files.rounds(SECONDS)
    tasks = {
        "alone": Task(base=server.base, **alone),
        "alone, with a source": Task(base=server.base, first=1, sources=1, **alone),
        "8 reviewers": Task(base=server.base, people=8, seconds=seconds),
        "floor, alone": Task(base=beside.base, first=newcomer, is_floor=True, **alone),
        "floor, 8 reviewers": Task(
            base=beside.base, first=newcomer + 1, people=8, seconds=seconds / 2, is_floor=True
        ),
    }
    return {name: run(beside if task.is_floor else server, task) for name, task in tasks.items()}


def quietest(rounds: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The round in which a pair cost least, what the others cost, and the errors of all."""
    best = min(rounds, key=lambda one: one["cpu"])
    return {
        **best,
        "errors": sum(one["errors"] for one in rounds),
        "rounds": [{key: one[key] for key in ("cpu", "a second")} for one in rounds],
    }


def run(server: Serving, task: Task) -> dict[str, Any]:
    """Let some people check, and see what the server's processes spend on it."""
    words = [sys.executable, "-m", "tests.load.checkers", json.dumps(asdict(task))]
    process = subprocess.Popen(
        words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "ready\n", "the reviewers could not begin"
    before = server.cpu()
    said, _ = process.communicate("go\n")
    came, spent = Came(**json.loads(said)), server.cpu() - before
    pairs = len(came.presses)
    both = [page + press for page, press in zip(came.pages, came.presses, strict=True)]
    return {
        "pairs": pairs,
        "a second": pairs / came.seconds,
        "cpu": spent / max(1, pairs) * 1_000,
        "page": spread(came.pages),
        "press": spread(came.presses),
        "pair": spread(both),
        "bytes": came.bytes / max(1, pairs),
        "errors": len(came.errors),
        "said": came.errors[:3],
    }


def wrong(database: Path | str) -> dict[str, int]:
    """What the rows say of it all: nothing of this may be."""
    opened = Database(address_of(database))
    try:
        with opened.reading() as session:
            ask = session.connection().exec_driver_sql
            return {name: ask(question).scalar_one() for name, question in WRONG.items()}
    finally:
        opened.dispose()


def free_port() -> int:
    """A port that nobody has."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])
