"""What people correct of a claim that was read in an article is kept: a label for the extractor."""

import pytest
from sqlmodel import select

from app.domain.errors import Stale
from app.domain.words import Amended, Comparator
from app.storage import claims as questions
from app.storage.tables import (
    Agent,
    Amendment,
    Article,
    Claim,
    ClaimWording,
    Hop,
    Quantity,
    Snapshot,
)
from app.workflow import articles, claims, splitting
from app.workflow.agents import HopValues
from app.workflow.articles import NewArticle, Suggestion
from app.workflow.claims import ClaimCorrection
from app.workflow.splitting import Part, Split
from tests.workflow.test_places import Desk as PlacesDesk

TEXT = (
    "The canal carried 30 barges in May, the harbour office said. It froze in June. "
    "Ines Vold told the Courier that fares rose by 4 percent and that tolls fell by 2 percent."
)
FROZE = "It froze in June."
FARES = "fares rose by 4 percent and that tolls fell by 2 percent"
OFFICE = HopValues(agent="the harbour office", cue="said")
BARGES = "The canal carried 30 barges in May"


class Desk(PlacesDesk):
    """The places' desk, with one more article, of which two claims were read."""

    def __init__(self, database):
        super().__init__(database)
        self.scene.do(
            articles.add_article,
            self.editor,
            self.scene.id,
            values=NewArticle(text=TEXT),
            suggestions=[self.read(BARGES, OFFICE), self.read(FARES)],
        )

    @property
    def article(self):
        return self.scene.rows(Article)[-1].public_id

    @staticmethod
    def read(quote, *hops):
        start = TEXT.index(quote)
        return Suggestion(
            text=f"{quote} of this year",
            quote=quote,
            start=start,
            end=start + len(quote),
            hops=hops,
            extractor="rules-9",
        )

    def row(self, quote):
        [found] = self.scene.rows(Claim, Claim.quote == quote)
        return found

    def correct(self, row, *, text=None, hops=None, version=None):
        if hops is None:
            hops = [_again(hop) for hop in self.record(row.public_id).hops]
        values = ClaimCorrection(
            text=text or row.text, hops=tuple(hops), version=version or row.version
        )
        self.scene.do(claims.correct, self.editor, row.public_id, values=values)

    def record(self, claim_id):
        return self.scene.ask(questions.claim, self.editor, claim_id)

    def labels(self):
        return self.scene.rows(Amendment)

    def earlier(self, label):
        """What the label's claim was before: quote, wording and chain, from the label alone."""
        [snapshot] = self.scene.rows(Snapshot, Snapshot.id == label.snapshot_id)
        wordings = self.scene.rows(
            ClaimWording,
            ClaimWording.claim_id == label.claim_id,
            ClaimWording.version >= label.version_before,
        )
        [claim] = self.scene.rows(Claim, Claim.id == label.claim_id)
        hops = self.scene.rows(
            Hop, Hop.claim_id == label.claim_id, Hop.claim_version == label.version_before
        )
        names = {agent.id: agent.name for agent in self.scene.rows(Agent)}
        return (
            snapshot.text[label.start_before : label.end_before],
            wordings[0].text if wordings else claim.text,
            [names[hop.agent_id] for hop in hops],
        )


def _again(hop):
    return HopValues(agent=hop.agent, cue=hop.cue, mode=hop.mode, url=hop.url)


@pytest.fixture
def desk(kept):
    return kept(Desk)


def test_ends_that_were_moved_are_a_label_with_all_that_was_before(desk):
    row = desk.row(BARGES)

    desk.move(row.public_id, "30 barges in May")

    [label] = desk.labels()
    assert (label.what, label.extractor, label.by_id) == (
        Amended.ENDS,
        "rules-9",
        desk.editor.person_id,
    )
    assert desk.earlier(label) == (BARGES, row.text, ["the harbour office"])
    assert TEXT[label.start_after : label.end_after] == "30 barges in May"
    assert (label.version_before, label.version_after) == (1, 2)


def test_what_was_before_is_found_after_further_corrections_too(desk):
    row = desk.row(BARGES)
    desk.move(row.public_id, "30 barges in May", text="30 barges in May 2024")
    desk.correct(desk.scene.claim_row(row.public_id), hops=[HopValues(agent="Ines Vold")])
    desk.correct(desk.scene.claim_row(row.public_id), text="Thirty barges")

    labels = desk.labels()

    assert [label.what for label in labels] == [
        Amended.ENDS,
        Amended.WORDING,
        Amended.CHAIN,
        Amended.WORDING,
    ]
    was = [desk.earlier(label) for label in labels]
    assert was[0] == was[1] == (BARGES, row.text, ["the harbour office"])
    assert was[2] == ("30 barges in May", "30 barges in May 2024", ["the harbour office"])
    assert was[3] == ("30 barges in May", "30 barges in May 2024", ["Ines Vold"])


@pytest.mark.parametrize(
    ("hops", "what"),
    [
        ([HopValues(agent="the port", cue="said")], Amended.CLAIMANT),
        ([], Amended.CLAIMANT),
        ([HopValues(agent="the harbour office", cue="claimed")], Amended.CHAIN),
        ([HopValues(agent="the Courier"), OFFICE], Amended.CHAIN),
        ([HopValues(agent="the port", cue="claimed")], Amended.CHAIN),
    ],
)
def test_another_claimant_by_the_same_way_is_told_from_another_way(desk, hops, what):
    desk.correct(desk.row(BARGES), hops=hops)

    assert [label.what for label in desk.labels()] == [what]


def test_what_changes_nothing_that_a_text_tells_is_no_label(desk):
    row = desk.row(BARGES)
    desk.move(row.public_id, BARGES)
    desk.correct(row)
    source = HopValues(agent=OFFICE.agent, cue=OFFICE.cue, url="https://harbour.example/")
    desk.correct(desk.scene.claim_row(row.public_id), hops=[source])

    assert desk.labels() == []


def test_a_form_that_is_sent_twice_leaves_one_label(desk):
    row = desk.row(BARGES)
    desk.move(row.public_id, "30 barges in May")
    desk.move(row.public_id, "30 barges in May", version=1)
    moved = desk.scene.claim_row(row.public_id)
    desk.correct(moved, text="Thirty barges")
    with pytest.raises(Stale):
        desk.correct(moved, text="Thirty barges")

    assert [label.what for label in desk.labels()] == [Amended.ENDS, Amended.WORDING]


def test_each_part_of_a_split_is_a_label(desk):
    row = desk.row(FARES)
    quotes = ("fares rose by 4 percent", "tolls fell by 2 percent")
    places = [(TEXT.index(quote), TEXT.index(quote) + len(quote)) for quote in quotes]
    parts = tuple(Part(text=f"{TEXT[a:b]}.", start=a, end=b) for a, b in places)

    names = desk.scene.do(
        splitting.split, desk.editor, row.public_id, values=Split(parts=parts, version=1)
    )

    labels = desk.labels()
    keys = [desk.scene.claim_row(name).key for name in names]
    assert [(one.what, one.claim_id, one.other_claim_id) for one in labels] == [
        (Amended.SPLIT, keys[0], None),
        (Amended.SPLIT, keys[0], keys[1]),
    ]
    assert [(one.start_after, one.end_after) for one in labels] == places
    assert [one.version_after for one in labels] == [2, 1]
    assert {desk.earlier(one)[:2] for one in labels} == {(FARES, row.text)}


def test_a_claim_that_was_missed_is_a_label_once(desk):
    for _ in range(2):
        claim_id = desk.claim(FROZE, text=TEXT)

    [label] = desk.labels()
    row = desk.scene.claim_row(claim_id)
    assert (label.what, label.claim_id, label.extractor) == (Amended.MISSED, row.key, None)
    assert (label.version_before, label.start_before, label.version_after) == (None, None, 1)
    assert TEXT[label.start_after : label.end_after] == FROZE


def test_a_claim_of_no_article_has_no_labels(desk):
    claim_id = desk.scene.claim("It snowed.")
    desk.correct(desk.scene.claim_row(claim_id), text="It hailed.", hops=[OFFICE])

    assert desk.labels() == []


# What was read of a claim, once its words or its chain are others


def figures(record):
    return [(one.raw, one.value, one.unit) for one in record.quantities]


def test_a_claim_that_was_missed_has_its_figures(desk):
    claim_id = desk.claim("tolls fell by 2 percent", text=TEXT)

    assert figures(desk.record(claim_id)) == [("2 percent", 2, "percent")]


def test_figures_that_are_not_in_the_words_any_more_go_and_those_that_are_now_come(desk):
    row = desk.row(FARES)
    desk.move(row.public_id, "fares rose by 4 percent")
    assert figures(desk.record(row.public_id)) == [("4 percent", 4, "percent")]

    desk.move(row.public_id, "tolls fell by 2 percent")
    assert figures(desk.record(row.public_id)) == [("2 percent", 2, "percent")]

    desk.move(row.public_id, FARES)
    assert [one[0] for one in figures(desk.record(row.public_id))] == ["4 percent", "2 percent"]


def test_a_figure_that_the_words_still_have_stays_as_it_was_read(desk, database):
    row = desk.row(FARES)
    with database.write() as session:
        session.add(
            Quantity(
                claim_id=row.key,
                position=0,
                value=4,
                unit="percent",
                raw="4 percent",
                period="last year",
                period_from="2023",
                period_to="2023",
            )
        )

    desk.move(row.public_id, "fares rose by 4 percent")

    [figure] = desk.record(row.public_id).quantities
    assert (figure.period, figure.period_from) == ("last year", "2023")


def test_how_a_figure_is_meant_and_when_it_holds_is_what_the_words_say_now(desk):
    text = "At least 50 barges sank in May, and more than 20 locks failed."
    dated = NewArticle(text=text, url="https://paper.example/locks", published="2025-09-04")
    desk.scene.do(articles.add_article, desk.editor, desk.scene.id, values=dated)
    claim_id = desk.claim("At least 50 barges sank in May", text=text)
    [figure] = desk.record(claim_id).quantities
    assert (figure.comparator, figure.period_from) == (Comparator.AT_LEAST, "2025-05")

    desk.move(claim_id, "50 barges sank")

    [figure] = desk.record(claim_id).quantities
    assert (figure.comparator, figure.period) == (Comparator.EXACT, "in May")


def test_a_bare_sign_stays_the_currency_of_the_article_when_ends_are_moved(desk):
    text = "In Toronto, Ottawa and Halifax fares rose. A ticket now costs $4 in Ontario."
    paper = NewArticle(text=text, url="https://fares.example.ca/1", publisher="The Toronto Courier")
    desk.scene.do(articles.add_article, desk.editor, desk.scene.id, values=paper)
    claim_id = desk.claim("A ticket now costs $4", text=text)
    assert figures(desk.record(claim_id)) == [("$4", 4, "CAD")]

    desk.move(claim_id, "A ticket now costs $4 in Ontario")

    assert figures(desk.record(claim_id)) == [("$4", 4, "CAD")]


def test_figures_follow_words_that_were_changed_in_the_article(desk):
    claim_id = desk.claim("tolls fell by 2 percent", text=TEXT)

    changed = NewArticle(text=TEXT.replace("2 percent", "3 percent"))
    desk.scene.do(articles.add_text, desk.editor, desk.article, values=changed)

    assert figures(desk.record(claim_id)) == [("3 percent", 3, "percent")]


def test_of_a_text_in_another_language_no_figures_are_read(desk):
    desk.scene.change(Article, desk.article, language="de")

    assert desk.record(desk.claim("tolls fell by 2 percent", text=TEXT)).quantities == ()


def test_kinds_stay_while_the_words_that_they_rest_on_do(desk):
    row = desk.row(FARES)
    grounds = [
        {"kind": "quantity", "words": "4 percent"},
        {"kind": "quantity", "words": "2 percent"},
        {"kind": "comparison", "words": "rose"},
    ]
    kinds = ["quantity", "comparison", "position"]
    desk.scene.change(Claim, row.public_id, grounds=grounds, kinds=kinds)

    desk.move(row.public_id, "tolls fell by 2 percent")

    record = desk.record(row.public_id)
    assert record.kinds == ("quantity", "position")
    assert record.grounds == (("quantity", "2 percent"),)


def test_whoever_stays_in_a_chain_stays_where_the_article_names_them_and_seen(desk, database):
    row = desk.row(BARGES)
    start = TEXT.index("the harbour office")
    with database.write() as session:
        hop = session.exec(select(Hop).where(Hop.claim_id == row.key)).one()
        hop.start, hop.end, hop.is_seen = start, start + 18, True

    desk.correct(row, hops=[HopValues(agent="the Courier"), OFFICE])

    courier, office = desk.record(row.public_id).hops
    assert (office.start, office.end, office.is_seen) == (start, start + 18, True)
    assert (courier.start, courier.end, courier.is_seen) == (None, None, False)
