"""Scales that are frozen are read once for the whole process; projects once in a session."""

import gc

import pytest
from sqlmodel import col, select

from app.domain.ids import now
from app.storage.projects import by_id
from app.storage.scales import scheme, vocabulary_of
from app.storage.tables import LabelScheme, Project
from tests.scales import ScaleScene
from tests.work import counted


@pytest.fixture
def scene(database):
    return ScaleScene(database)


def freeze(session, scene):
    project = session.get_one(Project, scene.id)
    used = (project.content_scheme_id, project.attribution_scheme_id)
    for row in session.exec(select(LabelScheme).where(col(LabelScheme.id).in_(used))):
        row.frozen_at = now()
    session.flush()


def read(scene, mode):
    """The scale and the words of the project, in a session of one kind."""
    with getattr(scene.database, mode)() as session:
        key = by_id(session, scene.id).content_scheme_id
        return scheme(session, key), vocabulary_of(session, scene.id)


def asked(scene, mode="reading"):
    with counted(scene.database) as sent:
        found = read(scene, mode)
    return found, [one for one in sent if "FROM label" in one or "WITH" in one]


def test_a_frozen_scale_is_asked_for_once(scene):
    with scene.database.write() as session:
        freeze(session, scene)
    first, questions = asked(scene)
    assert questions
    again, none = asked(scene)
    assert (again, none) == (first, [])
    assert asked(scene, "writing") == (first, [])


def test_a_scale_that_may_change_is_asked_for_each_time(scene):
    scene.use(scene.make().public_id)
    before, _questions = read(scene, "reading")
    scene.change(rename={"yes": "Surely"})
    after, words = read(scene, "reading")
    assert [label.name for label in before.labels] == ["Yes", "No"]
    assert [label.name for label in after.labels] == ["Surely", "No"]
    assert {label.name for label in after.labels} < {one.name for one in words.labels.values()}


def test_what_is_taken_back_is_not_kept(scene):
    scene.use(scene.make().public_id)
    with scene.database.writing() as session:
        freeze(session, scene)
        scheme(session, session.get_one(Project, scene.id).content_scheme_id)
        vocabulary_of(session, scene.id)
        session.rollback()
    scene.change(rename={"yes": "Surely"})
    shown, words = read(scene, "reading")
    assert shown.labels[0].name == "Surely"
    assert "Surely" in {one.name for one in words.labels.values()}


def test_another_database_has_scales_of_its_own(scene, tmp_path, migrated):
    with scene.database.write() as session:
        freeze(session, scene)
    read(scene, "reading")
    other = tmp_path / "other.db"
    other.write_bytes(migrated.read_bytes())
    elsewhere = ScaleScene(type(scene.database)(f"sqlite:///{other}"))
    _found, questions = asked(elsewhere)
    assert questions


def test_a_session_reads_its_project_once(scene):
    with counted(scene.database) as sent, scene.database.reading() as session:
        titles = []
        for _ in range(3):
            titles.append(by_id(session, scene.id).title)
            gc.collect()
    assert len(set(titles)) == 1
    assert len([one for one in sent if "FROM project" in one]) == 1


def test_a_session_sees_what_it_changes_of_its_project(scene):
    with scene.database.write() as session:
        assert by_id(session, scene.id).lease_minutes
        session.get_one(Project, scene.id).lease_minutes = 7
        assert by_id(session, scene.id).lease_minutes == 7
