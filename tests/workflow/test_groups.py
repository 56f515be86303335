"""The same statement in several places, and one verdict for several claims of it."""

import pytest

from app.domain.actors import CONSOLE
from app.domain.errors import Invalid, Missing, NotAllowed, WrongState
from app.domain.statements import telling_words
from app.domain.words import ClaimState, DecidedBy, Decides, Role
from app.storage import claim_groups as asked
from app.storage import claims as questions
from app.storage import reviews as checks
from app.storage.claim_groups import group_rows
from app.storage.tables import Claim, Review
from app.workflow import covering, groups, reviews
from tests.cases import in_turn
from tests.scenes import LEADS, Scene


class Desk:
    def __init__(self, database, **values):
        values = {"decides": Decides.SIGNOFF, "reviews_wanted": 1, **values}
        self.scene = Scene(database, **values)
        self.editor = self.scene.person("Ed", Role.EDITOR)
        self.ann, self.ben = self.scene.reviewers("Ann", "Ben")

    def same(self, one, *others, actor=None):
        for other in others:
            self.scene.do(groups.say_the_same, actor or self.editor, one, other_id=other)

    def group(self, claim_id):
        found = self.scene.ask(asked.same_as, self.scene.claim_row(claim_id).key)
        return {record.public_id for record in found}

    def cover(self, claim_id, actor=None, **answers):
        return self.scene.do(
            covering.cover, actor or self.editor, claim_id, answers=answers.pop("answers", answers)
        )


@pytest.fixture
def desk(kept, request):
    return kept(with_settled if "settled" in request.fixturenames else Desk)


@pytest.fixture
def three(desk):
    return [desk.scene.claim(f"It rained, {n} said.") for n in range(3)]


# Groups


def test_claims_that_are_the_same_stay_claims_and_know_of_each_other(desk, three):
    one, two, three_ = three
    desk.same(one, two)
    desk.same(three_, two)

    assert desk.group(one) == {two, three_}
    assert desk.group(three_) == {one, two}
    assert len(desk.scene.rows(Claim)) == 3
    assert [event.claim for event in desk.scene.events("claim.group")] == [one, two, three_]


def test_two_groups_become_one(desk, three):
    four = desk.scene.claim("Another.")
    desk.same(three[0], three[1])
    desk.same(three[2], four)

    desk.same(three[1], four)

    assert desk.group(four) == set(three)


def test_said_twice_is_said_once(desk, three):
    desk.same(three[0], three[1])
    before = desk.scene.state()

    desk.same(three[1], three[0])
    assert desk.scene.state() == before


def test_a_claim_leaves_its_group_and_one_alone_is_none(desk, three):
    desk.same(three[0], *three[1:])
    desk.scene.do(groups.leave_group, desk.editor, three[0])
    assert desk.group(three[1]) == {three[2]}
    assert desk.group(three[0]) == set()

    desk.scene.do(groups.leave_group, desk.editor, three[2])

    assert all(row.claim_group_id is None for row in desk.scene.rows(Claim))
    before = desk.scene.state()
    desk.scene.do(groups.leave_group, desk.editor, three[2])
    assert desk.scene.state() == before


def test_only_editors_say_so_and_only_within_a_project(desk, three, database):
    other = Scene(database, slug="other").claim("Elsewhere.")
    before = desk.scene.state()
    for role in (Role.REVIEWER, Role.ADJUDICATOR, Role.VIEWER):
        person = desk.scene.person(role.title(), role)
        with pytest.raises(NotAllowed):
            desk.same(three[0], three[1], actor=person)
        with pytest.raises(NotAllowed):
            desk.scene.do(groups.leave_group, person, three[0])
    for name in (other, "aaaaaaaaaaaa"):
        with pytest.raises(Missing):
            desk.same(three[0], name)
    with pytest.raises(Missing):
        desk.same(three[0], three[1], actor=desk.scene.person("Sam"))
    with pytest.raises(Invalid):
        desk.same(three[0], three[0])
    assert desk.scene.state() == before


# Finding the same


def test_claims_that_share_words_and_figures_are_offered_first(desk):
    here = desk.scene.claim("Russia received 1.1 billion euros in fuel sales.")
    figure = desk.scene.claim("Fuel brought in €1,100 million.")
    words = desk.scene.claim("In one year Russia received billions in fuel sales.")
    desk.scene.claim("Bread is dear.")
    mine = desk.scene.claim("Russia received 1.1 billion euros in fuel sales, they say.")
    desk.same(here, mine)

    record = desk.scene.ask(questions.claim, desk.editor, here)
    found = desk.scene.ask(asked.likely_the_same, record)

    assert [one.public_id for one in found] == [words, figure]


@in_turn(
    ("words", "found"),
    [("rained two", []), ("RAINED 2", [2]), ("100%", []), ("_", []), ("said", [2, 1])],
)
def test_claims_are_found_by_their_words(desk, three, words, found):
    record = desk.scene.ask(questions.claim, desk.editor, three[0])

    hits = desk.scene.ask(asked.likely_the_same, record, words=words)

    assert [one.public_id for one in hits] == [three[n] for n in found]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It is.", []),
        (
            "They said that 1.1 billion was received in 2024.",
            ["1.1", "2024", "received", "billion"],
        ),
    ],
)
def test_figures_and_long_words_tell_a_statement(text, words):
    assert telling_words(text) == words


# One verdict for several


def with_settled(database):
    """Three claims of one statement, the first settled; the third was said by somebody."""
    desk = Desk(database)
    names = [desk.scene.claim("It rained."), desk.scene.claim("Rain fell.")]
    names.append(desk.scene.claim("It rained, they say.", said_by="A minister"))
    desk.same(names[0], *names[1:])
    desk.scene.check(desk.ann, "true")
    desk.scene.settle(desk.editor, names[0], "true", conclusion="It did.", short_text="Rain")
    desk.settled = names
    return desk


@pytest.fixture
def settled(desk):
    return desk.settled


def test_a_verdict_holds_for_others_only_when_somebody_says_so(desk, settled):
    one, two, three = settled
    assert desk.scene.claim_row(two).state is ClaimState.OPEN

    covered = desk.cover(one, answers={two: None, three: "reported-only"})

    assert set(covered) == {two, three}
    [source] = desk.scene.rulings_of(one)
    for name in (two, three):
        row, [ruling] = desk.scene.claim_row(name), desk.scene.rulings_of(name)
        assert (row.state, row.slots_free) == (ClaimState.SETTLED, 0)
        assert (ruling.from_ruling_id, ruling.decided_by) == (source.key, DecidedBy.SIGNOFF)
        assert (ruling.content_label_id, ruling.conclusion) == (source.content_label_id, "It did.")
        assert desk.scene.round_of(name).settled_at is not None
    assert desk.scene.rulings_of(two)[0].attribution_label_id is None
    assert desk.scene.rulings_of(three)[0].attribution_label_id is not None
    assert {e.details["source"] for e in desk.scene.events("claim.cover")} == {one}
    rows = {
        row.claim_id: row.settled_with
        for row in desk.scene.ask(lambda s: list(group_rows(s, CONSOLE, desk.scene.id)))
    }
    assert rows == {one: None, two: one, three: one}


def test_a_check_in_hand_goes_back_and_its_draft_is_kept(desk, settled):
    one, two, _three = settled
    # Ann got it when she sent her first check.
    review_id = desk.scene.take(desk.ann)
    assert desk.scene.claim_of(review_id) == two
    desk.scene.do(
        reviews.save_draft, desk.ann, review_id, body={"rationale": "Mine."}, draft_version=0
    )

    desk.cover(one, answers={two: None})

    assert desk.scene.review_row(review_id).slot is None
    held = desk.scene.ask(checks.draft, desk.scene.rows(Review)[-1].key)
    assert held.body == {"rationale": "Mine."}
    assert desk.scene.claim_of(desk.scene.take(desk.ann)) == settled[2]


def test_covered_twice_is_covered_once(desk, settled):
    desk.cover(settled[0], answers={settled[1]: None})
    before = desk.scene.state()

    assert desk.cover(settled[0], answers={settled[1]: None}) == []
    assert desk.scene.state() == before


@pytest.mark.parametrize(
    ("which", "said", "code", "field"),
    [
        (None, None, "cover.none", ""),
        (2, None, "review.attribution-verdict", "-said"),
        (2, "nonsense", "review.attribution-verdict", "-said"),
        ("stranger", None, "cover.group", ""),
        ("dropped", None, "cover.state", ""),
        ("mine", None, "cover.own-check", ""),
    ],
)
def test_what_cannot_be_covered_is_refused_and_nothing_changes(
    desk, settled, which, said, code, field
):
    name = settled[which] if isinstance(which, int) else settled[1]
    if which == "stranger":
        desk.scene.do(groups.leave_group, desk.editor, name)
    if which == "dropped":
        desk.scene.change(Claim, name, state=ClaimState.REJECTED, slots_free=0)
    actor = desk.editor
    if which == "mine":
        actor, name = desk.scene.person("Both", Role.REVIEWER, *LEADS), settled[2]
        desk.scene.check(actor, "true", attribution_verdict="confirmed")
    before = desk.scene.state()

    with pytest.raises(Invalid, match=code.replace(".", r"\.")) as refused:
        desk.cover(settled[0], actor, answers={} if which is None else {name: said})
    assert refused.value.values.get("field", "") == (f"cover-{name}{field}" if which else "")
    assert desk.scene.state() == before


def test_who_could_still_check_blind_decides_nothing(database):
    desk = Desk(database, decides=Decides.INDEPENDENT, reviews_wanted=2)
    one, two = desk.scene.claim("It rained."), desk.scene.claim("Rain fell.")
    desk.same(one, two)
    for person in (desk.ann, desk.ben):
        desk.scene.check(person, "true")
    assert desk.scene.claim_row(one).state is ClaimState.SETTLED
    both = desk.scene.person("Both", Role.REVIEWER, *LEADS)
    key = desk.scene.claim_row(one).key

    with pytest.raises(Invalid, match=r"cover\.blind"):
        desk.cover(one, both, answers={two: None})
    assert desk.scene.ask(asked.coverable, both, key) == []
    assert [c.public_id for c in desk.scene.ask(asked.coverable, desk.editor, key)] == [two]
    desk.cover(one, answers={two: None})
    assert desk.scene.rulings_of(two)[0].decided_by_id == desk.editor.person


def test_a_claim_without_a_verdict_has_none_to_share(desk, three):
    desk.same(three[0], three[1])
    before = desk.scene.state()

    with pytest.raises(WrongState):
        desk.cover(three[0], answers={three[1]: None})
    assert desk.scene.state() == before


def test_only_leads_let_a_verdict_hold_for_others(desk, settled):
    before = desk.scene.state()
    for role in (Role.REVIEWER, Role.VIEWER):
        with pytest.raises(NotAllowed):
            desk.cover(
                settled[0], desk.scene.person(role.title(), role), answers={settled[1]: None}
            )
    with pytest.raises(Missing):
        desk.cover(settled[0], desk.scene.person("Sam"), answers={settled[1]: None})
    with pytest.raises(Missing):
        desk.cover(settled[0], answers={"aaaaaaaaaaaa": None})
    assert desk.scene.state() == before


def test_a_claim_of_another_project_is_as_unknown_as_one_that_is_not_there(desk, settled, database):
    one, *_others = settled
    elsewhere = Scene(database, slug="elsewhere", reviews_wanted=1)
    foreign = elsewhere.claim()
    elsewhere.take(elsewhere.reviewers("Cem")[0])
    before = desk.scene.state()

    said = []
    for name in (foreign, "nothing"):
        with pytest.raises(Missing) as refusal:
            desk.cover(one, answers={name: None})
        said.append((refusal.value.code, refusal.value.values))

    assert said[0] == said[1] == ("claim.missing", {})
    assert desk.scene.state() == before
