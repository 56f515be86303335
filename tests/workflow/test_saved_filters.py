"""Lists that are kept under a name, on both databases."""

import pytest

from app.domain.errors import Invalid, Missing, NotAllowed
from app.domain.words import Role
from app.storage.saved_filters import saved_filters
from app.storage.tables import SavedFilter
from app.workflow.saved_filters import MAX_LISTS, FilterValues, retire_filter, save_filter
from tests.scenes import Scene


@pytest.fixture
def scene(database):
    return Scene(database)


@pytest.fixture
def ann(scene):
    return scene.reviewers("Ann")[0]


def kept(scene, actor, name="Late", query="due=overdue", **values):
    new = FilterValues(name=name, query=query, **values)
    return scene.do(save_filter, actor, scene.id, values=new)


def names(scene, actor):
    return [one.name for one in scene.ask(saved_filters, actor, scene.id)]


def test_a_list_is_for_oneself_or_for_all(scene, ann):
    editor, bob = scene.person("Eda", Role.EDITOR), scene.person("Bob", Role.VIEWER)
    kept(scene, ann, " My  own ")
    shared = kept(scene, editor, "For all", "tag=EU", is_shared=True)

    assert names(scene, ann) == ["For all", "My own"]
    assert names(scene, bob) == ["For all"]
    [one] = scene.ask(saved_filters, bob, scene.id)
    assert (one.public_id, one.query, one.is_shared, one.is_mine) == (
        shared,
        "tag=EU",
        True,
        False,
    )
    # What somebody looks for is nobody's business: no event holds it.
    assert [event.details for event in scene.events("filter.save")] == [{}, {}]


def test_the_same_list_sent_twice_is_kept_once(scene, ann):
    first = kept(scene, ann)
    before = scene.state()
    assert kept(scene, ann) == first
    assert scene.state() == before


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"name": " "}, "filter.name"),
        ({"name": "a" * 81}, "filter.name"),
        ({"query": ""}, "filter.empty"),
        ({"query": "a" * 2_001}, "filter.long"),
        ({"query": "tag=other"}, "filter.name-taken"),
    ],
)
def test_what_cannot_be_kept_changes_nothing(scene, ann, values, code):
    kept(scene, ann)
    before = scene.state()
    with pytest.raises(Invalid) as refused:
        kept(scene, ann, **values)
    assert refused.value.code == code
    assert scene.state() == before


def test_there_is_an_end_to_how_many_are_kept(scene, ann):
    with scene.database.write() as session:
        for n in range(MAX_LISTS):
            session.add(
                SavedFilter(project_id=scene.id, person_id=ann.person, name=str(n), query="a=b")
            )
    with pytest.raises(Invalid) as refused:
        kept(scene, ann)
    assert refused.value.code == "filter.many"


def test_only_leads_share_and_strangers_keep_nothing(scene, ann):
    before = scene.state()
    with pytest.raises(NotAllowed):
        kept(scene, ann, is_shared=True)
    with pytest.raises(Missing):
        kept(scene, scene.person("Stranger"))
    assert scene.state() == before


def test_a_list_is_retired_once_and_its_name_is_free_again(scene, ann):
    filter_id = kept(scene, ann)
    scene.do(retire_filter, ann, filter_id)
    scene.do(retire_filter, ann, filter_id)
    assert names(scene, ann) == []
    assert len(scene.events("filter.retire")) == 1
    assert kept(scene, ann) != filter_id


def test_who_may_retire_which_list(scene, ann):
    bob, lead = scene.person("Bob", Role.VIEWER), scene.person("Lea", Role.ADJUDICATOR)
    own = kept(scene, ann)
    shared = kept(scene, scene.person("Eda", Role.EDITOR), is_shared=True)
    before = scene.state()
    for actor, filter_id, refusal in (
        (bob, own, Missing),
        (lead, own, Missing),
        (bob, shared, NotAllowed),
        (scene.person("Stranger"), shared, Missing),
        (ann, "aaaaaaaaaaaa", Missing),
    ):
        with pytest.raises(refusal):
            scene.do(retire_filter, actor, filter_id)
    assert scene.state() == before
    scene.do(retire_filter, lead, shared)
    assert names(scene, bob) == []
