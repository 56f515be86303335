"""A thread of the server stays a moment with the browser that it answered, if it is to spare."""

import os
import socket
import threading
import time
from concurrent.futures import Future

import pytest
from gunicorn.config import Config
from gunicorn.workers.gthread import TConn, ThreadWorker

from app.cli import threads
from app.cli.server import options
from app.cli.threads import THREADS, WAITING, Threads
from app.config import Settings

LONG = 30


class Busy:
    """A pool that has no thread free: whoever is given to it is in line."""

    def submit(self, *_) -> Future:
        return Future()


def handle(worker, conn):
    """A thread takes a connection that gunicorn's first thread had in line."""
    worker.enqueue_req(conn)
    return worker.handle(conn)


@pytest.fixture
def worker(monkeypatch):
    made = Threads(0, os.getpid(), [], None, LONG, Config(), None)
    monkeypatch.setattr(made, "tpool", Busy())
    yield made
    made.tmp.close()


@pytest.fixture
def asked(monkeypatch):
    """The connections that gunicorn's own threads were given, one by one; each is kept."""
    given = []

    def answer(_worker, conn):
        conn.sock.recv(1)
        given.append(conn)
        return True

    monkeypatch.setattr(ThreadWorker, "handle", answer)
    return given


@pytest.fixture
def pair(worker):
    """What stands for a browser's connection, and the browser's end of it."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield TConn(worker.cfg, ours, "browser", "desk"), theirs


def test_what_comes_at_once_is_answered_by_the_thread_that_is_there(worker, asked, pair):
    conn, browser = pair
    browser.send(b"abc")

    assert handle(worker, conn) is True

    assert asked == [conn, conn, conn]


def test_what_comes_later_is_left_to_whoever_is_free_then(worker, asked, pair, monkeypatch):
    monkeypatch.setattr(threads, "MOMENT_MS", 1)
    conn, browser = pair
    browser.send(b"a")

    assert handle(worker, conn) is True
    browser.send(b"b")

    assert asked == [conn]
    assert conn.sock.recv(1) == b"b"


def test_a_thread_waits_for_nobody_once_the_worker_ends(worker, asked, pair):
    worker.alive = False
    conn, browser = pair
    browser.send(b"ab")

    handle(worker, conn)

    assert asked == [conn]


def test_some_threads_wait_for_nobody(worker, asked, pair):
    for _ in range(WAITING):
        assert worker.spare.acquire(blocking=False)
    conn, browser = pair
    browser.send(b"ab")

    handle(worker, conn)

    assert asked == [conn]


def test_whoever_is_in_line_comes_first(worker, asked, pair):
    conn, browser = pair
    browser.send(b"abc")
    worker.enqueue_req(conn)

    handle(worker, conn)
    assert asked == [conn]

    worker.handle(conn)
    assert asked == [conn, conn, conn]


def test_who_waited_is_to_spare_again(worker, asked, pair, monkeypatch):
    monkeypatch.setattr(threads, "MOMENT_MS", 1)
    conn, browser = pair

    for _ in range(WAITING + 1):
        browser.send(b"ab")
        handle(worker, conn)

    assert asked == [conn] * 2 * (WAITING + 1)


def test_a_connection_that_is_not_kept_is_not_waited_for(worker, pair, monkeypatch):
    monkeypatch.setattr(ThreadWorker, "handle", lambda *_: False)
    conn, browser = pair
    browser.send(b"ab")

    assert handle(worker, conn) is False

    assert conn.sock.recv(2) == b"ab"


def test_a_browser_that_goes_ends_the_wait(worker, asked, pair, monkeypatch):
    monkeypatch.setattr(threads, "MOMENT_MS", 1_000 * LONG)
    conn, browser = pair
    browser.send(b"a")
    waiting = threading.Thread(target=handle, args=(worker, conn))

    waiting.start()
    until = time.monotonic() + LONG
    while not asked and time.monotonic() < until:
        time.sleep(0.01)
    monkeypatch.setattr(ThreadWorker, "handle", lambda *_: False)
    browser.close()
    waiting.join(LONG)

    assert not waiting.is_alive()


def test_the_server_has_these_threads(tmp_path):
    chosen = options(Settings.read({"ASSAY_INSTANCE": str(tmp_path)}))

    assert (chosen["worker_class"], chosen["threads"]) == (Threads, THREADS)
    assert WAITING < THREADS
