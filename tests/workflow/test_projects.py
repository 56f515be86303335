"""Making a project and changing how it works."""

import pytest

from app.domain.actors import CONSOLE
from app.domain.errors import Invalid, Missing, NotAllowed
from app.domain.label_presets import PRESETS
from app.domain.words import Decides, Role, SchemeKind
from app.storage import projects as questions
from app.storage import scales
from app.storage.tables import LabelScheme, Membership, Round
from app.workflow import guidelines, projects
from app.workflow.projects import NewProject, ProjectChanges
from tests.cases import in_turn
from tests.scenes import Scene


@pytest.fixture
def scene(database):
    return Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)


def changes(**values):
    return ProjectChanges(
        **{
            "title": "Desk",
            "description": "",
            "settles_itself": True,
            "open_from": None,
            "lease_minutes": 60,
            "source_labels": frozenset(),
            "timezone": "UTC",
            "may_choose": True,
            "counts_people": False,
            "publisher_name": None,
            "publisher_url": None,
            "corrections_url": None,
            **values,
        }
    )


def new(**values):
    return NewProject(**{"slug": "new-one", "title": "New", "decides": Decides.SIGNOFF, **values})


@pytest.mark.parametrize(
    ("decides", "number", "is_blind"),
    [(Decides.INDEPENDENT, 3, True), (Decides.SIGNOFF, 1, False), (Decides.SINGLE, 1, False)],
)
def test_only_independent_checks_are_blind(database, decides, number, is_blind):
    scene = Scene(database, decides=decides, reviews_wanted=number)
    [first] = scene.rows(Round)
    assert (first.is_blind, first.reviews_wanted) == (is_blind, number)


def test_who_makes_a_project_may_do_everything_in_it(scene):
    admin = scene.person("Ada", admin=True)
    made = scene.do(projects.add_project, admin, values=new())
    roles = {row.role for row in scene.rows(Membership, Membership.project_id == made.id)}
    assert roles == {Role.EDITOR, Role.REVIEWER, Role.ADJUDICATOR}


def test_only_admins_and_the_console_make_projects(scene):
    for somebody in (scene.person("Ed", Role.EDITOR), scene.person("Sam")):
        with pytest.raises(NotAllowed):
            scene.do(projects.add_project, somebody, values=new())


@in_turn(
    ("values", "field"),
    [
        ({"slug": "desk"}, "slug"),
        ({"slug": "new"}, "slug"),
        ({"slug": "A B"}, "slug"),
        ({"slug": "-a"}, "slug"),
        ({"slug": "a" * 61}, "slug"),
        ({"slug": ""}, "slug"),
        ({"title": " "}, "title"),
        ({"reviews_wanted": 0}, "reviews_wanted"),
        ({"reviews_wanted": 21, "decides": Decides.INDEPENDENT}, "reviews_wanted"),
        ({"reviews_wanted": 2}, "reviews_wanted"),
        ({"open_from": 1.5}, "open_from"),
        ({"scheme": "no-such"}, "scheme"),
        ({"scheme": "attribution-7"}, "scheme"),
    ],
)
def test_a_project_that_cannot_be_is_refused_and_nothing_is_written(scene, values, field):
    before = scene.state()
    with pytest.raises(Invalid) as refusal:
        scene.do(projects.add_project, CONSOLE, values=new(**values))
    assert refusal.value.values["field"] == field
    assert scene.state() == before


def test_a_preset_is_written_down_once_however_many_projects_use_it(scene):
    for slug in ("one", "two"):
        scene.do(projects.add_project, CONSOLE, values=new(slug=slug, scheme="averitec-4"))
    codes = [row.code for row in scene.rows(LabelScheme)]
    assert sorted(codes) == ["attribution-7", "averitec-4", "desk-7"]
    offered = scene.ask(scales.scheme_choices, SchemeKind.CONTENT)
    assert ("averitec-4", PRESETS["averitec-4"].name) in offered


def test_what_may_change_changes_and_the_label_rules_with_it(scene):
    editor = scene.person("Ed", Role.EDITOR)
    labels = scene.ask(scales.scheme, scene.project.content_scheme_id).labels
    true, false = labels[0].id, labels[4].id
    for wanted in ({true, false}, {false}):
        scene.do(
            projects.change_project,
            editor,
            scene.id,
            values=changes(title=" Desk two ", source_labels=frozenset(wanted)),
        )
    record = scene.ask(questions.by_id, scene.id)
    assert (record.title, record.lease_minutes) == ("Desk two", 60)
    shown = scene.ask(scales.scheme, scene.project.content_scheme_id, project_id=scene.id)
    assert [label.id for label in shown.labels if label.needs_source] == [false]


@pytest.mark.parametrize(
    ("values", "field"),
    [({"title": ""}, "title"), ({"lease_minutes": 0}, "lease_minutes"), ({"open_from": -1}, None)],
)
def test_a_change_that_cannot_be_is_refused_and_nothing_is_written(scene, values, field):
    editor = scene.person("Ed", Role.EDITOR)
    before = scene.state()
    with pytest.raises(Invalid) as refusal:
        scene.do(projects.change_project, editor, scene.id, values=changes(**values))
    assert field is None or refusal.value.values["field"] == field
    assert scene.state() == before


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ADJUDICATOR, Role.VIEWER])
def test_only_editors_change_a_project(scene, role):
    somebody = scene.person("Zoe", role)
    with pytest.raises(NotAllowed):
        scene.do(projects.change_project, somebody, scene.id, values=changes())
    with pytest.raises(NotAllowed):
        scene.do(guidelines.write_guidelines, somebody, scene.id, text="x")
    with pytest.raises(Missing):
        scene.do(projects.change_project, scene.person("Sam"), scene.id, values=changes())


def test_guidelines_are_kept_version_by_version_and_the_same_text_is_no_new_one(scene):
    editor = scene.person("Ed", Role.EDITOR)
    numbers = [
        scene.do(guidelines.write_guidelines, editor, scene.id, text=text)
        for text in ("First.", " First. ", "Second.")
    ]
    assert numbers == [1, 1, 2]
    assert scene.ask(questions.guideline, scene.id) == (2, "Second.")
