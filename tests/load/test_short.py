"""The benchmark's short form: only what cannot be noise.

Questions asked, and steps of the database's own machine, of few claims and of four times as many.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlmodel import select

from app import create_app
from app.config import Settings
from app.storage.session import Database
from app.storage.tables import Person
from tests.conftest import SECRET
from tests.lending import DeskClient
from tests.load.checkers import HIDDEN, SAID, START
from tests.load.desks import LEAD, ME, email_of
from tests.load.generator import generate
from tests.load.parts.pages import LEADS, LISTS, names_of
from tests.work import counted, listen

FEW, MANY = 600, 2_400
# A progress handler is called once in so many steps.
STEPS = 20
# What is read of an index grows a little as it deepens.
GROWTH = 1.5
FLAT = (
    *("claims, newest first", "… first due first", "… checked", "… not mine"),
    *("one article", "agents", "one claim with its history"),
)

Cost = tuple[int, int]


@dataclass
class Desk:
    """A generated desk, with the steps that its database's machine has made."""

    size: int
    app: Flask
    database: Database
    names: dict[str, str]
    steps: int = 0

    def client(self, email: str) -> DeskClient:
        with self.database.reading() as session:
            row = session.exec(select(Person).where(Person.email == email)).one()
        return self.app.test_client().sign_in(row)

    def cost(self, ask: Callable[..., Any], *given: object, **named: object) -> tuple[Any, Cost]:
        """The answer to something, and its questions and steps."""
        before = self.steps
        with counted(self.database) as sent:
            answer = ask(*given, **named)
        return answer, (len(sent), self.steps - before)

    def count_steps(self, connection, _record) -> None:
        connection.set_progress_handler(self._step, STEPS)

    def _step(self) -> None:
        self.steps += STEPS


@pytest.fixture(scope="module")
def desks(tmp_path_factory, compiled) -> Iterator[tuple[Desk, Desk]]:
    """The same project with few claims and with many."""
    made = [opened(tmp_path_factory.mktemp(f"{size}"), size, compiled) for size in (FEW, MANY)]
    yield made[0], made[1]
    for desk in made:
        desk.database.dispose()


def opened(folder: Path, size: int, compiled) -> Desk:
    path = folder / "assay.db"
    generate(path, size)
    url = f"sqlite:///{path}"
    app = create_app(Settings(instance=folder, database_url=url, secret_key=SECRET))
    app.jinja_env.bytecode_cache, app.testing, app.test_client_class = compiled, True, DeskClient
    database = app.extensions["assay"] = Database(url)
    desk = Desk(size, app, database, names_of(path, size))
    listen(database, "connect", desk.count_steps)
    return desk


@pytest.fixture
def unchecked(monkeypatch) -> None:
    """What is on the pages is looked at by other tests."""
    monkeypatch.setattr("tests.pages.check", lambda html: html)


def costs(desk: Desk) -> dict[str, Cost]:
    """What each page costs, asked for the second time."""
    found = {}
    for email, pages in ((ME, LISTS), (LEAD, LEADS)):
        client = desk.client(email)
        for name in pages.keys() & set(FLAT):
            address = pages[name].format(**desk.names)
            assert client.get(address).status_code == 200
            _page, found[name] = desk.cost(client.get, address)
    return found


@pytest.mark.usefixtures("unchecked")
def test_a_page_costs_the_same_with_four_times_the_claims(desks):
    few, many = map(costs, desks)
    assert {n: asked for n, (asked, _) in few.items()} == {
        n: asked for n, (asked, _) in many.items()
    }
    grown = {name: many[name][1] / few[name][1] for name in FLAT}
    assert {name: round(by, 1) for name, by in grown.items() if by > GROWTH} == {}


def pair(desk: Desk) -> list[Cost]:
    """What a claim's page costs and the check of it, with the next one lent, after one of each."""
    client, found = desk.client(email_of(7)), []
    place = client.post(START).location
    for _ in range(2):
        page = client.get(place).get_data(as_text=True)
        form = dict(HIDDEN.findall(page)) | {"verdict": "false", "rationale": "Counted."}
        form |= {"attribution_verdict": "confirmed"} if SAID in page else {}
        _page, read = desk.cost(client.get, place)
        answer, sent = desk.cost(client.post, place, data=form)
        assert answer.status_code == 303
        place, found = answer.location, [read, sent]
    return found


@pytest.mark.usefixtures("unchecked")
def test_a_claim_is_read_and_checked_at_the_same_cost(desks):
    few, many = map(pair, desks)
    assert [asked for asked, _steps in few] == [asked for asked, _steps in many]
    assert many[1][1] < GROWTH * few[1][1]
