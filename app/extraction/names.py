"""The people and organisations of one article: fullest names, and whom a pronoun means."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass, field, replace
from itertools import pairwise

from app.extraction import lexicon as lex
from app.extraction.agents import Agent
from app.extraction.given import EITHER_NAMES, FAMILY_NAMES_FIRST, FEMALE_NAMES, MALE_NAMES
from app.extraction.organisations import Organisations
from app.extraction.places import PLACES
from app.extraction.roles import CROWD, Roles, descriptions, names_group
from app.extraction.runs import Run, runs
from app.extraction.sentences import Span
from app.extraction.tokens import Token

_PRONOUN_GENDER = {
    **dict.fromkeys(("he", "him", "his", "himself"), "m"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "f"),
}
_ENOUGH = 0.8
_DESCRIBED = frozenset({"unnamed", "organisation"})
_AND = re.compile(r",? and |, ")
_RETINUE = re.compile(r"(?:his|her|their) \w+$")
_MOST_SPEAKERS = 4
_SUFFIX_ENDS = tuple(f" {suffix}" for suffix in lex.SUFFIXES)
# Stands for a surname that several people of the article bear.
SEVERAL = "?"


@dataclass(slots=True)
class Person:
    """Somebody whom the article names in full."""

    name: str
    titles: set[str] = field(default_factory=set)
    evidence: int = 0
    gender: str | None = None

    @property
    def surname(self) -> str:
        """The last word of the name that is no "Jr."."""
        words = [w for w in self.name.split() if w.lower() not in lex.SUFFIXES]
        return words[-1]


class Register:
    """Who is who in one article."""

    def __init__(self) -> None:
        self._people: dict[str, Person] = {}
        self.organisations = Organisations()
        self._roles = Roles()
        self._first: dict[str, int] = {}
        self._pairs: set[tuple[str, str]] = set()
        self._by_word: dict[str, set[str]] = defaultdict(set)
        self._mentions: list[tuple[int, str]] = []
        self._heard_of: dict[str, Counter[str]] = defaultdict(Counter)
        self._at_start: set[str] = set()
        self._inside: set[str] = set()

    @classmethod
    def of(cls, sentences: list[list[Token]]) -> "Register":
        """Collect every name of the article before any sentence is read."""
        register = cls()
        found = [runs(words) for words in sentences]
        every = [run for here in found for run in here]
        for run in every:
            register._collect(run)
        register._at_start -= register._inside
        for person in register._people.values():
            for word in {person.surname, person.name.split()[0]}:
                register._by_word[word.lower()].add(person.name)
        alone = {run.name for run in every if len(run.words) == 1}
        for run in every:
            register._trust(run, alone)
        for run in every:
            register._mention(run)
        register._mentions.sort()
        for words in sentences:
            register._listen(words)
        register._settle_genders()
        for words, here in zip(sentences, found, strict=True):
            register._describe(words, here)
        return register

    def _listen(self, words: list[Token]) -> None:
        """Count the pronouns that follow the only person of a sentence."""
        names = self.mentioned(Span(words[0].start, words[-1].end)) if words else []
        if len(names) != 1 or names[0] == SEVERAL:
            return
        first = self._mentions[bisect_left(self._mentions, (words[0].start, ""))][0]
        for word in words:
            gender = _PRONOUN_GENDER.get(word.lower)
            if gender and word.start > first:
                self._heard_of[names[0]][gender] += 1

    def _describe(self, words: list[Token], here: list[Run]) -> None:
        """Tie what a sentence calls somebody to the name ("Ann Lee, the mayor")."""
        for one, other in pairwise(here):
            people = self.person(one.name), self.person(other.name)
            if people[0] and people[1] and words[one.last].lower == "and":
                self._pairs.add((people[0].name, people[1].name))
        for run in here:
            person = self.person(run.name)
            said = descriptions(words, run)
            if person and (person.evidence or person.gender or not names_group(said)):
                self._roles.tie(person.name, said)
                self._roles.represents(person.name, words, run)
            if person is None or not (self.is_certain(person.name) or person.surname == run.name):
                self.organisations.mention(words, run, said)

    def _settle_genders(self) -> None:
        """Where no title tells, most of at least two pronouns do."""
        for name, heard in self._heard_of.items():
            gender, count = heard.most_common(1)[0]
            if self._people[name].gender is None and count >= _ENOUGH * heard.total() and count > 1:
                self._people[name].gender = gender

    def _collect(self, run: Run) -> None:
        name = run.name
        if run.is_person:
            (self._at_start if run.starts else self._inside).add(name)
            person = self._people.setdefault(name, Person(name))
            person.evidence += run.evidence + (run.words[0].lower in EITHER_NAMES)
            person.titles |= run.titles
            person.gender = person.gender or _gender_of(name, person.titles)
        elif len(run.words) > 1:
            self.organisations.know(name)

    def _trust(self, run: Run, alone: Set[str]) -> None:
        """Whoever is called by the last word alone is a person: companies go by the first."""
        if len(run.words) == 1 and not run.articled:
            for name in self._bearers(run.name):
                person = self._people[name]
                first = name.split(maxsplit=1)[0]
                known = first not in alone and (name in self._inside or person.gender is not None)
                if person.surname == run.name and not run.name.isupper() and known:
                    person.evidence += not PLACES & set(name.lower().split())

    def _bearers(self, word: str) -> Set[str]:
        """Those who have a word in their name; of a crowd nobody could be told."""
        names: Set[str] = self._by_word.get(word.lower(), set())
        return names if len(names) <= CROWD else frozenset()

    def _mention(self, run: Run) -> None:
        person = self._people.get(run.name) or self._by_surname(run.name)
        if person is None and len(self._by_word.get(run.name.lower(), ())) > 1:
            self._mentions.append((run.start, SEVERAL))
        if person:
            person.titles |= run.titles
            person.gender = person.gender or _gender_of(person.name, run.titles)
            self._mentions.append((run.start, person.name))
            self._first.setdefault(person.name, run.start)

    def _by_surname(self, word: str) -> Person | None:
        bearers = self._bearers(word)
        names = {n for n in bearers if self._people[n].surname.casefold() == word.casefold()}
        # A company is not short for its product: only a person goes by a given name.
        names = names or {n for n in bearers if self._goes_by(n)}
        fullest = [n for n in names if not any(_is_fuller(m, n) for m in names)]
        if len(fullest) > 1:
            # "Hosting Smith" at the start of a sentence is no second Smith.
            fullest = [n for n in fullest if n not in self._at_start or self.is_certain(n)]
        return self._people[fullest[0]] if len(fullest) == 1 else None

    def _goes_by(self, name: str) -> bool:
        """Whether a person may be called by the first word of the name."""
        return self.is_certain(name) or name.split(maxsplit=1)[0].lower() in FAMILY_NAMES_FIRST

    def person(self, name: str) -> Person | None:
        """The person whom a full name or a surname means, if only one can be meant."""
        found = self._people.get(name) or self._by_surname(_without_suffix(name))
        if found is None and name.split(" ", 1)[0].lower() in lex.PARTICLES:
            found = self._by_surname(name.rsplit(" ", 1)[-1])
        return found

    def fullest(self, agent: Agent, within: Sequence[Span] = ()) -> Agent:
        """The agent under the fullest name that the article gives, if that is beyond doubt.

        Args:
            agent: whom a sentence names or describes.
            within: where somebody described must be named, of several whom it fits; nearest first.
        """
        several = self._collective(agent)
        if several:
            return several
        person = self.person(agent.name) or self._introduced(agent.name, within)
        if person and (agent.kind in {"person", "organisation"}):
            same = self._bearers(person.surname)
            longest = [n for n in same if _is_fuller(n, person.name)]
            name = max(longest, key=_fullness) if longest else person.name
            return Agent(name, "person", named=True, person_title=agent.person_title)
        if agent.kind == "organisation" and not agent.name.split()[-1].islower():
            return replace(agent, name=self.organisations.fullest(agent.name))
        return self._described(agent, within) if agent.kind in _DESCRIBED else agent

    def fits_somebody(self, agent: Agent) -> bool:
        """Whether a description is tied to anybody by name."""
        return bool(self._roles.fitting(agent, ()))

    def _introduced(self, surname: str, within: Sequence[Span]) -> Person | None:
        """The only one of several with a surname who was named so far."""
        at = within[0].end if within else 0
        known = [n for n in self._bearers(surname) if self._first.get(n, at) < at]
        return self._people[known[0]] if len(known) == 1 else None

    def _collective(self, agent: Agent) -> Agent | None:
        """Two or more people as one agent: "Lee and Cole", "Lee and her team"."""
        parts = _AND.split(agent.name.removeprefix("Both ").removeprefix("both "))
        if not 2 <= len(parts) <= _MOST_SPEAKERS:
            return None
        found = [self.person(part) for part in parts]
        if found[0] is None or any(
            p is None and not _RETINUE.match(n) for p, n in zip(found, parts, strict=True)
        ):
            return None
        names = [p.name if p else n for p, n in zip(found, parts, strict=True)]
        return Agent(", ".join(names[:-1]) + " and " + names[-1], "person", named=True)

    def _described(self, agent: Agent, within: Sequence[Span]) -> Agent:
        """Whom "the mayor", "the 43-year-old" or "the company" means."""
        if agent.indefinite:
            return agent
        near = [name for span in within for name in self.mentioned(span)]
        fitting = self._roles.fitting(agent, near)
        name = _only(fitting) or self._only_named(fitting, within)
        if name:
            return Agent(name, "person", named=True)
        group = self.organisations.described(agent.name, within)
        return Agent(group, "organisation", named=True) if group else agent

    def _only_named(self, names: Set[str], within: Sequence[Span]) -> str | None:
        """The one of several that is named nearby."""
        for span in within:
            near = names & set(self.mentioned(span))
            if near:
                return _only(near)
        return None

    def mentioned(self, span: Span) -> list[str]:
        """People named in a stretch of text, in order, each once."""
        first = bisect_left(self._mentions, (span.start, ""))
        last = bisect_left(self._mentions, (span.end, ""))
        return list(dict.fromkeys(name for _, name in self._mentions[first:last]))

    def pair(self, span: Span) -> Agent | None:
        """The two people whom "they" means, when a stretch names them side by side."""
        names = self.mentioned(span)
        if len(names) != 2 or tuple(names) not in self._pairs:
            return None
        return Agent(" and ".join(names), "person", named=True)

    def may_be(self, name: str, gender: str | None) -> bool:
        """Whether a pronoun of this gender can mean this person."""
        person = self._people.get(name)
        return name == SEVERAL or (
            person is not None and (gender is None or person.gender in {None, gender})
        )

    def has_gender(self, name: str, gender: str) -> bool:
        """Whether a title or a given name says that this pronoun fits."""
        person = self._people.get(name)
        return person is not None and person.gender == gender

    def client_of(self, name: str) -> Agent | None:
        """Whom a lawyer of the article speaks for."""
        client = self._roles.clients.get(name)
        person = self.person(client) if client else None
        return Agent(person.name, "person", named=True) if person else None

    def is_certain(self, name: str) -> bool:
        """Whether a title, an age or a given name says that this is a person."""
        person = self._people.get(name)
        return name == SEVERAL or (
            person is not None and (person.evidence > 0 or person.gender is not None)
        )


def _without_suffix(name: str) -> str:
    """The name without "Jr."."""
    return name.rsplit(" ", 1)[0] if name.lower().endswith(_SUFFIX_ENDS) else name


def _only(names: Set[str]) -> str | None:
    return next(iter(names)) if len(names) == 1 else None


def _is_fuller(longer: str, shorter: str) -> bool:
    """Whether one name is the other with a full given name, initials or a suffix."""
    a, b = longer.split(), shorter.split()
    given = min(len(a[0]), len(b[0]))
    if longer == shorter or len(a) < 2 or given < 3 or a[0][:given] != b[0][:given]:
        return False
    same = len(b) == 1 or _last(a) == _last(b)
    return same and _fullness(longer) > _fullness(shorter)


def _last(words: list[str]) -> str:
    return [w for w in words if w.lower() not in lex.SUFFIXES][-1]


def _fullness(name: str) -> tuple[int, int, str]:
    return len(name.split()), len(name), name


def _gender_of(name: str, titles: Set[str]) -> str | None:
    if titles & lex.FEMALE:
        return "f"
    if titles & lex.MALE:
        return "m"
    first = name.split(maxsplit=1)[0].lower().split("-")[0]
    if first in FEMALE_NAMES:
        return "f"
    return "m" if {first, first + "."} & MALE_NAMES else None
