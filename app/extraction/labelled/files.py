"""Reading labelled sets from files; a file that cannot be read right is refused with its line.

The shapes, told apart by the end of the name and by the first line:

- ``<id>.gold.json`` with ``<id>.txt`` beside it: an article, ``anchor`` and ``worthy`` of each claim;
- ``.tsv`` without a head, ``grade<TAB>sentence``;
- ``.tsv`` with the head of CheckThat! (only measures);
- ``.csv`` of NewsSD-ENG, ``.jsonl`` of Factcheck-Bench.
"""

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.domain.errors import Invalid, Refused
from app.extraction.labelled.sets import LabelledArticle, LabelledSentence, LabelledSet, Mark
from app.extraction.normalise import normalise

GOLD = ".gold.json"
ENDINGS = (GOLD, ".tsv", ".csv", ".jsonl")
CHECKTHAT = ["Sentence_id", "Text", "class_label"]
NEWSSD = ["Sentence", "Label"]
_GRADES = frozenset({"0", "1", "2"})
_GRADES_AS_NUMBERS = range(3)
_YES_NO = frozenset({"yes", "no"})
_SUBJECTIVE = frozenset({"obj", "subj"})
_CHECKWORTHY = frozenset({"yes", "factual", "opinion", "not_a_claim", "other"})


def read_set(path: Path) -> LabelledSet:
    """The labelled set in a file, or in all files of a folder that have one of the endings.

    Raises:
        Invalid: it is of no known shape, holds nothing, or a line of it is wrong.
        Refused: it cannot be read.
    """
    top = path if path.is_dir() else path.parent
    articles, sentences, hashes = list[LabelledArticle](), list[LabelledSentence](), {}
    only_measures = False
    for file in _files(path):
        data = _bytes(file)
        hashes[file.relative_to(top).as_posix()] = hashlib.sha256(data).hexdigest()
        if file.name.endswith(GOLD):
            text = file.with_name(file.name.removesuffix(GOLD) + ".txt")
            content = _bytes(text)
            hashes[text.relative_to(top).as_posix()] = hashlib.sha256(content).hexdigest()
            articles.append(_article(file, _decoded(file, data), _decoded(text, content)))
        else:
            found, measures = _sentences(file, _decoded(file, data))
            sentences += found
            only_measures |= measures
    if not articles and not sentences:
        raise Invalid("labelled.empty", path=path)
    return LabelledSet(tuple(articles), tuple(sentences), hashes, only_measures)


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = sorted(file for file in path.rglob("*") if file.name.endswith(ENDINGS))
    if not found:
        raise Invalid("labelled.empty", path=path)
    return found


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise Refused("file.unreadable", path=file, reason=error.strerror) from error


def _decoded(file: Path, data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Invalid("labelled.encoding", path=file, line=line) from error


def _article(file: Path, data: str, text: str) -> LabelledArticle:
    try:
        gold = json.loads(data)
    except json.JSONDecodeError as error:
        raise Invalid("labelled.json", path=file, line=error.lineno) from error
    except RecursionError as error:
        raise Invalid("labelled.json", path=file, line=1) from error
    claims = gold.get("claims") if isinstance(gold, dict) else None
    if not isinstance(claims, list) or not all(isinstance(claim, dict) for claim in claims):
        raise Invalid("labelled.json", path=file, line=1)
    text = normalise(text)
    marks = tuple(_mark(file, data, text, claim) for claim in claims)
    known = str(gold.get("id", file.name.removesuffix(GOLD)))
    outlet = gold.get("outlet")
    return LabelledArticle(
        known, text, marks, outlet if isinstance(outlet, str) else None, _address(file)
    )


def _mark(file: Path, data: str, text: str, claim: dict[str, Any]) -> Mark:
    anchor, grade = claim.get("anchor"), claim.get("worthy")
    line = _line_of(data, anchor)
    if not isinstance(anchor, str) or not anchor or text.count(anchor) != 1:
        raise Invalid("labelled.anchor", path=file, line=line)
    # No truth value and no fraction, though these are equal to whole numbers.
    if type(grade) is not int or grade not in _GRADES_AS_NUMBERS:
        raise Invalid("labelled.label", path=file, line=line, label=grade)
    start = text.index(anchor)
    return Mark(start, start + len(anchor), grade)


def _line_of(data: str, anchor: object) -> int:
    """The line in which an anchor is written, whether its letters are escaped or not."""
    written = (json.dumps(anchor, ensure_ascii=ascii_only) for ascii_only in (False, True))
    at = max(data.find(one) for one in written)
    return data.count("\n", 0, max(at, 0)) + 1


def _address(file: Path) -> str | None:
    """The address of the page on which an article stood, where a file beside it has it."""
    known = file.with_name(file.name.replace(GOLD, ".meta.json"))
    try:
        url = json.loads(known.read_text(encoding="utf-8")).get("url")
    except FileNotFoundError:
        return None
    except (OSError, ValueError, AttributeError, RecursionError) as error:
        raise Invalid("labelled.json", path=known, line=1) from error
    return url if isinstance(url, str) else None


def _sentences(file: Path, data: str) -> tuple[list[LabelledSentence], bool]:
    """The sentences of a file, and whether they only measure."""
    head = data.partition("\n")[0].rstrip("\r")
    if file.name.endswith(".jsonl"):
        return list(_lines_of_json(file, data)), False
    if file.name.endswith(".tsv") and head.split("\t") == CHECKTHAT:
        return list(_table(file, data, ("Text", "class_label", "\t"), labels=_YES_NO)), True
    if file.name.endswith(".tsv"):
        return list(_graded(file, data)), False
    if file.name.endswith(".csv") and head.split(",")[:2] == NEWSSD:
        return list(_table(file, data, ("Sentence", "Label", ","), labels=_SUBJECTIVE)), False
    raise Invalid("labelled.shape", path=file)


def _graded(file: Path, data: str) -> Iterator[LabelledSentence]:
    for number, line in enumerate(data.splitlines(), 1):
        label, _, text = line.partition("\t")
        yield _sentence(file, number, text, label, labels=_GRADES)


def _table(
    file: Path, data: str, columns: tuple[str, str, str], *, labels: frozenset[str]
) -> Iterator[LabelledSentence]:
    text, label, delimiter = columns
    rows = csv.DictReader(io.StringIO(data, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in rows:
            yield _sentence(file, rows.line_num, row[text], row[label], labels=labels)
    except csv.Error as error:
        # The row that fails begins behind the last one that was read.
        raise Invalid("labelled.csv", path=file, line=rows.line_num + 1) from error


def _lines_of_json(file: Path, data: str) -> Iterator[LabelledSentence]:
    for number, line in enumerate(data.splitlines(), 1):
        try:
            row = json.loads(line)
            text, label = row.get("sentence", row.get("claim")), row["checkworthy"]
        except (ValueError, KeyError, AttributeError, RecursionError) as error:
            raise Invalid("labelled.json", path=file, line=number) from error
        yield _sentence(file, number, text, label, labels=_CHECKWORTHY)


def _sentence(
    file: Path, line: int, text: object, label: object, *, labels: frozenset[str]
) -> LabelledSentence:
    said = str(label).casefold().strip()
    if said not in labels:
        raise Invalid("labelled.label", path=file, line=line, label=label)
    if not isinstance(text, str) or not text.strip():
        raise Invalid("labelled.sentence", path=file, line=line)
    return LabelledSentence(" ".join(text.split()), said)
