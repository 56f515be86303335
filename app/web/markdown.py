"""Markdown as a part of a page: the one place where written text becomes HTML.

What people write is read as CommonMark with tables, without HTML of their own, and cleaned again
afterwards. Links lead to the web alone; pictures are their descriptions.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

LAST_LEVEL = 6
SCHEMES = {"http", "https"}
BLOCKS = {"p", "ul", "ol", "li", "blockquote", "pre", "hr", "br", "h2", "h3", "h4", "h5", "h6"}
TABLES = {"table", "thead", "tbody", "tr", "th", "td"}
TAGS = BLOCKS | TABLES | {"a", "code", "em", "strong"}


def _is_web(link: str) -> bool:
    return link.lower().startswith(("http://", "https://"))


def _described(_renderer: Any, tokens: Sequence[Token], place: int, *_rest: Any) -> str:  # noqa: ANN401 - as the package calls it
    return str(escape(tokens[place].content))


_reader = MarkdownIt("commonmark", {"html": False}).enable("table")
_reader.validateLink = _is_web  # type: ignore[assignment, method-assign]  # how the package is told
_reader.add_render_rule("image", _described)


@lru_cache(maxsize=64)
def written(text: str, *, first: int = 2) -> Markup:
    """A text as HTML whose topmost headings are of the level ``first``; none is left out below."""
    return _shown(_reader.parse(text), first)


@lru_cache(maxsize=64)
def sections(text: str, *, first: int = 3) -> dict[str, Markup]:
    """What stands under each heading of a text, by the heading in small letters."""
    tokens = _reader.parse(text)
    found: dict[str, Markup] = {}
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            body = _under(tokens, place)
            found.setdefault(tokens[place + 1].content.casefold().strip(), _shown(body, first))
    return found


def _under(tokens: Sequence[Token], place: int) -> list[Token]:
    """What follows a heading, up to the next one that is as high."""
    body = []
    for token in tokens[place + 3 :]:
        if token.type == "heading_open" and token.tag <= tokens[place].tag:
            break
        body.append(token)
    return body


def _shown(tokens: Sequence[Token], first: int) -> Markup:
    html = _reader.renderer.render(_shifted(tokens, first), _reader.options, {})
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )
    return Markup(clean)  # noqa: S704 - cleaned in the line above


def _shifted(tokens: Sequence[Token], first: int) -> list[Token]:
    """The same with headings that begin at a level and go down one by one."""
    above: list[str] = []
    shifted = []
    for token in tokens:
        if token.type == "heading_open":
            above = [tag for tag in above if tag < token.tag]
            above.append(token.tag)
        if token.type in {"heading_open", "heading_close"}:
            level = min(first + len(above) - 1, LAST_LEVEL)
            token = token.copy(tag=f"h{level}")  # noqa: PLW2901 - the parsed ones stay as they are
        shifted.append(token)
    return shifted
