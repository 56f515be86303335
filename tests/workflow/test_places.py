"""Where the words of a claim stand: moved by hand, found again in a changed text, never lost."""

import pytest

from app.domain.actors import CONSOLE
from app.domain.errors import Invalid, Missing, NotAllowed, Stale, WrongState
from app.domain.spans import MAX_QUOTE
from app.domain.words import ClaimState, Decides, FoundBy, Role
from app.storage import claims as questions
from app.storage import places as asked
from app.storage import reviews as checks
from app.storage.tables import Article, Claim, ClaimPlace, ClaimWording, Hop, Snapshot
from app.workflow import articles, places, placing, reviews
from app.workflow.agents import HopValues
from app.workflow.articles import NewArticle, Suggestion
from app.workflow.claims import NewClaim, add_claim
from app.workflow.places import Ends
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
                **values,
            }
        )
        self.scene.do(places.move_ends, actor or self.editor, claim_id, values=ends)

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


@pytest.mark.parametrize(
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
            places.move_ends, actor, name, values=Ends(start=0, end=3, version=1, snapshot="x")
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


# Found again in a changed text


@pytest.fixture
def changed(desk):
    """The claims of an article whose text has changed: gone, changed, moved."""
    names = [
        desk.claim("The town built 40 bridges in 2024"),
        desk.claim("taxes fell by half", hops=HOPS),
        desk.claim("It rained", start=TEXT.rindex("It rained")),
    ]
    before = desk.scene.rows(Claim)
    desk.taken = desk.take_in(NEW)
    assert [row.start for row in before] == sorted(row.start for row in before)
    return names


def test_claims_move_to_the_new_text_and_those_that_are_not_in_it_stay_and_say_so(desk, changed):
    gone, nearly, moved = changed

    assert (len(desk.taken.placed.spans), desk.taken.placed.nearly) == (2, 1)
    assert desk.taken.placed.missing == 1
    assert desk.looks(gone) == [
        (FoundBy.ORIGINAL, "The town built 40 bridges in 2024"),
        (FoundBy.MISSING, None),
    ]
    assert desk.looks(nearly)[1][0] is FoundBy.APPROXIMATE
    assert desk.looks(moved)[1] == (FoundBy.QUOTE, "It rained")
    first, second = desk.scene.rows(Snapshot)
    where = [desk.scene.claim_row(name) for name in changed]
    assert [row.snapshot_id for row in where] == [first.key, second.key, second.key]
    for row, text in zip(where, (TEXT, NEW, NEW), strict=True):
        assert text[row.start : row.end] == row.quote
    # Only words that are others make another version.
    assert [row.version for row in where] == [1, 2, 1]
    record = desk.scene.ask(questions.claim, desk.editor, nearly)
    assert [hop.agent for hop in record.hops] == ["Ada Berg"]
    assert len(desk.scene.events("claim.lose")) == 1
    assert len(desk.scene.events("claim.place")) == 2


def test_what_was_looked_for_before_the_writing_is_taken_over_where_it_is_still_so(desk):
    claim_id = desk.claim("taxes fell by half")
    found = desk.scene.ask(placing.look_for, desk.scene.id, NEW, url=URL)
    desk.move(claim_id, "It rained on Tuesday")

    desk.take_in(NEW, placing=found)

    assert desk.scene.claim_row(claim_id).quote == "It rained on Tuesday"
    assert desk.looks(claim_id)[-1] == (FoundBy.QUOTE, "It rained on Tuesday")


def test_what_was_found_in_another_text_is_not_believed(desk):
    claim_id = desk.claim("It rained on Tuesday")
    found = desk.scene.ask(placing.look_for, desk.scene.id, f"X {TEXT}", url=URL)

    desk.take_in(NEW, placing=found)

    row = desk.scene.claim_row(claim_id)
    assert NEW[row.start : row.end] == "It rained on Tuesday"


def test_before_an_article_is_here_there_is_nothing_to_look_for(desk):
    ask = desk.scene.ask
    assert ask(placing.look_for, desk.scene.id, NEW, url="https://paper.example/other") is None
    assert ask(placing.look_for, desk.scene.id, NEW) is None


def test_a_claim_that_was_lost_is_looked_for_in_the_next_text_too(desk, changed):
    desk.take_in(f"{NEW} The town built 40 bridges in 2024.")

    assert desk.looks(changed[0])[-1] == (FoundBy.QUOTE, "The town built 40 bridges in 2024")


def test_a_place_that_nobody_confirmed_stays_marked_in_the_next_text(desk, changed):
    desk.take_in(f"{NEW} The town built 40 bridges in 2024.")

    doubtful = desk.scene.ask(asked.doubtful, desk.scene.rows(Article)[0].key)
    assert doubtful == {desk.scene.claim_row(changed[1]).key: FoundBy.APPROXIMATE}
    desk.scene.do(places.confirm_place, desk.editor, changed[1])
    desk.take_in(f"{NEW} More.")
    assert desk.scene.ask(asked.doubtful, desk.scene.rows(Article)[0].key) == {
        desk.scene.claim_row(changed[0]).key: FoundBy.MISSING
    }


def test_a_suggestion_that_falls_on_a_claim_is_not_made_again(desk):
    desk.claim("taxes fell by half")
    new = f"Corrected. {TEXT}"
    at = new.index("taxes")
    quotes = ("taxes fell by half", "Ada Berg said that taxes fell by half", "It rained on Monday")
    found = [
        Suggestion(text=q, quote=q, start=new.index(q), end=new.index(q) + len(q)) for q in quotes
    ]

    taken = desk.take_in(new, suggestions=found)

    assert taken.suggested == 1
    assert [row.quote for row in desk.scene.rows(Claim)] == [
        "taxes fell by half",
        "It rained on Monday",
    ]
    assert desk.scene.rows(Claim)[0].start == at


def test_settled_and_dropped_claims_move_too(desk):
    names = [desk.claim("taxes fell by half"), desk.claim("It rained on Monday")]
    desk.scene.change(Claim, names[0], state=ClaimState.SETTLED)
    desk.scene.change(Claim, names[1], state=ClaimState.REJECTED)

    desk.take_in(f"Corrected. {TEXT}")

    for name in names:
        assert desk.scene.claim_row(name).snapshot_id == desk.snapshot.key
        assert desk.looks(name)[-1][0] is FoundBy.QUOTE


def test_a_person_confirms_what_was_found_nearly(desk, changed):
    article = desk.scene.rows(Article)[0].key
    gone, nearly, _moved = (desk.scene.claim_row(name).key for name in changed)
    assert desk.scene.ask(asked.doubtful, article) == {
        gone: FoundBy.MISSING,
        nearly: FoundBy.APPROXIMATE,
    }

    desk.scene.do(places.confirm_place, desk.editor, changed[1])
    desk.scene.do(places.keep_place, desk.editor, changed[0])

    assert desk.scene.ask(asked.doubtful, article) == {}
    before = desk.scene.state()
    for verb in (places.confirm_place, places.keep_place):
        for name in changed:
            desk.scene.do(verb, desk.editor, name)
    assert desk.scene.state() == before
    assert desk.scene.claim_row(changed[0]).snapshot_id == desk.scene.rows(Snapshot)[0].key


def test_a_lost_claim_is_placed_by_hand(desk, changed):
    desk.move(changed[0], "Corrected")

    row = desk.scene.claim_row(changed[0])
    assert (row.quote, row.snapshot_id) == ("Corrected", desk.snapshot.key)
    assert desk.looks(changed[0])[-1] == (FoundBy.HAND, "Corrected")


def test_an_older_text_shows_its_claims_as_they_stood_there(desk, changed):
    first, second = desk.scene.rows(Snapshot)

    then = desk.scene.ask(asked.claims_in_text, first.key)
    now = desk.scene.ask(asked.claims_in_text, second.key)

    assert [c.public_id for c in then] == changed
    assert all(TEXT[c.start : c.end] == c.quote for c in then)
    assert [c.public_id for c in now] == changed[1:]
    assert all(NEW[c.start : c.end] == c.quote for c in now)


# A text for this very article


def test_an_article_without_an_address_gets_a_changed_text_too(desk):
    claim_id = desk.claim("taxes fell by half")
    desk.scene.change(Article, desk.article, url=None, canonical_url=None)
    found = desk.scene.ask(placing.look_for, desk.scene.id, NEW, article_id=desk.article)

    taken = add_text(desk, NEW, placing=found)

    assert (taken.article_id, taken.is_known) == (desk.article, False)
    assert desk.scene.claim_row(claim_id).snapshot_id == desk.snapshot.key
    before = desk.scene.state()
    assert add_text(desk, NEW).is_known
    assert desk.scene.state() == before


def add_text(desk, text, actor=None, article_id=None, **values):
    return desk.scene.do(
        articles.add_text,
        actor or desk.editor,
        article_id or desk.article,
        values=NewArticle(text=text),
        **values,
    )


@pytest.mark.parametrize("text", ["", " \n ", "x" * (articles.MAX_TEXT + 1), "Another article."])
def test_a_text_that_cannot_be_is_refused(desk, text):
    desk.scene.do(
        articles.add_article,
        CONSOLE,
        desk.scene.id,
        values=NewArticle(text="Another article."),
    )
    before = desk.scene.state()

    with pytest.raises(Invalid):
        add_text(desk, text)
    assert desk.scene.state() == before


def test_only_editors_change_the_text_of_an_article(desk):
    before = desk.scene.state()
    for role in (Role.REVIEWER, Role.ADJUDICATOR, Role.VIEWER):
        with pytest.raises(NotAllowed):
            add_text(desk, NEW, desk.scene.person(role.title(), role))
    with pytest.raises(Missing):
        add_text(desk, NEW, desk.scene.person("Sam"))
    with pytest.raises(Missing):
        add_text(desk, NEW, article_id="aaaaaaaaaaaa")
    assert desk.scene.state() == before
