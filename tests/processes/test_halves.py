"""Two processes that make a file end together, however one of them ends."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.processes.conftest import ROOT, environment, wait_for
from tests.scenes import Scene

# The command as on a desk of many claims, though these are few.
EXPORT = """
import sys
from app.cli import halves, main
from app.storage import claim_blocks
halves.FEWEST, halves.cores, claim_blocks.SPAN = 0, lambda: 2, 2
main(["export", "--project", "desk", "--format", "verdicts.csv", *sys.argv[1:]], prog_name="assay")
"""


@pytest.fixture
def export(database, database_url, tmp_path):
    """``export("-o", file)`` begins the command over claims that no pipe has room for."""
    scene, begun = Scene(database), []
    for n in range(40):
        scene.claim(f"Claim {n}.", external_id=f"{n} " * 40)
    text = "What they said. " * 4_000
    with database.write() as session:
        session.connection().exec_driver_sql("UPDATE claim SET text = text || ?", (text,))

    def begin(*words):
        process = subprocess.Popen(
            [sys.executable, "-c", EXPORT, *words],
            cwd=ROOT,
            env=environment(tmp_path, database_url),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        begun.append(process)
        return process

    # Where the suite runs behind a shell, interrupting is ignored, by whoever it begins too.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield begin
    signal.signal(signal.SIGINT, before)
    for process in begun:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def members(group):
    """The processes of a group that have not ended, first the one that began it."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _parent, its = stat.read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(its) == group and state != "Z":
            found.append(int(stat.parent.name))
    return sorted(found)


def test_a_file_of_two_processes_is_whole(export, tmp_path):
    target = tmp_path / "out.csv"
    assert export("-o", str(target)).wait() == 0

    assert target.read_bytes().count(b"\r\n") == 41
    assert not list(tmp_path.glob(".*.half"))


@pytest.mark.parametrize(
    "how",
    [
        signal.SIGKILL,
        *(pytest.param(way, marks=pytest.mark.thorough) for way in (signal.SIGINT, signal.SIGTERM)),
    ],
)
def test_whoever_ends_the_command_ends_both(export, how):
    process = export()
    wait_for(lambda: len(members(process.pid)) == 2)

    # A terminal interrupts all of a group, whoever ends a command only the first.
    (os.killpg if how is signal.SIGINT else os.kill)(process.pid, how)

    assert process.wait() != 0
    wait_for(lambda: not members(process.pid))


def test_a_process_that_is_killed_leaves_no_half_file(export, tmp_path):
    half = tmp_path / ".out.csv.half"
    os.mkfifo(half)
    read = os.open(half, os.O_RDONLY | os.O_NONBLOCK)
    process = export("-o", str(tmp_path / "out.csv"))
    wait_for(lambda: len(members(process.pid)) == 2)

    os.kill(members(process.pid)[1], signal.SIGKILL)
    os.set_blocking(read, True)
    with os.fdopen(read, "rb") as file:
        file.read()

    assert process.wait() == 1
    assert b"One of two processes ended too early: no file was written." in process.stderr.read()
    assert not list(tmp_path.glob("*out.csv*"))
