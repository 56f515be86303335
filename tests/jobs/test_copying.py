"""The jobs at saved copies: what comes of a look, what it marks, what is tried again."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.errors import Refused
from app.domain.evidence_words import CopyState, CopyWhy, FlagReason, QuoteFound
from app.domain.ids import now
from app.domain.words import Decides, Role, SourceRecord
from app.exporters.warc import faults
from app.jobs import copying
from app.jobs.desk import Desk
from app.jobs.worker import Worker
from app.storage.copies import looks_of
from app.storage.copy_work import due_sources
from app.storage.tables import Claim, CopyBytes, Flag, Job, Project, QuotePlace, SavedCopy, Source
from app.workflow.copies import ask_copy, keep_upload, read_file
from app.workflow.looking import fail_copy, finish_copy
from app.workflow.sources import SourceValues
from tests.copies import answering, fetched, file_like, look
from tests.scenes import LEADS, Scene

URL = "https://stats.example/t4"
HTML = "<html><head><title>T</title></head><body><article><h1>Prices</h1>{}</article></body></html>"


@pytest.fixture
def desk(settings, database):
    return Desk(settings, database)


@pytest.fixture
def scene(database):
    scene = Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)
    scene.change(Project, scene.project.public_id, saves_copies=True, recheck_days=30)
    scene.kim = scene.person("Kim", Role.REVIEWER)
    scene.claim()
    scene.check(scene.kim, sources=(SourceValues(url=URL, title="T", quote="Bread is dear"),))
    return scene


def work(desk, monkeypatch, *answers) -> int:
    """Do what is due, with a fetcher that answers so."""
    monkeypatch.setattr(copying, "fetch", answering(*answers))
    return Worker(desk).do_due()


def asked(scene) -> str:
    """Somebody presses the button."""
    return scene.do(ask_copy, scene.kim, scene.rows(Source)[0].public_id, why=CopyWhy.ASKED)


def make_due(scene) -> None:
    """The pause of every job is over."""
    for job in scene.rows(Job):
        scene.change(Job, job.public_id, run_at=now() - timedelta(seconds=1))


def marks(scene) -> list:
    return [flag.reason for flag in scene.rows(Flag)]


def test_a_linked_page_is_saved_and_its_quote_found(apart, scene, desk, monkeypatch):
    body = HTML.format("<p>They say: Bread is dear, and milk is.</p>" * 3)
    work(desk, monkeypatch, fetched(body, media_type="text/html"))
    row = scene.rows(SavedCopy)[0]
    assert (row.state, row.status, row.final_url) == (CopyState.SAVED, 200, URL + "/")
    assert (row.media_type, row.size) == ("text/html", len(body.encode()))
    place = scene.rows(QuotePlace)[0]
    assert row.text[place.start : place.end] == "Bread is dear"
    assert faults(file_like(scene.rows(CopyBytes)[0].warc)) == []
    assert scene.rows(Source)[0].looked_at is not None
    assert marks(scene) == []


def test_the_job_done_twice_adds_nothing(scene, desk, monkeypatch):
    work(desk, monkeypatch, fetched())
    before = scene.rows(SavedCopy)[0]
    copying.fetch_copy(desk, {"copy": before.public_id})
    scene.do(finish_copy, before.public_id, look=look("Something else."))
    scene.do(fail_copy, before.public_id, error="copy.lost")
    assert scene.rows(SavedCopy) == [before]
    assert len(scene.rows(CopyBytes)) == len(scene.rows(QuotePlace)) == 1


def test_a_page_that_says_the_same_keeps_nothing_new(scene, desk, monkeypatch):
    work(desk, monkeypatch, fetched())
    asked(scene)
    work(desk, monkeypatch, fetched())
    first, second = scene.rows(SavedCopy)
    assert (second.state, second.same_as_id, second.text) == (CopyState.SAME, first.id, "")
    assert len(scene.rows(CopyBytes)) == 1
    assert marks(scene) == []


def test_a_quote_that_is_gone_marks_the_claim(scene, desk, monkeypatch):
    work(desk, monkeypatch, fetched())
    asked(scene)
    work(desk, monkeypatch, fetched("There is nothing to be seen here any more."))
    first, second = scene.rows(SavedCopy)
    assert (second.state, second.compared_with_id) == (CopyState.SAVED, first.id)
    assert marks(scene) == [FlagReason.QUOTE_GONE]
    assert scene.rows(Flag)[0].copy_id == second.id


def test_a_file_brought_before_a_check_hides_no_quote_that_goes(scene, desk, monkeypatch):
    """The page as fetched has its quotes looked for too: it is what the next look is compared with."""
    said = "Bread is dear. Milk costs 2 euros a litre."
    work(desk, monkeypatch, fetched(said))
    brought = read_file(said.encode() + b" Kept by Kim.", "page.txt")
    scene.do(keep_upload, scene.kim, scene.rows(Source)[0].public_id, file=brought)
    work(desk, monkeypatch)
    scene.claim("Milk is dear.")
    milk = SourceValues(url=URL, title="T", quote="Milk costs 2 euros a litre")
    scene.check(scene.kim, sources=(milk,))
    work(desk, monkeypatch)

    asked(scene)
    work(desk, monkeypatch, fetched("Bread is dear. Nothing is known of anything else."))

    assert marks(scene) == [FlagReason.QUOTE_GONE]


def test_a_quote_that_is_only_nearly_there_any_more_is_gone(scene, desk, monkeypatch):
    long = "Bread is dear this year, the office said on Monday"
    scene.claim()
    scene.check(scene.kim, sources=(SourceValues(url=URL, quote=long),))
    work(desk, monkeypatch, fetched(f"Bread is dear. {long}."))
    asked(scene)
    work(desk, monkeypatch, fetched(f"Bread is dear. {long.replace('dear', 'cheap')}."))
    assert scene.rows(QuotePlace)[-1].found is QuoteFound.APPROXIMATE
    assert marks(scene) == [FlagReason.QUOTE_GONE]


def test_a_change_around_the_quotes_marks_nothing(scene, desk, monkeypatch):
    work(desk, monkeypatch, fetched())
    asked(scene)
    work(desk, monkeypatch, fetched("Bread is dear. Milk is, too."))
    assert scene.rows(SavedCopy)[1].state is CopyState.SAVED
    assert marks(scene) == []


PAGE = HTML + "<aside>{}</aside>"
ARTICLE = "<p>They say that milk is dear, and salt.</p>" * 3


def test_a_quote_beside_the_article_is_found_and_marked_when_it_goes(scene, desk, monkeypatch):
    boxed = PAGE.format(ARTICLE, "<p>Bread is dear</p>")
    work(desk, monkeypatch, fetched(boxed, media_type="text/html"))
    assert scene.rows(QuotePlace)[0].found is QuoteFound.EXACT
    asked(scene)
    work(desk, monkeypatch, fetched(PAGE.format(ARTICLE, "<p>Rye</p>"), media_type="text/html"))
    assert marks(scene) == [FlagReason.QUOTE_GONE]


def test_what_changes_around_an_article_marks_nobody_who_quotes_nothing(scene, desk, monkeypatch):
    scene.claim()
    scene.check(scene.kim, sources=(SourceValues(url=URL, title="T"),))
    for words in ("Most read: snow", "Most read: rain"):
        body = PAGE.format(ARTICLE + "<p>Bread is dear, too.</p>", f"<p>{words} and more</p>")
        work(desk, monkeypatch, fetched(body, media_type="text/html"))
        asked(scene)
    assert [row.state for row in scene.rows(SavedCopy)][:2] == [CopyState.SAVED, CopyState.SAVED]
    assert marks(scene) == []


def test_a_change_marks_the_claims_that_quote_nothing(scene, desk, monkeypatch):
    claim_id = scene.claim()
    scene.check(scene.kim, sources=(SourceValues(url=URL, title="T"),))
    work(desk, monkeypatch, fetched())
    asked(scene)
    work(desk, monkeypatch, fetched("Bread is dear. Milk is, too."))
    assert marks(scene) == [FlagReason.PAGE_CHANGED]
    assert scene.rows(Flag)[0].claim_id == scene.claim_row(claim_id).id


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_gone_ends_the_look_at_once_and_marks(status, scene, desk, monkeypatch):
    work(desk, monkeypatch, fetched("Not found", status=status))
    row = scene.rows(SavedCopy)[0]
    assert (row.state, row.status, row.error) == (CopyState.GONE, status, None)
    assert marks(scene) == [FlagReason.PAGE_GONE]


PASSING = [
    Refused("fetch.timeout"),
    Refused("fetch.unreachable"),
    fetched("busy", status=503),
    fetched("slow down", status=429),
]


@pytest.mark.parametrize("answer", PASSING, ids=("timeout", "unreachable", "503", "429"))
def test_what_may_pass_is_tried_again_three_times_and_marks_nothing(
    answer, scene, desk, monkeypatch
):
    for attempt in range(1, 4):
        work(desk, monkeypatch, answer)
        row = scene.rows(SavedCopy)[0]
        line = scene.ask(looks_of, scene.kim, row.source_id)[0]
        assert (row.state, line.attempt) == (CopyState.ASKED, attempt)
        assert line.next_at is not None
        make_due(scene)
    work(desk, monkeypatch, answer)
    row = scene.rows(SavedCopy)[0]
    assert (row.state, bool(row.error)) == (CopyState.FAILED, True)
    assert marks(scene) == []
    make_due(scene)
    assert work(desk, monkeypatch, answer) == 0


def test_what_passed_is_saved_in_the_end(scene, desk, monkeypatch):
    work(desk, monkeypatch, Refused("fetch.timeout"))
    make_due(scene)
    work(desk, monkeypatch, fetched())
    assert [row.state for row in scene.rows(SavedCopy)] == [CopyState.SAVED]


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Refused("fetch.address"), "fetch.address"),
        (fetched("no", status=403), "copy.refused"),
        (fetched("odd", status=304), "copy.refused"),
    ],
)
def test_what_will_not_pass_ends_at_once(answer, error, scene, desk, monkeypatch):
    work(desk, monkeypatch, answer)
    row = scene.rows(SavedCopy)[0]
    assert (row.state, row.error) == (CopyState.FAILED, error)
    assert marks(scene) == []


def test_the_bytes_of_what_cannot_be_read_are_kept(apart, scene, desk, monkeypatch):
    work(desk, monkeypatch, fetched(b"%PDF-1.7 broken", media_type="application/pdf"))
    row = scene.rows(SavedCopy)[0]
    assert (row.state, row.error, row.text_sha256) == (CopyState.FAILED, "copy.unreadable", None)
    assert row.sha256
    assert faults(file_like(scene.rows(CopyBytes)[0].warc)) == []


def test_a_picture_is_kept_without_a_text(scene, desk, monkeypatch):
    picture = fetched(b"\x89PNG\r\n\x1a\n\0\0\0", media_type="image/png")
    work(desk, monkeypatch, picture)
    asked(scene)
    work(desk, monkeypatch, picture)
    states = [(row.state, row.text_sha256) for row in scene.rows(SavedCopy)]
    assert states == [(CopyState.SAVED, None), (CopyState.SAME, None)]


def test_a_look_whose_job_was_given_up_ends(scene, desk):
    row = scene.rows(SavedCopy)[0]
    for job in scene.rows(Job):
        scene.change(Job, job.public_id, failed_at=now(), error="Vanished")
    copying.end_lost_looks(desk)
    assert scene.rows(SavedCopy)[0].state is CopyState.ASKED
    scene.change(SavedCopy, row.public_id, created_at=now() - timedelta(hours=1))
    copying.end_lost_looks(desk)
    assert scene.rows(SavedCopy)[0].error == "copy.lost"


@pytest.fixture
def settled(scene, desk, monkeypatch):
    """A verdict that rests on a page that was looked at long ago."""
    work(desk, monkeypatch, fetched())
    lead = scene.person("Lea", *LEADS)
    scene.settle(lead, scene.rows(Claim)[0].public_id)
    source = scene.rows(Source)[0]
    scene.change(Source, source.public_id, looked_at=now() - timedelta(days=31))
    return scene


def test_pages_that_verdicts_rest_on_are_looked_at_again_in_time(settled, desk, monkeypatch):
    copying.recheck_pages(desk)
    copying.recheck_pages(desk)
    assert [row.why for row in settled.rows(SavedCopy)] == [CopyWhy.LINKED, CopyWhy.SCHEDULED]
    work(desk, monkeypatch, fetched())
    assert settled.rows(SavedCopy)[1].state is CopyState.SAME
    copying.recheck_pages(desk)
    assert len(settled.rows(SavedCopy)) == 2


@pytest.mark.parametrize(
    "values", [{"saves_copies": False}, {"recheck_days": None}, {"recheck_days": 60}]
)
def test_pages_are_left_alone_where_the_project_says_so(values, settled, desk):
    settled.change(Project, settled.project.public_id, **values)
    copying.recheck_pages(desk)
    assert len(settled.rows(SavedCopy)) == 1


def test_pages_that_no_verdict_rests_on_are_left_alone(scene, desk, monkeypatch):
    work(desk, monkeypatch, fetched())
    source = scene.rows(Source)[0]
    scene.change(Source, source.public_id, looked_at=now() - timedelta(days=99))
    copying.recheck_pages(desk)
    assert len(scene.rows(SavedCopy)) == 1


def test_so_many_pages_are_asked_for_at_a_time_one_after_the_other(settled, desk, monkeypatch):
    monkeypatch.setattr(copying, "RECHECKED", 1)
    copying.recheck_pages(desk)
    assert len(settled.rows(SavedCopy)) == 2


def test_fetching_keeps_to_the_desk_s_limits(scene, desk, monkeypatch):
    seen = []
    monkeypatch.setattr(copying, "fetch", lambda url, rules: seen.append((url, rules)) or fetched())
    rules = replace(desk.settings.fetch, seconds=7)
    Worker(Desk(replace(desk.settings, fetch=rules), desk.database)).do_due()
    assert seen == [(URL, rules)]


def test_what_was_asked_for_before_saving_was_switched_off_is_not_opened(scene, desk, monkeypatch):
    scene.change(Project, scene.project.public_id, saves_copies=False)
    work(desk, monkeypatch, AssertionError("opened"))
    row = scene.rows(SavedCopy)[0]
    assert (row.state, row.error) == (CopyState.FAILED, "copy.off")


def test_a_page_that_came_to_be_not_for_publication_is_not_due(settled):
    source = settled.rows(Source)[0].public_id
    with settled.database.reading() as session:
        assert due_sources(session, limit=5) == [source]
    settled.change(Source, source, record=SourceRecord.NOT_FOR_PUBLICATION)
    with settled.database.reading() as session:
        assert due_sources(session, limit=5) == []


def test_a_source_that_is_gone_when_its_turn_comes_does_not_end_the_round(scene, desk, monkeypatch):
    work(desk, monkeypatch, fetched())
    source = scene.rows(Source)[0].public_id
    monkeypatch.setattr(
        copying, "due_sources", lambda *_session, **_limit: ["aaaaaaaaaaaa", source]
    )
    copying.recheck_pages(desk)
    assert [row.why for row in scene.rows(SavedCopy)] == [CopyWhy.LINKED, CopyWhy.SCHEDULED]
