"""A desk's server as it is started for real, and what all its processes cost."""

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
ASSAY = (sys.executable, "-c", "from app.cli import main; main(prog_name='assay')")
TICK = os.sysconf("SC_CLK_TCK")
PATIENCE = 60
# What is of another desk, and what ``make run`` takes away as well.
OTHERS = ("ASSAY_", "PYTHONDONTWRITEBYTECODE")


class Serving:
    """A server, all its processes in one group of their own."""

    def __init__(
        self,
        command: list[str],
        environment: Mapping[str, str],
        *,
        base: str = "",
        folder: Path = ROOT,
    ) -> None:
        self.began = time.perf_counter()
        self._process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )
        self.base = base or self._said()
        self._wait()
        self.seconds_to_answer = time.perf_counter() - self.began

    def _said(self) -> str:
        """The address, as the desk says it once it answers."""
        line = self._process.stdout.readline()
        assert line.startswith("Assay is at"), f"the server did not start: {line}"
        return line.split()[-1].removeprefix("http://").rstrip("/")

    def _wait(self) -> None:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                connection = http.client.HTTPConnection(self.base, timeout=PATIENCE)
                connection.request("GET", "/sign-in")
                connection.getresponse().read()
                connection.close()
            except ConnectionError:
                assert time.monotonic() < until, "the server does not answer"
                time.sleep(0.01)
            else:
                return

    def processes(self) -> list[int]:
        """Everybody in the group: the first process, workers, whoever does jobs."""
        return [pid for pid, group in _groups() if group == self._process.pid]

    def cpu(self) -> float:
        """Processor seconds of all of them so far."""
        return sum(_cpu(pid) for pid in self.processes())

    def read_from_disk(self) -> float:
        """KB that all of them read so far which the system had not in memory."""
        return sum(_read(pid) for pid in self.processes()) / 1024

    def pss(self) -> float:
        """Memory of all of them in MB; what they share is counted once."""
        return sum(_rollup(pid, "Pss:") for pid in self.processes()) / 1024

    def stop(self) -> None:
        """End it, at once if it does not end by itself."""
        self._process.terminate()
        try:
            self._process.communicate(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.communicate()


def _groups() -> Iterator[tuple[int, int]]:
    """All processes with the group each is in."""
    for path in Path("/proc").iterdir():
        if path.name.isdecimal():
            try:
                yield int(path.name), os.getpgid(int(path.name))
            except ProcessLookupError:
                continue


def _cpu(pid: int) -> float:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    user, system = stat.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / TICK


def _read(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/io").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("read_bytes:")), 0)


def cpu_below(pid: int) -> float:
    """Processor seconds of a process, of those it began, and of those that have ended."""
    user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[13:15]
    return sum(map(_cpu, (pid, *children_of(pid)))) + (int(user) + int(system)) / TICK


def children_of(pid: int) -> list[int]:
    """The processes that a process began; none once it has ended."""
    try:
        return [
            int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        ]
    except (FileNotFoundError, ProcessLookupError):
        return []


def own_memory(pid: int) -> float:
    """Memory in MB that a process shares with no other."""
    return (_rollup(pid, "Private_Clean:") + _rollup(pid, "Private_Dirty:")) / 1024


def _rollup(pid: int, name: str) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(name)), 0)


def environment(folder: Path, database: Path | str = "", **variables: str) -> dict[str, str]:
    """The variables of a desk's process: those of this one, but none of another desk.

    ``database`` is a file, or an address.
    """
    folder.mkdir(parents=True, exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OTHERS)}
    own = {"ASSAY_INSTANCE": str(folder), "PYTHONPATH": str(ROOT)}
    if database:
        own["ASSAY_DATABASE_URL"] = address_of(database)
    return {**kept, **own, **variables}


def address_of(database: Path | str) -> str:
    """The address of a database as the settings have it."""
    return database if isinstance(database, str) else f"sqlite:///{database}"


@contextmanager
def desk(folder: Path, database: Path | str = "", **variables: str) -> Iterator[Serving]:
    """The server as ``make run`` starts it, over a database or a new one with its seed data."""
    words = ["serve"] if database else ["serve", "--demo"]
    server = Serving([*ASSAY, *words], environment(folder, database, **variables))
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def cloned(folder: Path) -> Iterator[Serving]:
    """The server as ``make run`` makes it ready and starts it, in a clone that has nothing yet."""
    variables = environment(folder / "instance")
    # Else the clone would import this project, in the Python of this environment.
    del variables["PYTHONPATH"]
    variables.pop("VIRTUAL_ENV", None)
    server = Serving(["make", "--silent", "run"], variables, folder=folder)
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def floor(database: Path, port: int) -> Iterator[Serving]:
    """The same server over a view that does nothing but the same rows (``tests.load.floor``)."""
    words = ["-m", "gunicorn", "-k", "gthread", "-w", "2", "--threads", "4", "--preload"]
    where = ["-b", f"127.0.0.1:{port}", "--log-level", "warning", "tests.load.floor:application"]
    variables = {**os.environ, "PYTHONPATH": str(ROOT), "FLOOR_DATABASE": str(database)}
    server = Serving([sys.executable, *words, *where], variables, base=f"127.0.0.1:{port}")
    try:
        yield server
    finally:
        server.stop()
