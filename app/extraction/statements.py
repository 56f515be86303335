"""What the grammar of attribution works on: stretches of a sentence and who said them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.extraction import lexicon as lex
from app.extraction.agents import Agent, agent_of, may_speak
from app.extraction.cues import Cues
from app.extraction.sentences import Span
from app.extraction.subjects import Phrases, Subject
from app.extraction.tokens import Token

SHORTEST = 3
MARKS = frozenset({",", ";", ":", ".", "—", "–", "―", "--", "…", "..."})


@dataclass(frozen=True, slots=True)
class Link:
    """One source of a statement, as the sentence introduces it."""

    agent: Agent
    cue: str
    at: int
    relays: bool = False
    forecast: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """A stretch of a sentence and the chain of those who said it, outermost first."""

    span: Span
    links: tuple[Link, ...] = ()
    cuts: tuple[Span, ...] = ()


class Stretch(NamedTuple):
    """Tokens from ``low`` up to ``high``, and the sources that were peeled off so far."""

    low: int
    high: int
    links: tuple[Link, ...] = ()

    def part(self, low: int, high: int) -> "Stretch":
        """A part of the stretch under the same sources."""
        return Stretch(low, high, self.links)

    def said_by(self, *links: Link) -> "Stretch":
        """The same tokens with further sources inside the others."""
        return Stretch(self.low, self.high, (*self.links, *links))


Resolve = Callable[[Agent, int], Agent | None]
Parse = Callable[[Stretch], list[Statement]]


class Context:
    """One sentence and the questions that every rule asks about it.

    Attributes:
        resolve: turns a pronoun or a short name into a full agent, or None where in doubt.
        parse: reads a stretch on; set by the reader, so that rules can nest.
    """

    def __init__(self, text: str, words: Sequence[Token], resolve: Resolve) -> None:
        self.text = text
        self.words = words
        self.resolve = resolve
        self.phrases = Phrases(words, text)
        self.cues = Cues(words)
        self.parse: Parse = lambda stretch: [self.statement(stretch)]

    def statement(self, stretch: Stretch, *, cuts: tuple[Span, ...] = ()) -> Statement:
        """The stretch as one statement."""
        span = Span(self.words[stretch.low].start, self.words[stretch.high - 1].end)
        return Statement(span, stretch.links, cuts)

    def trim(self, stretch: Stretch) -> Stretch:
        """The stretch without marks at its ends."""
        low, high, links = stretch
        while low < high and (self.words[low].text in MARKS or self.words[low].kind == "close"):
            low += 1
        while high > low and (
            self.words[high - 1].text in MARKS or self.words[high - 1].kind == "open"
        ):
            high -= 1
        return Stretch(low, high, links)

    def link(self, subject: Subject, cue: str, verb: int) -> Link | None:
        """A link whose agent is known by a full name or a description, or None."""
        phrase = self.words[subject.first : subject.last]
        if phrase and not may_speak(subject.agent, phrase, self.words[verb].lower):
            return None
        agent = self.resolve(subject.agent, self.words[subject.first].start)
        if agent is None:
            return None
        forecast = self.words[verb].lower in lex.FORECAST_CUES
        return Link(agent, cue, self.words[verb].start, forecast=forecast)

    def agent(self, low: int, high: int) -> Agent | None:
        """Who a stretch of tokens names."""
        return agent_of(self.words[low:high], self.text)

    def has_finite(self, low: int, high: int) -> bool:
        """Whether something between two tokens may be a finite verb."""
        return any(lex.looks_finite(word.lower) for word in self.words[low:high])

    def index(self, texts: frozenset[str] | set[str], low: int, high: int) -> int | None:
        """The first token of a stretch that is one of these words."""
        return next((i for i in range(low, high) if self.words[i].lower in texts), None)

    def in_quotes(self, at: int, low: int) -> bool:
        """Whether a token lies inside a quotation that was opened at or after ``low``."""
        kinds = [word.kind for word in self.words[low:at]]
        return kinds.count("open") > kinds.count("close")
