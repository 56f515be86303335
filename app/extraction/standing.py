"""Words a claim so that it stands alone: subject, names, and whose words a quotation holds."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter

from app.extraction import sayings
from app.extraction.candidate import Hop
from app.extraction.clauses import Clause
from app.extraction.heads import LONGEST_PREFIX, head_before, inner_relative, is_relative, prefix
from app.extraction.moments import moments
from app.extraction.names import Register
from app.extraction.predicate import predicate
from app.extraction.quotation import quoted_share
from app.extraction.referents import Referents, is_quoted
from app.extraction.sentences import Span
from app.extraction.speech import Piece, Sentence
from app.extraction.tokens import Token, between
from app.extraction.wording import Change, Wording, applied, worded
from app.extraction.wordlist import word_set

_QUOTED = 0.9
_LEANING = frozenset({"participle", "comment", "apposition"})
_FIRST_PERSON = word_set("""i we me us my our mine ours myself ourselves i'm i've i'd i'll we're we've we'd we'll
    let's""")


def _is_kept(change: Change, span: Span, cuts: Sequence[Span]) -> bool:
    """Whether a change stands in the words of a claim, and not in those that are left out."""
    left_out = any(cut.start <= change.start < cut.end for cut in cuts)
    return span.start <= change.start and not left_out


class Standing:
    """One article, asked for the wording of its claims."""

    def __init__(
        self, text: str, sentences: Sequence[Sentence], register: Register, date: str | None
    ) -> None:
        self._text = text
        self._date = date
        self._sentences = sentences
        self._referents = Referents(text, sentences, register)

    def wording(self, number: int, piece: Piece, chain: Sequence[Hop]) -> Wording:
        """The clause of a sentence as a sentence of its own, and what was added to it."""
        sentence, span = self._sentences[number], piece.clause.span
        words = between(sentence.words, span)
        cuts = [cut for cut in piece.left_out if span.start <= cut.start < span.end]
        opening, given = self._opening(number, piece, chain)
        said_before = self._is_said_before(number, piece)
        known = [
            *self._referents.changes(number, [*given, span], chain, said_before=said_before),
            *self._moments(sentence, span, words),
        ]
        changes = [*opening, *(change for change in known if _is_kept(change, span, cuts))]
        if not opening and (piece.clause.form == "relative" or predicate(words) is None):
            inner = inner_relative(words)
            cuts += [inner] if inner else []
        whole = Span(given[0].start, span.end) if given else span
        by = self._speaker(sentence, whole, chain)
        return worded(self._text, span, changes, cuts=cuts, speaker=by)

    def _is_said_before(self, number: int, piece: Piece) -> bool:
        """Whether the sentence names the source of a clause before the clause."""
        links = piece.statement.links
        start = self._sentences[number].span.start
        return bool(links) and start <= links[-1].at < piece.clause.span.start

    def _moments(self, sentence: Sentence, span: Span, words: Sequence[Token]) -> Iterator[Change]:
        """Dates for words of time; put behind them in brackets where they are quoted."""
        paragraph = sentence.paragraph.start
        for change in moments(self._text, span, words, date=self._date, paragraph=paragraph):
            if is_quoted(sentence.quoted, change.start):
                shown = change.words.strip(" ,[]").removeprefix("in ").removeprefix("on ")
                yield Change(change.end, change.end, f" [{shown}]")
            else:
                yield change

    def _speaker(self, sentence: Sentence, span: Span, chain: Sequence[Hop]) -> str | None:
        """Who says quoted words that speak of "us" or "me", which only a name makes clear."""
        if not chain or chain[-1].mode != "direct":
            return None
        said = any(word.lower in _FIRST_PERSON for word in between(sentence.words, span))
        if not said or quoted_share(sentence.quoted, span) < _QUOTED:
            return None
        name = self._referents.called(chain[-1].agent)
        return name[0].upper() + name[1:]

    def _opening(
        self, number: int, piece: Piece, chain: Sequence[Hop]
    ) -> tuple[list[Change], list[Span]]:
        """The subject of a clause that begins without one, and where the sentence has it."""
        clause, words = piece.clause, self._sentences[number].words
        at = bisect_left(words, clause.span.start, key=attrgetter("start"))
        if at >= len(words):
            return [], []
        first = words[at]
        head = self._head(words, at, clause)
        if head:
            noun = self._resolved(number, head, chain)
            if clause.form == "apposition":
                return [Change(first.start, first.start, f"{noun}, ")], [head]
            return [Change(first.start, first.end, noun)], [head]
        before = self._before(number, at, piece)
        if before:
            lead = self._resolved(number, before, chain).rstrip()
            return [Change(first.start, first.start, f"{lead} ")], [before]
        if chain and first.lower in sayings.OBJECT_CUES:
            name = self._referents.called(chain[-1].agent)
            return [Change(first.start, first.start, f"{name} ")], []
        return [], []

    def _head(self, words: Sequence[Token], at: int, clause: Clause) -> Span | None:
        """The noun that "which closed" or ", a maker of toys" is said of."""
        is_described = at > 0 and clause.form == "apposition" and words[at - 1].text == ","
        is_related = clause.form == "relative" and is_relative(words, at)
        return head_before(words, at) if is_described or is_related else None

    def _before(self, number: int, at: int, piece: Piece) -> Span | None:
        """The words before a clause that says nothing without them: its subject, or all of them."""
        clause, words = piece.clause, self._sentences[number].words
        if clause.lead is not None and clause.form == "main":
            return clause.lead
        if not (clause.form in _LEANING or is_relative(words, at) or words[at].lower == "where"):
            return None
        before = Span(piece.statement.span.start, clause.span.start)
        if before.end - before.start > LONGEST_PREFIX:
            return None
        return prefix(between(words, before), before.end)

    def _resolved(self, number: int, span: Span, chain: Sequence[Hop]) -> str:
        return applied(self._text, span, self._referents.changes(number, [span], chain))
