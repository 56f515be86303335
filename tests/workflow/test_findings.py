"""What may be published of a settled claim, and what never leaves."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.errors import Missing, NotAllowed, WrongState
from app.domain.ids import now
from app.domain.words import Channel, Decides, Role, SourceRecord, Stance
from app.exporters import cms
from app.storage.findings import finding, published_findings
from app.storage.tables import Claim, Publication, PublishedClaim, Reply, Ruling
from app.workflow.sources import SourceValues
from tests.scenes import LEADS, Scene


@pytest.fixture
def scene(database):
    """Two blind checks of each claim."""
    return Scene(database, decides=Decides.INDEPENDENT, reviews_wanted=2, timezone="Asia/Tokyo")


@pytest.fixture
def lead(scene):
    return scene.person("Lea", *LEADS)


def source(name, record=SourceRecord.ON_RECORD, **values):
    return SourceValues(
        url=f"https://{name}.example/", title=f"The {name}", record=record, **values
    )


def settled(scene, lead, verdict="false", *, sources=((), ()), **values):
    """A claim on which Ann said false and Ben true, and the desk something else."""
    claim_id = scene.claim(said_by="A minister")
    number = len(scene.rows(Claim))
    for name, said, linked in zip(("Ann", "Ben"), ("false", "true"), sources, strict=True):
        [somebody] = scene.reviewers(f"{name}{number}")
        scene.check(
            somebody,
            said,
            attribution_verdict="confirmed",
            rationale=f"{name} says why.",
            not_known=f"{name} does not know.",
            notes="PRIVATE",
            sources=linked,
        )
    values = {"conclusion": "It is not.", "reason": "INTERNAL", **values}
    scene.settle(lead, claim_id, verdict, attribution_verdict="confirmed", **values)
    return claim_id


def test_the_reasons_are_those_of_the_checks_that_the_desk_follows(scene, lead):
    found = scene.ask(finding, lead, settled(scene, lead))
    assert (found.why, found.not_known) == (("Ann says why.",), ("Ann does not know.",))
    assert found.ruling.content.name == "False"
    assert found.ruling.attribution.name == "Confirmed"
    assert found.ruling.ranks == (1, 2, 3, 4, 5)
    assert [hop.agent for hop in found.hops] == ["A minister"]


def test_nothing_internal_is_in_it(scene, lead):
    claim_id = settled(scene, lead)
    text = repr(scene.ask(finding, lead, claim_id)) + cms.html(scene.ask(finding, lead, claim_id))
    for word in ("INTERNAL", "PRIVATE", "Lea", "Ann1", "Ben says why"):
        assert word not in text


def test_sources_of_all_checks_are_there_and_those_kept_back_are_not(scene, lead):
    given = (
        (source("table"), source("leak", SourceRecord.NOT_FOR_PUBLICATION)),
        (
            source("speech", stance=Stance.SUPPORTS),
            source("friend", SourceRecord.BACKGROUND, stance=Stance.SUPPORTS),
        ),
    )
    found = scene.ask(finding, lead, settled(scene, lead, sources=given))
    assert [one.url for one in found.sources] == [
        "https://table.example/",
        "https://speech.example/",
        None,
    ]
    assert not {"leak", "friend"} & set(repr(found.sources).replace(".", " ").split())


def test_the_day_of_the_verdict_is_that_of_the_project(scene, lead):
    claim_id = settled(scene, lead)
    key = scene.rulings_of(claim_id)[0].key
    with scene.database.write() as session:
        session.get_one(Ruling, key).decided_at = datetime(2025, 9, 4, 22, 0, tzinfo=UTC)
    assert scene.ask(finding, lead, claim_id).ruling.decided_on == "2025-09-05"


YESTERDAY = datetime(2025, 9, 4, 20, 0, tzinfo=UTC)


REPLIES = (
    ({"answered_at": YESTERDAY, "answer": " No. ", "is_quotable": True}, ("No.", None)),
    ({"answered_at": YESTERDAY, "answer": "No.", "is_quotable": False}, None),
    ({"answered_at": YESTERDAY, "answer": "No."}, None),
    ({"answered_at": YESTERDAY, "answer": "", "is_quotable": True}, None),
    ({"deadline_at": YESTERDAY}, (None, "2025-09-05")),
    ({"deadline_at": now() + timedelta(days=1)}, None),
    ({}, None),
    ({"deadline_at": YESTERDAY, "not_applicable_because": "Dead."}, None),
    ({"deadline_at": YESTERDAY, "erased_at": YESTERDAY}, None),
    ({"deadline_at": YESTERDAY, "sent_at": None}, None),
)


def test_a_reply_is_told_where_it_may_be_quoted_or_never_came(scene, lead, make):
    claim_id = settled(scene, lead)
    key = scene.claim_row(claim_id).key
    for number, (values, _shown) in enumerate(REPLIES):
        usual = {"whom": f"Ministry {number}", "channel": Channel.EMAIL, "sent_at": YESTERDAY}
        make(Reply, project_id=scene.id, claim_id=key, **{**usual, **values})
    found = scene.ask(finding, lead, claim_id)
    told = {one.whom: (one.answer, one.day) for one in found.replies}
    assert told == {f"Ministry {n}": shown for n, (_values, shown) in enumerate(REPLIES) if shown}


def test_an_unsettled_claim_has_nothing_to_publish(scene, lead):
    claim_id = scene.claim()
    with pytest.raises(WrongState, match=r"claim\.unsettled"):
        scene.ask(finding, lead, claim_id)


def test_a_stranger_learns_nothing_and_an_unknown_claim_is_missing(scene, lead):
    claim_id = settled(scene, lead)
    for actor, name in ((scene.person("Sam"), claim_id), (lead, "aaaaaaaaaaaa")):
        with pytest.raises(Missing, match=r"claim\.missing"):
            scene.ask(finding, actor, name)


def published(scene, lead, make):
    claim_id = settled(scene, lead)
    url = f"https://desk.example/{claim_id}"
    scene.change(Claim, claim_id, published_url=url)
    piece = make(
        Publication,
        project_id=scene.id,
        url=url,
        canonical_url=url,
        published_on="2025-09-05",
    )
    key = scene.claim_row(claim_id).key
    make(PublishedClaim, publication_id=piece.key, claim_id=key, ruling_version=1, sha256="0" * 64)
    return claim_id


def test_published_claims_are_taken_out_in_order_with_as_few_questions_for_many(
    scene, lead, make, queries
):
    numbers, ids = [], []
    settled(scene, lead)
    for more in (1, 4):
        ids += [published(scene, lead, make) for _ in range(more)]
        with scene.database.reading() as session:
            # The scales, which are frozen now, are read once for the process.
            list(published_findings(session, lead, scene.id))
        with queries() as counted, scene.database.reading() as session:
            found = list(published_findings(session, lead, scene.id))
        numbers.append(len(counted))
        assert [one.claim_id for one in found] == ids
    assert numbers[0] == numbers[1]
    assert {one.published_on for one in found} == {"2025-09-05"}


def test_who_may_take_no_files_out_gets_no_findings(scene):
    with pytest.raises((Missing, NotAllowed)):
        scene.ask(published_findings, scene.person("Sam"), scene.id)
    with scene.database.reading() as session:
        assert list(published_findings(session, scene.person("Vi", Role.VIEWER), scene.id)) == []
