"""What speaks for checking a clause and what against it: one table of named signals.

A signal has a phrase for the page and a measure, 0 where it is absent and mostly 1 where it is
there. How much each counts is in the weights.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from app.extraction.checkworthy import patterns as says
from app.extraction.checkworthy.judged import Judged

# Marks a phrase for the translators' tools; the page that shows it translates it.
N_ = str

_STRONG_UNITS = frozenset({"percent", "percentage point", "fraction", "times"})
_TIME_UNITS = frozenset({"year", "month", "week", "day", "hour", "minute", "second"})

Measure = Callable[[Judged], float]


@dataclass(frozen=True, slots=True)
class Signal:
    """One thing about a clause that may matter, and the phrase by which a page names it."""

    code: str
    phrase: str
    measure: Measure


def _has(pattern: re.Pattern[str]) -> Measure:
    return lambda judged: bool(pattern.search(judged.clause))


def _is_money(judged: Judged) -> bool:
    return any(q.unit[:3].isupper() and q.unit[:3].isalpha() for q in judged.quantities)


def _is_share(judged: Judged) -> bool:
    return any(q.unit in _STRONG_UNITS for q in judged.quantities)


def _is_count(judged: Judged) -> bool:
    return any(
        q.unit not in _STRONG_UNITS | _TIME_UNITS and not q.unit[:3].isupper()
        for q in judged.quantities
    )


def _is_measure(judged: Judged) -> bool:
    return any(q.unit in _TIME_UNITS for q in judged.quantities)


def _is_word_for_word(judged: Judged) -> bool:
    return bool(judged.hops) and judged.hops[-1].mode == "direct"


SIGNALS: tuple[Signal, ...] = (
    Signal("money", N_("a sum of money"), _is_money),
    Signal("share", N_("a percentage or a share"), _is_share),
    Signal("count", N_("a count"), _is_count),
    Signal("measure", N_("a measured amount"), _is_measure),
    Signal("large", N_("a large number"), lambda j: any(q.value >= 1000 for q in j.quantities)),
    Signal("figures", N_("several figures"), lambda j: len(j.quantities) > 1),
    Signal(
        "digits",
        N_("a number that counts nothing"),
        lambda j: bool(says.DIGIT.search(j.clause)) and not j.quantities,
    ),
    Signal("comparison", N_("a comparison or a trend"), _has(says.COMPARISON)),
    Signal("extreme", N_("a record or a superlative"), _has(says.EXTREME)),
    Signal("harm", N_("deaths, injuries or damage"), _has(says.HARM)),
    Signal("law", N_("a crime, a court or a charge"), _has(says.LAW)),
    Signal("institution", N_("what an institution did"), _has(says.INSTITUTION)),
    Signal("accusation", N_("an accusation of fact"), _has(says.ACCUSATION)),
    Signal("cause", N_("a cause or an effect"), _has(says.CAUSE)),
    Signal("evidence", N_("what evidence or a study shows"), _has(says.EVIDENCE)),
    Signal("sweeping", N_("a sweeping statement"), _has(says.SWEEPING)),
    Signal("dated", N_("tied to a date or period"), _has(says.DATED)),
    Signal("names", N_("several names"), lambda j: j.names > 1),
    Signal("attributed", N_("somebody vouches for it"), lambda j: bool(j.hops) and not j.forecast),
    # What is quoted word for word is more often a view than what is told in other words.
    Signal("direct", N_("quoted word for word"), _is_word_for_word),
    Signal("possible", N_("what may or could be"), _has(says.POSSIBLE)),
    Signal("plan", N_("a plan"), _has(says.PLAN)),
    # A plan that the article reports can be looked up; one that somebody speaks of is a promise.
    Signal("promise", N_("a promise"), lambda j: bool(j.hops and says.PLAN.search(j.clause))),
    Signal("forecast", N_("only expected, hoped or warned of"), lambda j: j.forecast),
    Signal("norm", N_("what should be"), _has(says.NORM)),
    Signal("opinion", N_("an opinion or a judgement"), _has(says.OPINION)),
    Signal("feeling", N_("how somebody feels"), _has(says.STATE_OF_MIND)),
    Signal("question", N_("a question"), lambda j: j.asks or bool(says.QUESTION.search(j.clause))),
    Signal("first-person", N_("somebody speaks of themselves"), _has(says.FIRST_PERSON)),
    Signal("you", N_("the reader is spoken to"), _has(says.YOU)),
    Signal("no-comment", N_("nobody commented"), _has(says.NO_COMMENT)),
    Signal("routine", N_("a meeting, a visit or an announcement"), _has(says.ROUTINE)),
    Signal("unsaid", N_("something was not said"), _has(says.UNSAID)),
    Signal("spoken", N_("words of talk"), _has(says.VOICE)),
    Signal("called", N_("how somebody calls something"), _has(says.CALLED)),
    Signal("invitation", N_("an invitation to readers"), _has(says.INVITATION)),
    Signal("definition", N_("a definition"), _has(says.DEFINITION)),
    Signal("only-if", N_("only a condition"), _has(says.ONLY_CONDITION)),
    Signal("if", N_("under a condition"), _has(says.CONDITION)),
    Signal("link", N_("a link or an account"), _has(says.LINK)),
    Signal(
        "verbless",
        N_("no verb and no figure"),
        lambda j: not j.has_verb and j.form == "main" and not j.quantities,
    ),
    Signal("comment", N_("a remark at the end of a sentence"), lambda j: j.form == "comment"),
    Signal("side", N_("said in passing"), lambda j: j.form in {"participle", "apposition"}),
    Signal("leading", N_("leads up to something else"), lambda j: j.form == "leading"),
    Signal("tiny", N_("very few words"), lambda j: j.length < 6),
    Signal("short", N_("few words"), lambda j: j.length < 9),
)
# What the desk knows of a statement from elsewhere; measured where a suggestion comes in
# (``app.workflow.seen_before``), and weighed by hand (``weights.BY_HAND``).
TOLD_ELSEWHERE, DROPPED_BEFORE, CHECKED_BEFORE = (
    "told-elsewhere",
    "dropped-before",
    "checked-before",
)
SEEN_BEFORE: dict[str, str] = {
    TOLD_ELSEWHERE: N_("other articles say it too"),
    DROPPED_BEFORE: N_("the desk dropped the same before"),
    CHECKED_BEFORE: N_("the desk has a verdict on the same"),
}
PHRASES: dict[str, str] = {signal.code: signal.phrase for signal in SIGNALS} | SEEN_BEFORE


def signals_of(judged: Judged) -> dict[str, float]:
    """The signals that a clause gives, by code; what is absent is left out."""
    measured = ((signal.code, float(signal.measure(judged))) for signal in SIGNALS)
    return {code: round(value, 3) for code, value in measured if value}
