"""Whom a pronoun, a surname or "the company" means inside of a claim; silent where in doubt.

Stricter than the search for a speaker: a claim under a wrong name does harm. What stands between
quotation marks is only changed inside of square brackets.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter

from app.extraction import lexicon as lex
from app.extraction.agents import agent_of, bare
from app.extraction.bodies import acts, bare_text, can_speak, fits
from app.extraction.bystanders import Bystander, bystanders, is_somebody
from app.extraction.candidate import Hop
from app.extraction.given import FEMALE_NAMES, MALE_NAMES
from app.extraction.names import SEVERAL, Register
from app.extraction.quotation import touching
from app.extraction.sentences import Span
from app.extraction.speech import Sentence
from app.extraction.tokens import Token, between
from app.extraction.wording import Change
from app.extraction.wordlist import word_set

_GENDER = {
    **dict.fromkeys(("he", "him", "his", "he's", "he'd", "he'll"), "m"),
    **dict.fromkeys(("she", "her", "she's", "she'd", "she'll"), "f"),
}
# So many sentences back a name may stand, at first and at most.
_NEAR, _FAR = 2, 6
_REMEMBERED = 2_000
_SHORTEST_INITIALS = 2
# How far into a text it is looked up how a name is written.
_SEARCHED = 50_000
_ONLY_PEOPLE = (
    "said|says|told|tells|added|who|whose|tweeted|wrote|argued|admitted|insisted|explained|replied"
)
_PLACE_BEFORE = word_set(
    "of in at from to into near across around outside through over the north south east west"
)
_NO_OBJECT_AFTER = (
    lex.PREPOSITIONS
    | lex.CONJUNCTIONS
    | lex.AUXILIARIES
    | lex.ADVERBS
    | word_set("the a an this that these those")
)
# How many words a description has behind its article.
_DESCRIPTION = 3


# Words that a sentence may begin with before a name.
_BEGINNINGS = lex.DETERMINERS | lex.PREPOSITIONS | lex.CONJUNCTIONS | lex.ADVERBS


class Referents:
    """The people and bodies of one article, asked what a word of a claim means."""

    def __init__(self, text: str, sentences: Sequence[Sentence], register: Register) -> None:
        self._text = text
        self._sentences = sentences
        self._register = register
        self._possessive = "’" if "’" in text or "'" not in text else "'"
        self._articles: dict[str, str] = {}
        self._names: dict[str, bool] = {}
        self._unnamed: dict[int, Sequence[Bystander]] = {}

    def changes(
        self,
        number: int,
        spans: Sequence[Span],
        chain: Sequence[Hop],
        *,
        said_before: bool = False,
    ) -> list[Change]:
        """What stands for the words of spans of a sentence that need the article.

        A name is given once, at its first place. ``said_before``: the sentence named the source
        of the last span before it.
        """
        sentence = self._sentences[number]
        speaker = chain[-1] if chain else None
        seen: set[str] = set()
        found: list[Change] = []
        for span in spans:
            here = set(self._register.mentioned(span))
            first = bisect_left(sentence.words, span.start, key=attrgetter("start"))
            for at in range(first, first + len(between(sentence.words, span))):
                change = self._change(number, at, speaker, seen=seen, here=here)
                if change is None and at == first and said_before and speaker:
                    change = self._speaking(number, at, speaker)
                if change is not None:
                    found.append(self._bracketed(sentence, change))
                seen.update(self._named_at(sentence.words[at]))
        return found

    def _change(
        self, number: int, at: int, speaker: Hop | None, *, seen: set[str], here: set[str]
    ) -> Change | None:
        words = self._sentences[number].words
        word = words[at]
        if word.lower in _GENDER:
            return self._pronoun(number, at, speaker, seen=seen, here=here)
        if word.lower in {"it", "its"}:
            return self._body_pronoun(number, at, seen)
        if word.lower == "the":
            return self._described(number, at, seen=seen, here=here)
        if word.is_capital:
            return self._surname(words, at, seen) or self._abbreviated(words, at, seen)
        return None

    def _named_at(self, word: Token) -> list[str]:
        return self._register.mentioned(Span(word.start, word.start + 1))

    def _bracketed(self, sentence: Sentence, change: Change) -> Change:
        if not is_quoted(sentence.quoted, change.start):
            return change
        return Change(change.start, change.end, f"[{change.words}]")

    def _speaking(self, number: int, at: int, speaker: Hop) -> Change | None:
        """The body that speaks, for an "it" or "they" with which its own words begin."""
        words = self._sentences[number].words
        word = words[at]
        if is_quoted(self._sentences[number].quoted, word.start):
            return None
        if not can_speak(words, at, speaker):
            return None
        name, is_owner = self.called(speaker.agent), word.lower in {"its", "their"}
        return Change(word.start, word.end, self._owned(name) if is_owner else name)

    def _pronoun(
        self, number: int, at: int, speaker: Hop | None, *, seen: set[str], here: set[str]
    ) -> Change | None:
        """A name for "he" or "her", unless the clause itself gives it."""
        words = self._sentences[number].words
        word = words[at]
        quoted = is_quoted(self._sentences[number].quoted, word.start)
        other = speaker.agent if quoted and speaker else None
        name = self._person(_GENDER[word.lower], number, word.start, other=other)
        if name is None or name in seen | here:
            return None
        seen.add(name)
        low = word.lower.partition("'")[0]
        if low == "her" and at + 1 < len(words) and words[at + 1].kind == "number":
            # "Paid her 3 million", "sold her 3 ships".
            return None
        if low == "his" or (low == "her" and _takes_noun(words, at)):
            return Change(word.start, word.end, self._owned(name))
        return Change(word.start, word.start + len(low), name)

    def _owned(self, name: str) -> str:
        return name + self._possessive + ("" if name.endswith("s") else "s")

    def _person(self, gender: str, number: int, at: int, *, other: str | None) -> str | None:
        """The only person before who can be meant: of that gender beyond doubt, with no rival."""
        near, far = (
            self._register.mentioned(self._window(number, at, reach)) for reach in (_NEAR, _FAR)
        )
        for people in (near, far):
            if SEVERAL in people:
                return None
            fitting = [n for n in people if n != other and self._register.may_be(n, gender)]
            if len(fitting) == 1:
                name = fitting[0]
                known = self._register.has_gender(name, gender)
                # Nobody else is named for long, and this is a person beyond doubt.
                alone = far == [name] and self._register.is_certain(name)
                is_meant = (known or alone) and self._is_human(name)
                if not is_meant or self._is_new(name, gender, number, at):
                    return None
                return None if self._has_rival(name, gender, number, at) else name
            if fitting:
                return None
        return None

    def _is_human(self, name: str) -> bool:
        """Whether more than pronouns nearby says that a name is a person's."""
        person = self._register.person(name)
        given = name.split(maxsplit=1)[0].lower()
        known = given in MALE_NAMES or given in FEMALE_NAMES
        return known or (person is not None and (person.evidence > 0 or bool(person.titles)))

    def _is_new(self, name: str, gender: str, number: int, at: int) -> bool:
        """Whether "he" stood before the name, so that somebody else was spoken of already.

        "He drew maps for Robert Vale. He died in May" is not about Vale.
        """
        window = self._window(number, at, _NEAR)
        for before in range(max(0, number - _NEAR), number + 1):
            sentence = self._sentences[before]
            for word in between(sentence.words, window):
                if name in self._named_at(word):
                    return False
                if _GENDER.get(word.lower) == gender and not is_quoted(sentence.quoted, word.start):
                    return True
        return False

    def _has_rival(self, name: str, gender: str, number: int, at: int) -> bool:
        """Whether somebody without a name stands near, who could be meant as well."""
        near, far = (self._window(number, at, reach).start for reach in (_NEAR, _FAR))
        return any(
            one.gender in {gender, None} and not self._is_called(name, before, one)
            for before in range(max(0, number - _FAR), number + 1)
            for one in self._bystanders(before, Span(far, at))
            if not one.is_passing or one.start >= near
        )

    def _is_called(self, name: str, number: int, one: Bystander) -> bool:
        """Whether "the senator" is the very person."""
        words = self._sentences[number].words
        if not one.at or words[one.at - 1].lower != "the":
            return False
        return self._meant(number, words[one.at - 1 : one.at + 1]) == name

    def _bystanders(self, number: int, window: Span) -> Sequence[Bystander]:
        if number not in self._unnamed:
            self._unnamed[number] = bystanders(self._sentences[number].words)
        found = self._unnamed[number]
        low = bisect_left(found, window.start, key=attrgetter("start"))
        return found[low : bisect_left(found, window.end, key=attrgetter("start"))]

    def _window(self, number: int, at: int, reach: int) -> Span:
        """So many sentences before a place, and no more of them than a reader remembers."""
        first = self._sentences[max(0, number - reach)].span.start
        return Span(max(first, at - _REMEMBERED), at)

    def _surname(self, words: Sequence[Token], at: int, seen: set[str]) -> Change | None:
        """The full name for a surname, the first time that it stands in the clause."""
        word = words[at]
        people = self._named_at(word)
        if len(people) != 1 or people[0] == SEVERAL or people[0] in seen:
            return None
        name, short = people[0], bare_text(word.text)
        is_part = at + 1 < len(words) and words[at + 1].is_capital and short == word.text
        if is_part or not _may_be_alone(words[at - 1] if at else None):
            return None
        if short.lower() in lex.PRONOUNS or short == name or short not in name.split():
            return None
        if not self._is_person(name, short):
            return None
        return Change(word.start, word.start + len(short), name)

    def _abbreviated(self, words: Sequence[Token], at: int, seen: set[str]) -> Change | None:
        """A body as the article writes it out, for its initials."""
        short = bare_text(words[at].text)
        around = [*words[max(0, at - 1) : at], *words[at + 1 : at + 2]]
        if not (short.isupper() and len(short) > _SHORTEST_INITIALS) or short in seen:
            return None
        names = (w for w in around if w.lower != "the")
        if any(word.is_capital or word.text in {"(", ")"} for word in names):
            return None
        full = self._register.organisations.fullest(short)
        if full == short or full.split()[0].isupper() or "’s " in full.replace("'", "’"):
            return None
        if full in seen:
            return None
        seen.add(full)
        return Change(words[at].start, words[at].start + len(short), full)

    def _described(self, number: int, at: int, *, seen: set[str], here: set[str]) -> Change | None:
        """A name for "the 43-year-old", "the two", "the mayor" and "the company"."""
        words = self._sentences[number].words
        start = words[at].start
        two = [word.lower for word in words[at + 1 : at + 3]]
        if two[:1] == ["two"] and two[1:] and two[1] in lex.AUXILIARIES | {"met", "agreed"}:
            pair = self._pair(number, start)
            return Change(start, words[at + 1].end, " and ".join(pair)) if pair else None
        for last in range(at + 1, min(at + 1 + _DESCRIPTION, len(words))):
            noun = words[last]
            if not (noun.kind == "word" or noun.lower.endswith("-old")) or noun.is_capital:
                return None
            if _ends_phrase(words[last + 1] if last + 1 < len(words) else None, noun):
                name = self._meant(number, words[at : last + 1])
                if name is None or name in seen | here:
                    return None
                seen.add(name)
                return Change(start, noun.start + len(bare_text(noun.text)), self.called(name))
        return None

    def _meant(self, number: int, phrase: Sequence[Token]) -> str | None:
        """Whom a description means, if the article named it before."""
        agent = agent_of(phrase, self._text)
        if agent is None or agent.named or agent.is_pronoun:
            return None
        start = phrase[0].start
        before = range(number - 1, max(-1, number - 1 - _NEAR), -1)
        within = [
            Span(self._sentences[number].span.start, start),
            *(self._sentences[at].span for at in before),
        ]
        full = self._register.fullest(agent, within)
        if not full.named or full.name == agent.name:
            return None
        if full.kind == "person" and not is_somebody(bare(phrase[-1])):
            return None
        if full.kind != "person" and (
            len(phrase) > 2 or not fits(bare(phrase[-1]), full.name) or not self._is_name(full.name)
        ):
            return None
        return full.name if self._text.find(full.name, 0, start) >= 0 else None

    def _is_person(self, name: str, short: str) -> bool:
        """Whether a name is no thing's ("Blue Wi-Fi"): a person is known, or says something."""
        if self._register.is_certain(name):
            return True
        key = f"{name} as {short}"
        if key not in self._names:
            said = re.compile(
                rf"\b{re.escape(short)},? (?:{_ONLY_PEOPLE})\b|(?:said|says) (?:{re.escape(name)}|{re.escape(short)})\b"
            )
            self._names[key] = bool(said.search(self._text, 0, _SEARCHED))
        return self._names[key]

    def _is_name(self, name: str) -> bool:
        """Whether the article writes a word as a name elsewhere than at the start of a sentence."""
        if name not in self._names:
            inside = re.compile(rf"[a-z,’'] {re.escape(name)}(?!\w)")
            self._names[name] = " " in name or bool(inside.search(self._text, 0, _SEARCHED))
        return self._names[name]

    def _body_pronoun(self, number: int, at: int, seen: set[str]) -> Change | None:
        """The body that is the subject of the sentence before, for an "it" that acts."""
        words = self._sentences[number].words
        word = words[at]
        if at or not number or not acts(words):
            return None
        name = self._register.organisations.subject([self._sentences[number - 1].span])
        described = self._described(number - 1, 0, seen=seen, here=set()) if name is None else None
        name = described.words if described else self.called(name) if name else None
        if name is None or is_quoted(self._sentences[number].quoted, word.start):
            return None
        seen.add(name.removeprefix("the "))
        owned = word.lower == "its"
        return Change(word.start, word.end, self._owned(name) if owned else name)

    def called(self, name: str) -> str:
        """A name with the article that it bears in the text: "the Ministry of Health"."""
        if name not in self._articles:
            written = re.escape(name) + r"(?![\w-]| [A-Z])"
            found = re.compile(rf"\b(?P<article>[Tt]he|[Aa]n?) {written}").search(
                self._text, 0, _SEARCHED
            )
            article = found["article"].lower() if found else ""
            # "The French maker" is no name, "the Ministry of Health" is one.
            if name.rsplit(maxsplit=1)[-1][:1].isupper() and (
                article != "the"
                or re.compile(rf"(?<!\bthe)[a-z,] {written}").search(self._text, 0, _SEARCHED)
            ):
                # A name bears "the" wherever it stands, or nowhere.
                article = ""
            self._articles[name] = f"{article} {name}".strip()
        return self._articles[name]

    def _pair(self, number: int, at: int) -> list[str] | None:
        """The only two people of the sentences before."""
        people = self._register.mentioned(self._window(number, at, _NEAR + 1)) if number else []
        return people if len(people) == 2 and SEVERAL not in people else None


def is_quoted(quoted: tuple[Span, ...], at: int) -> bool:
    """Whether a place lies inside one of a paragraph's quotations."""
    return any(q.start <= at < q.end for q in touching(quoted, Span(at, at)))


def _takes_noun(words: Sequence[Token], at: int) -> bool:
    """Whether "her" owns what follows: "her house", and not "saw her in Lund"."""
    if at + 1 >= len(words):
        return False
    after = words[at + 1]
    return after.kind == "word" and after.lower not in _NO_OBJECT_AFTER


def _may_be_alone(before: Token | None) -> bool:
    """Whether a name is not part of a longer one, nor a place."""
    if before is None:
        return True
    if before.is_capital and before.lower not in _BEGINNINGS:
        return bare(before) in lex.TITLES
    return before.lower not in _PLACE_BEFORE


def _ends_phrase(after: Token | None, noun: Token) -> bool:
    """Whether a noun is the last of its phrase."""
    if after is None or noun.lower.endswith("'s"):
        return True
    return (
        after.kind in {"mark", "close"}
        or lex.looks_finite(after.lower)
        or after.lower in (lex.PREPOSITIONS - {"of"}) | lex.CONJUNCTIONS | lex.ADVERBS
    )
