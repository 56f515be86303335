"""Whether the optional encoder finds a statement again that stands elsewhere in other words.

CheckThat! 2020, task 2: of 10,375 checked claims, which one covers a tweet's. Full text search by
SQLite (FTS5, porter), the encoder, and both; the 95 % interval is a bootstrap over the tweets. The
claims are turned into vectors once, which takes some minutes.
"""

import csv
import os
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from app.extraction.checkworthy.measures import intervals
from app.extraction.semantic import encoder, is_there

pytestmark = [pytest.mark.load, pytest.mark.field]

DATA = Path(os.environ.get("ASSAY_FIELD_DATA", "")) / "data" / "checkthat-2020-task2"
AT = 5
DEEP = 50
SHARE = 0.2


def lines(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t"))


def by_words(claims, tweets):
    """For each tweet the share of the best that each claim has in a search by any of its words."""
    found = np.zeros((len(tweets), len(claims)))
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE VIRTUAL TABLE f USING fts5(claim, title, tokenize='porter')")
        connection.executemany("INSERT INTO f(rowid, claim, title) VALUES (?, ?, ?)", claims)
        for at, text in enumerate(tweets):
            asked = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", text))
            query = "SELECT rowid, -bm25(f) FROM f WHERE f MATCH ? ORDER BY bm25(f) LIMIT ?"
            rows = connection.execute(query, (asked, DEEP)).fetchall()
            best = max((score for _row, score in rows), default=1.0)
            for row, score in rows:
                found[at, row] = score / best
    return found


def precision_at(scores, right):
    """The average precision of each tweet within the first five; one claim is right."""
    first = np.argsort(-scores, axis=1, kind="stable")[:, :AT]
    hits = first == np.array(right)[:, None]
    return (hits / np.arange(1, AT + 1)).sum(axis=1)


@pytest.mark.timeout(3_600)
def test_statements_found_again_in_other_words(capsys):
    if not is_there():
        pytest.skip("The optional encoder is not installed: make semantic")
    if not DATA.is_dir():
        pytest.skip(f"not here: {DATA}")
    claims = lines(DATA / "verified_claims.docs.tsv")[1:]
    names = {row[0]: at for at, row in enumerate(claims)}
    covered = {row[0]: names[row[2]] for row in lines(DATA / "dev" / "tweet-vclaim-pairs.qrels")}
    tweets = [row for row in lines(DATA / "dev" / "tweets.queries.tsv")[1:] if row[0] in covered]
    right = [covered[row[0]] for row in tweets]
    texts = [row[1] for row in tweets]

    words = by_words([(at, row[1], row[2]) for at, row in enumerate(claims)], texts)
    model = encoder()
    near = model.vectors(texts) @ model.vectors([row[1] for row in claims]).T
    found = {"words": words, "encoder": near, "both": near + SHARE * words}
    every = {name: precision_at(scores, right) for name, scores in found.items()}

    def told(at):
        means = [float(values[at].mean()) for values in every.values()]
        return (*means, means[-1] - means[0])

    with capsys.disabled():
        print(f"\n| {len(tweets)} tweets, {len(claims):,} claims | MAP@5 |\n|---|---|")  # noqa: T201
        names_ = [*every, "both − words"]
        for name, one in zip(
            names_, intervals(told, [row[0] for row in tweets], seed=0), strict=True
        ):
            print(f"| {name} | {one.value:.3f} ({one.low:.3f} to {one.high:.3f}) |")  # noqa: T201
    assert every["both"].mean() > 0
