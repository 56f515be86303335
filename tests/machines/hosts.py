"""Two machines in network namespaces of this one, behind nginx, over one PostgreSQL.

A bridge joins them. The database and nginx are at its address, each machine at one of its own; what is
unplugged is as silent as a machine without power.
"""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg

from tests import postgres
from tests.processes.conftest import ROOT, Server, environment

NETWORK, BRIDGE = "10.213.77", "assay-br"
HERE = f"{NETWORK}.1"
DOOR_PORT, HOST_PORT = 8099, 5000
NAMES = ("one", "two")
SECRET = "0123456789abcdefghijklmnopqrstuvwxyz-of-both"
NEEDED = {"ip": "iproute2", "nginx": "nginx-light"}
NGINX = """
worker_processes 1;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
user root;
events {{ worker_connections 512; }}
http {{
    log_format told '$msec $request_method $status $upstream_addr $upstream_status $request_time';
    access_log {folder}/access.log told;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


def missing() -> str:
    """What two machines need and is not here; nothing, if all is."""
    if os.geteuid() != 0:
        return "only root can make network namespaces"
    packages = [package for name, package in NEEDED.items() if not _program(name)]
    if not postgres.available():
        packages.append("postgresql")
    if packages:
        return f"not installed here: {', '.join(packages)} (Debian: apt install …)"
    made = subprocess.run(["ip", "netns", "add", "assay-try"], check=False, capture_output=True)
    if made.returncode:
        return "network namespaces cannot be made here"
    _ip("netns", "del", "assay-try")
    return ""


def _program(name: str) -> str | None:
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)


class Host:
    """A machine: a namespace with a cable to the bridge, and a desk's server in it."""

    def __init__(self, number: int, database_url: str, folder: Path) -> None:
        self.name = NAMES[number]
        self.address = f"{NETWORK}.{11 + number}"
        self.cable, self.space = f"assay-{self.name}", f"assay-{self.name}"
        self.environment = environment(
            folder / self.name,
            database_url,
            ASSAY_HOST=self.address,
            ASSAY_PORT=str(HOST_PORT),
            ASSAY_PROXIES="1",
            ASSAY_SECRET_KEY=SECRET,
            ASSAY_URL=f"http://{HERE}:{DOOR_PORT}",
        )
        self.server: Server | None = None
        self._lay_cable()

    def _lay_cable(self) -> None:
        _ip("netns", "add", self.space)
        _ip("link", "add", self.cable, "type", "veth", "peer", "name", "eth0", "netns", self.space)
        _ip("link", "set", self.cable, "master", BRIDGE, "up")
        for words in (
            ("addr", "add", f"{self.address}/24", "dev", "eth0"),
            ("link", "set", "eth0", "up"),
            ("link", "set", "lo", "up"),
        ):
            _ip("-n", self.space, *words)

    def start(self) -> None:
        """Plug it in and begin its server."""
        _ip("link", "set", self.cable, "up")
        self.server = Server(self.environment, ("ip", "netns", "exec", self.space))

    def unplug(self) -> None:
        """From now on nothing comes from it, not even that it has gone."""
        _ip("link", "set", self.cable, "down")

    def kill(self) -> None:
        """End all its processes at once."""
        if self.server is not None and self.server.is_running:
            self.server.kill()

    def remove(self) -> None:
        self.kill()
        _ip("link", "del", self.cable)
        _ip("netns", "del", self.space)


@contextmanager
def bridge() -> Iterator[None]:
    """What joins the machines, and a PostgreSQL that forgets nothing at its address."""
    _ip("link", "add", BRIDGE, "type", "bridge")
    try:
        _ip("addr", "add", f"{HERE}/24", "dev", BRIDGE)
        _ip("link", "set", BRIDGE, "up")
        postgres.new_server("-h", HERE, network=f"{NETWORK}.0/24")
        yield
    finally:
        _ip("link", "del", BRIDGE)


def new_database(name: str) -> str:
    """The address of an empty database of the server at the bridge."""
    with psycopg.connect(f"host={HERE} user=assay dbname=postgres", autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
    return f"postgresql+psycopg://assay@{HERE}/{name}"


@contextmanager
def door(folder: Path) -> Iterator[Path]:
    """nginx as docs/nginx.conf has it, at the bridge; the file in which it says what it did."""
    site = (ROOT / "docs" / "nginx.conf").read_text("utf-8")
    for before, after in (
        ("listen 80;", f"listen {HERE}:{DOOR_PORT};"),
        ("server_name desk.example.org;", f"server_name {HERE};"),
        ("10.0.0.", f"{NETWORK}."),
    ):
        assert before in site
        site = site.replace(before, after)
    (folder / "site.conf").write_text(site)
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder))
    words = [_program("nginx"), "-p", str(folder), "-c", str(folder / "nginx.conf")]
    with subprocess.Popen(words, stderr=subprocess.DEVNULL) as nginx:
        try:
            _wait_for(folder / "nginx.pid", nginx)
            yield folder / "access.log"
        finally:
            nginx.terminate()


def _wait_for(path: Path, process: subprocess.Popen) -> None:
    until = time.monotonic() + 10
    while not path.exists():
        assert process.poll() is None, "nginx has ended"
        assert time.monotonic() < until
        time.sleep(0.05)


@contextmanager
def two_hosts(database_url: str, folder: Path) -> Iterator[tuple[Host, Host]]:
    """Both machines, at work."""
    with ExitStack() as stack:
        made = []
        for number in range(2):
            made.append(Host(number, database_url, folder))
            stack.callback(made[-1].remove)
        for host in made:
            host.start()
        yield made[0], made[1]


def told(log: Path) -> list[tuple[float, str, int, list[str]]]:
    """What nginx wrote down: when, what was asked, with which status, and who was asked."""
    line = re.compile(r"(\S+) (\S+) (\d+) (.*?) [-\d][\d, -]* \S+$")
    found = [line.match(one) for one in log.read_text().splitlines()]
    return [(float(m[1]), m[2], int(m[3]), m[4].split(", ")) for m in found if m]
