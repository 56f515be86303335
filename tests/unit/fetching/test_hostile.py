"""The hostile table: every try ends as it should, and nobody reaches what is not to be reached."""

import os
import shutil
import socket
import sys
from pathlib import Path

import pytest

from tests.hostile import SHORT, run, table
from tests.hostile_answers import DRIP, SLOW

DOCS = Path(__file__).parents[3] / "docs" / "sources.md"


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    if shutil.which("openssl") is None and os.environ.get("CI") != "true":
        pytest.skip("openssl, which makes the certificates, is not on this machine")
    world = run(tmp_path_factory.mktemp("hostile"))
    sys.stdout.write("\n".join([*table(world.tries), ""]))
    return world


def test_every_try_ends_as_it_should(world):
    assert len(world.tries) >= 60
    assert {one.name: one.ended for one in world.tries} == {
        one.name: one.expected for one in world.tries
    }
    assert len({one.name for one in world.tries}) == len(world.tries)


def test_nobody_was_reached(world):
    assert world.reached == 0


def test_the_canaries_count_whoever_comes(canary):
    with socket.create_connection((canary.host, canary.port)) as line:
        line.settimeout(5)
        line.recv(1)

    assert canary.reached == 1


def test_no_drip_is_waited_for_until_its_end(world):
    slow = {name for name, *_ in SLOW}

    taken = [one.seconds for one in world.tries if one.name in slow]

    assert len(taken) == len(slow)
    # A drip lasts a hundred times its pause.
    assert max(taken) < 100 * DRIP
    assert min(taken) >= SHORT


def test_no_cookie_comes_back(world):
    [asked] = [one for one in world.server.asked if one.startswith(b"GET /cookie ")]
    [page] = [one.page for one in world.tries if one.name == "sets a cookie and leads on"]

    assert ("Set-Cookie", "seen=1") in page.exchanges[0].headers
    assert b"cookie:" not in asked.lower()


def test_a_good_certificate_is_good(world):
    [page] = [one.page for one in world.tries if one.name == "a certificate that is good"]

    assert (page.status, page.final_url[:5]) == (200, "https")


def test_the_table_in_the_documents_is_the_one_that_was_made(world):
    text = DOCS.read_text("utf-8")

    assert "\n".join(table(world.tries)) in text
    assert f"Tries: {len(world.tries)}, reached: {world.reached}." in text
