"""Servers with certificates, good and bad, made with the openssl of this machine."""

import socket
import ssl
import subprocess
import warnings
from contextlib import ExitStack, closing
from pathlib import Path

from tests.hostile_answers import FINE
from tests.hostile_server import HostileServer, answer, redirect

# Year, month, day, time: a day long ago.
LONG_AGO = ("20200101000000Z", "20200102000000Z")
AUTHORITY = """
[ca]
default_ca = own
[own]
database = {folder}/index
new_certs_dir = {folder}
rand_serial = yes
default_md = sha256
policy = any
copy_extensions = copy
[any]
commonName = supplied
"""


class TlsServer(HostileServer):
    """A server behind a certificate; ``expected`` is what a fetch from it ends as."""

    def __init__(self, expected: str, wrap) -> None:
        self.expected = expected
        super().__init__(wrap=wrap)
        self.scripts["/"] = answer()


def tls_servers(stack: ExitStack, folder: Path) -> dict[str, TlsServer]:
    """Each kind of server by its name; the certificates that are trusted are in trusted.pem."""
    authority(folder)
    own = "IP:127.0.0.1,DNS:secure.example"
    issue(folder, "good", own)
    issue(folder, "name", "DNS:other.example")
    issue(folder, "expired", own, LONG_AGO)
    openssl(
        folder, *f"req -x509 {KEY} -keyout self.key -out self.pem -days 2 -subj /CN=self".split()
    )
    good = wrapping(folder, "good")
    kinds = {
        "a certificate that is good": ("(fetched)", good),
        "leads from https to http": ("fetch.downgrade", good),
        "a certificate of its own": ("fetch.untrusted", wrapping(folder, "self")),
        "a certificate for another name": ("fetch.untrusted", wrapping(folder, "name")),
        "a certificate that has expired": ("fetch.untrusted", wrapping(folder, "expired")),
        "TLS 1.1": ("fetch.untrusted", wrapping(folder, "good", old=True)),
        "no TLS behind https": ("fetch.untrusted", shouting),
        "a handshake without end": ("fetch.timeout", silent),
    }
    servers = {name: stack.enter_context(closing(TlsServer(*kind))) for name, kind in kinds.items()}
    assert kinds["a certificate that is good"][0] == FINE
    servers["leads from https to http"].scripts["/"] = redirect("http://127.0.0.1:8999/")
    return servers


KEY = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"


def authority(folder: Path) -> None:
    """An authority that is trusted in this run alone."""
    (folder / "ca.conf").write_text(AUTHORITY.format(folder=folder))
    (folder / "index").touch()
    words = f"req -x509 {KEY} -keyout ca.key -out trusted.pem -days 2 -subj /CN=authority"
    openssl(folder, *words.split())


def issue(folder: Path, name: str, names: str, dates: tuple[str, str] | None = None) -> None:
    """A certificate of the authority for some names."""
    words = f"req {KEY} -keyout {name}.key -out {name}.csr -subj /CN={name}"
    openssl(folder, *words.split(), "-addext", f"subjectAltName={names}")
    when = ("-startdate", dates[0], "-enddate", dates[1]) if dates else ("-days", "2")
    words = f"ca -batch -config ca.conf -cert trusted.pem -keyfile ca.key -in {name}.csr -out {name}.pem"
    openssl(folder, *words.split(), "-notext", *when)


def openssl(folder: Path, *words: str) -> None:
    subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)


def wrapping(folder: Path, name: str, *, old: bool = False):
    """What makes a connection one of TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / f"{name}.pem", folder / f"{name}.key")
    if old:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_1
        context.set_ciphers("ALL:@SECLEVEL=0")
    return lambda line: context.wrap_socket(line, server_side=True)


def shouting(line: socket.socket) -> socket.socket:
    """No TLS at all."""
    line.sendall(answer())
    return line


def silent(line: socket.socket) -> socket.socket:
    """A handshake that is waited for."""
    while line.recv(65536):
        pass
    return line
