"""A web server of this machine, for what is fetched: pages by their paths, in good and bad manners."""

import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = """<!doctype html><html lang="en"><head><title>{title}</title>
<meta name="author" content="Ada Lund"><meta property="og:site_name" content="The Harbour Post">
<meta property="article:published_time" content="2025-09-04T10:00:00Z">{head}</head>
<body><nav>Home</nav><article><h1>{title}</h1>
<p>The port of {title} lost 40 boats in one night, the mayor said on Monday.</p>
<p>A court fined the owner 9,000 euros, and the council of {title} doubts that this is enough.</p>
</article></body></html>"""


def page(title: str, *, head: str = "") -> bytes:
    """A page with an article, whose text differs with its title."""
    return PAGE.format(title=title, head=head).encode()


@dataclass
class Answer:
    """What is sent for a path."""

    body: bytes = b""
    status: int = 200
    kind: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)


class Handler(BaseHTTPRequestHandler):
    """One question, answered as ``server.pages`` says."""

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        answer = self.server.pages.get(self.path, Answer(b"Nothing here", 404))
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.kind)
        self.send_header("Content-Length", str(len(answer.body)))
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, *_) -> None:
        """Say nothing."""


class WebServer(ThreadingHTTPServer):
    """Keeps the paths that it was asked for in ``asked``; gives what is in ``pages``."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.pages: dict[str, Answer] = {}
        self.asked: list[str] = []
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def port(self) -> int:
        return self.server_address[1]

    def at(self, path: str) -> str:
        """The whole address of a path."""
        return f"http://127.0.0.1:{self.port}{path}"

    def put(self, path: str, body: bytes | str, status: int = 200, **values) -> str:
        """Have something answered at a path; its address."""
        body = body.encode() if isinstance(body, str) else body
        self.pages[path] = Answer(body, status, **values)
        return self.at(path)

    def handle_error(self, *_) -> None:
        """Whoever hung up is no fault of ours."""

    def close(self) -> None:
        self.shutdown()
        self.server_close()
