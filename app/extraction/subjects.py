"""Who stands before a verb: the subject of a cue, found without a parser."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from app.extraction import lexicon as lex
from app.extraction.agents import Agent, agent_of, bare
from app.extraction.companions import with_companions
from app.extraction.modifiers import HOW_MANY, is_reduced, joins_fields, over_adjectives
from app.extraction.tokens import Token
from app.extraction.whole_phrases import (
    before_bracket,
    describes_only,
    is_one_of,
    joins_titles,
    over_offices,
    whole_phrase,
)
from app.extraction.wordlist import word_set

_LONGEST_PHRASE = 14
_TO_REACH = 6
_TO_NOUNS = word_set("""close adviser advisor aide ambassador envoy secretary assistant witness witnesses party
    privy counsel letter letters email emails e-mail message statement note memo report complaint
    petition counsellor consultant spokesman spokeswoman spokesperson aides advisers""")
_NOUNS_LY = word_set(
    "family assembly supply ally monopoly reply anomaly bully rally fly belly daily weekly"
)
# "the public works department": nouns here, verbs elsewhere.
_ALSO_NOUNS = word_set(
    "think works plans faces calls costs needs leads matters plays stands uses claims rules reports"
)
_LONGEST_OFFICE = 5
_RELATIVE = frozenset({"who", "which", "where", "whose"})
_DESCRIBES = frozenset({"the", "a", "an", "his", "her", "its", "their"})
# "several other studies": one phrase.
_BEGIN_ANEW = (lex.DETERMINERS | {"the"}) - {"other"}
_MARK_KINDS = frozenset({"open", "close", "mark"})
_NEVER_INSIDE = lex.CONJUNCTIONS | lex.AUXILIARIES | (lex.PREPOSITIONS - lex.NOUN_LINKS)
# A phrase may end in "who" or "it", but not in another small word.
_NEVER_LAST = (_NEVER_INSIDE | lex.NOUN_LINKS | lex.CONJUNCTIONS) - frozenset(lex.PRONOUNS)
_BREAKS = frozenset({",", ";", ":", "—", "–", "―", "--", "…", "...", "(", ")", "?", "!", ".", "-"})


class Subject(NamedTuple):
    """An agent and the tokens of its noun phrase."""

    first: int
    agent: Agent
    last: int = -1


class Phrases:
    """Noun phrases in the tokens of one sentence."""

    def __init__(self, words: Sequence[Token], text: str) -> None:
        self._words = words
        self._text = text

    def before(self, verb: int, low: int) -> Subject | None:
        """The subject that ends right before a verb, or before its adverbs and auxiliaries."""
        end = self._skip_back(verb, low)
        if end > low:
            end = before_bracket(self._words, end, low)
        if end > low and self._words[end - 1].text == ",":
            return self._with_apposition(end - 1, low)
        found = self._phrase(end, low)
        return self._whole(found, end, low) or found

    def _whole(self, found: Subject | None, end: int, low: int) -> Subject | None:
        """The subject of "half of those who rang since the flood said", where only a part is found."""
        if end <= low or (found is not None and (found.agent.is_pronoun or found.first == low)):
            return None
        whole = whole_phrase(self._words, found.first if found else end, end, low)
        if whole is None:
            return None
        agent = agent_of(self._words[whole.first : whole.last], self._text)
        return Subject(whole.first, agent, whole.last) if agent else None

    def leading(self, low: int, high: int) -> Subject | None:
        """The subject of the clause that starts at ``low``."""
        for at in range(low + 1, high):
            word = self._words[at]
            if self._words[at - 1].lower in _RELATIVE:
                continue
            if word.lower in lex.AUXILIARIES or (
                lex.looks_finite(word.lower) and not word.is_capital
            ):
                return self.before(at, low)
        return None

    def ending(self, end: int, low: int) -> Subject | None:
        """The noun phrase that ends before a token, whatever stands before it."""
        first = end
        while first > low and end - first < _LONGEST_PHRASE and self._continues(first - 1, end):
            first -= 1
        while first < end and self._words[first].lower in lex.PREPOSITIONS:
            first += 1
        agent = agent_of(self._words[first:end], self._text) if first < end else None
        return Subject(first, agent, end) if agent else None

    def owner(self, at: int, low: int) -> Subject | None:
        """The noun phrase that ends in the possessive word at ``at``."""
        first = at
        while first > low and self._continues(first - 1, at + 1):
            first -= 1
            if at - first >= _LONGEST_PHRASE:
                break
        while first < at and self._words[first].lower in lex.PREPOSITIONS:
            first += 1
        agent = agent_of(self._words[first : at + 1], self._text)
        return Subject(first, agent, at + 1) if agent else None

    def after(self, first: int, high: int) -> tuple[Subject | None, int]:
        """The subject that follows an inverted cue ("said Smith, 24"), and where it ends."""
        end = first
        while end < high and not self._ends_inverted(end, first):
            end += 1
        agent = agent_of(self._words[first:end], self._text) if end > first else None
        return (Subject(first, agent) if agent else None), end

    def _ends_inverted(self, at: int, first: int) -> bool:
        word = self._words[at]
        if word.kind in {"open", "close"} or word.text in _BREAKS:
            return True
        if word.lower in {"who", "which", "that", "as", "when", "while", "after", "before"}:
            return at > first
        if word.lower == "and":
            return at > first and not joins_titles(self._words, at)
        if word.lower in lex.DAYS | lex.ADVERBS | lex.AUXILIARIES:
            return True
        # "shows research by the institute".
        made = word.lower == "by" and self._is_document(at - 1)
        return (
            at > first
            and not made
            and word.lower in {"in", "on", "at", "during", "to", "by", "last", "this"}
        )

    def _skip_back(self, verb: int, low: int) -> int:
        """Step back over adverbs, auxiliaries, days and an opening quotation mark."""
        at = verb
        if at > low and self._words[at - 1].kind == "open":
            at -= 1
        while at > low + 1 and self._is_adverbial(at - 1):
            at -= 1
            if self._words[at - 1].lower in {"on", "in"} and at - 1 > low:
                at -= 1
        if (
            at > low + 1
            and self._words[at - 1].text == ","
            and self._words[at].lower in lex.ADVERBS
        ):
            at -= 1
        return at

    def _is_adverbial(self, at: int) -> bool:
        lower = self._words[at].lower
        return (
            lower in lex.ADVERBS
            or lower in lex.DAYS
            or lower in {"has", "have", "had"}
            or (lower.endswith("ly") and not self._words[at].is_capital and lower not in _NOUNS_LY)
            or (lower in lex.MONTHS and self._words[at - 1].lower in {"in", "last", "this"})
            or (lower in lex.TIME_NOUNS and self._words[at - 1].lower in lex.TIME_ADJECTIVES)
            or (lower in lex.TIME_ADJECTIVES and self._words[at + 1].lower in lex.TIME_NOUNS)
        )

    def _with_apposition(self, comma: int, low: int) -> Subject | None:
        """The name in "the lawyer, Ann Lee, said" and in "Ann Lee, 34, a lawyer, said"."""
        segments = self._segments(comma, low)
        return self._name_described(segments) or self._head_of(segments, comma)

    def _head_of(self, segments: list[tuple[int, int]], comma: int) -> Subject | None:
        """Who speaks, of the stretches before a comma."""
        for depth, (first, last) in enumerate(segments[:4]):
            found = self._described_head(first, last)
            whole = found is not None and found.first == first
            if depth == 0:
                if whole and found and found.agent.kind == "person" and len(segments) > 1:
                    start = self._phrase(segments[1][1], segments[1][0])
                    if start and (start.agent.kind != "person"):
                        return Subject(start.first, found.agent, last)
                described = self._described(segments[1:]) if whole else None
                if described is not None and found and found.agent.named:
                    return Subject(described, found.agent, last)
                continue
            if found and found.agent.kind == "document" and self._says_whose(last + 1, comma):
                return Subject(found.first, found.agent, comma)
            if found and (
                is_one_of(self._words[found.first : found.last])
                or self._may_head(first, last, found)
            ):
                return self._named(found, segments, depth)
        return None

    def _described_head(self, first: int, last: int) -> Subject | None:
        """The noun phrase of a segment; its noun, in "a leaflet handed out at the market"."""
        if describes_only(self._words[first:last]):
            return None
        found = self._phrase(last, first)
        longer = self._whole(found, last, first)
        found = longer if longer is not None and longer.first == first else found
        whole = found is not None and found.first == first
        if whole or self._words[first].lower not in _DESCRIBES:
            return found
        inner = range(first + 2, last - 1)
        head = next((at for at in inner if lex.looks_past(self._words[at].lower)), None)
        noun = self._phrase(head, first) if head is not None else None
        return noun if noun is not None and noun.first == first else found

    def _name_described(self, segments: list[tuple[int, int]]) -> Subject | None:
        """The name in "Ann Lee, head of ports, rail and roads, said": the commas are its office's."""
        for at in range(2, min(len(segments), _LONGEST_OFFICE)):
            first, last = segments[at]
            lead = self._words[segments[at - 1][0]]
            found = self._phrase(last, first)
            if found is None or found.first != first or found.agent.kind != "person":
                continue
            office = lead.kind == "word" and not lead.is_capital and lead.lower not in _RELATIVE
            between = self._words[segments[at - 1][0] : segments[0][1]]
            acts = any(lex.looks_finite(w.lower) and not w.is_capital for w in between)
            return found if office and not acts else None
        return None

    def _named(self, found: Subject, segments: list[tuple[int, int]], depth: int) -> Subject:
        """Who is meant by a noun between commas: a name before it, or what follows "one of them"."""
        if is_one_of(self._words[found.first : found.last]):
            first, last = segments[depth - 1]
            inner = self._phrase(last, first)
            return inner._replace(first=found.first) if inner else found
        named = found.agent.kind == "person" and found.agent.named
        return found if named else self._name_before(segments[depth + 1 :]) or found

    def _described(self, segments: list[tuple[int, int]]) -> int | None:
        """Where "The firm that runs the port, Volvex," begins: a noun, before its name."""
        if not segments:
            return None
        first, last = segments[0]
        if self._words[first].lower not in _DESCRIBES:
            return None
        head = next((i for i in range(first + 1, last) if self._ends_noun(i)), last)
        noun = self._words[head - 1]
        return first if head - 1 > first and noun.kind == "word" and not noun.is_capital else None

    def _ends_noun(self, at: int) -> bool:
        lower = self._words[at].lower
        return lower in _NEVER_INSIDE | lex.NOUN_LINKS | frozenset({"that", "who", "which"})

    def _says_whose(self, first: int, comma: int) -> bool:
        """Whether "…, published by the institute," stands after a document."""
        return first + 1 < comma and self._words[first].lower in lex.ISSUED

    def _name_before(self, segments: list[tuple[int, int]]) -> Subject | None:
        """The person whom a description follows: "Ann Lee, head of sales, Inc., said"."""
        found = self._phrase(segments[0][1], segments[0][0]) if segments else None
        return found if found and found.agent.kind == "person" else None

    def _may_head(self, first: int, last: int, found: Subject) -> bool:
        """Whether a segment before a comma is the noun and not another apposition."""
        lead = self._words[first].lower
        if self._words[last - 1].kind == "number" or lead in {"who", "which", "where", "whose"}:
            return False
        if found.agent.name.lower() in lex.MONTHS | lex.DAYS:
            return False
        if found.agent.kind == "person" or found.agent.named:
            return True
        return lead in {"the", "a", "an", "one", "his", "her", "their"} or found.first == first

    def _segments(self, comma: int, low: int) -> list[tuple[int, int]]:
        """Stretches between commas, from the one before ``comma`` leftwards."""
        cuts = [low - 1] + [
            at for at in range(low, comma) if self._words[at].text in {",", "—", "–", ";"}
        ]
        bounds = [*cuts, comma]
        pairs = [
            (self._past_marks(a + 1, b), before_bracket(self._words, b, a + 1))
            for a, b in pairwise(bounds)
            if b > a + 1
        ]
        return [(first, last) for first, last in pairs if last > first][::-1]

    def _past_marks(self, first: int, last: int) -> int:
        joints = {"and", "but", "that"}
        while first < last and (
            self._words[first].kind in {"open", "close"} or self._words[first].lower in joints
        ):
            first += 1
        return first

    def _phrase(self, end: int, low: int) -> Subject | None:
        """The noun phrase that ends before ``end`` and begins at a boundary."""
        first = end
        while first > low and end - first < _LONGEST_PHRASE and self._continues(first - 1, end):
            first -= 1
        if first < end and self._words[first].lower in lex.PREPOSITIONS:
            first = self._name_at_end(first, end)
        if first == end:
            return None
        if (
            self._words[first - 1].lower not in lex.PREPOSITIONS
            and first > low
            and not self._is_boundary(first - 1, first)
        ):
            return self._before_relative(first, low)
        first = with_companions(self._words, first, end, low=low)
        first = over_adjectives(self._words, first, end, low=low)
        agent = agent_of(self._words[first:end], self._text)
        return Subject(over_offices(self._words, first, low), agent, end) if agent else None

    def _continues(self, at: int, end: int) -> bool:
        """Whether the phrase that ends at ``end`` goes on to the left over this token."""
        word = self._words[at]
        after = self._words[at + 1] if at + 1 < end else None
        if after is None:
            return word.kind not in _MARK_KINDS and word.lower not in _NEVER_LAST
        if word.kind in _MARK_KINDS or self._points_back(at, after):
            return False
        if word.lower in {"and", "&", "to"}:
            joins = self._leads_to_person if word.lower == "to" else self._joins_names
            return joins(at)
        if after.lower in _BEGIN_ANEW and word.lower not in {"and", "&"}:
            return word.lower in lex.NOUN_LINKS | {"by"}
        counts = after.kind == "number" and word.lower in HOW_MANY
        set_up = (word.lower, after.lower) in {("set", "up"), ("up", "by")}
        studied = word.lower in {"into", "about"} and at > 0 and self._is_document(at - 1)
        if counts or set_up or studied or word.lower in {"by", "that"} or is_reduced(word, after):
            return True
        named = word.is_capital or word.lower in lex.TITLES
        return word.lower not in _NEVER_INSIDE and (named or not self._is_verb(at))

    def _points_back(self, at: int, after: Token) -> bool:
        """Whether a pronoun stands here, and not the "that" of "a draft of that report"."""
        pronouns = {self._words[at].lower, after.lower} & lex.PRONOUNS.keys()
        of = self._words[at].lower == "of" or (at > 0 and self._words[at - 1].lower == "of")
        return bool(pronouns - {"that"} if of else pronouns)

    def _is_document(self, at: int) -> bool:
        return bare(self._words[at]) in lex.DOCUMENT_WORDS

    def _leads_to_person(self, at: int) -> bool:
        """Whether "to" belongs to a noun: "a source close to the family", "a letter to Lee"."""
        near = self._words[max(0, at - _TO_REACH) : at]
        return any(word.lower in _TO_NOUNS for word in near)

    def _is_verb(self, at: int) -> bool:
        word, after = self._words[at], self._words[at + 1]
        if word.lower in _ALSO_NOUNS and after.kind == "word" and not after.is_capital:
            return after.lower in lex.DETERMINERS | lex.PREPOSITIONS | {"the", "to"}
        before = self._words[at - 1].lower if at else ""
        if before.endswith("ly") and at > 1:
            before = self._words[at - 2].lower
        if word.lower.endswith("ed") and before in lex.DETERMINERS | {"the"}:
            # "a captured sergeant", "a widely shared post": the participle describes.
            return False
        noun = bare(word) in lex.SPEAKERS or bare(word) in lex.ORGANISATION_WORDS
        return lex.looks_finite(word.lower) and not noun

    def _joins_names(self, at: int) -> bool:
        before, after = self._words[at - 1] if at else None, self._words[at + 1]
        if joins_fields(self._words, at):
            return True
        if before is not None and {bare(before), bare(after)} <= lex.TITLES | {"executive"}:
            return True
        if before is None or not before.is_capital or before.lower in lex.MONTHS | lex.DAYS:
            return False
        return after.is_capital or after.lower in {"his", "her", "their"}

    def _is_boundary(self, at: int, first: int) -> bool:
        """Whether a noun phrase may begin right after this token."""
        word = self._words[at]
        if word.kind in {"open", "close", "mark"}:
            return True
        pronoun = self._words[first].lower in lex.PRONOUNS
        timed = word.lower in lex.TIME_NOUNS | lex.DAYS | lex.MONTHS or word.text.isdigit()
        return timed or word.lower in lex.CONJUNCTIONS or pronoun

    def _name_at_end(self, first: int, end: int) -> int:
        """Where the name after an adverbial begins: "In a statement Smith said"."""
        at = end
        while at > first + 1 and self._words[at - 1].is_capital:
            at -= 1
        return at if at > first + 1 else end

    def _does(self, at: int, low: int) -> bool:
        """Whether a participle tells what somebody did: "a neighbour walking her dog said"."""
        word, before = self._words[at], self._words[at - 1]
        acts = word.lower.endswith("ing") and not word.is_capital and at > low
        return acts and bare(before) in lex.SPEAKERS - lex.DOCUMENT_WORDS

    def _before_relative(self, first: int, low: int) -> Subject | None:
        """The noun in "the woman who reported the call said"."""
        for at in range(first - 1, max(low, first - _LONGEST_PHRASE), -1):
            word = self._words[at]
            if word.text in _BREAKS or word.kind in {"open", "close"}:
                return None
            if word.lower == "who" or self._does(at, low):
                return self._phrase(at, low)
        return None
