"""Text as the pieces of words that a model of the BERT family knows, small letters without accents.

Devlin and others (2019), BERT, section 3, and what its published code does. The names of special
pieces, such as "[SEP]", are ordinary text here.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

_LONGEST_WORD = 100
_CHINESE = (
    *((0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F)),
    *((0x2B740, 0x2B81F), (0x2B820, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F)),
)
_GAPS = "\t\n\r"
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs"})


def vocabulary(path: Path) -> dict[str, int]:
    """The pieces of a file with one a line, each with its number."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return {piece: number for number, piece in enumerate(lines)}


class WordPiece:
    """Cuts text into pieces of a vocabulary, the longest first."""

    def __init__(self, known: Mapping[str, int], *, most: int) -> None:
        self.known, self.most = known, most
        self._first, self._last = known["[CLS]"], known["[SEP]"]
        self._unknown = known["[UNK]"]
        self._cut: dict[str, list[int]] = {}

    def pieces(self, text: str) -> list[int]:
        """The numbers of a text's pieces between the two that mark its ends, ``most`` in all."""
        found: list[int] = []
        for word in words(text):
            found += self._of(word)
            if len(found) >= self.most - 2:
                break
        return [self._first, *found[: self.most - 2], self._last]

    def _of(self, word: str) -> list[int]:
        if word not in self._cut:
            if len(self._cut) > 100_000:
                self._cut.clear()
            self._cut[word] = self._cut_up(word)
        return self._cut[word]

    def _cut_up(self, word: str) -> list[int]:
        found, start = list[int](), 0
        while start < len(word) <= _LONGEST_WORD:
            lead = "##" if start else ""
            end = len(word)
            while end > start and lead + word[start:end] not in self.known:
                end -= 1
            if end == start:
                return [self._unknown]
            found.append(self.known[lead + word[start:end]])
            start = end
        return found or [self._unknown]


def words(text: str) -> Iterator[str]:
    """The words and marks of a text, as they are looked up."""
    plain = "".join(_spaced(letter) for letter in text)
    bare = "".join(
        c for c in unicodedata.normalize("NFD", plain) if unicodedata.category(c) != "Mn"
    )
    for word in bare.lower().split():
        start = 0
        for at, letter in enumerate(word):
            if _is_mark(letter):
                if start < at:
                    yield word[start:at]
                yield letter
                start = at + 1
        if start < len(word):
            yield word[start:]


def _spaced(letter: str) -> str:
    """A letter, a space for what separates, nothing for what nobody sees."""
    if letter in _GAPS:
        return " "
    if letter == "\ufffd" or unicodedata.category(letter) in _UNSEEN:
        return ""
    number = ord(letter)
    return f" {letter} " if any(a <= number <= b for a, b in _CHINESE) else letter


def _is_mark(letter: str) -> bool:
    if letter.isascii():
        return not letter.isalnum()
    return unicodedata.category(letter).startswith("P")
