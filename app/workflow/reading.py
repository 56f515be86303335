"""From a text to suggestions: extraction's candidates in the shape that the verbs keep.

Runs before a write begins, since reading takes longer than a database should wait.
"""

from dataclasses import dataclass

from app.domain.words import AgentKind, Mode
from app.extraction import Candidate, Extraction, Hop, extract
from app.extraction.checkworthy import Weights
from app.workflow.agents import HopValues
from app.workflow.articles import AdditionValues, NewArticle, Suggestion
from app.workflow.quantities import figure_of


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in a text, and in which language it seems to be."""

    suggestions: tuple[Suggestion, ...]
    language: str
    notice: str | None


def read(article: NewArticle, *, weights: Weights | None = None) -> Reading:
    """Extract the candidate claims of an article; its text is normalised already.

    ``weights`` are those that the project uses; None: those that come with Assay.
    """
    found = extract(
        article.text,
        url=article.url,
        publisher=article.publisher,
        date=article.published,
        title=article.title or None,
        language=article.language,
        weights=weights,
    )
    return Reading(
        tuple(_suggestion(candidate, found) for candidate in found.candidates),
        found.language,
        found.notice,
    )


def _suggestion(candidate: Candidate, found: Extraction) -> Suggestion:
    return Suggestion(
        text=candidate.text,
        quote=candidate.quote,
        start=candidate.start,
        end=candidate.end,
        kinds=candidate.kinds,
        checkworthiness=candidate.checkworthiness,
        reasons=candidate.reasons,
        against=candidate.against,
        signals=candidate.signals,
        scored_with=found.scored_with,
        hops=tuple(_hop(hop) for hop in candidate.attribution),
        quantities=tuple(figure_of(quantity) for quantity in candidate.quantities),
        grounds=tuple((ground.kind, ground.words) for ground in candidate.grounds),
        marks=candidate.marks,
        additions=tuple(
            AdditionValues(one.start, one.end, one.instead_of) for one in candidate.additions
        ),
        paragraph=candidate.paragraph,
        context=candidate.context,
        extractor=found.extractor,
    )


def _hop(hop: Hop) -> HopValues:
    return HopValues(
        agent=hop.agent,
        kind=AgentKind(hop.kind),
        is_named=hop.named,
        cue=hop.cue,
        mode=Mode(hop.mode),
        start=hop.start,
        end=hop.end,
    )
