"""Where a sentence reports speech: cue verbs, and where the reported words begin."""

from collections.abc import Sequence

from app.extraction import lexicon as lex
from app.extraction.tokens import Token
from app.extraction.units import NUMBER_WORDS
from app.extraction.wordlist import word_set

_NO_REPORT_AFTER = word_set("""to did do does didn't don't doesn't would could can may might should must will not won't
    wouldn't couldn't can't never""")
_URGING = word_set("urged urges advised advises warned warns")
_QUESTIONS = frozenset({"what", "who", "how", "why", "where", "when"})
_CLAUSE = 4
_HOW_MANY = frozenset({"at", "about", "around", "over", "under", "between"})
_COUNTED = frozenset({"least", "most", "half", "a"})
_SAID_IN = word_set(
    """statement interview email e-mail tweet speech letter post release filing memo conference
    briefing video podcast hearing report message"""
)
_CLAUSE_STARTS = frozenset({"it", "he", "she", "they", "there"})
_FARTHEST_THAT = 16
_ADJUNCT_STARTS = word_set(
    "in on at during to from with through via after before by for about earlier later"
)


class Cues:
    """Cue verbs in the tokens of one sentence."""

    def __init__(self, words: Sequence[Token]) -> None:
        self._words = words

    def is_cue(self, at: int, low: int) -> bool:
        """Whether this token is a verb of saying that somebody did, not may do or had done to."""
        word = self._words[at]
        if word.lower not in lex.CUES or word.lower in lex.PARTICIPLE_CUES:
            return False
        before = at - 1
        while before > low and self._words[before].lower in lex.ADVERBS:
            before -= 1
        if before < low:
            return True
        lower = self._words[before].lower
        return lower not in lex.BE and lower not in _NO_REPORT_AFTER and lower not in {"a", "the"}

    def name(self, at: int, content: int) -> str:
        """The cue as a person would name it: "said", "emphasized that", "accused"."""
        that = any(self._words[i].lower == "that" for i in range(at + 1, min(content, at + 3)))
        return self._words[at].lower + (" that" if that else "")

    def keeps_itself(self, at: int, high: int) -> bool:
        """Whether the cue with its plain object is the claim ("denied the charge")."""
        lower = self._words[at].lower
        if lower in _URGING:
            following = [w.lower for w in self._words[at + 1 : min(high, at + 8)]]
            return "to" in following[1:] and "that" not in following
        if lower not in lex.OBJECT_CUES or at + 1 >= high:
            return False
        wanted = lex.OBJECT_CUES[lower]
        nexts = [w.lower for w in self._words[at + 1 : min(high, at + 4)]]
        if nexts[0] in lex.PRONOUNS:
            return False
        if wanted:
            return any(word in wanted for word in nexts)
        return nexts[0] != "that" and self._words[at + 1].kind not in {"mark", "open"}

    def content_after(self, at: int, high: int) -> int | None:
        """The token where the reported words begin, or None when nothing is reported."""
        cue = self._words[at].lower
        if at + 1 >= high or (cue in lex.NOUN_LIKE_CUES and not self._has_that(at, high)):
            return None
        marked = self._marked(at, high)
        if marked is not None:
            return marked
        if lex.CUES[cue] in {"that", "object"}:
            return self._expected(at, high)
        first = self._past_adjuncts(at, high)
        return first if first is not None and self._reports(cue, first, high) else None

    def _past_adjuncts(self, at: int, high: int) -> int | None:
        """Past whom it was told, and when and where: "told reporters on Monday"."""
        tells = lex.CUES[self._words[at].lower] == "tell"
        first = self._after_addressee(at + 1, high) if tells else at + 1
        if first is None:
            return None
        first = self._skip_time(first, high)
        if first >= high or not self._is_adjunct(first, high):
            return first
        return self._skip_adjunct(first, high)

    def _is_adjunct(self, first: int, high: int) -> bool:
        """Whether a preposition tells where it was said, and not how many: "about 40 people"."""
        word = self._words[first].lower
        if word not in lex.PREPOSITIONS:
            return False
        follows = self._words[first + 1] if first + 1 < high else None
        counts = follows is not None and (
            follows.kind == "number" or follows.lower in _COUNTED or follows.lower in NUMBER_WORDS
        )
        return not (counts and word in _HOW_MANY)

    def _reports(self, cue: str, first: int, high: int) -> bool:
        """Whether a clause begins here; after "said" even where the table knows no verb of it."""
        if first >= high or self._words[first].lower in _QUESTIONS:
            return False
        plain = cue in {"said", "says"} and high - first >= _CLAUSE
        return plain or self._has_finite(first, high)

    def _has_that(self, at: int, high: int) -> bool:
        return at + 1 < high and self._words[at + 1].lower == "that"

    def _expected(self, at: int, high: int) -> int | None:
        """Where a clause without "that" begins: "announced it would …", "expects sales to rise"."""
        follows = self._words[at + 1].lower
        if follows in _CLAUSE_STARTS and self._has_finite(at + 2, min(high, at + 5)):
            return at + 1
        if self._words[at].lower not in lex.FORECAST_CUES:
            return None
        following = [w.lower for w in self._words[at + 1 : min(high, at + 14)]]
        modal = any(w in {"will", "would", "to", "could"} for w in following[1:])
        return at + 1 if modal and following[0] not in lex.PREPOSITIONS else None

    def _marked(self, at: int, high: int) -> int | None:
        """After "that", a colon or an opening quotation mark, with only adjuncts in between."""
        for i in range(at + 1, min(high, at + _FARTHEST_THAT)):
            word = self._words[i]
            if word.lower == "that" and self._only_adjuncts(at + 1, i):
                return self._past_that(i, high)
            if (word.kind == "open" or word.text == ":") and self._only_adjuncts(at + 1, i):
                return i if word.kind == "open" else i + 1
            if word.kind == "close" or word.text in {";", "—"}:
                return None
        return None

    def _past_that(self, at: int, high: int) -> int | None:
        return at + 1 if at + 2 < high else None

    def _only_adjuncts(self, first: int, last: int) -> bool:
        """Whether the words between a cue and "that" only say when, where and to whom."""
        between = self._words[first:last]
        if not between:
            return True
        if any(
            lex.looks_finite(w.lower)
            and not w.is_capital
            and w.lower not in {"published", "released"}
            for w in between
        ):
            return False
        kind = lex.CUES.get(self._words[first - 1].lower)
        lead = self._skip_time(first, last)
        if lead >= last or self._words[lead].text == ",":
            return True
        if self._words[lead].lower in _ADJUNCT_STARTS:
            return True
        return kind == "tell"

    def _skip_time(self, first: int, high: int) -> int:
        """Past "Thursday", "on Monday night", "in June", "last week", "also"."""
        at = first
        while at < high and self._is_time(at, high):
            at += 1
        return at

    def _is_time(self, at: int, high: int) -> bool:
        lower = self._words[at].lower
        after = self._words[at + 1].lower if at + 1 < high else ""
        if lower in lex.DAYS or lower in {"yesterday", "today", "tonight", "earlier", "later"}:
            return True
        if lower in {"on", "in", "late", "early", "last", "this", "by"}:
            return (
                after in lex.DAYS
                or after in lex.MONTHS
                or after in lex.TIME_NOUNS
                or (lower == "in" and after.isdigit())
            )
        before = self._words[at - 1].lower
        if lower in lex.TIME_NOUNS:
            return before in lex.DAYS or before in lex.TIME_ADJECTIVES
        return lower in lex.MONTHS or (lower.isdigit() and before in lex.MONTHS | {"in"})

    def _skip_adjunct(self, first: int, high: int) -> int | None:
        """Past "in a statement", or past the comma that closes a longer adjunct."""
        for at in range(first, min(high, first + 10)):
            if self._words[at].text == ",":
                return at + 1
            if self._words[at].lower in _SAID_IN and at + 1 < high:
                after = self._skip_time(at + 1, high)
                if after < high and self._words[after].lower not in lex.PREPOSITIONS | {","}:
                    return after
        return None

    def _after_addressee(self, first: int, high: int) -> int | None:
        """Past "reporters", "CNN", "the public on Sunday" after "told"."""
        at = first
        if at < high and self._words[at].lower in {"the", "a", "his", "her", "their"}:
            at += 1
            while (
                at < high
                and not self._words[at].is_capital
                and self._words[at].lower not in lex.SPEAKERS | lex.ADDRESSEES
            ):
                at += 1
                if at - first > 4:
                    return None
            return at + 1
        if at < high and self._words[at].lower in lex.ADDRESSEES:
            return at + 1
        while at < high and self._words[at].is_capital and at - first < 4:
            at += 1
        if at < high and self._words[at].lower in lex.ADDRESSEES | {"media", "newspaper"}:
            at += 1
        return at if at > first else None

    def _has_finite(self, first: int, high: int) -> bool:
        return any(lex.looks_finite(w.lower) for w in self._words[first : min(high, first + 18)])
