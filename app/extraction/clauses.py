"""Cuts a statement into clauses that can be checked one by one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.extraction import lexicon as lex
from app.extraction import sayings
from app.extraction.inserts import at_brackets, at_dashes, at_inserts
from app.extraction.joints import at_joints
from app.extraction.leads import OPENERS, after_leads, at_frames
from app.extraction.sentences import Span
from app.extraction.syntax import Piece, Syntax
from app.extraction.tails import at_tails
from app.extraction.tokens import Token
from app.extraction.wordlist import word_set

_LEFT_OVER = word_set("and but or while yet although")
_SHORTEST_TAGGED = 6
_LONGEST_TAG = 24
_TAG_CUES = sayings.CUES.keys() | word_set("calculates concludes reckons")
_SOURCE_STARTS = lex.DETERMINERS | word_set("he she it they one officials police state")
# After a comma they only link: "the bridge was closed, though".
_AFTERTHOUGHTS = word_set(
    "though however too either anyway instead nonetheless nevertheless meanwhile again"
)
_CUTS = (at_dashes, after_leads, at_frames, at_inserts, at_joints, at_tails, at_brackets)


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause, what kind of cut made it, and the words that its wording begins with.

    ``lead`` is the subject of a predicate that was cut off from it, ``inner`` what stands between
    the two and is not needed: its wording leaves it out.
    """

    span: Span
    form: str
    lead: Span | None = None
    inner: Span | None = None


def clauses(words: Sequence[Token]) -> list[Clause]:
    """The clauses of a statement in reading order; together they need not cover it."""
    syntax = Syntax(words)
    pieces = list(_sentences(words))
    for cut in _CUTS:
        pieces = [piece for whole in pieces for piece in cut(syntax, whole)]
    return list(_trimmed(syntax, pieces))


def _before_tag(syntax: Syntax, low: int, high: int) -> int:
    """Where the claim ends before a source that was not read as one: "…, its report concludes"."""
    words = syntax.words
    spoken = _after_quotation(syntax, low, high)
    if spoken is not None:
        return spoken
    end = high
    while end > low and words[end - 1].kind in {"mark", "close"}:
        end -= 1
    if end - low < _SHORTEST_TAGGED or words[end - 1].lower not in _TAG_CUES:
        return high
    start = (syntax.commas(low, end) or [low])[-1]
    start += words[start + 1].kind == "close"
    is_source = words[start + 1].is_capital or words[start + 1].lower in _SOURCE_STARTS
    alone = syntax.verbs.first(start, end) == end - 1 and syntax.verbs.any(low, start)
    return start if start > low and is_source and alone else high


def _after_quotation(syntax: Syntax, low: int, high: int) -> int | None:
    """The end of a quotation that only who said it follows: "“…,” they said in a statement"."""
    words = syntax.words
    ahead = range(high - 2, max(low, high - _LONGEST_TAG), -1)
    close = next((at for at in ahead if words[at].kind == "close"), None)
    if close is None or words[close - 1].text not in {",", "?", "!"}:
        return None
    first = syntax.verbs.first(close, high)
    said = first < high and words[first].lower in sayings.PLAIN_CUES
    if not said or first - close > _SHORTEST_TAGGED or syntax.verbs.any(first + 1, high):
        return None
    return close + 1


def _is_tag(syntax: Syntax, low: int, high: int) -> bool:
    """Whether nothing is left but who spoke: "Lee said", after a quotation of its own."""
    said = syntax.lower(high - 1) in sayings.PLAIN_CUES
    return said and high - low <= _SHORTEST_TAGGED and syntax.verbs.first(low, high) == high - 1


def _trimmed(syntax: Syntax, pieces: Sequence[Piece]) -> Iterator[Clause]:
    words = syntax.words
    for piece in pieces:
        low, high = _trim(words, piece.low, _before_tag(syntax, piece.low, piece.high))
        if high > low and not _is_tag(syntax, low, high):
            lead, inner = piece.lead, piece.inner
            span = Span(words[low].start, words[high - 1].end)
            leans = lead is not None and lead[1] > lead[0] and low >= lead[1]
            yield Clause(
                span,
                piece.form,
                Span(words[lead[0]].start, words[lead[1] - 1].end) if lead and leans else None,
                Span(words[inner[0]].start, words[inner[1] - 1].end) if inner else None,
            )


def _sentences(words: Sequence[Token]) -> Iterator[Piece]:
    """The parts between semicolons and between the sentences of a quotation."""
    start = 0
    for at in range(len(words)):
        if _ends_sentence(words, at):
            if at > start:
                yield Piece(start, at)
            start = at + 1
    if start < len(words):
        yield Piece(start, len(words))


def _ends_sentence(words: Sequence[Token], at: int) -> bool:
    if words[at].text == ";":
        return True
    return (
        words[at].text in {".", "!", "?"}
        and at + 1 < len(words)
        and words[at + 1].start > words[at].end
    )


def _trim(words: Sequence[Token], low: int, high: int) -> tuple[int, int]:
    """Without marks at the ends and without the words that only link to what came before."""
    before = None
    while before != (low, high) and low < high:
        before = (low, high)
        if _is_loose_at_start(words, low, high) or _is_opener(words, low, high):
            low += 1
        if high > low and _is_loose_at_end(words, low, high):
            high -= 1
        if (
            high - low > 2
            and words[high - 1].lower in _AFTERTHOUGHTS
            and words[high - 2].text == ","
        ):
            high -= 2
    return low, high


def _is_opener(words: Sequence[Token], low: int, high: int) -> bool:
    """Whether the first word only links the clause to the one before."""
    if low + 1 >= high or words[low + 1].lower in {"as", "far"}:
        return False
    if words[low].lower == "that":
        return low > 0 and words[low - 1].lower in {"and", "but"}
    return words[low].lower in OPENERS


def _is_loose_at_start(words: Sequence[Token], low: int, high: int) -> bool:
    """Whether the first token is a mark that belongs to nothing in the clause."""
    first = words[low]
    if first.kind == "open":
        # "“Gold” is rare" keeps its marks, "“Gold is rare”" loses both.
        closing = next((at for at in range(low, high) if words[at].kind == "close"), high - 1)
        return closing == high - 1
    return first.kind in {"mark", "close"} and first.text != "("


def _is_loose_at_end(words: Sequence[Token], low: int, high: int) -> bool:
    """Whether the last token is a mark that belongs to nothing in the clause."""
    last = words[high - 1]
    if last.kind == "close":
        kinds = [word.kind for word in words[low : high - 1]]
        return kinds.count("open") <= kinds.count("close")
    if last.lower in _LEFT_OVER:
        return True
    return last.kind in {"mark", "open"} and last.text not in {")", "]", "%"}
