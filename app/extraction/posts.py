"""Posts that an article embeds: whose words they are, told by the line above or below."""

import re
from collections.abc import Sequence

from app.extraction.agents import agent_of
from app.extraction.sentences import Paragraph, Span
from app.extraction.tokens import tokens

_HANDLE = r"\(?@\w{2,}\)?"
# The line below a post: a dash, the name, the handle in brackets, the date.
_BELOW = re.compile(rf"[—–-]{{1,2}}\s?(?P<name>[^@(\n]{{2,60}}?)\s*{_HANDLE}")
# "Ann Lee @annlee · May 4"; nothing else may stand in the line but a date or an hour.
_ABOVE = re.compile(
    rf"(?P<name>[^\W\d_][^@(\n]{{1,60}}?)\s*{_HANDLE}\s*(?:[·•|,–—-]?\s*[\w:.,/ ]{{0,30}})?$"
)
_LONGEST_LINE = 120


def signatures(text: str, paragraphs: Sequence[Paragraph]) -> dict[int, str]:
    """Who wrote a paragraph, by its index: the author of the post that it is part of."""
    found: dict[int, str] = {}
    prose = False
    for at, line in enumerate(paragraphs):
        if line.end - line.start > _LONGEST_LINE:
            prose = True
            continue
        words = text[line.start : line.end]
        # In front of all prose a name with a handle is a byline.
        below, above = _BELOW.match(words), _ABOVE.match(words) if prose else None
        match = below or above
        if match is None:
            continue
        name = _plain_name(match["name"].strip())
        block = _block(text, paragraphs, at, step=-1 if below else 1)
        found.update(dict.fromkeys(block, name))
    return found


def _block(text: str, paragraphs: Sequence[Paragraph], at: int, *, step: int) -> list[int]:
    """The lines of a post next to the line of its author, without an empty line in between."""
    here = at + step
    block: list[int] = []
    while 0 <= here < len(paragraphs):
        if block and _is_apart(text, paragraphs[here - step], paragraphs[here]):
            break
        block.append(paragraphs[here].index)
        here += step
    return block


def _is_apart(text: str, one: Paragraph, other: Paragraph) -> bool:
    low, high = min(one.end, other.end), max(one.start, other.start)
    return text.count("\n", low, high) != 1


def _plain_name(name: str) -> str:
    """The name without titles; as it stands where it is none that the grammar reads."""
    agent = agent_of(tokens(name, Span(0, len(name))), name)
    return agent.name if agent and agent.named else name
