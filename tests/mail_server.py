"""A mail server of a few lines: it accepts, refuses, is slow, drips, hangs, or drops the line."""

import socket
import socketserver
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from email import message_from_bytes, policy
from email.message import EmailMessage

PATIENCE_SECONDS = 0.3
ANSWERS = {
    "EHLO": "250-here\r\n250 AUTH PLAIN",
    "AUTH": "235 in",
    "DATA": "354 go on",
    "QUIT": "221 bye",
}


class Session(socketserver.StreamRequestHandler):
    """One client, spoken to as ``server.manner`` says."""

    def handle(self) -> None:
        if self.server.manner == "slow":
            time.sleep(4 * PATIENCE_SECONDS)
            return
        if self.server.manner == "drips":
            self.drip()
            return
        self.say("554 no mails today" if self.server.manner == "closed" else "220 here")
        if self.server.manner == "drips later":
            self.drip()
            return
        while line := self.rfile.readline():
            word = line.split()[0].decode().upper()
            self.say(self.answer(word, line))
            if word == "QUIT" or (word == "DATA" and not self.take()):
                return

    def drip(self) -> None:
        """Say a letter now and then, and never come to an end of it."""
        with suppress(OSError):
            while not self.server.is_over:
                self.wfile.write(b"2")
                time.sleep(PATIENCE_SECONDS / 3)

    def answer(self, word: str, line: bytes) -> str:
        if word == "AUTH":
            self.server.logins.append(line.split()[-1])
        if word == "RCPT" and self.server.manner == "refuses":
            return "550 nobody here"
        return ANSWERS.get(word, "250 fine")

    def take(self) -> bool:
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        message = message_from_bytes(b"".join(lines), policy=policy.default)
        self.server.messages.append(message)
        if self.server.manner == "hangs":
            time.sleep(60)
        if self.server.manner in {"drops", "hangs"}:
            return False
        self.say("250 taken")
        return True

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


class Server(socketserver.ThreadingTCPServer):
    """Keeps what it was given in ``messages``; ``wrap`` makes a connection one of TLS."""

    daemon_threads = True

    def __init__(self, wrap: Callable[[socket.socket], socket.socket] = lambda line: line) -> None:
        super().__init__(("127.0.0.1", 0), Session)
        self.wrap = wrap
        self.manner = "accepts"
        self.is_over = False
        self.messages: list[EmailMessage] = []
        self.logins: list[bytes] = []
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    def get_request(self) -> tuple[socket.socket, object]:
        """The next connection."""
        line, address = super().get_request()
        return self.wrap(line), address

    @property
    def port(self) -> int:
        return self.server_address[1]

    def close(self) -> None:
        self.is_over = True
        self.shutdown()
        self.server_close()
