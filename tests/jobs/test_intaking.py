"""Taking articles in by their addresses, from a server that answers in every manner."""

import gzip
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select
from structlog.testing import capture_logs

from app.config import ChatService, FetchRules
from app.domain.evidence_words import LineState
from app.domain.ids import now
from app.domain.sentences import SENTENCES
from app.domain.words import Decides, Role
from app.fetching.hosts import HOSTS
from app.jobs import worker as workers
from app.jobs.desk import Desk
from app.jobs.worker import Worker
from app.storage.tables import (
    Article,
    Claim,
    ExtractionRun,
    IntakeLine,
    Job,
    Membership,
    Person,
    Project,
    Snapshot,
)
from app.workflow import intaking
from app.workflow.intakes import ask_intake, retry_failed
from app.workflow.jobs import ATTEMPTS
from tests.scenes import Scene
from tests.unit.extraction.test_page_text import pdf
from tests.web_server import WebServer, page

RSS = "<rss version='2.0'><channel><title>News</title>{items}</channel></rss>"
ITEM = "<item><title>A piece</title><link>{url}</link></item>"


@pytest.fixture
def site():
    server = WebServer()
    yield server
    server.close()


@pytest.fixture
def desk(settings, database, site):
    rules = FetchRules(seconds=5, allow=(("127.0.0.1", site.port),))
    return Desk(replace(settings, fetch=rules), database)


@pytest.fixture
def scene(database):
    scene = Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)
    scene.editor = scene.person("Ed", Role.EDITOR)
    return scene


def asked(scene, *urls, feed=None):
    return scene.do(ask_intake, scene.editor, scene.id, urls="\n".join(urls), feed=feed).intake_id


def due(scene):
    """The time of every job has come."""
    with scene.database.write() as session:
        for row in session.exec(select(Job)):
            row.run_at = now() - timedelta(seconds=1)


def work(desk, scene):
    """Do what is due; the lines as they stand then."""
    due(scene)
    Worker(desk).do_due()
    return scene.rows(IntakeLine)


def only(desk, scene, url):
    """The one line of an intake of one address, done."""
    asked(scene, url)
    [line] = work(desk, scene)
    return line


def test_an_address_becomes_an_article_with_its_claims(apart, desk, scene, site):
    line = only(desk, scene, site.put("/tarn", page("Tarn")))

    [article] = scene.rows(Article)
    assert (line.state, line.error, line.article_id) == (LineState.DONE, None, article.key)
    assert (article.title, article.author, article.published) == ("Tarn", "Ada Lund", "2025-09-04")
    assert (article.publisher, article.language) == ("The Harbour Post", "en")
    assert article.url == site.at("/tarn")
    assert article.created_by_id == scene.editor.person_id
    assert "40 boats" in scene.rows(Snapshot)[0].text
    assert any("40 boats" in claim.quote for claim in scene.rows(Claim))
    [event] = scene.events("intake.end")
    assert event.details == {"line": line.public_id, "state": "done"}
    assert event.actor_id == scene.editor.person_id


def test_the_same_text_is_known_and_a_changed_one_is_a_new_snapshot(desk, scene, site):
    url = site.put("/tarn", page("Tarn"))
    only(desk, scene, url)

    asked(scene, url)
    assert work(desk, scene)[1].state is LineState.KNOWN
    assert (len(scene.rows(Article)), len(scene.rows(Snapshot))) == (1, 1)

    site.put("/tarn", page("Tarn").replace(b"40 boats", b"50 boats"))
    asked(scene, url)
    assert work(desk, scene)[2].state is LineState.DONE
    assert (len(scene.rows(Article)), len(scene.rows(Snapshot))) == (1, 2)


def test_done_twice_it_adds_nothing(desk, scene, site):
    line = only(desk, scene, site.put("/tarn", page("Tarn")))
    before = scene.state()

    intaking.Taking(desk.database, desk.settings.fetch, None).take(line.public_id)

    assert scene.state() == before
    assert site.asked == ["/tarn"]


def test_the_address_is_where_redirects_led_or_what_the_page_says_of_itself(desk, scene, site):
    site.put("/moved", b"", 302, headers={"Location": "/tarn?utm_source=x"})
    site.put("/tarn?utm_source=x", page("Tarn"))
    site.put("/b?id=1", page("Brack", head='<link rel="canonical" href="/brack">'))
    elsewhere = '<link rel="canonical" href="https://other.example/corbel">'
    site.put("/c", page("Corbel", head=elsewhere))
    site.put("/d", page("Dunmore", head='<link rel="canonical" href="/">'))
    asked(scene, *(site.at(path) for path in ("/moved", "/b?id=1", "/c", "/d")))

    work(desk, scene)

    found = {row.title: row.url for row in scene.rows(Article)}
    assert found == {
        "Tarn": site.at("/tarn?utm_source=x"),
        "Brack": site.at("/brack"),
        "Corbel": site.at("/c"),
        "Dunmore": site.at("/d"),
    }


def test_a_plain_text_is_an_article_too(desk, scene, site):
    body = "The port of Tarn lost 40 boats.\n\nThe mayor doubts it."
    line = only(desk, scene, site.put("/a.txt", body, kind="text/plain"))

    assert line.state is LineState.DONE
    assert scene.rows(Article)[0].title == "The port of Tarn lost 40 boats."


def test_a_pdf_is_an_article_too(apart, desk, scene, site):
    lines = (
        "The port of Tarn lost 40 boats in one",
        "night, the mayor of the town said on",
        "Monday. A court fined the owner.",
    )
    wrapped = pdf(
        stream=b"BT /F1 12 Tf 20 700 Td 14 TL %s ET"
        % b" ".join(b"(" + line.encode() + b") Tj T*" for line in lines)
    )
    line = only(desk, scene, site.put("/report", wrapped, kind="application/pdf"))

    assert line.state is LineState.DONE
    assert scene.rows(Snapshot)[0].text == " ".join(lines)
    assert "lost 40 boats in one night" in scene.rows(Claim)[0].quote


LATIN = page("Tarn").decode().replace("mayor", "maïre").encode("cp1252")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (LATIN, "text/html; charset=iso-8859-1"),
        (LATIN, "text/html; charset=utf-8"),
        (LATIN.decode("cp1252").encode(), "text/html; charset=iso-8859-1"),
        (LATIN.decode("cp1252").encode(), "text/html; charset=punycode"),
        (LATIN.replace(b"<title>", b"<meta charset=utf-8><title>"), "text/html"),
        (LATIN.decode("cp1252").encode("utf-16"), "text/html"),
        (LATIN.decode("cp1252").encode(), "application/xhtml+xml"),
        (LATIN.decode("cp1252").encode(), "text/xml"),
        (LATIN.decode("cp1252").encode(), "text/plain"),
    ],
)
def test_what_is_said_of_the_characters_and_the_kind_need_not_be_so(desk, scene, site, body, kind):
    line = only(desk, scene, site.put("/tarn", body, kind=kind))

    assert line.state is LineState.DONE
    assert "the maïre said" in scene.rows(Snapshot)[0].text


PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(500)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ({"body": "gone", "status": 404}, "intake.gone"),
        ({"body": "gone", "status": 410}, "intake.gone"),
        ({"body": "no", "status": 403}, "intake.closed"),
        ({"body": "no", "status": 451}, "intake.closed"),
        ({"body": "?", "status": 400}, "intake.status"),
        ({"body": PICTURE, "kind": "image/png"}, "intake.kind"),
        ({"body": PICTURE, "kind": "text/html"}, "intake.kind"),
        ({"body": "{}", "kind": "application/json"}, "intake.kind"),
        ({"body": gzip.compress(b"x" * 900), "kind": "text/plain"}, "intake.kind"),
        ({"body": RSS.format(items=""), "kind": "application/rss+xml"}, "intake.is-feed"),
        ({"body": RSS.format(items=""), "kind": "text/plain"}, "intake.is-feed"),
        ({"body": ""}, "intake.empty"),
        ({"body": b"%PDF-1.7 broken", "kind": "application/pdf"}, "intake.unreadable"),
        ({"body": pdf(), "kind": "text/html"}, "intake.unreadable"),
        ({"body": "<!doctype html><html><script>1</script></html>"}, "intake.no-article"),
        ({"body": page("Tarn") + b" " * 5_000_000}, "intake.large"),
        ({"body": b"<i>" * 31_000}, "intake.crowded"),
        ({"body": b"word " * 250_000, "kind": "text/plain"}, "intake.long"),
        ({"body": bytes(range(128, 256)) * 9, "kind": "text/plain"}, "intake.encoding"),
    ],
)
def test_what_is_no_article_fails_with_its_reason(desk, scene, site, answer, error):
    line = only(desk, scene, site.put("/x", **answer))

    assert (line.state, line.error, line.article_id) == (LineState.FAILED, error, None)
    assert error in SENTENCES
    assert scene.rows(Article) == []
    assert scene.rows(Job)[0].done_at is not None
    assert scene.events("intake.end")[0].details["error"] == error


def test_an_article_page_of_five_megabytes_is_read(apart, desk, scene, site):
    # Most of a page is not its article.
    body = page("Tarn").replace(b"<nav>", b"<script>" + b"x" * 4_900_000 + b"</script><nav>")
    assert only(desk, scene, site.put("/tarn", body)).state is LineState.DONE


def test_a_server_that_fails_for_now_is_asked_three_times(desk, scene, site):
    line = only(desk, scene, site.put("/x", "later", 503))
    assert (line.state, len(site.asked)) == (LineState.ASKED, 1)
    [job] = scene.rows(Job)
    assert job.run_at > now()
    work(desk, scene)
    site_lines = work(desk, scene)

    assert (site_lines[0].state, site_lines[0].error) == (LineState.FAILED, "intake.busy")
    assert len(site.asked) == 3
    assert scene.rows(Job)[0].done_at is not None


def test_it_is_done_once_the_server_is_well_again(desk, scene, site):
    only(desk, scene, site.put("/tarn", "later", 500))
    site.put("/tarn", page("Tarn"))

    assert work(desk, scene)[0].state is LineState.DONE


def test_what_failed_is_tried_again_when_somebody_asks(desk, scene, site):
    url = site.at("/tarn")
    intake_id = asked(scene, url)
    assert work(desk, scene)[0].error == "intake.gone"
    site.put("/tarn", page("Tarn"))

    scene.do(retry_failed, scene.editor, intake_id)

    [line] = work(desk, scene)
    assert (line.state, line.error) == (LineState.DONE, None)


def test_whoever_may_add_no_articles_any_more_gets_none(desk, scene, site):
    url = site.put("/tarn", page("Tarn"))
    asked(scene, url)
    with scene.database.write() as session:
        for row in session.exec(select(Membership)):
            row.ended_at = now()

    [line] = work(desk, scene)

    assert (line.state, line.error) == (LineState.FAILED, "intake.leave")
    assert site.asked == []


def test_whoever_is_shut_out_gets_none(desk, scene, site):
    asked(scene, site.put("/tarn", page("Tarn")))
    scene.change(Person, scene.rows(Person)[0].public_id, is_active=False)

    assert work(desk, scene)[0].error == "intake.leave"


def test_a_feed_brings_its_new_articles_each_once(desk, scene, site):
    only(desk, scene, site.put("/known", page("Known")))
    site.put("/feeds/a", page("Tarn"))
    site.put("/b", page("Brack"))
    links = ("/known", "a", site.at("/b"), "a#top", site.at("/b?utm_source=feed"))
    odd = ("javascript:alert(1)", "ftp://a.example/x", "http://u:p@a.example/", "")
    items = "".join(ITEM.format(url=url) for url in (*links, *odd))
    feed = site.put("/feeds/all.xml", RSS.format(items=items), kind="application/rss+xml")
    site.asked.clear()

    asked(scene, feed=feed)
    lines = work(desk, scene)[1:]

    assert [(line.url, line.state) for line in lines] == [
        (feed, LineState.DONE),
        (site.at("/known"), LineState.KNOWN),
        (site.at("/feeds/a"), LineState.DONE),
        (site.at("/b"), LineState.DONE),
    ]
    assert sorted(site.asked) == ["/b", "/feeds/a", "/feeds/all.xml"]
    assert lines[0].is_feed
    assert lines[1].article_id == scene.rows(Article)[0].key


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (page("Tarn"), "feed.none"),
        ("/etc/passwd", "feed.none"),
        ("http://127.0.0.1:1/", "feed.none"),
        (PICTURE, "feed.none"),
        (b"", "feed.none"),
        (RSS.format(items=""), "feed.empty"),
        (
            "<!DOCTYPE r [<!ENTITY a 'b'>]>" + RSS.format(items=ITEM.format(url="http://a.x/&a;")),
            "feed.doctype",
        ),
        (RSS.format(items=ITEM.format(url="http://a.example/1") * 100_000), "feed.large"),
    ],
)
def test_what_is_no_feed_fails_with_its_reason(desk, scene, site, body, error):
    asked(scene, feed=site.put("/feed", body, kind="application/xml"))

    [line] = work(desk, scene)

    assert (line.state, line.error) == (LineState.FAILED, error)


def test_a_service_is_asked_where_the_project_wants_that(desk, scene, site):
    scene.change(Project, scene.project.public_id, extractor="chat")
    chat = ChatService(url="http://127.0.0.1:1/v1/chat/completions", model="m-1")
    asked(scene, site.put("/tarn", page("Tarn")))
    with_chat = replace(desk, settings=replace(desk.settings, chat=chat))
    due(scene)
    taking = intaking.Taking(desk.database, desk.settings.fetch, with_chat.settings.chat)
    taking.take(scene.rows(IntakeLine)[0].public_id)

    assert scene.rows(IntakeLine)[0].state is LineState.DONE
    assert scene.rows(Claim) == []
    [run] = scene.rows(ExtractionRun)
    assert (run.model, run.created_by_id) == ("m-1", scene.editor.person_id)


def test_where_others_are_at_a_host_it_waits_its_turn(desk, scene, site, monkeypatch):
    monkeypatch.setattr(HOSTS, "patience", 0.0)
    with HOSTS.turn(f"127.0.0.1:{site.port}", is_own=True):
        line = only(desk, scene, site.put("/tarn", page("Tarn")))
    [job] = scene.rows(Job)
    assert (line.state, job.attempts, job.error) == (LineState.ASKED, 0, None)

    assert work(desk, scene)[0].state is LineState.DONE


def test_an_address_inside_the_house_is_not_fetched(desk, scene, site):
    line = only(desk, scene, "http://169.254.169.254/latest/meta-data")
    assert (line.state, line.error) == (LineState.FAILED, "fetch.address")


def test_what_breaks_is_told_and_logged_without_its_words(desk, scene, site, monkeypatch):
    def broken(*_args, **_values):
        raise RuntimeError("the kumquat of the article")

    monkeypatch.setattr(intaking, "read_as_chosen", broken)
    with capture_logs() as logs:
        line = only(desk, scene, site.put("/tarn", page("Tarn")))

    assert line.error == "intake.broken"
    assert [log["kind"] for log in logs if log["event"] == "intake"] == ["RuntimeError"]
    assert "kumquat" not in str(logs)


def test_a_line_whose_job_was_given_up_is_ended(desk, scene, site, monkeypatch):
    asked(scene, site.put("/tarn", page("Tarn")))
    scene.change(Job, scene.rows(Job)[0].public_id, attempts=ATTEMPTS["intake.fetch"])
    monkeypatch.setattr(workers, "ROUND_SECONDS", 0)
    worker = Worker(desk)
    worker.make_rounds()
    assert scene.rows(IntakeLine)[0].state is LineState.ASKED

    work(desk, scene)
    worker.make_rounds()

    [line] = scene.rows(IntakeLine)
    assert (line.state, line.error) == (LineState.FAILED, "intake.broken")
    assert site.asked == []
