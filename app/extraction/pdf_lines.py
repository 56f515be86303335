"""The lines of a PDF file as the paragraphs that they were broken out of."""

import re

# A line as long as this part of the longest ones was broken because it was full.
_FULL = 0.7
_LONG_LINES = 10
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u2010\u00ad]$")
_GOES_ON = re.compile(r"[^\W\d_]")


def paragraphs(text: str) -> str:
    """The same words with one line for each paragraph.

    A line that is full goes on in the next one, and a word that was parted at its end is put together
    where it goes on in a small letter. What is set in columns or tables stays in many short lines.
    """
    found = list[str]()
    for block in re.split(r"\n\s*\n|\f", text):
        lines = [line.strip() for line in block.split("\n") if line.strip()]
        width = _width(lines)
        joined = list[str]()
        is_full = False
        for line in lines:
            if joined and is_full:
                joined[-1] = _joined(joined[-1], line)
            else:
                joined.append(line)
            is_full = len(line) >= _FULL * width
        found += joined
    return "\n\n".join(found)


def _width(lines: list[str]) -> float:
    longest = sorted(map(len, lines), reverse=True)[:_LONG_LINES]
    return sum(longest) / len(longest) if longest else 0


def _joined(before: str, line: str) -> str:
    if _HYPHEN.search(before) and _GOES_ON.match(line) and line[0].islower():
        return before[:-1] + line
    return f"{before} {line}"
