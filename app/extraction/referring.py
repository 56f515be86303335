"""Counts that point back to a noun named before: "three of them", "the figure was four"."""

import re
from collections.abc import Callable, Sequence

from app.extraction import lexicon as lex
from app.extraction.currencies import is_money
from app.extraction.elliptic import HEDGE, counted_units
from app.extraction.found import Bare, Found
from app.extraction.units import DURATIONS, singular
from app.extraction.wordlist import word_set

_OF_THEM = re.compile(r"\s(?:more\s)?of\s(?:them|those|these|which|whom|the\slot)\b")
_ENDS = re.compile(
    r"\s*$|\.?[”\"’')]*\s*$|[,;:)—–]|\s[—–(-]|\s(?:in|last|this|on|by|since|during|before|after|from|when|while|and|but|or|at|for|per|a"
    r"|the\s(?:year|month|week|day|season)\s(?:before|earlier)|(?:so\sfar|today|yesterday|now|instead|already|then))\b"
)
# What opens a clause before its subject.
_OPENING = r"(?:^|[,;:—–“\"‘(]\s?|\b(?:and|but|or|while|that|which|whereas|though|although|because|as|where|when|if|until|after|before|since)\s)"
_SUBJECT = re.compile(
    rf"{_OPENING}\s*(?:that\s)?(?:(?:the|these|those|all|all\sof\sthe|another|a\sfurther|the\s(?:other|remaining|first|last))\s)?{HEDGE}{{0,2}}$",
    re.IGNORECASE,
)
_ADVERB = r"(?:(?:\w+ly|also|since|now|still|later|then|never|ever|even|already|both|all|each)\s)?"
_ACTS = re.compile(rf"\s{_ADVERB}(?P<verb>[a-z]+(?:n[’']t)?)\b", re.IGNORECASE)
_FIGURE = re.compile(
    r"\b(?:figures?|numbers?|total|tally|count|toll|headcount|sum|estimate|average|norm|median|maximum|minimum|limit|quota|target|record)"
    r"(?:\s[a-z]+){0,3}?\s(?:was|were|is|are|be|at|as|to|reached|hit|topped|of|had\sbeen|stood\sat)"
    rf"(?:\s(?:above|below|closer\sto|nearer(?:\sto)?|as\s(?:high|low|many|few)\sas|higher\sthan|lower\sthan|beyond|now))?\s{HEDGE}{{0,2}}$",
    re.IGNORECASE,
)
_THERE = re.compile(
    rf"\bthere\s(?:(?:are|were|is|was|will\sbe|had\sbeen|have\sbeen|would\sbe|remain(?:s|ed)?)\s)(?:now\s|once\s|still\s)?{HEDGE}{{0,2}}$",
    re.IGNORECASE,
)
# "Of the 22, six broke down".
_OF_THE_ALL = re.compile(r"(?:^|[.;:,—]\s?)[Oo]f\s(?:the|its|their|these|those|all)\s$")
_GAPPED = re.compile(
    rf"(?:[,;]|\band|\bbut)\s(?P<the>the\s|its\s|their\s|his\s|her\s)?(?:[a-z]+\s)?(?P<noun>[a-z]+)\s{HEDGE}?$"
)
_PUT_AT = re.compile(
    r"\b(?:put|puts|putting|estimat\w+|reckon\w*|place[sd]?|set|sets|count\w*|capp?(?:ed|s))\s(?:it|that|this|them|(?:the|its|their)\s[a-z]+(?:\s[a-z]+)?)\s(?:at|as)"
    rf"\s{HEDGE}{{0,2}}$",
    re.IGNORECASE,
)
_TOLL = re.compile(r"\b(?:death|casualt|fatalit)|\btoll\b", re.IGNORECASE)
_COMPARED = re.compile(
    r"\b(?:compared\s(?:with|to)|versus|vs\.?|against|instead\sof|rather\sthan|as\sopposed\sto|up\sfrom|down\sfrom|from|not|than)"
    rf"\s{HEDGE}{{0,3}}$",
    re.IGNORECASE,
)
_UP_FROM = re.compile(rf"\b(?:up|down)\sfrom\s{HEDGE}{{0,3}}$", re.IGNORECASE)
_LEADS_BY = re.compile(
    rf"\b(?:lead|leads|leading|led|trail(?:s|ed|ing)?|ahead|behind|lags?|lagged|advantage|margin|deficit|up|down)\s(?:by|of)?\s?{HEDGE}{{0,2}}$",
    re.IGNORECASE,
)
_OBJECT = re.compile(rf"\b(?P<verb>[a-z]+)\s{HEDGE}{{0,2}}$", re.IGNORECASE)
# "She was 34", "it turned nine", "he wore 12", "scored 20", "rang 101".
_OTHER_OBJECTS = word_set("""is are was were be been being am turned turns became become becomes aged wore wears rang called
    dialled dialed scored score scores beat hit played shot ran finished placed ranked met struck past said say says told
    added according shed did do does can could will would may might must should seems seemed looks looked started began opened closes closed
    arrived left returned ended leaves opens starts begins rose fell rises falls grew dropped climbed jumped slipped""")
_LISTING = word_set("""list lists show shows number numbers plan plans hold holds need needs own owns run runs employ employs
    keep keeps want wants count counts report reports record records log logs name names cite cites build builds
    make makes sell sells buy buys leaving leave promise promises order orders treat treats carry carries
    include includes operate operates require requires register registers have has had getting having losing""")
_PLURAL = re.compile(r"\b[A-Za-z][\w-]*[^\W\d_](?:s|people|men|women|children)\b")
_NO_PLURAL = word_set("""this its his hers ours yours was has does is as us always perhaps news less unless across times
    years months weeks days hours minutes others lots plus afterwards sometimes towards besides minus""")
_SENTENCE_END = re.compile(r"[.!?][”\"’')]*\s+(?=\S)|\n+")
_FEW, _WHOLE = 1_000, 100
# Code points before a number, and figures before it, that are asked.
_WINDOW, _NEAR = 110, 4


class Earlier:
    """The words before a claim, and their figures, which are read when they are asked for."""

    def __init__(self, text: str, read: Callable[[str], Sequence[Found]]) -> None:
        self.text = text
        self._read = read
        self._found: Sequence[Found] | None = None

    def figures(self) -> Sequence[Found]:
        """In reading order."""
        if self._found is None:
            self._found = self._read(self.text) if self.text else ()
        return self._found


def referred(claim: str, bare: Bare, before: Sequence[Found], earlier: Earlier) -> str | None:
    """What a number without a noun counts, where its words point back; None where they do not.

    ``before`` are the figures before it in its claim.
    """
    lead = claim[max(0, bare.start - _WINDOW) : bare.start]
    if _OF_THEM.match(claim, bare.end):
        return _last(before, earlier) or _plural(claim[: bare.start], earlier.text)
    if _SUBJECT.search(lead) and _acts(claim, bare.end):
        return _last(before, earlier)
    return _named(claim, bare, before, earlier) if _ENDS.match(claim, bare.end) else None


def _named(claim: str, bare: Bare, before: Sequence[Found], earlier: Earlier) -> str | None:
    """What is counted where the words before say so: "the figure was", "compared with"."""
    lead = claim[max(0, bare.start - _WINDOW) : bare.start]
    if bare.values[0] <= _WHOLE and _LEADS_BY.search(lead):
        last = [*earlier.figures(), *before][-_NEAR:]
        if any(one.unit in {"percent", "percentage point"} for one in last):
            return "percentage point"
    if any(pattern.search(lead) for pattern in (_FIGURE, _PUT_AT, _THERE, _OF_THE_ALL)):
        return "person" if _TOLL.search(lead) else _last(before, earlier)
    if before and _gapped(lead, bare, before[-1]):
        return before[-1].unit
    near = before or (earlier.figures() if _UP_FROM.search(lead) else ())
    if near and _COMPARED.search(lead):
        return None if is_money(near[-1].unit) else near[-1].unit
    return _last((), earlier, times=True) if not before and _is_object(claim, lead, bare) else None


def _gapped(lead: str, bare: Bare, last: Found) -> bool:
    """Whether the verb was said before: "schools lost 12 teachers and hospitals nine"."""
    subject = _GAPPED.search(lead)
    if subject is None or is_money(last.unit) or last.end < bare.start - _WINDOW:
        return False
    # "And Windows 11", "and section 9".
    noun = subject["noun"]
    is_verb = noun in lex.AUXILIARIES or lex.looks_finite(noun)
    return not is_verb and ((_names(noun) and noun.endswith("s")) or bool(subject["the"]))


def _acts(claim: str, at: int) -> bool:
    """Whether a verb follows: the number is what does it, or to which it is done."""
    verb = _ACTS.match(claim, at)
    return bool(
        verb and (lex.looks_finite(verb["verb"].lower()) or "n’t" in verb[0] or "n't" in verb[0])
    )


def _is_object(claim: str, lead: str, bare: Bare) -> bool:
    """Whether a verb has the number for its object: "his logbook showed nine"."""
    verb = _OBJECT.search(lead)
    word = verb["verb"].lower() if verb else ""
    # "Saw 1984" may be a year, "saw 1,984" is a count.
    is_count = bare.values[0] < _FEW or "," in claim[bare.start : bare.end]
    return is_count and _takes_counts(word)


def _takes_counts(verb: str) -> bool:
    return verb not in _OTHER_OBJECTS and (verb in _LISTING or lex.looks_finite(verb))


def _last(before: Sequence[Found], earlier: Earlier, *, times: bool = False) -> str | None:
    """The count that was named last, in the claim or in the words before it."""
    units = counted_units(before)
    if units:
        return units[-1]
    said = [one for one in earlier.figures() if not is_money(one.unit)]
    if times and said and said[-1].unit in DURATIONS:
        return said[-1].unit
    units = counted_units(said)
    return units[-1] if units else None


def _plural(claim: str, text: str) -> str | None:
    """The plural nearest before in the claim, else the first of the sentence before it."""
    near = [one[0] for one in _PLURAL.finditer(claim) if _names(one[0])]
    if near:
        return singular(near[-1]).lower()
    sentences = [part for part in _SENTENCE_END.split(text) if part.strip()]
    first = (
        [one[0] for one in _PLURAL.finditer(sentences[-1]) if _names(one[0])] if sentences else []
    )
    return singular(first[0]).lower() if first else None


def _names(word: str) -> bool:
    lower = word.lower()
    return (
        not lower.endswith(("ss", "us", "ous"))
        and lower not in _NO_PLURAL | lex.AUXILIARIES | lex.DAYS
        and (lower == word or not lex.looks_finite(lower))
    )
