"""The built-in extractor: a grammar of news English, written by hand, without a model."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.extraction.candidate import Candidate, Extraction, Hop, Quantity
from app.extraction.chains import hops
from app.extraction.checkworthy import (
    Heard,
    Judged,
    Scored,
    Weights,
    score,
    settings,
    shipped,
    signals_of,
)
from app.extraction.furniture import sort_out
from app.extraction.home import home_currencies
from app.extraction.kinds import nature
from app.extraction.language import guess_language, is_english
from app.extraction.normalise import normalise
from app.extraction.outlets import own_names
from app.extraction.posts import signatures
from app.extraction.reading import read, register_of, split
from app.extraction.sentences import Paragraph, Span, paragraphs
from app.extraction.speech import Piece, Read, Sentence
from app.extraction.standing import Standing
from app.extraction.stated import stated
from app.extraction.summaries import joined
from app.extraction.tokens import between
from app.extraction.verbs import Verbs
from app.extraction.wording import worded

_SHORTEST_CLAUSE = 3
# Code points before a clause in which the noun of "only 12 were" is looked for.
# What is longer is a list or no prose at all; nobody could check it as one claim.
_LONGEST_CLAUSE = 1_000
# Marks a sentence for the translators' tools; the page that shows it translates it.
N_ = str
_NOT_ENGLISH = N_(
    "The article does not seem to be in English: its sentences are listed as they stand, "
    "without claimants and without check-worthiness."
)


class RulesExtractor:
    """Reads English news; of other languages it lists the sentences only."""

    name = "rules"
    version = "1"

    def __init__(self, weights: Weights | None = None, *, listed_by: Weights | None = None) -> None:
        """Score with some weights; ``listed_by``: those that say what is suggested at all."""
        self.weights = weights or shipped()
        self.listed_by = listed_by or self.weights

    def extract(
        self,
        text: str,
        *,
        url: str | None = None,
        publisher: str | None = None,
        date: str | None = None,
        title: str | None = None,
        language: str | None = None,
    ) -> Extraction:
        """The candidate claims of an article, in reading order."""
        article = normalise(text)
        spoken = language or guess_language(article)
        every = paragraphs(article)
        signed = signatures(article, every)
        sorted_out = sort_out(article, every, signed.keys())
        body = [p for p in sorted_out.body if not _is_title(article, p, title)]
        sentences = split(article, body)
        if not is_english(spoken):
            return Extraction(_plain(article, sentences), spoken, _NOT_ENGLISH, self.name)
        register = register_of(sentences)
        page = _Page(
            article,
            own_names(article, publisher=publisher, url=url),
            signed,
            Standing(article, sentences, register, date),
            date,
            home_currencies(article, publisher=publisher, url=url),
            len(sentences),
        )
        reads = read(article, sentences, register)
        drafts = _drafted(page, reads, sorted_out.summary)
        heading = title or _heading(article, every, body)
        claims = tuple(self._scored(page, drafts, heading))
        return Extraction(claims, spoken, None, self.name, self.weights.label)

    def _scored(
        self, page: "_Page", drafts: Sequence["_Draft"], heading: str
    ) -> Iterator[Candidate]:
        """The clauses that are suggested, scored in their article and worded to stand alone."""
        heard = [Heard(draft.candidate, draft.number) for draft in drafts]
        around = settings(page.text, heading, heard, page.sentences)
        for draft, setting in zip(drafts, around, strict=True):
            signals = signals_of(replace(draft.judged, setting=setting))
            scored = score(signals, draft.candidate.quote, self.weights)
            if not self._is_listed(signals, draft.candidate.quote, scored):
                continue
            wording = page.standing.wording(draft.number, draft.piece, draft.candidate.attribution)
            yield replace(
                draft.candidate,
                text=wording.text,
                additions=wording.additions,
                checkworthiness=scored.value,
                reasons=scored.reasons,
                against=scored.against,
                signals=signals,
            )

    def _is_listed(self, signals: Mapping[str, float], quote: str, scored: Scored) -> bool:
        """Whether a clause is suggested at all, be it late."""
        by = self.listed_by
        value = scored.value if by is self.weights else score(signals, quote, by).value
        return value >= by.listed_from


@dataclass(frozen=True, slots=True)
class _Page:
    """What is the same for every sentence of an article."""

    text: str
    own: frozenset[str]
    signed: dict[int, str]
    standing: Standing
    date: str | None
    home: dict[str, str]
    sentences: int
    contexts: dict[int, str] = field(default_factory=dict)

    def context(self, paragraph: Paragraph) -> str:
        """The words of a paragraph: one string for all of its candidates, however many."""
        start, end = paragraph.start, paragraph.end
        if start not in self.contexts:
            self.contexts[start] = self.text[start:end]
        return self.contexts[start]

    def quantities(self, span: Span) -> tuple[Quantity, ...]:
        """The figures of a clause."""
        return stated(self.text, span.start, span.end, date=self.date, home=self.home)


def _is_title(article: str, paragraph: Paragraph, title: str | None) -> bool:
    line = article[paragraph.start : paragraph.end]
    return title is not None and line.strip().casefold() == title.strip().casefold()


def _plain(article: str, sentences: Sequence[Sentence]) -> tuple[Candidate, ...]:
    """Sentences of an article that the grammar cannot read."""
    contexts = {p.index: article[p.start : p.end] for p in {s.paragraph for s in sentences}}
    return tuple(
        Candidate(
            text=worded(article, s.span).text,
            quote=article[s.span.start : s.span.end],
            start=s.span.start,
            end=s.span.end,
            kinds=("event",),
            checkworthiness=0.0,
            reasons=(),
            attribution=(),
            claimant=None,
            quantities=(),
            paragraph=s.paragraph.index,
            context=contexts[s.paragraph.index],
        )
        for s in sentences
        if any(letter.isalpha() for letter in article[s.span.start : s.span.end])
    )


@dataclass(frozen=True, slots=True)
class _Draft:
    """A clause that was read and not scored yet, and where its words come from."""

    candidate: Candidate
    judged: Judged
    number: int
    piece: Piece


def _drafted(page: _Page, reads: Sequence[Read], bullets: Sequence[Paragraph]) -> list[_Draft]:
    """Every clause of the article in order, with the bullets that say it again."""
    found = _in_order([one for at, this in enumerate(reads) for one in _drafts(page, at, this)])
    joint = joined(page.text, bullets, [draft.candidate for draft in found])
    return [replace(one, candidate=claim) for one, claim in zip(found, joint, strict=True)]


def _in_order(found: Sequence[_Draft]) -> list[_Draft]:
    """In the order of the text; of two with the same words the one whose source is known."""
    best: dict[tuple[int, int], _Draft] = {}
    for draft in found:
        span = (draft.candidate.start, draft.candidate.end)
        if span not in best or (
            draft.candidate.attribution and not best[span].candidate.attribution
        ):
            best[span] = draft
    return [best[span] for span in sorted(best)]


def _heading(article: str, every: Sequence[Paragraph], body: Sequence[Paragraph]) -> str:
    """The first line, where it is the headline and no sentence of the article."""
    if not every or not body or every[0] == body[0]:
        return ""
    return article[every[0].start : every[0].end]


def _drafts(page: _Page, number: int, this: Read) -> Iterator[_Draft]:
    for piece in this.pieces:
        span = piece.clause.span
        quote = page.text[span.start : span.end]
        if len(quote) <= _LONGEST_CLAUSE and len(quote.split()) >= _SHORTEST_CLAUSE:
            yield _draft(page, this.sentence, number, piece)


def _draft(page: _Page, sentence: Sentence, number: int, piece: Piece) -> _Draft:
    """One clause with all that can be read in its sentence."""
    span, links = piece.clause.span, piece.statement.links
    quote = page.text[span.start : span.end]
    chain = hops(links, span, sentence.quoted, own=page.own) or _signed(page, sentence)
    judged = _judged(page, sentence, piece, chain)
    candidate = Candidate(
        text=quote,
        quote=quote,
        start=span.start,
        end=span.end,
        kinds=(),
        checkworthiness=0.0,
        reasons=(),
        attribution=chain,
        claimant=chain[-1].agent if chain else None,
        quantities=judged.quantities,
        paragraph=sentence.paragraph.index,
        context=page.context(sentence.paragraph),
    )
    candidate = _sorted(page, sentence, piece, candidate)
    judged = replace(judged, kinds=candidate.kinds, marks=candidate.marks)
    return _Draft(candidate, judged, number, piece)


def _judged(page: _Page, sentence: Sentence, piece: Piece, chain: tuple[Hop, ...]) -> Judged:
    """The clause as the scorer sees it."""
    span, links, lead = piece.clause.span, piece.statement.links, piece.clause.lead
    return Judged(
        clause=page.text[span.start : span.end],
        hops=chain,
        quantities=page.quantities(span),
        form=piece.clause.form,
        forecast=bool(links) and links[-1].forecast,
        names=_names_in(sentence, span),
        lead=_words_in(page.text, lead),
        asks="?" in page.text[span.end : span.end + 2],
        has_verb=lead is not None or bool(Verbs(between(sentence.words, span)).places),
    )


def _sorted(page: _Page, sentence: Sentence, piece: Piece, candidate: Candidate) -> Candidate:
    """The candidate with its kinds, the words that they rest on, and its marks."""
    span = Span(candidate.start, candidate.end)
    said = [
        word
        for word in between(sentence.words, span)
        if not any(cut.start <= word.start < cut.end for cut in piece.left_out)
    ]
    sort = nature(
        page.text,
        span,
        said,
        hops=candidate.attribution,
        quantities=candidate.quantities,
        quoted=sentence.quoted,
    )
    return replace(candidate, kinds=sort.kinds, grounds=sort.grounds, marks=sort.marks)


def _words_in(text: str, span: Span | None) -> int:
    return len(text[span.start : span.end].split()) if span else 0


def _signed(page: _Page, sentence: Sentence) -> tuple[Hop, ...]:
    """The author of a post that is signed in the line below it."""
    signer = page.signed.get(sentence.paragraph.index)
    return (Hop(signer, "posted", "direct", named=True, kind="person"),) if signer else ()


def _names_in(sentence: Sentence, span: Span) -> int:
    """How many words of a clause are names; the first word of a sentence does not tell."""
    inside = between(sentence.words, Span(span.start + 1, span.end))
    return sum(word.is_capital for word in inside)
