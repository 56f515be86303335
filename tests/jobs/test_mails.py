"""The worker and its mails, against a mail server that accepts, refuses, is slow and drops."""

import smtplib
import socket
import ssl
import threading
import time
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage

import pytest
from sqlmodel import Session, select
from structlog.testing import capture_logs

from app.config import MailServer
from app.domain.ids import now
from app.domain.words import Decides, Role
from app.fetching import mail
from app.jobs import worker as workers
from app.jobs.desk import Desk
from app.jobs.worker import Worker
from app.storage.tables import Draft, Job, Notice, Person, Review
from app.workflow import jobs
from app.workflow.comments import CommentValues, add_comment
from tests.hostile_tls import authority, issue, wrapping
from tests.mail_server import PATIENCE_SECONDS, Server
from tests.scenes import Scene

BASE = "https://desk.example"


@pytest.fixture
def post():
    server = Server()
    yield server
    server.close()


@pytest.fixture
def desk(settings, database, post):
    return Desk(replace(settings, url=BASE, mail=server_of(post)), database)


@pytest.fixture
def scene(database):
    scene = Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)
    scene.person("Zoë Müller", Role.REVIEWER)
    scene.change(Person, scene.rows(Person)[0].public_id, email="zoe@paper.example")
    ann = scene.person("Ann", Role.EDITOR)
    claim = scene.claim("The xylophone claim.")
    values = CommentValues(text="A kumquat, @Zoë Müller.")
    scene.do(add_comment, ann, claim, values=values)
    return scene


def server_of(post, **values):
    """The settings of a mail server that is up."""
    return MailServer("127.0.0.1", post.port, sender="Desk <desk@paper.example>", **values)


def hurry(monkeypatch, *, drips):
    """One answer may take no longer than patience lasts; where a server drips, all together not much.

    One letter that comes late by chance is then no answer that came too late.
    """
    timeout = 50 * PATIENCE_SECONDS if drips else PATIENCE_SECONDS
    monkeypatch.setattr(mail.send, "__kwdefaults__", {"timeout": timeout})
    if drips:
        monkeypatch.setattr(mail, "MOST_ANSWERS", 0.05)


def letter():
    """A mail that whoever greets would take."""
    message = EmailMessage()
    message["From"], message["To"] = "desk@paper.example", "zoe@paper.example"
    message.set_content("A kumquat.")
    return message


def due(scene):
    """The time of every job has come."""
    with scene.database.write() as session:
        for row in session.exec(select(Job)):
            row.run_at = now() - timedelta(seconds=1)


def work(desk, scene):
    due(scene)
    return Worker(desk).do_due()


def test_the_mail_says_that_there_is_something_and_nothing_of_it(desk, scene, post):
    assert work(desk, scene) == 1
    [message] = post.messages
    [notice] = scene.rows(Notice)
    text = message.get_content()
    assert message["To"] == "Zoë Müller <zoe@paper.example>"
    assert message["From"] == "Desk <desk@paper.example>"
    assert message["Message-ID"] == f"<notice-{notice.public_id}@desk.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"].datetime.utcoffset() == timedelta(0)
    assert message.get_content_type() == "text/plain"
    assert "Hello Zoë Müller," in text
    assert f"{BASE}/notices#notice-{notice.public_id}" in text
    for word in ("xylophone", "kumquat", "Ann", "Desk"):
        assert word not in text + str(message["Subject"])
    assert notice.mailed_at is not None
    assert scene.rows(Job)[0].done_at is not None
    assert work(desk, scene) == 0


def test_it_is_written_in_the_language_of_its_reader(desk, scene, post, monkeypatch):
    class Backwards:
        def gettext(self, text):
            return f"«{text}»"

    monkeypatch.setattr("app.languages.words_in", lambda code: Backwards() if code == "de" else 0)
    scene.change(Person, scene.rows(Person)[0].public_id, locale="de")
    work(desk, scene)
    assert "«Hello Zoë Müller,»" in post.messages[0].get_content()


@pytest.mark.parametrize(
    ("name", "email", "shown"),
    [
        ("Zoë", "zoe@müller.example", "Zoë <zoe@xn--mller-kva.example>"),
        ("Zoë", "zoe@post.straße.example", "Zoë <zoe@post.xn--strae-oqa.example>"),
        ("Zoë", "zoe@βόλος.müller.example", "Zoë <zoe@xn--nxasmm1c.xn--mller-kva.example>"),
        ("=?utf-8?q?a=0ABcc:_eve@x?=", "zoe@x.example", None),
        ('Müller, "Zoë" <eve@x.example>', "zoe@x.example", None),
    ],
)
def test_whatever_somebody_is_called_the_mail_goes_to_them_alone(
    desk, scene, post, name, email, shown
):
    scene.change(Person, scene.rows(Person)[0].public_id, name=name, email=email)
    work(desk, scene)
    [message] = post.messages
    assert scene.rows(Job)[0].done_at is not None
    assert message["Bcc"] is None
    assert len(message["To"].addresses) == 1
    assert shown is None or message["To"] == shown


def test_a_mail_is_nobody_elses_for_as_long_as_a_slow_server_may_take():
    longest = mail.MOST_ANSWERS * timedelta(seconds=mail.TIMEOUT_SECONDS)
    assert jobs.LEASES.get("notice.mail", jobs.LEASE) >= 2 * longest


@pytest.mark.parametrize(
    ("manner", "error"),
    [
        ("refuses", "SMTPRecipientsRefused"),
        ("slow", "SMTPServerDisconnected"),
        ("drops", "SMTPServerDisconnected"),
        ("drips", "TimeoutError"),
    ],
)
def test_a_server_that_fails_is_asked_again_later(desk, scene, post, monkeypatch, manner, error):
    post.manner = manner
    with monkeypatch.context() as hurried:
        hurry(hurried, drips=manner == "drips")
        work(desk, scene)
    [row] = scene.rows(Job)
    assert (row.error, row.attempts, row.done_at) == (error, 1, None)
    assert row.run_at > now()
    assert scene.rows(Notice)[0].mailed_at is None
    post.manner = "accepts"
    work(desk, scene)
    assert scene.rows(Job)[0].done_at is not None
    # What was taken before the line was dropped comes again under the same name.
    assert len({m["Message-ID"] for m in post.messages}) == 1


@pytest.mark.parametrize("manner", ["drips", "drips later"])
def test_a_server_that_drips_keeps_no_thread_of_ours(post, manner, monkeypatch):
    """It is hung up on, so that its letters do not hold one until it has enough."""
    post.manner = manner
    hurry(monkeypatch, drips=True)
    before = set(threading.enumerate())
    with pytest.raises(TimeoutError):
        mail.send(server_of(post), letter())
    until = time.monotonic() + 10
    while (left := set(threading.enumerate()) - before) and time.monotonic() < until:
        time.sleep(0.05)
    assert not left
    assert not post.is_over


def test_who_is_reached_once_they_were_left_is_given_nothing(post, monkeypatch):
    """The look-up of a name can take longer than all of it may."""
    found = threading.Event()
    connect = socket.create_connection

    def late(*args, **values):
        assert found.wait(10)
        return connect(*args, **values)

    monkeypatch.setattr(socket, "create_connection", late)
    before = set(threading.enumerate())
    with pytest.raises(TimeoutError):
        mail.send(server_of(post), letter(), timeout=PATIENCE_SECONDS / 2)
    found.set()
    for thread in set(threading.enumerate()) - before:
        thread.join(10)
    assert not post.messages


def test_a_server_that_does_not_greet_is_given_nothing(post):
    post.manner = "closed"
    with pytest.raises(smtplib.SMTPConnectError):
        mail.send(server_of(post), letter(), timeout=PATIENCE_SECONDS)
    assert not post.messages


@pytest.mark.parametrize(("names", "is_taken"), [("IP:127.0.0.1", True), ("DNS:a.example", False)])
def test_a_mail_goes_to_whom_the_certificate_is_for(tmp_path, monkeypatch, names, is_taken):
    authority(tmp_path)
    issue(tmp_path, "post", names)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "trusted.pem"))
    with closing(Server(wrapping(tmp_path, "post"))) as post:
        if is_taken:
            mail.send(server_of(post, is_tls=True), letter())
        else:
            with pytest.raises(ssl.SSLCertVerificationError):
                mail.send(server_of(post, is_tls=True), letter())
        assert len(post.messages) == is_taken


def test_nobody_there_is_an_error_like_any_other(desk, scene, post):
    post.close()
    work(desk, scene)
    assert scene.rows(Job)[0].error == "ConnectionRefusedError"


def test_without_a_mail_server_nothing_is_sent_and_nothing_piles_up(desk, scene, post):
    bare = Desk(replace(desk.settings, mail=None), desk.database)
    assert work(bare, scene) == 1
    assert post.messages == []
    assert scene.rows(Job)[0].done_at is not None
    assert scene.rows(Notice)[0].mailed_at is None


def test_who_is_blind_is_written_to_once_they_may_see_it(desk, database, post):
    scene = Scene(database, reviews_wanted=2)
    [ben] = scene.reviewers("Ben")
    ann = scene.person("Ann", Role.EDITOR)
    claim = scene.claim()
    scene.do(add_comment, ann, claim, values=CommentValues(text="@Ben"))
    work(desk, scene)
    [row] = scene.rows(Job)
    assert (post.messages, row.attempts, row.done_at) == ([], 0, None)
    assert row.run_at > now() + timedelta(minutes=50)
    scene.submit(ben, scene.take(ben))
    work(desk, scene)
    assert len(post.messages) == 1


def test_a_password_is_said_to_no_open_line(desk, post, monkeypatch):
    server = replace(desk.settings.mail, user="ann", password="secret")
    message = mail.EmailMessage()
    message["From"], message["To"] = "a@paper.example", "b@paper.example"
    mail.send(server, message)
    assert len(post.logins) == 1, "to this machine itself it may"
    monkeypatch.setattr(mail, "LOOPBACK", frozenset())
    with pytest.raises(mail.Unprotected):
        mail.send(server, message)
    assert len(post.logins) == 1


def test_the_worker_outlives_what_breaks_and_logs_no_words(desk, scene, monkeypatch):
    def breaks(_desk, _payload):
        raise ValueError("the kumquat")

    monkeypatch.setattr(workers, "HANDLERS", {"notice.mail": breaks})
    with capture_logs() as logged:
        assert work(desk, scene) == 1
        assert scene.rows(Job)[0].error == "ValueError"
        monkeypatch.setattr(workers, "something_is_due", lambda *_: 1 / 0)
        assert work(desk, scene) == 0
    assert [(line["what"], line["kind"]) for line in logged] == [
        ("notice.mail", "ValueError"),
        ("lease", "ZeroDivisionError"),
    ]
    assert "kumquat" not in repr(logged)


def test_whoever_has_had_a_claim_for_too_long_is_asked(desk, database):
    scene = Scene(database, reviews_wanted=1)
    [ben] = scene.reviewers("Ben")
    scene.claim()
    review = scene.take(ben)
    with database.write() as session:
        session.add(Draft(review_id=scene.review_row(review).key, version=1, body={"a": "b"}))
    scene.let_lapse(review)
    worker = Worker(desk)
    worker.make_rounds()
    worker.make_rounds()
    with Session(database.engine) as session:
        assert session.exec(select(Review.asked_at)).one() is not None
    assert [n.kind for n in scene.rows(Notice)] == ["lapsing"]
