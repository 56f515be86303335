"""Several claims become one: it reaches from the first to the last, and the others lead to it."""

import pytest

from app.domain.actors import CONSOLE
from app.domain.errors import Invalid, Missing, NotAllowed, Refused, Stale, WrongState
from app.domain.words import (
    Amended,
    ClaimState,
    FoundBy,
    GoldUse,
    ReviewState,
    Role,
)
from app.storage import claims as questions
from app.storage.claim_lists import claims_without_place
from app.storage.places import doubtful
from app.storage.tables import (
    Amendment,
    Batch,
    Claim,
    ClaimWording,
)
from app.workflow import claims, merging, splitting
from app.workflow.agents import HopValues
from app.workflow.claims import NewClaim, PickValues, add_claim
from app.workflow.gold import GoldValues, retire_gold, set_gold
from app.workflow.merging import MAX_CLAIMS, MAX_JOINED, Merge
from app.workflow.splitting import Part, Split
from tests.scenes import Scene
from tests.workflow.test_places import TEXT, Desk
from tests.workflow.test_races import at_once

MONDAY, TUESDAY = "It rained on Monday", "It rained on Tuesday"
BOTH = "It rained on Monday. It rained on Tuesday"
PAPER = (HopValues(agent="A paper"),)
BERG = (HopValues(agent="Ada Berg", url="https://berg.example/"),)


@pytest.fixture
def desk(kept, request):
    return kept(with_two if "two" in request.fixturenames else Desk)


def with_two(database):
    desk = Desk(database)
    desk.two = desk.claim(MONDAY, hops=PAPER), desk.claim(TUESDAY, hops=BERG)
    return desk


@pytest.fixture
def two(desk):
    return desk.two


def versions(desk, *names):
    return {name: desk.scene.claim_row(name).version for name in names}


def merge(desk, *names, actor=None, **values):
    values.setdefault("text", "It rained on both days.")
    if "versions" not in values:
        values["versions"] = versions(desk, *names)
    who = actor or desk.editor
    return desk.scene.do(merging.merge, who, names[0], values=Merge(**values))


def agents(desk, name):
    return [hop.agent for hop in desk.scene.ask(questions.claim, desk.editor, name).hops]


def test_the_first_one_reaches_to_the_end_of_the_last_and_keeps_who_said_it(desk, two):
    first, second = two

    assert merge(desk, second, first) == first

    record = desk.scene.ask(questions.claim, desk.editor, first)
    assert record.quote == BOTH == TEXT[record.start : record.end]
    assert (record.text, record.state) == ("It rained on both days.", ClaimState.OPEN)
    assert agents(desk, first) == ["A paper"]
    [old] = desk.scene.rows(ClaimWording, ClaimWording.claim_id == record.id)
    assert old.text == f"{MONDAY}!"
    assert [found_by for found_by, _quote in desk.looks(first)] == [FoundBy.ORIGINAL, FoundBy.HAND]
    [event] = desk.scene.events("claim.merge")
    assert (event.thing, event.details) == (first, {"version": 2, "of": [second]})


def test_the_others_are_dropped_as_they_were_and_lead_to_it_until_brought_back(desk, two):
    first, second = two
    merge(desk, *two)

    gone = desk.scene.ask(questions.claim, desk.editor, second)
    assert (gone.state, gone.merged_into) == (ClaimState.REJECTED, first)
    assert (gone.quote, gone.text, agents(desk, second)) == (TUESDAY, f"{TUESDAY}!", ["Ada Berg"])
    joined = desk.scene.ask(questions.joined_to, desk.scene.claim_row(first).key)
    assert [record.public_id for record in joined] == [second]
    [event] = desk.scene.events("claim.join")
    assert (event.thing, event.details) == (second, {"into": first})

    desk.scene.do(claims.pick, desk.editor, second, values=PickValues())

    back = desk.scene.ask(questions.claim, desk.editor, second)
    assert (back.state, back.merged_into) == (ClaimState.OPEN, None)
    assert desk.scene.claim_row(second).slots_free == 1
    assert desk.scene.events("claim.pick")[-1].details == {"was_joined_to": first}


def test_the_chain_of_another_one_can_be_chosen(desk, two):
    merge(desk, *two, chain_of=two[1])

    record = desk.scene.ask(questions.claim, desk.editor, two[0])
    [hop] = record.hops
    assert (hop.agent, hop.url, record.version) == ("Ada Berg", "https://berg.example/", 2)
    assert agents(desk, two[1]) == ["Ada Berg"]


def test_a_suggestion_that_takes_up_a_claim_to_check_is_to_check(desk, two):
    desk.scene.change(Claim, two[0], state=ClaimState.CANDIDATE, slots_free=0)

    merge(desk, *two)

    row = desk.scene.claim_row(two[0])
    assert (row.state, row.slots_free) == (ClaimState.OPEN, 1)


def test_suggestions_alone_stay_a_suggestion(desk, two):
    for name in two:
        desk.scene.change(Claim, name, state=ClaimState.CANDIDATE, slots_free=0)

    merge(desk, *two)

    assert desk.scene.claim_row(two[0]).state is ClaimState.CANDIDATE


def test_checks_that_were_begun_stay_with_the_first_and_are_let_go_of_the_others(desk, two):
    ann, ben = desk.scene.reviewers("Ann", "Ben")
    kept, let_go = desk.scene.take(ann), desk.scene.take(ben)
    assert desk.scene.review_row(kept).claim_id == desk.scene.claim_row(two[0]).key
    desk.scene.draft(ben, let_go)

    merge(desk, *two)

    assert desk.scene.review_row(kept).slot is not None
    assert desk.scene.review_row(let_go).slot is None
    assert desk.scene.review_row(let_go).state is not ReviewState.SUBMITTED


def test_submitted_checks_do_not_stand_in_the_way_nor_are_they_told_of(desk, two):
    [ann] = desk.scene.reviewers("Ann")
    desk.scene.check(ann, attribution_verdict="confirmed")
    given = desk.scene.check(ann, attribution_verdict="confirmed")

    assert merge(desk, *two) == two[0]
    assert desk.scene.review_row(given).submitted_version == 1


def test_what_was_joined_is_not_asked_about_when_the_text_changes(desk, two):
    merge(desk, *two)

    taken = desk.take_in("Nothing of all that stands in the article any more.")

    stays, gone = (desk.scene.claim_row(name) for name in two)
    assert taken.placed.missing == 1
    assert desk.scene.ask(doubtful, stays.article_id) == {stays.key: FoundBy.MISSING}
    assert desk.looks(gone.public_id)[-1] == (FoundBy.MISSING, None)


def test_what_was_joined_is_not_told_of_beside_a_text_that_was_erased(desk, two):
    merge(desk, *two)
    for name in two:
        place = dict.fromkeys(("snapshot_id", "quote", "start", "end"))
        desk.scene.change(Claim, name, **place)

    article = desk.scene.claim_row(two[0]).article_id
    found = desk.scene.ask(claims_without_place, article)
    assert [record.public_id for record in found] == [two[0]]


def test_claims_of_different_batches_are_refused(desk, two, database):
    for name in two:
        with database.write() as session:
            batch = Batch(project_id=desk.scene.id, name=name)
            session.add(batch)
            session.flush()
            key = batch.key
        desk.scene.change(Claim, name, batch_id=key)

    with pytest.raises(Invalid) as refusal:
        merge(desk, *two)
    assert refusal.value.code == "merge.batch"


def test_a_claim_that_had_a_known_answer_keeps_its_words_too(desk, two):
    answer = GoldValues(use=GoldUse.GOLD, verdict="false", attribution_verdict="confirmed")
    desk.scene.do(set_gold, desk.editor, two[1], values=answer)
    desk.scene.do(retire_gold, desk.editor, two[1])

    with pytest.raises(WrongState) as refusal:
        merge(desk, *two)
    assert refusal.value.code == "merge.known"


def test_each_of_them_leaves_a_label_for_the_extractor(desk, two):
    merge(desk, *two)

    labels = desk.scene.rows(Amendment, Amendment.what == Amended.MERGE)
    keys = [desk.scene.claim_row(name).key for name in two]
    assert sorted((row.claim_id, row.other_claim_id) for row in labels) == [
        (keys[0], None),
        (keys[1], keys[0]),
    ]


def test_sent_twice_it_is_done_once(desk, two):
    shown = versions(desk, *two)
    for _press in range(2):
        assert merge(desk, *two, versions=shown) == two[0]

    assert desk.scene.claim_row(two[0]).version == 2
    assert len(desk.scene.events("claim.merge")) == 1


def test_joined_otherwise_by_somebody_else_it_is_told(desk, two):
    shown = versions(desk, *two)
    merge(desk, *two, versions=shown, text="It rained twice.", chain_of=two[1])

    assert merge(desk, *two, versions=shown, text=" It rained  twice. ", chain_of=two[1]) == two[0]
    for values in (
        {"text": "It poured.", "chain_of": two[1]},
        {"text": "It rained twice."},
        {"text": "It rained twice.", "chain_of": two[0]},
    ):
        with pytest.raises(Stale):
            merge(desk, *two, versions=shown, **values)
    assert desk.scene.claim_row(two[0]).text == "It rained twice."
    assert desk.scene.claim_row(two[0]).version == 2


def test_the_same_name_with_another_address_is_another_chain(desk):
    elsewhere = (HopValues(agent="Ada Berg", url="https://elsewhere.example/"),)
    two = desk.claim(MONDAY, hops=BERG), desk.claim(TUESDAY, hops=elsewhere)
    shown = versions(desk, *two)
    merge(desk, *two, versions=shown)

    with pytest.raises(Stale):
        merge(desk, *two, versions=shown, chain_of=two[1])


def test_nothing_is_locked_for_who_may_not_join_or_names_too_many(desk, two, monkeypatch):
    def locks(*_of):
        raise AssertionError("locked")

    for name in ("hold_article", "hold_checks", "locked_all"):
        monkeypatch.setattr(merging, name, locks)
    many = {f"{n:012}": 1 for n in range(MAX_CLAIMS)}
    stranger = desk.scene.person("Bo", Role.REVIEWER)
    for actor, values, refusal in (
        (stranger, {}, NotAllowed),
        (None, {"versions": many}, Invalid),
        (None, {"versions": {"a" * 12: 1}}, Missing),
    ):
        with pytest.raises(refusal):
            merge(desk, *two, actor=actor, **values)


def test_of_two_who_correct_at_once_the_later_is_told(desk, two):
    shown = versions(desk, *two)
    desk.move(two[1], "rained on Tuesday")

    with pytest.raises(Stale):
        merge(desk, *two, versions=shown)
    assert desk.scene.claim_row(two[1]).state is ClaimState.OPEN


def test_what_is_or_was_settled_or_dropped_is_left_alone(desk, two):
    desk.scene.do(claims.drop, desk.editor, two[1])
    with pytest.raises(WrongState) as refusal:
        merge(desk, *two)
    assert refusal.value.code == "merge.dropped"
    desk.scene.change(Claim, two[1], state=ClaimState.SETTLED)
    with pytest.raises(WrongState) as refusal:
        merge(desk, *two)
    assert refusal.value.code == "merge.settled"


def test_a_claim_with_a_known_answer_keeps_its_words(desk, two):
    answer = GoldValues(use=GoldUse.GOLD, verdict="false", attribution_verdict="confirmed")
    desk.scene.do(set_gold, desk.editor, two[1], values=answer)

    with pytest.raises(WrongState) as refusal:
        merge(desk, *two)
    assert refusal.value.code == "merge.known"
    assert desk.scene.claim_row(two[1]).state is ClaimState.OPEN


def test_claims_too_far_apart_too_few_too_many_or_of_no_chain_are_refused(desk, two):
    far = f"Here it is. {'x' * MAX_JOINED} There it is."
    desk.take_in(far)
    near, away = desk.claim("Here it is", text=far), desk.claim("There it is", text=far)
    many = [two[0], *(desk.scene.claim() for _n in range(MAX_CLAIMS))]
    for names, values, code in (
        ([near, away], {}, "merge.long"),
        ([two[0], away], {}, "merge.text"),
        ([two[0]], {}, "merge.few"),
        (many, {}, "merge.many"),
        (two, {"chain_of": away}, "merge.chain"),
        (two, {"text": "  "}, "claim.text"),
    ):
        with pytest.raises(Invalid) as refusal:
            merge(desk, *names, **values)
        assert refusal.value.code == code
    assert desk.scene.claim_row(two[0]).version == 1


def test_a_claim_of_no_article_cannot_be_joined(desk):
    with pytest.raises(WrongState) as refusal:
        merge(desk, desk.scene.claim(), desk.scene.claim())
    assert refusal.value.code == "place.no-article"


def test_claims_of_others_and_what_is_not_there_are_missing(desk, two, database):
    other = Scene(database, slug="other")
    foreign = other.claim()
    stranger = other.person("Sten", Role.EDITOR)
    both = desk.scene.person("Bo", Role.REVIEWER)
    for actor, names in ((None, (two[0], foreign)), (stranger, two), (None, (two[0], "a" * 12))):
        with pytest.raises(Missing):
            merge(desk, *names, actor=actor, versions=dict.fromkeys(names, 1))
    with pytest.raises(NotAllowed):
        merge(desk, *two, actor=both)
    assert desk.scene.claim_row(two[0]).version == 1


def test_what_was_split_can_be_joined_again(desk):
    whole = desk.claim(BOTH)
    start = TEXT.index(BOTH)
    parts = tuple(
        Part(text=q, start=TEXT.index(q, start), end=TEXT.index(q, start) + len(q))
        for q in (MONDAY, TUESDAY)
    )
    names = desk.scene.do(splitting.split, desk.editor, whole, values=Split(parts=parts, version=1))

    assert merge(desk, *names) == whole
    assert desk.scene.claim_row(whole).quote == BOTH


def test_the_same_words_added_by_hand_bring_the_claim_that_was_joined_back(desk, two):
    merge(desk, *two)
    new = NewClaim(text=TUESDAY, quote=TUESDAY)
    again = desk.scene.do(add_claim, CONSOLE, desk.scene.id, values=new, article_id=desk.article)

    assert again == two[1]
    assert desk.scene.claim_row(again).merged_into_id is None


def test_of_two_who_join_at_once_from_either_side_both_find_one_claim(desk, two):
    shown = versions(desk, *two)

    answers = at_once(
        lambda: merge(desk, *two, versions=shown),
        lambda: merge(desk, *reversed(two), versions=shown),
    )

    assert answers == [two[0], two[0]]
    assert len(desk.scene.events("claim.merge")) == 1
    assert desk.scene.claim_row(two[0]).merged_into_id is None


def test_joining_answering_and_moving_ends_at_once_wait_for_each_other(desk, two):
    ann, ben = desk.scene.reviewers("Ann", "Ben")
    kept, other = desk.scene.take(ann), desk.scene.take(ben)
    shown = versions(desk, *two)

    joined, moved, *answered = at_once(
        lambda: merge(desk, *two, versions=shown),
        lambda: desk.move(two[1], "rained on Tuesday", version=1),
        lambda: desk.scene.submit(ann, kept, attribution_verdict="confirmed"),
        lambda: desk.scene.submit(ben, other, attribution_verdict="confirmed"),
    )

    assert joined == two[0] or isinstance(joined, Stale)
    assert moved is None or isinstance(moved, Stale)
    assert not isinstance(answered[0], Refused)
    was_joined = desk.scene.claim_row(two[1]).state is ClaimState.REJECTED
    assert was_joined == (joined == two[0])
    assert desk.scene.review_row(kept).submitted_version == 1
