"""How a process is connected to PostgreSQL, and how long it waits for it. A file of SQLite needs none."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.config.reading import number

HOUR = 3_600
DAY = 24 * HOUR


@dataclass(frozen=True, slots=True)
class Connections:
    """Connections of one process, and the limits of what is done over them; 0 is no limit.

    Attributes:
        size: how many stay open.
        overflow: how many more there are while all of those are at work.
        wait_seconds: how long somebody waits for one.
        renew_seconds: after how long one is made anew, so that none grows old.
        statement_seconds: how long one question of a page may take.
        lock_seconds: how long somebody waits for a row that another one changes.
        idle_seconds: how long a transaction may do nothing; a machine that was switched off in the
            middle of one holds its rows no longer.
    """

    size: int = 5
    overflow: int = 5
    wait_seconds: int = 10
    renew_seconds: int = HOUR // 2
    statement_seconds: int = 30
    lock_seconds: int = 10
    idle_seconds: int = 15


# A command is watched by whoever gave it: it takes as long as it takes.
PATIENT = Connections(statement_seconds=0, lock_seconds=0, idle_seconds=0)


def connections(environ: Mapping[str, str]) -> Connections:
    """The connections that these variables describe.

    Raises:
        Refused: ``settings.bad``.
    """
    usual = Connections()

    def read(name: str, default: int, low: int, high: int) -> int:
        return number(environ, f"ASSAY_{name}", default, within=(low, high))

    return Connections(
        size=read("POOL_SIZE", usual.size, 1, 100),
        overflow=read("POOL_OVERFLOW", usual.overflow, 0, 100),
        wait_seconds=read("POOL_SECONDS", usual.wait_seconds, 1, 60),
        renew_seconds=read("POOL_RENEW_SECONDS", usual.renew_seconds, 10, DAY),
        statement_seconds=read("STATEMENT_SECONDS", usual.statement_seconds, 0, HOUR),
        lock_seconds=read("LOCK_SECONDS", usual.lock_seconds, 0, 60),
        idle_seconds=read("IDLE_SECONDS", usual.idle_seconds, 0, HOUR),
    )
