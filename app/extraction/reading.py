"""One pass over the sentences of an article: statements, their sources, their clauses."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import attrgetter

from app.extraction import lexicon as lex
from app.extraction.agents import is_outlet
from app.extraction.attribution import statements
from app.extraction.clauses import Clause, clauses
from app.extraction.coreference import Discourse
from app.extraction.datelines import after_dateline
from app.extraction.names import Register
from app.extraction.pulled import give_pulled
from app.extraction.quotation import quotations, quoted_share
from app.extraction.sentences import Paragraph, Span, sentences
from app.extraction.speech import Piece, Read, Sentence, continue_speech, paragraphs_of
from app.extraction.statements import Statement
from app.extraction.tokens import Token, tokens
from app.extraction.verbs import Verbs

_LEAD = 8
_DATES = lex.DAYS | lex.MONTHS


def split(text: str, paragraphs: Sequence[Paragraph]) -> list[Sentence]:
    """The sentences of an article with their words."""
    found: list[Sentence] = []
    for paragraph in paragraphs:
        quoted = quotations(text, paragraph.start, paragraph.end)
        for span in sentences(text, paragraph):
            words = tuple(tokens(text, after_dateline(text, span), quoted))
            found.append(Sentence(paragraph, span, words, quoted))
    return found


def register_of(split_sentences: Sequence[Sentence]) -> Register:
    """Everybody whom the sentences name."""
    return Register.of([list(s.words) for s in split_sentences])


def read(
    text: str, split_sentences: Sequence[Sentence], register: Register | None = None
) -> list[Read]:
    """Read the sentences in order; pronouns are resolved from what came before.

    The register of their names is made here where the caller has none.
    """
    register = register or register_of(split_sentences)
    discourse = Discourse(register)
    found: list[Read] = []
    for sentence in split_sentences:
        starts = sentence.span.start == sentence.paragraph.start
        lead = _leading_pronoun(sentence.words)
        discourse.enter(sentence.span, sentence.quoted, first_of_paragraph=starts, led_by=lead)
        before = found[-1].sentence if found else None
        said = _announced(text, before, sentence, discourse=discourse)
        pieces = [
            piece
            for statement in said
            for piece in _pieces(sentence, statement, discourse, register=register)
        ]
        for statement in said:
            if statement.links:
                discourse.hear(statement.links[-1].agent)
            for link in statement.links:
                if link.relays or is_outlet(link.agent.name):
                    discourse.hear_outlet(link.agent)
        found.append(Read(sentence, pieces))
    blocks = paragraphs_of(found)
    continue_speech(blocks, register)
    give_pulled(text, blocks)
    return found


def _leading_pronoun(words: Sequence[Token]) -> str | None:
    """The gender of the "he" or "she" that begins a sentence, past "On Monday,"; None for another."""
    for word in words[:_LEAD]:
        if word.lower in {"he", "she"}:
            return lex.PRONOUNS[word.lower]
        if word.kind == "open" or (
            word.is_capital and word is not words[0] and word.lower not in _DATES
        ):
            return None
    return None


def _announced(
    text: str, before: Sentence | None, sentence: Sentence, *, discourse: Discourse
) -> list[Statement]:
    """The statements of a sentence; "The mayor wrote:" may announce it a paragraph before."""
    plain = statements(text, sentence.words, discourse.resolve)
    if before is None or not before.words or before.words[-1].text != ":" or not plain:
        return plain
    together = statements(text, (*before.words, *sentence.words), discourse.resolve)
    said = [one for one in together if one.span.start >= sentence.span.start]
    return said if said and said[0].links and not plain[0].links else plain


def _pieces(
    sentence: Sentence, statement: Statement, discourse: Discourse, *, register: Register
) -> Iterator[Piece]:
    words = [w for w in sentence.words if statement.span.start <= w.start < statement.span.end]
    found = _around_cuts(words, statement) if statement.cuts else clauses(words)
    if statement.subject and found and found[0].lead is None:
        found = [replace(found[0], lead=statement.subject), *found[1:]]
    for clause in found:
        yield Piece(clause, statement, _subject(sentence, clause, discourse, register=register))


def _around_cuts(words: Sequence[Token], statement: Statement) -> list[Clause]:
    """The clauses around an inserted source: "The bank, the paper says, lost 3 million"."""
    cut = statement.cuts[-1]
    after = clauses([w for w in words if w.start >= cut.end])
    verbs = Verbs(words)
    begun = words[0].lower in lex.CONDITIONS or any(
        words[at].end <= statement.cuts[0].start for at in verbs.places
    )
    if not after or begun or not verbs.any_from(cut.end):
        return [Clause(statement.span, "main")]
    whole = Span(statement.span.start, after[0].span.end)
    return [replace(after[0], span=whole, lead=None), *after[1:]]


def _subject(
    sentence: Sentence, clause: Clause, discourse: Discourse, *, register: Register
) -> tuple[int, str] | None:
    """The full name for a pronoun or surname at the beginning of a clause, where it is certain."""
    if quoted_share(sentence.quoted, clause.span) > 0:
        return None
    at = bisect_left(sentence.words, clause.span.start, key=attrgetter("start"))
    words = sentence.words[at : at + 2]
    if len(words) < 2 or words[1].is_capital or words[1].kind != "word":
        return None
    first = words[0]
    if first.lower in {"he", "she"}:
        named = discourse.subject(first.lower, first.start)
    else:
        person = register.person(first.text) if first.is_capital else None
        named = person.name if person else None
    return (len(first.text), named) if named and named != first.text else None
