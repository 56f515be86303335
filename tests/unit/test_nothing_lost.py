"""docs/nothing-lost.md names a test for each way to lose work, and they are all there."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from app.domain.errors import Invalid
from app.domain.keys import checked_key
from app.web.keys import KEYS
from tests.cases import in_turn

TESTS = Path(__file__).parents[1]
TABLE = TESTS.parent / "docs" / "nothing-lost.md"
ROW = re.compile(r"^\| (D\d+|E\d+) \| (.+) \| (.+) \| (.+) \|$", re.MULTILINE)
NAME = re.compile(r"`([\w/]+\.py)::(test_\w+)`")
DELETE = {"Backspace", "Delete"}


def rows():
    return {case: names for case, _was, _holds, names in ROW.findall(TABLE.read_text())}


@cache
def defined_in(path):
    tree = ast.parse((TESTS / path).read_text())
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_case_has_its_row():
    expected = [f"D{n}" for n in range(1, 25)] + [f"E{n}" for n in range(1, 10)]
    assert list(rows()) == expected


@in_turn("case", rows())
def test_every_test_that_is_named_is_there(case):
    named = NAME.findall(rows()[case])
    assert named
    assert " ".join(f"`{path}::{name}`" for path, name in named) == rows()[case]
    assert [f"{path}::{name}" for path, name in named if name not in defined_in(path)] == []


def test_no_key_that_deletes_text_means_anything():
    assert not DELETE & {part for key in KEYS for part in key.key.split("+")}
    for name in DELETE:
        with pytest.raises(Invalid):
            checked_key(name)
