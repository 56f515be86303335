"""A text for readers as blocks, written as HTML or as Markdown; everything in it is escaped.

Only web addresses become links: whatever else stands where one should be is shown as plain text.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape

from app.domain.errors import Invalid
from app.domain.links import checked_link

# What Markdown reads as its own, wherever it stands; ``&`` could begin an entity.
MARKDOWN = re.compile(r"[\\`*_\[\]<>|~&#{}$]")
# Neither may stand in an address between angle brackets, nor split a row of a table.
IN_ADDRESS = re.compile(r"[\\<>|`\"\s\x00-\x20\x7f]")
ENTITY = re.compile(r"&(?=#?\w+;)")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Words:
    """Some words of a line; strong, or leading somewhere."""

    text: str
    is_strong: bool = False
    url: str | None = None


Line = Sequence[Words]


@dataclass(frozen=True, slots=True)
class Title:
    """A heading."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of running text."""

    line: Line


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of somebody else."""

    text: str


@dataclass(frozen=True, slots=True)
class Points:
    """A list of lines."""

    lines: Sequence[Line]


Block = Title | Paragraph | Quote | Points


def paragraphs(text: str) -> list[str]:
    """The lines of a text that say something, each a paragraph of its own."""
    lines = (" ".join(CONTROL.sub(" ", line).split()) for line in text.splitlines())
    return [line for line in lines if line]


def web_address(value: str | None) -> str | None:
    """The address, if it is one of the web."""
    try:
        return checked_link(value)
    except Invalid:
        return None


def as_html(blocks: Iterable[Block]) -> str:
    """The blocks as HTML without classes, scripts or styles."""
    return "".join(f"{_html(block)}\n" for block in blocks)


def _html(block: Block) -> str:
    match block:
        case Title(text):
            return f"<h2>{_plain(text)}</h2>"
        case Paragraph(line):
            return f"<p>{_html_line(line)}</p>"
        case Quote(text):
            inner = "".join(f"<p>{_plain(part)}</p>" for part in paragraphs(text))
            return f'<blockquote dir="auto">{inner}</blockquote>'
        case Points(lines):
            inner = "".join(f"<li>{_html_line(line)}</li>\n" for line in lines)
            return f"<ul>\n{inner}</ul>"


def _html_line(line: Line) -> str:
    return "".join(map(_html_words, line))


def _html_words(words: Words) -> str:
    shown = _plain(words.text)
    if words.is_strong:
        shown = f"<strong>{shown}</strong>"
    address = web_address(words.url)
    return f'<a href="{escape(address)}">{shown}</a>' if address and shown.strip() else shown


def _plain(text: str) -> str:
    return escape(CONTROL.sub(" ", text))


def as_markdown(blocks: Iterable[Block]) -> str:
    """The blocks as CommonMark that other Markdown programs read the same way."""
    return "\n\n".join(filter(None, map(_markdown, blocks))) + "\n"


def _markdown(block: Block) -> str:
    match block:
        case Title(text):
            return f"## {_marked(text)}"
        case Paragraph(line):
            return _markdown_line(line)
        case Quote(text):
            return "\n>\n".join(f"> {_at_start(_marked(part))}" for part in paragraphs(text))
        case Points(lines):
            return "\n".join(f"- {_markdown_line(line)}" for line in lines)


def _markdown_line(line: Line) -> str:
    return _at_start("".join(map(_markdown_words, line)).strip())


def _markdown_words(words: Words) -> str:
    shown = _marked(words.text)
    if not shown.strip():
        return shown
    if words.is_strong:
        shown = _around(shown, lambda inner: f"**{inner}**")
    address = web_address(words.url)
    if address is None:
        return shown
    return _around(shown, lambda inner: f"[{inner}](<{_markdown_address(address)}>)")


def _around(text: str, mark: Callable[[str], str]) -> str:
    """Marks stand close to the words: blanks go outside."""
    inner = text.strip()
    before, _inner, after = text.partition(inner)
    return f"{before}{mark(inner)}{after}"


def _marked(text: str) -> str:
    shown = MARKDOWN.sub(r"\\\g<0>", CONTROL.sub(" ", text))
    # Before a link it would make a picture of it.
    return f"{shown[:-1]}\\!" if shown.endswith("!") else shown


def _at_start(line: str) -> str:
    """A line that begins no list, heading or rule of its own."""
    if line[:1] in {"-", "+", "=", ":"}:
        return f"\\{line}"
    return re.sub(r"^(\d{1,9})([.)])", r"\1\\\2", line)


def _markdown_address(address: str) -> str:
    spelled = IN_ADDRESS.sub(_percent, address)
    return ENTITY.sub("&amp;", spelled)


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{octet:02X}" for octet in found[0].encode())
