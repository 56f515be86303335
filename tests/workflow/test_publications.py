"""Noting where verdicts were published, which version stands there, and taking it back."""

import hashlib

import pytest
from sqlmodel import col

from app.domain.actors import CONSOLE
from app.domain.errors import Invalid, Missing, NotAllowed, Stale, WrongState
from app.domain.words import CorrectionKind, Decides, Role
from app.exporters import cms
from app.storage.claims import claim as claim_record
from app.storage.findings import finding
from app.storage.publications import (
    publication_rows,
    publications_from,
    publications_of,
    publishable_beside,
)
from app.storage.tables import Claim, Publication, PublishedClaim
from app.workflow import corrections, publications
from app.workflow.corrections import CorrectionValues
from app.workflow.publications import MAX_CLAIMS, MAX_TITLE, PublicationValues
from tests.cases import in_turn
from tests.scenes import LEADS, Scene
from tests.workflow.test_races import at_once

URL = "https://Desk.example/checks?b=1&utm_source=x#top"


@pytest.fixture
def scene(database):
    return Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)


@pytest.fixture
def lead(scene):
    return scene.person("Lea", *LEADS)


@pytest.fixture
def settle(scene, lead):
    """``settle()`` makes one more settled claim."""
    [kim] = scene.reviewers("Kim")

    def one(number=None):
        claim_id = scene.claim()
        scene.check(kim, "false")
        scene.settle(lead, claim_id, "false", conclusion="No.")
        return claim_id

    return one


def values(**changed):
    return PublicationValues(
        **{"url": URL, "title": "Bread", "published_on": "2025-09-05", **changed}
    )


def noted(scene, actor, claim_id, **changed):
    return scene.do(publications.publish, actor, claim_id, values=values(**changed))


def test_a_piece_holds_which_version_was_published_and_the_hash_of_its_copy(scene, lead, settle):
    claim_id = settle()
    before = cms.html(scene.ask(finding, lead, claim_id))
    public_id = noted(scene, lead, claim_id)
    [piece] = scene.rows(Publication)
    assert (piece.public_id, piece.url, piece.title) == (public_id, URL, "Bread")
    assert (piece.published_on, piece.created_by_id) == ("2025-09-05", lead.person)
    [row] = scene.rows(PublishedClaim)
    digest = hashlib.sha256(before.encode()).hexdigest()
    assert (row.ruling_version, row.sha256) == (1, digest)
    assert scene.claim_row(claim_id).published_url == URL
    [event] = scene.events("claim.publish")
    assert (event.thing, event.claim) == (claim_id, claim_id)
    assert event.details == {"publication": public_id, "version": 1, "sha256": digest}
    assert scene.ask(finding, lead, claim_id).published_on == "2025-09-05"


def test_one_piece_holds_several_claims(scene, lead, settle):
    first, second, third = settle(), settle(), settle()
    public_id = noted(scene, lead, first, others=(second,))
    # Later, another at the same address however it is spelt.
    assert noted(scene, lead, third, url="https://desk.example/checks?b=1", title="") == public_id
    [line] = scene.ask(publications_from, CONSOLE, scene.id, limit=9)
    assert [claim.claim_id for claim in line.claims] == [*sorted([first, second]), third]
    assert line.title == "Bread"
    with scene.database.reading() as session:
        rows = list(publication_rows(session, lead, scene.id))
    assert {row.publication_id for row in rows} == {public_id}
    assert {row.claim_id for row in rows} == {first, second, third}


def test_noting_it_twice_is_one_piece_with_what_holds_now(scene, lead, settle):
    claim_id = settle()
    noted(scene, lead, claim_id)
    first = scene.rows(PublishedClaim)[0].sha256
    noted(scene, lead, claim_id)
    assert len(scene.rows(PublishedClaim)) == 1
    key = scene.claim_row(claim_id).key
    change = CorrectionValues(
        verdict="true", kind=CorrectionKind.UPDATE, public_note="New tables.", base_version=1
    )
    scene.do(corrections.correct_ruling, lead, claim_id, values=change)
    [piece] = scene.ask(publications_of, key)
    [held] = piece.claims
    assert (held.version, held.holds, held.is_out_of_date) == (1, 2, True)
    assert piece.is_out_of_date
    noted(scene, lead, claim_id)
    assert not scene.ask(publications_of, key)[0].is_out_of_date
    assert scene.rows(PublishedClaim)[0].sha256 != first


@in_turn(
    ("changed", "code"),
    [
        ({"url": ""}, r"publication\.url"),
        ({"url": "javascript:alert(1)"}, r"link\.scheme"),
        ({"published_on": ""}, r"publication\.day"),
        ({"published_on": "2025-09"}, r"publication\.day"),
        ({"published_on": "2025-02-30"}, r"publication\.day"),
        ({"title": "x" * (MAX_TITLE + 1)}, r"publication\.title"),
        ({"others": ("a" * 12,) * (MAX_CLAIMS + 1)}, r"publication\.many"),
    ],
)
def test_a_bad_piece_changes_nothing(scene, lead, settle, changed, code):
    claim_id = settle()
    before = scene.state()
    with pytest.raises(Invalid, match=code):
        noted(scene, lead, claim_id, **changed)
    assert scene.state() == before


def test_what_is_not_settled_is_not_published_with_another_or_alone(scene, lead, settle):
    claim_id, open_one = settle(), scene.claim()
    before = scene.state()
    for first, others in ((open_one, ()), (claim_id, (open_one,))):
        with pytest.raises(WrongState, match=r"claim\.unsettled"):
            noted(scene, lead, first, others=others)
    assert scene.state() == before


def test_others_may_not_and_strangers_find_nothing(scene, lead, settle):
    claim_id = settle()
    public_id = noted(scene, lead, claim_id)
    elsewhere = Scene(scene.database, slug="elsewhere", decides=Decides.SINGLE, reviews_wanted=1)
    foreign = elsewhere.claim()
    before = scene.state()
    viewer, stranger = scene.person("Vi", Role.VIEWER), scene.person("Sam")
    with pytest.raises(NotAllowed):
        noted(scene, viewer, claim_id)
    with pytest.raises(NotAllowed):
        scene.do(publications.unpublish, viewer, public_id)
    for attempt in (
        lambda: noted(scene, stranger, claim_id),
        lambda: noted(scene, lead, "aaaaaaaaaaaa"),
        lambda: noted(scene, lead, claim_id, others=(foreign,)),
        lambda: noted(scene, lead, claim_id, others=("aaaaaaaaaaaa",)),
        lambda: scene.do(publications.unpublish, stranger, public_id),
        lambda: scene.do(publications.unpublish, lead, "aaaaaaaaaaaa"),
    ):
        with pytest.raises(Missing):
            attempt()
    assert scene.state() == before


def test_taking_a_piece_back_leaves_its_claims_where_another_holds_them(scene, lead, settle):
    both, only = settle(), settle()
    older = noted(scene, lead, both, url="https://desk.example/old", published_on="2025-01-01")
    newer = noted(scene, lead, both, others=(only,))
    for _ in range(2):
        scene.do(publications.unpublish, lead, newer)
    assert scene.claim_row(both).published_url == "https://desk.example/old"
    assert scene.claim_row(only).published_url is None
    events = scene.events("claim.unpublish")
    assert sorted(event.thing for event in events) == sorted([both, only])
    assert {tuple(event.details.items()) for event in events} == {(("publication", newer),)}
    assert [
        line.public_id for line in scene.ask(publications_from, CONSOLE, scene.id, limit=9)
    ] == [older]
    # The address is free again.
    assert noted(scene, lead, only) != newer


def test_a_claim_that_was_published_elsewhere_since_stays_there(scene, lead, settle):
    claim_id = settle()
    piece = noted(scene, lead, claim_id)
    scene.change(Claim, claim_id, published_url="https://other.example/")
    scene.do(publications.unpublish, lead, piece)
    assert scene.claim_row(claim_id).published_url == "https://other.example/"


def test_the_list_is_newest_first_in_pages_and_asks_as_much_for_many(scene, lead, settle, queries):
    claim_id = settle()
    days = ["2025-09-01", "2025-09-03", "2025-09-02", "2025-09-03"]
    ids = [
        noted(scene, lead, claim_id, url=f"https://desk.example/{n}", published_on=day)
        for n, day in enumerate(days)
    ]
    wanted = [ids[3], ids[1], ids[2], ids[0]]
    seen, after, numbers = [], None, []
    for limit in (1, 3):
        with queries() as counted, scene.database.reading() as session:
            lines = publications_from(session, CONSOLE, scene.id, after=after, limit=limit)
        numbers.append(len(counted))
        seen += [line.public_id for line in lines]
        after = lines[-1].place
    assert seen == wanted
    assert numbers == [2, 2]


def test_claims_of_the_same_article_are_offered_first(scene, lead, settle):
    from tests.workflow.test_articles import article_with

    beside = settle()
    published = settle()
    noted(scene, lead, published)
    article_with(scene, quotes=("One is dear.", "Two is dear."), text="One is dear. Two is dear.")
    pair = [row.public_id for row in scene.rows(Claim, col(Claim.article_id).is_not(None))]
    kim = scene.person("Kay", Role.REVIEWER)
    for claim_id in pair:
        scene.check(kim, "false")
        scene.settle(lead, claim_id, "false")
    noted(scene, lead, pair[1], url="https://desk.example/other")
    record = scene.ask(claim_record, lead, pair[0])
    offered = [claim_id for claim_id, _text in scene.ask(publishable_beside, record, limit=9)]
    assert offered == [pair[1], beside]


def test_a_verdict_that_was_corrected_since_it_was_shown_is_not_noted(scene, lead, settle):
    claim_id = settle()
    change = CorrectionValues(
        verdict="true", kind=CorrectionKind.UPDATE, public_note="New.", base_version=1
    )
    scene.do(corrections.correct_ruling, lead, claim_id, values=change)
    before = scene.state()
    with pytest.raises(Stale):
        noted(scene, lead, claim_id, version=1)
    assert scene.state() == before


def test_noting_and_taking_back_cross_without_harm(scene, lead, settle):
    claims = [settle() for _ in range(3)]
    public_id = noted(scene, lead, claims[0])
    met = at_once(
        *[lambda c=claim_id: noted(scene, lead, c) for claim_id in claims[1:]],
        lambda: scene.do(publications.unpublish, lead, public_id),
    )
    assert not any(isinstance(answer, Exception) for answer in met)
    standing = [p.key for p in scene.rows(Publication, col(Publication.retired_at).is_(None))]
    held = {
        row.claim_id for row in scene.rows(PublishedClaim) if row.publication_id in set(standing)
    }
    # Nobody was noted in a piece that is gone, or says a place where it does not stand.
    assert {c.key for c in scene.rows(Claim) if c.published_url} == held
