"""A changed text of an article: every claim is looked for in it, and none is lost."""

import pytest

from app.domain.actors import CONSOLE
from app.domain.errors import Invalid, Missing, NotAllowed
from app.domain.words import ClaimState, FoundBy, Role
from app.storage import claims as questions
from app.storage import places as asked
from app.storage.tables import Article, Claim, Quantity, Snapshot
from app.workflow import articles, places, placing, quantities
from app.workflow.articles import NewArticle, Suggestion
from tests.workflow.test_places import HOPS, NEW, TEXT, URL, Desk


@pytest.fixture
def desk(database):
    return Desk(database)


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


def counted(monkeypatch, module, name):
    """The calls of a function that still does what it does."""
    calls, real = [], getattr(module, name)

    def call(*args, **values):
        calls.append(args)
        return real(*args, **values)

    monkeypatch.setattr(module, name, call)
    return calls


def test_figures_are_read_before_the_writing_but_for_claims_that_moved_meanwhile(desk, monkeypatch):
    built, taxes = desk.claim("The town built 40 bridges in 2024"), desk.claim("taxes fell by half")
    new = TEXT.replace("built 40", "built over 50").replace("taxes fell", "taxes of 9 euros fell")
    found = desk.scene.ask(placing.look_for, desk.scene.id, new, url=URL)
    desk.move(taxes, "that taxes fell by half")
    read = counted(monkeypatch, placing, "figures_in")
    again = counted(monkeypatch, quantities, "figures_in")

    desk.take_in(new, placing=found)

    assert [span.of(around.text) for around, span in read] == ["that taxes of 9 euros fell by half"]
    assert again == []
    for name, raw in ((built, "50 bridges"), (taxes, "9 euros")):
        key = desk.scene.claim_row(name).key
        figures = desk.scene.rows(Quantity, Quantity.claim_id == key)
        assert raw in [figure.raw for figure in figures]


def test_what_a_text_says_of_all_its_figures_is_looked_up_once(desk, monkeypatch):
    for words in ("The town built 40 bridges in 2024", "taxes fell by half"):
        desk.claim(words)
    new = TEXT.replace("built 40", "built over 50").replace("taxes fell", "taxes of 9 euros fell")
    looked = counted(monkeypatch, quantities, "home_currencies")

    desk.take_in(new)

    assert looked == [(new,)]


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
