"""Erasing by order: the words go, the fact that something stood there stays."""

import hashlib

import pytest
from sqlmodel import select

from app.domain.actors import CONSOLE
from app.domain.errors import Invalid, Missing, NotAllowed, Stale, WrongState
from app.domain.words import Erasable, Role, SourceKind, TranslatedBy
from app.storage.people import actor_of
from app.storage.tables import (
    Article,
    Claim,
    Draft,
    Erasure,
    Event,
    Evidence,
    Hop,
    Person,
    Quantity,
    Review,
    ReviewVersion,
    Snapshot,
    Source,
)
from app.workflow.agents import HopValues
from app.workflow.articles import AdditionValues, NewArticle, Suggestion, add_article, add_text
from app.workflow.claims import NewClaim, add_claim
from app.workflow.erasures import erase
from app.workflow.lending import assign
from app.workflow.quantities import FigureValues
from app.workflow.reviews import save_draft, submit
from app.workflow.sources import SourceValues
from app.workflow.versions import ReviewValues
from tests.workflow.test_places import Desk

WORDS = "What the neighbour saw"
VALUES = ReviewValues(
    verdict="false",
    form_key="k1",
    rationale=WORDS,
    notes=WORDS,
    sources=(
        SourceValues(
            url="https://neighbour.example/",
            title=WORDS,
            quote=WORDS,
            translation=WORDS,
            translated_by=TranslatedBy.HUMAN,
            archive_url="https://archive.example/neighbour.example",
            author="Somebody of neighbour.example",
            interests="Paid by neighbour.example",
            origin="A report of neighbour.example",
            figure="3 visits, says neighbour.example",
            note="Ask at neighbour.example",
            locator="The gate of neighbour.example",
        ),
    ),
)


@pytest.fixture
def review(database, project, person, actor):
    """A submitted check with a source, and a later draft; its public id."""
    checker = actor(person("Ann", Role.REVIEWER, project=project))
    with database.write() as session:
        claim = add_claim(session, CONSOLE, project.id, values=NewClaim(text="It rained."))
        given = assign(session, CONSOLE, claim, person=checker)
        submit(session, checker, given, values=VALUES, lends_next=False)
        save_draft(session, checker, given, body={"rationale": WORDS}, draft_version=0)
    return given


def everything(database):
    with database.reading() as session:
        return "\n".join(
            repr(row)
            for kind in (Person, Snapshot, Claim, Source, Evidence, Review, ReviewVersion, Draft)
            for row in session.exec(select(kind))
        )


def test_a_check_loses_its_words_and_keeps_its_verdict(database, review):
    with database.write() as session:
        erase(session, CONSOLE, Erasable.REVIEW, review, reason="Court order")

    with database.reading() as session:
        version = session.exec(select(ReviewVersion)).one()
        source = session.exec(select(Source)).one()
    assert (version.rationale, version.notes) == ("", "")
    assert version.content_label_id
    assert version.erased_at is not None
    assert source.title == WORDS


def test_a_source_loses_its_name_address_and_quotes(database, review):
    with database.reading() as session:
        source = session.exec(select(Source.public_id)).one()

    with database.write() as session:
        erase(session, CONSOLE, Erasable.SOURCE, source, reason="Source in danger")

    with database.reading() as session:
        kept = session.exec(select(Source)).one()
        use = session.exec(select(Evidence)).one()
    assert (kept.title, kept.url, use.title, use.quote) == ("", None, "", "")
    assert (use.quote_translation, use.translated_by, use.archive_url) == (None, None, None)
    assert "neighbour.example" not in everything(database)


def draft_fields(row, **parts):
    return {f"sources-{row}-{part}": text for part, text in parts.items()}


def test_a_source_leaves_no_words_in_drafts(database, review):
    """By its address however it is spelled, and the answers that rest on its row."""
    body = {
        "rationale": "Mine",
        "base_version": "1",
        **draft_fields(
            0, url="https://Neighbour.example/?utm_source=a#b", title=WORDS, quote=WORDS
        ),
        **draft_fields(0, stance="supports", note="Ask at neighbour.example"),
        **draft_fields(1, url="https://other.example/", title="Another", quote="Rain."),
        **draft_fields(2, url="", title=WORDS, quote="typed anew"),
        "questions-0-text": "Who saw it?",
        "questions-0-answer": WORDS,
        "questions-0-source": "0",
        "questions-1-answer": "Rain.",
        "questions-1-source": "1",
    }
    with database.write() as session:
        checker = actor_of(session, session.exec(select(Person.public_id)).one())
        version = save_draft(session, checker, review, body=body, draft_version=None)
        source = session.exec(select(Source.public_id)).one()

    with database.write() as session:
        erase(session, CONSOLE, Erasable.SOURCE, source, reason="Source in danger")

    with database.reading() as session:
        kept = session.exec(select(Draft)).one().body
    blank = {"sources-0-url", "sources-0-title", "sources-0-quote", "sources-0-note"}
    blank |= {"sources-2-title", "sources-2-quote", "questions-0-answer"}
    assert kept == {**body, **dict.fromkeys(blank, "")}
    with pytest.raises(Stale), database.write() as session:
        save_draft(session, checker, review, body=body, draft_version=version)


def test_a_draft_of_another_document_with_the_same_title_stays(database, project, person, actor):
    ann, ben = (actor(person(name, Role.REVIEWER, project=project)) for name in ("Ann", "Ben"))
    letter = SourceValues(kind=SourceKind.DOCUMENT, title="Letter", quote="They came at night.")
    with database.write() as session:
        one, two = (
            add_claim(session, CONSOLE, project.id, values=NewClaim(text=text))
            for text in ("It rained.", "It snowed.")
        )
        sent = assign(session, CONSOLE, one, person=ann)
        open_ = assign(session, CONSOLE, two, person=ben)
        values = ReviewValues(verdict="false", form_key="k", sources=(letter,))
        submit(session, ann, sent, values=values, lends_next=False)
        body = draft_fields(0, title="Letter", quote="It poured.")
        body |= draft_fields(1, title="Letter", quote="They came at night.")
        save_draft(session, ben, open_, body=body, draft_version=None)
        source = session.exec(select(Source.public_id)).one()

    with database.write() as session:
        erase(session, CONSOLE, Erasable.SOURCE, source, reason="Source in danger")

    with database.reading() as session:
        kept = session.exec(select(Draft)).one().body
    assert kept == {**body, "sources-1-title": "", "sources-1-quote": ""}


def test_a_person_becomes_a_number_and_cannot_sign_in(database, review):
    with database.reading() as session:
        ann = session.exec(select(Person).where(Person.name == "Ann")).one()

    with database.write() as session:
        erase(session, CONSOLE, Erasable.PERSON, ann.public_id, reason="Asked for it")

    with database.reading() as session:
        kept = session.get_one(Person, ann.key)
    assert kept.name == f"Person {ann.public_id}"
    assert not kept.is_active
    assert kept.session_version > ann.session_version
    assert "ann@" not in everything(database)


def test_a_text_is_blanked_and_its_claims_keep_their_wording(database, project):
    text = "A secret was told."
    with database.write() as session:
        add_article(
            session,
            CONSOLE,
            project.id,
            values=NewArticle(text=text, title="T"),
            suggestions=[
                Suggestion(
                    text="Wording.",
                    quote="A secret",
                    start=0,
                    end=8,
                    kinds=("event",),
                    grounds=(("event", "secret"),),
                    additions=(AdditionValues(0, 7, "A secret"),),
                    reasons=("a count", "words: “secret”"),
                    against=("words: “told”", "a plan"),
                )
            ],
        )
        snapshot = session.exec(select(Snapshot.public_id)).one()

    with database.write() as session:
        erase(session, CONSOLE, Erasable.SNAPSHOT, snapshot, reason="Copyright")

    with database.reading() as session:
        kept, claim = session.exec(select(Snapshot)).one(), session.exec(select(Claim)).one()
    assert (kept.text, claim.quote, claim.start, claim.text) == ("", None, None, "Wording.")
    assert (claim.kinds, claim.grounds, claim.additions) == (["event"], [], [])
    assert (claim.reasons, claim.against) == (["a count"], ["a plan"])
    assert kept.sha256 == hashlib.sha256(text.encode()).hexdigest()


OLD = "Under the old bridge, Ada Berg whispered that he paid 70 kroner in June."
NEW = "Ada Berg said that he paid 70 kroner."


def test_what_claims_have_of_the_words_of_a_text_goes_with_it(database):
    desk = Desk(database)
    taken = read(desk, OLD)
    desk.scene.do(erase, CONSOLE, Erasable.SNAPSHOT, desk.snapshot.public_id, reason="Court order")

    row, figure, hop = whole(desk, taken)
    assert (figure.value, figure.raw, figure.period) == (70, "", None)
    assert (hop.cue, hop.start, hop.end) == ("", None, None)
    assert (row.quote, row.context, row.grounds, row.additions) == (None, "", [], [])
    assert row.text == "The man paid 70 kroner."


def test_a_claim_that_went_on_to_another_text_keeps_what_that_one_says(database):
    desk = Desk(database)
    taken = read(desk, OLD)
    old = desk.snapshot.public_id
    desk.scene.do(add_text, desk.editor, taken, values=NewArticle(text=NEW))
    stood, figure, hop = whole(desk, taken)
    assert (stood.quote, stood.context, figure.period) == (QUOTE, OLD[:21], "in June")

    desk.scene.do(erase, CONSOLE, Erasable.SNAPSHOT, old, reason="Court order")

    row, figure, hop = whole(desk, taken)
    assert (row.quote, row.start, row.context) == (QUOTE, NEW.index(QUOTE), "")
    assert (row.grounds, row.additions) == (
        [{"kind": "quantity", "words": "70 kroner"}],
        [{"start": 0, "end": 7, "instead_of": "he"}],
    )
    assert (row.quote_translation, figure.raw, figure.period) == ("Er zahlte.", "70 kroner", None)
    assert (hop.cue, hop.start) == ("", 0)


QUOTE = "he paid 70 kroner"


def read(desk, text):
    """Take in a text with one claim that has words of it in all its parts; the article's id."""
    start, name = text.index(QUOTE), text.index("Ada Berg")
    found = Suggestion(
        text="The man paid 70 kroner.",
        quote=QUOTE,
        start=start,
        end=start + len(QUOTE),
        context=text[:21],
        grounds=(("quantity", "70 kroner"), ("event", "whispered")),
        additions=(AdditionValues(0, 7, "he"), AdditionValues(8, 9, "the old bridge")),
        hops=(HopValues(agent="Ada Berg", cue="whispered", start=name, end=name + 8),),
        quantities=(FigureValues(value=70, unit="NOK", raw="70 kroner", period="in June"),),
    )
    values = NewArticle(text=text, title="T")
    taken = desk.scene.do(add_article, CONSOLE, desk.scene.id, values=values, suggestions=[found])
    [row] = claims_of(desk, taken.article_id)
    translated = {"quote_translation": "Er zahlte.", "translated_by": TranslatedBy.HUMAN}
    desk.scene.change(Claim, row.public_id, **translated)
    return taken.article_id


def claims_of(desk, article_id):
    [article] = desk.scene.rows(Article, Article.public_id == article_id)
    return desk.scene.rows(Claim, Claim.article_id == article.key)


def whole(desk, article_id):
    """The claim of an article, its figure and its step."""
    [row] = claims_of(desk, article_id)
    [figure] = desk.scene.rows(Quantity, Quantity.claim_id == row.key)
    [hop] = desk.scene.rows(Hop, Hop.claim_id == row.key)
    return row, figure, hop


def test_a_tombstone_and_one_event_remain_without_the_words(database, review):
    with database.write() as session:
        erase(session, CONSOLE, Erasable.REVIEW, review, reason="Court order")

    with database.reading() as session:
        stone = session.exec(select(Erasure)).one()
        event = session.exec(select(Event).where(Event.action == "erase")).one()
    assert (stone.noun, stone.thing, stone.reason) == (Erasable.REVIEW, review, "Court order")
    assert len(stone.sha256) == 64
    assert (event.noun, event.thing, event.details) == ("review", review, {})


def test_only_an_admin_erases(database, project, person, actor, review):
    editor = actor(person("Ed", Role.EDITOR, project=project))

    with pytest.raises(NotAllowed), database.write() as session:
        erase(session, editor, Erasable.REVIEW, review, reason="Mine")

    assert WORDS in everything(database)


@pytest.mark.parametrize(
    ("noun", "thing", "reason", "refusal"),
    [
        (Erasable.PERSON, "aaaaaaaaaaaa", "Because", Missing),
        (Erasable.SOURCE, "aaaaaaaaaaaa", "Because", Missing),
        (Erasable.REVIEW, None, " ", Invalid),
    ],
)
def test_what_cannot_be_erased_is_refused(database, review, noun, thing, reason, refusal):
    with pytest.raises(refusal), database.write() as session:
        erase(session, CONSOLE, noun, thing or review, reason=reason)

    assert WORDS in everything(database)


def test_what_is_erased_cannot_be_erased_again(database, review):
    with database.write() as session:
        erase(session, CONSOLE, Erasable.REVIEW, review, reason="Court order")

    with pytest.raises(WrongState), database.write() as session:
        erase(session, CONSOLE, Erasable.REVIEW, review, reason="Court order")
