"""Articles by their addresses: what is asked for, ended once, tried again, and counted."""

from datetime import timedelta

import pytest

from app.domain.actors import CONSOLE
from app.domain.errors import Invalid, Missing, NotAllowed, Refused, WrongState
from app.domain.evidence_words import LineState
from app.domain.ids import now
from app.domain.intakes import MOST_ADDRESSES
from app.domain.links import MAX_LENGTH
from app.domain.sentences import SENTENCES
from app.domain.words import Decides, Role
from app.storage import intakes as questions
from app.storage.tables import Article, Claim, Event, Intake, IntakeLine, Job, Snapshot
from app.workflow import intakes, intaking
from app.workflow.articles import NewArticle, Suggestion
from app.workflow.intakes import Found
from tests.cases import in_turn
from tests.scenes import Scene

TEXT = "The port lost 40 boats. The mayor doubts it."
PORT = "The port lost 40 boats"
A, B, C = (f"https://{name}.example/piece" for name in "abc")


@pytest.fixture
def scene(database):
    scene = Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)
    scene.editor = scene.person("Ed", Role.EDITOR)
    return scene


def ask(scene, *urls, actor=None, **values):
    values = {"urls": "\n".join(urls), **values}
    return scene.do(intakes.ask_intake, actor or scene.editor, scene.id, **values)


def lines(scene):
    return scene.rows(IntakeLine)


def found(text=TEXT, url=A, **values):
    claims = [Suggestion(text=PORT, quote=PORT, start=0, end=len(PORT))]
    claims = claims if text.startswith(PORT) else []
    article = NewArticle(text=text, title="Tarn", url=url, **values)
    return Found(article=article, suggestions=claims)


def finish(scene, line, what=None):
    return scene.do(
        intakes.finish_line, scene.editor, line.public_id, found=what or found(url=line.url)
    )


def fail(scene, line, error="intake.gone"):
    scene.do(intakes.fail_line, line.public_id, error=error)


def test_addresses_are_noted_with_their_jobs_and_one_line_of_history(scene):
    asked = ask(scene, A, B)

    assert (asked.lines, asked.doubled) == (2, 0)
    [row] = scene.rows(Intake)
    assert (row.public_id, row.created_by_id) == (asked.intake_id, scene.editor.person_id)
    assert [(line.position, line.url, line.state) for line in lines(scene)] == [
        (1, A, LineState.ASKED),
        (2, B, LineState.ASKED),
    ]
    jobs = scene.rows(Job, Job.kind == "intake.fetch")
    assert [job.payload for job in jobs] == [{"line": line.public_id} for line in lines(scene)]
    [event] = scene.events("intake.ask")
    assert (event.noun, event.thing) == ("intake", asked.intake_id)
    assert event.details == {"lines": 2, "doubled": 0, "feed": False}


def test_blank_lines_remarks_and_the_same_page_again_are_left_out(scene):
    again = "HTTPS://A.example:443/piece?utm_source=x#top"
    asked = ask(scene, "", "# Monday", f"  {A}  ", again, B, A, " #x")

    assert [line.url for line in lines(scene)] == [A, B]
    assert (asked.lines, asked.doubled) == (2, 2)


def test_a_feed_is_a_line_of_its_own_behind_the_others(scene):
    ask(scene, A, feed=f" {B} ")

    assert [(line.url, line.is_feed) for line in lines(scene)] == [(A, False), (B, True)]
    assert scene.events("intake.ask")[0].details["feed"] is True


@in_turn(
    ("line", "code"),
    [
        ("a.example/piece", "intake.line"),
        ("javascript:alert(1)", "intake.line"),
        ("file:///etc/passwd", "intake.line"),
        ("https://", "intake.line"),
        ("https://a.example/two words", "intake.line"),
        ("https://[::1/x", "intake.line"),
        ("https://a.example:99999/", "intake.line"),
        ("https://a.example/\u202egnp.exe", "intake.line"),
        ("https://a.example/\x85x", "intake.line"),
        ("https://ann:pass@a.example/", "intake.line-credentials"),
        ("https://a.example/" + "x" * MAX_LENGTH, "intake.line-long"),
        ("x" * 2_000_000, "intake.line-long"),
    ],
)
def test_a_line_that_is_no_address_is_named_and_nothing_is_written(scene, line, code):
    before = scene.state()

    with pytest.raises(Invalid) as refusal:
        ask(scene, A, "# and", line, B)

    assert refusal.value.code == code
    assert (refusal.value.values["line"], refusal.value.values["field"]) == (3, "urls")
    assert scene.state() == before


def test_hosts_of_every_script_are_addresses(scene):
    hosts = ("https://müller.example/ü", "https://مثال.example/خبر", "https://[2001:db8::1]/x")
    assert ask(scene, *hosts).lines == 3


@pytest.mark.parametrize("number", [MOST_ADDRESSES + 1, 10_000])
def test_a_list_has_an_end(scene, number):
    with pytest.raises(Invalid, match=r"^intake\.many$"):
        ask(scene, *(f"https://a.example/{n}" for n in range(number)))
    assert lines(scene) == []


def test_the_longest_list_is_taken(scene):
    assert ask(scene, *(f"https://a.example/{n}" for n in range(MOST_ADDRESSES))).lines == 500
    assert len(scene.rows(Job, Job.kind == "intake.fetch")) == MOST_ADDRESSES


@pytest.mark.parametrize("values", [{"urls": "\n# nothing\n"}, {"urls": "", "feed": "  "}])
def test_without_an_address_nothing_is_asked(scene, values):
    with pytest.raises(Invalid, match=r"^intake\.none$"):
        ask(scene, **values)


def test_a_feed_needs_an_address_too(scene):
    with pytest.raises(Invalid) as refusal:
        ask(scene, A, feed="ftp://a.example/")
    assert (refusal.value.code, refusal.value.values["field"]) == ("link.scheme", "feed")
    assert lines(scene) == []


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ADJUDICATOR, Role.VIEWER])
def test_only_editors_ask(scene, role):
    with pytest.raises(NotAllowed):
        ask(scene, A, actor=scene.person("Rita", role))


def test_to_a_stranger_there_is_no_project_and_no_intake(scene):
    asked = ask(scene, A)
    stranger = scene.person("Sam")

    with pytest.raises(Missing):
        ask(scene, A, actor=stranger)
    with pytest.raises(Missing, match=r"^intake\.missing$"):
        scene.ask(questions.intake, stranger, asked.intake_id)
    with pytest.raises(Missing, match=r"^intake\.missing$"):
        scene.ask(questions.intake, scene.person("Rita", Role.REVIEWER), asked.intake_id)


def test_a_finished_line_has_its_article_and_claims(scene):
    ask(scene, A)
    taken = finish(scene, lines(scene)[0])

    [line] = lines(scene)
    [article] = scene.rows(Article)
    assert (line.state, line.article_id) == (LineState.DONE, article.key)
    assert line.ended_at is not None
    assert (taken.article_id, taken.suggested) == (article.public_id, 1)
    assert [claim.quote for claim in scene.rows(Claim)] == [PORT]
    [event] = scene.events("intake.end")
    assert event.details == {"line": line.public_id, "state": "done"}


def test_a_line_that_has_ended_is_left_alone(scene):
    ask(scene, A)
    [line] = lines(scene)
    finish(scene, line)
    before = scene.state()

    assert finish(scene, line, found(text="Another text.")) is None
    fail(scene, line)
    assert scene.do(intakes.add_feed_lines, scene.editor, line.public_id, urls=[B]) == 0
    assert scene.state() == before


def test_a_text_that_is_here_is_known(scene):
    ask(scene, A, B)
    first, second = lines(scene)
    finish(scene, first)
    finish(scene, second)

    assert [line.state for line in lines(scene)] == [LineState.DONE, LineState.KNOWN]
    assert len({line.article_id for line in lines(scene)}) == 1
    assert len(scene.rows(Snapshot)) == 1


def test_a_changed_text_is_a_new_snapshot_of_the_article(scene):
    for text in (TEXT, TEXT.replace("40", "50")):
        ask(scene, A)
        finish(scene, lines(scene)[-1], found(text=text))

    assert [line.state for line in lines(scene)] == [LineState.DONE] * 2
    assert (len(scene.rows(Article)), len(scene.rows(Snapshot))) == (1, 2)


def test_an_article_that_cannot_be_kept_leaves_the_line_asked(scene):
    ask(scene, A)
    before = scene.state()

    with pytest.raises(Invalid, match=r"^article\.empty$"):
        finish(scene, lines(scene)[0], found(text=" "))
    assert scene.state() == before


def test_what_failed_is_asked_for_once_more(scene):
    asked = ask(scene, A, B, C)
    first, second, third = lines(scene)
    finish(scene, first)
    fail(scene, second)

    assert scene.do(intakes.retry_failed, scene.editor, asked.intake_id) == 1

    assert [line.state for line in lines(scene)] == ["done", "asked", "asked"]
    assert (lines(scene)[1].error, lines(scene)[1].ended_at) == (None, None)
    waiting = scene.rows(Job, Job.same_as == f"intake.fetch:{second.public_id}")
    # The job that is still to do is that one.
    assert len(waiting) == 1
    assert scene.events("intake.retry")[0].details == {"lines": 1}
    with pytest.raises(WrongState, match=r"^intake\.none-failed$"):
        scene.do(intakes.retry_failed, scene.editor, asked.intake_id)
    with pytest.raises(NotAllowed):
        scene.do(intakes.retry_failed, scene.person("Rita", Role.REVIEWER), asked.intake_id)
    assert third.state is LineState.ASKED


def test_a_feed_adds_what_is_new(scene):
    ask(scene, A)
    finish(scene, lines(scene)[0])
    ask(scene, B, feed=C)
    feed = lines(scene)[-1]
    of_feed = [f"{A}?utm_source=feed", B, "https://d.example/1", "https://d.example/2"]

    number = scene.do(intakes.add_feed_lines, scene.editor, feed.public_id, urls=of_feed)

    assert number == 3
    added = [(line.position, line.url, line.state) for line in lines(scene)[1:]]
    assert added == [
        (1, B, LineState.ASKED),
        (2, C, LineState.DONE),
        (3, f"{A}?utm_source=feed", LineState.KNOWN),
        (4, "https://d.example/1", LineState.ASKED),
        (5, "https://d.example/2", LineState.ASKED),
    ]
    assert lines(scene)[3].article_id == scene.rows(Article)[0].key
    asked = {row.payload["line"] for row in scene.rows(Job, Job.kind == "intake.fetch")}
    assert lines(scene)[3].public_id not in asked
    assert lines(scene)[4].public_id in asked
    event = scene.events("intake.end")[-1]
    told = {"line": feed.public_id, "state": "done", "lines": 3, "known": 1}
    assert event.details == told


def test_history_holds_no_address_and_no_text(scene):
    asked = ask(scene, A, feed=C)
    finish(scene, lines(scene)[0])
    fail(scene, lines(scene)[1])
    scene.do(intakes.retry_failed, scene.editor, asked.intake_id)

    told = str([row.details for row in scene.rows(Event)])
    assert "example" not in told
    assert "port" not in told


def test_the_list_of_lists_and_its_numbers(scene):
    first = ask(scene, A, B)
    finish(scene, lines(scene)[0])
    fail(scene, lines(scene)[1])
    second = ask(scene, C, actor=CONSOLE)

    shown = scene.ask(questions.intakes_of, scene.id, limit=9)
    assert [(one.public_id, one.by) for one in shown] == [
        (second.intake_id, None),
        (first.intake_id, "Ed"),
    ]
    assert shown[1].counts == {LineState.DONE: 1, LineState.FAILED: 1}
    assert (shown[1].total, shown[1].ended) == (2, 2)
    assert (shown[0].total, shown[0].ended) == (1, 0)
    older = scene.ask(questions.intakes_of, scene.id, before=shown[0].id, limit=9)
    assert [one.public_id for one in older] == [first.intake_id]


def test_the_lines_come_in_their_order_and_by_their_state(scene):
    asked = ask(scene, A, B, C)
    finish(scene, lines(scene)[1])
    fail(scene, lines(scene)[2])
    key = scene.ask(questions.intake, scene.editor, asked.intake_id).id

    every = scene.ask(questions.lines_of, key)
    assert [line.url for line in every] == [A, B, C]
    assert every[1].article_title == "Tarn"
    assert [one.url for one in scene.ask(questions.lines_of, key, after=1, limit=1)] == [B]
    failed = scene.ask(questions.lines_of, key, state=LineState.FAILED)
    assert [(line.url, line.error) for line in failed] == [(C, "intake.gone")]


def test_how_many_questions_are_asked_does_not_grow_with_the_list(scene, queries):
    def seen(number):
        asked = ask(scene, *(f"https://{number}.example/{n}" for n in range(number)))
        with queries() as counted:
            found = scene.ask(questions.intake, scene.editor, asked.intake_id)
            scene.ask(questions.lines_of, found.id, limit=100)
            scene.ask(questions.intakes_of, scene.id, limit=50)
        return len(counted)

    assert seen(2) == seen(60)


def test_lines_without_a_job_are_lost_and_others_are_not(scene):
    ask(scene, A, B)
    first, second = lines(scene)
    assert scene.ask(questions.lost_lines) == []

    [job] = scene.rows(Job, Job.same_as == f"intake.fetch:{second.public_id}")
    scene.change(Job, job.public_id, failed_at=now())

    assert scene.ask(questions.lost_lines) == [second.public_id]
    assert scene.ask(questions.to_take, first.public_id).asker.person_id == scene.editor.person_id


def test_what_is_left_to_the_worker_is_done_later(scene):
    later = now() + timedelta(hours=1)
    ask(scene, A, run_at=later)
    assert [job.run_at for job in scene.rows(Job, Job.kind == "intake.fetch")] == [later]


def test_whatever_a_line_keeps_is_said_without_values():
    kept = [intaking._sayable(Refused(code)) for code in SENTENCES if code.startswith("fetch.")]
    of_lines = [code for code in SENTENCES if code.startswith("feed.")]
    assert len(kept) > 10
    assert [code for code in (*kept, *of_lines) if "%(" in SENTENCES[code]] == []
