"""A long list of sources, a stretch at a time."""

import pytest

from app.domain.words import Decides, Role
from app.storage import source_lists
from app.storage.source_lists import sources_from
from app.storage.source_uses import resting
from app.storage.tables import Source
from app.workflow.sources import SourceValues
from tests.scenes import LEADS, SOURCE, Scene


def page(name):
    return SourceValues(url=f"https://{name}.example/", title=name.title())


@pytest.mark.parametrize("is_blind", [False, True])
def test_pages_of_a_long_list_of_sources_have_each_once(database, is_blind, monkeypatch):
    """However little a page looks at, and whoever else's sources lie between."""
    scenes = [
        Scene(database, decides=Decides.SINGLE, reviews_wanted=1, slug=slug)
        for slug in ("one", "two")
    ]
    ben, other = (
        one.person(name, Role.REVIEWER) for one, name in zip(scenes, ("Ben", "Kim"), strict=True)
    )
    for number in range(5):
        names = [f"site{number}", f"site{number // 2}"]
        for scene, actor in zip(scenes, (ben, other), strict=True):
            scene.claim()
            scene.check(actor, sources=[page(name) for name in dict.fromkeys(names)])
    scene = scenes[0]
    actor = ben if is_blind else scene.person("Lea", *LEADS)
    whole = [line.public_id for line in scene.ask(sources_from, actor, scene.id).lines]
    assert len(whole) == 5
    monkeypatch.setattr(source_lists, "LOOKED_AT", 3)

    found, after, pages = [], None, 0
    while pages == 0 or after is not None:
        part = scene.ask(sources_from, actor, scene.id, after=after, limit=2)
        found += [line.public_id for line in part.lines]
        after, pages = part.lines[-1].place if len(part.lines) == 2 else part.end, pages + 1
    assert found == whole
    assert pages > 2


def test_of_a_source_that_many_use_some_are_counted(database):
    scene = Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)
    lead = scene.person("Lea", *LEADS)
    ben = scene.person("Ben", Role.REVIEWER)
    for _n in range(3):
        scene.claim()
        scene.check(ben, sources=[SOURCE])
    key = scene.rows(Source)[0].key
    some = scene.ask(resting, lead, [key], counted=2)[key]
    assert (some.claims, some.is_all) == (2, False)
    every = scene.ask(resting, lead, [key], counted=4)[key]
    assert (every.claims, every.is_all) == (3, True)
