"""Words of time that only the article's date makes clear: "last year", "on Tuesday", "in May"."""

import datetime
import re
from collections.abc import Iterator, Sequence

from app.extraction import lexicon as lex
from app.extraction import verblist
from app.extraction.labels import MONTH
from app.extraction.periods import Period, periods, resolve
from app.extraction.predicate import predicate
from app.extraction.sentences import Span
from app.extraction.tokens import Token
from app.extraction.wording import Change
from app.extraction.wordlist import word_set

_MONTHS = [datetime.date(2000, month, 1).strftime("%B") for month in range(1, 13)]
_CALENDAR = re.compile(
    r"(?:(?P<part>so far|earlier|later|early|late) )?(?P<which>this|last|next) (?P<unit>year|month|week)",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    r"(?P<lead>on |since )?(?P<day>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)", re.IGNORECASE
)
_NEAR_DAY = re.compile(r"yesterday|tomorrow", re.IGNORECASE)
_MONTH_ALONE = re.compile(
    rf"(?:(?:in|since|during|on|from|of) )?(?:(?:early|late|mid)[ -])?(?P<us>{MONTH} \d\d?|\d\d? {MONTH}|{MONTH})",
    re.IGNORECASE,
)
_OWNED = re.compile(r"\b(?P<when>(?:last|this|next) (?:year|month))[’']s(?= \w)", re.IGNORECASE)
_DAY_OWNED = re.compile(r"\b(?P<when>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)[’']s(?= \w)")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
# "In 1998 …" sets the year of what follows; "since 2015" does not.
_FRAME = re.compile(r"\b[Ii]n (?:\w+ )?((?:1[5-9]|20)\d\d)\b")
_AHEAD = re.compile(
    r"\b(?:will|won[’']t|would|scheduled|due|plans?|planned|expect(?:s|ed)?|set to|going to|(?:is|are) to|to be)\b"
)
_PREPOSITION_BEFORE = re.compile(
    rf"\b(?:in|of|from|since|than|by|until|till|to|for|during|with|over|through|throughout|and|or|before|after"
    rf"|at|as|between|versus|against|the|{MONTH}) $",
    re.IGNORECASE,
)
# "Every Tuesday", "Good Friday", "from Tuesday to Friday" name no one day.
_NO_DAY_BEFORE = re.compile(
    r"(?:[’']s|\b(?:its|his|her|their|our|every|each|any|a|an|the|black|good|easter|cyber|ash|and|or|to|through|until|of|that|one)) $",
    re.IGNORECASE,
)
_DAY_GOES_ON = re.compile(
    r"[ -](?:[A-Z]|(?:morning|afternoon|evening|night)\b|(?:and|or|to|through) [A-Z])|s\b"
)
# "It was Tuesday before the road was open", "spent Monday waiting".
_BARE_DAY = re.compile(r"\b(?:is|was|were|spent|spend|spends) $")
_HELPED = word_set("was were had did has have wasn't weren't hadn't didn't hasn't haven't")

# How far before a clause a year still governs it.
_SEEN = 400


def moments(
    text: str, span: Span, words: Sequence[Token], *, date: str | None, paragraph: int
) -> Iterator[Change]:
    """Dates for the words of time of a clause, where the article's date leaves no doubt.

    ``date`` is the article's, as precise as known; ``paragraph`` is where the paragraph begins,
    whose other years may be meant by "in May".
    """
    if date is None:
        return
    quote = text[span.start : span.end]
    for match in _OWNED.finditer(quote):
        when = _shown(resolve(match["when"], date)[0])
        if when:
            yield _change(span, match.start(), match.end(), f"the {when}")
    for match in _DAY_OWNED.finditer(quote):
        first, last, is_stated = resolve(match["when"], date)
        found = Period(match.start(), match.end(), match[0], first, last, is_stated)
        if _is_one_day(quote, found, words) and not _YEAR.search(quote):
            yield _change(span, found.end, found.end, f" [{_shown(found.first)}]")
    before = text[max(paragraph, span.start - _SEEN) : span.start]
    years = {*_YEAR.findall(quote), *_FRAME.findall(before)}
    for found in periods(quote, date):
        yield from _dated(quote, span, found, words=words, years=years)


def _dated(
    quote: str, span: Span, found: Period, *, words: Sequence[Token], years: set[str]
) -> Iterator[Change]:
    calendar = _CALENDAR.fullmatch(found.words)
    said = _by_calendar(quote, found, calendar) if calendar else None
    day = _WEEKDAY.fullmatch(found.words) or _NEAR_DAY.fullmatch(found.words)
    stands_alone = day and (day.groupdict().get("lead") or _ends_phrase(quote, found.end))
    if day and stands_alone and _is_one_day(quote, found, words) and not _YEAR.search(quote):
        bare = _PREPOSITION_BEFORE.search(quote[: found.start]) or _BARE_DAY.search(
            quote[: found.start]
        )
        lead = (day.groupdict().get("lead") or ("" if bare else "on ")).lower()
        shown = _shown(found.first)
        said = f"{lead}{shown}" if shown and shown[0].isdigit() and " " in shown else None
    if said:
        yield _change(span, found.start, found.end, said)
        return
    month = _MONTH_ALONE.fullmatch(found.words)
    if month and found.first and not _YEAR.search(found.words):
        year = found.first[:4]
        if years <= {year} and not _goes_on(quote, found.end):
            comma = "," if month["us"][-1].isdigit() else ""
            yield _change(span, found.end, found.end, f"{comma} {year}")


def _by_calendar(quote: str, found: Period, match: re.Match[str]) -> str | None:
    """A year for "last year", with the preposition that it needs where it stands."""
    when = _shown(found.first)
    if when is None:
        return None
    if match["unit"].lower() == "week":
        when = f"the week of {when}"
    part = (match["part"] or "").lower()
    bare = bool(_PREPOSITION_BEFORE.search(quote[: found.start])) or _is_subject(quote, found)
    if part in {"early", "late"}:
        return f"{part} {when}" if bare else f"in {part} {when}"
    if part:
        return f"{part} in {when}"
    return when if bare else f"in {when}"


def _is_subject(quote: str, found: Period) -> bool:
    """Whether the time itself is what the clause speaks of: "Last year was the hottest"."""
    follows = quote[found.end :].split(maxsplit=1)
    return found.start == 0 and bool(follows) and lex.looks_finite(follows[0].lower())


def _is_one_day(quote: str, found: Period, words: Sequence[Token]) -> bool:
    """Whether a day of the week is the last one before the article, not one of every week."""
    if found.first is None or _AHEAD.search(quote) or _DAY_GOES_ON.match(quote, found.end):
        return False
    verb = predicate(words)
    if verb is None or not _is_past(words[verb.first].lower):
        return False
    return not _NO_DAY_BEFORE.search(quote[: found.start])


def _ends_phrase(quote: str, end: int) -> bool:
    """Whether "Tuesday" without a preposition is no part of a noun: "the Tuesday meeting"."""
    follows = re.match(r" ([\w’']+)", quote[end:])
    if follows is None:
        return True
    word = follows[1].lower()
    is_verb = lex.looks_finite(word) or word.endswith("ing")
    return is_verb or word in lex.PREPOSITIONS | lex.CONJUNCTIONS | lex.DETERMINERS | {"to", "the"}


def _is_past(verb: str) -> bool:
    """Whether a verb tells of what has been; "opens on Friday" does not."""
    known = verblist.ONLY_PAST | verblist.IRREGULAR_PAST
    return verb in _HELPED or verb in known or lex.looks_past(verb)


def _goes_on(quote: str, end: int) -> bool:
    """Whether a month is followed by more of its date: "May last year", "May and June"."""
    return bool(
        re.match(rf",? (?:last|this|next|of|and|or|to|through|until)\b|[-–]| {MONTH}", quote[end:])
    )


def _shown(when: str | None) -> str | None:
    """A date as it is written: "19 November 2019", "November 2019", "2019"."""
    if when is None:
        return None
    year, month, day = (*when.split("-"), "", "")[:3]
    name = f"{_MONTHS[int(month) - 1]} " if month else ""
    return f"{int(day)} {name}{year}" if day else f"{name}{year}"


def _change(span: Span, start: int, end: int, words: str) -> Change:
    return Change(span.start + start, span.start + end, words)
