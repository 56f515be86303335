"""What the training data holds: entries by genre and grade, how long they are, how many have figures.

    python tools/training_data.py

prints the tables of training_data/README.md.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from statistics import mean, median

DATA = Path(__file__).parent.parent / "training_data"
SENTENCES = "single sentences"
GRADES = (0, 1, 2)
_SHORT, _LONG = 7, 20

Entry = tuple[str, str, int, str]


def entries() -> Iterator[Entry]:
    """Each entry: the part of the data it belongs to, its genre, its grade, its words."""
    for path in sorted((DATA / "articles").glob("*.gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        for claim in gold["claims"]:
            yield gold["id"][:3], gold["genre"], claim["worthy"], claim["anchor"]
    for line in (DATA / "sentences.tsv").read_text(encoding="utf-8").splitlines():
        grade, _, sentence = line.partition("\t")
        yield SENTENCES, SENTENCES, int(grade), sentence


def _counts(every: list[Entry], column: int) -> None:
    counted: dict[str, Counter[int]] = defaultdict(Counter)
    for entry in every:
        counted[str(entry[column])][entry[2]] += 1
    for name, by in sorted(counted.items()):
        print(f"| {name} | {by.total():,} | {' | '.join(f'{by[grade]:,}' for grade in GRADES)} |")


def _shapes(every: list[Entry]) -> None:
    for grade in GRADES:
        words = [words for _part, _genre, its, words in every if its == grade]
        lengths = [len(text.split()) for text in words]
        figures = sum(bool(re.search(r"\d", text)) for text in words)
        shown = (f"{len(words):,}", f"{median(lengths):g}", f"{mean(lengths):.1f}")
        ends = (sum(n < _SHORT for n in lengths), sum(n >= _LONG for n in lengths))
        print(f"| {grade} | {' | '.join(shown)} | {ends[0]} | {ends[1]} | {figures} |")


def main() -> None:
    """Print the tables."""
    every = list(entries())
    print("| part | entries | grade 0 | 1 | 2 |\n|---|---|---|---|---|")
    _counts(every, 0)
    print("\n| genre | entries | grade 0 | 1 | 2 |\n|---|---|---|---|---|")
    _counts(every, 1)
    head = "grade | entries | words, median | mean | under 7 words | 20 and more | with a figure"
    print(f"\n| {head} |\n|{'---|' * 7}")
    _shapes(every)


if __name__ == "__main__":
    main()
