"""The words of a comment: how people are mentioned in it, and what of it is a link.

A mention is stored as ``@{…}`` with the person's public id, so that it shows the name that they
have now: a new one after a change, none once they were erased.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.errors import Invalid
from app.domain.links import checked_link

MAX_TEXT = 5_000
LINK = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
MENTION = re.compile(r"@\{([a-z2-7]{12})\}")
PIECE = re.compile(f"(?i:{LINK.pattern})|{MENTION.pattern}")
# What ends a sentence rather than an address, and brackets that may do either.
AFTER_LINK = ".,;:!?…。、，！？'\"»”’*_"
BRACKETS = {")": "(", "]": "[", "}": "{"}
# Marks of direction, which an editor may put between the sign and a name.
DIRECTION = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
JOINER = "\u200d"

# A public id and a name.
Named = tuple[str, str]


class TalkFilter(StrEnum):
    """Which threads a list shows."""

    ALL = "all"
    OPEN = "open"
    RESOLVED = "resolved"
    MINE = "mine"
    ASKED = "asked"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a comment: plain words, a link, or a person who is mentioned."""

    words: str
    url: str | None = None
    is_mention: bool = False


def checked_text(text: str) -> str:
    """A comment's words in one form, without blanks around them.

    Raises:
        Invalid: there are none, or more than MAX_TEXT characters.
    """
    text = unicodedata.normalize("NFC", text).strip()
    if not text:
        raise Invalid("comment.text", field="text")
    if len(text) > MAX_TEXT:
        raise Invalid("comment.long", field="text", limit=MAX_TEXT)
    return text


def with_mentions(text: str, members: Iterable[Named]) -> tuple[str, list[str]]:
    """The text as it is stored, and the ids of those whom it mentions.

    After each ``@`` the longest name of a member counts; of two with the same name, both do. A
    sign inside a web or e-mail address mentions nobody.
    """
    names = _by_first_letter(members)
    stored: list[str] = []
    mentioned: dict[str, None] = {}
    at = 0
    for link in LINK.finditer(text):
        stored.append(_replaced(text[at : link.start()], names, mentioned))
        stored.append(link[0])
        at = link.end()
    stored.append(_replaced(text[at:], names, mentioned))
    return "".join(stored), list(mentioned)


def runs(text: str, names: Mapping[str, str]) -> tuple[Run, ...]:
    """A stored text in stretches; ``names`` are those whom it mentions, by public id."""
    return tuple(_runs(text, names))


def plain(text: str, names: Mapping[str, str]) -> str:
    """A stored text as one, with names where people are mentioned."""
    return "".join(run.words for run in runs(text, names))


def _runs(text: str, names: Mapping[str, str]) -> Iterator[Run]:
    at = 0
    for piece in PIECE.finditer(text):
        run = _run(piece, names)
        if run is None:
            continue
        if piece.start() > at:
            yield Run(text[at : piece.start()])
        yield run
        at = piece.start() + (len(run.words) if run.url else len(piece[0]))
    if at < len(text):
        yield Run(text[at:])


def _run(piece: re.Match[str], names: Mapping[str, str]) -> Run | None:
    if piece[1]:
        name = names.get(piece[1])
        return None if name is None else Run(f"@{name}", is_mention=True)
    address = _without_end(piece[0])
    try:
        return Run(address, url=checked_link(address))
    except Invalid:
        return None


def _without_end(address: str) -> str:
    """An address without the full stop of its sentence, or a bracket that it did not open."""
    while address:
        last = address[-1]
        opens = BRACKETS.get(last)
        is_open = opens is not None and address.count(opens) < address.count(last)
        if last not in AFTER_LINK and not is_open:
            break
        address = address[:-1]
    return address


def _by_first_letter(members: Iterable[Named]) -> dict[str, list[Named]]:
    found: dict[str, list[Named]] = {}
    for public_id, name in members:
        folded = _folded(name)
        if folded:
            found.setdefault(folded[0], []).append((public_id, folded))
    for named in found.values():
        named.sort(key=lambda pair: -len(pair[1]))
    return found


def _folded(text: str) -> str:
    """For comparing, letter by letter: one kind of blank, without case where that is one letter."""
    text = unicodedata.normalize("NFC", text)
    return "".join(" " if c.isspace() else c.lower() if len(c.lower()) == 1 else c for c in text)


def _replaced(text: str, names: Mapping[str, list[Named]], mentioned: dict[str, None]) -> str:
    folded = _folded(text)
    parts: list[str] = []
    at = 0
    sign = folded.find("@")
    while sign >= 0:
        begin = sign + 1
        while begin < len(folded) and folded[begin] in DIRECTION:
            begin += 1
        found = [] if _is_word(folded[:sign][-1:]) else _named_at(folded, begin, names)
        if found:
            parts += [text[at:sign], f"@{{{found[0][0]}}}"]
            at = begin + len(found[0][1])
            mentioned.update(dict.fromkeys(public_id for public_id, _name in found))
        sign = folded.find("@", max(begin, at))
    return "".join([*parts, text[at:]])


def _named_at(folded: str, begin: int, names: Mapping[str, list[Named]]) -> Sequence[Named]:
    """The members whose name stands there, the longest that does."""
    for _id, name in names.get(folded[begin : begin + 1], ()):
        end = begin + len(name)
        if folded.startswith(name, begin) and not _goes_on(folded[end : end + 1]):
            return [pair for pair in names[name[0]] if pair[1] == name]
    return []


def _is_word(letter: str) -> bool:
    """A letter of a script that parts words by blanks, as far as having capitals tells it."""
    return letter.isdigit() or letter.lower() != letter.upper()


def _goes_on(letter: str) -> bool:
    """Whether a name goes on with this: another letter, an accent, a part of one sign."""
    return bool(letter) and (
        _is_word(letter) or letter == JOINER or unicodedata.category(letter)[0] == "M"
    )
