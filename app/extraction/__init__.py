"""Reading: text in, candidate claims out, each with its place and the chain of who said it.

Importing this room loads neither a web framework nor a language model.
"""

from app.extraction.candidate import Candidate, Extraction, Hop, Quantity
from app.extraction.checkworthy.weights import Weights
from app.extraction.proposals import Proposal, Proposed
from app.extraction.registry import built_in

__all__ = ["Candidate", "Extraction", "Hop", "Proposal", "Proposed", "Quantity", "extract"]


def extract(
    text: str,
    *,
    url: str | None = None,
    publisher: str | None = None,
    date: str | None = None,
    title: str | None = None,
    language: str | None = None,
    weights: Weights | None = None,
) -> Extraction:
    """The candidate claims of an article, by the built-in extractor.

    ``weights`` say what comes first; what is suggested at all, those that come with Assay say.
    """
    return built_in(weights).extract(
        text, url=url, publisher=publisher, date=date, title=title, language=language
    )
