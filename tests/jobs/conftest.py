"""Pages are read in the process of the tests: to begin one for each takes longer than to read it.

What such a process may take, and what becomes of what it cannot read, is asked in
``tests/unit/extraction/test_page_text.py``. Tests that take ``apart`` go the whole way.
"""

import json

import pytest

from app.domain.errors import Refused
from app.extraction import apart as reading
from app.extraction.article import UnreadableArticle


def read_here(data, kind, charset, _limits):
    """What the process would send, or the refusal that its end stands for."""
    try:
        return json.loads(json.dumps(reading.made_of(data, kind, charset or None)))
    except UnreadableArticle as problem:
        raise Refused("copy.unreadable", kind=type(problem).__name__) from problem


@pytest.fixture
def apart():
    """Pages are read in a process of their own, as on a desk."""


@pytest.fixture(autouse=True)
def _read_here(request, monkeypatch):
    if "apart" not in request.fixturenames:
        monkeypatch.setattr(reading, "_said", read_here)
