"""One request at a time to a host, and a pause between two."""

import threading
import time
from contextlib import ExitStack

import pytest

from app.domain.errors import Refused
from app.fetching.hosts import Busy, Hosts

PAUSE = 0.2


def test_two_at_a_host_come_one_after_the_other():
    hosts, at_once, most = Hosts(pause=0, patience=5), [], []

    def ask():
        with hosts.turn("a.example"):
            at_once.append(1)
            most.append(len(at_once))
            time.sleep(0.02)
            at_once.pop()

    threads = [threading.Thread(target=ask) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert most == [1] * 5


def test_another_host_is_not_waited_for():
    hosts = Hosts(patience=0)

    with ExitStack() as turns:
        turns.enter_context(hosts.turn("a.example"))
        turns.enter_context(hosts.turn("b.example"))
        with pytest.raises(Busy):
            turns.enter_context(hosts.turn("a.example"))


def test_between_two_there_is_a_pause():
    hosts = Hosts(pause=PAUSE, patience=5)
    begun = time.monotonic()

    for _ in range(2):
        with hosts.turn("a.example"):
            pass

    assert time.monotonic() - begun >= PAUSE


def test_whoever_cannot_wait_is_told_and_the_house_s_own_needs_no_pause():
    hosts = Hosts(pause=60, patience=0.01)

    for _ in range(2):
        with hosts.turn("10.0.0.1:8080", is_own=True):
            pass
    with hosts.turn("a.example"):
        pass
    with pytest.raises(Busy), hosts.turn("a.example"):
        pass


def test_being_early_is_no_refusal():
    assert not issubclass(Busy, Refused)


def test_a_turn_ends_with_whatever_broke_in_it():
    hosts = Hosts(pause=0, patience=0)

    with pytest.raises(ValueError, match="broke"), hosts.turn("a.example"):
        raise ValueError("broke")
    with hosts.turn("a.example"):
        pass


def test_hosts_of_long_ago_are_forgotten():
    hosts = Hosts(pause=0)

    for number in range(10):
        with hosts.turn(f"{number}.example"):
            pass

    assert len(hosts._free_at) == 1
