"""The browser of one person, as lean as can be: bytes on a connection that is kept open."""

import re
import socket
import urllib.parse
import zlib
from html import unescape
from typing import NamedTuple

FORM = "Content-Type: application/x-www-form-urlencoded\r\n"
LENGTH = re.compile(rb"(?i)\r\ncontent-length: *(\d+)")
COOKIE = re.compile(rb"(?i)\r\nset-cookie: *([^=\r]+)=([^;\r]*)")
PLACE = re.compile(rb"(?i)\r\nlocation: *([^\r]+)")
ENCODING = re.compile(rb"(?i)\r\ncontent-encoding: *(\w+)")
CHUNKED = re.compile(rb"(?i)\r\ntransfer-encoding: *chunked")
CLOSES = re.compile(rb"(?i)\r\nconnection: *close")
TOKEN = re.compile(r'name="csrf_token"\s+value="([^"]+)"')
PATIENCE = 120
READ = 1 << 16
ENDS = b"\r\n\r\n"


class Answer(NamedTuple):
    """What came back; ``size`` is of everything that was on the wire."""

    status: int
    body: str
    place: str
    size: int


class Wire:
    """Cookies and a connection; answers come compressed, as to any browser."""

    def __init__(self, base: str, *, patience: float = PATIENCE) -> None:
        host, _, port = base.partition(":")
        self.base, self._address = base, (host, int(port))
        self.patience = patience
        self.cookies: dict[str, str] = {}
        self._socket: socket.socket | None = None

    def get(self, path: str) -> Answer:
        return self._asked(f"GET {path} HTTP/1.1\r\n", b"")

    def post(self, path: str, fields: dict[str, str]) -> Answer:
        body = urllib.parse.urlencode(fields).encode()
        return self._asked(
            f"POST {path} HTTP/1.1\r\n{FORM}Content-Length: {len(body)}\r\n"
            f"Origin: http://{self.base}\r\n",
            body,
        )

    def sign_in(self, email: str, password: str) -> str:
        """Sign in; a token for the forms of this session."""
        token = self.token(self.get("/sign-in").body)
        fields = {"csrf_token": token, "email": email, "password": password}
        answer = self.post("/sign-in", fields)
        assert answer.status == 303, f"{email} cannot sign in: {answer.status}"
        return self.token(self.get("/account").body)

    @staticmethod
    def token(page: str) -> str:
        return unescape(TOKEN.search(page)[1])

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def first_byte(self, path: str) -> Answer:
        """Ask for a page and read no more than its beginning."""
        self._send(f"GET {path} HTTP/1.1\r\n", b"")
        head = self._socket.recv(READ)
        while ENDS not in head or head.endswith(ENDS):
            head += self._socket.recv(READ)
        self.close()
        return Answer(int(head[9:12]), "", "", len(head))

    def _asked(self, first: str, body: bytes) -> Answer:
        kept = self._socket is not None
        try:
            self._send(first, body)
            return self._answer()
        except (ConnectionError, EOFError):
            self.close()
            if not kept:
                raise
            # The server lets go of a connection that was silent for a while.
            self._send(first, body)
            return self._answer()

    def _send(self, first: str, body: bytes) -> None:
        if self._socket is None:
            self._socket = socket.create_connection(self._address, timeout=self.patience)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        head = f"{first}Host: {self.base}\r\nAccept-Encoding: gzip\r\nCookie: {cookies}\r\n\r\n"
        self._socket.sendall(head.encode() + body)

    def _read(self) -> bytes:
        found = self._socket.recv(READ)
        if not found:
            raise EOFError
        return found

    def _answer(self) -> Answer:
        data = self._read()
        while ENDS not in data:
            data += self._read()
        head, _, body = data.partition(ENDS)
        if CHUNKED.search(head):
            size, body = self._chunks(body)
        else:
            size = body = self._whole(head, body)
            size = len(body)
        for name, value in COOKIE.findall(head):
            self.cookies[name.decode()] = value.decode()
        if CLOSES.search(head):
            self.close()
        if ENCODING.search(head):
            body = zlib.decompress(body, 31)
        place = PLACE.search(head)
        where = place[1].decode() if place else ""
        return Answer(int(head[9:12]), body.decode(), where, len(head) + len(ENDS) + size)

    def _whole(self, head: bytes, body: bytes) -> bytes:
        found = LENGTH.search(head)
        wanted = int(found[1]) if found else 0
        parts, have = [body], len(body)
        while have < wanted:
            parts.append(self._read())
            have += len(parts[-1])
        return b"".join(parts)

    def _chunks(self, data: bytes) -> tuple[int, bytes]:
        """A body that comes in pieces: how long it was on the wire, and what it says."""
        found, size = [], 0
        while True:
            while b"\r\n" not in data:
                data += self._read()
            line, _, data = data.partition(b"\r\n")
            length = int(line, 16)
            while len(data) < length + 2:
                data += self._read()
            found.append(data[:length])
            data, size = data[length + 2 :], size + len(line) + length + 4
            if not length:
                return size, b"".join(found)
