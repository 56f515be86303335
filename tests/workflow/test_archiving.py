"""Saved copies are taken out whole, by those who lead and could not be swayed; uses name theirs."""

import csv
import io
from zipfile import ZipFile

import pytest
from sqlmodel import select

from app.domain.actors import CONSOLE
from app.domain.errors import Missing, NotAllowed
from app.domain.evidence_words import CopyWhy
from app.domain.words import Decides, GoldUse, Role, SourceRecord
from app.exporters import sources_csv, wacz, warc
from app.storage.copy_files import copy_files
from app.storage.exports import source_rows
from app.storage.known_looks import known_looks
from app.storage.tables import Claim, Evidence, Project, Review, SavedCopy, Source
from app.workflow.archiving import ARCHIVES, archive_chunks
from app.workflow.copies import ask_copy, keep_upload, read_file
from app.workflow.gold import GoldValues, set_gold
from app.workflow.looking import fail_copy, finish_copy
from app.workflow.sources import SourceValues
from tests.copies import look, looked
from tests.scenes import LEADS, Scene

PAGE = SourceValues(url="https://stats.example/t4", title="Table 4", quote="Bread is dear")
FAULTS = {warc.NAME: warc.faults, wacz.NAME: wacz.faults}


def desk(database, **values):
    """A project in which one page was linked and looked at."""
    scene = Scene(database, **values)
    scene.change(Project, scene.project.public_id, saves_copies=True)
    scene.kim = scene.person("Kim", Role.REVIEWER)
    scene.claim()
    scene.check(scene.kim, sources=(PAGE,))
    scene.do(finish_copy, scene.rows(SavedCopy)[0].public_id, look=look("Bread is dear."))
    looked(scene)
    return scene


@pytest.fixture
def scene(kept):
    return kept(desk, decides=Decides.SIGNOFF, reviews_wanted=1)


def taken(scene, actor, name) -> bytes:
    with scene.database.reading() as session:
        return b"".join(archive_chunks(session, actor, scene.id, name=name))


@pytest.mark.parametrize("name", ARCHIVES)
def test_every_copy_is_in_the_file_and_the_file_is_sound(scene, name):
    again = scene.do(ask_copy, scene.kim, scene.rows(Source)[0].public_id, why=CopyWhy.ASKED)
    scene.do(finish_copy, again, look=look("Bread is cheap."))
    lost = scene.do(ask_copy, scene.kim, scene.rows(Source)[0].public_id, why=CopyWhy.ASKED)
    scene.do(fail_copy, lost, error="copy.lost")
    lead = scene.person("Lea", *LEADS)
    for actor in (lead, CONSOLE):
        file = io.BytesIO(taken(scene, actor, name))
        assert FAULTS[name](file) == []
    if name == warc.NAME:
        found = list(warc.ArchiveIterator(io.BytesIO(taken(scene, lead, name))))
        assert len(found) == 1 + 2 * 4


def test_who_does_not_lead_takes_nothing_out(scene):
    for actor in (scene.kim, scene.person("Vi", Role.VIEWER)):
        with pytest.raises(NotAllowed):
            taken(scene, actor, warc.NAME)
    with pytest.raises(Missing):
        taken(scene, scene.person("Stranger"), warc.NAME)
    with pytest.raises(Missing):
        taken(scene, CONSOLE, "copies.zip")


def test_a_lead_who_could_be_swayed_takes_nothing_out(database):
    scene = desk(database)
    both = scene.person("Bo", *LEADS, Role.REVIEWER)
    with pytest.raises(NotAllowed) as refused:
        taken(scene, both, wacz.NAME)
    assert refused.value.code == "copy.blind"


def cells(scene, actor) -> list[tuple[str, ...]]:
    with scene.database.reading() as session:
        text = "".join(sources_csv.write(source_rows(session, actor, scene.id)))
    names = ("sha256", "quote_found", "quote_score", "copy_state")
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return [(*(row[name] for name in names), bool(row["archived_at"])) for row in rows]


def test_uses_name_the_newest_copy_and_the_place_of_their_quote(scene):
    first = scene.rows(SavedCopy)[0]
    assert cells(scene, CONSOLE) == [(first.sha256, "exact", "1", "saved", True)]
    again = scene.do(ask_copy, scene.kim, scene.rows(Source)[0].public_id, why=CopyWhy.ASKED)
    scene.do(fail_copy, again, error="copy.lost")
    assert cells(scene, CONSOLE) == [(first.sha256, "exact", "1", "failed", True)]


def test_uses_tell_the_blind_nothing_of_others_looks(database):
    scene = desk(database)
    ben = scene.person("Ben", Role.REVIEWER)
    scene.check(ben, "true", sources=(PAGE,))
    assert [row[3] for row in cells(scene, ben)] == ["asked"]


@pytest.mark.parametrize("name", ARCHIVES)
def test_copies_not_for_publication_stay_out_and_are_counted(scene, name):
    held = SourceRecord.NOT_FOR_PUBLICATION
    scene.claim()
    secret = SourceValues(url="https://secret.example/x", title="Whistle", record=held)
    scene.check(scene.kim, sources=(secret,))
    [source] = scene.rows(Source, Source.title == "Whistle")
    file = read_file(b"Nobody shall read this.", "a.txt")
    scene.do(keep_upload, scene.kim, source.public_id, file=file)
    data = taken(scene, scene.person("Lea", *LEADS), name)
    if name == wacz.NAME:
        data = ZipFile(io.BytesIO(data)).read(wacz.DATA)
    records = [
        (one.rec_headers.get_header("WARC-Target-URI") or "", one.content_stream().read())
        for one in warc.ArchiveIterator(io.BytesIO(data))
    ]
    assert b"leftOut: 1 copies" in records[0][1]
    assert {address.rstrip("/") for address, _body in records[1:]} == {PAGE.url}


def test_pages_used_for_known_answers_alone_stay_out(database):
    scene = desk(database, decides=Decides.SIGNOFF, reviews_wanted=1)
    editor, adjudicator = scene.person("Ed", Role.EDITOR), scene.person("Ad", Role.ADJUDICATOR)
    known = GoldValues(use=GoldUse.GOLD, verdict="true", explanation="As all know.")
    claim = scene.claim("Known.")
    scene.do(set_gold, editor, claim, values=known)
    scene.claim("Ordinary.")
    review_id = scene.take(scene.kim)
    with scene.database.write() as session:
        # As the queue would mix it in.
        row = session.exec(select(Review).where(Review.public_id == review_id)).one()
        row.claim_id = scene.rows(Claim, Claim.public_id == claim)[0].key
        row.claim_round_id = scene.round_of(claim).key
    only = SourceValues(url="https://known.example/x", title="Only there")
    scene.submit(scene.kim, review_id, sources=(only,))
    scene.do(finish_copy, scene.rows(SavedCopy)[-1].public_id, look=look("It is so."))
    with scene.database.reading() as session:
        told = [one.public_id for one in copy_files(session, adjudicator, scene.id)]
        all_there = [one.public_id for one in copy_files(session, editor, scene.id)]
    assert told == [scene.rows(SavedCopy)[0].public_id]
    assert all_there == [row.public_id for row in scene.rows(SavedCopy)]


def test_the_places_of_many_uses_read_the_uses_of_a_page_once(scene):
    for _ in range(3):
        scene.claim()
        scene.check(scene.kim, sources=(PAGE,))
    keys = [row.key for row in scene.rows(Evidence)]
    looks = scene.ask(known_looks, scene.kim, keys)
    assert set(looks) == set(keys)
    assert len({id(found) for found in looks.values()}) == 1
    looked(scene)
    assert [row[1] for row in cells(scene, CONSOLE)] == ["exact"] * 4
