"""``assay serve``: it starts, says where it is, and is gone when told to go."""

import importlib
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.cli import main, opening
from app.cli.serve import COLOURS, leave_out_colours
from app.config import Settings
from tests.cases import in_turn

ASSAY = [sys.executable, "-c", "from app.cli import main; main(prog_name='assay')"]
ROOT = Path(__file__).parents[2]
PATIENCE = 20
FIRST_PORT = 5000


@pytest.fixture
def environment(tmp_path, migrated):
    """The variables of a machine whose desk has an empty database."""
    folder = tmp_path / "desk"
    folder.mkdir()
    shutil.copy(migrated, folder / "assay.db")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ASSAY_")}
    unset = {name: "" for name in os.environ if name.startswith("ASSAY_")}
    return {
        **kept,
        **unset,
        "ASSAY_INSTANCE": str(folder),
        "HOME": str(tmp_path),
        "PYTHONPATH": str(ROOT),
    }


@pytest.fixture
def start(environment):
    """``start(ASSAY_PORT=…)`` serves until the test ends and answers what was said first."""
    running = []

    def begin(**variables):
        process = subprocess.Popen(
            [*ASSAY, "serve"],
            env={**environment, **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        running.append(process)
        lines = [process.stdout.readline() for _ in range(3)]
        assert lines[0], process.communicate()[1]
        return process, lines

    yield begin
    for process in running:
        process.kill()
        process.communicate()


def refused(environment, *words, **variables):
    result = CliRunner().invoke(main, words, env={**environment, **variables})
    assert (result.exit_code, result.stdout) == (1, ""), result.output
    return result.stderr.strip()


def free_port():
    """A port that nobody has, and that the system gives to nobody who asks for any."""
    for port in random.sample(range(20_000, 30_000), 100):
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
    raise LookupError("no free port")


def status_of(address):
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
            return answer.status
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.status


def family_of(pid):
    """A process and all that it started; none of it once it is gone."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except (FileNotFoundError, ProcessLookupError):
        return set()
    return {pid}.union(*(family_of(int(child)) for child in children))


def is_alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_it_says_where_it_is_and_how_to_get_in(start, environment):
    port = free_port()
    process, lines = start(ASSAY_PORT=str(port))

    assert lines[0] == f"Assay is at http://127.0.0.1:{port}\n"
    path = Path(environment["ASSAY_INSTANCE"], "assay.db")
    size = path.stat().st_size / 1_000_000
    assert lines[1] == f"Database: {path} ({size:.1f} MB)\n"
    # This one lies in a folder of tests.
    assert "emptied by the machine: set ASSAY_INSTANCE" in process.stderr.readline()
    link = re.fullmatch(rf".*(http://127\.0\.0\.1:{port}/links/[\w-]+)\n", lines[2])
    assert status_of(link[1]) == 200
    assert Path(environment["ASSAY_INSTANCE"], "secret_key").stat().st_mode & 0o077 == 0


@in_turn(
    ("url", "is_temporary"),
    [
        ("sqlite:////tmp/desk/assay.db", True),
        ("sqlite:////dev/shm/assay.db", True),
        ("sqlite:////srv/desk/tmp/assay.db", False),
        ("postgresql+psycopg://desk@/tmp", False),
    ],
)
def test_a_database_where_things_are_thrown_away_is_told_from_others(url, is_temporary):
    desk = Settings(instance=Path("/srv/desk"), database_url=url, secret_key="")

    assert opening.is_temporary(desk) is is_temporary


def test_all_its_processes_are_gone_soon_after_sigterm(start):
    port = free_port()
    process, _lines = start(ASSAY_PORT=str(port), ASSAY_WORKERS="3")
    # A browser that keeps its connection open is no reason to stay.
    with socket.create_connection(("127.0.0.1", port)) as browser:
        browser.sendall(b"GET /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert browser.recv(12).startswith(b"HTTP/1.1")
        until = time.monotonic() + PATIENCE
        while len(family := family_of(process.pid)) < 5 and time.monotonic() < until:
            time.sleep(0.05)
        # Who was begun last needs a moment until it hears.
        time.sleep(1)

        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        code = process.wait(timeout=PATIENCE)

    assert time.monotonic() - began < 5
    assert code == 0
    # The first, three that answer requests, one that does jobs.
    assert len(family) == 5
    while any(map(is_alive, family)) and time.monotonic() - began < 5:
        time.sleep(0.05)
    assert not {pid for pid in family if is_alive(pid)}


def test_a_child_that_is_killed_is_begun_again(start):
    process, _lines = start(ASSAY_PORT=str(free_port()), ASSAY_WORKERS="1")

    def children(number):
        until = time.monotonic() + PATIENCE
        while len(found := family_of(process.pid) - {process.pid}) != number:
            assert time.monotonic() < until, found
            time.sleep(0.05)
        return found

    before = children(2)
    for child in before:
        os.kill(int(child), signal.SIGKILL)
    until = time.monotonic() + PATIENCE
    while children(2) & before and time.monotonic() < until:
        time.sleep(0.05)

    assert not children(2) & before


def test_without_a_wish_it_takes_the_first_free_port_and_leaves_nothing_in_the_home_folder(
    start, environment
):
    with ExitStack() as held:
        # Another test may have it, and let go of it at any moment: only what is held here stays taken.
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with suppress(OSError):
                held.enter_context(socket.create_server(("127.0.0.1", FIRST_PORT)))
                break
            time.sleep(0.05)

        _process, lines = start()

    port = int(lines[0].rpartition(":")[2])
    assert FIRST_PORT < port < FIRST_PORT + 100
    assert [path.name for path in Path(environment["HOME"]).iterdir()] == ["desk"]


def test_a_port_that_was_asked_for_and_is_taken_is_said(environment):
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]

        said = refused(environment, "serve", ASSAY_PORT=str(port))

    assert said == f"Port {port} is taken: set ASSAY_PORT to another one."


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("ASSAY_PORT", "http"),
        ("ASSAY_PORT", "70000"),
        ("ASSAY_WORKERS", "0"),
        ("ASSAY_SECRET_KEY", "short"),
        ("ASSAY_URL", "desk.example.org"),
        ("ASSAY_DATABASE_URL", "mysql://desk"),
        ("ASSAY_HOST", "198.51.100.7"),
    ],
)
def test_a_bad_setting_is_one_sentence_that_names_it(environment, variable, value):
    said = refused(environment, "serve", **{variable: value})

    assert said.startswith(f"{variable}: ")
    assert "\n" not in said


@pytest.mark.parametrize("words", [["serve"], ["serve", "--demo"], ["db", "upgrade"]])
def test_a_folder_that_cannot_be_made_is_one_sentence(environment, tmp_path, words):
    (tmp_path / "file").write_text("in the way")
    folder = str(tmp_path / "file" / "desk")

    said = refused(environment, *words, ASSAY_INSTANCE=folder)

    assert said == (
        f"The folder {folder} cannot be written to: set ASSAY_INSTANCE to one that can."
    )


def test_what_is_refused_while_preparing_is_said_once(environment, tmp_path):
    (tmp_path / "desk" / "assay.db").write_bytes(b"not a database at all" * 100)

    done = subprocess.run(
        [*ASSAY, "serve", "--demo"], env=environment, capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert done.stdout == ""
    [line] = done.stderr.splitlines()
    assert "not a database" in line


def test_what_draws_errors_in_colours_is_not_loaded_unless_it_is_there_already(monkeypatch):
    there = object()
    monkeypatch.setitem(sys.modules, COLOURS, there)
    leave_out_colours()
    assert sys.modules[COLOURS] is there

    monkeypatch.delitem(sys.modules, COLOURS)
    leave_out_colours()
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module(COLOURS)
