"""Which words of a sentence are finite verbs: told from the word, and from what stands around it."""

from bisect import bisect_left
from collections.abc import Sequence

from app.extraction import lexicon as lex
from app.extraction import sayings, verblist
from app.extraction.tokens import Token
from app.extraction.units import NUMBER_WORDS
from app.extraction.wordlist import word_set

_NOT_FINITE = word_set("be been being having 's ’s")
_FINITE_AUXILIARIES = lex.AUXILIARIES - _NOT_FINITE
# After these comes a noun: "the reports", "its plans", "of reports".
_BEFORE_NOUNS = (lex.DETERMINERS - {"that"} | lex.PREPOSITIONS - {"about"}) | word_set(
    "such whose per than"
)
_OBJECT_STARTS = (
    lex.DETERMINERS
    | lex.PREPOSITIONS - {"of"}
    | word_set("to that how what whether why it me him us them itself himself themselves")
    | word_set("not only also more less up down out off")
) - {"amid"}
_PLAIN_SUBJECTS = word_set("i we you they who which that people women men children police")
# Plain forms that a plural noun takes so often that the noun before them is enough.
_PLAIN_VERBS = word_set("""say want believe expect need seem remain include make get go come know agree argue
    live become appear tend depend suggest allow require begin consider continue belong understand
    think warn insist contain provide receive""")
_ADJECTIVES = word_set("first second third last next new old other only same recently newly so")
_BEFORE_PLURALS = _ADJECTIVES | word_set("""national local federal annual public medical official legal social
    political economic financial global regional central recent military foreign domestic commercial
    various numerous several daily weekly monthly early late good bad big small high low strong weak
    free open private main major minor early key rapid steep sharp severe possible real""")
_AMOUNT_STARTS = word_set("about nearly almost more less around over up at as")
_AFTER_PLURALS = word_set(
    "in at from to for with on of about by over against among between into under during"
)
# Forms in -s that take a place or a time: "lives in Bo", "stands at 3 percent".
_PLACED = word_set("""works lives sits stands leads looks ranks rests runs points deals turns moves goes calls falls
    rises comes plays starts ends opens closes fits remains relies lies leans hinges centres centers trades
    focuses competes counts amounts differs peaks grows shows sounds lands stays dates sleeps waits aims
    fights feeds hangs lasts passes sails travels votes walks rates averages""")
# Words from "one" to "in three".
_LONGEST_SHARE = 5
_NEGATIONS = word_set("not never no longer yet")
_BETWEEN = lex.ADVERBS | _NEGATIONS
# After these a plain form is no finite verb, nor is the one that is joined to it.
_BEFORE_PLAIN = word_set("""to will would can could may might must shall should cannot can't won't wouldn't do does
    did don't doesn't didn't let""")
_ONE_SUBJECTS = word_set("it he she which who that this")
# Plain forms that need no plural noun before them where an object or "that" follows.
_BARE_VERBS = word_set(
    "show suggest indicate reveal say blame believe argue contain cost remain expect"
)
_OBJECTS = word_set("the a an that it he she they their his its there")
_BARRIERS = word_set("""and but or that which who whom whose where when while as because since if though although
    after before until than what how why so""")


class Verbs:
    """The finite verbs of a stretch of tokens; asked for any part of it without walking."""

    def __init__(self, words: Sequence[Token]) -> None:
        self._words = words
        self.places = self._found()

    def first(self, low: int, high: int) -> int:
        """The first finite verb of a part, or ``high`` where there is none."""
        at = bisect_left(self.places, low)
        return min(self.places[at], high) if at < len(self.places) else high

    def any_from(self, start: int) -> bool:
        """Whether a finite verb begins at or after a place of the text."""
        return bool(self.places) and self._words[self.places[-1]].start >= start

    def any(self, low: int, high: int) -> bool:
        """Whether a part has a finite verb."""
        return self.first(low, high) < high

    def _found(self) -> list[int]:
        """Walked from the end: a participle is told by the verb that follows it."""
        found: list[int] = []
        following = False  # a finite verb follows, with nothing that opens a clause in between
        for at in range(len(self._words) - 1, -1, -1):
            word = self._words[at]
            if self._is_finite(at, following=following):
                found.append(at)
                following = True
            elif word.kind not in {"word", "number"} or word.lower in _BARRIERS:
                following = False
        return found[::-1]

    def _is_finite(self, at: int, *, following: bool) -> bool:
        word = self._words[at]
        lower = word.lower
        if lower in lex.AUXILIARIES and "'" in lower:
            return True
        if word.kind != "word" or (word.is_capital and not self._opens(at)):
            return False
        if lower in _FINITE_AUXILIARIES:
            return True
        if at == 0 or self._in_group(at):
            return at == 0 and (lower in verblist.ONLY_PAST or lower in verblist.ONLY_VERBS_S)
        # "A team of three arrived" has a verb, "three injured men" has none.
        counted = self._lower(at - 2) == "of" and self._lower(at - 1) in NUMBER_WORDS
        noun = self._lower(at - 1) in _BEFORE_NOUNS and not (counted or self._is_share(at - 1))
        if lower in sayings.PARTICIPLE_CUES or noun:
            return False
        return self._is_past(at, following=following) or self._is_present(at)

    def _opens(self, at: int) -> bool:
        return at > 0 and self._words[at - 1].kind == "open"

    def _lower(self, at: int) -> str:
        return self._words[at].lower if 0 <= at < len(self._words) else ""

    def _in_group(self, at: int) -> bool:
        """Whether the verb was named already: "was closed", "has not yet said", "to close"."""
        before = at - 1
        while before >= 0 and (self._lower(before) in _BETWEEN or self._is_manner(before)):
            before -= 1
        lower = self._lower(before)
        return lower in lex.AUXILIARIES or lower == "to"

    def _is_manner(self, at: int) -> bool:
        lower = self._lower(at)
        return lower.endswith("ly") and len(lower) > 4

    def _is_past(self, at: int, *, following: bool) -> bool:
        lower, after = self._lower(at), self._lower(at + 1)
        if lower in verblist.ONLY_PAST:
            return True
        if lower not in verblist.IRREGULAR_PAST and not lex.looks_past(lower):
            return False
        if after == "by":
            return self._is_amount(at + 2)
        if self._lower(at - 1) in _ADJECTIVES and self._lower(at - 2) in _BEFORE_NOUNS:
            return False
        # "the man arrested on Friday was charged": the later verb is that of the clause
        reduced = following and (after in lex.PREPOSITIONS or after in lex.TIME_ADJECTIVES)
        return not reduced

    def _is_amount(self, at: int) -> bool:
        """Whether "by" is followed by how much: then it rose by that."""
        lower = self._lower(at)
        number = at < len(self._words) and self._words[at].kind == "number"
        return number or lower in NUMBER_WORDS or lower in _AMOUNT_STARTS

    def _is_present(self, at: int) -> bool:
        lower, before = self._lower(at), self._words[at - 1]
        if lower in verblist.ONLY_VERBS_S:
            return True
        if lower in verblist.ALSO_NOUNS_S:
            if before.lower in _ONE_SUBJECTS:
                return True
            return self._subject_ends(at - 1, at + 1) and self._object_starts(at + 1)
        return lower in verblist.PLAIN_FORMS and self._is_plain(at)

    def _is_plain(self, at: int) -> bool:
        """Whether a plain form has its plural subject before it: "officials believe"."""
        lower, before = self._lower(at), self._words[at - 1]
        if lower == "come" and self._lower(at + 1) in {"as", "after", "amid", "just", "even"}:
            return True
        if lower in _BARE_VERBS and self._lower(at + 1) in _OBJECTS:
            return True
        if before.lower in _PLAIN_SUBJECTS:
            return True
        start = at - 1
        while start > 0 and (self._lower(start) in _BETWEEN or self._is_manner(start)):
            start -= 1
        return self._follows_plural(start, at)

    def _follows_plural(self, start: int, at: int) -> bool:
        """Whether a plural, or a verb before "and", is the subject: "cases often spring up"."""
        before, amount = self._words[start], self._is_amount(at + 1)
        qualified = start < at - 1
        if before.lower in {"and", "but"}:
            return (amount or qualified) and not self._is_infinitive(at)
        ends = before.lower.endswith("s") and len(before.lower) > 3
        plural = before.kind == "word" and (ends or before.lower == "data")
        takes = qualified or amount or self._lower(at) in _PLAIN_VERBS
        return plural and takes and not before.lower.endswith(("'s", "ss"))

    def _is_infinitive(self, at: int) -> bool:
        """Whether "to" or a modal stands before: "to lend and borrow 40 million"."""
        return any(self._lower(i) in _BEFORE_PLAIN for i in range(max(0, at - 8), at))

    def _subject_ends(self, at: int, after: int) -> bool:
        """Whether a subject may end here: a noun, a name, a pronoun, a bracket, or "and lasts"."""
        word = self._words[at]
        if word.lower in {"and", "or", "but"}:
            follows = self._words[after] if after < len(self._words) else word
            return follows.kind == "number" or follows.lower in _OBJECTS
        if self._is_share(at):
            return True
        if word.kind in {"number", "mark", "open"} and word.text not in {")", ",", "—", "–"}:
            return False
        possessive = word.lower.endswith("'s") and word.lower not in lex.AUXILIARIES
        return not possessive and word.lower not in _BEFORE_PLURALS

    def _is_share(self, at: int) -> bool:
        """Whether a number is the second one of "one call in three"."""
        number = self._words[at].kind == "number" or self._lower(at) in NUMBER_WORDS
        near = {self._lower(i) for i in range(max(0, at - _LONGEST_SHARE), at - 1)}
        return number and self._lower(at - 1) == "in" and "one" in near

    def _object_starts(self, at: int) -> bool:
        """Whether what follows is what a verb takes, and no further noun or verb."""
        if at >= len(self._words):
            return False
        word = self._words[at]
        if word.lower in _AFTER_PLURALS:
            # "sales in June", "plans for a port" are nouns; "works in Bo", "plans to sell" are not.
            verb = self._lower(at - 1) in _PLACED
            return verb or (word.lower == "to" and self._lower(at + 1) in verblist.PLAIN_FORMS)
        return (
            word.kind in {"number", "open"}
            or word.lower in _OBJECT_STARTS
            or (word.is_capital and self._words[at - 2].lower not in _BARRIERS)
            or self._is_manner(at)
            or (word.lower.endswith("ing") and len(word.lower) > 5)
        )
