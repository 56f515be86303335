"""Where the words of a claim stand: moved by hand, found again in a changed text, never lost."""

import pytest

from app.domain.actors import CONSOLE
from app.domain.errors import Invalid, Missing, NotAllowed, Stale, WrongState
from app.domain.spans import MAX_QUOTE
from app.domain.words import ClaimState, Decides, FoundBy, Role
from app.storage import claims as questions
from app.storage import reviews as checks
from app.storage.tables import Article, ClaimPlace, ClaimWording, Hop, Snapshot
from app.workflow import articles, places, reviews
from app.workflow.agents import HopValues
from app.workflow.articles import NewArticle
from app.workflow.claims import NewClaim, add_claim
from app.workflow.places import Ends
from tests.cases import in_turn
from tests.scenes import Scene, answer

HOPS = (HopValues(agent="Ada Berg"),)
URL = "https://paper.example/bridges"
TEXT = (
    "The town built 40 bridges in 2024.\n\nAda Berg said that taxes fell by half. "
    "It rained on Monday. It rained on Tuesday."
)
# The first sentence is gone, the second was changed a little, the third moved.
NEW = "Corrected.\n\nAda Berg said that taxes fell by one half. It rained on Tuesday."


class Desk:
    def __init__(self, database):
        self.scene = Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)
        self.editor = self.scene.person("Ed", Role.EDITOR)
        self.take_in(TEXT)

    def take_in(self, text, **values):
        return self.scene.do(
            articles.add_article,
            self.editor,
            self.scene.id,
            values=NewArticle(text=text, url=URL, title="Bridges"),
            **values,
        )

    def claim(self, quote, *, start=None, text=TEXT, **values):
        start = text.index(quote) if start is None else start
        return self.scene.do(
            add_claim,
            CONSOLE,
            self.scene.id,
            values=NewClaim(
                text=f"{quote}!", quote=quote, start=start, end=start + len(quote), **values
            ),
            article_id=self.article,
        )

    @property
    def article(self):
        return self.scene.rows(Article)[0].public_id

    @property
    def snapshot(self):
        return self.scene.rows(Snapshot)[-1]

    def move(self, claim_id, words, *, actor=None, **values):
        text = self.snapshot.text
        start = text.index(words)
        ends = Ends(
            **{
                "start": start,
                "end": start + len(words),
                "version": self.scene.claim_row(claim_id).version,
                "snapshot": self.snapshot.public_id,
                "stands_in": self.text_of(claim_id),
                **values,
            }
        )
        self.scene.do(places.move_ends, actor or self.editor, claim_id, values=ends)

    def text_of(self, claim_id):
        key = self.scene.claim_row(claim_id).snapshot_id
        return next((row.public_id for row in self.scene.rows(Snapshot) if row.key == key), None)

    def looks(self, claim_id):
        key = self.scene.claim_row(claim_id).key
        rows = self.scene.rows(ClaimPlace, ClaimPlace.claim_id == key)
        return [(row.found_by, row.quote) for row in rows]


@pytest.fixture
def desk(database):
    return Desk(database)


# Added at an exact place


@pytest.mark.parametrize("nth", [0, 1])
def test_of_repeated_words_those_are_the_claims_that_were_chosen(desk, nth):
    start = [TEXT.index("It rained"), TEXT.rindex("It rained")][nth]

    claim_id = desk.claim("It rained", start=start, snapshot=desk.snapshot.public_id)

    row = desk.scene.claim_row(claim_id)
    assert (row.start, row.quote) == (start, "It rained")


def test_words_that_do_not_stand_at_the_place_are_the_nearest_that_do(desk):
    claim_id = desk.claim("It rained", start=TEXT.rindex("rained"))

    assert desk.scene.claim_row(claim_id).start == TEXT.rindex("It rained")


def test_words_chosen_in_an_older_text_are_not_guessed(desk):
    old = desk.snapshot.public_id
    desk.take_in(NEW)
    before = desk.scene.state()

    with pytest.raises(Stale, match=r"article\.newer"):
        desk.claim("It rained", snapshot=old)
    assert desk.scene.state() == before


# Moved by hand


def test_ends_are_moved_and_the_old_place_and_wording_are_kept(desk):
    claim_id = desk.claim("taxes fell by half")

    desk.move(claim_id, "Ada Berg said that taxes fell", text="Taxes fell.")

    row = desk.scene.claim_row(claim_id)
    assert row.quote == "Ada Berg said that taxes fell" == TEXT[row.start : row.end]
    assert (row.text, row.version) == ("Taxes fell.", 2)
    assert desk.looks(claim_id) == [
        (FoundBy.ORIGINAL, "taxes fell by half"),
        (FoundBy.HAND, "Ada Berg said that taxes fell"),
    ]
    assert [w.text for w in desk.scene.rows(ClaimWording)] == ["taxes fell by half!"]
    [event] = desk.scene.events("claim.move")
    assert (event.details["version"], event.claim) == (2, claim_id)


def test_the_chain_goes_along_under_its_own_keys_and_the_old_version_keeps_a_copy(desk):
    claim_id = desk.claim("taxes fell by half", hops=HOPS)
    [hop] = desk.scene.rows(Hop)

    desk.move(claim_id, "taxes fell")

    record = desk.scene.ask(questions.claim, desk.editor, claim_id)
    assert [(h.id, h.agent) for h in record.hops] == [(hop.key, "Ada Berg")]
    assert sorted(h.claim_version for h in desk.scene.rows(Hop)) == [1, 2]


def test_blanks_around_the_chosen_words_are_left_out(desk):
    claim_id = desk.claim("taxes fell by half")

    desk.move(claim_id, " taxes fell ")

    assert desk.scene.claim_row(claim_id).quote == "taxes fell"


def test_moved_twice_with_one_form_is_moved_once(desk):
    claim_id = desk.claim("taxes fell by half")
    desk.move(claim_id, "taxes fell", version=1)
    before = desk.scene.state()

    desk.move(claim_id, "taxes fell", version=1)
    assert desk.scene.state() == before
    with pytest.raises(Stale):
        desk.move(claim_id, "taxes", version=1)
    assert desk.scene.state() == before


def test_a_claim_that_a_newer_text_took_along_is_not_moved_by_a_form_of_the_older(desk):
    claim_id = desk.claim("It rained on Monday")
    old = desk.snapshot.public_id
    desk.take_in(f"A note.\n\n{TEXT}")
    before = desk.scene.state()
    assert desk.scene.claim_row(claim_id).version == 1

    for snapshot, code in ((old, r"place\.newer"), (desk.snapshot.public_id, r"claim\.stale")):
        with pytest.raises(Stale, match=code):
            desk.move(claim_id, "It rained", snapshot=snapshot, stands_in=old, version=1)
    assert desk.scene.state() == before


@in_turn(
    "values",
    [
        {"start": 5, "end": 4},
        {"start": 4, "end": 4},
        {"start": -1, "end": 4},
        {"start": 0, "end": 10**6},
        {"snapshot": "aaaaaaaaaaaa"},
        {"text": " "},
    ],
)
def test_ends_that_cannot_be_are_refused_and_nothing_changes(desk, values):
    claim_id = desk.claim("taxes fell by half")
    before = desk.scene.state()

    with pytest.raises(Invalid):
        desk.move(claim_id, "taxes", **values)
    assert desk.scene.state() == before


def test_a_claim_has_an_end(desk):
    desk.take_in("word " * MAX_QUOTE)
    claim_id = desk.claim("word", text="word ")

    with pytest.raises(Invalid, match=r"quote\.long"):
        desk.move(claim_id, "word", start=0, end=MAX_QUOTE + 2)


def test_a_claim_without_an_article_has_no_ends(desk):
    claim_id = desk.scene.claim()

    with pytest.raises(WrongState):
        desk.move(claim_id, "taxes")


def test_a_settled_claim_is_corrected_too_and_a_check_in_hand_keeps_its_draft(desk):
    claim_id = desk.claim("taxes fell by half", hops=HOPS)
    ben, lea = desk.scene.reviewers("Ben")[0], desk.scene.person("Lea", Role.ADJUDICATOR)
    review_id = desk.scene.take(ben)
    [hop] = desk.scene.rows(Hop)
    body = {"rationale": "Mine.", f"hop-{hop.key}-seen": "on"}
    desk.scene.do(reviews.save_draft, ben, review_id, body=body, draft_version=0)

    desk.move(claim_id, "taxes fell")

    held = desk.scene.ask(checks.draft, desk.scene.review_row(review_id).key)
    assert held.body == body
    desk.scene.do(
        reviews.submit, ben, review_id, values=answer("true", attribution_verdict="confirmed")
    )
    desk.scene.settle(lea, claim_id, "true", attribution_verdict="confirmed")
    desk.move(claim_id, "taxes fell by half")
    row = desk.scene.claim_row(claim_id)
    assert (row.state, row.version) == (ClaimState.SETTLED, 3)


@pytest.mark.parametrize("verb", ["move", "confirm", "keep"])
def test_only_editors_move_claims(desk, verb):
    claim_id = desk.claim("taxes fell by half")
    before = desk.scene.state()
    runs = {
        "move": lambda actor, name: desk.scene.do(
            places.move_ends,
            actor,
            name,
            values=Ends(start=0, end=3, version=1, snapshot="x", stands_in="x"),
        ),
        "confirm": lambda actor, name: desk.scene.do(places.confirm_place, actor, name),
        "keep": lambda actor, name: desk.scene.do(places.keep_place, actor, name),
    }
    for role in (Role.REVIEWER, Role.ADJUDICATOR, Role.VIEWER):
        with pytest.raises(NotAllowed):
            runs[verb](desk.scene.person(role.title(), role), claim_id)
    with pytest.raises(Missing):
        runs[verb](desk.scene.person("Sam"), claim_id)
    with pytest.raises(Missing):
        runs[verb](CONSOLE, "aaaaaaaaaaaa")
    assert desk.scene.state() == before
