"""Where a scorer is most wrong: high scores for what nobody would check, low ones for what one would."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.extraction.candidate import Candidate
from app.extraction.evaluation.ranked import BEST
from app.extraction.evaluation.scorers import Scorer
from app.extraction.labelled.sets import LabelledArticle, LabelledSentence, LabelledSet, Mark
from app.extraction.labelled.told import (
    Reads,
    candidates_of,
    covers,
    is_unworthy,
    statements_of,
)


@dataclass(frozen=True, slots=True)
class Wrong:
    """A statement whose score is far from its label, with the reasons that a page shows.

    Attributes:
        score: None where nothing was found that covers it.
        label: what people said of it.
        quote: the words.
        where: the article, or the number of the sentence.
        reasons: what raised the score, strongest first.
        against: what lowered it.
        is_listed: whether it would be suggested at all.
    """

    score: float | None
    label: str
    quote: str
    where: str
    reasons: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    is_listed: bool = False


def most_wrong(
    labelled: LabelledSet, scorer: Scorer, number: int
) -> tuple[list[Wrong], list[Wrong]]:
    """The highest scores of what is not worth checking, and the lowest of what is.

    What is suggested to nobody since its score is too low is looked at as well; what no statement
    covers at all has no score and comes last.
    """
    everything, high, low = scorer.unlisted, list[Wrong](), list[Wrong]()
    least = scorer.weights.listed_from if scorer.weights else 0.0
    for article in labelled.articles:
        found = candidates_of(article, everything)
        high += _unworthy(article, found, least)
        low += _worthy(article, found, least)
    for place, sentence in enumerate(labelled.sentences, 1):
        told = _told(sentence, place, everything, least)
        (low if sentence.is_worthy else high).append(told)
    high.sort(key=lambda one: -(one.score or 0.0))
    low.sort(key=lambda one: 1.0 if one.score is None else one.score)
    return [one for one in high if one.is_listed][:number], low[:number]


def _unworthy(
    article: LabelledArticle, found: Sequence[Candidate], least: float
) -> Iterator[Wrong]:
    for candidate in found:
        if is_unworthy(candidate, article.marks):
            yield _wrong(candidate, "0", article.id, least)


def _worthy(article: LabelledArticle, found: Sequence[Candidate], least: float) -> Iterator[Wrong]:
    for mark in article.marks:
        if mark.grade == BEST:
            yield _best_for(article, mark, found, least)


def _best_for(
    article: LabelledArticle, mark: Mark, found: Sequence[Candidate], least: float
) -> Wrong:
    """The statement with the highest score that covers a claim."""
    covering = [candidate for candidate in found if covers(candidate, mark)]
    if not covering:
        return Wrong(None, str(mark.grade), article.text[mark.start : mark.end], article.id)
    best = max(covering, key=lambda candidate: candidate.checkworthiness)
    return _wrong(best, str(mark.grade), article.id, least)


def _told(sentence: LabelledSentence, place: int, reads: Reads, least: float) -> Wrong:
    found = statements_of(sentence.text, reads)
    if not found:
        return Wrong(None, sentence.label, sentence.text, str(place))
    best = max(found, key=lambda candidate: candidate.checkworthiness)
    return _wrong(best, sentence.label, str(place), least)


def _wrong(candidate: Candidate, label: str, where: str, least: float) -> Wrong:
    return Wrong(
        candidate.checkworthiness,
        label,
        candidate.quote,
        where,
        candidate.reasons,
        candidate.against,
        is_listed=candidate.checkworthiness >= least,
    )
