"""The one gate for whatever an extractor proposes.

What comes out is made of the article's own words, at its place, once; it says who and how much only
where the article does, and never what is true of it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.extraction.candidate import Addition, Candidate, Extraction, Hop
from app.extraction.checkworthy import Weights, score, shipped, signals_of
from app.extraction.faithful import Faithful, every_word_of
from app.extraction.language import guess_language, is_english
from app.extraction.measuring import Measured
from app.extraction.proposals import Proposal, proposal_of, without_place
from app.extraction.registry import OURS
from app.extraction.sentences import Paragraph, Span
from app.extraction.verbatim import Place, Places

# In code points: what is longer is no claim that anybody could check as one.
LONGEST = 1_000
_FEWEST_LETTERS = 4
MOST = 5_000
# What Assay itself says where an article has no word for how somebody passed words on.
_OWN_CUES = frozenset({"seen by", "posted", "said"})
# Why a proposal is refused, as a command says it.
REFUSED: Mapping[str, str] = {
    "malformed": "has no quote",
    "empty": "quotes next to nothing",
    "long": "quotes too much to be one claim",
    "nowhere": "quotes words that are not in the article",
    "spread": "quotes more than one paragraph",
    "twice": "is proposed twice",
    "many": "is one of too many",
}


@dataclass(frozen=True, slots=True)
class About:
    """What is known of an article beside its text."""

    url: str | None = None
    publisher: str | None = None
    date: str | None = None
    language: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Passed:
    """What came through: for each candidate whether it was repaired; why others were refused."""

    extraction: Extraction
    repaired: tuple[bool, ...] = ()
    refused: Mapping[str, int] = field(default_factory=dict)

    @property
    def proposed(self) -> int:
        """How many proposals there were."""
        return len(self.repaired) + sum(self.refused.values())


def through(
    text: str,
    things: Sequence[object],
    *,
    found: Extraction,
    about: About,
    weights: Weights | None = None,
) -> Passed:
    """What may be suggested of the things that an extractor proposed, in reading order.

    ``found`` says what holds for all of them; its own candidates do not count.
    """
    proposals = [proposal_of(thing) for thing in things[:MOST]]
    language = found.language or about.language or guess_language(text)
    passage = _Passage(text, about, weights or shipped(), is_english=is_english(language))
    # Scores of two sorts in one article could not be ranked together: some, or all.
    passage.has_scores = all(one.checkworthiness is not None for one in proposals if one)
    # Our own grammar made them of the article's words: nothing but their place is looked at again.
    ours = [thing if found.extractor in OURS else None for thing in things[:MOST]]
    kept, refused = _let_in(passage, proposals, ours)
    refused["many"] = len(things) - len(proposals)
    ordered = [kept[span] for span in sorted(kept)]
    label = passage.weights.label if passage.has_scored else found.scored_with
    candidates = tuple(candidate for candidate, _is_repaired in ordered)
    return Passed(
        replace(found, candidates=candidates, language=language, scored_with=label),
        tuple(is_repaired for _candidate, is_repaired in ordered),
        {why: number for why, number in refused.items() if number},
    )


def _let_in(
    passage: "_Passage", proposals: Sequence[Proposal | None], ours: Sequence[object]
) -> tuple[dict[Span, tuple[Candidate, bool]], Counter[str]]:
    """The candidates by their places, with whether each was repaired; and why others are none."""
    kept: dict[Span, tuple[Candidate, bool]] = {}
    refused: Counter[str] = Counter()
    places = _placed(passage.text, proposals)
    for proposal, own, place in zip(proposals, ours, places, strict=True):
        if isinstance(place, str) or proposal is None:
            refused[str(place)] += 1
            continue
        span = Span(place.span.start, place.span.end)
        why = _refused(passage, span, kept)
        if why is not None:
            refused[why] += 1
        elif isinstance(own, Candidate) and not place.is_repaired:
            kept[span] = own, False
        else:
            kept[span] = passage.candidate(proposal, place, span), place.is_repaired
    return kept, refused


def _placed(text: str, proposals: Sequence[Proposal | None]) -> list[Place | str]:
    """Where each stands, or why it is refused; what is nowhere word for word is looked for once more."""
    places, found = Places(text), list[Place | str]()
    for one in proposals:
        if one is None:
            found.append("malformed")
        elif sum(map(str.isalnum, one.quote)) < _FEWEST_LETTERS:
            found.append("empty")
        elif len(one.quote) > LONGEST:
            found.append("long")
        else:
            found.append(places.find(one.quote, one.start, one.end) or "nowhere")
    lost = {
        key: (one.quote, one.start)
        for key, one in enumerate(proposals)
        if one is not None and found[key] == "nowhere"
    }
    for key, place in places.nearly(lost).items() if lost else ():
        found[key] = place
    return found


def _refused(passage: "_Passage", span: Span, kept: Mapping[Span, object]) -> str | None:
    """Why words of the article are no claim by themselves; None where they may be."""
    if span.end - span.start > LONGEST:
        return "long"
    if sum(map(str.isalnum, passage.text[span.start : span.end])) < _FEWEST_LETTERS:
        return "empty"
    if passage.measured.paragraph(span) is None:
        return "spread"
    return "twice" if span in kept else None


class _Passage:
    """The article against which proposals are made whole."""

    def __init__(self, text: str, about: About, weights: Weights, *, is_english: bool) -> None:
        self.text, self.weights = text, weights
        self.measured = Measured(text, date=about.date, publisher=about.publisher, url=about.url)
        self.is_english = is_english
        known = " ".join(filter(None, (about.title, about.publisher)))
        self.faithful = Faithful(text, date=about.date, known=known)
        self.words = every_word_of(text)
        self.has_scores = self.has_scored = False
        self._contexts: dict[int, str] = {}

    def candidate(self, proposal: Proposal, place: Place, span: Span) -> Candidate:
        """The proposal as a suggestion, with what it left out; the span lies in one paragraph."""
        quote = self.text[span.start : span.end]
        paragraph = self.measured.paragraph(span) or Paragraph(0, span.start, span.end)
        context = self._context(paragraph)
        hops = self._chain(proposal.attribution)
        stated = tuple(one for one in proposal.quantities if one.raw in quote)
        quantities = stated or self.measured.quantities(span)
        text = self._wording(proposal, quote, context, is_near=place.is_near)
        as_proposed = text == proposal.text and bool(text)
        scored = Candidate(
            text=text,
            quote=quote,
            start=span.start,
            end=span.end,
            kinds=proposal.kinds,
            checkworthiness=proposal.checkworthiness or 0.0,
            reasons=proposal.reasons,
            attribution=hops,
            claimant=hops[-1].agent if hops else None,
            quantities=quantities,
            paragraph=paragraph.index,
            context=context,
            grounds=tuple(one for one in proposal.grounds if one.words in quote),
            marks=proposal.marks,
            additions=_within(text, quote, proposal) if as_proposed else (),
            repeats=tuple(one for one in proposal.repeats if one[1] <= len(self.text)),
            against=proposal.against,
            signals=proposal.signals,
        )
        return self._completed(scored, span)

    def _context(self, paragraph: Paragraph) -> str:
        """The paragraph, once for all proposals in it: it may be all of the article."""
        if paragraph.index not in self._contexts:
            self._contexts[paragraph.index] = self.text[paragraph.start : paragraph.end]
        return self._contexts[paragraph.index]

    def _completed(self, candidate: Candidate, span: Span) -> Candidate:
        """The candidate with kinds and a score, where its extractor gave none."""
        hops, quantities = candidate.attribution, candidate.quantities
        if not candidate.kinds:
            nature = self.measured.nature(span, hops, quantities)
            candidate = replace(
                candidate,
                kinds=nature.kinds,
                grounds=nature.grounds,
                marks=candidate.marks or nature.marks,
            )
        if self.has_scores or not self.is_english:
            return candidate
        judged = self.measured.judged(span, hops, quantities)
        signals = signals_of(replace(judged, kinds=candidate.kinds, marks=candidate.marks))
        told = score(signals, candidate.quote, self.weights)
        self.has_scored = True
        return replace(
            candidate,
            checkworthiness=told.value,
            reasons=told.reasons,
            against=told.against,
            signals=signals,
        )

    def _wording(self, proposal: Proposal, quote: str, context: str, *, is_near: bool) -> str:
        """The wording that was proposed, unless it says what the article does not."""
        text = proposal.text
        is_taken = text and not is_near and self.faithful.says_no_more(text, quote, context)
        return text if is_taken else quote

    def _chain(self, hops: tuple[Hop, ...]) -> tuple[Hop, ...]:
        """The chain, if the article names everybody in it; a cue that it does not have is left out."""
        if any(not every_word_of(hop.agent) <= self.words for hop in hops):
            return ()
        return tuple(
            replace(
                hop if (hop.end or 0) <= len(self.text) else without_place(hop),
                cue=hop.cue if hop.cue in _OWN_CUES or every_word_of(hop.cue) <= self.words else "",
            )
            for hop in hops
        )


def _within(text: str, quote: str, proposal: Proposal) -> tuple[Addition, ...]:
    """What was put into the wording, for words that stand in the quote."""
    return tuple(
        one
        for one in proposal.additions
        if one.start <= one.end <= len(text) and one.instead_of in quote
    )


def told(refused: Mapping[str, int]) -> list[tuple[int, str]]:
    """How many were refused and why, the most common first."""
    by_number = sorted(refused.items(), key=lambda one: (-one[1], one[0]))
    return [(number, REFUSED[why]) for why, number in by_number]
