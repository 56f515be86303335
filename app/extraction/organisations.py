"""Companies, offices and other bodies of one article: full names, and which "the company" is."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence, Set

from app.extraction import lexicon as lex
from app.extraction import verblist
from app.extraction.agents import bare, is_outlet
from app.extraction.places import PLACES
from app.extraction.roles import CROWD
from app.extraction.runs import Run
from app.extraction.sentences import Span
from app.extraction.tokens import Token
from app.extraction.wordlist import word_set

# Stands for several that are named side by side.
_SEVERAL = "?"
_COMPANY_SUFFIXES = word_set("""inc inc. corp corp. ltd ltd. llc plc co co. company companies motors airlines
    airways industries technologies systems holdings partners energy pharmaceuticals foods stores
    group bank records studios entertainment pictures holding international plc. llp gmbh ag sa nv
    limited incorporated corporation & sons brothers""")
# After a name in front of these it is somebody who has a business.
_OF_BUSINESS = word_set("""ceo cfo executive executives spokesman spokeswoman spokesperson shares stock employees
    workers staff founder co-founder chairman chairwoman boss bosses officials investors
    shareholders customers revenue profit profits sales headquarters board statement""")
_SMALL = word_set(
    "own most more less fewer such other others both all some half many few last next new old"
)
_COMMON_ENDINGS = (
    "tion",
    "ment",
    "ness",
    "ity",
    "ing",
    "ance",
    "ence",
    "age",
    "ism",
    "ure",
    "ology",
    "s",
)
_HOMES = word_set("national royal federal the united states kingdom")
_OTHERS = word_set("rival parent other another local second third sister former larger smaller")
_PUBLIC = word_set("""ministry department parliament senate congress court police army navy council
    commission government treasury embassy health assembly cabinet union inspectorate""")
# What no outlet is called.
_NO_OUTLETS = word_set("""group union party coalition alliance charity committee council commission army force
    club league court ministry department""")
_SUBJECT_REACH = 9


class Organisations:
    """Who else but people is named in one article."""

    def __init__(self) -> None:
        self._names: set[str] = set()
        self._by_word: dict[str, set[str]] = defaultdict(set)
        self._by_initials: dict[str, set[str]] = defaultdict(set)
        self._ties: dict[str, set[str]] = defaultdict(set)
        self._companies: set[str] = set()
        self._mentions: list[tuple[int, str, bool]] = []

    def know(self, name: str) -> None:
        """Remember a name of several words."""
        if name in self._names:
            return
        self._names.add(name)
        words = name.replace("’", "'").split()
        for word in {w.lower() for w in words}:
            self._by_word[word].add(name)
        initials = "".join(w[0] for w in words if w[0].isupper())
        for low in range(len(initials) - 1):
            for high in range(low + 2, min(len(initials), low + 6) + 1):
                self._by_initials[initials[low:high]].add(name)

    def mention(self, words: Sequence[Token], run: Run, said: Sequence[Sequence[str]]) -> None:
        """Remember where a body is named, what it is called, and whether it does business."""
        name = self.fullest(run.name)
        for noun in (part[-1] for part in said):
            self._ties[noun].add(name)
            if _is_company_noun(noun):
                self._companies.add(name)
        if self._is_abbreviated(words, run, name) or not _may_be_body(run):
            return
        after = words[run.last].lower if run.last < len(words) else ""
        if bare(run.words[-1]) in _COMPANY_SUFFIXES or after in _OF_BUSINESS:
            self._companies.add(name)
        joined = _is_joined(words, run)
        subject = not joined and _is_subject(words, run)
        if subject or joined or name in self._names or not run.starts:
            self._mentions.append((run.start, _SEVERAL if joined else name, subject))

    def _is_abbreviated(self, words: Sequence[Token], run: Run, name: str) -> bool:
        """Whether the run is the short form in "the Road Safety Authority (RSA)"."""
        short = run.words[0].text
        if len(run.words) > 1 or not short.isupper() or run.first < 2:
            return False
        if words[run.first - 1].text != "(" or words[run.first - 2].kind != "word":
            return False
        long = _words_before(words, run.first - 1)
        if long and long != name:
            self.know(long)
            self._by_initials[short] = {long}
        return True

    def fullest(self, name: str) -> str:
        """A name as the article writes it out; itself where that is not clear."""
        longer = self._longer(name)
        full = {n for n in longer if n != name} if len(longer) <= CROWD else set()
        fullest = [n for n in full if not any(n != m and n.lower() in m.lower() for m in full)]
        return fullest[0] if len(fullest) == 1 else name

    def _longer(self, short: str) -> Set[str]:
        """CDC for Center for Disease Control; the Times for New York Times; Amber for Amber Ltd."""
        words = short.lower().replace("’", "'").split()
        if len(words) == 1 and short.isupper() and len(short) > 1:
            return self._by_initials.get(short, set())
        begin = " ".join(words)
        same = min((self._bearers(word) for word in words), key=len, default=frozenset())
        if len(words) > 1:
            plain = {n: n.lower().replace("’", "'") for n in same}
            return {n for n, low in plain.items() if low.startswith(begin + " ")} or {
                n for n, low in plain.items() if _has_home(low, begin)
            }
        if not is_outlet(short):
            return {n for n in same if _is_written_out(n, begin)}
        return {n for n in same if n.lower().endswith(" " + begin) and len(n.split()) <= 4}

    def _bearers(self, word: str) -> Set[str]:
        names: Set[str] = self._by_word.get(word, set())
        return names if len(names) <= CROWD else frozenset()

    def described(self, description: str, within: Sequence[Span]) -> str | None:
        """Which body "the ministry" or "the Belgian carmaker" means, if it can be only one."""
        words = description.lower().replace("’", "'").split()
        noun = words[-1] if words else ""
        company = _is_company_noun(noun)
        if not company and noun not in lex.BODY_WORDS:
            return None
        plain = noun in lex.GENERAL_COMPANY_WORDS or not company
        telling = {word for word in words[:-1] if not _is_placing(word, plain=plain)}
        tied, called = self._ties.get(noun, set()), self._called(noun, telling)
        for known in (tied,) if company else (tied, called):
            if known and (known is called or not telling):
                return _only(known) or _known(self._nearest(within, known, alone=True))
        if telling or (noun in lex.OWN_NAMED and not company):
            return None
        near = self._nearest(within, None, alone=not company)
        # "The group" of those who met is no station that somebody heard of it from.
        near = None if near and noun in _NO_OUTLETS and is_outlet(near) else near
        # "The insurance company" is not the only company of an article about another trade.
        alone = company and (len(words) == 1 or noun not in lex.GENERAL_COMPANY_WORDS)
        return _known(near or _only(called) or (_only(self._companies) if alone else None))

    def _called(self, noun: str, telling: Set[str]) -> Set[str]:
        """Bodies that have the words in their name: "Ministry of Works" for "works ministry"."""
        return {
            name
            for name in self._bearers(noun)
            if not is_outlet(name) and telling <= set(name.lower().replace("’", "'").split())
        }

    def subject(self, within: Sequence[Span]) -> str | None:
        """The only body that is the subject of the first of these stretches that has one."""
        for span in within:
            here = self._mentioned(span)
            names = {name for _, name, subject in here if subject}
            if here:
                return _only(names)
        return None

    def _nearest(
        self, within: Sequence[Span], known: Set[str] | None, *, alone: bool
    ) -> str | None:
        """The one that is named nearest; the subject, of several."""
        for span in within:
            here = [m for m in self._mentioned(span) if known is None or m[1] in known]
            if known is None:
                here = [m for m in here if self._may_be_meant(m, alone=alone)]
            names = {name for _, name, _ in here}
            if names:
                subjects = {name for _, name, subject in here if subject}
                return _only(names) or _only(subjects) or _SEVERAL
        return None

    def _may_be_meant(self, mention: tuple[int, str, bool], *, alone: bool) -> bool:
        """Whether a description may point to a name that no other tie holds to it."""
        _, name, subject = mention
        if not alone and _is_public(name):
            return False
        known = name in self._companies or (alone and name in self._names)
        return subject or known or name == _SEVERAL

    def _mentioned(self, span: Span) -> list[tuple[int, str, bool]]:
        first = bisect_left(self._mentions, (span.start, "", False))
        last = bisect_left(self._mentions, (span.end, "", False))
        return self._mentions[first:last]


def _known(name: str | None) -> str | None:
    return None if name == _SEVERAL else name


def _only(names: Set[str]) -> str | None:
    return _known(next(iter(names))) if len(names) == 1 else None


def _has_home(name: str, short: str) -> bool:
    """Whether a name is the short one with its country: U.S. Coast Guard."""
    before = name.removesuffix(short).split()
    return name.endswith(" " + short) and all(w in lex.NATIONS | _HOMES for w in before)


def _is_written_out(name: str, short: str) -> bool:
    """Whether a name has only "Holdings", "Inc." or the like behind the short one."""
    first, *rest = name.lower().split()
    return first == short and all(word in _COMPANY_SUFFIXES for word in rest)


def _is_company_noun(noun: str) -> bool:
    return noun in lex.COMPANY_WORDS or (noun.endswith("maker") and noun != "lawmaker")


def _is_public(name: str) -> bool:
    """Whether a name is an authority's, which no "contractor" or "retailer" can be."""
    return not _PUBLIC.isdisjoint(name.lower().split())


def _is_placing(word: str, *, plain: bool) -> bool:
    """Whether a word before "carmaker" only tells where it is at home or what it sells.

    Before "company" it may as well tell another one from it: "the insurance company".
    """
    if word in lex.NATIONS or "-" in word or word in lex.TRADES:
        return True
    return not (plain or word in _OTHERS or word.endswith("'s"))


def _may_be_body(run: Run) -> bool:
    if len(run.words) > 1:
        return True
    word = bare(run.words[0])
    if word in PLACES or word in lex.NATIONS | lex.MONTHS | lex.DAYS | lex.TITLES:
        return False
    # "Help may come", "Own label is up": a verb or a small word in capitals, and no name.
    plain = word in verblist.PLAIN_FORMS or word in _SMALL
    return not (run.starts and (plain or word.endswith(_COMMON_ENDINGS)))


def _is_joined(words: Sequence[Token], run: Run) -> bool:
    """Whether a name stands beside another: "Volvex and Sarnia Motors"."""
    at = run.first - 1
    at -= at > 0 and words[at].lower == "the"
    before = at > 0 and words[at].lower == "and" and words[at - 1].is_capital
    at = run.last + 1
    if at >= len(words) or words[at - 1].lower not in {"and", ","}:
        return before
    if words[at - 1].text == ",":
        return before or (words[at].is_capital and words[at].lower not in _COMPANY_SUFFIXES)
    at += words[at].lower == "the"
    return before or (at < len(words) and words[at].is_capital)


def _is_subject(words: Sequence[Token], run: Run) -> bool:
    """Whether a name near the beginning of its sentence has a verb after it."""
    if run.first > _SUBJECT_REACH or run.last >= len(words):
        return False
    opens = (
        run.first == 0 or words[run.first - 1].text == "," or words[run.first - 1].lower == "the"
    )
    after = words[run.last]
    lower = after.kind == "word" and not after.is_capital
    verb = lower and (lex.looks_finite(after.lower) or after.lower.endswith("s"))
    return opens and (verb or after.text in {",", "("} or after.lower in lex.ADVERBS)


def _words_before(words: Sequence[Token], end: int) -> str:
    """The capitalised words that end before a bracket."""
    low = end
    while low > 0 and (
        words[low - 1].is_capital or words[low - 1].lower in {"of", "for", "and", "the"}
    ):
        low -= 1
    while low < end and not words[low].is_capital:
        low += 1
    while low < end and words[low].lower == "the":
        low += 1
    return " ".join(word.text for word in words[low:end])
