"""``assay extract``: what it prints, and what it does without."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.cli import main

ARTICLE = (
    "Town sells its bus company\n\n"
    "The council sold the bus company for 1.2 million euros in March, the mayor said on Monday. "
    "“We lost 300,000 euros a year,” Anna Weber told the Kelmouth Post.\n"
)
KEYS = {
    *("text", "quote", "start", "end", "kinds", "checkworthiness", "reasons"),
    *("attribution", "claimant", "quantities", "paragraph", "context"),
}
WHAT_A_READER_LOADS = """
import sys
from click.testing import CliRunner
from app.cli import main
assert CliRunner().invoke(main, ["extract", sys.argv[1]]).exit_code == 0
print(*sorted({name.split(".")[0] for name in sys.modules}))
"""


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def run(*words, **kwargs):
    return CliRunner().invoke(main, ["extract", *(str(word) for word in words)], **kwargs)


def test_each_line_is_an_object_whose_quote_stands_in_the_article(article):
    result = run(article, "--publisher", "The Kelmouth Post", "--date", "2025-03-04")

    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert found
    for candidate in found:
        assert candidate.keys() >= KEYS
        assert ARTICLE[candidate["start"] : candidate["end"]] == candidate["quote"]
    assert [c["start"] for c in found] == sorted(c["start"] for c in found)


def test_letters_outside_ascii_are_printed_as_they_are(article):
    article.write_text(ARTICLE.replace("Anna Weber", "Åsa Öberg"), encoding="utf-8")

    assert "Åsa Öberg" in run(article).stdout


def test_offsets_count_in_the_normalised_text(tmp_path):
    path = tmp_path / "windows.txt"
    path.write_bytes(b"\xef\xbb\xbf" + ARTICLE.replace("\n", "\r\n").encode())

    found = [json.loads(line) for line in run(path).stdout.splitlines()]

    assert found
    assert all(ARTICLE[c["start"] : c["end"]] == c["quote"] for c in found)


def test_text_is_read_from_standard_input_too():
    assert run("-", input=ARTICLE).stdout == run("-", input=ARTICLE.encode()).stdout != ""


def test_a_web_page_is_read_without_what_stands_around_the_article(tmp_path):
    path = tmp_path / "page.html"
    said = ARTICLE.partition("\n\n")[2].strip()
    path.write_text(
        "<html lang=en><title>Bus sold</title><body><nav><a href=/>Home</a></nav>"
        f"<article><h1>Bus sold</h1><p>{said}</p><p>{said}</p></article></body></html>",
        encoding="utf-8",
    )

    found = [json.loads(line) for line in run(path).stdout.splitlines()]

    assert any("1.2 million euros" in candidate["text"] for candidate in found)
    assert not any("Home" in candidate["text"] for candidate in found)


@pytest.mark.parametrize("options", [["--date", "soon"], ["--url", "ftp://files.example"]])
def test_a_detail_that_cannot_be_is_refused(article, options):
    result = run(article, *options)

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.count("\n") == 1


def test_the_other_format_is_for_reading(article):
    result = run(article, "--format", "text")

    assert "1.2 million euros" in result.stdout
    assert not result.stdout.startswith("{")


def command(article, **kwargs):
    """The command as a program of its own."""
    words = [sys.executable, "-c", "from app.cli import main; main()", "extract", article]
    return subprocess.run(words, stderr=subprocess.PIPE, check=False, **kwargs)


def test_it_prints_utf8_whatever_the_machine_does(article):
    article.write_text(ARTICLE.replace("Anna Weber", "Åsa Öberg"), encoding="utf-8")

    said = command(
        article, stdout=subprocess.PIPE, env=os.environ | {"PYTHONIOENCODING": "latin-1"}
    )

    assert "Åsa Öberg" in said.stdout.decode("utf-8")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this machine has no full device")
def test_output_that_finds_no_room_is_said_in_a_sentence(article):
    with Path("/dev/full").open("wb") as full:
        said = command(article, stdout=full)

    assert said.returncode == 1
    assert said.stderr.decode() == "The output cannot be written: No space left on device.\n"


def test_it_loads_neither_the_web_nor_the_database(article):
    said = subprocess.run(
        [sys.executable, "-c", WHAT_A_READER_LOADS, article],
        capture_output=True,
        text=True,
        check=True,
    )

    loaded = set(said.stdout.split())
    assert "nupunkt" in loaded
    assert not loaded & {"flask", "werkzeug", "sqlalchemy", "sqlmodel", "alembic", "gunicorn"}


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("picture.png", b"\x89PNG", "Only .txt, .html and .csv"),
        ("claims.csv", b"claim\n", "Only .txt, .html and .csv"),
        ("cyrillic.txt", "Привет, мир".encode("koi8-r"), "UTF-8"),
        ("empty.txt", b" \n", "no text"),
        ("empty.html", b"<html><body></body></html>", "No article was found"),
        ("binary.txt", b"abc\x00def", "not a text"),
    ],
)
def test_what_is_no_article_is_refused_in_one_sentence(tmp_path, name, data, said):
    path = tmp_path / name
    path.write_bytes(data)

    result = run(path)

    assert (result.exit_code, result.stdout) == (1, "")
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_file_that_is_not_there_is_refused(tmp_path):
    result = run(tmp_path / "none.txt")

    assert result.exit_code == 1
    assert "cannot be read: No such file" in result.stderr


def test_an_unknown_format_is_a_usage_error(article):
    assert run(article, "--format", "xml").exit_code == 2
