"""Scorers: an installed extractor behind the gate, or the grammar with other weights."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from app.extraction.asking import asked
from app.extraction.candidate import Candidate
from app.extraction.checkworthy.weights import Weights, shipped
from app.extraction.gate import About
from app.extraction.labelled.told import Reads
from app.extraction.registry import BUILT_IN, SEMANTIC, Extractor, extractor
from app.extraction.rules import RulesExtractor
from app.extraction.semantic.extractor import SemanticExtractor


@dataclass(frozen=True, slots=True)
class Scorer:
    """What suggests statements, by its name.

    ``weights`` are those of the grammar; None where something else makes the scores. ``every``
    reads what would score too low to be suggested as well, where ``weights`` do not say it.
    """

    name: str
    reads: Reads
    weights: Weights | None = None
    every: Reads | None = None

    @property
    def unlisted(self) -> Reads:
        """Reading with what would score too low to be suggested as well, where that is known."""
        if self.weights is None:
            return self.every or self.reads
        every = replace(self.weights, listed_from=0.0)
        return _reads(RulesExtractor(every), BUILT_IN, every)


def scorer_of(name: str, made_for: Callable[[str], Extractor] | None = None) -> Scorer:
    """The extractor of that name; ``made_for`` makes it for a text, where a door knows how.

    Raises:
        Missing, Refused: there is none, or it cannot be loaded.
    """
    if name == BUILT_IN:
        return scorer_with(shipped(), name=name)
    if name == SEMANTIC:
        everything = SemanticExtractor(RulesExtractor(replace(shipped(), listed_from=0.0)))
        return Scorer(name, _reads(extractor(name), name), every=_reads(everything, name))
    if made_for is None:
        return Scorer(name, _reads(extractor(name), name))
    return Scorer(name, lambda text, about: _reads(made_for(text), name)(text, about))


def scorer_with(weights: Weights, *, name: str) -> Scorer:
    """The grammar with weights that say what is suggested, and in which order."""
    return Scorer(name, _reads(RulesExtractor(weights), BUILT_IN, weights), weights)


def _reads(one: Extractor, name: str, weights: Weights | None = None) -> Reads:
    def reads(text: str, about: About) -> Sequence[Candidate]:
        return asked(one, name, text, about=about, weights=weights).extraction.candidates

    return reads
