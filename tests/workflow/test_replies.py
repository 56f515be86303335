"""Asking for a reply, writing down what came back, and what is due."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.domain.errors import Invalid, Missing, NotAllowed, Stale, WrongState
from app.domain.ids import now
from app.domain.replies import ReplyFilter, ReplyState
from app.domain.words import Channel, Decides, Erasable, Role
from app.storage import replies as questions
from app.storage.projects import by_id
from app.storage.replies import Due
from app.storage.reviews import held
from app.storage.tables import Project, Reply, ReplyVersion
from app.storage.waiting import waiting
from app.workflow.erasures import erase
from app.workflow.parking import wait
from app.workflow.replies import ReplyValues, change, request
from tests.cases import in_turn
from tests.scenes import LEADS, Scene
from tests.workflow.test_races import at_once

DAY = timedelta(days=1)


@pytest.fixture
def scene(database):
    return Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)


@pytest.fixture
def ann(scene):
    return scene.reviewers("Ann")[0]


def ask(scene, actor, claim_id, whom="The ministry", **values):
    return scene.do(request, actor, claim_id, values=ReplyValues(whom=whom, **values))


def stored(scene, reply_id) -> Reply:
    return scene.rows(Reply, Reply.public_id == reply_id)[0]


def listed(scene, actor, wanted=ReplyFilter.ALL, **where):
    return scene.ask(questions.replies_in, actor, scene.id, wanted=wanted, **where)


def test_a_request_is_written_down_for_all_who_see_the_claim(scene, ann):
    claim_id = scene.claim()
    reply_id = ask(
        scene, ann, claim_id, "  The   ministry ", channel=Channel.PHONE, asked="Since when? "
    )

    viewer = scene.person("Vera", Role.VIEWER)
    [found] = scene.ask(questions.replies_of, viewer, scene.claim_row(claim_id).key)

    assert (found.public_id, found.whom, found.asked) == (reply_id, "The ministry", "Since when?")
    assert (found.state, found.version, found.by) == (ReplyState.TO_SEND, 1, "Ann")
    [event] = scene.events("reply.add")
    assert event.claim == claim_id
    assert "ministry" not in repr(event.details)


def test_the_same_words_sent_twice_are_one_request(scene, ann):
    claim_id = scene.claim()
    [ben] = scene.reviewers("Ben")

    sent = [ask(scene, ann, claim_id, asked="Why?") for _ in range(2)]

    assert len(set(sent)) == 1
    assert ask(scene, ben, claim_id, asked="Why?") not in sent
    assert ask(scene, ann, claim_id, asked="Who?") not in sent


def test_more_is_written_down_and_what_stood_there_is_kept(scene, ann):
    reply_id = ask(scene, ann, scene.claim(), asked="Since when?")
    [ben] = scene.reviewers("Ben")
    sent = now() - DAY
    values = ReplyValues(whom="The ministry", sent_at=sent, answer="Since May.", is_quotable=True)

    scene.do(change, ben, reply_id, values=values, version=1)

    row = stored(scene, reply_id)
    assert (row.version, row.asked, row.answer, row.is_quotable) == (2, "", "Since May.", True)
    assert now() - row.answered_at < timedelta(minutes=1)
    [old] = scene.rows(ReplyVersion)
    assert (old.version, old.asked, old.sent_at, old.replaced_by_id) == (
        1,
        "Since when?",
        None,
        ben.person,
    )
    [event] = scene.events("reply.change")
    assert set(event.details["fields"]) == {
        "asked",
        "sent_at",
        "answer",
        "answered_at",
        "is_quotable",
    }
    assert "May" not in repr(event.details)
    [before] = scene.ask(questions.earlier_versions, ann, reply_id)
    assert (before.state, before.asked) == (ReplyState.TO_SEND, "Since when?")


def test_what_changes_nothing_is_no_version_even_from_an_old_form(scene, ann):
    reply_id = ask(scene, ann, scene.claim())
    values = ReplyValues(whom="The ministry", answer="Since May.")
    scene.do(change, ann, reply_id, values=values, version=1)
    before = scene.state()

    scene.do(change, ann, reply_id, values=values, version=1)

    assert scene.state() == before


def test_who_was_slower_is_told_and_nothing_is_lost(scene, ann):
    reply_id = ask(scene, ann, scene.claim())
    scene.do(change, ann, reply_id, values=ReplyValues(whom="The ministry", asked="A"), version=1)
    before = scene.state()

    slow = ReplyValues(whom="The ministry", asked="B")
    with pytest.raises(Stale, match=r"reply\.stale") as refused:
        scene.do(change, ann, reply_id, values=slow, version=1)

    assert refused.value.values == {"version": 2}
    assert scene.state() == before


def test_of_two_who_write_at_once_one_is_told(scene, ann):
    reply_id = ask(scene, ann, scene.claim())
    [ben] = scene.reviewers("Ben")

    found = at_once(
        *[
            lambda who=who: scene.do(
                change,
                who,
                reply_id,
                values=ReplyValues(whom="The ministry", asked=who.name),
                version=1,
            )
            for who in (ann, ben)
        ]
    )

    assert sorted(type(one).__name__ for one in found) == ["NoneType", "Stale"]
    assert stored(scene, reply_id).version == 2


@in_turn(
    ("values", "code", "field"),
    [
        ({"whom": "  "}, "reply.whom", "whom"),
        ({"whom": "x" * 301}, "reply.whom", "whom"),
        ({"asked": "x" * 20_001}, "review.long", "asked"),
        ({"answer": "Yes.", "not_applicable_because": "Dead."}, "reply.both", None),
        ({"sent_at": now() + DAY}, "reply.future", "sent_at"),
        ({"sent_at": now(), "deadline_at": now() - DAY}, "reply.before-sent", "deadline_at"),
        ({"deadline_at": datetime(1, 1, 1, tzinfo=UTC)}, "date.year", "deadline_at"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(scene, ann, values, code, field):
    claim_id = scene.claim()
    reply_id = ask(scene, ann, claim_id)
    before = scene.state()

    for verb, thing, more in ((request, claim_id, {}), (change, reply_id, {"version": 1})):
        given = ReplyValues(**{"whom": "Somebody", **values})
        with pytest.raises(Invalid) as refused:
            scene.do(verb, ann, thing, values=given, **more)
        assert refused.value.code == code
        assert field is None or refused.value.values["field"] == field

    assert scene.state() == before


def test_readers_read_and_strangers_know_of_nothing(scene, ann):
    claim_id = scene.claim()
    reply_id = ask(scene, ann, claim_id)
    viewer, stranger = scene.person("Vera", Role.VIEWER), scene.person("Sam")
    values = ReplyValues(whom="Somebody")
    before = scene.state()

    for who, refusal in ((viewer, NotAllowed), (stranger, Missing)):
        with pytest.raises(refusal):
            scene.do(request, who, claim_id, values=values)
        with pytest.raises(refusal):
            scene.do(change, who, reply_id, values=values, version=1)
    with pytest.raises(Missing):
        scene.ask(questions.reply, stranger, reply_id)
    with pytest.raises(Missing, match=r"claim\.missing"):
        scene.do(request, ann, "aaaaaaaaaaaa", values=values)
    with pytest.raises(Missing, match=r"reply\.missing"):
        scene.do(change, ann, "aaaaaaaaaaaa", values=values, version=1)

    assert scene.ask(questions.reply, viewer, reply_id).whom == "The ministry"
    assert scene.state() == before


@pytest.mark.parametrize("how", ["with the request", "later"])
def test_an_answer_makes_a_check_that_waits_the_first_again(scene, ann, how):
    claim_id = scene.claim()
    scene.claim()
    first = scene.take(ann)
    assert scene.claim_of(first) == claim_id
    asked = ask(scene, ann, claim_id)
    second = scene.do(wait, ann, first, until=now() + DAY)
    assert scene.ask(held, ann, scene.id) == second
    [ben] = scene.reviewers("Ben")

    if how == "later":
        values = ReplyValues(whom="The ministry", answer="Since May.")
        scene.do(change, ben, asked, values=values, version=1)
    else:
        ask(scene, ben, claim_id, "A witness", answer="Since May.")

    assert scene.ask(held, ann, scene.id) == first


def test_a_request_that_is_only_sent_wakes_nobody(scene, ann):
    claim_id = scene.claim()
    first = scene.take(ann)
    scene.do(wait, ann, first, until=now() + DAY)

    ask(scene, ann, claim_id, sent_at=now())

    assert scene.ask(held, ann, scene.id) is None


def test_what_is_awaited_comes_first_by_its_deadline_in_pages(scene, ann):
    claim_id, sent = scene.claim(), now() - 9 * DAY
    ask(scene, ann, claim_id, "answered", answer="Yes.")
    ask(scene, ann, claim_id, "to send")
    ask(scene, ann, claim_id, "no deadline", sent_at=sent)
    ask(scene, ann, claim_id, "later", sent_at=sent, deadline_at=now() + DAY)
    ask(scene, ann, claim_id, "overdue", sent_at=sent, deadline_at=now() - DAY)
    ask(scene, ann, claim_id, "too", sent_at=sent, deadline_at=now() - DAY)
    expected = ["overdue", "too", "later", "no deadline", "answered", "to send"]

    assert [record.whom for _place, record in listed(scene, ann)] == expected
    found, place = [], None
    while page := listed(scene, ann, after=place, limit=1):
        [(place, record)] = page
        found.append(record.whom)
    assert found == expected
    awaited = listed(scene, ann, ReplyFilter.AWAITED)
    assert [record.whom for _place, record in awaited] == expected[:4]
    assert [r.whom for _p, r in listed(scene, ann, ReplyFilter.ANSWERED)] == ["answered"]
    states = [record.state for _place, record in awaited]
    assert states == [ReplyState.OVERDUE] * 2 + [ReplyState.WAITING] * 2
    exported = scene.ask(lambda session: list(questions.reply_rows(session, ann, scene.id)))
    assert [row.whom for row in exported] == expected


def test_what_is_due_today_ends_with_the_day_of_the_project(scene, ann):
    claim_id, sent = scene.claim(), now() - 9 * DAY
    zone = "Pacific/Auckland"
    scene.change(Project, scene.project.public_id, timezone=zone)
    midnight = datetime.now(ZoneInfo(zone)).replace(hour=0, minute=0, second=0, microsecond=0) + DAY
    for name, deadline in (
        ("before midnight", midnight - timedelta(seconds=1)),
        ("at midnight", midnight),
        ("overdue", now() - DAY),
    ):
        ask(scene, ann, claim_id, name, sent_at=sent, deadline_at=deadline.astimezone(UTC))
    ask(scene, ann, claim_id, "no deadline", sent_at=sent)
    ask(scene, ann, claim_id, "not sent", deadline_at=now() - DAY)
    ask(scene, ann, claim_id, "answered", sent_at=sent, deadline_at=now() - DAY, answer="Yes.")
    project = scene.ask(by_id, scene.id)

    assert scene.ask(questions.due, ann, [project]) == {scene.id: Due(today=1, overdue=1)}
    assert scene.ask(waiting, ann, [project])[scene.id].replies_due == 2
    for other in (scene.person("Vera", Role.VIEWER), scene.person("Sam")):
        assert scene.ask(questions.due, other, [project]) == {}
        assert scene.ask(waiting, other, [project])[scene.id].replies_due == 0


def test_in_a_blind_round_nobody_learns_who_wrote_a_request_down(database):
    scene = Scene(database, decides=Decides.INDEPENDENT, reviews_wanted=2)
    claim_id = scene.claim()
    ann, ben = scene.reviewers("Ann", "Ben")
    lead = scene.person("Lea", *LEADS)
    viewer = scene.person("Vera", Role.VIEWER)
    reply_id = ask(scene, ben, claim_id)
    key = scene.claim_row(claim_id).key

    def told(who):
        alone = scene.ask(questions.reply, who, reply_id).by
        [listed] = scene.ask(questions.replies_of, who, key)
        assert alone == listed.by
        return alone

    assert [told(who) for who in (ann, viewer, lead)] == [None, None, "Ben"]
    scene.submit(ann, scene.take(ann), "true")
    assert told(ann) is None
    scene.check(ben, "true")
    assert told(ann) == "Ben"


def test_erasing_takes_the_words_of_every_version_and_keeps_that_it_was_asked(scene, ann):
    secret = "Mrs Miller of 4 Mill Lane"
    reply_id = ask(scene, ann, scene.claim(), secret, asked=secret, sent_at=now())
    values = ReplyValues(whom=secret, asked=secret, answer=secret, sent_at=now())
    scene.do(change, ann, reply_id, values=values, version=1)
    admin = scene.person("Root", admin=True)

    scene.do(erase, admin, Erasable.REPLY, reply_id, reason="Asked for it")

    assert secret not in repr(scene.rows(Reply)) + repr(scene.rows(ReplyVersion))
    found = scene.ask(questions.reply, ann, reply_id)
    assert (found.state, found.whom, found.sent_at is not None) == (ReplyState.ERASED, "", True)
    [old] = scene.ask(questions.earlier_versions, ann, reply_id)
    assert (old.state, old.whom) == (ReplyState.ERASED, "")
    with pytest.raises(WrongState, match=r"reply\.erased"):
        scene.do(change, ann, reply_id, values=ReplyValues(whom="X"), version=2)
    with pytest.raises(WrongState, match=r"erasure\.done"):
        scene.do(erase, admin, Erasable.REPLY, reply_id, reason="Again")
    with pytest.raises(NotAllowed):
        scene.do(erase, ann, Erasable.REPLY, reply_id, reason="Mine")
