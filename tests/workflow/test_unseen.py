"""What somebody did not see is neither lost, nor signed, nor told."""

import pytest

from app.domain.actors import CONSOLE
from app.domain.errors import Stale
from app.domain.words import Decides, SourceKind, SourceRecord
from app.storage.exports import source_rows, verdict_rows
from app.storage.reviews import review
from app.storage.rulings import checks_token
from app.storage.tables import Claim, Hop, Source
from app.workflow import claims, reviews
from app.workflow.agents import HopValues
from app.workflow.articles import NewArticle, Suggestion, add_article
from app.workflow.claims import NewClaim
from app.workflow.sources import SourceValues
from tests.scenes import LEADS, Scene

PAGE = "https://example.org/page"


@pytest.fixture
def scene(database):
    return Scene(database, decides=Decides.INDEPENDENT, reviews_wanted=2)


def test_a_page_is_described_to_each_reviewer_as_they_described_it(scene):
    scene.claim()
    ann, ben = scene.reviewers("Ann", "Ben")
    told = SourceValues(
        url=PAGE,
        kind=SourceKind.DOCUMENT,
        record=SourceRecord.BACKGROUND,
        publisher="Secret Press",
        published="2020-01-02",
    )
    scene.check(ben, sources=(told,))

    mine = scene.check(ann, "true", sources=(SourceValues(url=PAGE, title="Mine"),))

    [use] = scene.ask(review, ann, mine).latest.evidence
    assert (use.kind, use.record) == (SourceKind.WEB, SourceRecord.ON_RECORD)
    assert (use.publisher, use.published) == (None, None)
    assert len(scene.rows(Source)) == 1
    exported = scene.ask(lambda session: list(source_rows(session, ann, scene.id)))
    assert [row.publisher for row in exported] == [None]


def test_an_address_that_must_not_be_named_is_counted_and_not_written(scene):
    scene.claim()
    hidden = SourceValues(url=PAGE, record=SourceRecord.NOT_FOR_PUBLICATION)
    open_ = SourceValues(url="https://example.org/open")
    for person in scene.reviewers("Ann", "Ben"):
        scene.check(person, sources=(hidden, open_))

    [row] = scene.ask(lambda session: list(verdict_rows(session, CONSOLE, scene.id)))

    assert (row.source_count, row.source_urls) == (2, ("https://example.org/open",))


def test_a_check_that_changed_since_it_was_shown_is_not_signed_off(database):
    scene = Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)
    claim = scene.claim()
    [ann] = scene.reviewers("Ann")
    lead = scene.person("Lea", *LEADS)
    check = scene.check(ann, "false")
    row = scene.claim_row(claim)
    shown = scene.ask(checks_token, row.key)
    scene.submit(ann, check, "true", base_version=1)

    with pytest.raises(Stale) as refused:
        scene.settle(lead, claim, "false", checks_seen=shown)

    assert refused.value.code == "ruling.changed"
    assert scene.rulings_of(claim) == []
    scene.settle(lead, claim, "true", checks_seen=scene.ask(checks_token, row.key))
    assert len(scene.rulings_of(claim)) == 1


def test_a_draft_typed_before_the_check_was_sent_does_not_stand_above_it(scene):
    scene.claim()
    [ann] = scene.reviewers("Ann")
    held = scene.take(ann)
    typed = {"rationale": "old", "base_version": "0"}
    scene.do(reviews.save_draft, ann, held, body=typed, draft_version=0)
    scene.submit(ann, held, draft_version=1)

    with pytest.raises(Stale):
        scene.do(reviews.save_draft, ann, held, body=typed, draft_version=1)

    later = {"rationale": "new", "base_version": "1"}
    assert scene.do(reviews.save_draft, ann, held, body=later, draft_version=0) > 0


def chain_of(scene, claim: Claim):
    return len(scene.rows(Hop, Hop.claim_id == claim.key, Hop.claim_version == claim.version))


def test_who_said_it_is_kept_when_the_words_are_a_suggestion_already(scene):
    taken = scene.do(
        add_article,
        CONSOLE,
        scene.id,
        values=NewArticle(text="It rained all day.", title="Rain"),
        suggestions=[Suggestion(text="It rained.", quote="It rained", start=0, end=9)],
    )
    typed = NewClaim(text="", quote="It rained", hops=(HopValues(agent="The mayor"),))

    name = scene.do(claims.add_claim, CONSOLE, scene.id, values=typed, article_id=taken.article_id)

    claim = scene.claim_row(name)
    assert len(scene.rows(Claim)) == 1
    assert chain_of(scene, claim) == 1
    assert claim.chain_confirmed_at is not None


def test_the_same_words_by_another_person_are_another_claim(scene):
    first = scene.claim("It rained.", said_by="Ann")

    assert scene.claim("It rained.", said_by="Ann") == first
    assert scene.claim("It rained.", said_by="Ben") != first
