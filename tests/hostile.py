"""The hostile table: every address and every server of it is tried, and what came of it is told.

    PYTHONPATH=. python -m tests.hostile

prints the table of docs/sources.md.
"""

import socket
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.config import FetchRules
from app.domain.errors import Refused
from app.domain.fetched import Fetched
from app.fetching.hosts import Hosts
from app.fetching.pages import fetch
from app.fetching.patience import in_time
from tests.hostile_addresses import MEANINGS, addresses
from tests.hostile_answers import FINE, SLOW, TURNING, answers
from tests.hostile_server import Canary, HostileServer, Listener, answer, redirect
from tests.hostile_tls import tls_servers

OPEN_ADDRESS = "93.184.215.14"
SECONDS, SHORT = 20, 0.4
MAX_BYTES = 500_000


@dataclass(frozen=True)
class Try:
    """One try: what it was refused as, or FINE, and what it should have been."""

    name: str
    ended: str
    expected: str
    seconds: float
    page: Fetched | None = None


class World:
    """One server that may be reached, and canaries at every other door."""

    def __init__(self, stack: ExitStack, folder: Path) -> None:
        self.server = stack.enter_context(closing(HostileServer()))
        self.canary = stack.enter_context(closing(Canary()))
        # A name that turns inward leads to the same port of another address of this machine.
        door = socket.create_server(("127.0.0.3", self.server.port))
        self.neighbour = stack.enter_context(closing(Listener(door)))
        self.tls = tls_servers(stack, folder)
        self.server.otherwise = leading_on
        self.ports = {"c": self.canary.port, "s": self.server.port, "path": ""}
        for name, server in self.tls.items():
            self.ports[name] = server.port
        self.tries: list[Try] = []

    @property
    def reached(self) -> int:
        return self.canary.reached + self.neighbour.connections

    def run(self) -> None:
        for name, url, expected in addresses():
            self.one(name, url.replace("{c}", str(self.canary.port)), expected)
        for number, (name, script, expected) in enumerate(answers()):
            path = f"/{number}"
            self.server.scripts[path] = script({**self.ports, "path": path})
            host = "turning.example" if name == TURNING else "127.0.0.1"
            seconds = SHORT if any(name == slow for slow, *_ in SLOW) else SECONDS
            self.one(name, f"http://{host}:{self.server.port}{path}", expected, seconds)
        for name, server in self.tls.items():
            seconds = SHORT if server.expected == "fetch.timeout" else SECONDS
            self.one(name, f"https://127.0.0.1:{server.port}/", server.expected, seconds)

    def one(self, name: str, url: str, expected: str, seconds: float = SECONDS) -> None:
        opened = [self.server, *self.tls.values()]
        allow = tuple((one.host, one.port) for one in opened)
        rules = FetchRules(seconds=seconds, max_bytes=MAX_BYTES, allow=allow)
        if name == "a look-up that never ends":
            rules = FetchRules(seconds=SHORT, max_bytes=MAX_BYTES, allow=allow)
        page, begun = None, time.monotonic()
        try:
            page = fetch(url, rules, look_up=Names(), hosts=Hosts(pause=0))
            ended = FINE
        except Refused as refusal:
            ended = refusal.code
        self.tries.append(Try(name, ended, expected, time.monotonic() - begun, page))


class Names:
    """What names mean, time after time."""

    def __init__(self) -> None:
        self.left = {name: list(meanings) for name, meanings in MEANINGS.items()}
        self.asked: list[str] = []

    def __call__(self, host: str, seconds: float) -> list[str]:
        self.asked.append(host)
        if host == "nowhere.example":
            raise socket.gaierror
        if host == "slow.example":
            return in_time(lambda: time.sleep(3 * SHORT) or [], seconds=seconds)
        meanings = self.left.get(host, [[OPEN_ADDRESS]])
        return meanings.pop(0) if len(meanings) > 1 else meanings[0]


def leading_on(path: str):
    """What the server says where no script is: it leads on for ever where it is asked to."""
    _, way, number = [*path.split("/"), "", ""][:3]
    if way == "on":
        return redirect(f"/on/{int(number) + 1}")
    if way == "slowly":
        return [SHORT / 2, redirect(f"/slowly/{int(number) + 1}")]
    return answer()


def run(folder: Path) -> World:
    """Try everything."""
    with ExitStack() as stack:
        world = World(stack, folder)
        patched = stack.enter_context(pytest.MonkeyPatch.context())
        patched.setenv("SSL_CERT_FILE", str(folder / "trusted.pem"))
        world.run()
        # Whoever came would have been seen by now.
        time.sleep(0.2)
        return world


def table(tries: list[Try]) -> list[str]:
    """The lines of the table: what refuses how many tries, and which."""
    groups = defaultdict(list)
    for one in tries:
        groups[one.ended].append(one.name)
    lines = ["| refused as | tries | which |", "|---|---|---|"]
    for code, names in sorted(groups.items()):
        told = "; ".join(name.replace("|", "\\|") for name in names)
        lines.append(f"| `{code}` | {len(names)} | {told} |")
    return lines


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        world = run(Path(folder))
    sys.stdout.write("\n".join(table(world.tries)) + "\n")
    sys.stdout.write(f"\ntries: {len(world.tries)}, reached: {world.reached}\n")


if __name__ == "__main__":
    main()
