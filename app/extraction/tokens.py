"""Words and marks of a sentence with their places, for the grammar to walk over."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Literal

from app.extraction.quotation import touching
from app.extraction.sentences import Span
from app.extraction.wordlist import word_set

TokenKind = Literal["word", "number", "mark", "open", "close"]

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S., p.m.
    r"|[$£€¥₹]?(?:\d+(?:[.,:]\d+)*|(?<!\w)\.\d+)(?:-?[^\W\d_]+(?:-[^\W_]+)*)?%?"
    r"|(?<=\s)[’']s\b"
    r"|[^\W_]+(?:[’'‘\-&][^\W_]+)*(?:\.(?:com|org|net|co))?(?:[’'](?=\s))?"
    r"|--+|…|\.{3}|``|''|‘‘|’’|\S"
)
_DOTTED = word_set("""mr mrs ms dr prof sen sens rep reps gov gen col capt lt sgt maj st jr sr rev hon no vs inc
    corp co ltd jan feb aug sept sep oct nov dec mt ft""")


# Surnames that begin small: d'Arcy, al-Hadi.
# And brands that do: eBay, iPhone; kWh and mRNA are none.
_JOINED_NAME = re.compile(
    r"(?:[dlo][’']|(?:al|el|an|as|ash|ad|ar|at|bin|ben)-)[A-Z]|[a-z]{1,2}[A-Z][a-z]{2}"
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or mark at its place in the text."""

    text: str
    lower: str
    start: int
    end: int
    kind: TokenKind

    @property
    def is_capital(self) -> bool:
        """Whether the word begins like a name."""
        # Scripts without capitals write a name like any other word.
        name = self.text[0].isalpha() and not self.text[0].islower()
        return self.kind == "word" and (name or bool(_JOINED_NAME.match(self.text)))


def tokens(text: str, span: Span, quoted: tuple[Span, ...] = ()) -> list[Token]:
    """The tokens of a span; quotation marks of ``quoted`` are told apart as open and close."""
    near = touching(quoted, span)
    opens, closes = {q.start for q in near}, {q.end for q in near}
    found: list[Token] = []
    for match in _TOKEN.finditer(text, span.start, span.end):
        found.extend(_cut_marks(match, opens, closes))
    return _with_names(_with_dots(found, span.end))


def _cut_marks(match: re.Match[str], opens: set[int], closes: set[int]) -> list[Token]:
    word, start, end = match[0], match.start(), match.end()
    if len(word) > 1 and end - 1 in closes:
        return [_token(word[:-1], start, "word"), _token(word[-1], end - 1, "close")]
    if end in opens:
        return [_token(word, start, "open")]
    if start in closes:
        return [_token(word, start, "close")]
    first = word[0]
    if first.isdigit() or (first in "$£€¥₹." and word[-1].isalnum()):
        return [_token(word, start, "number")]
    return [
        _token(
            word,
            start,
            "word"
            if first.isalnum() or first == "&" or (len(word) == 2 and word[1] == "s")
            else "mark",
        )
    ]


def _with_names(found: list[Token]) -> list[Token]:
    """Tell the given name from the verb in "Will Cole said"; a question begins with the verb."""
    asks = bool(found) and any(token.text == "?" for token in found[-2:])
    for at, token in enumerate(found[:-1]):
        if token.text == "Will" and found[at + 1].is_capital and (at or not asks):
            found[at] = replace(token, lower="will.")
    return found


# Written in capitals these are names; in lower case they would be read as other words.
_ACRONYMS = {"WHO": "w.h.o.", "US": "u.s.", "IT": "i.t."}


def _token(word: str, start: int, kind: TokenKind) -> Token:
    lower = _ACRONYMS.get(word) or word.lower().replace("’", "'").replace("‘", "'")
    return Token(word, lower, start, start + len(word), kind)


def _with_dots(found: list[Token], end: int) -> list[Token]:
    """Join an abbreviation or an initial with its full stop, unless that stop ends the sentence."""
    joined: list[Token] = []
    for token in found:
        last = joined[-1] if joined else None
        if token.text == "." and last and last.end == token.start and _takes_dot(last, token, end):
            joined[-1] = _token(last.text + ".", last.start, "word")
        else:
            joined.append(token)
    return joined


def _takes_dot(word: Token, dot: Token, end: int) -> bool:
    if word.kind != "word" or dot.end >= end:
        return False
    return word.lower in _DOTTED or (len(word.text) == 1 and word.is_capital)


def between(words: Sequence[Token], span: Span) -> Sequence[Token]:
    """Those of a sentence's tokens that begin in a span, found by halving."""
    first = bisect_left(words, span.start, key=attrgetter("start"))
    last = bisect_left(words, span.end, key=attrgetter("start"))
    return words[first:last]
