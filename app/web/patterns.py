"""Many small elements of a few kinds, written in one go.

An article has dozens of marks and paragraphs. To write each of them where a page is put together takes
longer than all the rest of the page. So whoever knows them writes one text with signs in it, ``element``
by ``element``; the text is escaped as a whole, and then the HTML of each kind is put in place of its
signs. That HTML stands in a template: one line for each kind, in which ``SLOT`` stands for what differs.
"""

import re
from collections.abc import Collection
from functools import lru_cache

from markupsafe import Markup, escape

SLOT = "◇"
# Characters that Unicode keeps for what programs put between others; no text has them.
_FIRST, _LAST, _EACH = 0xFDD0, 0xFDEF, 4
_SIGNS = re.compile(f"[{chr(_FIRST)}-{chr(_LAST)}]")


def signs(kind: int) -> tuple[str, ...]:
    """The signs of a kind, by its line: before its first slot, between slots, and behind the last."""
    first = _FIRST + kind * _EACH
    return tuple(chr(first + place) for place in range(_EACH))


def without_signs(text: str) -> str:
    """A text that somebody wrote, of the same length, in which nothing is taken for a sign."""
    return text if text.isascii() else _SIGNS.sub("\ufffd", text)


USUAL, CHOSEN = signs(0), signs(1)


def options(choices: Collection[tuple[str, str]], chosen: str = "") -> str:
    """Things to choose from, each as its value and its name, with signs: kind 0, the chosen one kind 1."""
    names = "".join([name for _value, name in choices])
    if without_signs(names) != names:
        choices = [(value, without_signs(name)) for value, name in choices]
    return "".join(
        [
            f"{kind[0]}{value}{kind[1]}{name}{kind[2]}"
            for value, name in choices
            for kind in (CHOSEN if value == chosen else USUAL,)
        ]
    )


def patterned(text: str, lines: Markup) -> Markup:
    """A text with signs as HTML, by the lines of its kinds."""
    html = escape(text)
    for sign, tag in _tags(lines):
        if sign in html:
            html = html.replace(sign, tag)
    return html


@lru_cache(maxsize=64)
def _tags(lines: Markup) -> list[tuple[str, Markup]]:
    """What is put in place of each sign."""
    return [
        (sign, tag)
        for kind, line in enumerate(lines.strip().splitlines())
        for sign, tag in zip(signs(kind), line.strip().split(SLOT), strict=False)
    ]


# What templates call these.
FILTERS = {"patterned": patterned, "options": options}
