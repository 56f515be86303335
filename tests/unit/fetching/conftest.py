"""A server that answers as a test says, and the rules under which only it can be reached."""

import pytest

from app.config import FetchRules
from tests.hostile_server import Canary, HostileServer


@pytest.fixture
def server():
    server = HostileServer()
    yield server
    server.close()


@pytest.fixture
def canary():
    canary = Canary()
    yield canary
    canary.close()


@pytest.fixture
def rules(server):
    """The one port of the one server; whatever else this machine serves is out of reach."""
    return FetchRules(seconds=5, max_bytes=200_000, allow=((server.host, server.port),))
