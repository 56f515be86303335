"""``assay train``: the same data give the same weights, and only data that may be used."""

import hashlib
import json

import pytest
from click.testing import CliRunner

from app.cli import main, train
from app.extraction.checkworthy import recipe, score
from app.extraction.checkworthy.weights import weights_from
from app.extraction.labelled import read_set, sets
from tests.unit.extraction.labelled import graded, write_article, write_sentences

CHECKTHAT = "Sentence_id\tText\tclass_label\n80\tWe lost 40 ships.\tYes\n"


@pytest.fixture
def bench(checkout, monkeypatch):
    """A set that goes by the name of one whose licence is known."""
    path = write_sentences(
        checkout / "bench" / "one.jsonl",
        ['{"sentence": "The bridge is 40 metres long.", "checkworthy": "yes"}'],
    )
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    monkeypatch.setattr(sets, "KNOWN_FILES", {"factcheck-bench": {sha256}})
    return path


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A checkout with little training data; nothing of it is ours to write to."""
    write_article(tmp_path / "training_data" / "articles")
    write_sentences(tmp_path / "training_data" / "sentences.tsv", graded())
    package = write_sentences(tmp_path / "package" / "weights.json", ["{}"])
    monkeypatch.setattr(train, "ROOT", tmp_path)
    monkeypatch.setattr(train, "SHIPPED_FILE", package)
    return tmp_path


def run(*words):
    return CliRunner().invoke(main, ["train", *(str(word) for word in words)])


def test_the_same_data_give_the_same_file_and_it_scores(checkout):
    first, second = run(), run("--out", checkout / "again.json")

    assert (first.exit_code, second.exit_code) == (0, 0)
    written = (checkout / "package" / "weights.json").read_bytes()
    assert written == (checkout / "again.json").read_bytes()
    assert written.endswith(b"}\n")
    weights = weights_from(json.loads(written), name="new")
    sold = score({"money": 1.0}, "The council sold the docks", weights)
    lovely = score({"opinion": 1.0}, "I think it is a lovely place", weights)
    assert sold.value > 0.5 > lovely.value
    assert 0 < weights.listed_from < 1


def test_what_the_weights_were_made_from_stands_in_the_file_without_a_place_of_this_machine(
    checkout,
):
    run("--seed", "7")

    text = (checkout / "package" / "weights.json").read_text()
    made = json.loads(text)["made_from"]
    assert (made["recipe"], made["seed"]) == (recipe.VERSION, 7)
    [ours] = made["sets"]
    assert ours["name"] == "training-data"
    assert ours["licence"].startswith("CC0-1.0")
    assert (ours["examples"], ours["files"], len(ours["sha256"])) == (61, 3, 64)
    assert str(checkout) not in text


def test_a_set_that_is_named_is_learned_from_as_well(checkout, bench):
    result = run("--data", f"factcheck-bench={bench}")

    assert result.exit_code == 0
    assert "learned from 62 statements" in result.stdout
    made = json.loads((checkout / "package" / "weights.json").read_text())["made_from"]
    assert [one["name"] for one in made["sets"]] == ["factcheck-bench", "training-data"]


def test_check_says_whether_the_file_is_what_the_data_give(checkout):
    run()
    same = run("--check")
    (checkout / "training_data" / "sentences.tsv").write_text("2\tRents rose by 40 percent.\n")
    other = run("--check")

    assert (same.exit_code, other.exit_code) == (0, 1)
    assert "is what the data give" in same.stdout
    assert "is not what the data give" in other.stderr


def test_check_writes_nothing(checkout):
    run("--check")

    assert (checkout / "package" / "weights.json").read_text() == "{}\n"


def test_check_names_the_sets_that_are_missing(checkout, bench):
    run("--data", f"factcheck-bench={bench}")

    result = run("--check")

    assert result.exit_code == 1
    assert "factcheck-bench, training-data" in result.stderr


def test_nothing_is_learned_from_what_only_measures_whatever_it_is_called(checkout):
    (checkout / "ct.tsv").write_text(CHECKTHAT)

    for name in ("newssd-eng", "factcheck-bench", "mine"):
        result = run("--data", f"{name}={checkout / 'ct.tsv'}", "--out", checkout / "out.json")
        assert result.exit_code == 1
        assert "for measuring only" in result.stderr
    assert not (checkout / "out.json").exists()


def test_a_set_without_a_known_licence_makes_no_weights_that_come_with_assay(checkout):
    mine = write_sentences(checkout / "mine.tsv", graded())

    refused = run("--data", f"mine={mine}")
    allowed = run("--data", f"mine={mine}", "--out", checkout / "out.json")

    assert refused.exit_code == 1
    assert "No licence is known for “mine”" in refused.stderr
    assert (checkout / "package" / "weights.json").read_text() == "{}\n"
    assert allowed.exit_code == 0
    made = json.loads((checkout / "out.json").read_text())["made_from"]
    assert [one["licence"] for one in made["sets"] if one["name"] == "mine"] == [None]


def test_another_file_does_not_go_by_the_name_of_a_set_that_may_train(checkout):
    mine = write_sentences(checkout / "train.tsv", graded())

    for name in ("newssd-eng", "factcheck-bench"):
        result = run("--data", f"{name}={mine}", "--out", checkout / "out.json")
        assert result.exit_code == 1
        assert f"train.tsv is no file of “{name}” as it was published" in result.stderr


def test_a_set_of_the_checkout_cannot_be_replaced_nor_a_name_given_twice(checkout):
    mine = write_sentences(checkout / "mine.tsv", graded())

    for words in (
        ("--data", f"training-data={mine}"),
        ("--data", f"written={mine}"),
        ("--data", f"mine={mine}", "--data", f"mine={mine}", "--out", checkout / "out.json"),
    ):
        assert run(*words).exit_code == 2
    assert (checkout / "package" / "weights.json").read_text() == "{}\n"


@pytest.mark.field
def test_the_published_sets_are_known_by_their_files(field_data):
    for name in sets.KNOWN_FILES:
        found = read_set(field_data / "data" / name)
        assert sets.trains_on(name, found) is found


def test_a_broken_line_is_told(checkout):
    broken = write_sentences(checkout / "mine.tsv", ["2\tRents doubled.", "maybe\tIt rained."])

    result = run("--data", f"mine={broken}", "--out", checkout / "out.json")

    assert result.exit_code == 1
    assert "mine.tsv, line 2: “maybe” is no label of this set." in result.stderr


def test_without_any_data_it_says_so(checkout, monkeypatch):
    monkeypatch.setattr(train, "ROOT", checkout / "elsewhere")

    result = run()

    assert result.exit_code == 1
    assert "There is no training data here" in result.stderr


def test_one_kind_of_label_teaches_nothing(checkout, monkeypatch):
    monkeypatch.setattr(train, "ROOT", checkout / "elsewhere")
    only = write_sentences(checkout / "only.tsv", ["2\tRents rose by 4 percent."] * 3)

    result = run("--data", f"mine={only}", "--out", checkout / "out.json")

    assert result.exit_code == 1
    assert "nothing to learn from" in result.stderr


def test_a_place_that_cannot_be_written_to_is_told(checkout):
    result = run("--out", checkout / "none" / "out.json")

    assert result.exit_code == 1
    assert "cannot be written" in result.stderr


@pytest.mark.parametrize("words", ["newssd-eng", "=path", "name="])
def test_a_set_needs_a_name_and_a_path(checkout, words):
    assert run("--data", words).exit_code == 2
