"""Tables of constructions: a sentence, and the chain of those who said the clause in braces."""

import re
from pathlib import Path

import pytest

from tests.unit.extraction.test_attribution import chain_of

# Whom the article named in full before the sentence.
BEFORE = "Mayor Otto Lund met Ms. Ann Lee in town.\n"
TABLES = sorted(Path(__file__).parent.glob("who_said_it*.txt"))
ROW = re.compile(r"(?P<before>.*)\{(?P<words>.+)\}(?P<after>.*) \|(?P<chain>.*)")


def rows():
    """Every row of the tables under the heading of its construction."""
    heading = ""
    for line in (line for t in TABLES for line in t.read_text(encoding="utf-8").splitlines()):
        if line.startswith("## "):
            heading = line.removeprefix("## ")
        elif line and not line.startswith("#"):
            match = ROW.fullmatch(line)
            assert match is not None, line
            sentence = match["before"] + match["words"] + match["after"]
            chain = [agent.strip() for agent in match["chain"].split(">") if agent.strip()]
            yield pytest.param(sentence, match["words"], chain, id=f"{heading}: {sentence}")


@pytest.mark.parametrize(("sentence", "words", "chain"), list(rows()))
def test_who_said_it(sentence, words, chain):
    assert chain_of(sentence, words, BEFORE) == chain
