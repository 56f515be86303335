"""A service that speaks the OpenAI chat format, in many manners, well and badly."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEY = "sk-0123456789-very-secret"
MODEL = "small-model"
# What the tests wait at most for an answer.
PATIENCE_SECONDS = 0.4


def claims(*quotes, **more):
    """An answer that proposes these words."""
    return json.dumps({"claims": [{"quote": quote, **more} for quote in quotes]})


class Handler(BaseHTTPRequestHandler):
    """One question, answered as ``server.manner`` says."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((self.path, dict(self.headers), json.loads(body)))
        manner = self.server.manner
        if isinstance(manner, int):
            self.send(manner, b'{"error": "' + KEY.encode() + b'"}')
        else:
            getattr(self, f"answer_{manner}")()

    def answer_well(self) -> None:
        answers = self.server.answers
        self.send(200, body_of(answers.pop(0) if len(answers) > 1 else answers[0], self.server))

    def answer_silence(self) -> None:
        time.sleep(5 * PATIENCE_SECONDS)

    def answer_dribble(self) -> None:
        """Bytes for ever, each long before any read would be given up."""
        self.send_response(200)
        self.send_header("Content-Length", "1000000")
        self.end_headers()
        for _ in range(100):
            self.wfile.write(b" ")
            self.wfile.flush()
            time.sleep(PATIENCE_SECONDS / 8)

    def answer_slow_head(self) -> None:
        """A head for ever."""
        for _ in range(100):
            self.wfile.write(b"HTTP/1.1 200 OK\r\n" if _ == 0 else b"X-A: b\r\n")
            self.wfile.flush()
            time.sleep(PATIENCE_SECONDS / 8)

    def answer_huge(self) -> None:
        self.send_response(200)
        self.end_headers()
        for _ in range(64):
            self.wfile.write(b" " * 65536)
        self.close_connection = True

    def answer_says_huge(self) -> None:
        self.send(200, b"{}", length=10**12)

    def answer_cut_off(self) -> None:
        self.send(200, body_of("{}", self.server), length=100_000)

    def answer_too_short(self) -> None:
        self.send(200, body_of("{}", self.server), length=10)

    def answer_redirect(self) -> None:
        self.send(307, b"", Location=f"{self.server.url}/elsewhere")

    def answer_text(self) -> None:
        self.send(200, b"<html>Welcome to our gateway</html>")

    def answer_shape(self) -> None:
        self.send(200, b'{"choices": [{"message": {"content": null}}]}')

    def answer_list(self) -> None:
        self.send(200, b"[" * 100_000)

    def answer_drop(self) -> None:
        self.close_connection = True

    def answer_gibberish(self) -> None:
        self.wfile.write(b"\x00\x01 hello\r\n\r\n")
        self.close_connection = True

    def answer_unfinished(self) -> None:
        self.send(200, body_of('{"claims": [', self.server, finish_reason="length"))

    def send(self, status: int, body: bytes, *, length: int | None = None, **headers) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = True

    def log_message(self, *_) -> None:
        """Say nothing."""


def body_of(text, server, **more) -> bytes:
    choice = {"message": {"role": "assistant", "content": text}, "finish_reason": "stop", **more}
    return json.dumps({"choices": [choice], "model": MODEL, **server.more}).encode()


class ChatServer(ThreadingHTTPServer):
    """Keeps what it was asked in ``asked``; gives ``answers`` one by one, the last for ever."""

    daemon_threads = True
    request_queue_size = 16

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.manner: str | int = "well"
        self.answers = [claims()]
        self.more: dict = {"usage": {"prompt_tokens": 100, "completion_tokens": 20}}
        self.asked: list[tuple[str, dict, dict]] = []
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    @property
    def articles(self) -> list[dict]:
        """The articles that it was sent, in parts."""
        return [json.loads(question["messages"][1]["content"]) for _, _, question in self.asked]

    def handle_error(self, *_) -> None:
        """Whoever hung up is no fault of ours."""

    def close(self) -> None:
        self.shutdown()
        self.server_close()
