"""Tables of constructions: a sentence, and the chain of those who said the clause in braces."""

import re
from pathlib import Path

from tests.cases import in_turn
from tests.unit.extraction.test_attribution import chain_of

# Whom the article named in full before the sentence.
BEFORE = "Mayor Otto Lund met Ms. Ann Lee in town.\n"
TABLES = sorted(Path(__file__).parent.glob("who_said_it*.txt"))
ROW = re.compile(r"(?P<before>.*)\{(?P<words>.+)\}(?P<after>.*) \|(?P<chain>.*)")


def rows():
    """The rows of the tables under the headings of their constructions."""
    found, heading = {}, ""
    for line in (line for t in TABLES for line in t.read_text(encoding="utf-8").splitlines()):
        if line.startswith("## "):
            heading = line.removeprefix("## ")
        elif line and not line.startswith("#"):
            match = ROW.fullmatch(line)
            assert match is not None, line
            found.setdefault(heading, []).append(match)
    return found


ROWS = rows()


@in_turn("heading", ROWS)
def test_who_said_it(heading):
    wrong = {}
    for row in ROWS[heading]:
        sentence = row["before"] + row["words"] + row["after"]
        chain = [agent.strip() for agent in row["chain"].split(">") if agent.strip()]
        found = chain_of(sentence, row["words"], BEFORE)
        if found != chain:
            wrong[sentence] = (found, chain)

    assert wrong == {}
