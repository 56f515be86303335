"""A page stands still for whoever writes: before its questions, before it is filled and before it is packed."""

import sys

from app.domain.words import Role
from app.storage import way
from tests.lending import Reader


def test_a_page_looks_for_whoever_writes_before_all_that_takes_long(app, login, monkeypatch):
    reader = Reader(app)
    reader.sign_in(login(Role.REVIEWER).person)
    looked = []
    monkeypatch.setattr(way, "give", lambda: looked.append(sys._getframe(1).f_globals["__name__"]))

    page = reader.get("/projects/desk/", headers={"Accept-Encoding": "gzip"})

    assert page.headers["Content-Encoding"] == "gzip"
    in_order = [name.rpartition(".")[2] for name in dict.fromkeys(looked)]
    assert in_order == ["driver", "templating", "headers"]
