import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from app.exporters.amendments_jsonl import KEYS, validate, write
from tests.cases import in_turn
from tests.unit.exporters.export_samples import AMENDMENT

MISSED = replace(AMENDMENT, what="missed", extractor=None, before=None)
SPLIT = replace(AMENDMENT, what="split", other_claim_id="bcdefghijk34")
UNDONE = replace(SPLIT, what="merge", undone=True)
# Whoever builds extractors still learns what was worded how, and that the article is not here.
ERASED = replace(
    AMENDMENT,
    erased=True,
    before=replace(AMENDMENT.before, quote=None),
    after=replace(AMENDMENT.after, quote=None),
)
PLACELESS = replace(
    AMENDMENT,
    what="wording",
    snapshot_sha256=None,
    before=replace(AMENDMENT.before, quote=None, start=None, end=None),
    after=replace(AMENDMENT.after, quote=None, start=None, end=None),
)


def codes(text):
    return [(problem.line, problem.column, problem.code) for problem in validate([text])]


def test_a_line_holds_what_was_and_what_became_of_it():
    [line] = "".join(write([AMENDMENT])).splitlines()
    found = json.loads(line)

    assert tuple(found) == KEYS
    assert found["before"] == {
        "quote": "It carried 30 barges, the port said",
        "start": 40,
        "end": 75,
        "text": "The canal carried 30 barges, the port said.",
        "chain": [{"agent": "the port", "cue": "said", "mode": "paraphrase", "named": True}],
    }
    assert found["after"]["quote"] == "It carried 30 barges"
    assert (found["at"], found["by"]) == ("2025-09-04T14:02:11Z", "a-0123456789")


@in_turn("row", [AMENDMENT, MISSED, SPLIT, UNDONE, ERASED, PLACELESS])
def test_what_is_written_is_valid(row):
    assert codes("".join(write([row, row]))) == []


def test_words_that_look_like_line_ends_stay_in_their_line():
    odd = "Line\u2028and\u0085next\nand tail"
    text = "".join(write([replace(AMENDMENT, article_title=odd)]))

    assert codes(text) == []
    assert json.loads(text)["article_title"] == odd


@in_turn(
    ("row", "key", "code"),
    [
        (replace(AMENDMENT, claim_id="17"), "claim_id", "value.shape"),
        (replace(AMENDMENT, what="renamed"), "what", "value.shape"),
        (replace(AMENDMENT, extractor=""), "extractor", "value.shape"),
        (replace(AMENDMENT, snapshot_sha256="beef"), "snapshot_sha256", "value.shape"),
        (replace(AMENDMENT, article_published="4 Sep"), "article_published", "value.shape"),
        (replace(AMENDMENT, after=None), "after", "value.none"),
        (replace(AMENDMENT, before=None), "before", "amendment.before"),
        (replace(MISSED, before=AMENDMENT.before), "before", "amendment.before"),
        (replace(AMENDMENT, other_claim_id="bcdefghijk34"), "other_claim_id", "amendment.other"),
        (replace(SPLIT, undone=True), "undone", "amendment.undone"),
        (replace(UNDONE, other_claim_id=None), "undone", "amendment.undone"),
        (replace(AMENDMENT, undone=None), "undone", "value.none"),
        (replace(AMENDMENT, erased=True), "before", "amendment.quote"),
        (replace(ERASED, erased=False), "after", "amendment.quote"),
        (replace(AMENDMENT, after=replace(AMENDMENT.after, end=61)), "after", "value.shape"),
        (replace(AMENDMENT, after=replace(AMENDMENT.after, start=None)), "after", "value.shape"),
        (replace(AMENDMENT, after=replace(AMENDMENT.after, text=None)), "after", "value.shape"),
    ],
)
def test_each_fault_is_named_with_its_line_and_key(row, key, code):
    assert (2, key, code) in codes("".join(write([AMENDMENT, row])))


@pytest.mark.parametrize(
    ("line", "code"),
    [("{", "line.json"), ("[]", "line.keys"), ('{"claim_id": "abcdefghij23"}', "line.keys")],
)
def test_a_line_that_is_none_is_named(line, code):
    assert codes(f"{line}\n") == [(1, None, code)]


def test_every_key_is_explained_in_the_documentation():
    page = (Path(__file__).parents[3] / "docs" / "formats.md").read_text(encoding="utf-8")
    part = page.split("## amendments.jsonl")[1].split("\n## ")[0]
    cells = [line.split("|")[1] for line in part.splitlines() if line.startswith("| `")]
    explained = {word for cell in cells for word in re.findall(r"`(\w+)`", cell)}

    assert set(KEYS) <= explained
