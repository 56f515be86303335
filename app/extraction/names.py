"""The people and organisations of one article: fullest names, and whom a pronoun means."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Set
from dataclasses import dataclass, field

from app.extraction import lexicon as lex
from app.extraction.agents import Agent, bare, is_outlet, looks_like_person, without_possessive
from app.extraction.sentences import Span
from app.extraction.tokens import Token
from app.extraction.wordlist import word_set

_PRONOUN_GENDER = {
    **dict.fromkeys(("he", "him", "his", "himself"), "m"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "f"),
}
_ENOUGH = 0.8
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
        self._organisations: set[str] = set()
        self._by_word: dict[str, set[str]] = defaultdict(set)
        self._mentions: list[tuple[int, str]] = []
        self._heard_of: dict[str, Counter[str]] = defaultdict(Counter)
        self._at_start: set[str] = set()
        self._inside: set[str] = set()

    @classmethod
    def of(cls, sentences: list[list[Token]]) -> "Register":
        """Collect every name of the article before any sentence is read."""
        register = cls()
        runs = [run for words in sentences for run in _runs(words)]
        for run in runs:
            register._collect(run)
        register._at_start -= register._inside
        for person in register._people.values():
            for word in {person.surname, person.name.split()[0]}:
                register._by_word[word.lower()].add(person.name)
        for run in runs:
            register._mention(run)
        register._mentions.sort()
        for words in sentences:
            register._listen(words)
        register._settle_genders()
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

    def _settle_genders(self) -> None:
        """Where no title tells, most of at least two pronouns do."""
        for name, heard in self._heard_of.items():
            gender, count = heard.most_common(1)[0]
            if self._people[name].gender is None and count >= _ENOUGH * heard.total() and count > 1:
                self._people[name].gender = gender

    def _collect(self, run: "_Run") -> None:
        name = run.name
        if run.is_person:
            (self._at_start if run.starts else self._inside).add(name)
            person = self._people.setdefault(name, Person(name))
            person.evidence += run.evidence
            person.titles |= run.titles
            person.gender = person.gender or _gender_of(name, person.titles)
        elif len(run.words) > 1:
            self._organisations.add(name)

    def _mention(self, run: "_Run") -> None:
        person = self._people.get(run.name) or self._by_surname(run.name)
        if person is None and len(self._by_word.get(run.name.lower(), ())) > 1:
            self._mentions.append((run.start, SEVERAL))
        if person:
            person.titles |= run.titles
            person.gender = person.gender or _gender_of(person.name, run.titles)
            self._mentions.append((run.start, person.name))

    def _by_surname(self, word: str) -> Person | None:
        names = {n for n in self._by_word.get(word.lower(), ()) if self._people[n].surname == word}
        # A company is not short for its product: only a person goes by a given name.
        names = names or {n for n in self._by_word.get(word.lower(), ()) if self.is_certain(n)}
        fullest = [n for n in names if not any(_is_fuller(m, n) for m in names)]
        if len(fullest) > 1:
            # "Hosting Smith" at the start of a sentence is no second Smith.
            fullest = [n for n in fullest if n not in self._at_start]
        return self._people[fullest[0]] if len(fullest) == 1 else None

    def person(self, name: str) -> Person | None:
        """The person whom a full name or a surname means, if only one can be meant."""
        return self._people.get(name) or self._by_surname(name)

    def fullest(self, agent: Agent) -> Agent:
        """The agent under the fullest name that the article gives, if that is beyond doubt."""
        person = self.person(agent.name)
        if person and (agent.kind in {"person", "organisation"}):
            longest = [n for n in self._people if _is_fuller(n, person.name)]
            name = max(longest, key=_fullness) if longest else person.name
            return Agent(name, "person", named=True, person_title=agent.person_title)
        if agent.kind == "unnamed":
            return self._by_office(agent)
        return self._organisation(agent) if agent.kind == "organisation" else agent

    def _organisation(self, agent: Agent) -> Agent:
        full = {n for n in self._organisations if _is_short_for(agent.name, n)}
        fullest = [n for n in full if not any(n != m and n.lower() in m.lower() for m in full)]
        name = fullest[0] if len(fullest) == 1 else agent.name
        return Agent(name, agent.kind, agent.named)

    def _by_office(self, agent: Agent) -> Agent:
        """Whom "the governor" means, when the article knows one governor."""
        word = agent.name.lower()
        holders = [p for p in self._people.values() if word in {_plain(t) for t in p.titles}]
        if len(holders) == 1 and word in _OFFICES:
            return Agent(holders[0].name, "person", named=True)
        return agent

    def mentioned(self, span: Span) -> list[str]:
        """People named in a stretch of text, in order, each once."""
        first = bisect_left(self._mentions, (span.start, ""))
        last = bisect_left(self._mentions, (span.end, ""))
        return list(dict.fromkeys(name for _, name in self._mentions[first:last]))

    def may_be(self, name: str, gender: str) -> bool:
        """Whether a pronoun of this gender can mean this person."""
        person = self._people.get(name)
        return name == SEVERAL or (person is not None and person.gender in {None, gender})

    def has_gender(self, name: str, gender: str) -> bool:
        """Whether a title or a given name says that this pronoun fits."""
        person = self._people.get(name)
        return person is not None and person.gender == gender

    def is_certain(self, name: str) -> bool:
        """Whether a title, an age or a given name says that this is a person."""
        person = self._people.get(name)
        return name == SEVERAL or (
            person is not None and (person.evidence > 0 or person.gender is not None)
        )


_OFFICES = word_set(
    "governor mayor president senator sheriff chancellor premier judge pope king queen"
)
_SHORT_TITLES = {"gov": "governor", "sen": "senator", "pres": "president"}


def _plain(title: str) -> str:
    word = title.rstrip(".")
    return _SHORT_TITLES.get(word, word)


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


def _is_short_for(short: str, full: str) -> bool:
    """CDC for Center for Disease Control; the Times for New York Times."""
    a, b = short.lower().replace("’", "'"), full.lower().replace("’", "'")
    if a == b:
        return True
    if len(short.split()) > 1:
        return b.startswith(a + " ")
    if short.isupper() and len(short) > 2:
        initials = "".join(w[0] for w in full.split() if w[0].isupper())
        return short in initials
    return is_outlet(short) and b.endswith(" " + a) and len(full.split()) <= 4


def _gender_of(name: str, titles: Set[str]) -> str | None:
    if titles & lex.FEMALE:
        return "f"
    if titles & lex.MALE:
        return "m"
    first = name.split(maxsplit=1)[0].lower().split("-")[0]
    if first in lex.FEMALE_NAMES:
        return "f"
    return "m" if first in lex.MALE_NAMES else None


@dataclass(frozen=True, slots=True)
class _Run:
    """A run of capitalised words, its titles cut off."""

    words: tuple[Token, ...]
    titles: frozenset[str]
    evidence: int
    starts: bool
    articled: bool

    @property
    def start(self) -> int:
        return self.words[0].start

    @property
    def name(self) -> str:
        return without_possessive(" ".join(w.text for w in self.words))

    @property
    def is_person(self) -> bool:
        if len(self.words) < 2 or self.articled:
            return False
        if self.words[0].lower in lex.ROYAL:
            return True
        return looks_like_person(self.words) or (
            bool(self.titles) and len(self.words) <= 4 and not is_outlet(self.name)
        )


_NOT_FIRST = (
    lex.CONJUNCTIONS
    | lex.DETERMINERS
    | lex.PREPOSITIONS
    | lex.ADVERBS
    | lex.NO_AGENT
    | frozenset(lex.PRONOUNS)
    | word_set("the a an if one per according")
)
_JOINS = re.compile(r"(?:of|for|and|&|the)$")


def _runs(words: list[Token]) -> list[_Run]:
    """Runs of capitalised words in a sentence, with connected organisations kept whole."""
    found: list[_Run] = []
    at = 0
    while at < len(words):
        end = _run_end(words, at)
        if end > at:
            found.extend(_split_titles(words, at, end))
        at = max(end, at + 1)
    return found


def _run_end(words: list[Token], at: int) -> int:
    first = words[at]
    # "Australian-born Lee" is called Lee.
    if (
        not first.is_capital
        or (first.text.rsplit("-", 1)[-1].islower() and "-" in first.text)
        or first.lower in _NOT_FIRST
        or first.lower in lex.DAYS
    ):
        return at
    end = at + 1
    while end < len(words) and not words[end - 1].lower.endswith("'s"):
        if words[end].is_capital and words[end].lower not in lex.DAYS:
            end += 1
        elif _links(words, at, end):
            end += 2
        else:
            break
    return end


def _links(words: list[Token], first: int, at: int) -> bool:
    """Whether a small word joins two capitalised ones into one name."""
    if at + 1 >= len(words) or not words[at + 1].is_capital:
        return False
    link = words[at].lower
    if link in lex.PARTICLES:
        return True
    return bool(_JOINS.match(link)) and any(
        bare(word) in lex.ORGANISATION_WORDS for word in words[first:at]
    )


def _split_titles(words: list[Token], start: int, end: int) -> list[_Run]:
    titled = [at for at in range(start, end) if bare(words[at]) in lex.TITLES]
    before = [words[start - 1].lower] if start and bare(words[start - 1]) in lex.TITLES else []
    if titled and titled[-1] + 1 < end:
        first = titled[-1] + 1
        titles = {words[at].lower for at in titled} | set(before)
    else:
        first, titles = start, set(before)
        if (
            end - start > 2
            and start
            and words[start - 1].lower == "of"
            and _has_title(words, start)
        ):
            first = end - 2
    name = tuple(w for w in words[first:end])
    if not name:
        return []
    if len(name) == 1 and first > start and words[first - 1].lower in lex.ROYAL:
        name = (words[first - 1], *name)
    articled = bool(start) and words[start - 1].lower == "the" and not titles
    evidence = bool(titles) + _evidence_after(words, end)
    return [_Run(name, frozenset(titles), evidence, starts=first == 0, articled=articled)]


def _has_title(words: list[Token], before: int) -> bool:
    """Whether an office is named right before "of": Director of Public Prosecution Ann Lee."""
    return before > 1 and bare(words[before - 2]) in lex.TITLES


def _evidence_after(words: list[Token], end: int) -> int:
    """An age, "who" or an office after the name says that it is a person."""
    following = [w.lower for w in words[end : end + 3]]
    if following[:1] == [","]:
        return int(len(following) > 1 and (following[1].isdigit() or following[1] == "who"))
    return int(following[:1] == ["who"] or following[:1] == ["("])
