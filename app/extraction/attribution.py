"""Who said it: peels the sources off a sentence, from the one nearest the reader inwards."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from app.extraction import lexicon as lex
from app.extraction.agents import Agent, agent_of, is_outlet, looks_like_person, may_speak
from app.extraction.cues import Cues
from app.extraction.sentences import Span
from app.extraction.subjects import Phrases, Subject
from app.extraction.tokens import Token

_DEEPEST = 4
_SHORTEST = 3
_MARKS = frozenset({",", ";", ":", ".", "—", "–", "―", "--", "…", "..."})


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


Resolve = Callable[[Agent, int], Agent | None]


class Reader:
    """Reads one sentence; ``resolve`` turns a pronoun or short name into a full agent."""

    def __init__(self, text: str, words: Sequence[Token], resolve: Resolve) -> None:
        self._text = text
        self._words = words
        self._resolve = resolve
        self._phrases = Phrases(words, text)
        self._cues = Cues(words)

    def statements(self) -> list[Statement]:
        """The statements of the sentence in reading order, each with its sources."""
        found = self._parse(0, len(self._words), ())
        return sorted(found, key=lambda statement: statement.span)

    def _parse(self, low: int, high: int, links: tuple[Link, ...]) -> list[Statement]:
        low, high = self._trim(low, high)
        if high <= low:
            return []
        if len(links) >= _DEEPEST:
            return [self._statement(low, high, links)]
        for step in (self._leading_source, self._trailing_source, self._tagged, self._introduced):
            found = step(low, high, links)
            if found is not None:
                return found
        return [self._statement(low, high, links)]

    def _statement(self, low: int, high: int, links: tuple[Link, ...]) -> Statement:
        return Statement(Span(self._words[low].start, self._words[high - 1].end), links)

    def _trim(self, low: int, high: int) -> tuple[int, int]:
        while low < high and (self._words[low].text in _MARKS or self._words[low].kind == "close"):
            low += 1
        while high > low and (
            self._words[high - 1].text in _MARKS or self._words[high - 1].kind == "open"
        ):
            high -= 1
        return low, high

    def _link(self, subject: Subject, cue: str, verb: int) -> Link | None:
        """A link whose agent is known by a full name or a description, or None."""
        phrase = self._words[subject.first : subject.last]
        if phrase and not may_speak(subject.agent, phrase, self._words[verb].lower):
            return None
        agent = self._resolve(subject.agent, self._words[subject.first].start)
        if agent is None:
            return None
        forecast = self._words[verb].lower in lex.FORECAST_CUES
        return Link(agent, cue, self._words[verb].start, forecast=forecast)

    # According to X, …   Per X, …   As X reports, …

    def _leading_source(
        self, low: int, high: int, links: tuple[Link, ...]
    ) -> list[Statement] | None:
        first = low + (self._words[low].lower in {"but", "and", "yet"})
        opened = self._opening(first, high)
        if opened is None:
            return None
        agent_at, cue = opened
        content = self._first_clause(agent_at, high)
        if content is None:
            return None
        comma = next((i for i in range(agent_at, content) if self._words[i].text == ","), content)
        if comma < content:
            comma, agent_at = self._named_instead(agent_at, comma, content)
        link = self._source(agent_at, comma, cue)
        return self._parse(content, high, (*links, link)) if link else None

    def _named_instead(self, first: int, comma: int, content: int) -> tuple[int, int]:
        """ "According to his aunt, Jane Lee, …": the name, when one is given."""
        after = next((i for i in range(comma + 1, content) if self._words[i].text == ","), comma)
        described = agent_of(self._words[first:comma], self._text)
        if described and described.kind == "unnamed" and after > comma:
            if looks_like_person(self._words[comma + 1 : after]):
                return after, comma + 1
        return comma, first

    def _opening(self, first: int, high: int) -> tuple[int, str] | None:
        lowers = [w.lower for w in self._words[first : min(high, first + 2)]]
        if lowers == ["according", "to"]:
            return first + 2, "according to"
        if lowers[:1] == ["per"]:
            return first + 1, "per"
        if lowers[:1] == ["as"]:
            comma = next((i for i in range(first, min(high, first + 12)) if self._words[i].text == ","), None)
            cue = comma and next((i for i in range(first + 2, comma) if self._cues.is_cue(i, first)), None)
            if cue and comma and not self._has_finite(cue + 1, comma):
                return first + 1, f"as … {self._words[cue].lower}"
        return None

    def _first_clause(self, agent_at: int, high: int) -> int | None:
        """Where the reported clause begins, past the source and what is said about it."""
        commas = [i for i in range(agent_at, high) if self._words[i].text == ","]
        for at, comma in enumerate(commas):
            until = commas[at + 1] if at + 1 < len(commas) else high
            lead = self._words[comma + 1].lower if comma + 1 < high else ""
            if lead in {"who", "which", "where", "whose"} | lex.ISSUED:
                continue
            described = self._words[agent_at].lower in {"a", "an", "the", "his", "her", "their", "one"}
            name = looks_like_person(self._words[comma + 1 : until]) and not described
            if name or self._has_finite(comma + 1, until) or lead in lex.PREPOSITIONS:
                return comma + 1
        return None

    def _source(self, first: int, last: int, cue: str) -> Link | None:
        """The source between two tokens; a reporter stands for the outlet "for" which they write."""
        phrase = list(self._words[first:last])
        verb = next((i for i, w in enumerate(phrase) if w.lower in lex.CUES and i), None)
        if verb is not None and cue.startswith("as"):
            after = phrase[verb + 1 :]
            phrase = after[1:] if after and after[0].lower in {"for", "in"} else phrase[:verb]
        agent = agent_of(phrase, self._text)
        if agent is None:
            return None
        full = self._resolve(agent, self._words[first].start)
        return Link(full, cue, self._words[first].start) if full else None

    # …, according to X.   …, per X.

    def _trailing_source(
        self, low: int, high: int, links: tuple[Link, ...]
    ) -> list[Statement] | None:
        for at in range(high - 2, low, -1):
            cue = self._closing_cue(at, low)
            if cue is None:
                continue
            first = at + len(cue.split())
            last = self._source_end(first, high)
            link = self._source(first, last, cue)
            if link is None:
                return None
            return self._around(low, at, last, high, (*links, link))
        return None

    def _closing_cue(self, at: int, low: int) -> str | None:
        lower = self._words[at].lower
        if lower == "according" and self._words[at + 1].lower == "to":
            return "according to"
        before = self._words[at - 1]
        if lower == "per" and (before.text == "," or before.kind == "close"):
            return "per"
        return None

    def _source_end(self, first: int, high: int) -> int:
        for at in range(first, high):
            if self._words[at].text in _MARKS or self._words[at].kind in {"open", "close"}:
                return at
        return high

    def _around(
        self, low: int, left: int, right: int, high: int, links: tuple[Link, ...]
    ) -> list[Statement]:
        """Read what stands before and after a source that was put into a sentence."""
        rest = right
        while rest < high and self._words[rest].text == "," and not self._has_finite(rest, high):
            rest = high
        after_low, after_high = self._trim(rest, high)
        enough_left = left - low > _SHORTEST and self._has_finite(low, left)
        if after_high - after_low < _SHORTEST:
            return self._parse(low, left, links)
        if enough_left and self._is_apposition(after_low, after_high):
            return self._parse(low, left, links)
        if enough_left:
            return self._parse(low, left, links) + self._parse(after_low, after_high, links)
        whole = self._statement(low, high, links)
        start = self._words[left - 1].end if left > low else self._words[left].start
        if self._words[left - 1].text == ",":
            start = self._words[left - 1].start
        end = self._words[right].end if self._words[right].text == "," else self._words[right].start
        return [replace(whole, cuts=(Span(start, end),))]

    def _is_apposition(self, low: int, high: int) -> bool:
        return self._words[low].lower in {"a", "an", "the", "which", "who"} and not any(
            self._words[i].text == "," for i in range(low, high)
        )

    # “…,” X said.   …, X said in a statement.   …, said X.

    def _tagged(self, low: int, high: int, links: tuple[Link, ...]) -> list[Statement] | None:
        for at in range(low + 1, high):
            if not self._cues.is_cue(at, low) or self._in_quotes(at, low):
                continue
            found = self._tag_before(at, low, high, links) or self._tag_after(at, low, high, links)
            if found is not None:
                return found
        return None

    def _tag_before(
        self, at: int, low: int, high: int, links: tuple[Link, ...]
    ) -> list[Statement] | None:
        """A comma or closing quotation mark, the subject, the cue, and then no clause."""
        subject = self._phrases.before(at, low)
        if subject is None or subject.first <= low:
            return None
        before = self._words[subject.first - 1]
        if before.text not in {",", "—", "–"} and before.kind != "close":
            return None
        left_high = subject.first
        if not self._is_content(low, left_high) or not self._tag_ends(at + 1, high):
            return None
        if before.kind != "close" and self._opens_speech(at + 1, high):
            return None
        link = self._link(subject, self._words[at].lower, at)
        if link is None:
            return None
        return self._both_sides(low, left_high, at + 1, high, (*links, *self._relays(at, high), link))

    def _tag_after(
        self, at: int, low: int, high: int, links: tuple[Link, ...]
    ) -> list[Statement] | None:
        """A comma or closing quotation mark, the cue, then its subject."""
        before = self._words[at - 1]
        if lex.CUES[self._words[at].lower] in {"tell", "object"}:
            return None
        if (before.text != "," and before.kind != "close") or not self._is_content(low, at):
            return None
        subject, end = self._phrases.after(at + 1, high)
        if subject is None or subject.agent.is_pronoun:
            return None
        if end < high and self._words[end].text not in _MARKS and self._has_finite(end, min(high, end + 2)):
            return None
        link = self._link(subject, self._words[at].lower, at)
        if link is None:
            return None
        return self._both_sides(low, at, end, high, (*links, *self._relays(end - 1, high), link))

    def _is_content(self, low: int, high: int) -> bool:
        """Whether the words before a tag are speech: quoted, or a clause of their own."""
        low, high = self._trim(low, high)
        while low < high and (self._words[low].lower in lex.ADVERBS or self._words[low].text == ","):
            low += 1
        quoted = any(self._words[i].kind == "close" for i in range(low, high))
        lead = self._words[low].lower if low < high else ""
        subordinate = lead in {"in", "on", "at", "when", "after", "as", "while", "since", "during",
                               "though", "although", "if", "before", "following", "because"}
        commas = sum(self._words[i].text == "," for i in range(low, high))
        return quoted or (self._has_finite(low, high) and (not subordinate or commas > 0))

    def _opens_speech(self, first: int, high: int) -> bool:
        """Whether a quotation follows the cue: then the words before the cue are no speech."""
        marks = [w for w in self._words[first : min(high, first + 3)] if w.kind != "word"]
        return any(w.kind == "open" or w.text == ":" for w in marks)

    def _tag_ends(self, first: int, high: int) -> bool:
        """Whether a tag is over: adjuncts only, up to the end, a comma or a new quotation."""
        for at in range(first, high):
            word = self._words[at]
            if word.kind == "open" or word.text in {",", ".", ":", "—", ";"}:
                return True
            if word.lower == "that" or (
                lex.looks_finite(word.lower)
                and not word.is_capital
                and word.lower not in {"published", "released", "obtained", "posted"}
            ):
                return False
        return True

    def _both_sides(
        self, low: int, left: int, right: int, high: int, links: tuple[Link, ...]
    ) -> list[Statement]:
        found = self._parse(low, left, links)
        start = next((i for i in range(right, high) if self._words[i].kind == "open"), None)
        adding = next((i for i in range(right, high) if self._words[i].lower in lex.PARTICIPLE_CUES), None)
        if adding is not None and (start is None or adding < start):
            start = adding + 1 + (self._words[min(adding + 1, high - 1)].lower == "that")
        relative = next((i for i in range(right, high) if self._words[i].lower == "who"), None)
        if start is not None:
            found += self._parse(start, high, links)
        elif relative is not None and high - relative > _SHORTEST:
            found.append(self._statement(relative, high, links[:-1]))
        return found

    # X said that …   X denied …

    def _introduced(self, low: int, high: int, links: tuple[Link, ...]) -> list[Statement] | None:
        for at in range(low, high):
            if at == low and self._words[at].lower in lex.PARTICIPLE_CUES:
                found = self._leading_participle(low, high, links)
            elif self._words[at].lower in lex.PARTICIPLE_CUES:
                found = self._participle(at, low, high, links)
            elif at > low and self._cues.is_cue(at, low):
                found = self._cue_at(at, low, high, links)
            else:
                found = self._noun_cue(at, low, high, links)
            if found is not None:
                return found
        return None

    def _cue_at(
        self, at: int, low: int, high: int, links: tuple[Link, ...]
    ) -> list[Statement] | None:
        keeps = self._cues.keeps_itself(at, high)
        content = None if keeps else self._cues.content_after(at, high)
        if content is None and not keeps:
            return None
        subject, first = self._subject_of(at, low, links)
        if subject is None:
            return None
        if content is not None and self._is_name_only(content, high, subject):
            return None
        cue = self._cues.name(at, content or at)
        link = self._link(subject, cue, at)
        if link is None:
            return None
        relays = self._relays(at, content or at)
        left = self._left(low, first, links)
        if content is None:
            return left + self._kept(at, high, links, link)
        return left + self._parse(content, high, (*links, *relays, link))

    def _is_name_only(self, content: int, high: int, subject: Subject) -> bool:
        """ "… elements said Ann Lee, a chemist": the subject stands after the cue."""
        comma = next((i for i in range(content, high) if self._words[i].text == ","), high)
        return not subject.agent.named and looks_like_person(self._words[content:comma])

    def _kept(
        self, at: int, high: int, links: tuple[Link, ...], link: Link
    ) -> list[Statement]:
        """ "claimed responsibility for the crash, which it said …": two statements."""
        for i in range(at + 2, high - _SHORTEST):
            if self._words[i].text == "," and self._words[i + 1].lower in {"which", "saying"}:
                rest = self._parse(i + 1, high, (*links, link) if self._words[i + 1].lower == "saying" else links)
                return [self._statement(at, i, (*links, link)), *rest]
        return [self._statement(at, high, (*links, link))]

    def _subject_of(
        self, at: int, low: int, links: tuple[Link, ...]
    ) -> tuple[Subject | None, int]:
        """The subject of a cue, and where the words before it end."""
        joint = at - 1
        while joint > low and self._words[joint].lower in lex.ADVERBS | {"has", "have", "had"}:
            joint -= 1
        if self._words[joint].lower in {"and", "but", "or", "then"} and joint > low:
            if links and not self._phrases.leading(low, joint):
                return Subject(low, links[-1].agent), joint
            return self._phrases.leading(low, joint), joint
        subject = self._phrases.before(at, low)
        if subject and subject.agent.name.lower() == "who":
            return self._phrases.before(subject.first, low), low
        return subject, subject.first if subject else low

    def _left(self, low: int, end: int, links: tuple[Link, ...]) -> list[Statement]:
        """What stands before the subject, when it is a clause of its own."""
        low, end = self._trim(low, end)
        while end > low and self._words[end - 1].lower in lex.CONJUNCTIONS:
            end -= 1
        low, end = self._trim(low, end)
        if end - low <= _SHORTEST or not self._has_finite(low, end):
            return []
        return [self._statement(low, end, links)]

    def _participle(
        self, at: int, low: int, high: int, links: tuple[Link, ...]
    ) -> list[Statement] | None:
        """ "…, saying the sex was consensual": said by the subject of the clause."""
        if self._words[at - 1].text != "," and at - low > 1:
            return None
        content = self._cues.content_after(at, high)
        subject = self._phrases.leading(low, at)
        if content is None or subject is None:
            return None
        link = self._link(subject, self._cues.name(at, content), at)
        if link is None:
            return None
        left = self._parse(low, at - 1, links)
        return left + self._parse(content, high, (*links, link))

    def _leading_participle(
        self, low: int, high: int, links: tuple[Link, ...]
    ) -> list[Statement] | None:
        """ "Arguing that taxes are low, the mayor …": said by the subject of the main clause."""
        content = self._cues.content_after(low, high)
        commas = [i for i in range(low, high) if self._words[i].text == ","]
        for comma in reversed(commas) if content is not None else []:
            subject = self._phrases.leading(comma + 1, high)
            if subject is None or subject.first != comma + 1 or content is None:
                continue
            link = self._link(subject, self._cues.name(low, content), low)
            if link is None:
                return None
            said = self._parse(content, comma, (*links, link))
            return said + self._parse(comma + 1, high, links)
        return None

    def _noun_cue(
        self, at: int, low: int, high: int, links: tuple[Link, ...]
    ) -> list[Statement] | None:
        """ "many have voiced concerns that …"."""
        if at <= low + 1 or at + 3 >= high or self._words[at].lower not in lex.CUE_NOUNS:
            return None
        if self._words[at + 1].lower != "that":
            return None
        verb = next((i for i in (at - 1, at - 2) if self._words[i].lower in lex.CUE_NOUN_VERBS), None)
        subject = self._phrases.before(verb, low) if verb and verb > low else None
        if verb is None or subject is None:
            return None
        link = self._link(subject, f"{self._words[verb].lower} {self._words[at].lower}", verb)
        if link is None:
            return None
        left = self._left(low, subject.first, links)
        return left + self._parse(at + 2, high, (*links, link))

    # told CNN   in an email to the Associated Press   in an interview with the Post

    def _relays(self, at: int, until: int) -> tuple[Link, ...]:
        """The outlet to which somebody said it."""
        for i in range(at, min(until, at + 12, len(self._words) - 1)):
            if self._words[i].lower not in {"to", "with", "told"} or (i == at and self._words[i].lower != "told"):
                continue
            end = self._relay_end(i + 1)
            agent = agent_of(self._words[i + 1 : end], self._text)
            if agent and (is_outlet(agent.name)) and not agent.name[-1:].isspace():
                full = self._resolve(agent, self._words[i + 1].start) or agent
                organisation = replace(full, kind="organisation")
                return (Link(organisation, "told", self._words[i].start, relays=True),)
        return ()

    def _relay_end(self, first: int) -> int:
        at = first
        while at < len(self._words) and at - first < 6:
            word = self._words[at]
            if not (word.is_capital or word.lower in {"the", "media", "newspaper", "of"}) or (
                word.lower in lex.DAYS
            ):
                break
            at += 1
        return at

    def _has_finite(self, low: int, high: int) -> bool:
        return any(lex.looks_finite(self._words[i].lower) for i in range(low, high))

    def _in_quotes(self, at: int, low: int) -> bool:
        """Whether a token lies inside a quotation that was opened at or after ``low``."""
        depth = 0
        for i in range(low, at):
            depth += (self._words[i].kind == "open") - (self._words[i].kind == "close")
        return depth > 0
