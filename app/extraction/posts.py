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
# The same behind the words: "We lost. — Ann Lee (@annlee) May 4, 2019".
_BEHIND = re.compile(
    rf"[.!?…”\"\w]\s+[—–]\s?(?P<name>[^@(\n—–]{{2,60}}?)\s*{_HANDLE}[\w\s.,]{{0,24}}$"
)
# Who is quoted: a dash, the name, and perhaps what they are, below or behind the quotation.
_SIGNED = re.compile(r"[—–―-]{1,2}\s?(?P<name>[^\W\d_][^,(\n—–―:]{1,40}?)(?:,[^.!?\n]{2,80})?$")
_QUOTED = re.compile(r"[“\"].{20,}[”\"]$")
_QUOTED_SIGNED = re.compile(
    r"[“\"][^\n]{20,}[”\"]\s*(?P<signed>[—–―-]{1,2}\s?[^\W\d_][^”\"\n]{1,120})$"
)
_LONGEST_LINE = 120
_LONGEST_POST = 1_000


def signatures(text: str, paragraphs: Sequence[Paragraph]) -> dict[int, str]:
    """Who wrote a paragraph, by its index: the author of the post that it is part of."""
    found: dict[int, str] = {}
    prose = False
    for at, line in enumerate(paragraphs):
        author = _behind(text, line) or _quoted(text, paragraphs, at)
        if author:
            found[line.index] = author
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


def _behind(text: str, line: Paragraph) -> str | None:
    """The author of a post whose line of the author stands behind its words."""
    if line.end - line.start > _LONGEST_POST:
        return None
    match = _BEHIND.search(text[line.start : line.end])
    return _plain_name(match["name"].strip()) if match else None


def _quoted(text: str, paragraphs: Sequence[Paragraph], at: int) -> str | None:
    """Who is named behind a quotation, or in the line below it, after a dash."""
    line = paragraphs[at]
    if line.end - line.start > _LONGEST_POST:
        return None
    words = text[line.start : line.end]
    behind = _QUOTED_SIGNED.match(words)
    if behind:
        return _signer(behind["signed"])
    if at + 1 == len(paragraphs) or not _QUOTED.match(words):
        return None
    below = paragraphs[at + 1]
    return (
        _signer(text[below.start : below.end]) if below.end - below.start <= _LONGEST_LINE else None
    )


def _signer(signature: str) -> str | None:
    match = _SIGNED.match(signature)
    if match is None:
        return None
    name = match["name"].strip()
    agent = agent_of(tokens(name, Span(0, len(name))), name)
    return agent.name if agent and agent.kind == "person" and agent.named else None


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
