"""What the reading room hands out: candidate claims, each tied to the words it was taken from."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

Mode = Literal["direct", "paraphrase", "document"]
AgentKind = Literal["person", "organisation", "document", "unnamed"]


@dataclass(frozen=True, slots=True)
class Hop:
    """One agent through whom the words came, and how that agent passed them on."""

    agent: str
    cue: str
    mode: Mode
    named: bool
    kind: AgentKind


@dataclass(frozen=True, slots=True)
class Quantity:
    """One measured number of a claim, normalised to a plain value and a unit."""

    value: float
    unit: str
    raw: str
    period: str | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """One statement that a desk may want to check.

    Attributes:
        text: wording that can be read without the article.
        quote: the exact words of the article, ``text_of_article[start:end]``.
        attribution: from the hop nearest the reader to the claimant, last.
        claimant: the agent of the last hop, or None in the article's own voice.
        paragraph: index of the paragraph among the paragraphs of the article.
        context: the paragraph that holds the quote.
    """

    text: str
    quote: str
    start: int
    end: int
    kinds: tuple[str, ...]
    checkworthiness: float
    reasons: tuple[str, ...]
    attribution: tuple[Hop, ...]
    claimant: str | None
    quantities: tuple[Quantity, ...]
    paragraph: int
    context: str

    def as_json_dict(self) -> dict[str, Any]:
        """The candidate as plain lists and dictionaries, for one line of JSON."""
        plain = asdict(self)
        for field in ("kinds", "reasons", "attribution", "quantities"):
            plain[field] = list(plain[field])
        return plain


@dataclass(frozen=True, slots=True)
class Extraction:
    """All candidates of one article in reading order, and what a person should know about them."""

    candidates: tuple[Candidate, ...]
    language: str
    notice: str | None
    extractor: str
