"""The next claim and a check of it, with few claims and with many: one person at each desk in turn.

All desks are up at once and take turns pair by pair, so that whatever else the machine does hits all.
Every file is read once before, as the small ones are that were just copied: else the largest alone would
be asked of the disk.
"""

from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tests.load.checkers import Came, Checker, Task
from tests.load.figures import spread
from tests.load.files import Files
from tests.load.serving import desk

PAIRS, WARM = 120, 10
PIECE = 1 << 22


def measure(files: Files) -> dict[str, Any]:
    """For each size the times of a page and of a press, and what a pair costs the server."""
    with ExitStack() as stack:
        rooms = {size: stack.enter_context(files.copy(size)) for size in files.sizes}
        for path in rooms.values():
            read_once(path)
        folder = stack.enter_context(files.room())
        servers = {
            size: stack.enter_context(desk(folder / str(size), path))
            for size, path in rooms.items()
        }
        people = {
            size: Checker(Task(base=server.base), number=7) for size, server in servers.items()
        }
        for one in people.values():
            one.begin()
        came = {size: Came() for size in files.sizes}
        for turn in range(WARM + files.rounds(PAIRS)):
            if turn == WARM:
                came = {size: Came() for size in files.sizes}
                before = {size: server.cpu() for size, server in servers.items()}
                at_disk = {size: server.read_from_disk() for size, server in servers.items()}
            for size, one in people.items():
                one.pair(came[size])
        spent = {size: server.cpu() - before[size] for size, server in servers.items()}
        read = {size: one.read_from_disk() - at_disk[size] for size, one in servers.items()}
    return {str(size): _figures(came[size], spent[size], read[size]) for size in files.sizes}


def read_once(path: Path) -> None:
    """Have the system keep a file in memory, as far as there is room for it."""
    with path.open("rb", buffering=0) as opened:
        while opened.read(PIECE):
            pass


def _figures(came: Came, cpu: float, read: float) -> dict[str, Any]:
    pairs = len(came.presses)
    return {
        "pairs": pairs,
        "page": spread(came.pages),
        "press": spread(came.presses),
        "cpu": cpu / max(1, pairs) * 1_000,
        "read": read / max(1, pairs),
        "errors": came.errors[:3],
    }
