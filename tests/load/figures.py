"""Numbers out of times: what most waited, what few waited, and what one costs."""

import math
import os
import re
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import NamedTuple

from app.storage.session import Database
from tests.load.serving import ASSAY, ROOT, address_of, children_of, own_memory


def share(times: Sequence[float], part: float) -> float:
    """The time that so large a part of them did not exceed, in milliseconds."""
    if not times:
        return 0
    ordered = sorted(times)
    return ordered[max(0, math.ceil(part * len(ordered)) - 1)] * 1_000


def spread(times: Sequence[float]) -> dict[str, float]:
    """How long it took: the middle, and the last of twenty and of a hundred."""
    return {"p50": share(times, 0.5), "p95": share(times, 0.95), "p99": share(times, 0.99)}


# Seconds between two looks at how much memory a command has.
LOOK = 0.01


class Spent(NamedTuple):
    """What a command or a loop took: seconds on the clock and of processors, memory in MB."""

    wall: float
    cpu: float
    memory: float = 0


def timed(do: Callable[[], object]) -> Spent:
    """What a loop of this process takes."""
    cpu, wall = time.process_time(), time.perf_counter()
    do()
    return Spent(time.perf_counter() - wall, time.process_time() - cpu)


def command(words: Sequence[str], environment: Mapping[str, str]) -> Spent:
    """What a command of the desk takes, all its processes together.

    Of those that it begins, memory is what they share with nobody: the rest is counted with it.
    """
    began = time.perf_counter()
    process = subprocess.Popen(
        [*ASSAY, *words],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    memory, beside, ended = 0.0, 0.0, 0
    while not ended:
        time.sleep(LOOK)
        memory = most_memory(process.pid) or memory
        beside = max(beside, sum(map(own_memory, children_of(process.pid))))
        ended, status, usage = os.wait4(process.pid, os.WNOHANG)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - began
    assert process.returncode == 0, f"assay {' '.join(words)} failed"
    return Spent(wall, usage.ru_utime + usage.ru_stime, memory + beside)


def most_memory(process: int) -> float:
    """The most memory that a process had so far, in MB; nothing once it has ended.

    What is told of one that has ended counts from before it was a program of its own: the memory of
    whoever began it.
    """
    said = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text())
    return int(said[1]) / 1024 if said else 0


@dataclass
class Waits:
    """How long somebody else who writes a little had to wait meanwhile, each time."""

    seconds: list[float] = field(default_factory=list)

    def told(self) -> dict[str, float]:
        """In milliseconds."""
        return {"wait p95": share(self.seconds, 0.95), "longest wait": share(self.seconds, 1)}


PAUSE, CHANGE = 0.02, "UPDATE project SET description = ? WHERE id = 1"


@contextmanager
def another_writer(path: Path) -> Iterator[Waits]:
    """Change one row again and again while something else goes on, as somebody at the desk would.

    They say that they wait, and so are next: before an import's next piece, not after a few of them.
    """
    waits, over = Waits(), threading.Event()
    database = Database(address_of(path))

    def write() -> None:
        for number in count():
            if over.wait(PAUSE):
                return
            began = time.perf_counter()
            with database.write() as session:
                connection = session.connection()
                waits.seconds.append(time.perf_counter() - began)
                connection.exec_driver_sql(CHANGE, (f"Changed {number} times",))

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield waits
    finally:
        over.set()
        thread.join()
        database.dispose()


# Less than this many starts, and what is left is noise.
WORTH = 1.5


def compared(spent: Spent, start: Spent, bare: Spent, rows: int) -> dict[str, float]:
    """A command beside a bare loop over the same rows; its start is taken off, if there is more."""
    is_more = spent.cpu > WORTH * start.cpu
    wall, cpu = (
        (spent.wall - start.wall, spent.cpu - start.cpu) if is_more else (spent.wall, spent.cpu)
    )
    return {
        "seconds": spent.wall,
        "cpu": spent.cpu,
        "memory": max(0, spent.memory - start.memory),
        "rows a second": rows / wall,
        "floor, rows a second": rows / bare.wall,
        "ratio": bare.cpu / cpu,
        "ratio of times": bare.wall / wall,
    }
