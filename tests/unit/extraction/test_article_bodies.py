"""Real pages: how much of the article comes out, and how little of what stands around it."""

import gzip
import json
import re
from collections import Counter

import pytest

from app.extraction.article import UnreadableArticle, read_html

pytestmark = pytest.mark.field
_WORD = re.compile(r"\w+")
_SHINGLE = 4


def shingles(text):
    """Runs of four words, as the benchmark of Scrapinghub compares texts."""
    words = _WORD.findall(text)
    return Counter(
        tuple(words[at : at + _SHINGLE]) for at in range(max(1, len(words) - _SHINGLE + 1))
    )


def article_of(page):
    try:
        return read_html(gzip.decompress(page.read_bytes())).text
    except UnreadableArticle:
        return ""


def f1(true, read):
    shared = (true & read).total()
    return 2 * shared / (true.total() + read.total())


def test_article_bodies_are_read_as_the_benchmark_has_them(field_data, capsys):
    folder = field_data / "data" / "article-extraction"
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))

    scores = [
        f1(
            shingles(page["articleBody"]),
            shingles(article_of(folder / "html" / f"{name}.html.gz")),
        )
        for name, page in truth.items()
    ]

    mean = sum(scores) / len(scores)
    with capsys.disabled():
        print(f"\n  article bodies: F1 {mean:.3f} over {len(scores)} pages")  # noqa: T201 - a figure to read
    assert len(scores) > 60
    assert mean >= 0.96
