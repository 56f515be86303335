"""A statement as the cutting of clauses sees it: its words, verbs, commas, and where clauses begin."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from app.extraction import lexicon as lex
from app.extraction import verblist
from app.extraction.sayings import CUES
from app.extraction.tokens import Token
from app.extraction.units import NUMBER_WORDS
from app.extraction.verbs import Verbs
from app.extraction.wordlist import word_set

DASHES = frozenset({"—", "–", "―", "--", "-"})
RELATIVES = word_set("which who whose where whom")
_LONGEST_SUBJECT = 20
_NO_SUBJECT = word_set(
    "and or but to not nor so than then which who whom whose where when while as if"
) | word_set("because although though whereas until unless including since before after once")
_COUNTS = frozenset(NUMBER_WORDS) - {"one"}
_SUBJECTS = word_set("he she it they we i there")
_BREAKS_SUBJECT = word_set(
    "he she they we i but while although though whereas because yet so when if that as"
)


class Piece(NamedTuple):
    """Tokens from ``low`` up to ``high``, how they were cut off, and the words they lean on.

    ``lead`` are the tokens of the subject that a predicate was cut off from, ``inner`` those that
    stand inside the part and are a part of their own.
    """

    low: int
    high: int
    form: str = "main"
    lead: tuple[int, int] | None = None
    inner: tuple[int, int] | None = None


class Syntax:
    """Questions about a statement that every cut asks."""

    def __init__(self, words: Sequence[Token]) -> None:
        self.words = words
        self.verbs = Verbs(words)
        depth = accumulate({"(": 1, "[": 1, ")": -1, "]": -1}.get(w.text, 0) for w in words)
        opened = accumulate({"open": 1, "close": -1}.get(w.kind, 0) for w in words)
        self._closed = [d <= 0 for d in depth]
        self._spoken = [o > 0 for o in opened]
        self._commas = [at for at, w in enumerate(words) if w.text == "," and self._closed[at]]
        self._dashes = [at for at, w in enumerate(words) if self._is_dash(at, w)]

    def _is_dash(self, at: int, word: Token) -> bool:
        if word.text not in DASHES or not self._closed[at]:
            return False
        around = self.words[at - 1 : at + 2]
        if word.text != "-":
            # "350–375 million" is a range.
            return not (len(around) == 3 and around[0].kind == around[2].kind == "number")
        return len(around) == 3 and around[0].end < word.start and word.end < around[2].start

    def lower(self, at: int) -> str:
        """A word in lower case; nothing where there is no word."""
        return self.words[at].lower if 0 <= at < len(self.words) else ""

    def commas(self, low: int, high: int) -> list[int]:
        """The commas of a part that stand in no bracket."""
        return self._commas[bisect_left(self._commas, low) : bisect_left(self._commas, high)]

    def dashes(self, low: int, high: int) -> list[int]:
        """The dashes of a part."""
        return self._dashes[bisect_left(self._dashes, low) : bisect_left(self._dashes, high)]

    def in_brackets(self, at: int) -> bool:
        """Whether a token stands in a bracket."""
        return not self._closed[at]

    def same_speech(self, first: int, second: int) -> bool:
        """Whether two tokens stand both inside quotation marks or both outside."""
        return self._spoken[first] == self._spoken[second]

    def measures(self, low: int, high: int) -> bool:
        """Whether a part holds a number, in figures or in words."""
        return any(w.kind == "number" or w.lower in _COUNTS for w in self.words[low:high])

    def past_adverbs(self, at: int, high: int) -> int:
        """The first token that is no adverb."""
        while at < high and (self.lower(at) in lex.ADVERBS or self.is_manner(at)):
            at += 1
        return at

    def is_manner(self, at: int) -> bool:
        """Whether a word tells how, or what the writer thinks of it: "quickly"."""
        lower = self.lower(at)
        return lower.endswith("ly") and len(lower) > 4 and not self.words[at].is_capital

    def opens_clause(self, low: int, high: int) -> bool:
        """Whether a clause begins here, or a place or a time before its subject: "on Monday it …"."""
        if self.is_clause(low, high):
            return True
        if self.lower(low) not in lex.PREPOSITIONS:
            return False
        for at in range(low + 2, min(high, low + 6)):
            near = at < low + 4 and self._is_when(at - 1)
            if near or self.lower(at) in _SUBJECTS or self.words[at - 1].text == ",":
                return self.is_clause(at, high)
        return False

    def _is_when(self, at: int) -> bool:
        """Whether a word ends a time or a place: "noon", "Monday", "2019", "Oslo"."""
        word = self.words[at]
        return word.is_capital or word.kind == "number" or word.lower in lex.TIME_NOUNS

    def is_clause(self, low: int, high: int) -> bool:
        """Whether a subject and its finite verb begin here."""
        low = self.past_adverbs(low, high)
        if low < high and self.words[low].kind == "open":
            low += 1
        if high - low < 3 or not self._may_begin(low):
            return False
        if self.lower(low) in _CONTRACTED:
            return True
        farthest = min(high, low + _LONGEST_SUBJECT)
        verb = self.verbs.first(low + 1, farthest)
        said = verb == high - 1 and self.lower(verb) in CUES
        return verb < farthest and not said and self._is_subject(low, verb, high)

    def _is_subject(self, low: int, verb: int, high: int) -> bool:
        """Whether nothing between two places keeps them from being subject and verb."""
        dashes = self.dashes(low, verb)
        commas = [at for at in self.commas(low, verb) if not _is_between(dashes, at)]
        # "Before dawn and charged with arson": the verb is no dawn's.
        if self.lower(verb - 1) in {"and", "or", "but"}:
            return False
        if (
            len(dashes) == 1
            or len(commas) == 1
            or (commas and self.past_adverbs(commas[-1] + 1, verb) < verb)
        ):
            return False
        between = self.words[low + 1 : verb]
        if any(w.lower in RELATIVES for w in between) and not self.verbs.any(verb + 1, high):
            return False
        return not any(w.lower in _BREAKS_SUBJECT or w.text in {";", ":"} for w in between)

    def _may_begin(self, low: int) -> bool:
        word = self.words[low]
        lower = word.lower
        if lower in lex.PRONOUNS:
            return lower not in RELATIVES
        return not (
            word.kind in {"mark", "close"}
            or (lower in verblist.ONLY_VERBS and not word.is_capital)
            or lower in _NO_SUBJECT
            or lower in lex.PREPOSITIONS
            or lower in lex.AUXILIARIES - _CONTRACTED
        )


def _is_between(dashes: Sequence[int], at: int) -> bool:
    """Whether a place lies between the first two dashes."""
    return len(dashes) == 2 and dashes[0] < at < dashes[1]


# These hold a subject already: "it's raining".
_CONTRACTED = frozenset(w for w in lex.AUXILIARIES if "'" in w and not w.endswith("n't"))
