"""Saved copies: asked for once, brought by hand, told only to whom they may be told."""

import pytest

from app.domain.actors import CONSOLE, SYSTEM
from app.domain.errors import Invalid, Missing, NotAllowed, WrongState
from app.domain.evidence_words import CopyState, CopyWhy, QuoteFound
from app.domain.words import Decides, Erasable, Role, SourceKind, SourceRecord
from app.exporters.warc import faults
from app.storage import copies
from app.storage.copies import copied_source, copy_page, looks_of, places_of, warc_of
from app.storage.tables import (
    CopyBytes,
    Event,
    Evidence,
    Job,
    Project,
    QuotePlace,
    SavedCopy,
    Source,
)
from app.workflow.copies import after_linking, ask_copy, keep_upload, read_file
from app.workflow.erasures import erase
from app.workflow.looking import fail_copy, finish_copy
from app.workflow.sources import SourceValues, note_source
from tests.cases import in_turn
from tests.copies import file_like, look, looked
from tests.scenes import LEADS, Scene

URL = "https://stats.example/t4"
PAGE = SourceValues(url=URL, title="Table 4", quote="Bread is dear")


@pytest.fixture
def scene(database):
    scene = Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)
    scene.change(Project, scene.project.public_id, saves_copies=True)
    return scene


@pytest.fixture
def blind(database):
    """A project in which two check each claim, each on their own."""
    scene = Scene(database, slug="blind")
    scene.change(Project, scene.project.public_id, saves_copies=True)
    return scene


def linked(scene, *sources, person=None):
    """Somebody checks a claim with these sources; the checker and the source's id."""
    person = person or scene.person("Kim", Role.REVIEWER)
    scene.claim()
    scene.check(person, sources=sources or (PAGE,))
    return person, scene.rows(Source)[0].public_id


def test_linking_a_page_asks_for_a_copy_where_the_project_saves_them(scene):
    kim, _source = linked(scene)
    row = scene.rows(SavedCopy)[0]
    assert (row.why, row.state, row.url) == (CopyWhy.LINKED, CopyState.ASKED, URL)
    assert row.created_by_id == kim.person_id
    assert [job.kind for job in scene.rows(Job) if job.kind.startswith("copy.")] == [
        "copy.fetch",
        "copy.match",
    ]
    version = scene.rows(Evidence)[0].review_version_id
    scene.do(after_linking, kim, scene.id, version)
    linked(scene, person=kim)
    assert len(scene.rows(SavedCopy)) == 1


def test_nothing_is_looked_at_where_the_project_does_not_save_copies(database):
    scene = Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)
    linked(scene)
    assert scene.rows(SavedCopy) == []
    assert [job for job in scene.rows(Job) if job.kind.startswith("copy.")] == []


def test_only_pages_are_looked_at_and_none_that_is_not_for_publication(scene):
    secret = SourceValues(url="https://secret.example/x", record=SourceRecord.NOT_FOR_PUBLICATION)
    paper = SourceValues(title="A letter", kind=SourceKind.DOCUMENT)
    linked(scene, secret, paper)
    assert scene.rows(SavedCopy) == []


def test_asked_for_twice_it_is_one_look(scene):
    kim, source_id = linked(scene)
    first = scene.rows(SavedCopy)[0].public_id
    assert scene.do(ask_copy, kim, source_id, why=CopyWhy.ASKED) == first
    scene.do(finish_copy, first, look=look("Bread is dear."))
    second = scene.do(ask_copy, kim, source_id, why=CopyWhy.ASKED)
    assert second != first
    assert scene.do(ask_copy, kim, source_id, why=CopyWhy.ASKED) == second


def test_who_may_not_ask_is_refused(scene):
    kim, source_id = linked(scene)
    viewer = scene.person("Vi", Role.VIEWER)
    stranger = scene.person("Stranger")
    with pytest.raises(NotAllowed):
        scene.do(ask_copy, viewer, source_id, why=CopyWhy.ASKED)
    for actor, name in ((stranger, source_id), (kim, "aaaaaaaaaaaa")):
        with pytest.raises(Missing):
            scene.do(ask_copy, actor, name, why=CopyWhy.ASKED)


def test_a_source_without_an_address_is_not_looked_at(scene):
    kim, source_id = linked(scene, SourceValues(title="A letter", kind=SourceKind.DOCUMENT))
    with pytest.raises(WrongState) as refused:
        scene.do(ask_copy, kim, source_id, why=CopyWhy.ASKED)
    assert refused.value.code == "copy.no-address"


@in_turn(
    ("data", "code"),
    [
        (b"  ", "copy.empty"),
        (b"\x89PNG\r\n\x1a\n\0\0", "copy.kind"),
        (b"%PDF-1.7 x", "copy.unreadable"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(data, code):
    with pytest.raises(Invalid) as refused:
        read_file(data, "page.html")
    assert (refused.value.code, refused.value.values["field"]) == (code, "file")


def test_a_page_that_somebody_brings_is_kept_without_fetching(database):
    scene = Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)
    kim, source_id = linked(scene)
    file = read_file("Überall gilt: Bread is dear.\n".encode(), "C:\\Users\\kim\\page.txt")
    copy_id = scene.do(keep_upload, kim, source_id, file=file)
    assert scene.do(keep_upload, kim, source_id, file=file) == copy_id
    row = scene.rows(SavedCopy)[0]
    assert (row.file_name, row.media_type, row.text) == ("page.txt", "text/plain", file.text)
    assert faults(file_like(scene.ask(warc_of, kim, copy_id))) == []
    looked(scene)
    place = scene.rows(QuotePlace)[0]
    assert (place.found, row.text[place.start : place.end]) == (QuoteFound.EXACT, "Bread is dear")


def test_places_are_told_of_the_newest_copy(scene):
    kim, source_id = linked(scene)
    use = scene.rows(Evidence)[0].key
    assert scene.ask(places_of, kim, [use]) == {}
    scene.do(finish_copy, scene.rows(SavedCopy)[0].public_id, look=look("Bread is dear."))
    looked(scene)
    assert scene.ask(places_of, kim, [use])[use].found is QuoteFound.EXACT
    again = scene.do(ask_copy, kim, source_id, why=CopyWhy.ASKED)
    scene.do(finish_copy, again, look=look("Bread is cheap now, they say."))
    looked(scene)
    told = scene.ask(places_of, kim, [use])[use]
    assert (told.found, told.copy_id) == (QuoteFound.MISSING, again)


def test_who_could_be_swayed_sees_only_their_own_looks(blind):
    """The page says the same to both, and neither learns that the other one linked it."""
    ada, ben = blind.reviewers("Ada", "Ben")
    lead = blind.person("Lea", *LEADS)
    blind.claim()
    blind.check(ada, sources=(PAGE,))
    source = blind.rows(Source)[0]
    first = blind.rows(SavedCopy)[0].public_id
    blind.do(finish_copy, first, look=look("Bread is dear."))
    looked(blind)
    assert blind.ask(looks_of, ben, source.key) == []
    with pytest.raises(Missing):
        blind.ask(copy_page, ben, first)
    with pytest.raises(Missing):
        blind.do(ask_copy, ben, source.public_id, why=CopyWhy.ASKED)
    blind.claim()
    ben_review = blind.take(ben)
    # Ben links the same page while he has not answered the other claim.
    blind.do(after_linking, lead, blind.id, 0)
    assert [line.public_id for line in blind.ask(looks_of, lead, source.key)] == [first]
    blind.submit(ben, ben_review, sources=(PAGE,))
    looks = blind.rows(SavedCopy)
    assert [row.created_by_id for row in looks] == [ada.person_id, ben.person_id]


def test_a_page_that_says_the_same_is_kept_anew_for_who_may_not_know_of_the_first_look(blind):
    ada, ben = blind.reviewers("Ada", "Ben")
    lead = blind.person("Lea", *LEADS)
    blind.claim()
    blind.claim()
    paper = SourceValues(title="A letter", kind=SourceKind.DOCUMENT)
    blind.check(ada, sources=(paper,))
    blind.check(ada, sources=(PAGE,))
    source = blind.rows(Source, Source.url == URL)[0]
    first = blind.rows(SavedCopy)[0].public_id
    blind.do(finish_copy, first, look=look("Bread is dear."))
    # Ben answers the claim for which Ada did not link it, and could still be swayed at the other.
    blind.check(ben, sources=(PAGE,))
    second = blind.rows(SavedCopy)[1].public_id
    blind.do(finish_copy, second, look=look("Bread is dear."))
    looked(blind)
    mine = blind.ask(looks_of, ben, source.key)
    assert [(line.public_id, line.state) for line in mine] == [(second, CopyState.SAVED)]
    page = blind.ask(copy_page, ben, second)
    assert (page.text, page.before, page.has_file) == ("Bread is dear.", None, True)
    assert faults(file_like(blind.ask(warc_of, ben, second))) == []
    states = [line.state for line in blind.ask(looks_of, lead, source.key)]
    assert states == [CopyState.SAVED, CopyState.SAVED]


def test_a_quote_of_another_is_not_told_before_it_may_be(blind):
    ada, ben = blind.reviewers("Ada", "Ben")
    blind.claim()
    blind.claim()
    blind.check(ada, sources=(PAGE,))
    blind.check(ada, sources=(SourceValues(url=URL, quote="Bread"),))
    # Then the first claim is settled; at the second, Ben could still be swayed.
    blind.check(ben, sources=(SourceValues(url=URL, quote="is dear"),))
    own = blind.rows(SavedCopy)[1].public_id
    blind.do(finish_copy, own, look=look("Bread is dear."))
    looked(blind)
    assert [use.quote for use in blind.ask(copy_page, ben, own).uses] == [
        "Bread is dear",
        "is dear",
    ]


def test_erasing_a_source_takes_what_its_page_said_and_keeps_the_hashes(scene):
    _kim, source_id = linked(scene)
    copy_id = scene.rows(SavedCopy)[0].public_id
    scene.do(finish_copy, copy_id, look=look("Bread is dear.", title="Prices"))
    scene.do(erase, CONSOLE, Erasable.SOURCE, source_id, reason="By order")
    row = scene.rows(SavedCopy)[0]
    assert (row.text, row.title, row.url, row.final_url) == ("", "", None, None)
    assert row.sha256
    assert row.text_sha256
    assert row.erased_at
    assert scene.rows(CopyBytes) == []
    with pytest.raises(Missing):
        scene.ask(warc_of, CONSOLE, copy_id)
    with pytest.raises(Missing):
        scene.do(ask_copy, SYSTEM, source_id, why=CopyWhy.ASKED)


def test_history_names_neither_addresses_nor_texts(scene):
    linked(scene)
    copy_id = scene.rows(SavedCopy)[0].public_id
    scene.do(finish_copy, copy_id, look=look("Bread is dear."))
    events = [event for event in scene.rows(Event) if event.noun == "copy"]
    assert [event.action for event in events] == ["copy.add", "copy.end"]
    assert "stats.example" not in str([event.details for event in events])
    assert "Bread" not in str([event.details for event in events])


def test_a_look_before_a_check_is_sent_is_nobody_elses(blind):
    """Ada brings a copy while she still checks: Ben, who names the same page, learns nothing of it."""
    ada, ben = blind.reviewers("Ada", "Ben")
    lead = blind.person("Lea", *LEADS)
    blind.claim()
    source_id = blind.do(note_source, ada, blind.id, row=PAGE)
    assert blind.do(note_source, ben, blind.id, row=PAGE) == source_id
    own = blind.do(ask_copy, ada, source_id, why=CopyWhy.ASKED)
    key = blind.rows(Source)[0].key
    assert [line.public_id for line in blind.ask(looks_of, ada, key)] == [own]
    assert blind.ask(looks_of, ben, key) == blind.ask(looks_of, lead, key) == []
    blind.check(ada, sources=(PAGE,))
    assert blind.ask(looks_of, ben, key) == []
    assert [line.public_id for line in blind.ask(looks_of, lead, key)] == [own]


def test_a_look_for_a_second_check_is_not_told_since_the_first_one_is_shown(blind):
    """Ada used the page before; what she brings for the claim that she checks now is hers alone."""
    ada, ben, cy = blind.reviewers("Ada", "Ben", "Cy")
    blind.claim()
    for person in (ada, cy):
        blind.check(person, sources=(PAGE,))
    known = [row.public_id for row in blind.rows(SavedCopy)]
    for name in known:
        blind.do(finish_copy, name, look=look("Bread is dear."))
    key = blind.rows(Source)[0].key
    seen = [line.public_id for line in blind.ask(looks_of, ben, key)]
    assert seen
    blind.claim()
    mine = blind.take(ada)
    source_id = blind.do(note_source, ada, blind.id, row=PAGE)
    own = blind.do(keep_upload, ada, source_id, file=read_file(b"Bread is dear.", "for two.txt"))
    asked = blind.do(ask_copy, ada, source_id, why=CopyWhy.ASKED)
    assert [line.public_id for line in blind.ask(looks_of, ben, key)] == seen
    blind.submit(ada, mine, sources=(PAGE,))
    assert [line.public_id for line in blind.ask(looks_of, ben, key)] == seen
    blind.check(cy, sources=(PAGE,))
    told = [line.public_id for line in blind.ask(looks_of, ben, key)]
    assert {own, asked} <= set(told)


def test_what_the_first_one_called_a_page_decides_for_nobody_else(blind):
    ada, ben = blind.reviewers("Ada", "Ben")
    blind.claim()
    theirs = blind.take(ben)
    called = SourceValues(url=URL, title="A talk", kind=SourceKind.PERSON)
    blind.check(ada, sources=(called,))
    assert blind.rows(SavedCopy) == []
    source_id = blind.do(note_source, ben, blind.id, row=PAGE)
    own = blind.do(ask_copy, ben, source_id, why=CopyWhy.ASKED)
    with pytest.raises(WrongState) as refused:
        blind.do(ask_copy, ada, source_id, why=CopyWhy.ASKED)
    assert refused.value.code == "copy.no-address"
    assert blind.ask(copied_source, ben, source_id).why_not is None
    blind.submit(ben, theirs, sources=(PAGE,))
    assert [row.public_id for row in blind.rows(SavedCopy)] == [own]


def test_a_page_not_for_publication_is_opened_by_nobody_and_may_be_brought(scene):
    secret = SourceValues(url=URL, title="T", record=SourceRecord.NOT_FOR_PUBLICATION)
    kim, source_id = linked(scene, secret)
    for actor in (kim, SYSTEM):
        with pytest.raises(WrongState) as refused:
            scene.do(ask_copy, actor, source_id, why=CopyWhy.ASKED)
        assert refused.value.code == "copy.not-published"
    copy_id = scene.do(keep_upload, kim, source_id, file=read_file(b"Bread is dear.", "a.txt"))
    assert [row.public_id for row in scene.rows(SavedCopy)] == [copy_id]


def test_where_a_project_saves_no_copies_nobody_has_a_page_opened(scene):
    kim, source_id = linked(scene)
    scene.change(Project, scene.project.public_id, saves_copies=False)
    with pytest.raises(WrongState) as refused:
        scene.do(ask_copy, kim, source_id, why=CopyWhy.ASKED)
    assert refused.value.code == "copy.not-saved"
    assert scene.do(keep_upload, kim, source_id, file=read_file(b"Bread is dear.", "a.txt"))


def test_a_page_whose_look_failed_is_looked_at_when_it_is_linked_again(scene):
    kim, _source_id = linked(scene)
    scene.do(fail_copy, scene.rows(SavedCopy)[0].public_id, error="copy.server")
    linked(scene, person=kim)
    assert [row.state for row in scene.rows(SavedCopy)] == [CopyState.FAILED, CopyState.ASKED]


def test_a_copy_tells_so_many_uses_and_that_there_are_more(scene, monkeypatch):
    linked(scene)
    ben = scene.person("Ben", Role.REVIEWER)
    linked(scene, person=ben)
    copy_id = scene.rows(SavedCopy)[0].public_id
    scene.do(finish_copy, copy_id, look=look("Bread is dear."))
    assert len(scene.ask(copy_page, CONSOLE, copy_id).uses) == 2
    assert not scene.ask(copy_page, CONSOLE, copy_id).has_more
    monkeypatch.setattr(copies, "MOST_SHOWN", 1)
    page = scene.ask(copy_page, CONSOLE, copy_id)
    assert (len(page.uses), page.has_more) == (1, True)
