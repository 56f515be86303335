"""What checks of a later round come to, what a person decides then, and which answers are blind."""

import pytest

from app.domain.consensus import Answer
from app.domain.errors import Invalid, NotAllowed
from app.domain.rounds import Outcome, outcome_of
from app.domain.words import (
    ActorKind,
    ClaimState,
    CorrectionKind,
    DecidedBy,
    GoldUse,
    Role,
    Stance,
)
from app.storage import settling
from app.storage.claim_groups import settled_with
from app.storage.exports import review_rows, verdict_rows
from app.storage.findings import published_findings
from app.storage.rounds import recorded_evidence, rounds_of
from app.storage.tables import Claim, Person, Project
from app.workflow import comments, consulting, covering, gold, groups, reviews, rulings
from app.workflow.comments import CommentValues
from app.workflow.gold import GoldValues
from app.workflow.sources import SourceValues
from app.workflow.versions import SightingValues
from tests.cases import in_turn
from tests.rounds import CONTROL, REOPENED, Desk
from tests.scenes import LEADS, SOURCE

TRUE, FALSE = Answer(1, None), Answer(2, None)


@pytest.fixture
def desk(kept):
    return kept(Desk, reviews_wanted=2)


def rechecked(desk, kind, *verdicts, first=("false", "false")):
    """A claim that others have checked again, by people who came for it."""
    claim_id = desk.checked(*first)
    desk.open(kind, claim=claim_id, reviews_wanted=len(verdicts))
    for number, verdict in enumerate(verdicts):
        desk.scene.check(desk.scene.person(f"N{number}", Role.REVIEWER), verdict)
    return claim_id


def confirmed(desk, claim_id):
    """Whether the very verdict that was there holds again."""
    is_settled = desk.scene.claim_row(claim_id).state is ClaimState.SETTLED
    return is_settled and len(desk.scene.rulings_of(claim_id)) == 1


# What the answers come to


@in_turn(
    ("kind", "earlier", "new", "former", "outcome"),
    [
        (CONTROL, [FALSE, FALSE], [FALSE], FALSE, Outcome.CONFIRM),
        (CONTROL, [FALSE, TRUE], [FALSE], FALSE, None),
        (CONTROL, [FALSE, FALSE], [TRUE], FALSE, None),
        (CONTROL, [FALSE, FALSE], [FALSE], TRUE, None),
        (CONTROL, [FALSE], [FALSE], None, Outcome.AGREE),
        (CONTROL, [FALSE, TRUE], [FALSE], None, None),
        (REOPENED, [TRUE, FALSE], [FALSE, FALSE], FALSE, Outcome.CONFIRM),
        (REOPENED, [FALSE, FALSE], [TRUE, TRUE], FALSE, None),
        (REOPENED, [FALSE], [FALSE, TRUE], FALSE, None),
        (REOPENED, [FALSE, FALSE], [FALSE, FALSE], None, None),
        (CONTROL, [FALSE, FALSE], [], FALSE, None),
    ],
)
def test_a_former_verdict_is_confirmed_or_left_to_a_person(kind, earlier, new, former, outcome):
    assert outcome_of(kind, earlier=earlier, new=new, former=former) is outcome


@pytest.mark.parametrize("kind", [CONTROL, REOPENED])
def test_checks_that_all_agree_let_the_verdict_hold_without_a_new_version(desk, kind):
    claim_id = rechecked(desk, kind, "false")
    assert confirmed(desk, claim_id)
    [event] = desk.scene.events("claim.confirm")
    assert (event.actor_kind, event.details) == (ActorKind.SYSTEM, {"version": 1})
    assert desk.scene.round_of(claim_id).settled_at is not None


@pytest.mark.parametrize("kind", [CONTROL, REOPENED])
def test_checks_that_differ_never_replace_a_verdict(desk, kind):
    claim_id = rechecked(desk, kind, "true", "true")
    assert desk.scene.claim_row(claim_id).state is ClaimState.OPEN
    assert len(desk.scene.rulings_of(claim_id)) == 1
    [line] = desk.scene.ask(settling.waiting_list, desk.lead, desk.scene.id).claims
    assert line.claim.public_id == claim_id


def test_where_a_project_settles_nothing_by_itself_a_person_looks(database):
    desk = Desk(database, reviews_wanted=2, settles_itself=False)
    claim_id = desk.checked()
    desk.scene.settle(desk.lead, claim_id)
    desk.open(CONTROL, claim=claim_id)
    desk.scene.check(desk.scene.person("Cy", Role.REVIEWER), "false")
    assert not confirmed(desk, claim_id)


def test_a_control_of_agreeing_checks_that_were_never_settled_settles_them(database):
    desk = Desk(database, reviews_wanted=2, settles_itself=False)
    claim_id = desk.checked()
    desk.scene.change(Project, desk.scene.rows(Project)[0].public_id, settles_itself=True)
    desk.open(CONTROL, claim=claim_id)
    desk.scene.check(desk.scene.person("Cy", Role.REVIEWER), "false")
    [ruling] = desk.scene.rulings_of(claim_id)
    assert (ruling.version, ruling.decided_by) == (1, DecidedBy.AGREEMENT)


# What a person decides then


def test_a_person_confirms_by_giving_the_same_verdict_and_sent_twice_it_is_once(desk):
    claim_id = rechecked(desk, REOPENED, "true")
    for _ in range(2):
        desk.scene.settle(desk.lead, claim_id, "false")
    assert confirmed(desk, claim_id)
    [event] = desk.scene.events("claim.confirm")
    assert event.actor_id == desk.lead.person


def test_another_verdict_is_a_correction_with_a_note_for_readers(desk):
    claim_id = rechecked(desk, REOPENED, "true")
    said = {"kind": CorrectionKind.SUBSTANTIAL, "public_note": "We found a later figure."}
    for _ in range(2):
        desk.scene.settle(desk.lead, claim_id, "true", **said)
    old, new = desk.scene.rulings_of(claim_id)
    assert (old.version, old.correction_kind) == (1, None)
    assert (new.version, new.correction_kind) == (2, CorrectionKind.SUBSTANTIAL)
    assert (new.public_note, new.decided_by) == (said["public_note"], DecidedBy.ADJUDICATION)
    assert new.decided_by_id == desk.lead.person


def test_what_is_written_with_the_same_verdict_is_kept_as_a_minor_correction(desk):
    claim_id = rechecked(desk, REOPENED, "true")
    desk.scene.settle(desk.lead, claim_id, "false", reason="The new check errs.")
    new = desk.scene.rulings_of(claim_id)[-1]
    assert (new.version, new.correction_kind) == (2, CorrectionKind.MINOR)
    assert new.reason == "The new check errs."


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({}, "correction.kind"),
        ({"kind": CorrectionKind.UPDATE}, "correction.note"),
        ({"kind": CorrectionKind.MINOR, "public_note": "So."}, "correction.minor"),
        ({"kind": CorrectionKind.UPDATE, "public_note": "x" * 20_001}, "review.long"),
    ],
)
def test_another_verdict_without_its_kind_or_note_is_refused(desk, values, code):
    claim_id = rechecked(desk, REOPENED, "true")
    before = desk.scene.state()
    with pytest.raises(Invalid) as refusal:
        desk.scene.settle(desk.lead, claim_id, "true", **values)
    assert refusal.value.code == code
    assert desk.scene.state() == before


def test_who_checked_it_in_any_round_does_not_settle_it(desk):
    both = desk.scene.person("Bo", *LEADS, Role.REVIEWER)
    claim_id = desk.scene.claim()
    for who in (both, desk.ben):
        desk.scene.check(who, "false", sources=(SOURCE,))
    desk.open(REOPENED, claim=claim_id)
    desk.scene.check(desk.scene.person("Cy", Role.REVIEWER), "true")
    with pytest.raises(NotAllowed, match=r"ruling\.own-check"):
        desk.scene.settle(both, claim_id, "false")


def test_a_check_of_the_last_round_goes_back_and_comes_again(desk):
    claim_id = desk.checked()
    desk.open(REOPENED, claim=claim_id)
    cy = desk.scene.person("Cy", Role.REVIEWER)
    mine = desk.scene.check(cy, "true")
    desk.scene.do(reviews.send_back, desk.lead, mine, question="Which year?")
    desk.scene.submit(cy, mine, "false", base_version=1)
    assert confirmed(desk, claim_id)
    assert [v.is_blind for v in desk.versions(mine)] == [True, False]


def test_an_export_counts_the_checks_of_all_rounds(desk):
    claim_id = rechecked(desk, CONTROL, "false")
    [row] = desk.scene.ask(lambda s: list(verdict_rows(s, desk.lead, desk.scene.id)))
    assert (row.claim_id, row.reviews, row.agreement) == (claim_id, "3/3", 1.0)


def test_what_is_published_stays_so_while_it_is_checked_anew_and_without_what_comes_in(desk):
    claim_id = desk.checked()
    desk.scene.change(Claim, claim_id, published_url="https://example.org/piece")
    before = published(desk, desk.lead)
    desk.open(REOPENED, claim=claim_id, reviews_wanted=2)
    cy = late(desk)
    desk.scene.check(cy, "true", rationale="It is so.")
    assert published(desk, desk.lead) == before
    assert [(found.claim_id, len(found.rulings)) for found in before] == [(claim_id, 1)]
    assert published(desk, late(desk, "Dee")) == []


def published(desk, actor):
    return desk.scene.ask(lambda s: list(published_findings(s, actor, desk.scene.id)))


def test_claims_settled_together_tell_nothing_of_one_that_is_checked_anew(desk):
    claim_id, other = desk.checked(), desk.scene.claim()
    desk.scene.do(groups.say_the_same, desk.lead, claim_id, other_id=other)
    desk.scene.do(covering.cover, desk.lead, claim_id, answers={other: None})
    keys = [desk.scene.claim_row(name).key for name in (claim_id, other)]
    assert set(desk.scene.ask(settled_with, keys)) == {keys[1]}
    desk.open(REOPENED, claim=claim_id)
    assert desk.scene.ask(settled_with, keys) == {}
    # The verdict can be read where it was given to: nobody's answer is blind.
    assert blind(desk, desk.scene.check(late(desk), "true")) == [False]


def test_the_list_of_rounds_counts_checks_for_those_alone_who_check_nothing(desk):
    both = desk.scene.person("Bo", *LEADS, Role.REVIEWER)
    rechecked(desk, REOPENED, "true")
    lines = [desk.scene.ask(rounds_of, who, desk.scene.id)[0] for who in (desk.lead, both)]
    assert [(one.given, one.wanted, one.mine) for one in lines] == [(1, 1, 0), (None, None, 0)]
    assert (lines[0].claims, lines[0].done, lines[0].opened_by) == (1, 0, "Lea")


# A control


def test_a_control_shows_the_recorded_sources_once_and_nothing_of_what_they_were_taken_for(desk):
    other = SourceValues(url="https://example.org/b", title="Bulletin", quote="No.", locator="p. 3")
    shown = {"stance": Stance.REFUTES, "note": "Ann's note"}
    claim_id = desk.scene.claim()
    both = (SourceValues(url=SOURCE.url, title="Figures", quote=SOURCE.quote, **shown), other)
    desk.scene.check(desk.ann, "false", sources=both)
    desk.scene.check(desk.ben, "false", sources=(SOURCE,))
    desk.open(CONTROL, claim=claim_id)
    mine = desk.scene.take(desk.scene.person("Cy", Role.REVIEWER))
    found, _asked = desk.scene.ask(recorded_evidence, desk.scene.review_row(mine).key)
    assert [(one.title, one.quote, one.locator) for one in found] == [
        ("Bulletin", "No.", "p. 3"),
        ("Figures", "They say so.", ""),
    ]
    assert not {"stance", "note", "answers"} & set(type(found[0]).__dataclass_fields__)


def test_a_control_takes_no_source_and_needs_none(desk):
    claim_id = desk.scene.claim(said_by="Ben")
    for who in (desk.ann, desk.ben):
        said = {"sources": (SOURCE,), "attribution_verdict": "confirmed"}
        desk.scene.check(who, "false", **said)
    desk.open(CONTROL, claim=claim_id)
    cy = desk.scene.person("Cy", Role.REVIEWER)
    mine = desk.scene.take(cy)
    before = desk.scene.state()
    for added in ({"sources": (SOURCE,)}, {"sightings": (SightingValues(hop_id=1),)}):
        with pytest.raises(Invalid, match=r"review\.no-sources"):
            desk.scene.submit(cy, mine, "false", attribution_verdict="confirmed", **added)
    assert desk.scene.state() == before
    desk.scene.submit(cy, mine, "false", attribution_verdict="confirmed")
    assert confirmed(desk, claim_id)


# Which answers are blind


def blind(desk, review_id):
    return [version.is_blind for version in desk.versions(review_id)]


def late(desk, name="Cy", *roles):
    """Somebody who came into the project after the last round was opened."""
    return desk.scene.person(name, *(roles or (Role.REVIEWER,)))


def test_who_could_have_read_the_verdict_does_not_answer_blind(desk):
    early = desk.scene.person("Eve", Role.REVIEWER)
    admin = desk.scene.person("Ada", admin=True)
    claim_id = desk.checked()
    desk.open(REOPENED, claim=claim_id, reviews_wanted=3)
    given = [desk.scene.check(who, "true") for who in (early, admin, late(desk))]
    assert [blind(desk, one) for one in given] == [[False], [False], [True]]
    rows = desk.scene.ask(lambda s: list(review_rows(s, desk.lead, desk.scene.id)))
    assert [(row.round, row.blind) for row in rows] == [
        (1, True),
        (1, True),
        (2, False),
        (2, False),
        (2, True),
    ]


def test_who_could_not_see_the_checks_that_waited_answers_blind(desk):
    early = desk.scene.person("Eve", Role.REVIEWER)
    desk.open(REOPENED, claim=desk.checked("false", "true"))
    assert blind(desk, desk.scene.check(early, "true")) == [True]


def test_a_published_verdict_was_there_for_everybody(desk):
    claim_id = desk.checked()
    desk.scene.change(Claim, claim_id, published_url="https://example.org/piece")
    desk.open(REOPENED, claim=claim_id)
    assert blind(desk, desk.scene.check(late(desk), "true")) == [False]


def test_a_round_in_the_open_has_no_blind_answers(desk):
    desk.open(REOPENED, claim=desk.checked("false", "true"), is_blind=False)
    assert blind(desk, desk.scene.check(late(desk), "true")) == [False]


def test_a_change_of_ones_own_is_blind_until_something_could_be_seen(desk):
    desk.scene.claim()
    mine = desk.scene.check(desk.ann, "false", sources=(SOURCE,))
    claim_id = desk.scene.claim_of(mine)
    desk.scene.submit(desk.ann, mine, "true", base_version=1)
    desk.scene.do(
        comments.add_comment, desk.lead, claim_id, values=CommentValues(text="Look at page 3.")
    )
    desk.scene.submit(desk.ann, mine, "false", base_version=2, sources=(SOURCE,))
    assert blind(desk, mine) == [True, True, False]


def test_a_lead_who_has_answered_sees_the_rest_and_changes_nothing_blind(desk):
    both = desk.scene.person("Bo", *LEADS, Role.REVIEWER)
    desk.scene.claim()
    mine = desk.scene.check(both, "true")
    desk.scene.submit(both, mine, "unproven", base_version=1)
    assert blind(desk, mine) == [True, False]


def test_who_was_told_what_is_right_changes_nothing_blind(desk):
    claim_id = desk.scene.claim()
    known = GoldValues(use=GoldUse.TRAINING, verdict="false", explanation="It is, see table 3.")
    desk.scene.do(gold.set_gold, desk.lead, claim_id, values=known)
    mine = desk.scene.check(desk.ann, "true")
    desk.scene.do(gold.retire_gold, desk.lead, claim_id)
    desk.scene.submit(desk.ann, mine, "unproven", base_version=1)
    assert blind(desk, mine) == [True, False]


def test_a_lead_who_looked_cannot_answer_at_all(desk):
    both = desk.scene.person("Bo", *LEADS, Role.REVIEWER)
    claim_id = desk.scene.claim()
    mine = desk.scene.take(both)
    desk.scene.do(rulings.unblind, both, claim_id)
    with pytest.raises(NotAllowed, match=r"review\.barred"):
        desk.scene.submit(both, mine, "true")


@pytest.mark.parametrize(
    ("whom", "is_blind"), [("an outsider", True), ("a checker", False), ("a lead", False)]
)
def test_what_a_colleague_who_knows_answers_told_makes_an_answer_not_blind(desk, whom, is_blind):
    claim_id = desk.scene.claim()
    if whom == "a checker":
        desk.scene.check(desk.ben, "true")
    asked = {
        "an outsider": desk.scene.person("Vic", Role.VIEWER),
        "a checker": desk.ben,
        "a lead": desk.lead,
    }[whom]
    mine = desk.scene.take(desk.ann)
    [person] = desk.scene.rows(Person, Person.id == asked.person)
    told = {"person_id": person.public_id, "text": "Is it so?"}
    question = desk.scene.do(consulting.ask, desk.ann, claim_id, **told)
    desk.scene.do(comments.reply, asked, question, values=CommentValues(text="It is."))
    desk.scene.submit(desk.ann, mine, "true")
    assert blind(desk, mine) == [is_blind]
