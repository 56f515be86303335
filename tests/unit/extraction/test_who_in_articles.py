"""A table of constructions of real articles: some lines, and who said the clause in braces."""

import re
from pathlib import Path

import pytest

from app.extraction import extract

# Enough English to be taken for it, and whom the article named in full before.
PROSE = (
    "It was the first time that the people of the town had been asked what they thought of it and"
    " of the way in which it was run.\n"
)
BEFORE = PROSE + "Mayor Otto Lund met Ms. Ann Lee in town.\n"
TABLE = Path(__file__).with_name("who_in_articles.txt")
ROW = re.compile(r"(?P<new>\^?)(?P<before>.*)\{(?P<words>.+)\}(?P<after>.*) \|(?P<chain>.*)")


def rows():
    """Every row of the table under the heading of its construction."""
    heading = ""
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            heading = line.removeprefix("## ")
        elif line and not line.startswith("#"):
            match = ROW.fullmatch(line)
            assert match is not None, line
            text = (match["before"] + match["words"] + match["after"]).replace("¶", "\n")
            chain = [agent.strip() for agent in match["chain"].split(">") if agent.strip()]
            before = PROSE if match["new"] else BEFORE
            yield pytest.param(before, text, match["words"], chain, id=f"{heading}: {text}")


@pytest.mark.parametrize(("before", "text", "words", "chain"), list(rows()))
def test_who_said_it_in_an_article(before, text, words, chain):
    lines = before + text
    start = lines.index(words.replace("¶", "\n"))
    found = [
        [hop.agent for hop in one.attribution]
        for one in extract(lines).candidates
        if one.start < start + len(words) and start < one.end
    ]
    assert found[:1] == [chain]
