"""A server that answers octet for octet as a test says, and one that nobody may reach."""

import select
import socket
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress

# What a script may do besides sending octets: nothing, for so many seconds.
Script = Iterable[bytes | float]
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
PAGE = b"<p>The harbour holds.</p>"


def answer(body=PAGE, *lines: bytes, status=b"200 OK", length: int | None = -1) -> bytes:
    """An answer; ``length`` None leaves the length out."""
    size = [] if length is None else [b"Content-Length: %d" % (len(body) if length < 0 else length)]
    head = [b"HTTP/1.1 " + status, b"Content-Type: text/html", *size, *lines, b"", b""]
    return b"\r\n".join(head) + body


def redirect(to: str, status=b"302 Found", *lines: bytes) -> bytes:
    """An answer that leads on."""
    return answer(b"", b"Location: " + to.encode(), *lines, status=status)


class Listener:
    """Takes connections one by one, each in a thread of its own."""

    def __init__(self, door: socket.socket) -> None:
        self.door, self._is_ended = door, False
        self.host, self.port = door.getsockname()[:2]
        self.connections = 0
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def url(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    def serve(self, line: socket.socket) -> None:
        """One connection."""

    def close(self) -> None:
        self._is_ended = True
        self.door.close()

    def _listen(self) -> None:
        with suppress(OSError, ValueError):
            while not self._is_ended:
                if select.select([self.door], [], [], 0.05)[0]:
                    line, _ = self.door.accept()
                    self.connections += 1
                    threading.Thread(target=self._serve, args=(line,), daemon=True).start()

    def _serve(self, line: socket.socket) -> None:
        with suppress(OSError), line:
            line.settimeout(10)
            self.serve(line)


class HostileServer(Listener):
    """Answers each path by the script of that name; keeps what it was asked in ``asked``."""

    def __init__(self, host="127.0.0.1", *, wrap: Callable | None = None) -> None:
        self.scripts: dict[str, Script | bytes] = {}
        # Answers every path that has no script.
        self.otherwise = lambda _path: answer(b"", status=b"404 Not Found")
        self.asked: list[bytes] = []
        self._wrap = wrap
        super().__init__(socket.create_server((host, 0), backlog=32))

    def serve(self, line: socket.socket) -> None:
        if self._wrap is not None:
            line = self._wrap(line)
        asked = b""
        while b"\r\n\r\n" not in asked and (piece := line.recv(65536)):
            asked += piece
        self.asked.append(asked)
        path = asked.split(b" ")[1].decode() if asked.count(b" ") > 1 else ""
        script = self.scripts[path] if path in self.scripts else self.otherwise(path)
        for step in [script] if isinstance(script, bytes) else script:
            if isinstance(step, float):
                time.sleep(step)
            else:
                line.sendall(step)
        self.hang_up(line)

    @staticmethod
    def hang_up(line: socket.socket) -> None:
        """Say that this was all, and let the other side read it before the line is gone."""
        with suppress(OSError):
            line.shutdown(socket.SHUT_WR)
            line.settimeout(1)
            while line.recv(65536):
                pass
        line.close()


class Canary(Listener):
    """What must not be reached: it counts who comes, on one port of the web and two addresses."""

    def __init__(self) -> None:
        door = self._door()
        super().__init__(door)
        self._other: Listener | None = None
        with suppress(OSError):
            six = socket.create_server(("::1", self.port), family=socket.AF_INET6)
            self._other = Listener(six)

    @property
    def reached(self) -> int:
        return self.connections + (self._other.connections if self._other else 0)

    def close(self) -> None:
        super().close()
        if self._other is not None:
            self._other.close()

    @staticmethod
    def _door() -> socket.socket:
        """A port of those that pages are fetched from, so that the address alone is in the way."""
        for port in range(8100, 9000):
            with suppress(OSError):
                return socket.create_server(("127.0.0.1", port), backlog=32)
        raise OSError
