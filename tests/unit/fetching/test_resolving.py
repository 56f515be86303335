"""Names: looked up once, judged, pinned."""

import socket
import time
from dataclasses import replace

import pytest

from app.config import FetchRules
from app.domain.errors import Refused
from app.fetching import resolving, wire
from app.fetching.pages import fetch
from app.fetching.resolving import look_up, pinned
from app.fetching.targets import target_of
from tests.hostile import Names
from tests.hostile_server import HostileServer, answer, redirect


def found(url, *addresses, allow=()):
    rules = FetchRules(allow=allow)
    return [
        str(one) for one in pinned(target_of(url), rules, seconds=1, look_up=lambda *_: addresses)
    ]


def refused(url, *addresses, allow=()):
    with pytest.raises(Refused) as refusal:
        found(url, *addresses, allow=allow)
    return refusal.value.code


def test_every_address_of_an_open_name_can_be_tried():
    assert found("http://a.example/", "1.1.1.1", "2606:4700::1") == ["1.1.1.1", "2606:4700::1"]


def test_one_bad_address_refuses_the_name():
    assert refused("http://a.example/", "1.1.1.1", "10.0.0.1") == "fetch.address"


def test_the_house_s_own_can_be_named():
    own = (("10.0.0.0/24", None),)

    assert found("http://archive.internal/", "10.0.0.1", allow=own) == ["10.0.0.1"]
    assert found("http://archive:9000/", "10.0.0.1", allow=own) == ["10.0.0.1"]
    assert found("http://a.example/", "10.0.0.1", "1.1.1.1", allow=own) == ["10.0.0.1", "1.1.1.1"]
    # Of a name that means something else in every house, every address must be known.
    assert refused("http://archive.internal/", "10.0.0.1", "1.1.1.1", allow=own) == "fetch.host"
    assert refused("http://a.example:22/", "1.1.1.1", allow=own) == "fetch.port"


@pytest.mark.parametrize("own", ["127.0.0.1", "::1"])
def test_this_machine_s_own_addresses_are_refused_though_they_be_open(monkeypatch, own):
    monkeypatch.setattr(resolving, "is_open", lambda _address: True)

    assert refused("http://a.example/", own) == "fetch.address"
    assert found("http://a.example/", own, allow=((own, None),)) == [own]


def test_without_leave_a_name_of_the_house_is_not_even_looked_up():
    asked = Names()
    for url in ("http://printer.local/", "http://localhost/", "http://a.example:22/"):
        with pytest.raises(Refused):
            pinned(target_of(url), FetchRules(), seconds=1, look_up=asked)

    assert asked.asked == []


def test_the_connection_goes_to_what_was_judged_in_one_step(monkeypatch):
    went, names = [], iter([["93.184.215.14"], ["127.0.0.1"], ["127.0.0.1"]])
    asked = []

    class Socket(socket.socket):
        def connect(self, where):
            if self.type == socket.SOCK_STREAM:
                went.append(where)
            raise ConnectionRefusedError

    def turning(host, _seconds):
        asked.append(host)
        return next(names)

    monkeypatch.setattr(wire.socket, "socket", Socket)
    with pytest.raises(Refused, match=r"fetch\.unreachable"):
        fetch("http://turning.example/", FetchRules(), look_up=turning)

    assert asked == ["turning.example"]
    assert went == [("93.184.215.14", 80)]


def test_a_name_that_turns_inward_is_asked_once_for_each_request(server, rules):
    other = HostileServer("127.0.0.3")
    names = Names()
    server.scripts["/"] = redirect(f"http://inward.example:{other.port}/")
    server.scripts["/fine"] = answer()

    assert fetch(f"http://turning.example:{server.port}/fine", rules, look_up=names).status == 200
    assert names.asked == ["turning.example"]
    with pytest.raises(Refused):
        fetch(f"http://turning.example:{server.port}/fine", rules, look_up=names)
    with pytest.raises(Refused):
        fetch(f"{server.url}/", rules, look_up=names)
    other.close()
    assert other.connections == 0


def test_the_next_address_is_tried_where_one_does_not_answer(server, rules):
    closed = HostileServer("127.0.0.3")
    closed.close()
    server.scripts["/"] = answer()
    both = replace(rules, allow=(*rules.allow, ("127.0.0.3", None)))

    page = fetch(
        f"http://two.example:{server.port}/", both, look_up=lambda *_: ["127.0.0.3", "127.0.0.1"]
    )

    assert page.exchanges[0].address == "127.0.0.1"


def test_a_look_up_has_no_longer_than_the_rest(monkeypatch):
    monkeypatch.setattr(resolving.socket, "getaddrinfo", lambda *_, **__: time.sleep(1))

    with pytest.raises(TimeoutError):
        look_up("slow.example", 0.05)


def test_the_look_up_names_each_address_once():
    assert look_up("127.0.0.1", 5) == ["127.0.0.1"]


@pytest.mark.parametrize("said", [[], ["nonsense"], ["1.1.1.1.1"]])
def test_what_is_no_address_is_no_host(said):
    assert refused("http://a.example/", *said) == "fetch.unknown-host"
