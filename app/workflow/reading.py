"""From a text to suggestions: extraction's candidates in the shape that the verbs keep.

Runs before a write begins, since reading takes longer than a database should wait.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from app.domain.errors import Refused
from app.domain.words import AgentKind, Mode
from app.extraction import Candidate, Extraction, Hop
from app.extraction.candidate import Asked
from app.extraction.checkworthy import Weights
from app.extraction.registry import BUILT_IN, Extractor
from app.workflow.agents import HopValues
from app.workflow.articles import AdditionValues, NewArticle, Suggestion
from app.workflow.quantities import figure_of

if TYPE_CHECKING:
    from app.extraction.gate import About, Passed

# Marks a sentence for the translators' tools; the page that shows it translates it.
N_ = str
INSTEAD = N_(
    "The extractor that this project chose could not read the article: the built-in one did."
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in a text, and in which language it seems to be.

    ``repaired`` says of each suggestion whether it had to be; ``refused`` how many were, and why.
    """

    suggestions: tuple[Suggestion, ...]
    language: str
    notice: str | None
    repaired: tuple[bool, ...] = ()
    refused: Mapping[str, int] = field(default_factory=dict)
    asked: Asked | None = None


def read(
    article: NewArticle, *, extractor: str = BUILT_IN, weights: Weights | None = None
) -> Reading:
    """Extract the candidate claims of an article; its text is normalised already.

    ``weights`` are those that the project uses; None: those that come with Assay.

    Raises:
        Missing: there is no such extractor.
        Refused: it does not work.
    """
    from app.extraction.asking import read_with  # noqa: PLC0415 - the grammar is slow to load

    title = article.title or None
    return _reading(
        read_with(extractor, article.text, about=_about(article), title=title, weights=weights)
    )


def read_by(one: Extractor, article: NewArticle, *, weights: Weights | None = None) -> Reading:
    """Extract the candidate claims of an article with an extractor that is ready.

    Raises:
        Refused: it does not work, or what it asks does not.
    """
    from app.extraction.asking import asked  # noqa: PLC0415 - the grammar is slow to load

    title = article.title or None
    return _reading(
        asked(one, one.name, article.text, about=_about(article), title=title, weights=weights)
    )


def read_as_chosen(
    article: NewArticle, *, extractor: str, weights: Weights | None = None
) -> Reading:
    """Extract with the extractor that a project chose; if it fails, with the built-in one.

    The article comes in whatever is wrong with what others wrote; its notice says so.
    """
    try:
        return read(article, extractor=extractor, weights=weights)
    except Refused:
        if extractor == BUILT_IN:
            raise
    return replace(read(article, weights=weights), notice=INSTEAD)


def _about(article: NewArticle) -> "About":
    from app.extraction.gate import About  # noqa: PLC0415 - the grammar is slow to load

    return About(
        url=article.url,
        publisher=article.publisher,
        date=article.published,
        language=article.language,
    )


def _reading(passed: "Passed") -> Reading:
    found = passed.extraction
    return Reading(
        tuple(_suggestion(candidate, found) for candidate in found.candidates),
        found.language,
        found.notice,
        passed.repaired,
        passed.refused,
        found.asked,
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
