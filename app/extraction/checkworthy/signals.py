"""What speaks for checking a clause and what against it: one table of named signals.

A signal has a phrase for the page, a side on which it stands, and a measure, 0 where it is absent
and mostly 1 where it is there. How much each counts is in the weights; none of those that come with
Assay counts against its side.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from app.extraction.checkworthy import patterns as says
from app.extraction.checkworthy import topics
from app.extraction.checkworthy.judged import Judged

# Marks a phrase for the translators' tools; the page that shows it translates it.
N_ = str

_STRONG_UNITS = frozenset({"percent", "percentage point", "fraction", "times"})
_TIME_UNITS = frozenset({"year", "month", "week", "day", "hour", "minute", "second"})
_MOST_THREADS = 5
_TOPIC = 3

Measure = Callable[[Judged], float]
Side = Literal[1, -1]
FOR: Side = 1
AGAINST: Side = -1


@dataclass(frozen=True, slots=True)
class Signal:
    """One thing about a clause that may matter, and the phrase by which a page names it."""

    code: str
    phrase: str
    side: Side
    measure: Measure


def _has(pattern: re.Pattern[str]) -> Measure:
    return lambda judged: bool(pattern.search(judged.clause))


def _is_money(judged: Judged) -> bool:
    return any(q.unit[:3].isupper() and q.unit[:3].isalpha() for q in judged.quantities)


def _is_share(judged: Judged) -> bool:
    # "Twice" tells how often as well as how much more.
    return any(q.unit in _STRONG_UNITS and q.raw.lower() != "twice" for q in judged.quantities)


def _is_count(judged: Judged) -> bool:
    return any(
        q.unit not in _STRONG_UNITS | _TIME_UNITS and not q.unit[:3].isupper()
        for q in judged.quantities
    )


def _is_measure(judged: Judged) -> bool:
    return any(q.unit in _TIME_UNITS for q in judged.quantities)


def _is_age(judged: Judged) -> bool:
    return any(q.unit == "year" and q.raw.isdigit() for q in judged.quantities)


def _is_word_for_word(judged: Judged) -> bool:
    return bool(judged.hops) and judged.hops[-1].mode == "direct"


def _is_documented(judged: Judged) -> bool:
    return bool(judged.hops) and judged.hops[-1].kind == "document"


def _is_forecast(judged: Judged) -> bool:
    # A plan that the article reports in its own voice can be looked up: it is a plan, and no more.
    is_reported = not judged.hops and bool(says.PLAN.search(judged.clause))
    return judged.forecast or ("forecast" in judged.marks and not is_reported)


def _is_promise(judged: Judged) -> bool:
    # A plan that the article reports can be looked up; one that somebody speaks of is a promise.
    return "promise" in judged.marks or bool(judged.hops and says.PLAN.search(judged.clause))


def _is_opinion(judged: Judged) -> bool:
    return "opinion" in judged.marks or bool(says.OPINION.search(judged.clause))


def _is_question(judged: Judged) -> bool:
    asked = judged.asks or "question" in judged.marks
    return asked or bool(says.QUESTION.search(judged.clause))


def _is_of_oneself(judged: Judged) -> bool:
    # "We lost 40 million euros" is said of oneself and can be looked up.
    return bool(says.FIRST_PERSON.search(judged.clause)) and not judged.quantities


def _is_norm(judged: Judged) -> bool:
    # What a law asks for is in the law.
    return bool(says.NORM.search(judged.clause)) and "rule" not in judged.kinds


def _is_possible(judged: Judged) -> bool:
    return bool(says.POSSIBLE.search(judged.clause)) and "rule" not in judged.kinds


def _is_to_reader(judged: Judged) -> bool:
    # "You closed the ward" is said to somebody of the article, and of what was done.
    told = bool(judged.hops) and "event" in judged.kinds
    return bool(says.YOU.search(judged.clause)) and not told


_NO_FACTS = (says.NORM, says.PLAN, says.POSSIBLE, says.STATE_OF_MIND)


def _is_denial(judged: Judged) -> bool:
    """Whether it says that something is not so; what nobody wants, hopes or may do is no fact."""
    if not topics.NEGATION.search(judged.clause) or judged.marks or judged.forecast:
        return False
    no_fact = any(pattern.search(judged.clause) for pattern in _NO_FACTS)
    return not (no_fact or _is_opinion(judged) or _is_question(judged) or _is_of_oneself(judged))


def _is_rule(judged: Judged) -> bool:
    return "rule" in judged.kinds or bool(topics.RULE.search(judged.clause))


def _is_about_health(judged: Judged) -> bool:
    # In an article about an illness this tells nothing.
    is_topic = judged.setting.threads >= _TOPIC
    return not is_topic and bool(topics.HEALTH.search(judged.clause))


def _is_done(judged: Judged) -> bool:
    return bool(topics.PASSIVE.search(judged.clause) or topics.PERFECT.search(judged.clause))


OF_THE_CLAUSE: tuple[Signal, ...] = (
    Signal("money", N_("a sum of money"), FOR, _is_money),
    Signal("share", N_("a percentage or a share"), FOR, _is_share),
    Signal("count", N_("a count"), FOR, _is_count),
    Signal("measure", N_("a measured amount"), FOR, _is_measure),
    Signal(
        "large", N_("a large number"), FOR, lambda j: any(q.value >= 1000 for q in j.quantities)
    ),
    Signal("figures", N_("several figures"), FOR, lambda j: len(j.quantities) > 1),
    Signal(
        "digits",
        N_("a number that counts nothing"),
        FOR,
        lambda j: bool(says.DIGIT.search(j.clause)) and not j.quantities,
    ),
    Signal("age", N_("somebody's age"), AGAINST, _is_age),
    Signal("vague", N_("a vague amount"), AGAINST, _has(topics.VAGUE)),
    Signal("comparison", N_("a comparison or a trend"), FOR, _has(says.COMPARISON)),
    Signal("extreme", N_("a record or a superlative"), FOR, _has(says.EXTREME)),
    Signal("harm", N_("deaths, injuries or damage"), FOR, _has(says.HARM)),
    Signal("law", N_("a crime, a court or a charge"), FOR, _has(says.LAW)),
    Signal("rule", N_("what a law, a rule or a contract says"), FOR, _is_rule),
    Signal("institution", N_("what an institution did"), FOR, _has(says.INSTITUTION)),
    Signal("body", N_("it is about an authority or a firm"), FOR, _has(topics.BODY)),
    Signal("funds", N_("who pays, earns or owes what"), FOR, _has(topics.FUNDS)),
    Signal("health", N_("health or safety"), FOR, _is_about_health),
    Signal("work", N_("many people are concerned"), FOR, _has(topics.WORK)),
    Signal("accusation", N_("an accusation of fact"), FOR, _has(says.ACCUSATION)),
    Signal("undone", N_("something that went wrong or was left undone"), FOR, _has(topics.UNDONE)),
    Signal("denial", N_("it says that something is not so"), FOR, _is_denial),
    Signal("done", N_("something that was done"), FOR, _is_done),
    Signal("cause", N_("a cause or an effect"), FOR, _has(says.CAUSE)),
    Signal("evidence", N_("what evidence or a study shows"), FOR, _has(says.EVIDENCE)),
    Signal("records", N_("records or tests show it"), FOR, _has(topics.RECORDS)),
    Signal("sweeping", N_("a sweeping statement"), FOR, _has(says.SWEEPING)),
    Signal("dated", N_("tied to a date or period"), FOR, _has(says.DATED)),
    Signal("names", N_("several names"), FOR, lambda j: j.names > 1),
    Signal("possible", N_("what may or could be"), AGAINST, _is_possible),
    Signal("plan", N_("a plan"), AGAINST, _has(says.PLAN)),
    Signal("promise", N_("a promise"), AGAINST, _is_promise),
    Signal("forecast", N_("only expected, hoped or warned of"), AGAINST, _is_forecast),
    Signal("norm", N_("what should be"), AGAINST, _is_norm),
    Signal("opinion", N_("an opinion or a judgement"), AGAINST, _is_opinion),
    Signal("feeling", N_("how somebody feels"), AGAINST, _has(says.STATE_OF_MIND)),
    Signal("question", N_("a question"), AGAINST, _is_question),
    Signal("hedge", N_("said with reserve"), AGAINST, _has(topics.HEDGE)),
    Signal("first-person", N_("somebody speaks of themselves"), AGAINST, _is_of_oneself),
    Signal("you", N_("the reader is spoken to"), AGAINST, _is_to_reader),
    Signal("no-comment", N_("nobody commented"), AGAINST, _has(says.NO_COMMENT)),
    Signal("routine", N_("a meeting, a visit or an announcement"), AGAINST, _has(says.ROUTINE)),
    Signal("life", N_("somebody's private life"), AGAINST, _has(topics.LIFE)),
    Signal("colour", N_("how a scene looked or sounded"), AGAINST, _has(topics.COLOUR)),
    Signal("likeness", N_("a figure of speech"), AGAINST, _has(topics.LIKENESS)),
    Signal("unsaid", N_("something was not said"), AGAINST, _has(says.UNSAID)),
    Signal("spoken", N_("words of talk"), AGAINST, _has(says.VOICE)),
    Signal("called", N_("how somebody calls something"), AGAINST, _has(says.CALLED)),
    Signal("invitation", N_("an invitation to readers"), AGAINST, _has(says.INVITATION)),
    Signal("definition", N_("a definition"), AGAINST, _has(says.DEFINITION)),
    Signal("only-if", N_("only a condition"), AGAINST, _has(says.ONLY_CONDITION)),
    Signal("if", N_("under a condition"), AGAINST, _has(says.CONDITION)),
    Signal("link", N_("a link or an account"), AGAINST, _has(says.LINK)),
    Signal(
        "verbless",
        N_("no verb and no figure"),
        AGAINST,
        lambda j: not j.has_verb and j.form == "main" and not j.quantities,
    ),
    Signal(
        "comment", N_("a remark at the end of a sentence"), AGAINST, lambda j: j.form == "comment"
    ),
    Signal(
        "side", N_("said in passing"), AGAINST, lambda j: j.form in {"participle", "apposition"}
    ),
    Signal("leading", N_("leads up to something else"), AGAINST, lambda j: j.form == "leading"),
    Signal("tiny", N_("very few words"), AGAINST, lambda j: j.length < 6),
    Signal("short", N_("few words"), AGAINST, lambda j: j.length < 9),
)
OF_THE_SOURCE: tuple[Signal, ...] = (
    Signal(
        "attributed", N_("somebody vouches for it"), FOR, lambda j: bool(j.hops) and not j.forecast
    ),
    # What is quoted word for word is more often a view than what is told in other words.
    Signal("direct", N_("quoted word for word"), AGAINST, _is_word_for_word),
    Signal("official", N_("an authority says so"), FOR, lambda j: j.setting.is_official),
    Signal("expert", N_("somebody who has studied it says so"), FOR, lambda j: j.setting.is_expert),
    Signal("document", N_("a document says so"), FOR, _is_documented),
    Signal("relayed", N_("it came through somebody else"), FOR, lambda j: len(j.hops) > 1),
    Signal("voice", N_("by a main voice of the article"), FOR, lambda j: j.setting.speaker_share),
)
OF_THE_ARTICLE: tuple[Signal, ...] = (
    Signal(
        "headline",
        N_("it says what the headline or the opening says"),
        FOR,
        lambda j: j.setting.in_heading,
    ),
    Signal(
        "summary", N_("the article's summary says it too"), FOR, lambda j: j.setting.is_summed_up
    ),
    Signal(
        "central",
        N_("about what runs through the article"),
        FOR,
        lambda j: min(j.setting.threads, _MOST_THREADS) / _MOST_THREADS,
    ),
    Signal("again", N_("the article says it again"), FOR, lambda j: j.setting.is_told_again),
    Signal("same-figure", N_("its figure comes up again"), FOR, lambda j: j.setting.same_figure),
    Signal("disputed", N_("somebody disputes it"), FOR, lambda j: j.setting.is_disputed),
    Signal("late", N_("late in the article"), AGAINST, lambda j: j.setting.is_late),
)
SIGNALS = OF_THE_CLAUSE + OF_THE_SOURCE + OF_THE_ARTICLE
# What the optional encoder makes of a statement (``app.extraction.semantic``), in log-odds.
MEANING = "meaning"
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
OF_ENCODER: dict[str, str] = {MEANING: N_("what it means, by the encoder")}
PHRASES: dict[str, str] = (
    {signal.code: signal.phrase for signal in SIGNALS} | SEEN_BEFORE | OF_ENCODER
)
SIDES: dict[str, Side] = {signal.code: signal.side for signal in SIGNALS}


def signals_of(judged: Judged) -> dict[str, float]:
    """The signals that a clause gives, by code; what is absent is left out."""
    measured = ((signal.code, float(signal.measure(judged))) for signal in SIGNALS)
    return {code: round(value, 3) for code, value in measured if value}
