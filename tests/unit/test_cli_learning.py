"""``assay train --project``: what the button of the page does, from the command line."""

import re
import shutil

import pytest
from click.testing import CliRunner

from app.cli import main
from app.extraction.checkworthy import shipped
from app.storage.session import Database
from app.storage.tables import LearnedWeights, WeightsUse
from app.workflow.weights import weights_in_use
from tests.lessons import DecidingDesk, article_text


@pytest.fixture
def desk(tmp_path, monkeypatch, migrated):
    """A desk that decided about all but eight suggestions, as the command line finds it."""
    monkeypatch.delenv("ASSAY_DATABASE_URL", raising=False)
    shutil.copy(migrated, tmp_path / "assay.db")
    monkeypatch.setenv("ASSAY_INSTANCE", str(tmp_path))
    database = Database(f"sqlite:///{tmp_path / 'assay.db'}")
    made = DecidingDesk(database)
    made.decide(but=8)
    yield made
    database.dispose()


def run(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


def test_it_tells_what_came_of_it_and_uses_nothing_unasked(desk):
    done = run("train", "--project", "desk")

    assert done.exit_code == 0
    [row] = desk.scene.rows(LearnedWeights)
    lines = done.stdout.splitlines()
    assert re.fullmatch(rf"version 1  {row.public_id}:[0-9a-f]{{8}}", lines[0])
    assert lines[1] == (
        "from 12 picked, 0 trimmed, 0 added, 12 dropped; 8 that nobody has looked at, not counted"
    )
    assert lines[2] == f"seed {row.seed}, 5 folds of whole articles"
    assert lines[5].endswith("better, beyond chance")
    assert any(line.startswith("more ") and "“harbour”" in line for line in lines)
    assert any(line.startswith("less ") and "“school" in line for line in lines)
    assert "Nothing else changed." in done.stderr
    assert desk.scene.rows(WeightsUse) == []


def test_asked_to_it_uses_what_was_learned(desk):
    done = run("train", "--project", "desk", "--use")

    assert done.exit_code == 0
    assert "In use; 8 suggestions were put in order anew." in done.stderr
    used = desk.scene.ask(weights_in_use, desk.id)
    assert used != shipped()
    assert {row.scored_with for row in desk.suggestions()} == {used.label}


def test_an_article_that_is_imported_then_is_scored_with_it(desk, tmp_path):
    run("train", "--project", "desk", "--use")
    (tmp_path / "new.txt").write_text(article_text(60))

    assert run("import", tmp_path / "new.txt", "--project", "desk").exit_code == 0

    assert {row.scored_with for row in desk.suggestions()} == {
        desk.scene.ask(weights_in_use, desk.id).label
    }


def test_too_little_to_learn_from_is_refused(desk):
    DecidingDesk(desk.database, articles=1, slug="fresh")

    refused = run("train", "--project", "fresh")

    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "Still missing: 10 picked, 10 dropped." in refused.stderr
    assert run("train", "--project", "nobody").exit_code == 1
    assert desk.scene.rows(LearnedWeights) == []


@pytest.mark.parametrize(
    "words", [["--use"], ["--project", "desk", "--check"], ["--project", "desk", "--out", "x"]]
)
def test_what_does_not_go_together_is_not_understood(desk, words):
    assert run("train", *words).exit_code == 2
    assert desk.scene.rows(LearnedWeights) == []
