"""Asking a service that speaks the OpenAI chat format: one question, one answer, within limits.

No redirect is followed, no more is read than an answer can have, and the whole call ends in time,
however slowly somebody sends. Neither the key nor the text is in any error.
"""

import json
import ssl
import time
from collections.abc import Sequence
from contextlib import suppress
from http.client import HTTPConnection, HTTPSConnection, IncompleteRead
from typing import Any
from urllib.parse import urlsplit

from app.config import LONGEST_MODEL, ChatService
from app.domain.chat import Answer, Message, tokens_in
from app.domain.errors import Refused
from app.fetching.patience import hang_up, in_time

MAX_BYTES = 2 * 1024 * 1024
# All the questions about one text together, in seconds.
MOST_SECONDS = 600.0
# A service counts otherwise than we do, but not more than so many times what a question may have.
MOST_TIMES = 10
STATUSES = {401: "chat.key", 403: "chat.key", 413: "chat.long", 429: "chat.busy"}


class Line:
    """A service and the time that is left for asking it."""

    def __init__(self, service: ChatService, *, seconds: float = MOST_SECONDS) -> None:
        self.service = service
        self.ends = time.monotonic() + seconds

    def __call__(self, messages: Sequence[Message]) -> Answer:
        """Ask, and wait no longer than one question and all of them together may take.

        Raises:
            Refused: no usable answer came; the code says why.
        """
        left = min(float(self.service.seconds), self.ends - time.monotonic())
        if left <= 0:
            raise Refused("chat.timeout")
        return ask(self.service, messages, seconds=left)


def ask(service: ChatService, messages: Sequence[Message], *, seconds: float) -> Answer:
    """The answer to some messages.

    Raises:
        Refused: no usable answer came; the code says why.
    """
    question = {
        "model": service.model,
        "messages": [{"role": one.role, "content": one.text} for one in messages],
        "temperature": 0,
        "max_tokens": service.max_tokens // 2,
        "stream": False,
    }
    call = _Call(service, json.dumps(question).encode(), seconds)
    try:
        failed = in_time(call.run, seconds=seconds, leave=call.end)
    except TimeoutError:
        raise Refused("chat.timeout") from None
    if failed is not None:
        raise Refused(failed)
    return _answer(service, call.body, messages)


class _Call:
    """One request, made in a thread of its own so that it can be left."""

    def __init__(self, service: ChatService, question: bytes, seconds: float) -> None:
        self.service, self.question, self.seconds = service, question, seconds
        self.body = b""
        self._line: HTTPConnection | None = None
        self._is_left = False

    def run(self) -> str | None:
        """Ask; what went wrong comes as a code, for its words may hold anything."""
        try:
            return self._ask()
        except TimeoutError:
            return "chat.timeout"
        except ssl.SSLError:
            return "chat.untrusted"
        except OSError:
            return "chat.unreachable"
        except IncompleteRead:
            return "chat.cut-off"
        except Exception:  # noqa: BLE001 - whatever a stranger sends
            return "chat.nonsense"
        finally:
            self.end()

    def end(self) -> None:
        """Hang up, from whatever thread; whoever is reached later is told nothing any more."""
        self._is_left = True
        line = self._line
        if line is not None:
            hang_up(line.sock)
            with suppress(OSError):
                line.close()

    def _ask(self) -> str | None:
        parts = urlsplit(self.service.url)
        host, port = parts.hostname or "", parts.port
        if parts.scheme == "https":
            context = ssl.create_default_context()
            self._line = HTTPSConnection(host, port, timeout=self.seconds, context=context)
        else:
            self._line = HTTPConnection(host, port, timeout=self.seconds)
        target = parts._replace(scheme="", netloc="", fragment="").geturl()
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self.service.key:
            headers["Authorization"] = f"Bearer {self.service.key}"
        self._line.connect()
        if self._is_left:
            return "chat.timeout"
        self._line.request("POST", target, self.question, headers)
        response = self._line.getresponse()
        if response.status != 200:
            return _failure(response.status)
        if (response.length or 0) > MAX_BYTES:
            return "chat.large"
        self.body = response.read(MAX_BYTES + 1)
        if len(self.body) > MAX_BYTES:
            return "chat.large"
        return "chat.cut-off" if response.length else None


def _failure(status: int) -> str:
    if status in STATUSES:
        return STATUSES[status]
    if 300 <= status < 400:
        return "chat.moved"
    return "chat.failed" if status >= 500 else "chat.refused"


def _answer(service: ChatService, body: bytes, messages: Sequence[Message]) -> Answer:
    """What the body says.

    Raises:
        Refused: it is no answer of a chat, or one that was cut short.
    """
    try:
        said: Any = json.loads(body)
        choice = said["choices"][0]
        text, ended = choice["message"]["content"], choice.get("finish_reason")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise Refused("chat.nonsense") from None
    if not isinstance(text, str):
        raise Refused("chat.nonsense")
    # Half of a letter that needs two units is nothing that can be kept or sent.
    text = text.encode("utf-8", errors="ignore").decode("utf-8")
    if ended == "length":
        raise Refused("chat.unfinished")
    usage = said.get("usage")
    asked = sum(tokens_in(one.text) for one in messages)
    return Answer(
        text=text,
        model=_model(service, said.get("model")),
        tokens_in=_count(service, usage, "prompt_tokens", asked),
        tokens_out=_count(service, usage, "completion_tokens", tokens_in(text)),
    )


def _count(service: ChatService, usage: object, name: str, estimate: int) -> int:
    """How many tokens the service counted, or what we think where it says nothing sensible."""
    found = usage.get(name) if isinstance(usage, dict) else None
    if not isinstance(found, int) or isinstance(found, bool):
        return estimate
    return found if 0 <= found <= MOST_TIMES * service.max_tokens else estimate


def _model(service: ChatService, named: object) -> str:
    """Which model answered, as the service says; never what could be our own key."""
    if not isinstance(named, str) or not named or not named.isprintable():
        return service.model
    if len(named) > LONGEST_MODEL or (service.key and service.key in named):
        return service.model
    return named
