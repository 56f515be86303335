"""Scales that are made in a project, changed before anybody answered, taken into use."""

import pytest

from app.domain.errors import Invalid, Missing, NotAllowed, WrongState
from app.domain.words import Decides, Role
from app.storage.scales import scheme_choices
from app.storage.tables import OwnScheme, SourceRule
from app.workflow import projects
from app.workflow.projects import NewProject
from app.workflow.scales import AnswerValues, ScaleValues, scheme_id_of
from tests.cases import in_turn
from tests.scales import ATTRIBUTION, CONTENT, YES_NO, ScaleScene, at_work, named


@pytest.fixture
def scene(kept, request):
    return kept(at_work if "working" in request.fixturenames else ScaleScene)


@pytest.fixture
def working(scene):
    return scene


# Making


def test_a_scale_is_made_and_belongs_to_its_project(scene):
    made = scene.make()
    assert named(made) == [("yes", "Yes", 2), ("no", "No", 1)]
    assert made.code.startswith("yes-or-no-")
    assert [row.project_id for row in scene.rows(OwnScheme)] == [scene.id]
    [event] = scene.events("scheme.add")
    assert (event.thing, event.details) == (made.public_id, {"version": 1})


def test_the_same_scale_sent_twice_is_made_once(scene):
    assert scene.make() == scene.make()
    assert len(scene.rows(OwnScheme)) == 1


@in_turn(
    ("values", "code"),
    [
        (ScaleValues(name=" ", answers=YES_NO.answers), "scheme.name"),
        (ScaleValues(name="n" * 121, answers=YES_NO.answers), "scheme.name"),
        (ScaleValues(name="One", answers=YES_NO.answers[:1]), "scheme.number"),
        (ScaleValues(name="Twice", answers=YES_NO.answers * 2), "scheme.twice"),
        (
            ScaleValues(
                name="Nowhere", answers=(*YES_NO.answers, AnswerValues(name="M", before="m"))
            ),
            "scheme.crosswalk",
        ),
    ],
)
def test_what_is_no_scale_is_not_made(scene, values, code):
    before = scene.state()
    with pytest.raises(Invalid) as refused:
        scene.make(values)
    assert refused.value.code == code
    assert scene.state() == before


def test_no_two_answers_go_on_from_the_same_one(scene):
    label = scene.present().labels[0]
    twice = tuple(AnswerValues(name=name, before=label.code) for name in ("One", "Two"))
    before = scene.state()
    with pytest.raises(Invalid) as refused:
        scene.change(answers=twice)
    assert refused.value.code == "scheme.twice"
    assert scene.state() == before


def test_only_who_manages_the_project_makes_changes_or_swaps_a_scale(scene, database):
    reader = scene.person("Reader", Role.REVIEWER, Role.ADJUDICATOR, Role.VIEWER)
    stranger = ScaleScene(database, slug="elsewhere").editor
    before = scene.state()
    for actor, refusal in ((reader, NotAllowed), (stranger, Missing)):
        for act in (
            lambda who: scene.make(actor=who),
            lambda who: scene.change(drop=("unproven",), actor=who),
            lambda who: scene.use("fever-3", actor=who),
        ):
            with pytest.raises(refusal):
                act(actor)
    assert scene.state() == before


def test_a_scale_of_another_project_is_not_there(scene, database):
    other = ScaleScene(database, slug="elsewhere")
    theirs = other.make()
    before = scene.state()
    for name in (theirs.public_id, theirs.code):
        with pytest.raises(Invalid) as refused:
            scene.use(name)
        assert refused.value.code == "scheme.unknown"
    with pytest.raises(Invalid), database.write() as session:
        scheme_id_of(session, theirs.code, CONTENT)
    assert scene.state() == before
    assert theirs.code not in dict(scene.ask(scheme_choices, CONTENT))


def test_two_projects_make_scales_of_the_same_name_and_learn_nothing(scene, database):
    other = ScaleScene(database, slug="elsewhere")
    assert scene.make().code != other.make().code
    code = scene.make().code
    with pytest.raises(Invalid) as refused:
        other.do(
            projects.add_project,
            other.person("Admin", admin=True),
            values=NewProject(slug="third", title="T", decides=Decides.SINGLE, scheme=code),
        )
    assert refused.value.code == "scheme.unknown"


# Changing one that nobody answered on


def test_an_own_scale_without_checks_is_changed_in_place(scene):
    made = scene.make()
    scene.use(made.public_id)
    changed = scene.change(rename={"yes": "Yes, it is"}, drop=("no",), add=("Perhaps", "Never"))
    assert (changed.id, changed.version, changed.retired) == (made.id, 1, ())
    assert named(changed) == [
        ("perhaps", "Perhaps", 3),
        ("never", "Never", 2),
        ("yes", "Yes, it is", 1),
    ]


def test_in_place_answers_change_places_and_a_rule_of_one_left_out_goes(scene):
    scene.use(scene.make().public_id)
    yes, no = scene.present().labels
    with scene.database.write() as session:
        session.add(SourceRule(project_id=scene.id, label_id=no.id, needs_source=True))
    turned = (
        AnswerValues(name="No", before="no"),
        AnswerValues(name="Yes", before="yes", is_ranked=False),
    )
    turned = scene.change(answers=turned)
    assert [(label.id, label.rank) for label in turned.labels] == [(no.id, 1), (yes.id, None)]
    assert turned.labels[0].needs_source
    scene.change(drop=("no",), add=("Never",))
    assert scene.rows(SourceRule) == []


def test_a_shipped_scale_is_never_changed_for_others(scene, database):
    other = ScaleScene(database, slug="elsewhere")
    before = other.present()
    changed = scene.change(rename={"half-true": "Half right"})
    assert changed.code.startswith("desk-7-")
    assert changed.version == 1
    assert scene.present() == changed
    assert other.present() == before
    assert other.present().code == "desk-7"


# Another scale altogether


def test_another_scale_is_taken_before_the_first_check(scene):
    scene.claim()
    assert scene.use("fever-3").code == "fever-3"
    assert scene.use("fever-3").code == "fever-3"
    assert scene.use("attribution-5", kind=ATTRIBUTION).code == "attribution-5"
    made = scene.make()
    assert scene.use(made.public_id) == made
    assert [event.thing for event in scene.events("scheme.use")][-1] == made.public_id
    assert len(scene.events("scheme.use")) == 3


def test_and_not_after_it(working):
    before = working.state()
    for scale, kind in (("fever-3", CONTENT), ("attribution-5", ATTRIBUTION)):
        with pytest.raises(WrongState) as refused:
            working.use(scale, kind)
        assert refused.value.code == "scheme.in-use"
    assert working.state() == before


def test_whether_anybody_has_answered_does_not_tell_by_what_a_scale_allows(scene):
    scene.use(scene.make().public_id)
    scene.claim()
    [ben] = scene.reviewers("Ben")
    review_id = scene.take(ben)
    for tag in (2, 3):
        with pytest.raises(WrongState, match=r"scheme\.in-use"):
            scene.use("fever-3")
        assert scene.change(add=(f"Perhaps {tag}",)).version == tag
        if tag == 2:
            scene.submit(ben, review_id, "yes")


@pytest.mark.parametrize(("scale", "kind"), [("none", CONTENT), ("attribution-5", CONTENT)])
def test_a_scale_that_is_not_there_is_not_taken(scene, scale, kind):
    with pytest.raises(Invalid):
        scene.use(scale, kind)
