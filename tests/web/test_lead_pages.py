"""What leads open: as many questions, and as much work for each, of few claims as of many."""

import pytest

from app.domain.words import ClaimState, Role
from app.storage import counts
from app.storage.session import Database
from app.storage.tables import Membership, Person, Project
from app.workflow.tallies import recount
from tests.load.desk import LoadDesk
from tests.steps import watched

# So many claims in front of the queue are asked for by themselves (``waiting.COUNTED``): fewer here,
# so that both desks have more.
IN_FRONT = 20
FEW, MANY = 100, 1_000
ROWS = "SELECT count(*) FROM kept_count"
# How many questions each page asks at most.
PAGES = {
    "/projects/load/": 36,
    "/": 28,
    "/projects/load/agreement": 26,
    "/projects/load/batches": 18,
    "/projects/load/rounds": 14,
    "/projects/load/known-answers": 16,
    "/projects/load/settings": 20,
    "/projects/load/people": 20,
    "/projects/load/flags": 12,
    "/people": 12,
    "/notices": 10,
}


class Desk(LoadDesk):
    """A desk of some size whose agreement is counted, with somebody who leads and checks nothing."""

    def __init__(self, database: Database, number: int) -> None:
        super().__init__(database, number)
        with database.write() as session:
            session.get_one(Project, self.project.id).counts_people = True
            self.lead = Person(email="lea@example.org", name="Lea", is_admin=True)
            session.add(self.lead)
            session.flush()
            for role in (Role.EDITOR, Role.ADJUDICATOR):
                session.add(
                    Membership(project_id=self.project.id, person_id=self.lead.key, role=role)
                )
        for _claim in recount(database, self.project.id):
            pass


@pytest.fixture(scope="module")
def desks(tmp_path_factory, migrated):
    """A small desk and a large one, which nobody changes."""
    made = []
    for number in (FEW, MANY):
        path = tmp_path_factory.mktemp("desks") / f"{number}.db"
        path.write_bytes(migrated.read_bytes())
        made.append(Desk(Database(f"sqlite:///{path}"), number))
    yield made
    for desk in made:
        desk.database.dispose()


def asked(app, desk, who, address):
    """What a page asks, and how many steps that takes."""
    app.extensions["assay"] = desk.database
    client = app.test_client().sign_in(who)
    client.get(address)
    with watched(desk.database) as sent:
        assert client.get(address).status_code == 200
    return sent


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("who", ["lead", "me"])
def test_a_page_works_as_much_for_few_claims_as_for_many(app, desks, monkeypatch, address, who):
    if (address, who) == ("/people", "me"):
        pytest.skip("for those who manage the desk")
    monkeypatch.setattr("app.storage.waiting.COUNTED", IN_FRONT)
    monkeypatch.setattr("app.storage.figures.MOST_TIMED", IN_FRONT)
    # The checks of all these claims were given today.
    monkeypatch.setattr("app.storage.figures.PACE_DAYS", -2)
    # The pages are looked at by other tests.
    monkeypatch.setattr("tests.pages.check", lambda html: html)

    few, many = (asked(app, desk, getattr(desk, who), address) for desk in desks)

    assert len(few) == len(many) <= PAGES[address]
    for small, large in zip(few, many, strict=True):
        # Counts of days: ten times the claims are due on more of them, and ids are longer.
        assert large.steps <= 1.2 * small.steps + 150, large.words


def test_what_is_kept_of_many_rows_is_little(desks):
    few, many = desks
    numbers = []
    for desk in (few, many):
        with desk.database.reading() as session:
            assert counts.wrong(session) == {}
            kept = counts.kept(session, [desk.project.id], [state.value for state in ClaimState])
            assert sum(kept.values()) == desk.number
            numbers.append(session.connection().exec_driver_sql(ROWS).scalar_one())
    assert numbers[1] <= numbers[0] + 40
