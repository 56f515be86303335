"""What is noted of the queue does not grow for ever, and nobody misses a claim for what was forgotten."""

import pytest
from sqlalchemy import func, text
from sqlmodel import col, select

from app.config import Settings
from app.jobs.desk import Desk
from app.jobs.upkeep import forget_changes
from app.storage import outlook, queue_changes
from app.storage.queue_place import FRONT
from app.storage.tables import Checker, QueueChange
from tests.scenes import Scene
from tests.work import counted
from tests.workflow.test_next_claim import same_as_from_the_front
from tests.workflow.test_queue_flat import go_on, many


@pytest.fixture
def scene(database):
    return Scene(database)


@pytest.fixture
def desk(database, tmp_path):
    return Desk(Settings.read({"ASSAY_INSTANCE": str(tmp_path)}), database)


def number_of_changes(scene):
    with scene.database.reading() as session:
        return session.exec(select(func.count()).select_from(QueueChange)).one()


def moved(scene, times):
    """Every claim moves in the queue so often, each time in a transaction of its own."""
    for _ in range(times):
        with scene.database.write() as session:
            session.execute(text("UPDATE claim SET version = version + 1"))


def checker_of(scene, actor):
    return scene.rows(Checker, Checker.person_id == actor.person)[0]


def test_only_the_newest_changes_of_a_project_are_kept(scene, desk, monkeypatch):
    monkeypatch.setattr(queue_changes, "KEPT", 60)
    many(scene, 20)
    moved(scene, 9)
    with scene.database.reading() as session:
        newest = session.exec(select(func.max(col(QueueChange.id)))).one()

    forget_changes(desk)

    # Those of one transaction stay together on a server.
    assert 60 < number_of_changes(scene) <= 60 + 20
    with scene.database.reading() as session:
        assert session.exec(select(func.max(col(QueueChange.id)))).one() == newest
    with counted(scene.database) as sent:
        forget_changes(desk)
    assert not [one for one in sent if one.startswith(("DELETE", "UPDATE"))]


def test_whoever_is_behind_what_was_forgotten_looks_from_the_front(scene, desk, monkeypatch):
    monkeypatch.setattr(outlook, "LENT_BETWEEN", 1)
    monkeypatch.setattr(queue_changes, "KEPT", 60)
    ann, ben = scene.reviewers("Ann", "Ben")
    many(scene, 20)
    for actor in (ann, ben):
        go_on(scene, actor, 4)
    assert checker_of(scene, ann).place > FRONT
    moved(scene, 9)
    go_on(scene, ben, 1)
    kept = checker_of(scene, ben)

    forget_changes(desk)

    assert checker_of(scene, ann).place == FRONT
    assert (kept.place, kept.upto) == (checker_of(scene, ben).place, checker_of(scene, ben).upto)
    with scene.database.reading() as session:
        for actor in (ann, ben):
            same_as_from_the_front(session, actor, scene.id)


def test_a_number_of_another_server_is_forgotten(scene, desk, monkeypatch):
    """A desk brought back by pg_restore into another cluster, whose clock is behind."""
    monkeypatch.setattr(outlook, "LENT_BETWEEN", 1)
    [ann] = scene.reviewers("Ann")
    many(scene, 20)
    go_on(scene, ann, 4)
    with scene.database.write() as session:
        session.execute(text("UPDATE checker SET upto = upto + 1000000000"))

    forget_changes(desk)

    assert (checker_of(scene, ann).place, checker_of(scene, ann).upto) == (FRONT, 0)
    with scene.database.reading() as session:
        same_as_from_the_front(session, ann, scene.id)


def test_changes_are_forgotten_in_pieces(scene, desk, monkeypatch):
    monkeypatch.setattr(queue_changes, "KEPT", 10)
    many(scene, 120)
    moved(scene, 1)
    with counted(scene.database) as sent:
        forget_changes(desk)
    assert len([one for one in sent if one.startswith("DELETE FROM queue_change")]) > 2
