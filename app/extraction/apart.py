"""Reading what strangers wrote in a process of its own, which may take so much and no more.

A page or a PDF file from anywhere can be made to take all the time or memory of whoever reads it.
So a child process reads it, with limits that the system holds it to; what it made of it comes back
as JSON. Whatever happens in the child, the parent gets an answer or a refusal.
"""

import ctypes
import json
import os
import resource
import signal
import subprocess
import sys
import unicodedata
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from app.domain.errors import Invalid, Refused
from app.extraction.article import UnreadableArticle
from app.extraction.document import Document, document_in
from app.extraction.page_text import OTHER, PDF, PageText, page_text
from app.extraction.pdf_text import pdf_text

ROOT = Path(__file__).resolve().parents[2]
MEGABYTE = 1024 * 1024
# Characters: what is longer is cut there, and said to be.
MAX_TEXT = 1_000_000
MAX_TITLE = 500
CPU_SECONDS = 10
WALL_SECONDS = 30
# How many children one process has at once: each may take a gigabyte. A lane of jobs has no more.
MOST_AT_ONCE = 4
# How long one more waits for its turn.
WAIT_SECONDS = 60
MEMORY = 1024 * MEGABYTE
# From Linux's sys/prctl.h.
PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True)
class Limits:
    """What the child may take: seconds of its processor and by the clock, bytes of memory."""

    cpu: int = CPU_SECONDS
    wall: float = WALL_SECONDS
    memory: int = MEMORY


USUAL = Limits()
# What a child is asked for beside the kinds of ``page_text``: an article with what it says of itself.
ARTICLE, PLAIN = "article", "plain-article"
_turns = BoundedSemaphore(MOST_AT_ONCE)


def read_apart(
    data: bytes, *, kind: str, charset: str | None = None, limits: Limits = USUAL
) -> PageText:
    """What a page or a file of a ``kind`` of ``page_text`` says, NFC with LF, MAX_TEXT at most.

    Raises:
        Refused: ``copy.unreadable``: it says nothing that can be read, or took too much of time or
            memory, or too many others were read for too long.
    """
    if kind == OTHER or not _turns.acquire(timeout=WAIT_SECONDS):
        raise Refused("copy.unreadable")
    try:
        return _read(data, kind, charset, limits)
    finally:
        _turns.release()


def read_article_apart(
    data: bytes, *, is_html: bool, charset: str | None = None, limits: Limits = USUAL
) -> Document:
    """The article in a page or a plain text: what ``document_in`` makes of it, made apart.

    Raises:
        Invalid: it is empty, no text, or holds no article; the code says which.
        Refused: ``copy.unreadable``: it took too much of time or memory, or too many others did.
    """
    if not _turns.acquire(timeout=WAIT_SECONDS):
        raise Refused("copy.unreadable")
    try:
        said = _said(data, ARTICLE if is_html else PLAIN, charset, limits)
    finally:
        _turns.release()
    if "refused" in said:
        raise Invalid(str(said["refused"]))
    return Document(**said)


def _read(data: bytes, kind: str, charset: str | None, limits: Limits) -> PageText:
    said = _said(data, kind, charset, limits)
    return PageText(said["text"], said["title"])


def _said(data: bytes, kind: str, charset: str | None, limits: Limits) -> dict[str, Any]:
    """What the child made of some bytes, as JSON."""
    command = [sys.executable, "-m", __name__, kind, charset or "", str(limits.cpu)]
    try:
        done = subprocess.run(  # noqa: S603 - this very program, and words that it chose
            [*command, str(limits.memory)],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # Nothing of the desk's own settings, keys among them, is in reach of what is read.
            env={"PYTHONPATH": str(ROOT), "PATH": os.defpath, "PYTHONUTF8": "1"},
            timeout=limits.wall,
            check=True,
        )
        return dict[str, Any](json.loads(done.stdout))
    except (subprocess.SubprocessError, OSError, ValueError, LookupError) as problem:
        raise Refused("copy.unreadable", kind=type(problem).__name__) from problem


def end_with_parent() -> None:
    """Have this process ended with the one that began it, however that ends, where Linux can."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def main(kind: str, charset: str, cpu: str, memory: str) -> int:
    """Read what comes on standard input, within limits; 1 where nothing can be read from it."""
    end_with_parent()
    for limit, most in (
        (resource.RLIMIT_CPU, int(cpu)),
        (resource.RLIMIT_AS, int(memory)),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))
    try:
        json.dump(made_of(sys.stdin.buffer.read(), kind, charset or None), sys.stdout)
    except (UnreadableArticle, MemoryError, RecursionError):
        return 1
    return 0


def made_of(data: bytes, kind: str, charset: str | None) -> dict[str, Any]:
    """What the child answers; alone in its process, for nothing here is limited.

    Raises:
        UnreadableArticle: nothing can be read from it.
    """
    if kind in {ARTICLE, PLAIN}:
        return _article(data, is_html=kind == ARTICLE, charset=charset)
    if kind == PDF:
        found = pdf_text(data, longest=MAX_TEXT)
    else:
        found = page_text(data, kind=kind, charset=charset)
    # Composed anew at the very end: what was cut stays in one form.
    text = unicodedata.normalize("NFC", _whole(found.text))[:MAX_TEXT]
    return {"text": text, "title": _whole(found.title)[:MAX_TITLE]}


def _article(data: bytes, *, is_html: bool, charset: str | None) -> dict[str, Any]:
    try:
        return asdict(document_in(data, is_html=is_html, charset=charset))
    except Invalid as refusal:
        return {"refused": refusal.code}


def _whole(text: str) -> str:
    """A text without halves of characters (lone surrogates), which no database or file takes."""
    return text.encode("utf-8", "replace").decode()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:5]))
