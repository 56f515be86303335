"""A whole desk goes from one kind of database to the other and back, and nothing is lost."""

import shutil

import pytest
from sqlmodel import func, select

from app.domain.errors import Refused
from app.domain.words import Role
from app.storage import migrate, transfer
from app.storage.claim_texts import has_letters
from app.storage.counts import wrong
from app.storage.session import Database
from app.storage.tables import Agent, Checker, Claim, KeptCount, Project
from tests import postgres
from tests.scenes import Scene

pytestmark = pytest.mark.postgres
# Whichever row of a count it stands in.
SUMMED = frozenset({"id", "shard", "number"})


@pytest.fixture
def opened():
    """Databases by their addresses, closed at the end."""
    held = []

    def open_one(url):
        held.append(Database(url))
        return held[-1]

    yield open_one
    for database in held:
        database.dispose()


@pytest.fixture(scope="session")
def upgraded(tmp_path_factory):
    """A new SQLite database of this version, made once; copy it, never open it."""
    path = tmp_path_factory.mktemp("upgraded") / "desk.db"
    migrate.upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def file(upgraded, tmp_path, opened):
    """A new SQLite database of this version."""

    def make(name):
        shutil.copy(upgraded, tmp_path / name)
        return opened(f"sqlite:///{tmp_path / name}")

    return make


def worked_on(database):
    """A desk on which something was done: people, claims, checks, a verdict, a draft."""
    scene = Scene(database)
    anna, ben = scene.reviewers("Anna", "Ben")
    lead = scene.person("Lea", Role.EDITOR)
    claim = scene.claim("Œuvre: 🙂 مرحبا costs 1.1 billion, \\N and\ttabs")
    for person in (anna, ben):
        scene.check(person, "false" if person is anna else "true", rationale="So it says.")
    scene.settle(lead, claim, reason="Looked again.")
    scene.claim()
    scene.draft(anna, scene.take(anna))
    with database.write() as session:
        first, last = (Agent(project_id=scene.id, name=name) for name in ("One", "Two"))
        session.add_all([first, last])
        session.flush()
        # It points at a row that comes after it.
        first.merged_into_id = last.key
    return scene


def test_a_desk_goes_to_postgresql_and_back_and_is_the_same(file, opened):
    before, there, back = file("a.db"), opened(postgres.migrated_database()), file("b.db")
    worked_on(before)

    went = list(transfer.copy(before, there))
    came = list(transfer.copy(there, back))

    assert went == came == transfer.count(before) == transfer.count(back)
    rows = {table.name: table.rows for table in went}
    assert (rows["claim"], rows["review_version"], rows["ruling"], rows["draft"]) == (2, 2, 1, 1)


def test_words_are_found_where_the_desk_went(file, opened):
    before, there, back = file("a.db"), opened(postgres.migrated_database()), file("b.db")
    worked_on(before)

    list(transfer.copy(before, there))
    list(transfer.copy(there, back))

    for database in (before, there, back):
        with database.reading() as session:
            found = session.exec(select(Claim.text).where(has_letters(Claim.id, "1.1 bill")))
            assert len(found.all()) == (1 if database.is_sqlite else 2)
    with there.reading() as session:
        index = "SELECT indisvalid FROM pg_index WHERE indexrelid = 'ix_claim_text'::regclass"
        assert session.connection().exec_driver_sql(index).scalar_one()


def counts_of(database):
    """What triggers keep, summed, of whom."""
    with database.reading() as session:
        assert wrong(session) == {}
        names = [column for column in KeptCount.__table__.c if column.name not in SUMMED]
        query = select(*names, func.sum(KeptCount.number)).group_by(*names)
        return {tuple(row[:-1]): int(row[-1]) for row in session.execute(query) if row[-1]}


def test_what_triggers_keep_is_counted_once_and_kept_on(file, opened):
    before, there, back = file("a.db"), opened(postgres.migrated_database()), file("b.db")
    worked_on(before)

    list(transfer.copy(before, there))
    list(transfer.copy(there, back))

    assert counts_of(before) == counts_of(there) == counts_of(back) != {}
    for database in (there, back):
        with database.write() as session:
            project = session.exec(select(Project)).one()
            session.add(Claim(project_id=project.key, text="One more."))
        assert sum(counts_of(database).values()) == sum(counts_of(before).values()) + 1


def test_everybody_begins_at_the_front_of_the_queue(file, opened):
    before, there = file("a.db"), opened(postgres.migrated_database())
    scene = worked_on(before)
    with before.write() as session:
        for row in session.exec(select(Checker)):
            # A number that the other database comes to in a long while.
            row.place, row.upto = "9", 1_000_000_000

    list(transfer.copy(before, there))

    with there.reading() as session:
        found = session.exec(select(Checker)).all()
    assert {(row.place, row.upto, row.lent_then) for row in found} == {("", 0, 0)}
    counted = {(row.person_id, row.lent, row.given) for row in scene.rows(Checker)}
    assert {(row.person_id, row.lent, row.given) for row in found} == counted


def test_a_copy_that_breaks_off_leaves_the_triggers(file):
    before, there = file("a.db"), file("b.db")
    worked_on(before)

    some = transfer.copy(before, there)
    next(some)
    some.close()

    Scene(there).claim()
    assert counts_of(there) != {}


def checkers_of(database):
    """What is counted of each checker."""
    with database.reading() as session:
        rows = session.exec(select(Checker).order_by(Checker.person_id)).all()
    return [(row.person_id, row.lent, row.given, row.place) for row in rows]


def test_checkers_are_counted_anew_and_look_from_the_front(file, opened):
    before, there = file("a.db"), opened(postgres.migrated_database())
    worked_on(before)
    list(transfer.copy(before, there))

    assert checkers_of(there) == [
        (person, lent, given, "") for person, lent, given, _ in checkers_of(before)
    ]


def test_work_goes_on_where_the_desk_was_copied_to(file, opened):
    before, there = file("a.db"), opened(postgres.migrated_database())
    worked_on(before)
    list(transfer.copy(before, there))

    with there.write() as session:
        project = session.exec(select(Project)).one()
        session.add(Claim(project_id=project.key, text="One more."))

    with there.reading() as session:
        assert sorted(session.exec(select(Claim.id)).all()) == [1, 2, 3]


def test_a_database_that_holds_something_is_left_as_it_is(file, opened):
    before, there = file("a.db"), opened(postgres.migrated_database())
    worked_on(before)
    Scene(there, slug="other")
    held = transfer.count(there)

    with pytest.raises(Refused) as refused:
        list(transfer.copy(before, there))

    assert refused.value.code == "transfer.not-empty"
    assert transfer.count(there) == held


def test_a_copy_that_breaks_off_leaves_nothing(file, opened):
    before, there = file("a.db"), opened(postgres.migrated_database())
    worked_on(before)

    some = transfer.copy(before, there)
    next(some)
    some.close()

    assert sum(table.rows for table in transfer.count(there)) == 0


def test_rows_that_come_out_otherwise_are_not_kept(file, opened, monkeypatch):
    before, there = file("a.db"), opened(postgres.migrated_database())
    worked_on(before)
    plain, seen = transfer._plain, []

    def other(value):
        seen.append(value)
        return plain(value) if len(seen) < 40 else "something else"

    monkeypatch.setattr(transfer, "_plain", other)
    with pytest.raises(Refused) as refused:
        list(transfer.copy(before, there))
    monkeypatch.undo()

    assert refused.value.code == "transfer.differs"
    assert sum(table.rows for table in transfer.count(there)) == 0
