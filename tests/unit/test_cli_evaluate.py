"""``assay evaluate``: scorers side by side on marked articles, sentences and a desk's own picks."""

import json
import shutil
from dataclasses import replace

import pytest
from click.testing import CliRunner

from app.cli import main
from app.extraction.checkworthy import shipped
from app.storage.session import Database
from tests.lessons import DecidingDesk
from tests.unit.extraction.labelled import graded, write_article, write_sentences

CHECKTHAT = (
    "Sentence_id\tText\tclass_label\n"
    "1\tWe lost 40 ships in May.\tYes\n2\tI think we can.\tNo\n3\tHow nice of you.\tNo\n"
)


def run(*words, **kwargs):
    return CliRunner().invoke(main, ["evaluate", *(str(word) for word in words)], **kwargs)


@pytest.fixture
def folder(tmp_path):
    """Three marked articles."""
    for known in ("a1", "a2", "a3"):
        write_article(tmp_path / "marked", known)
    return tmp_path / "marked"


@pytest.fixture
def weights(tmp_path):
    """A file of weights that suggests nothing."""
    path = tmp_path / "none.json"
    strict = replace(shipped(), listed_from=0.999)
    path.write_text(json.dumps({"made_from": {}, **strict.as_json_dict()}), encoding="utf-8")
    return path


def test_a_folder_is_measured_with_the_controls_in_the_same_table(folder):
    lines = run(folder).stdout.splitlines()

    assert lines[0].startswith("3 articles, 12 marked claims and sentences, 3 of grade 2")
    assert lines[2].split() == ["rules", "random", "length", "all-positive"]
    assert [line.split("  ")[0] for line in lines[3:]] == [
        "nDCG@10",
        "grade 2 in the first ten",
        "grade 2 anywhere",
        "grades 1 and 2 found",
        "no claim at all",
        "statements an article",
    ]


def test_files_are_measured_together_and_the_same_twice(folder):
    files = sorted(folder.glob("*.gold.json"))

    one, two = run(*files, "--format", "json"), run(folder, "--format", "json")

    assert json.loads(one.stdout) == json.loads(two.stdout)
    found = json.loads(one.stdout)["articles"]
    assert found["counts"] == {"articles": 3, "marks": 12, "twos": 3}
    assert found["figures"]["rules"]["anywhere"] == {"value": 1.0, "low": 1.0, "high": 1.0}
    assert found["above"] == {}


def test_two_weights_stand_side_by_side_with_the_difference(folder, weights):
    found = json.loads(
        run(folder, "--weights", "shipped", "--weights", weights, "--format", "json").stdout
    )["articles"]
    text = run(folder, "--extractor", "rules", "--weights", weights).stdout

    assert list(found["figures"])[:2] == ["shipped", str(weights)]
    assert found["figures"][str(weights)]["predictions"]["value"] == 0
    assert found["above"][str(weights)]["anywhere"]["value"] == -1
    assert f"{weights} − rules" in text
    assert "-1.000 (-1.000 to -1.000)" in text


def test_sentences_have_average_precision(tmp_path):
    (tmp_path / "ct.tsv").write_text(CHECKTHAT, encoding="utf-8")

    result = run(tmp_path / "ct.tsv", "--format", "json")

    found = json.loads(result.stdout)["sentences"]
    assert found["counts"]["worthy"] == 1
    assert found["figures"]["rules"]["average_precision"]["value"] == 1
    assert found["figures"]["all-positive"]["average_precision"]["value"] == pytest.approx(1 / 3)
    assert "average precision" in run(tmp_path / "ct.tsv").stdout


def test_the_most_wrong_are_listed_with_their_reasons(tmp_path):
    path = write_sentences(
        tmp_path / "s.tsv",
        [*graded(), "0\tThe firm lost 300 jobs and 4 million euros.", "2\tI think it is lovely."],
    )

    text = run(path, "--worst", "1").stdout

    high, low = text.split("\n\n")[-2:]
    assert high.splitlines()[0] == "rules: highest scores of what is not worth checking"
    assert "lost 300 jobs and 4 million euros" in high
    assert "for: " in high
    assert "I think it is lovely  [2; 59" in low
    assert "against: " in low
    found = json.loads(run(path, "--worst", "1", "--format", "json").stdout)["worst"]["rules"]
    assert [len(found[which]) for which in ("high", "low")] == [1, 1]


def test_an_unknown_extractor_is_refused(folder):
    result = run(folder, "--extractor", "nobody")

    assert result.exit_code == 1
    assert "no extractor “nobody”" in result.stderr


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        pytest.param("[" * 100_000, id="deep"),
        *(
            f'{{"base": {number}, "signals": {{}}, "words": {{}}, "listed_from": 0}}'
            for number in ('"x"', "true", "NaN", "1e308")
        ),
    ],
)
def test_a_file_that_holds_no_weights_is_refused(folder, tmp_path, text):
    (tmp_path / "broken.json").write_text(text)

    result = run(folder, "--weights", tmp_path / "broken.json")

    assert result.exit_code == 1
    assert "no file of weights" in result.stderr


def test_a_file_that_is_not_there_is_refused(tmp_path):
    result = run(tmp_path / "none.gold.json")

    assert result.exit_code == 1
    assert "cannot be read" in result.stderr


@pytest.mark.parametrize("words", [(), ("--project", "budget", "x.tsv")])
def test_either_files_or_a_project_are_named(words):
    assert run(*words).exit_code == 2


def test_measuring_files_needs_no_database(folder, monkeypatch):
    monkeypatch.setenv("ASSAY_DATABASE_URL", "postgresql://nobody.invalid/none")

    assert run(folder).exit_code == 0


@pytest.fixture
def desk(tmp_path, monkeypatch, migrated):
    """A desk that decides, as the command line finds it."""
    shutil.copy(migrated, tmp_path / "assay.db")
    monkeypatch.delenv("ASSAY_DATABASE_URL", raising=False)
    monkeypatch.setenv("ASSAY_INSTANCE", str(tmp_path))
    database = Database(f"sqlite:///{tmp_path / 'assay.db'}")
    yield DecidingDesk(database)
    database.dispose()


def test_a_desk_measures_its_own_picks_beside_the_controls(desk):
    desk.decide()
    slug = desk.scene.project.slug

    found = json.loads(run("--project", slug, "--format", "json").stdout)["picks"]

    assert list(found["figures"]) == ["shipped", "learned", "random", "length", "all-positive"]
    learned = found["figures"]["learned"]["average_precision"]["value"]
    assert learned > 0.9 > found["figures"]["all-positive"]["average_precision"]["value"]
    assert found["above"]["learned"]["average_precision"]["low"] > 0
    assert found["counts"]["groups"] == 8
    assert "learned − shipped" in run("--project", slug).stdout


def test_what_is_not_decided_cannot_be_measured(desk):
    result = run("--project", desk.scene.project.slug)

    assert result.exit_code == 1
    assert "Still missing: 10 picked, 10 dropped" in result.stderr


def test_a_project_is_measured_alone(desk):
    assert run("--project", desk.scene.project.slug, "--worst", "3").exit_code == 2
    assert run("--project", "nowhere").exit_code == 1
