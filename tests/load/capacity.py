"""How much fits: the table of docs/scale.md, worked out of the figures of the benchmark.

``python -m tests.load.capacity --write`` writes it from ``docs/performance.json``. Figures of one's own:
``python -m tests.load.capacity --cpu 6 --database-cpu 2 --bytes 4000 --pairs 160``, printed or written.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parents[2] / "docs"
FIGURES, DOCUMENT = DOCS / "performance.json", DOCS / "scale.md"
BEGINS, ENDS = "<!-- capacity -->\n", "<!-- /capacity -->\n"
# What one claim asks of people: three checks of it.
CHECKS = 3
# Seconds that somebody takes for one check, and which part of a core is used when all work at once.
SECONDS_A_CHECK, LOAD = 60, 0.5
# Rows and indexes of PostgreSQL take about so much more room than those of SQLite: 863 MB for 695 MB, of
# 100,000 claims that were copied by `assay db copy`.
WIDER = 1.25
DAY_SECONDS, WORKING_DAYS = 8 * 3_600, 220
GIGABYTE = 1_000_000_000


@dataclass(frozen=True, kw_only=True)
class Measured:
    """Milliseconds of a core for reading and checking one claim, bytes of a claim, pairs a second."""

    cpu: float
    database_cpu: float
    bytes_a_claim: float
    pairs: float


@dataclass(frozen=True, kw_only=True)
class Setup:
    """Machines: cores of each host, hosts, cores and disk in GB of the database; 0 cores: a file."""

    name: str
    hosts: int
    cores: int
    database_cores: int
    disk: int


SETUPS = (
    Setup(name="a laptop, SQLite", hosts=1, cores=2, database_cores=0, disk=50),
    Setup(name="one server, SQLite", hosts=1, cores=8, database_cores=0, disk=500),
    Setup(name="2 hosts, PostgreSQL", hosts=2, cores=4, database_cores=4, disk=500),
    Setup(name="4 hosts, PostgreSQL", hosts=4, cores=8, database_cores=16, disk=2_000),
    Setup(name="16 hosts, PostgreSQL cut in 4", hosts=16, cores=8, database_cores=64, disk=8_000),
)


def measured(parts: dict[str, Any]) -> Measured:
    """What the benchmark found: the file of the largest project, and eight reviewers at once."""
    files = parts["machine"]["figures"]["file"]
    alone, beside = (parts[name]["figures"]["8 reviewers"] for name in ("pair", "postgresql"))
    return Measured(
        cpu=alone["cpu"],
        database_cpu=beside["database cpu"],
        bytes_a_claim=files[max(files, key=int)]["bytes a claim"],
        pairs=alone["a second"],
    )


def pairs_a_second(setup: Setup, found: Measured) -> float:
    """Claims read and checked: as many as the busiest of its parts can do."""
    limits = [setup.hosts * setup.cores * 1_000 / found.cpu]
    if setup.database_cores:
        limits.append(setup.database_cores * 1_000 / found.database_cpu)
    else:
        # One file takes one write at a time, however many cores wait for it.
        limits.append(found.pairs)
    return LOAD * min(limits)


def lines(found: Measured) -> Iterator[str]:
    """The table, one line of it after the other."""
    yield (
        f"Measured: {found.cpu:.1f} ms of a core for reading and checking one claim, and"
        f" {found.database_cpu:.1f} ms of PostgreSQL's; {found.bytes_a_claim:,.0f} bytes a claim with its"
        f" checks and sources (SQLite; PostgreSQL: about {WIDER:g} times as many); {found.pairs:.0f} a second"
        f" into one file.\nTaken: processors half busy, somebody who checks a claim in"
        f" {SECONDS_A_CHECK} seconds, {CHECKS} checks a claim, {WORKING_DAYS} days of eight hours.\n"
    )
    yield "| | checks a second | people at once | claims checked a year | claims on its disk |"
    yield "|---|---|---|---|---|"
    for setup in SETUPS:
        rate = pairs_a_second(setup, found)
        claim = found.bytes_a_claim * (WIDER if setup.database_cores else 1)
        a_year = rate * DAY_SECONDS * WORKING_DAYS / CHECKS
        fits = setup.disk * GIGABYTE / claim
        yield (
            f"| {setup.name} | {rate:,.0f} | {rate * SECONDS_A_CHECK:,.0f} | {_millions(a_year)}"
            f" | {_millions(fits)} |"
        )


def _millions(number: float) -> str:
    return f"{number / 1_000_000:,.0f} million"


def written(document: str, table: str) -> str:
    """The document with this table in its place."""
    before, _, rest = document.partition(BEGINS)
    _old, _, after = rest.partition(ENDS)
    return f"{before}{BEGINS}{table}{ENDS}{after}"


def main() -> None:
    """Print the table, or write it into the document."""
    parser = argparse.ArgumentParser(prog="python -m tests.load.capacity", description=__doc__)
    for name in ("--cpu", "--database-cpu", "--bytes", "--pairs"):
        parser.add_argument(name, type=float)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    if asked.cpu:
        found = Measured(
            cpu=asked.cpu,
            database_cpu=asked.database_cpu,
            bytes_a_claim=asked.bytes,
            pairs=asked.pairs,
        )
    else:
        found = measured(json.loads(FIGURES.read_text("utf-8"))["parts"])
    table = "\n".join(lines(found)) + "\n"
    if asked.write:
        DOCUMENT.write_text(written(DOCUMENT.read_text("utf-8"), table), "utf-8")
    else:
        sys.stdout.write(table)


if __name__ == "__main__":
    main()
