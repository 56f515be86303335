"""``assay fetch`` from the command line."""

import shutil

import pytest
from click.testing import CliRunner
from sqlmodel import select

from app.cli import main
from app.domain.evidence_words import LineState
from app.domain.ids import now
from app.domain.words import Decides
from app.storage.session import Database
from app.storage.tables import Article, IntakeLine, Job
from tests.scenes import Scene
from tests.web_server import WebServer, page


@pytest.fixture
def site():
    server = WebServer()
    yield server
    server.close()


@pytest.fixture
def scene(tmp_path, monkeypatch, migrated, site):
    for name in ("ASSAY_DATABASE_URL", "ASSAY_CHAT_URL"):
        monkeypatch.delenv(name, raising=False)
    shutil.copy(migrated, tmp_path / "assay.db")
    monkeypatch.setenv("ASSAY_INSTANCE", str(tmp_path))
    monkeypatch.setenv("ASSAY_FETCH_ALLOW", f"127.0.0.1:{site.port}")
    database = Database(f"sqlite:///{tmp_path / 'assay.db'}")
    yield Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)
    database.dispose()


def run(*words):
    return CliRunner().invoke(main, ["fetch", "--project", "desk", *words])


def test_each_address_is_one_line_of_the_result(scene, site):
    first, gone = site.put("/tarn", page("Tarn")), site.at("/gone")
    result = run(first, gone)

    article = scene.rows(Article)[0].public_id
    assert result.stdout.splitlines() == [
        f"done\t{article}\t{first}",
        f"failed\tThe server says that there is no such page.\t{gone}",
    ]
    assert result.exit_code == 1


def test_a_feed_brings_its_articles_and_the_second_time_nothing(scene, site):
    site.put("/tarn", page("Tarn"))
    items = "<item><link>/tarn</link></item>"
    feed = site.put("/feed", f"<rss version='2.0'><channel>{items}</channel></rss>")

    states = [line.split("\t")[0] for line in run("--feed", feed).stdout.splitlines()]
    again = run("--feed", feed)

    assert states == ["done", "done"]
    assert [line.split("\t")[0] for line in again.stdout.splitlines()] == ["done", "known"]
    assert again.exit_code == 0
    assert site.asked == ["/feed", "/tarn", "/feed"]


def test_what_it_leaves_is_left_to_the_worker(scene, site):
    run(site.put("/tarn", "later", 503))

    with scene.database.reading() as session:
        [line], [job] = session.exec(select(IntakeLine)).all(), session.exec(select(Job)).all()
    # Nobody waits at a command for a server to get well.
    assert (line.state, line.error) == (LineState.FAILED, "intake.busy")
    assert job.run_at > now()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["javascript:alert(1)"], "Line 1 is no web address"),
        ([], "Write at least one address"),
        (["--feed", "x"], "http"),
    ],
)
def test_what_cannot_be_fetched_is_refused_in_a_sentence(scene, words, said):
    result = run(*words)

    assert (result.exit_code, result.stdout) == (1, "")
    assert said in result.stderr
    assert scene.rows(IntakeLine) == []
