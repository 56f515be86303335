"""A long list of sources, a stretch at a time."""

from dataclasses import replace

import pytest

from app.domain.words import Decides, Role
from app.storage import source_lists
from app.storage.source_lists import SourceFilter, sources_from
from app.storage.source_uses import resting
from app.storage.tables import Source
from app.workflow.sources import SourceValues
from tests.scenes import LEADS, SOURCE, Scene
from tests.work import counted


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


@pytest.mark.parametrize("wanted", [SourceFilter(), SourceFilter(text="mine")])
def test_a_page_found_among_the_newest_uses_is_the_one_found_among_all(
    database, wanted, monkeypatch
):
    """Told in one's own words, too, where one's own use lies behind those looked at first."""
    scene = Scene(database, decides=Decides.SINGLE, reviews_wanted=1)
    ben, kim = scene.reviewers("Ben", "Kim")
    for actor, names, how in (
        (ben, ("site1", "site3"), "mine, older"),
        (ben, ("site1",), "mine"),
        (kim, ("site2", "site1"), "Kim's"),
        (kim, ("site1", "site3"), "Kim's, newer"),
    ):
        scene.claim()
        scene.check(actor, sources=[replace(page(name), title=how) for name in names])

    def pages():
        found, after = [], None
        while True:
            part = scene.ask(sources_from, ben, scene.id, wanted=wanted, after=after, limit=1)
            found += [(line.place, line.public_id, line.words.title) for line in part.lines]
            after = part.lines[-1].place if part.lines else part.end
            if after is None:
                return found

    monkeypatch.setattr(source_lists, "LOOKED_AT", 7)
    monkeypatch.setattr(source_lists, "AT_FIRST", 7)
    whole = pages()
    told = [title for _place, _name, title in whole]
    assert told == (["mine, older", "mine"] if wanted.text else ["mine, older", "mine", "Kim's"])
    for at_first in (1, 2, 3):
        monkeypatch.setattr(source_lists, "AT_FIRST", at_first)
        assert pages() == whole


def test_most_pages_of_sources_look_at_few_uses(database, monkeypatch):
    """Once a page is full among the newest uses, the others are asked of no more."""
    scene = Scene(database, decides=Decides.SINGLE, reviews_wanted=1)
    ben = scene.person("Ben", Role.REVIEWER)
    for number in range(6):
        scene.claim()
        scene.check(ben, sources=[page(f"site{number}")])
    monkeypatch.setattr(source_lists, "LOOKED_AT", 6)
    monkeypatch.setattr(source_lists, "AT_FIRST", 3)
    asked = []
    for limit in (3, 4):
        with counted(database) as sent:
            assert len(scene.ask(sources_from, ben, scene.id, limit=limit).lines) == limit
        asked.append(len(sent))
    assert asked[0] + 1 == asked[1]


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
