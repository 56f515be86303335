"""What amendments.jsonl holds: every label, as the claim was and as it became."""

import pytest

from app.domain.actors import CONSOLE
from app.domain.errors import Missing, NotAllowed
from app.domain.words import Amended, Erasable, Role
from app.exporters.amendments_jsonl import validate, write
from app.storage import amendments
from app.storage.amendments import amendment_rows
from app.storage.pseudonyms import pseudonym
from app.storage.tables import Article, Snapshot
from app.workflow import articles, claims, erasures, merging, splitting
from app.workflow.agents import HopValues
from app.workflow.articles import NewArticle
from app.workflow.claims import PickValues
from app.workflow.merging import Merge
from app.workflow.splitting import Part, Split
from tests.workflow.test_amendments import BARGES, FARES, FROZE, TEXT, Desk


@pytest.fixture
def desk(database):
    return Desk(database)


def rows(desk, actor=None, **values):
    return desk.scene.ask(
        lambda session: list(amendment_rows(session, actor or desk.editor, desk.scene.id, **values))
    )


def said(then):
    return then.quote, then.text, [hop.agent for hop in then.chain]


def correct_all(desk):
    """A claim's ends, its wording and its claimant are corrected, and one that was missed is added."""
    row = desk.row(BARGES)
    desk.move(row.public_id, "30 barges in May")
    desk.correct(desk.scene.claim_row(row.public_id), text="Thirty barges")
    desk.correct(
        desk.scene.claim_row(row.public_id), hops=[HopValues(agent="the port", cue="said")]
    )
    desk.claim(FROZE, text=TEXT)
    return row


def test_every_label_tells_what_was_and_what_became_of_it(desk):
    row = correct_all(desk)
    office, port = ["the harbour office"], ["the port"]
    cut = "30 barges in May"

    found = rows(desk)

    assert [one.what for one in found] == ["ends", "wording", "claimant", "missed"]
    assert [(said(one.before), said(one.after)) for one in found[:3]] == [
        ((BARGES, row.text, office), (cut, row.text, office)),
        ((cut, row.text, office), (cut, "Thirty barges", office)),
        ((cut, "Thirty barges", office), (cut, "Thirty barges", port)),
    ]
    assert found[3].before is None
    assert said(found[3].after) == (FROZE, f"{FROZE}!", [])
    [article] = desk.scene.rows(Article, Article.public_id == desk.article)
    for one in found:
        assert (one.article_title, one.erased) == (article.title, False)
        assert one.snapshot_sha256 == desk.snapshot.sha256
        assert TEXT[one.after.start : one.after.end] == one.after.quote
    assert [one.extractor for one in found] == ["rules-9"] * 3 + [None]
    assert validate(write(found)) == []


def test_the_parts_of_a_split_are_told_each_with_what_it_was_cut_from(desk):
    row = desk.row(FARES)
    quotes = ("fares rose by 4 percent", "tolls fell by 2 percent")
    parts = tuple(
        Part(text=f"{quote}.", start=TEXT.index(quote), end=TEXT.index(quote) + len(quote))
        for quote in quotes
    )
    _first, second = desk.scene.do(
        splitting.split, desk.editor, row.public_id, values=Split(parts=parts, version=1)
    )
    desk.correct(desk.scene.claim_row(second), text="Tolls fell.")

    found = rows(desk)

    assert [(one.claim_id, one.other_claim_id) for one in found] == [
        (row.public_id, None),
        (row.public_id, second),
        (second, None),
    ]
    assert [said(one.before)[:2] for one in found[:2]] == [(FARES, row.text)] * 2
    assert [said(one.after)[:2] for one in found[:2]] == [(q, f"{q}.") for q in quotes]
    assert said(found[2].after)[:2] == (quotes[1], "Tolls fell.")


def test_claims_that_were_joined_are_told_each_with_what_they_became(desk):
    first = desk.row(BARGES).public_id
    second = desk.claim(FROZE, text=TEXT)
    before = desk.scene.claim_row(second).text
    both = Merge(versions={first: 1, second: 1}, text="It carried barges and froze.")
    desk.scene.do(merging.merge, desk.editor, first, values=both)

    _missed, stays, joined = rows(desk)

    assert [(one.what, one.claim_id, one.other_claim_id) for one in (stays, joined)] == [
        ("merge", first, None),
        ("merge", second, first),
    ]
    assert said(joined.before)[:2] == (FROZE, before)
    assert stays.after == joined.after
    start = TEXT.index(BARGES)
    assert stays.after.quote == TEXT[start : TEXT.index(FROZE) + len(FROZE)]
    assert validate(write([stays, joined])) == []
    assert (stays.undone, joined.undone) == (False, False)


def test_of_a_claim_that_was_brought_back_it_is_told_that_its_joining_was_undone(desk):
    first = desk.row(BARGES).public_id
    second = desk.claim(FROZE, text=TEXT)
    both = Merge(versions={first: 1, second: 1}, text="It carried barges and froze.")
    desk.scene.do(merging.merge, desk.editor, first, values=both)

    desk.scene.do(claims.pick, desk.editor, second, values=PickValues())

    assert [(one.claim_id, one.undone) for one in rows(desk)[1:]] == [
        (first, False),
        (second, True),
    ]
    assert validate(write(rows(desk))) == []


def test_words_beyond_the_basic_plane_are_cut_where_they_stand(desk):
    text = "\U0001f6a2\U0001f6a2 Nine ferries sailed. Ten ferries sank, 𝔞nd more."
    changed = NewArticle(text=text)
    desk.scene.do(articles.add_text, desk.editor, desk.article, values=changed)
    claim_id = desk.claim("Ten ferries sank", text=text)
    desk.move(claim_id, "Ten ferries sank, 𝔞nd")

    assert rows(desk)[-1].before.quote == "Ten ferries sank"
    assert rows(desk)[-1].after.quote == "Ten ferries sank, 𝔞nd"


def test_a_text_that_was_erased_is_not_in_it_and_that_is_said(desk):
    correct_all(desk)
    snapshot = desk.snapshot.public_id
    desk.scene.do(erasures.erase, CONSOLE, Erasable.SNAPSHOT, snapshot, reason="A court order.")

    found = rows(desk)

    assert [one.erased for one in found] == [True] * 4
    assert {one.after.quote for one in found} == {None}
    assert [one.snapshot_sha256 for one in found] == [desk.snapshot.sha256] * 4
    assert validate(write(found)) == []


def test_people_stand_under_a_pseudonym_that_no_check_has(desk):
    correct_all(desk)
    person = desk.editor.person_id

    [label, *_others] = rows(desk)
    assert label.by.startswith("a-")
    assert label.by[2:] != pseudonym(desk.scene.project, person)[2:]
    assert rows(desk, names=True)[0].by == "Ed"
    with pytest.raises(NotAllowed):
        rows(desk, desk.scene.person("Ann", Role.REVIEWER), names=True)
    with pytest.raises(Missing):
        rows(desk, desk.scene.person("Sam"))


def test_they_come_in_the_order_in_which_they_were_made_however_many(desk, monkeypatch):
    correct_all(desk)
    whole = rows(desk)
    monkeypatch.setattr(amendments, "CHUNK", 1)

    assert rows(desk) == whole
    assert [one.what for one in whole][-1] == Amended.MISSED


def test_the_text_of_an_article_is_not_read_whole(desk):
    correct_all(desk)

    def loaded(session):
        list(amendment_rows(session, desk.editor, desk.scene.id))
        return [row for row in session.identity_map.values() if isinstance(row, Snapshot)]

    assert desk.scene.ask(loaded) == []
