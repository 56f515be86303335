"""The built-in extractor, with the encoder's view of each claim as one more signal."""

from collections.abc import Sequence
from dataclasses import replace

from app.extraction.candidate import Candidate, Extraction
from app.extraction.checkworthy import Weights, score
from app.extraction.checkworthy.signals import MEANING
from app.extraction.rules import RulesExtractor
from app.extraction.semantic.loading import encoder
from app.extraction.semantic.meaning import shipped_meaning


class SemanticExtractor:
    """What ``rules`` suggests, scored with what it means too; what is suggested stays the same."""

    name = "semantic"
    version = "1"

    def __init__(self, rules: RulesExtractor) -> None:
        self.rules = rules

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
        """The candidate claims of an article, in reading order.

        Raises:
            Refused: the encoder is not installed.
        """
        vectors = encoder()
        found = self.rules.extract(
            text, url=url, publisher=publisher, date=date, title=title, language=language
        )
        if found.scored_with is None or not found.candidates:
            return replace(found, extractor=self.name)
        quotes = [candidate.quote for candidate in found.candidates]
        meant = shipped_meaning().of(vectors.vectors(quotes))
        scored = _scored(found.candidates, meant, self.rules.weights)
        return replace(found, candidates=scored, extractor=self.name)


def _scored(
    candidates: Sequence[Candidate], meant: Sequence[float], weights: Weights
) -> tuple[Candidate, ...]:
    found = []
    for candidate, value in zip(candidates, meant, strict=True):
        signals = {**candidate.signals, MEANING: value}
        told = score(signals, candidate.quote, weights)
        found.append(
            replace(
                candidate,
                signals=signals,
                checkworthiness=told.value,
                reasons=told.reasons,
                against=told.against,
            )
        )
    return tuple(found)
