"""The pages of sources tell nobody who could still check what another linked, in any way."""

import pytest

from app.domain.actors import SYSTEM
from app.domain.evidence_words import FlagReason
from app.storage.tables import Evidence, Source
from app.workflow import reviews
from app.workflow.flags import raise_flags
from app.workflow.source_changes import DescriptionValues, edit_source
from app.workflow.sources import SourceValues
from tests.scenes import LEADS, answer
from tests.web.test_blindness import ONE_OF_VIEWERS, VIEWERS, Desk, answered, changed

MINE = SourceValues(url="https://zeppelin.example/kumquat", title="My own title", origin="Mine")


@pytest.fixture
def desk(database, app):
    return Desk(database, app)


@pytest.fixture(params=ONE_OF_VIEWERS)
def viewer(desk, request):
    """Somebody who linked a page in the claim behind Ben's, and could still check Ben's."""
    actor = desk.viewers[request.param]
    ahead = desk.scene.take(actor)
    claim_id = desk.scene.claim_of(desk.bens)
    assert desk.scene.claim_of(ahead) == claim_id
    mine = desk.scene.do(reviews.put_off, actor, ahead)
    desk.scene.submit(actor, mine, "true", sources=(MINE,))
    return actor


def test_who_links_the_same_page_finds_only_their_own_words_and_uses(desk, viewer):
    lead = desk.scene.person("Lea", *LEADS)
    before = desk.seen_by(viewer)
    theirs = SourceValues(url=MINE.url, title="On the aardvark", quote="A pangolin said so.")
    # Without another claim for Ben: that he has it in hand is seen by a lead who has checked it.
    values = answer("half-true", sources=(theirs,))
    desk.scene.do(reviews.submit, desk.ben, desk.bens, values=values, lends_next=False)
    [source] = desk.scene.rows(Source)
    words = DescriptionValues(record="on-record", title="An aardvark", base_version=1)
    desk.scene.do(edit_source, lead, source.public_id, values=words)
    bens = [row.key for row in desk.scene.rows(Evidence, Evidence.title == "On the aardvark")]
    with desk.database.write() as session:
        row = session.get_one(Source, source.key)
        number = raise_flags(session, SYSTEM, row, FlagReason.PAGE_GONE, evidence_ids=bens)

    after = desk.seen_by(viewer)

    assert number == 1
    assert changed(before, after) == []
    page = after[f"/sources/{source.public_id}"]
    assert page[0] == 200
    assert "My own title" in page[1]
    assert not any("aardvark" in body or "pangolin" in body for _status, body in after.values())


def test_an_unblinded_lead_finds_what_the_other_linked(desk):
    """Else the test above would pass on a desk that never shows anything."""
    answered(desk.scene, desk.ben, desk.bens)
    lead = desk.scene.person("Lea", *LEADS)
    [source] = desk.scene.rows(Source)

    page = desk.client(lead).get(f"/sources/{source.public_id}").text

    assert "On the quagmire" in page
    assert "A walrus said so." in page


@pytest.mark.parametrize("who", VIEWERS)
def test_a_source_that_only_another_linked_is_not_there(desk, who):
    answered(desk.scene, desk.ben, desk.bens)
    [source] = desk.scene.rows(Source)
    client = desk.client(desk.viewers[who])

    assert client.get(f"/sources/{source.public_id}").status_code == 404
    assert client.get("/sources/aaaaaaaaaaaa").status_code == 404
    if who != "a checker":
        for act in ("", "/findings"):
            answer = client.post(
                f"/sources/{source.public_id}{act}",
                data={"standing": "retired", "reason": "Why", "record": "on-record"},
            )
            assert answer.status_code == 404
