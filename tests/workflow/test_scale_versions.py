"""A scale that is changed mid-work: old answers stay, and are compared with new ones."""

import pytest
from sqlmodel import col, select

from app.domain.errors import Invalid, NotAllowed, Stale
from app.domain.ids import now
from app.domain.labels import Lines
from app.domain.months import month_of
from app.domain.words import Basis, Role, TallyQuestion
from app.storage import agreement, figures, queue, report, rulings, scales, settling
from app.storage.answer_uses import Uses, answer_uses, has_begun
from app.storage.projects import by_id
from app.storage.tables import (
    Event,
    Label,
    LabelScheme,
    Project,
    ReviewVersion,
    Ruling,
    SourceRule,
)
from app.workflow import reviews
from app.workflow.scales import AnswerValues
from tests.scales import ATTRIBUTION, CONTENT, ScaleScene, at_work, checked, named
from tests.scenes import SOURCE
from tests.work import counted


@pytest.fixture
def scene(kept, request):
    return kept(at_work if "working" in request.fixturenames else ScaleScene)


@pytest.fixture
def working(scene):
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
    assert (again.code, again.version) == (new.code, 2)
    working.check(working.checkers[1], "half-true")
    third = working.change(rename={"certain": "Beyond doubt"})
    assert (third.code, third.version) == (new.code, 3)
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
    parts = working.ask(agreement.slices, working.editor, working.id)
    compared = working.ask(agreement.compared, working.id, parts)
    now = {label.code: label.id for label in working.present().ever}
    assert compared.of(TallyQuestion.CONTENT, Basis.BLIND) == {
        (now["half-true"], now["half-true"]): 1,
        tuple(sorted([now["half-true"], now["mostly-true"]])): 1,
    }
    mine = working.ask(queue.settled_like_mine, working.checkers[0], working.id)
    assert mine == (2, 2)


def test_a_month_counts_old_and_new_answers_together(working):
    with working.database.write() as session:
        session.get_one(Project, working.id).counts_people = True
    working.change(rename={"half-true": "Half right"})
    working.check(working.checkers[1], "half-true")
    project = working.ask(by_id, working.id)
    [month] = working.ask(report.month_figures, working.editor, project, [month_of(now().date())])
    assert month.verdicts.rows == (("Half right", 2),)
    found = working.ask(figures.people_figures, working.editor, project)
    agreeing = {person.name: (one.agreeing, one.settled) for person, one in found}
    assert (agreeing["Ann"], agreeing["Ben"]) == ((2, 2), (1, 2))


def test_who_answered_the_same_on_two_versions_does_not_differ_where_it_is_settled(working):
    with working.database.write() as session:
        session.get_one(Project, working.id).settles_itself = False
    apart = checked(working, "true", claim="Far apart.")
    working.change(rename={"half-true": "Half right"}, add=("Certain",))
    working.check(working.checkers[1], "half-true")
    working.check(working.checkers[1], "false")
    lines = working.ask(settling.waiting_list, working.editor, working.id).claims
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


def test_uses_of_an_answer_are_counted_across_versions(working):
    working.change(rename={"half-true": "Half right"})
    ben = working.checkers[1]
    review_id = working.take(ben)
    body = {"verdict": "half-true", "rationale": ""}
    working.do(reviews.save_draft, ben, review_id, body=body, draft_version=0)
    uses = working.ask(answer_uses, working.editor, working.id, CONTENT)
    assert uses["half-true"] == Uses(checks=2, verdicts=1, drafts=1)
    assert uses["mostly-true"] == Uses(checks=1)
    working.submit(ben, review_id, "false")
    uses = working.ask(answer_uses, working.editor, working.id, CONTENT)
    assert uses["half-true"] == Uses(checks=2, verdicts=1, waiting=1)
    assert working.ask(answer_uses, working.editor, working.id, ATTRIBUTION) == {}
    with pytest.raises(NotAllowed):
        working.ask(answer_uses, ben, working.id, CONTENT)


def test_uses_that_the_actor_is_blind_to_are_not_counted(working):
    blind = working.person("Edna", Role.EDITOR, Role.REVIEWER)
    uses = working.ask(answer_uses, blind, working.id, CONTENT)
    assert uses["half-true"] == Uses(checks=1, verdicts=1)
    assert working.ask(has_begun, working.id)


def test_what_is_told_of_a_scale_holds_no_names(working):
    working.change(rename={"half-true": "Xylophone"}, name="Quagmire")
    with working.database.reading() as session:
        told = [str(event.model_dump()) for event in session.exec(select(Event))]
    assert not [line for line in told if "Xylophone" in line or "Quagmire" in line]


def test_answers_of_all_versions_are_asked_for_at_once(working, database):
    numbers = []
    for name in ("One", "Two", "Three"):
        with counted(database) as sent:
            working.ask(scales.vocabulary_of, working.id)
        numbers.append(len([line for line in sent if line.startswith("WITH")]))
        working.change(rename={"true": name})
    assert numbers == [1, 1, 1]
