"""A run that somebody asked for: written down, done once, ended once, within the budget."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.actors import CONSOLE, SYSTEM
from app.domain.errors import Missing, NotAllowed, Refused, WrongState
from app.domain.ids import now
from app.domain.words import ClaimState, Decides, ExtractionState, Role
from app.extraction.candidate import Asked
from app.storage.extractions import lost_runs, run, runs_of, to_read
from app.storage.tables import Article, Claim, Event, ExtractionRun, Job, Project, Snapshot
from app.workflow import extractions
from app.workflow.articles import NewArticle, Suggestion, add_article, add_text
from app.workflow.claims import drop
from app.workflow.extractions import Used
from app.workflow.reading import Reading
from tests.scenes import Scene

TEXT = "The port lost 40 boats. The mayor doubts it. A court fined the owner 9,000 euros."
PORT, MAYOR, COURT = (f"{one}" for one in TEXT.rstrip(".").split(". "))
USED = Used(Asked("model-2", "f" * 64, 100, 20, 1.5), 0.25)


def suggestion(quote, **values):
    start = TEXT.index(quote)
    values = {"checkworthiness": 0.5, "extractor": "chat", **values}
    return Suggestion(text=quote, quote=quote, start=start, end=start + len(quote), **values)


def reading(*quotes, repaired=(), refused=None):
    marks = tuple(quote in repaired for quote in quotes)
    return Reading(tuple(map(suggestion, quotes)), "en", None, marks, refused or {})


@pytest.fixture
def scene(database):
    scene = Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)
    found = [suggestion(PORT, extractor="rules")]
    values = NewArticle(text=TEXT, title="Tarn", url="https://a.example/tarn")
    scene.article = scene.do(
        add_article, CONSOLE, scene.id, values=values, suggestions=found
    ).article_id
    scene.editor = scene.person("Ed", Role.EDITOR)
    return scene


def asked(scene, actor=None, **values):
    values = {"extractor": "chat", "version": "1", "model": "model-1", **values}
    return scene.do(extractions.ask, actor or scene.editor, scene.article, **values)


def row(scene):
    [found] = scene.rows(ExtractionRun)
    return found


def row_of(scene, run_id):
    [found] = scene.rows(ExtractionRun, ExtractionRun.public_id == run_id)
    return found


def finish(scene, run_id, found, used=USED):
    scene.do(extractions.finish, run_id, found=found, used=used)


def test_a_run_is_asked_for_with_its_job_and_one_line_of_history(scene):
    run_id = asked(scene)

    found = row(scene)
    assert (found.public_id, found.state, found.model) == (run_id, ExtractionState.ASKED, "model-1")
    assert found.created_by_id == scene.editor.person_id
    [job] = scene.rows(Job, Job.kind == "extraction.run")
    assert job.payload == {"run": run_id}
    [event] = scene.rows(Event, Event.action == "extraction.ask")
    assert (event.noun, event.thing) == ("article", scene.article)
    assert event.details == {"run": run_id, "extractor": "chat"}
    wanted = scene.ask(to_read, run_id)
    assert (wanted.article_id, wanted.extractor) == (scene.article, "chat")


def test_asked_again_while_it_waits_it_is_that_one(scene):
    first, second = asked(scene), asked(scene)

    assert first == second
    assert len(scene.rows(Job, Job.kind == "extraction.run")) == 1
    assert len(scene.rows(Event, Event.action == "extraction.ask")) == 1


def test_one_whose_job_was_given_up_can_be_asked_for_again(scene):
    first = asked(scene)
    [job] = scene.rows(Job, Job.kind == "extraction.run")
    scene.change(Job, job.public_id, failed_at=now(), error="Vanished")

    assert asked(scene) == first
    assert len(scene.rows(Job, Job.kind == "extraction.run")) == 2


def test_whoever_does_it_at_once_leaves_no_job(scene):
    asked(scene, is_later=False)

    assert scene.rows(Job, Job.kind == "extraction.run") == []


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ADJUDICATOR, Role.VIEWER])
def test_only_editors_ask(scene, role):
    with pytest.raises(NotAllowed):
        asked(scene, scene.person("Other", role))

    assert scene.rows(ExtractionRun) == []


def test_a_stranger_learns_nothing_and_no_article_is_none(scene):
    with pytest.raises(Missing):
        asked(scene, scene.person("Stranger"))
    scene.article = "aaaaaaaaaaaa"
    with pytest.raises(Missing):
        asked(scene)


def test_a_text_that_was_blanked_is_not_sent(scene):
    [snapshot] = scene.rows(Snapshot)
    scene.change(Snapshot, snapshot.public_id, text="")

    with pytest.raises(WrongState, match=r"extraction\.no-text"):
        asked(scene)


def test_what_is_new_comes_in_and_what_is_there_is_known(scene):
    run_id = asked(scene)

    finish(scene, run_id, reading(PORT, MAYOR, COURT, repaired={COURT}, refused={"long": 2}))

    found = row(scene)
    assert (found.state, found.error) == (ExtractionState.DONE, None)
    counts = (found.proposed, found.kept, found.repaired, found.known, found.refused)
    assert counts == (5, 1, 1, 1, 2)
    assert (found.model, found.prompt_sha256) == ("model-2", "f" * 64)
    assert (found.tokens_in, found.tokens_out, found.seconds, found.cost) == (100, 20, 1.5, 0.25)
    new = scene.rows(Claim, Claim.extraction_run_id == found.key)
    assert [(c.quote, c.extractor, c.state) for c in new] == [
        (MAYOR, "chat", ClaimState.CANDIDATE),
        (COURT, "chat", ClaimState.CANDIDATE),
    ]
    assert len(scene.rows(Claim)) == 3
    [event] = scene.rows(Event, Event.action == "extraction.end")
    assert event.details == {"run": run_id, "kept": 1, "repaired": 1, "known": 1, "refused": 2}
    assert event.actor_kind == SYSTEM.kind


def test_what_was_dropped_is_known_too(scene):
    [claim] = scene.rows(Claim)
    scene.do(drop, scene.editor, claim.public_id)

    finish(scene, asked(scene), reading(PORT))

    assert (row(scene).known, row(scene).kept) == (1, 0)
    assert len(scene.rows(Claim)) == 1


def test_done_twice_it_adds_nothing(scene):
    run_id = asked(scene)
    finish(scene, run_id, reading(MAYOR))

    finish(scene, run_id, reading(COURT), replace(USED, cost=9.0))
    scene.do(extractions.fail, run_id, error="chat.busy", used=Used())

    assert [c.quote for c in scene.rows(Claim)] == [PORT, MAYOR]
    assert (row(scene).cost, row(scene).error) == (0.25, None)
    assert scene.ask(to_read, run_id) is None


def test_what_the_project_opens_by_itself_is_opened(database):
    scene = Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1, open_from=0.4)
    values = NewArticle(text=TEXT, title="Tarn")
    scene.article = scene.do(add_article, CONSOLE, scene.id, values=values).article_id

    finish(scene, asked(scene, CONSOLE), reading(COURT))

    assert [c.state for c in scene.rows(Claim)] == [ClaimState.OPEN]


def test_a_text_that_changed_meanwhile_gets_no_claims(scene):
    run_id = asked(scene)
    scene.do(add_text, scene.editor, scene.article, values=NewArticle(text=TEXT + " It is over."))

    finish(scene, run_id, reading(MAYOR))

    assert (row(scene).state, row(scene).error) == (ExtractionState.FAILED, "extraction.changed")
    assert len(scene.rows(Claim)) == 1
    assert asked(scene) != run_id


def test_a_run_that_breaks_while_it_is_written_down_leaves_nothing(scene):
    run_id = asked(scene)
    lying = replace(suggestion(COURT), quote="Words that do not stand there")

    with pytest.raises(Refused):
        finish(scene, run_id, Reading((suggestion(MAYOR), lying), "en", None, (False, False)))

    assert row(scene).state is ExtractionState.ASKED
    assert len(scene.rows(Claim)) == 1


def test_a_failure_is_kept_with_what_it_took(scene):
    run_id = asked(scene)

    scene.do(extractions.fail, run_id, error="chat.busy", used=USED)

    found = scene.ask(run, run_id)
    assert (found.state, found.error, found.cost) == (ExtractionState.FAILED, "chat.busy", 0.25)
    [event] = scene.rows(Event, Event.action == "extraction.end")
    assert event.details == {"run": run_id, "error": "chat.busy"}


def test_what_may_be_spent_in_a_day_is_not_exceeded_by_what_is_set_aside(scene):
    run_id = asked(scene)
    assert scene.do(extractions.set_aside, run_id, at_most=0.9, budget=1.0)
    other = asked(scene, extractor="other")

    with pytest.raises(Refused, match=r"chat\.budget"):
        scene.do(extractions.set_aside, other, at_most=0.2, budget=1.0)

    finish(scene, run_id, reading(), replace(USED, cost=0.3, set_aside=0.9))
    assert row_of(scene, run_id).cost == 0.3
    scene.do(extractions.set_aside, other, at_most=0.6, budget=1.0)
    scene.do(extractions.set_aside, other, at_most=99.0, budget=None)


def test_a_run_that_somebody_is_at_is_begun_by_nobody_else(scene):
    run_id = asked(scene)

    assert scene.do(extractions.set_aside, run_id, at_most=0.4, budget=1.0)
    assert not scene.do(extractions.set_aside, run_id, at_most=0.4, budget=1.0)

    assert row(scene).cost == 0.4
    finish(scene, run_id, reading(), replace(USED, cost=0.1, set_aside=0.4))
    assert not scene.do(extractions.set_aside, run_id, at_most=0.4, budget=1.0)
    assert row(scene).cost == 0.1


def test_what_somebody_who_vanished_may_have_spent_is_not_forgotten(scene):
    run_id = asked(scene)
    scene.do(extractions.set_aside, run_id, at_most=0.4, budget=1.0)
    scene.change(ExtractionRun, run_id, created_at=now() - timedelta(minutes=16))

    assert scene.do(extractions.set_aside, run_id, at_most=0.4, budget=1.0)
    assert row(scene).cost == 0.8
    with pytest.raises(Refused, match=r"chat\.budget"):
        scene.do(extractions.set_aside, run_id, at_most=0.4, budget=1.0)
    finish(scene, run_id, reading(MAYOR), replace(USED, cost=0.1, set_aside=0.4))

    assert row(scene).cost == 0.5


def test_a_run_that_nobody_is_at_any_more_is_ended_with_what_it_may_have_cost(scene):
    run_id = asked(scene, is_later=False)
    scene.do(extractions.set_aside, run_id, at_most=0.4, budget=1.0)
    assert scene.ask(lost_runs, before=now() - timedelta(minutes=15)) == []
    assert scene.ask(lost_runs, before=now()) == [run_id]

    scene.do(extractions.end_lost, run_id)

    found = row(scene)
    assert (found.state, found.error) == (ExtractionState.FAILED, "extraction.broken")
    assert found.cost == 0.4
    assert scene.ask(lost_runs, before=now()) == []
    scene.do(extractions.end_lost, run_id)
    assert len(scene.rows(Event, Event.action == "extraction.end")) == 1


def test_what_a_job_is_still_to_do_is_not_lost(scene):
    run_id = asked(scene)
    assert scene.ask(lost_runs, before=now()) == []
    [job] = scene.rows(Job, Job.kind == "extraction.run")

    scene.change(Job, job.public_id, failed_at=now(), error="Vanished")

    assert scene.ask(lost_runs, before=now()) == [run_id]


def test_the_project_is_locked_before_its_articles_as_by_whoever_adds_one(scene, monkeypatch):
    order = []
    original = extractions.locked_by_key

    def noted(session, kind, key):
        order.append(kind)
        return original(session, kind, key)

    run_id = asked(scene)
    monkeypatch.setattr(extractions, "locked_by_key", noted)
    finish(scene, run_id, reading(MAYOR))

    assert order == [Project, Article]


def test_what_was_spent_on_another_day_does_not_count(scene):
    run_id = asked(scene)
    finish(scene, run_id, reading(), replace(USED, cost=5.0))
    scene.change(ExtractionRun, run_id, ended_at=now() - timedelta(days=1, minutes=1))

    scene.do(extractions.set_aside, asked(scene), at_most=1.0, budget=1.0)


def test_the_runs_of_an_article_come_last_first(scene):
    first = asked(scene)
    scene.do(extractions.fail, first, error="chat.busy", used=Used())
    second = asked(scene)
    [article] = scene.rows(Article)

    found = scene.ask(runs_of, article.key)

    assert [one.public_id for one in found] == [second, first]
    assert found[0].by == "Ed"
    assert [one.public_id for one in scene.ask(runs_of, article.key, limit=1)] == [second]
