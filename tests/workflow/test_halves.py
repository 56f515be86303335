"""A file that two processes make is the one that a single process makes, and of one instant."""

import os
import signal

import pytest
from click.testing import CliRunner
from sqlmodel import func, select

from app.cli import halves, main
from app.domain.actors import CONSOLE
from app.domain.errors import Refused
from app.domain.words import Decides
from app.exporters.registry import exporter_named
from app.storage import claim_blocks, exports
from app.storage.claim_blocks import EVERY, spans
from app.storage.instants import ATTEMPTS, begun, begun_together
from app.storage.session import Database
from app.storage.tables import Claim
from tests.cases import in_turn
from tests.scenes import LEADS, Scene
from tests.workflow.test_export_blocks import checked_claims

READERS = {
    "verdicts.csv": exports.verdict_reader,
    "reviews.csv": exports.review_reader,
    "sources.csv": exports.source_reader,
}
HERE = os.getpid()


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Spans of two claims, in a process that is as polite as the tests."""
    monkeypatch.setattr(claim_blocks, "SPAN", 2)
    monkeypatch.setattr(halves, "POLITE", 0)


@pytest.fixture
def scene(database):
    return Scene(database, decides=Decides.INDEPENDENT, reviews_wanted=2)


@pytest.fixture
def closed(database, monkeypatch):
    """The database as a command has it before anything is open."""
    url = database.engine.url.render_as_string(hide_password=False)
    monkeypatch.setenv("ASSAY_DATABASE_URL", url)
    opened = Database(url)
    yield opened
    opened.dispose()


def text_of(session, scene, name, actor=CONSOLE):
    """What makes the lines of a span, without a header."""
    read, write = READERS[name](session, actor, scene.id), exporter_named(name).write
    header = "".join(write(()))
    return lambda span: [("".join(write(read(span))).removeprefix(header)).encode()]


def in_halves(scene, closed, name="verdicts.csv", spoil=lambda: None):
    def texts(session):
        made = text_of(session, scene, name)

        def spoiled(span):
            if os.getpid() != HERE:
                spoil()
            yield from made(span)

        return spoiled

    return b"".join(halves.in_halves(closed, halves.Work(scene.id, texts)))


@pytest.mark.parametrize(
    "words", [["verdicts.csv"], ["reviews.csv"], ["reviews.csv", "--names"], ["sources.csv"]]
)
def test_two_processes_make_the_same_file(scene, closed, monkeypatch, tmp_path, words):
    checked_claims(scene, 9)
    monkeypatch.setenv("ASSAY_INSTANCE", str(tmp_path))
    monkeypatch.setattr(halves, "cores", lambda: 2)
    files, split = [], []
    make = halves.in_halves
    monkeypatch.setattr(halves, "in_halves", lambda *given: split.append(1) or make(*given))

    for fewest in (1_000, 0):
        monkeypatch.setattr(halves, "FEWEST", fewest)
        target = tmp_path / f"{fewest}.csv"
        options = ["export", "--project", "desk", "-o", str(target), "--format", *words]
        assert CliRunner().invoke(main, options).exit_code == 0
        files.append(target.read_bytes())

    assert len(split) == 1
    assert files[0] == files[1]
    assert len(files[0].splitlines()) >= 10


def test_a_file_of_some_claims_is_made_by_one_process(scene, closed, monkeypatch, tmp_path):
    checked_claims(scene, 9)
    monkeypatch.setenv("ASSAY_INSTANCE", str(tmp_path))
    monkeypatch.setattr(halves, "is_worth_it", pytest.fail)
    options = ["export", "--project", "desk", "--format", "verdicts.csv", "--state", "settled"]

    assert len(CliRunner().invoke(main, options).stdout.splitlines()) == 6


def test_the_other_process_makes_a_part_of_it(scene, closed, tmp_path):
    checked_claims(scene, 9)
    in_halves(scene, closed, spoil=(tmp_path / "begun").touch)

    assert (tmp_path / "begun").exists()


@pytest.mark.parametrize("name", READERS)
def test_spans_show_each_reader_what_a_whole_file_does(scene, name):
    checked_claims(scene, 5)
    for actor in (scene.person("Lea", *LEADS), *scene.reviewers("Cleo"), CONSOLE):

        def both(session, actor=actor):
            make = text_of(session, scene, name, actor)
            return [b"".join(make(EVERY)), b"".join(b"".join(make(s)) for s in pieces(session))]

        def pieces(session):
            return spans(session, scene.id)

        whole, joined = scene.ask(both)
        assert joined == whole


def test_spans_hold_every_claim_once_and_the_last_has_no_end(scene):
    checked_claims(scene, 4)
    keys = [claim.key for claim in scene.rows(Claim)]

    found = scene.ask(lambda session: list(spans(session, scene.id)))

    assert found == [(0, keys[1]), (keys[1], keys[3]), (keys[3], EVERY.last)]


class Late:
    """A second process that never has anything yet, and gives it once it is waited for."""

    def __init__(self):
        self.pieces = []

    def make(self, span):
        self.pieces += [b"%d," % span.after, b""]

    def has_piece(self):
        return False

    def piece(self):
        return self.pieces.pop(0)


@in_turn("kept", [1, 3, 1_000])
def test_spans_stand_in_order_however_late_one_of_two_processes_is(kept):
    before, halves.KEPT = halves.KEPT, kept
    try:
        todo = iter([claim_blocks.Span(n) for n in range(9)])
        text = b"".join(halves._in_order(todo, lambda span: iter([b"%d," % span.after]), Late()))
    finally:
        halves.KEPT = before

    assert text == b"0,1,2,3,4,5,6,7,8,"


def test_what_is_written_between_two_beginnings_both_see_or_neither(scene, closed):
    scene.claim("Before.")
    others, names = [], iter(["Between."])

    def begin_other(instant):
        for text in names:
            scene.claim(text)
        others.append(begun(closed, instant))

    with begun_together(closed, begin_other) as one, others[-1] as other:
        scene.claim("After.")
        seen = [session.scalar(select(func.count()).select_from(Claim)) for session in (one, other)]
    for session in others:
        session.close()

    assert seen[0] == seen[1]
    assert seen[0] < 3


def test_who_writes_all_the_time_is_not_waited_for(scene, closed):
    if not closed.is_sqlite:
        return
    scene.claim("To write.")
    times = []

    def begin_other(instant):
        times.append(instant)
        with scene.database.write() as session:
            session.connection().exec_driver_sql("UPDATE claim SET priority = priority")

    assert begun_together(closed, begin_other) is None
    assert len(times) == ATTEMPTS


def test_without_one_instant_one_process_makes_everything(scene, closed, monkeypatch):
    checked_claims(scene, 5)
    whole = scene.ask(lambda session: b"".join(text_of(session, scene, "verdicts.csv")(EVERY)))
    monkeypatch.setattr(halves, "begun_together", lambda *_: None)

    assert in_halves(scene, closed, spoil=die) == whole


def die():
    os.kill(os.getpid(), signal.SIGKILL)


def fail():
    raise ValueError("what went wrong there")


@pytest.mark.parametrize("spoil", [die, fail])
def test_a_process_that_ends_too_early_spoils_the_file(scene, closed, capfd, spoil):
    checked_claims(scene, 5)

    with pytest.raises(Refused, match=r"export\.halved"):
        in_halves(scene, closed, spoil=spoil)

    assert ("what went wrong there" in capfd.readouterr().err) is (spoil is fail)


def test_one_process_makes_what_is_little_or_has_one_core(scene, monkeypatch):
    for text in map(str, range(2 * halves.FEWEST - 1)):
        scene.claim(text)

    def is_worth_it():
        return scene.ask(lambda session: halves.is_worth_it(session, scene.id))

    monkeypatch.setattr(halves, "cores", lambda: 2)
    assert not is_worth_it()
    scene.claim("One more.")
    assert is_worth_it()
    monkeypatch.setattr(halves, "cores", lambda: 1)
    assert not is_worth_it()
