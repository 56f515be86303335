"""Jobs: written with the verb, lent to one at a time, tried again, given up, mailed."""

from datetime import timedelta

import pytest
from sqlmodel import select

from app.domain.actors import CONSOLE
from app.domain.errors import Missing, WrongState
from app.domain.ids import now
from app.domain.words import Decides, Erasable, NoticeKind, Role
from app.jobs import worker as workers
from app.jobs.desk import Desk
from app.storage import jobs as questions
from app.storage.notices import mail_of
from app.storage.tables import Job, Notice, Person
from app.workflow import jobs
from app.workflow.comments import CommentValues, add_comment
from app.workflow.erasures import erase
from app.workflow.jobs import MOST_ATTEMPTS, add_job, lease_due
from app.workflow.notices import note_mailed, read
from app.workflow.people import set_wants_mail
from tests.scenes import Scene


@pytest.fixture
def scene(database):
    return Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)


def add(scene, kind="some.kind", **values):
    scene.do(add_job, kind, {"id": "x"}, **values)


def rewind(scene, **by):
    """Time goes by for every job."""
    with scene.database.write() as session:
        for row in session.exec(select(Job)):
            row.run_at -= timedelta(**by)
            if row.lease_until is not None:
                row.lease_until -= timedelta(**by)


def test_a_job_is_there_if_and_only_if_its_verb_is(scene):
    def verb_that_fails(session):
        add_job(session, "some.kind", {})
        raise RuntimeError

    with pytest.raises(RuntimeError):
        scene.do(verb_that_fails)
    assert scene.rows(Job) == []
    add(scene)
    assert scene.ask(questions.something_is_due)
    [row] = scene.rows(Job)
    assert (row.kind, row.payload, row.attempts) == ("some.kind", {"id": "x"}, 0)


def test_a_job_that_is_still_to_do_is_not_added_twice(scene):
    add(scene, same_as="one")
    add(scene, same_as="one")
    add(scene, same_as="other")
    add(scene)
    add(scene)
    assert len(scene.rows(Job)) == 4
    job = scene.do(lease_due)
    scene.do(jobs.finish, job.id)
    add(scene, same_as="one")
    assert len(scene.rows(Job)) == 5


def test_one_that_is_lent_is_nobody_elses_until_the_lease_runs_out(scene):
    add(scene)
    job = scene.do(lease_due)
    assert scene.do(lease_due) is None
    assert not scene.ask(questions.something_is_due)
    rewind(scene, minutes=3)
    again = scene.do(lease_due)
    assert (again.id, again.attempts) == (job.id, 2)
    scene.do(jobs.finish, again.id)
    scene.do(jobs.finish, job.id)
    assert scene.do(lease_due) is None
    assert scene.rows(Job)[0].done_at is not None


def test_what_is_due_first_is_done_first_and_nothing_before_its_time(scene):
    add(scene, "later", run_at=now() - timedelta(seconds=5))
    add(scene, "first", run_at=now() - timedelta(seconds=9))
    add(scene, "not yet", run_at=now() + timedelta(hours=1))
    assert [scene.do(lease_due).kind for _ in range(2)] == ["first", "later"]
    assert scene.do(lease_due) is None


def test_two_workers_never_have_the_same_job(scene):
    add(scene, "one")
    add(scene, "two")
    if scene.database.is_sqlite:
        kinds = [scene.do(lease_due).kind for _ in range(2)]
    else:
        with scene.database.writing() as first, scene.database.writing() as second:
            kinds = [lease_due(session).kind for session in (first, second)]
    assert kinds == ["one", "two"]


def test_what_goes_wrong_is_tried_again_ever_later_then_given_up(scene):
    add(scene)
    pauses = []
    for _ in range(MOST_ATTEMPTS):
        rewind(scene, hours=7)
        job = scene.do(lease_due)
        begun = now()
        scene.do(jobs.fail, job.id, ValueError("secret words"))
        [row] = scene.rows(Job)
        pauses.append((row.run_at - begun).total_seconds())
    wanted = [30, 60, 120, 240, 480, 960, 1920]
    late = [found - one for found, one in zip(pauses[:-1], wanted, strict=True)]
    assert all(0 <= seconds < 10 for seconds in late), pauses
    assert (row.error, row.attempts, row.lease_until) == ("ValueError", MOST_ATTEMPTS, None)
    rewind(scene, hours=7)
    assert scene.do(lease_due) is None
    [given_up] = scene.ask(questions.failed_jobs)
    assert given_up.error == "ValueError"
    assert "secret" not in repr(scene.state())


def test_pauses_have_an_end():
    assert jobs.pause_after(1_000) == jobs.LONGEST_PAUSE


def test_one_whose_workers_all_vanish_is_given_up_too(scene):
    add(scene)
    add(scene, "another", run_at=now() + timedelta(hours=7 * MOST_ATTEMPTS))
    for _ in range(MOST_ATTEMPTS):
        assert scene.do(lease_due).kind == "some.kind"
        rewind(scene, hours=7)
    assert scene.do(lease_due).kind == "another"
    assert scene.ask(questions.failed_jobs)[0].error == jobs.VANISHED


def test_what_is_too_early_is_no_attempt(scene):
    add(scene)
    job = scene.do(lease_due)
    scene.do(jobs.postpone, job.id, pause=timedelta(hours=1))
    assert scene.do(lease_due) is None
    rewind(scene, hours=2)
    assert scene.do(lease_due).attempts == 1


def test_what_was_given_up_can_be_tried_again(scene):
    add(scene)
    scene.do(lease_due)
    [row] = scene.rows(Job)
    with pytest.raises(WrongState):
        scene.do(jobs.retry, row.public_id)
    with pytest.raises(Missing):
        scene.do(jobs.retry, "aaaaaaaaaaaa")
    with scene.database.write() as session:
        session.get_one(Job, row.key).failed_at = now()
    scene.do(jobs.retry, row.public_id)
    rewind(scene, minutes=3)
    assert scene.do(lease_due).attempts == 1
    scene.do(jobs.fail, row.key, ValueError())
    scene.do(jobs.finish, row.key)
    scene.do(jobs.fail, row.key, ValueError())
    assert scene.rows(Job)[0].error is None, "what is done stays done"


def mention(scene, name):
    """A notice for somebody; its public id."""
    ann = scene.person(f"Ann{len(scene.rows(Notice))}", Role.EDITOR)
    claim = scene.claim()
    scene.do(add_comment, ann, claim, values=CommentValues(text=f"@{name}, look."))
    return scene.rows(Notice)[-1].public_id


def test_a_notice_brings_a_job_that_holds_nothing_but_its_id(scene):
    scene.person("Ben", Role.REVIEWER)
    notice = mention(scene, "Ben")
    [row] = scene.rows(Job)
    assert (row.kind, row.payload) == ("notice.mail", {"notice": notice})
    assert row.run_at > now() + timedelta(minutes=1), "whoever sits there reads it first"
    found = scene.ask(mail_of, notice)
    assert (found.kind, found.name, found.is_hidden) == (NoticeKind.MENTIONED, "Ben", False)


@pytest.mark.parametrize("why", ["read", "mailed", "off", "erased", "old"])
def test_no_mail_is_sent_where_none_is_wanted_any_more(scene, why):
    ben = scene.person("Ben", Role.REVIEWER)
    notice = mention(scene, "Ben")
    person = scene.rows(Person, Person.id == ben.person)[0].public_id
    {
        "read": lambda: scene.do(read, ben, notice),
        "mailed": lambda: scene.do(note_mailed, notice),
        "off": lambda: scene.do(set_wants_mail, ben, person, wants_mail=False),
        "erased": lambda: scene.do(erase, CONSOLE, Erasable.PERSON, person, reason="Asked for"),
        "old": lambda: scene.change(Notice, notice, created_at=now() - timedelta(days=15)),
    }[why]()
    assert scene.ask(mail_of, notice) is None


def test_who_is_blind_is_not_written_to_yet(database):
    scene = Scene(database, reviews_wanted=2)
    [ben] = scene.reviewers("Ben")
    notice = mention(scene, "Ben")
    assert scene.ask(mail_of, notice).is_hidden
    scene.submit(ben, scene.take(ben))
    assert not scene.ask(mail_of, notice).is_hidden


def test_a_lane_is_lent_its_own_kinds_and_no_others(scene):
    for kind in ("page", "mail", "page"):
        add(scene, kind)

    assert scene.ask(questions.due_kinds) == {"page": 2, "mail": 1}
    assert scene.do(lease_due, only={"page"}).kind == "page"
    assert scene.do(lease_due, but={"page"}).kind == "mail"
    assert scene.do(lease_due, but={"page"}) is None
    assert not scene.ask(questions.something_is_due, but={"page"})
    assert scene.ask(questions.something_is_due, only={"page", "mail"})
    assert scene.ask(questions.due_kinds) == {"page": 1}


def test_four_threads_do_each_job_once(scene, settings, monkeypatch):
    done = []
    monkeypatch.setattr(workers, "ROUNDS", ())
    monkeypatch.setattr(
        workers, "HANDLERS", {"copy.fetch": lambda _desk, payload: done.append(payload["id"])}
    )
    for number in range(20):
        scene.do(add_job, "copy.fetch", {"id": number})
    worker = workers.Worker(Desk(settings, scene.database))

    worker.begin_due()
    for thread in worker._threads["pages"]:
        thread.join(60)

    assert len(worker._threads["pages"]) == 4
    assert sorted(done) == list(range(20))
    assert all(row.done_at and row.attempts == 1 for row in scene.rows(Job))
