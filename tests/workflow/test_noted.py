"""Notes of sources are found among what happened to no claim, which is little of the whole history."""

import pytest
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import select

from app.domain.words import Role
from app.storage.noted import is_noted_by
from app.storage.tables import Event, Source
from app.workflow.sources import SourceValues, note_source
from tests.scenes import Scene

LINK = "https://yearbook.example/2024"


@pytest.fixture
def scene(database):
    return Scene(database)


def noted(scene, person):
    """The sources that a person noted, and how the database goes about it when rows are many."""
    query = select(Source.public_id).where(is_noted_by(person))
    dialect = sqlite.dialect() if scene.database.is_sqlite else postgresql.dialect()
    words = str(query.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
    how = "EXPLAIN QUERY PLAN " if scene.database.is_sqlite else "EXPLAIN "
    with scene.database.reading() as session:
        if not scene.database.is_sqlite:
            session.connection().exec_driver_sql("SET LOCAL enable_seqscan = off")
        plan = [str(row[-1]) for row in session.connection().exec_driver_sql(how + words)]
        return session.exec(query).all(), " ".join(plan)


def test_a_note_is_found_by_its_own_index_and_by_whoever_made_it(scene):
    kim, ben = scene.person("Kim", Role.REVIEWER), scene.person("Ben", Role.REVIEWER)
    source = scene.do(note_source, kim, scene.id, row=SourceValues(url=LINK))

    found, plan = noted(scene, kim)

    assert found == [source]
    assert "ix_event_beside_claims" in plan
    assert noted(scene, ben)[0] == []
    [note] = [row for row in scene.rows(Event) if row.action == "source.note"]
    assert note.claim is None
