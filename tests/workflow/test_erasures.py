"""Erasing by order: the words go, the fact that something stood there stays."""

import hashlib

import pytest
from sqlmodel import select

from app.domain.actors import CONSOLE
from app.domain.errors import Invalid, Missing, NotAllowed, WrongState
from app.domain.words import Erasable, Role, TranslatedBy
from app.storage.tables import (
    Claim,
    Draft,
    Erasure,
    Event,
    Evidence,
    Person,
    Review,
    ReviewVersion,
    Snapshot,
    Source,
)
from app.workflow.articles import AdditionValues, NewArticle, Suggestion, add_article
from app.workflow.claims import NewClaim, add_claim
from app.workflow.erasures import erase
from app.workflow.lending import assign
from app.workflow.reviews import save_draft, submit
from app.workflow.sources import SourceValues
from app.workflow.versions import ReviewValues

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
    assert kept.sha256 == hashlib.sha256(text.encode()).hexdigest()


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
