"""The training data is consistent in itself, ours, and gives no grade away by length or figures."""

import json
import re
import unicodedata
from collections import Counter
from pathlib import Path
from statistics import median

import pytest

from tests.cases import in_turn

ROOT = Path(__file__).parents[2]
DATA = ROOT / "training_data"
ARTICLES = sorted((DATA / "articles").glob("*.gold.json"))
GRADES = {0, 1, 2}
MARKED = [path.parent for path in sorted((ROOT / "tests" / "annotated").glob("*/*.gold.json"))]
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# So many words in a row are somebody’s.
RUN = 6


def read(path):
    gold = json.loads(path.read_text(encoding="utf-8"))
    return gold, path.with_name(f"{gold['id']}.txt").read_bytes().decode("utf-8")


def lines():
    return (DATA / "sentences.tsv").read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def entries():
    """Grade and words of everything that is marked."""
    marked = [
        (claim["worthy"], claim["anchor"]) for path in ARTICLES for claim in read(path)[0]["claims"]
    ]
    return marked + [(int(line[0]), line[2:]) for line in lines()]


@in_turn("path", ARTICLES)
def test_an_article_is_marked_in_order_and_each_anchor_stands_in_it_once(path):
    gold, text = read(path)

    assert path.name == f"{gold['id']}.gold.json"
    assert gold["outlet"]
    assert gold["genre"]
    assert text == unicodedata.normalize("NFC", text).replace("\r", "")
    assert [c["anchor"] for c in gold["claims"] if text.count(c["anchor"]) != 1] == []
    assert {c["worthy"] for c in gold["claims"]} == GRADES
    places = [text.index(c["anchor"]) for c in gold["claims"]]
    ends = [at + len(c["anchor"]) for at, c in zip(places, gold["claims"], strict=True)]
    assert all(end <= start for end, start in zip(ends, places[1:], strict=False))


def test_every_text_has_its_marks():
    texts = {path.stem for path in (DATA / "articles").glob("*.txt")}

    assert texts == {path.name[: -len(".gold.json")] for path in ARTICLES}


def test_a_sentence_has_a_grade_and_stands_there_once():
    assert [line for line in lines() if not re.fullmatch(r"[012]\t\S.*\S", line)] == []
    assert [line for line, times in Counter(lines()).items() if times > 1] == []
    assert len({line[2:] for line in lines()}) == len(lines())


def test_there_is_enough_of_many_genres(entries):
    assert len(entries) >= 2_000
    assert len({read(path)[0]["genre"] for path in ARTICLES}) >= 50
    assert all(count >= 500 for count in Counter(grade for grade, _text in entries).values())


def test_length_does_not_give_the_grade_away(entries):
    lengths = {grade: [len(text.split()) for g, text in entries if g == grade] for grade in GRADES}
    medians = {grade: median(those) for grade, those in lengths.items()}

    assert max(medians.values()) - min(medians.values()) <= 2
    # Long and not worth it, short and worth it.
    assert sum(length >= 20 for length in lengths[0]) >= 200
    assert sum(length < 7 for length in lengths[2]) >= 100


def test_figures_do_not_give_the_grade_away(entries):
    figures = {
        grade: [bool(re.search(r"\d", t)) for g, t in entries if g == grade] for grade in GRADES
    }

    assert sum(figures[0]) >= 100
    assert sum(figures[1]) >= sum(figures[2])
    assert figures[2].count(False) > figures[2].count(True)


def test_no_measuring_set_stands_in_it(entries):
    anchors = {text for _grade, text in entries}
    measured = [
        claim["anchor"]
        for folder in set(MARKED)
        for path in folder.glob("*.gold.json")
        for claim in json.loads(path.read_text(encoding="utf-8"))["claims"]
    ]

    assert [anchor for anchor in measured if anchor in anchors] == []


def runs(text):
    words = WORD.findall(text.lower().replace("’", "'"))
    return (" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1))


@pytest.mark.field
def test_no_six_words_in_a_row_are_those_of_the_field_data(field_data):
    ours = {
        run
        for path in (*DATA.glob("articles/*.txt"), DATA / "sentences.tsv")
        for line in path.read_text(encoding="utf-8").splitlines()
        for run in runs(line.rpartition("\t")[2])
    }
    theirs = [
        path
        for path in (field_data / "data").rglob("*")
        if path.suffix in {".txt", ".tsv", ".csv", ".json", ".jsonl"}
    ]

    copied = {
        run
        for path in theirs
        for run in runs(path.read_text(encoding="utf-8").replace("\\n", " "))
        if run in ours
    }
    assert copied == set()
