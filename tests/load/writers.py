"""One process of several threads that write all the time: it says how long each waited for its turn.

``python -m tests.load.writers DATABASE_URL THREADS SECONDS BEGIN_AT``; ``BEGIN_AT`` is a time.
"""

import json
import sys
import threading
import time

from sqlmodel import text

from app.cli.server import SWITCH_SECONDS
from app.storage import session
from app.storage.session import Database

# What is done while one writes, and between two writes, in seconds of a core.
WRITES, WORKS = 0.0015, 0.003
ADD = text("INSERT INTO written (words) VALUES (:words)")
POOL = 64


def work(seconds: float) -> None:
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        sum(range(50))


def write_on(database: Database, begin_at: float, end_at: float, waits: list[float]) -> None:
    time.sleep(max(0, begin_at - time.time()))
    while time.time() < end_at:
        work(WORKS)
        began = time.perf_counter()
        with database.write() as writing:
            writing.connection()
            waits.append(time.perf_counter() - began)
            work(WRITES)
            writing.execute(ADD, {"words": "x" * 300})


def main() -> None:
    url, threads, seconds, begin_at = sys.argv[1], *map(float, sys.argv[2:])
    sys.setswitchinterval(SWITCH_SECONDS)
    usual = session.create_engine
    # As many connections as threads: here they wait for their turn, and for nothing else.
    session.create_engine = lambda url, **options: usual(url, pool_size=POOL, **options)
    database = Database(url)
    waits: list[list[float]] = [[] for _ in range(int(threads))]
    begun = [
        threading.Thread(target=write_on, args=(database, begin_at, begin_at + seconds, mine))
        for mine in waits
    ]
    for thread in begun:
        thread.start()
    for thread in begun:
        thread.join()
    json.dump(waits, sys.stdout)


if __name__ == "__main__":
    main()
