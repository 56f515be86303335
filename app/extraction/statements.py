"""What the grammar of attribution works on: stretches of a sentence and who said them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from app.extraction import lexicon as lex
from app.extraction import sayings
from app.extraction.agents import Agent, agent_of, may_speak
from app.extraction.cues import Cues
from app.extraction.documents import is_document, origin
from app.extraction.predicate import is_past_participle
from app.extraction.sentences import Span
from app.extraction.subjects import Phrases, Subject
from app.extraction.tokens import Token
from app.extraction.verbs import Verbs

SHORTEST = 3
_SHORTEST_PAPER = 2
_SUBORDINATORS = frozenset({"as", "while", "though", "although", "whereas"})
MARKS = frozenset({",", ";", ":", ".", "—", "–", "―", "--", "…", "..."})


@dataclass(frozen=True, slots=True)
class Link:
    """One source of a statement, as the sentence introduces it.

    Attributes:
        at: where the cue stands in the text.
        relays: it passes on the words of the source that follows.
        named: the words of the sentence that name it.
    """

    agent: Agent
    cue: str
    at: int
    relays: bool = False
    forecast: bool = False
    named: Span | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """A stretch of a sentence and the chain of those who said it, outermost first.

    ``subject`` are the words before it that its verb needs: the source of "denies the charge".
    """

    span: Span
    links: tuple[Link, ...] = ()
    cuts: tuple[Span, ...] = ()
    subject: Span | None = None


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
        meant: whom a pronoun means in the words read now, where the sentence itself tells.
        parse: reads a stretch on; set by the reader, so that rules can nest.
    """

    def __init__(self, text: str, words: Sequence[Token], resolve: Resolve) -> None:
        self.text = text
        self.words = words
        self.resolve = resolve
        self.phrases = Phrases(words, text)
        self.cues = Cues(words)
        self.meant: dict[str, Agent] = {}
        self.parse: Parse = lambda stretch: [self.statement(stretch)]

    def statement(
        self, stretch: Stretch, *, cuts: tuple[Span, ...] = (), subject: Span | None = None
    ) -> Statement:
        """The stretch as one statement."""
        span = Span(self.words[stretch.low].start, self.words[stretch.high - 1].end)
        return Statement(span, stretch.links, cuts, subject)

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

    def links(
        self, subject: Subject, cue: str, verb: int, *, quoted: bool = False
    ) -> tuple[Link, ...]:
        """The sources that a subject names, an outlet first; empty when none can be told.

        Beside a quotation whatever stands before the verb speaks.
        """
        at, word = self.words[verb].start, self.words[verb].lower
        if subject.first > 0 and self.words[subject.first - 1].lower == "nor":
            # "Neither Lee nor Cole said that …": nobody did.
            return ()
        if subject.last <= subject.first:
            agent = self.resolve(subject.agent, self.words[subject.first].start)
            return (Link(agent, cue, at),) if agent else ()
        agent, source, relay = self._origin(subject)
        if agent is None or not may_speak(agent, source, "said" if quoted else word):
            return ()
        found = self._chain(agent, source, relay, cue=cue, at=at)
        forecast = word in sayings.FORECAST_CUES
        return tuple(replace(link, forecast=forecast) for link in found)

    def framed(self, subject: Subject, cue: str) -> tuple[Link, ...]:
        """The sources in a framing phrase, an outlet first: whoever is named there speaks."""
        agent, source, relay = self._origin(subject)
        at = self.words[subject.first].start
        return self._chain(agent, source, relay, cue=cue, at=at) if agent else ()

    def _origin(self, subject: Subject) -> tuple[Agent | None, Sequence[Token], Sequence[Token]]:
        """Whose words a noun phrase stands for, and the outlet that saw them."""
        phrase = self.words[subject.first : subject.last]
        source, relay = origin(phrase)
        if len(source) == len(phrase):
            return subject.agent, source, relay
        return agent_of(source, self.text), source, relay

    def _chain(
        self, agent: Agent, source: Sequence[Token], relay: Sequence[Token], *, cue: str, at: int
    ) -> tuple[Link, ...]:
        found = self.source(agent, source, cue=cue, at=at)
        if found is None:
            return ()
        outlet = self.passed_on(relay) if relay else None
        return (outlet, found) if outlet else (found,)

    def cited(self, first: int, last: int, agent: Agent, *, cue: str, at: int) -> tuple[Link, ...]:
        """The sources between two tokens after "citing"; empty when nobody there can speak."""
        if not may_speak(agent, self.words[first:last], cue) or agent.is_pronoun:
            return ()
        verb = next(i for i in range(first, -1, -1) if self.words[i].start == at)
        return self.links(Subject(first, agent, last), cue, verb)

    def source(self, agent: Agent, words: Sequence[Token], *, cue: str, at: int) -> Link | None:
        """A link whose agent is known by a full name or a description, or None."""
        full = (
            self._announced(agent)
            or self.resolve(agent, words[0].start)
            or _paper(agent, words, self.text)
        )
        return Link(full, cue, at, named=named_span(words)) if full else None

    def _announced(self, agent: Agent) -> Agent | None:
        """Whom a pronoun means for certain: the trader of "A trader saw it differently: …, he said"."""
        return self.meant.get(agent.name.lower())

    def passed_on(self, relay: Sequence[Token]) -> Link | None:
        """The outlet in "documents seen by X"."""
        outlet = agent_of(relay, self.text)
        if outlet is None or not outlet.named:
            return None
        found = self.source(outlet, relay, cue="seen by", at=relay[0].start)
        return replace(found, relays=True) if found else None

    def agent(self, low: int, high: int) -> Agent | None:
        """Who a stretch of tokens names."""
        return agent_of(self.words[low:high], self.text)

    def has_finite(self, low: int, high: int) -> bool:
        """Whether something between two tokens may be a finite verb."""
        if any(lex.looks_finite(word.lower) for word in self.words[low:high]):
            return True
        return self.verbs.any(low, high)

    @cached_property
    def verbs(self) -> Verbs:
        """The finite verbs of the sentence."""
        return Verbs(self.words)

    def index(self, texts: frozenset[str] | set[str], low: int, high: int) -> int | None:
        """The first token of a stretch that is one of these words."""
        return next((i for i in range(low, high) if self.words[i].lower in texts), None)

    def in_quotes(self, at: int, low: int) -> bool:
        """Whether a token lies inside a quotation that was opened at or after ``low``."""
        kinds = [word.kind for word in self.words[low:at]]
        return kinds.count("open") > kinds.count("close")


def _paper(agent: Agent, words: Sequence[Token], text: str) -> Agent | None:
    """The "annual report" of "its annual report", where nobody can tell whose it is."""
    if not agent.is_pronoun or len(words) < _SHORTEST_PAPER or not is_document(words):
        return None
    return Agent(text[words[1].start : words[-1].end], "document", named=False)


def named_span(words: Sequence[Token]) -> Span:
    """The words that name an agent, without an article or marks around them."""
    inner = [token for token in words if token.kind in {"word", "number"}]
    while len(inner) > 1 and inner[0].lower in {"a", "an", "the"}:
        inner = inner[1:]
    return Span((inner or words)[0].start, (inner or words)[-1].end)


def left_of(context: Context, stretch: Stretch) -> list[Statement]:
    """What stands before the subject, when it is a clause of its own."""
    low, high, _ = context.trim(stretch)
    while high > low and context.words[high - 1].lower in lex.CONJUNCTIONS:
        high -= 1
    low += low < high and context.words[low].lower in _SUBORDINATORS
    before = context.trim(stretch.part(low, high))
    if before.high - before.low <= SHORTEST or not context.has_finite(before.low, before.high):
        return []
    if context.words[before.low].lower in lex.PREPOSITIONS and not _has_clause(context, before):
        return []
    return [context.statement(before)]


def _has_clause(context: Context, stretch: Stretch) -> bool:
    """Whether more than a participle stands in a lead-in: not in "in a report published in May"."""
    return any(
        lex.looks_finite(word.lower) and not (word.is_capital or is_past_participle(word))
        for word in context.words[stretch.low : stretch.high]
    )
