"""Labelled sets: what is read of each shape, and what is refused, with its line."""

import hashlib
from dataclasses import replace

import pytest

from app.domain.errors import Invalid, Refused
from app.domain.sentences import sentence
from app.extraction.checkworthy import shipped
from app.extraction.checkworthy.training import digest_of
from app.extraction.labelled import by_rules, read_set, told, trains_on
from tests.unit.extraction.labelled import MARKS, TEXT, graded, write_article, write_sentences

EVERYTHING = by_rules(replace(shipped(), listed_from=0.0))
NEWSSD = (
    "Sentence,Label,Solved conflict\n"
    '"The firm, a baker, sold 12 shops.\n",OBJ,False\n'
    '"It is, frankly, ""absurd"".\n",SUBJ,True\n'
)
CHECKTHAT = (
    'Sentence_id\tText\tclass_label\n26\t"He said ""no""."\tNo\n80\tWe lost 40 ships.\tYes\n'
)
BENCH = (
    '{"sentence":"The bridge is 40 metres long.","checkworthy":"yes"}\n'
    '{"claim":"It is the best bridge.","checkworthy":"opinion"}\n'
)


def labels(found):
    return [(one.text, one.label, one.is_worthy) for one in found.sentences]


def test_an_article_is_read_with_the_places_of_its_marks(tmp_path):
    path = write_article(tmp_path)

    [article] = read_set(path).articles
    assert (article.id, article.outlet, article.url) == ("a1", "The Kelmouth Post", None)
    assert [(TEXT[mark.start : mark.end], mark.grade) for mark in article.marks] == list(MARKS)


def test_a_text_from_another_system_is_read_in_the_form_that_offsets_count_in(tmp_path):
    path = write_article(tmp_path)
    path.with_name("a1.txt").write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())

    assert read_set(path).articles[0].text == TEXT


def test_the_address_beside_an_article_is_read(tmp_path):
    path = write_article(tmp_path)
    (tmp_path / "a1.meta.json").write_text('{"id": "a1", "url": "https://kelmouth.example/1"}')

    assert read_set(path).articles[0].url == "https://kelmouth.example/1"


def test_graded_sentences_are_read(tmp_path):
    path = write_sentences(tmp_path / "s.tsv", ["2\tRents doubled.", "0\tWe  can do better."])

    assert labels(read_set(path)) == [
        ("Rents doubled.", "2", True),
        ("We can do better.", "0", False),
    ]


def test_sentences_of_newssd_are_read_whose_line_ends_stand_inside_quotation_marks(tmp_path):
    (tmp_path / "train.csv").write_text(NEWSSD, encoding="utf-8")

    assert labels(read_set(tmp_path / "train.csv")) == [
        ("The firm, a baker, sold 12 shops.", "obj", True),
        ('It is, frankly, "absurd".', "subj", False),
    ]


def test_sentences_and_claims_of_factcheck_bench_are_read(tmp_path):
    (tmp_path / "one.jsonl").write_text(BENCH, encoding="utf-8")

    assert labels(read_set(tmp_path / "one.jsonl")) == [
        ("The bridge is 40 metres long.", "yes", True),
        ("It is the best bridge.", "opinion", False),
    ]


def test_checkthat_is_read_to_measure_by_and_never_trains_whatever_it_is_called(tmp_path):
    (tmp_path / "ours.tsv").write_text(CHECKTHAT, encoding="utf-8")
    write_sentences(tmp_path / "z.tsv", graded())

    alone, among_ours = read_set(tmp_path / "ours.tsv"), read_set(tmp_path)
    assert labels(alone) == [
        ('He said "no".', "no", False),
        ("We lost 40 ships.", "yes", True),
    ]
    for found in (alone, among_ours):
        with pytest.raises(Invalid) as refused:
            trains_on("training-data", found)
        assert refused.value.code == "labelled.only-measures"


def test_a_folder_is_read_with_all_that_is_below_it_and_nothing_else(tmp_path):
    write_article(tmp_path / "articles")
    write_sentences(tmp_path / "sentences.tsv", ["1\tThe council met."])
    (tmp_path / "README.md").write_text("2\tno sentence")

    found = read_set(tmp_path)
    assert (len(found.articles), len(found.sentences), len(found)) == (1, 1, 2)
    assert list(found.files) == ["articles/a1.gold.json", "articles/a1.txt", "sentences.tsv"]


def test_the_digest_of_a_set_is_that_of_what_sha256sum_prints(tmp_path):
    write_sentences(tmp_path / "b.tsv", ["1\tThe council met."])
    write_sentences(tmp_path / "a.tsv", ["0\tHow lovely."])

    lines = (
        f"{hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()}  {name}\n"
        for name in ("a.tsv", "b.tsv")
    )
    wanted = hashlib.sha256("".join(lines).encode()).hexdigest()
    assert digest_of(read_set(tmp_path)) == wanted


BROKEN = [
    ("s.tsv", b"2\tRents doubled.\n3\tIt rained.\n", "labelled.label", 2),
    ("s.tsv", b"2\tRents doubled.\nIt rained.\n", "labelled.label", 2),
    ("s.tsv", b"2\tRents doubled.\n0\t \n", "labelled.sentence", 2),
    ("s.tsv", b"2\tRents doubled.\n0\tCaf\xe9.\n", "labelled.encoding", 2),
    ("s.jsonl", b'{"sentence": "It is.", "checkworthy": "yes"}\n{"sentence"\n', "labelled.json", 2),
    ("s.jsonl", b'{"sentence": "It is."}\n', "labelled.json", 1),
    ("s.jsonl", b"[1]\n", "labelled.json", 1),
    ("s.jsonl", b'{"sentence": 4, "checkworthy": "yes"}\n', "labelled.sentence", 1),
    ("s.jsonl", b'{"sentence": "It is.", "checkworthy": "perhaps"}\n', "labelled.label", 1),
    ("s.csv", b'Sentence,Label,Solved conflict\n"It is,OBJ,False\n', "labelled.csv", 2),
    ("s.csv", b"Sentence,Label,Solved conflict\nIt is,BOTH,False\n", "labelled.label", 2),
    ("s.csv", b"Sentence,Label,Solved conflict\nIt is\n", "labelled.label", 2),
    ("a.gold.json", b'{"id": "a",\n "claims": [}', "labelled.json", 2),
    ("a.gold.json", b'{"id": "a"}', "labelled.json", 1),
    ("a.gold.json", b"[]", "labelled.json", 1),
    pytest.param("a.gold.json", b"[" * 100_000, "labelled.json", 1, id="deep article"),
    pytest.param("s.jsonl", b"[" * 100_000, "labelled.json", 1, id="deep line"),
    ("a.gold.json", b'{"id": "a", "claims": 3}', "labelled.json", 1),
    ("a.gold.json", b'{"id": "a", "claims": [\n3]}', "labelled.json", 1),
    (
        "a.gold.json",
        b'{"id": "a", "claims": [\n{"anchor": "it", "worthy": 1}]}',
        "labelled.anchor",
        2,
    ),
    (
        "a.gold.json",
        b'{"id": "a", "claims": [\n{"anchor": "no", "worthy": 1}]}',
        "labelled.anchor",
        2,
    ),
    (
        "a.gold.json",
        b'{"id": "a", "claims": [\n{"anchor": "was", "worthy": true}]}',
        "labelled.label",
        2,
    ),
    (
        "a.gold.json",
        b'{"id": "a", "claims": [\n{"anchor": "was", "worthy": 3}]}',
        "labelled.label",
        2,
    ),
    ("a.gold.json", b'{"id": "a", "claims": [\n{"worthy": 2}]}', "labelled.anchor", 1),
]


@pytest.mark.parametrize(("name", "data", "code", "line"), BROKEN)
def test_a_broken_file_is_refused_with_its_name_and_line(tmp_path, name, data, code, line):
    (tmp_path / name).write_bytes(data)
    (tmp_path / "a.txt").write_text("it was what it is")

    with pytest.raises(Invalid) as refused:
        read_set(tmp_path / name)

    assert (refused.value.code, refused.value.values["line"]) == (code, line)
    assert f"{tmp_path / name}, line {line}: " in sentence(refused.value)


def test_what_is_no_labelled_set_is_refused(tmp_path):
    (tmp_path / "page.html").write_text("<p>")
    (tmp_path / "claims.csv").write_text("claim,url\nIt is,\n")

    for path, code in (
        (tmp_path / "page.html", "labelled.shape"),
        (tmp_path / "claims.csv", "labelled.shape"),
        (tmp_path / "none.tsv", "file.unreadable"),
    ):
        with pytest.raises(Refused) as refused:
            read_set(path)
        assert refused.value.code == code
    (tmp_path / "claims.csv").unlink()
    (tmp_path / "rows.tsv").write_text("Sentence_id\tText\tclass_label\n")
    with pytest.raises(Invalid) as refused:
        read_set(tmp_path / "rows.tsv")
    assert refused.value.code == "labelled.empty"
    (tmp_path / "rows.tsv").unlink()
    with pytest.raises(Invalid) as refused:
        read_set(tmp_path)
    assert refused.value.code == "labelled.empty"


def test_an_outlet_that_is_no_name_is_left_out(tmp_path):
    path = write_article(tmp_path)
    path.write_text(path.read_text().replace('"The Kelmouth Post"', "[7]"))

    assert read_set(path).articles[0].outlet is None


def test_an_article_without_its_text_is_refused(tmp_path):
    path = write_article(tmp_path)
    path.with_name("a1.txt").unlink()

    with pytest.raises(Refused) as refused:
        read_set(path)
    assert refused.value.values["path"] == path.with_name("a1.txt")


def test_each_statement_has_the_highest_grade_that_it_covers_and_the_article_as_its_group(tmp_path):
    write_article(tmp_path)

    found = list(told(read_set(tmp_path), EVERYTHING, name="ours"))

    grades = {one.candidate.quote: one.label for one in found}
    assert grades[MARKS[0][0]] == "2"
    assert grades[MARKS[2][0]] == "1"
    assert {one.group for one in found} == {"ours a1"}


def test_a_sentence_is_told_by_its_longest_statement(tmp_path):
    path = write_sentences(
        tmp_path / "s.tsv", ["2\tThe firm, which makes cans, sold 12 of its 40 shops in May."]
    )

    [one] = told(read_set(path), EVERYTHING, name="ours")
    assert "sold 12" in one.candidate.quote
    assert (one.label, one.group) == ("2", "ours 1")
