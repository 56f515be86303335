"""Whom a pronoun or a short name means at one place of the article; silent where in doubt."""

from dataclasses import dataclass, replace

from app.extraction import lexicon as lex
from app.extraction.agents import Agent
from app.extraction.descriptions import head_of, is_epithet, is_one_person
from app.extraction.names import SEVERAL, Register
from app.extraction.quotation import quoted_share, touching
from app.extraction.sentences import Span
from app.extraction.wordlist import word_set

_ISSUED = word_set("""statement report study survey document poll letter memo release filing
    data figures""")
_WRITTEN = word_set("statement letter memo")
# How many sentences a reader looks back for whom a description means.
_MEMORY = 3
# "the network", "the paper": the outlet that was named last.
_PAPERS = frozenset(
    {"network", "paper", "newspaper", "broadcaster", "outlet", "magazine", "news organization"}
    | {"news organisation", "news outlet", "news agency", "news site", "news website"}
)
_MOSTLY = 0.9
_OF_WOMEN = ("actress", "woman", "hostess", "heiress", "duchess", "princess")
_GROUPS = frozenset({"organisation", "unnamed", "document"})


@dataclass(slots=True)
class _Heard:
    agent: Agent
    sentence: int


class Discourse:
    """What the reader of the article knows when a sentence begins."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._heard: list[_Heard] = []
        self._outlets: dict[str, Agent] = {}
        self._outlet: Agent | None = None
        self._sentence = Span(0, 0)
        self._previous = Span(0, 0)
        # The sentences before this one, nearest first.
        self._before: list[Span] = []
        self._quoted: tuple[Span, ...] = ()
        # Whom the "he" or "she" means with which a sentence begins.
        self._led: dict[Span, tuple[str, Agent | None]] = {}
        self._number = 0
        self._first_of_paragraph = True
        self._here: list[Agent] = []

    def enter(
        self,
        sentence: Span,
        quoted: tuple[Span, ...],
        *,
        first_of_paragraph: bool,
        led_by: str | None = None,
    ) -> None:
        """Go on to the next sentence.

        Args:
            sentence: where it stands.
            quoted: the quotations of its paragraph.
            first_of_paragraph: whether its paragraph begins with it.
            led_by: the gender of the "he" or "she" that is its subject.
        """
        # What somebody said in between does not part a pronoun from whom it means.
        if quoted_share(self._quoted, self._sentence) < _MOSTLY:
            self._before = [self._sentence, *self._before[: _MEMORY - 1]]
            self._number += 1
        self._quoted = touching(quoted, sentence)
        self._first_of_paragraph = first_of_paragraph
        self._previous = self._sentence
        self._sentence = sentence
        self._here = []
        if led_by is not None:
            self._led[sentence] = (led_by, self._person(led_by, sentence.start))

    def hear(self, agent: Agent) -> None:
        """Remember who was just said to have spoken."""
        self._heard.append(_Heard(agent, self._number))

    def hear_outlet(self, agent: Agent) -> None:
        """Remember the outlet that was named last: it is "the network" or "the paper" next."""
        self._outlet = agent

    def resolve(self, agent: Agent, at: int) -> Agent | None:
        """The agent under the fullest name; None for a pronoun that could mean several."""
        gender = lex.PRONOUNS.get(agent.name.lower()) if agent.is_pronoun else None
        if gender in {"m", "f"}:
            found = self._person(gender, at)
        elif gender in {"it", "they"}:
            found = self._group(gender)
        elif gender:
            found = None
        else:
            found = self._named(agent, at)
        if found:
            self._here.append(found)
        return found

    def subject(self, pronoun: str, at: int) -> str | None:
        """Whom "he" or "she" at the beginning of a sentence means, if it can be only one.

        Stricter than the search for a speaker: a claim under a wrong name does harm. The sentence
        before, in the same paragraph, must name one person, of that gender beyond doubt.
        """
        if at != self._sentence.start or self._first_of_paragraph:
            return None
        names = self._register.mentioned(self._previous)
        gender = lex.PRONOUNS[pronoun]
        if len(names) != 1 or not self._register.has_gender(names[0], gender):
            return None
        return names[0]

    def _near(self, at: int) -> list[Span]:
        """Where somebody may be named whom a description means, nearest first."""
        return [Span(self._sentence.start, at), *self._before]

    def _named(self, agent: Agent, at: int) -> Agent:
        if agent.reporter:
            outlet = self._register.fullest(agent, self._near(at))
            # From then on the reporter's name stands for the outlet.
            self._outlets[agent.reporter] = outlet
            return outlet
        if agent.name.lower() in _PAPERS and not agent.named and self._outlet:
            return self._outlet
        if agent.name in self._outlets:
            return self._outlets[agent.name]
        meant = self._pointed_to(agent, at)
        return meant or self._register.fullest(agent, self._near(at))

    def _pointed_to(self, agent: Agent, at: int) -> Agent | None:
        """Whom a description means only by where it stands: "her client", "the statement"."""
        words = agent.name.lower().split()
        if words[-1] == "client" and words[0] in lex.DETERMINERS:
            return self._client()
        if agent.kind == "document" and not agent.named and words[-1] in _ISSUED:
            return self._issuer(words, at)
        if agent.indefinite or agent.kind == "person":
            return None
        if not is_epithet(agent.name) and not agent.age:
            return self._described_before(words)
        known = self._register.fullest(agent, self._near(at))
        several = self._register.fits_somebody(agent)
        if known.kind == "person" or several:
            return known
        return self._person(_gender_of(words[-1]), at)

    def _described_before(self, words: list[str]) -> Agent | None:
        """The "White House official" who was heard before "the official"."""
        for heard in reversed(self._heard[-_MEMORY:] if len(words) == 1 else ()):
            before = heard.agent
            if before.kind == "unnamed" and head_of(before.name) == words[0] != before.name:
                return before
        return None

    def _client(self) -> Agent | None:
        """Whom "her client" means: the one for whom the last lawyer speaks."""
        heard = [heard.agent for heard in self._heard[-_MEMORY:]]
        for lawyer in reversed([*heard, *self._here]):
            client = self._register.client_of(lawyer.name)
            if client:
                return client
        return None

    def _issuer(self, words: list[str], at: int) -> Agent | None:
        """Who issued "the statement", the organisation heard right before, or "company filing"."""
        if len(words) == 2:
            name = self._register.organisations.described(words[0], self._near(at))
            return Agent(name, "organisation", named=True) if name else None
        last = self._heard[-1] if self._heard else None
        if len(words) != 1 or last is None or self._number - last.sentence > 2:
            return None
        wrote = last.agent.kind == "person" and words[0] in _WRITTEN
        return last.agent if wrote or last.agent.kind == "organisation" else None

    def _person(self, gender: str | None, at: int) -> Agent | None:
        same = self._outside_quotes(Span(self._sentence.start, at), gender)
        if same:
            return self._as_person(same[0])
        last = self._last_person(gender, within=1)
        if last:
            return last
        for before in self._before:
            leader, meant = self._led.get(before, (None, None))
            if leader == gender is not None:
                # "He called Cole. “…,” he said.": the one who called, and not Cole.
                return meant
            found = self._candidates(before, gender) or self._likely(before, gender)
            if found:
                named = len(found) == 1 or self._is_subject(found[0], before)
                return self._as_person(found[0]) if named else None
        return self._last_person(gender, within=_MEMORY)

    def _candidates(self, span: Span, gender: str | None) -> list[str]:
        names = self._register.mentioned(span)
        return [
            n for n in names if self._register.may_be(n, gender) and self._register.is_certain(n)
        ]

    def _outside_quotes(self, span: Span, gender: str | None) -> list[str]:
        """Those whom the article names in a stretch, and not somebody who is quoted in it."""
        said = [name for q in touching(self._quoted, span) for name in self._candidates(q, gender)]
        return [name for name in self._candidates(span, gender) if name not in said]

    def _likely(self, sentence: Span, gender: str | None) -> list[str]:
        """The subject of a sentence that names nobody else, when it may be a person's name."""
        names = self._register.mentioned(sentence)
        if len(names) != 1 or not self._register.may_be(names[0], gender):
            return []
        return names if self._is_subject(names[0], sentence) else []

    def _is_subject(self, name: str, sentence: Span) -> bool:
        """Whether the person stands near the beginning of a sentence."""
        start = sentence.start
        return name in self._register.mentioned(Span(start, start + 40))

    def _last_person(self, gender: str | None, *, within: int) -> Agent | None:
        for heard in reversed(self._heard):
            if self._number - heard.sentence > within:
                return None
            if heard.agent.kind == "person" and self._register.may_be(heard.agent.name, gender):
                return heard.agent
            if heard.agent.kind == "unnamed" and is_one_person(heard.agent.name):
                return heard.agent
        return None

    def _as_person(self, name: str) -> Agent | None:
        if name == SEVERAL:
            return None
        return Agent(name, "person", named=True)

    def _group(self, pronoun: str) -> Agent | None:
        for agent in reversed(self._here):
            if agent.kind in {"organisation", "document"} and pronoun == "it":
                return agent
        for heard in reversed(self._heard):
            if self._number - heard.sentence > 1:
                break
            if heard.agent.kind in _GROUPS and (heard.agent.kind != "unnamed" or pronoun == "they"):
                return replace(heard.agent)
        name = self._register.organisations.subject(self._before[:1])
        if name:
            return Agent(name, "organisation", named=True)
        return self._register.pair(self._before[0]) if pronoun == "they" and self._before else None


def _gender_of(noun: str) -> str | None:
    """Whether an epithet is only a woman's or only a man's: "the actress", "the Frenchman"."""
    if noun.endswith(_OF_WOMEN):
        return "f"
    return "m" if noun.endswith("man") else None
