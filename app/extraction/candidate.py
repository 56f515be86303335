"""What the reading room hands out: candidate claims, each tied to the words it was taken from."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Mode = Literal["direct", "paraphrase", "document"]
AgentKind = Literal["person", "organisation", "document", "unnamed"]
Comparator = Literal["exact", "about", "more", "at-least", "less", "at-most"]
Change = Literal["rise", "fall"]
_LISTS = (
    "kinds",
    "reasons",
    "against",
    "attribution",
    "quantities",
    "grounds",
    "marks",
    "additions",
    "repeats",
)


@dataclass(frozen=True, slots=True)
class Hop:
    """One agent through whom the words came, and how that agent passed them on.

    ``start`` and ``end`` are the code points of the article at which this sentence names the agent
    ("he", "the ministry"); None where no words of it do.
    """

    agent: str
    cue: str
    mode: Mode
    named: bool
    kind: AgentKind
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """One measured number of a claim, normalised to a plain value and a unit.

    Attributes:
        period: the words that say for which time it holds.
        comparator: how the number written stands to the one meant ("at least 40").
        change: whether it says by how much something rose or fell.
        is_base: it is what something is compared with ("up from 40").
        period_from: first day, month or year of the period (ISO 8601, as precise as known).
        period_to: last one; both need the article's date, or a date in the words.
        is_period_stated: whether the words tell which period ("in 2023"), not only how long.
    """

    value: float
    unit: str
    raw: str
    period: str | None
    comparator: Comparator = "exact"
    change: Change | None = None
    is_base: bool = False
    period_from: str | None = None
    period_to: str | None = None
    is_period_stated: bool = False


@dataclass(frozen=True, slots=True)
class Ground:
    """The words of the quote that a kind rests on."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Addition:
    """Words of the wording that the quote does not have, ``text[start:end]`` of the wording.

    ``instead_of`` are the words that stood there ("he", "last year"); empty where there were none.
    """

    start: int
    end: int
    instead_of: str


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
        grounds: for each kind, the words that it rests on.
        marks: what it is besides a checkable statement: forecast, opinion, promise, question.
        additions: what the wording has that the quote has not, in order.
        repeats: where a bullet of the article's own summary says it again, as start and end.
        reasons: phrases of what raised the check-worthiness, strongest first.
        against: phrases of what lowered it.
        signals: what was measured for it, by code, so that other weights can score it later.
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
    grounds: tuple[Ground, ...] = ()
    marks: tuple[str, ...] = ()
    additions: tuple[Addition, ...] = ()
    repeats: tuple[tuple[int, int], ...] = ()
    against: tuple[str, ...] = ()
    signals: Mapping[str, float] = field(default_factory=dict)

    def as_json_dict(self) -> dict[str, Any]:
        """The candidate as plain lists and dictionaries, for one line of JSON."""
        plain = asdict(self)
        del plain["signals"]
        for name in _LISTS:
            plain[name] = list(plain[name])
        return plain


@dataclass(frozen=True, slots=True)
class Asked:
    """What an extractor used that asks a model: which answered, by which prompt, at what price."""

    model: str
    prompt_sha256: str
    tokens_in: int = 0
    tokens_out: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Extraction:
    """All candidates of one article in reading order, and what a person should know about them.

    ``scored_with`` names the weights of their check-worthiness, where weights made it.
    """

    candidates: tuple[Candidate, ...]
    language: str
    notice: str | None
    extractor: str
    scored_with: str | None = None
    asked: Asked | None = None
