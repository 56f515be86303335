"""The benchmark: one command, one run, one document. ``make bench``.

``make bench ARGS="--claims 1000,20000 --parts pair,pages --brief"`` measures less. Generated projects
are kept in ASSAY_BENCH_FOLDER (else a folder that goes with the run) and used again while they are of
this version. Figures go to ``docs/performance.json``; ``docs/performance.md`` and its plots are made
from them, by ``python -m tests.load.report`` as well.
"""

import argparse
import importlib
import json
import os
import platform
import sys
import sysconfig
import tempfile
import time
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.load import report
from tests.load.files import Files

PARTS = ("machine", "pair", "sizes", "pages", "leaving", "coming", "postgresql")
SIZES = "1000,100000,1000000"
MINUTES = 20


def words() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--claims", default=os.environ.get("ASSAY_BENCH_CLAIMS", SIZES))
    parser.add_argument("--parts", default=os.environ.get("ASSAY_BENCH_PARTS", ",".join(PARTS)))
    parser.add_argument("--folder", default=os.environ.get("ASSAY_BENCH_FOLDER"))
    parser.add_argument("--minutes", type=float, default=MINUTES, help="begin nothing after these")
    parser.add_argument("--brief", action="store_true", help="a tenth of the rounds")
    parser.add_argument("--add", action="store_true", help="keep the other parts of the last run")
    parser.add_argument("--to", type=Path, default=report.DOCS, help="the folder of the document")
    return parser.parse_args()


def say(text: str) -> None:
    """Tell whoever waits."""
    sys.stderr.write(f"{datetime.now(UTC):%H:%M:%S} {text}\n")


def machine() -> dict[str, Any]:
    """What it was measured on."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    names = [line.partition(": ")[2] for line in lines if line.startswith("model name")]
    return {
        "processor": names[0] if names else platform.machine(),
        "cores": os.cpu_count(),
        "python": f"{platform.python_version()}{optimised()}",
        "load": os.getloadavg()[0],
    }


def optimised() -> str:
    """Whether this Python was compiled with a profile: without one a page takes a sixth more.

    Those of Debian and its like are, though they do not say so.
    """
    if sys.base_prefix == "/usr":
        return " (the system's own)"
    told = sysconfig.get_config_var("CONFIG_ARGS") or ""
    return "" if "--enable-optimizations" in told else " (compiled without optimisation)"


def measure(files: Files, parts: list[str]) -> dict[str, Any]:
    """Each part, one after the other; what fails or comes too late is said in the document."""
    found: dict[str, Any] = {}
    for part in parts:
        if files.is_late:
            found[part] = {"failed": "the time was up"}
            say(f"{part}: left out, the time is up")
            continue
        began = time.monotonic()
        try:
            module = importlib.import_module(f"tests.load.parts.{part}")
            found[part] = {"figures": module.measure(files)}
        except Exception as error:  # noqa: BLE001 - the other parts are worth having
            traceback.print_exc()
            found[part] = {"failed": repr(error)[:200]}
        found[part]["at"] = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"
        say(f"{part}: {time.monotonic() - began:.0f} s")
    return found


def main() -> None:
    """Measure, keep, write."""
    asked = words()
    until = time.monotonic() + asked.minutes * 60
    sizes = tuple(sorted(int(size) for size in asked.claims.split(",")))
    kept = asked.to / report.KEPT
    before = json.loads(kept.read_text()) if asked.add and kept.exists() else {"parts": {}}
    with tempfile.TemporaryDirectory(prefix="assay-bench-") as passing:
        folder = Path(asked.folder or passing)
        files = Files(folder, sizes, is_brief=asked.brief, until=until)
        files.folder.mkdir(parents=True, exist_ok=True)
        for size in sizes:
            files.file(size)
            say(f"{size:,} claims are there")
        parts = measure(files, asked.parts.split(","))
    whole = {
        "machine": machine(),
        "sizes": sizes,
        "brief": asked.brief,
        "parts": {**before["parts"], **parts},
    }
    kept.write_text(json.dumps(whole, indent=1) + "\n")
    say(f"written: {report.write(asked.to)}")


if __name__ == "__main__":
    main()
