"""How quickly and how fairly many writers share one file: ``make load ARGS="-s -k turns"``."""

import json
import subprocess
import sys
import time
from itertools import chain
from pathlib import Path
from statistics import quantiles

import pytest
from sqlmodel import text

pytestmark = pytest.mark.load

ROOT = Path(__file__).parents[2]
SECONDS, START_SECONDS = 4, 5
SHAPES = ((2, 4), (4, 2), (2, 32), (4, 16))
# In a fair world each process writes as often as any other.
MOST_UNEVEN = 2


@pytest.mark.parametrize(("processes", "threads"), SHAPES)
def test_writers_take_turns(database, database_url, processes, threads, capsys):
    with database.write() as session:
        session.execute(text("CREATE TABLE written (id INTEGER PRIMARY KEY, words TEXT)"))
    begin_at = str(time.time() + START_SECONDS)
    words = (sys.executable, "-m", "tests.load.writers", database_url, str(threads), str(SECONDS))
    begun = [
        subprocess.Popen([*words, begin_at], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for _ in range(processes)
    ]
    found = [json.loads(one.communicate(timeout=120)[0]) for one in begun]
    assert [one.returncode for one in begun] == [0] * processes, "nobody was refused"

    each = [len(waits) for waits in chain(*found)]
    by_process = [sum(map(len, waits)) for waits in found]
    waits = sorted(chain(*chain(*found)))
    with capsys.disabled():
        print(  # noqa: T201 - a benchmark is for reading
            f"\n| {processes}×{threads} writers | {len(waits) / SECONDS:.0f} writes/s"
            f" | p50 {waits[len(waits) // 2] * 1_000:.0f} ms"
            f" | p99 {quantiles(waits, n=100)[-1] * 1_000:.0f} ms"
            f" | longest {waits[-1] * 1_000:.0f} ms | {min(each)}–{max(each)} each |"
        )
    with database.reading() as session:
        kept = session.execute(text("SELECT count(*) FROM written")).scalar_one()
    assert kept == len(waits)
    assert min(each) > 0
    assert max(by_process) <= MOST_UNEVEN * min(by_process)
