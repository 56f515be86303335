"""Scales that are made and changed in a project: old answers stay, and are compared with new ones."""

import pytest
from sqlmodel import col, select

from app.domain.errors import Invalid, Missing, NotAllowed, Stale, WrongState
from app.domain.labels import Lines
from app.domain.words import Decides, Role, SchemeKind
from app.storage import agreement, exports, queue, rulings, scales, settling
from app.storage.scales import scheme, scheme_choices
from app.storage.tables import (
    Event,
    Label,
    LabelScheme,
    OwnScheme,
    Project,
    ReviewVersion,
    Ruling,
    SourceRule,
)
from app.workflow import projects
from app.workflow.projects import NewProject
from app.workflow.scales import (
    AnswerValues,
    ScaleValues,
    change_scale,
    make_scale,
    scheme_id_of,
    use_scale,
)
from tests.scenes import LEADS, SOURCE, Scene

CONTENT, ATTRIBUTION = SchemeKind.CONTENT, SchemeKind.ATTRIBUTION
YES_NO = ScaleValues(name="Yes or no", answers=(AnswerValues(name="Yes"), AnswerValues(name="No")))


class ScaleScene(Scene):
    """A project with an editor who does not check, and what is done with its scale."""

    def __init__(self, database, **values):
        super().__init__(database, **values)
        self.editor = self.person(f"Editor of {self.project.slug}", *LEADS)

    def present(self, kind=CONTENT):
        """The scale that the project uses now."""
        [project] = self.rows(Project, Project.id == self.id)
        key = project.content_scheme_id if kind is CONTENT else project.attribution_scheme_id
        return self.ask(scheme, key, project_id=self.id)

    def change(self, *, drop=(), rename=None, add=(), kind=CONTENT, **values):
        """Change the present scale: answers left out, called otherwise, added at the best end."""
        before = self.present(kind)
        names = rename or {}
        answers = [AnswerValues(name=name) for name in add] + [
            AnswerValues(
                before=label.code,
                name=names.get(label.code, label.name),
                definition=label.definition,
                is_ranked=label.rank is not None,
            )
            for label in before.labels
            if label.code not in drop
        ]
        sent = {"name": before.name, "answers": tuple(answers), "seen": before.mark, **values}
        actor = sent.pop("actor", self.editor)
        return self.do(change_scale, actor, self.id, kind=kind, values=ScaleValues(**sent))

    def make(self, values=YES_NO, kind=CONTENT, actor=None):
        return self.do(make_scale, actor or self.editor, self.id, kind=kind, values=values)

    def use(self, scale, kind=CONTENT, actor=None):
        return self.do(use_scale, actor or self.editor, self.id, kind=kind, scale=scale)

    def verdicts(self):
        return {row.claim: row for row in self.ask(drawn, exports.verdict_rows, self)}

    def reviews(self):
        return list(self.ask(drawn, exports.review_rows, self))


def drawn(session, rows, scene):
    return list(rows(session, scene.editor, scene.id))


@pytest.fixture
def scene(database):
    return ScaleScene(database)


def named(scale):
    return [(label.code, label.name, label.rank) for label in scale.labels]


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


@pytest.mark.parametrize(
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


# Changing one that checks were given on


def checked(scene, *verdicts, claim=None, said=None):
    """A claim with a check of each checker in turn."""
    claim_id = scene.claim(claim or "", said_by="A minister" if said else None)
    for who, verdict in zip(scene.checkers, verdicts, strict=False):
        scene.check(who, verdict, attribution_verdict=said)
    return claim_id


@pytest.fixture
def working(scene):
    """Two check; one claim is settled and one is half done before the scale changes."""
    scene.checkers = scene.reviewers("Ann", "Ben")
    scene.settled = checked(scene, "half-true", "mostly-true", claim="Settled before.")
    scene.settle(scene.editor, scene.settled, "half-true", reason="Ann is right.")
    scene.half = checked(scene, "half-true", claim="Half done.")
    scene.old = scene.present()
    return scene


def test_a_scale_in_use_goes_on_as_a_new_version_and_nothing_stored_changes(working):
    stored = (ReviewVersion, Ruling)
    before = [row.model_dump() for kind in stored for row in working.rows(kind)]
    labels = working.rows(Label)
    new = working.change(rename={"half-true": "Half right"}, drop=("unproven",), add=("Certain",))
    assert [row.model_dump() for kind in stored for row in working.rows(kind)] == before
    assert working.rows(Label)[: len(labels)] == labels
    [row] = working.rows(LabelScheme, LabelScheme.id == new.id)
    assert row.replaces_id == working.old.id
    assert [label.name for label in new.retired] == ["Unproven"]
    assert named(new)[:2] == [("certain", "Certain", 6), ("true", "True", 5)]
    again = working.change(rename={"certain": "Sure"}, drop=("not-a-claim",))
    assert {label.code for label in again.retired} == {"unproven", "not-a-claim"}
    assert (again.code, again.version) == (new.code, 1)
    working.check(working.checkers[1], "half-true")
    third = working.change(rename={"certain": "Beyond doubt"})
    assert (third.code, third.version) == (new.code, 2)
    assert {label.code for label in third.retired} == {"unproven", "not-a-claim"}
    line = Lines({row.key: row.previous_id for row in working.rows(Label)})
    old = {label.code: label.id for label in working.old.labels}
    now = {label.code: label.id for label in third.ever}
    assert all(line.same(old[code], now[code]) for code in old)


def test_old_and_new_answers_agree_and_settle_a_claim(working):
    working.change(rename={"half-true": "Half right"})
    working.check(working.checkers[1], "half-true")
    [ruling] = working.rulings_of(working.half)
    assert ruling.decided_by == "agreement"
    [told] = working.ask(rulings.rulings_of, working.claim_row(working.half).key)
    assert (told.content.name, told.agreement, told.dissent) == ("Half right", 1.0, ())


def test_exports_name_each_answer_as_its_own_version_does(working):
    new = working.change(rename={"half-true": "Half right", "mostly-true": "Nearly true"})
    working.check(working.checkers[1], "mostly-true")
    working.settle(working.editor, working.half, "half-true", reason="Ann is right.")
    rows = working.verdicts()
    before, after = rows["Settled before."], rows["Half done."]
    assert (before.content_verdict, before.scheme) == ("Half true", "desk-7@1")
    assert before.dissent == (("Mostly true", 1),)
    assert (after.content_verdict, after.scheme) == ("Half right", new.tag)
    assert after.dissent == (("Nearly true", 1),)
    assert (before.agreement, after.agreement) == (0.0, 0.0)
    given = [(row.claim, row.content_verdict, row.scheme) for row in working.reviews()]
    assert given == [
        ("Settled before.", "Half true", "desk-7@1"),
        ("Settled before.", "Mostly true", "desk-7@1"),
        ("Half done.", "Half true", "desk-7@1"),
        ("Half done.", "Nearly true", new.tag),
    ]


def test_the_rank_of_a_verdict_is_that_of_its_own_version(working):
    working.change(add=("Certain",), drop=("false",))
    working.check(working.checkers[1], "certain")
    working.settle(working.editor, working.half, "half-true", reason="So.")
    rows = working.verdicts()
    assert rows["Settled before."].verdict_rank == 3
    assert rows["Half done."].verdict_rank == 2


def test_agreement_compares_across_versions(working):
    working.change(rename={"half-true": "Half right"}, drop=("mostly-true",))
    working.check(working.checkers[1], "half-true")
    compared = working.ask(agreement.answers_to_compare, working.editor, working.id)
    now = {label.code: label.id for label in working.present().ever}
    answers = [[a.content for a in found] for found in compared.claims.values()]
    assert answers == [[now["half-true"]] * 2, [now["half-true"], now["mostly-true"]]]
    mine = working.ask(queue.settled_like_mine, working.checkers[0], working.id)
    assert mine == (2, 2)


def test_who_answered_the_same_on_two_versions_does_not_differ_where_it_is_settled(working):
    with working.database.write() as session:
        session.get_one(Project, working.id).settles_itself = False
    apart = checked(working, "true", claim="Far apart.")
    working.change(rename={"half-true": "Half right"}, add=("Certain",))
    working.check(working.checkers[1], "half-true")
    working.check(working.checkers[1], "false")
    lines = working.ask(settling.waiting_claims, working.editor, working.id)
    assert [line.claim.text for line in lines] == ["Far apart.", "Half done."]
    assert [label.name for label in lines[1].content] == ["Half true", "Half right"]
    working.settle(working.editor, working.half, "half-true")
    assert working.rulings_of(working.half)[0].decided_by == "agreement"
    assert apart == lines[0].claim.public_id


def test_a_retired_answer_is_not_given_and_not_adopted_any_more(working):
    working.change(drop=("half-true",))
    ben = working.checkers[1]
    review_id = working.take(ben)
    before = working.state()
    for act in (
        lambda: working.submit(ben, review_id, "half-true"),
        lambda: working.submit(ben, review_id, "nonsense"),
    ):
        with pytest.raises(Invalid) as refused:
            act()
        assert working.state() == before
    assert refused.value.code == "review.verdict"
    working.submit(ben, review_id, "true")
    with pytest.raises(Invalid) as refused:
        working.settle(working.editor, working.half, "half-true")
    assert refused.value.code == "review.retired"
    assert refused.value.values["label"] == "Half true"
    working.settle(working.editor, working.half, "true")
    assert working.verdicts()["Half done."].dissent == (("Half true", 1),)


def test_a_retired_answer_can_be_brought_back(working):
    working.change(drop=("half-true",))
    back = working.change(
        answers=tuple(
            AnswerValues(name=label.name, before=label.code) for label in working.present().ever
        )
    )
    assert "half-true" in {label.code for label in back.labels}
    working.check(working.checkers[1], "half-true")
    assert working.rulings_of(working.half)[0].decided_by == "agreement"


def test_the_code_of_an_answer_that_there_was_is_not_used_again(working):
    working.change(drop=("half-true",))
    with pytest.raises(Invalid) as refused:
        working.change(
            answers=(AnswerValues(name="New", code="half-true"), AnswerValues(name="Other"))
        )
    assert refused.value.code == "scheme.twice"
    new = working.change(add=("Half true",))
    assert ("half-true-2", "Half true", 5) in named(new)


def test_answers_that_ask_for_a_source_still_do(working):
    label = next(label for label in working.present().labels if label.code == "true")
    with working.database.write() as session:
        session.add(SourceRule(project_id=working.id, label_id=label.id, needs_source=True))
    new = working.change(rename={"true": "Right"})
    assert [label.code for label in new.labels if label.needs_source] == ["true"]
    review_id = working.take(working.checkers[1])
    with pytest.raises(Invalid) as refused:
        working.submit(working.checkers[1], review_id, "true")
    assert refused.value.code == "review.needs-source"
    working.submit(working.checkers[1], review_id, "true", sources=(SOURCE,))


def test_the_other_question_has_its_own_versions(working):
    checked(working, "true", said="misquoted")
    new = working.change(kind=ATTRIBUTION, rename={"misquoted": "Altered"})
    assert working.present() == working.old
    working.check(working.checkers[1], "half-true")
    working.check(working.checkers[1], "true", attribution_verdict="misquoted")
    [ruling] = working.rows(Ruling, col(Ruling.attribution_label_id).is_not(None))
    assert ruling.attribution_label_id in {label.id for label in new.labels}
    assert ruling.decided_by == "agreement"


def test_a_change_that_changes_nothing_makes_no_version(working):
    before = working.state()
    assert working.change() == working.old
    assert working.state() == before


def test_a_change_sent_twice_is_made_once_and_an_older_form_is_stale(working):
    sent = {"seen": working.old.mark}
    answers = tuple(
        AnswerValues(name=label.name + "!", before=label.code) for label in working.old.labels
    )
    first = working.change(answers=answers, **sent)
    before = working.state()
    assert working.change(answers=answers, **sent) == first
    with pytest.raises(Stale):
        working.change(answers=answers[:3], **sent)
    with pytest.raises(Stale) as refused:
        working.change(answers=(*answers, AnswerValues(name="Gone", before="gone")), **sent)
    assert refused.value.code == "scheme.stale"
    assert working.state() == before


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


@pytest.mark.parametrize(("scale", "kind"), [("none", CONTENT), ("attribution-5", CONTENT)])
def test_a_scale_that_is_not_there_is_not_taken(scene, scale, kind):
    with pytest.raises(Invalid):
        scene.use(scale, kind)


def test_what_is_told_of_a_scale_holds_no_names(working):
    working.change(rename={"half-true": "Xylophone"}, name="Quagmire")
    with working.database.reading() as session:
        told = [str(event.model_dump()) for event in session.exec(select(Event))]
    assert not [line for line in told if "Xylophone" in line or "Quagmire" in line]


def test_answers_of_all_versions_are_asked_for_at_once(working, database):
    from tests.work import counted

    numbers = []
    for name in ("One", "Two", "Three"):
        with counted(database) as sent:
            working.ask(scales.vocabulary, [working.present().id])
        numbers.append(len([line for line in sent if line.startswith("WITH")]))
        working.change(rename={"true": name})
    assert numbers == [1, 1, 1]
