"""Time in a claim: the words that say for which time a figure holds, and the dates they mean."""

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.extraction import dates, verblist
from app.extraction import lexicon as lex
from app.extraction.dates import Day, Span
from app.extraction.labels import MONTH
from app.extraction.numerals import SMALL_NUMERAL
from app.extraction.wordlist import word_set

_YEAR = r"(?:1[89]|20)\d\d(?!\d|,\d)"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d,.]\d)"


def _date(name: str) -> str:
    """A pattern of a day, a month or a year whose parts are called after ``name``."""
    return (
        rf"(?:(?P<{name}m1>{MONTH})\s(?P<{name}d1>{_DAY})(?:,?\s(?P<{name}y1>{_YEAR}))?"
        rf"|(?P<{name}d2>{_DAY})\s(?:of\s)?(?P<{name}m2>{MONTH})(?:,?\s(?P<{name}y2>{_YEAR}))?"
        rf"|(?P<{name}m3>{MONTH})(?:,?\s(?:of\s)?(?P<{name}y3>{_YEAR}))?"
        rf"|(?P<{name}y4>{_YEAR}))"
    )


_N = rf"(?i:{SMALL_NUMERAL}|an?|a\s(?:couple\sof|few)|few|several|couple|half\sa|dozen)"
_UNIT = r"(?:second|minute|hour|day|night|week|weekend|month|quarter|year|decade|century|season)"
_WHICH = r"(?i:this|last|next|the\sprevious|the\spast|the\scoming|previous|the\slast|the\snext)"
_CALENDAR = r"(?:year|month|week(?:end)?|quarter|decade|century|season|spring|summer|autumn|fall)"
_PART = (
    r"(?i:(?:the\s)?(?:end|start|beginning|middle|close)\sof\s|(?:early|late|mid)[\s-](?:in\s)?)"
)
_EDGE = r"(?![\w-]|[’']\w)"
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_ORDINAL = r"(?i:first|second|third|fourth|final)"


@dataclass(frozen=True, slots=True)
class Period:
    """The words of a time and the first and last day, month or year that they mean.

    ``is_compared``: it is the time that something is compared with ("from last year").
    """

    start: int
    end: int
    words: str
    first: str | None
    last: str | None
    is_stated: bool
    is_compared: bool = False


@dataclass(frozen=True, slots=True)
class _Article:
    """What the dates of a claim are reckoned from; ``ahead``: the claim speaks of what will be.

    None where it may speak of both: "goes to the council in October".
    """

    at: Day | None
    ahead: bool | None


_Reader = Callable[[re.Match[str], _Article], Span]


def _named(match: re.Match[str], name: str, article: _Article) -> str | None:
    """The date that the groups of :func:`_date` matched."""
    groups = match.groupdict()
    year = next((groups[f"{name}y{n}"] for n in "1234" if groups.get(f"{name}y{n}")), None)
    month = next((groups[f"{name}m{n}"] for n in "123" if groups.get(f"{name}m{n}")), None)
    day = groups.get(f"{name}d1") or groups.get(f"{name}d2")
    if month is None:
        return year
    digits = re.match(r"\d+", day) if day else None
    return dates.in_month(
        dates.month_number(month),
        int(digits[0]) if digits else None,
        int(year) if year else None,
        article.at,
        ahead=article.ahead,
    )


def _between(match: re.Match[str], article: _Article) -> Span:
    last = _named(match, "b", article)
    first = _named(match, "a", article)
    if first and last and first[:4] > last[:4] and not match["ay1"] and match["am1"]:
        return None, last
    if first and last and match["am3"] and not match["ay3"] and (match["by1"] or match["by3"]):
        first = last[:4] + first[4:]
    return first, last


def _years(match: re.Match[str], _article: _Article) -> Span:
    return match["a"], match["a"][: 4 - len(match["b"])] + match["b"]


def _since(match: re.Match[str], article: _Article) -> Span:
    today = article.at.full if article.at else None
    return _named(
        match, "a", _Article(article.at, ahead=False)
    ), today.isoformat() if today else None


def _by(match: re.Match[str], article: _Article) -> Span:
    return None, _named(match, "a", article)


def _on(match: re.Match[str], article: _Article) -> Span:
    when = _named(match, "a", article)
    return (when, None) if (match["lead"] or "").lower() == "after" else dates.same(when)


def _quarter(match: re.Match[str], article: _Article) -> Span:
    which = match["n"].lower() if match["n"] else f"q{match['q']}"
    year = _year_of(match["of"], article.at)
    return dates.quarter(dates.ORDINALS[which], year, article.at)


def _year_of(words: str | None, at: Day | None) -> int | None:
    """The year of "2019", "last year", "this year"."""
    if not words:
        return None
    year = re.search(_YEAR, words)
    if year:
        return int(year[0])
    return at.year - words.lower().startswith("last") if at else None


def _months(match: re.Match[str], article: _Article) -> Span:
    """Reads "The first half of 2019", "the first nine months of the year"."""
    year = _year_of(match["of"], article.at) or (article.at.year if article.at else None)
    if year is None:
        return (None, None)
    if match["half"]:
        first = 1 if match["n"].lower() == "first" else 7
        return dates.month_text(year, first), dates.month_text(year, first + 5)
    count = int(min(12, max(1, dates.value_of(match["count"]))))
    first = 1 if match["n"].lower() == "first" else 13 - count
    return dates.month_text(year, first), dates.month_text(year, first + count - 1)


def _past(match: re.Match[str], article: _Article) -> Span:
    """Reads "Over the past five years", "in the next decade"."""
    which = match["which"].lower()
    if match["count"] is None and which in {"previous", "preceding", "next", "coming"}:
        return dates.relative("last" if which == "preceding" else which, match["unit"], article.at)
    if match["count"] is None and which == "following":
        return (None, None)
    unit, now = match["unit"], dates.precise(match["unit"], article.at)
    if re.search(r"few|several", match["count"] or ""):
        return (now, None) if match["which"] in {"next", "coming"} else (None, now)
    count = dates.value_of(match["count"])
    if match["which"].lower() in {"next", "coming", "following"}:
        return now, dates.ago(-count, unit, article.at)
    return dates.ago(count, unit, article.at), now


def _calendar(match: re.Match[str], article: _Article) -> Span:
    which = match["which"].lower().split()[-1]
    return dates.relative(which, match["unit"], article.at)


def _weekend(_match: re.Match[str], article: _Article) -> Span:
    return dates.relative("last", "weekend", article.at)


def _ending(match: re.Match[str], article: _Article) -> Span:
    """Reads "in the year to June", "in the 12 months ended in March 2019"."""
    last = _named(match, "a", article)
    size = {"year": 12, "quarter": 3, "month": 1}[match["unit"]]
    if last is None or len(last) < len("2019-06"):
        return None, last
    months = int(min(dates.value_of(match["count"]), 1_200)) * size
    return dates.month_text(int(last[:4]), int(last[5:7]) - months + 1), last


def _to_date(_match: re.Match[str], article: _Article) -> Span:
    return dates.relative("this", "year", article.at)


def _ago(match: re.Match[str], article: _Article) -> Span:
    if re.search(r"few|several", match["count"] or ""):
        return (None, None)
    return dates.same(dates.ago(dates.value_of(match["count"]), match["unit"], article.at))


def _before(match: re.Match[str], article: _Article) -> Span:
    """Reads "the year before"."""
    return dates.same(dates.ago(1, match["unit"], article.at))


def _near_day(match: re.Match[str], article: _Article) -> Span:
    step = {"yesterday": "last", "tomorrow": "next"}.get(match["day"].lower(), "this")
    return dates.relative(step, "day", article.at)


def _weekday(match: re.Match[str], article: _Article) -> Span:
    return dates.weekday(match["day"], article.at, which=(match["which"] or "").lower())


def _decade(match: re.Match[str], _article: _Article) -> Span:
    begins = int(match["year"])
    size = 100 if match["year"].endswith("00") and begins < 2000 else 10
    return match["year"], str(begins + size - 1)


def _how_long(_match: re.Match[str], _article: _Article) -> Span:
    return (None, None)


_OF_YEAR = (
    rf"(?:\s(?:of\s)?(?P<of>(?:fiscal\s(?:year\s)?)?{_YEAR}|(?i:last|this)\s(?:fiscal\s)?year))?"
)
# The first of them that takes a stretch of words keeps it.
_FORMS: tuple[tuple[re.Pattern[str], _Reader], ...] = tuple(
    (re.compile("".join(parts)), reader)
    for *parts, reader in (
        (
            rf"\b(?i:between|from)\s{_PART}?{_date('a')}\s?(?:and|to|through|until|-|–)\s?{_PART}?{_date('b')}{_EDGE}",
            _between,
        ),
        (rf"(?<![\w-])(?P<a>{_YEAR})\s?[-–/]\s?(?P<b>(?:19|20)\d\d|\d\d){_EDGE}", _years),
        (
            r"\b(?:(?i:in|during|for|over|of)\s)?(?:the\s|its\s|their\s)?(?:(?:fiscal\s|financial\s)?",
            rf"(?P<n>{_ORDINAL})[\s-](?:fiscal\s|financial\s)?quarter|Q(?P<q>[1-4])){_OF_YEAR}{_EDGE}",
            _quarter,
        ),
        (
            rf"\b(?:(?i:in|during|for|over)\s)?(?:the\s)(?P<n>{_ORDINAL}|last)\s(?:(?P<half>half)|(?P<count>{_N})\smonths)",
            rf"\sof\s(?P<of>{_YEAR}|(?i:last|this|the)\s(?:fiscal\s)?year){_EDGE}",
            _months,
        ),
        (
            rf"\b(?i:in|over|for|during)\s(?:the|its)\s(?:(?P<count>{_N})\s)?(?P<unit>year|quarter|month)s?\s",
            rf"(?:to|ended|ending|through|until)\s(?:in\s)?(?:the\send\sof\s)?{_date('a')}{_EDGE}",
            _ending,
        ),
        (r"\b(?i:over|at|during|on)\sthe\sweekend\b", _weekend),
        (rf"\b(?i:ever\ssince|since)\s(?:at\sleast\s)?{_PART}?{_date('a')}{_EDGE}", _since),
        (
            rf"\b(?P<lead>(?i:by|until|till|through|before|up\sto))\s{_PART}?(?:fiscal\s)?{_date('a')}{_EDGE}",
            _by,
        ),
        (
            r"\b(?P<lead>(?i:in|on|during|after|for|of|from|throughout|to|than|around|as\sof|last|with|against))\s",
            rf"(?:(?i:fiscal\s(?:year\s)?|the\syear\s|the\sfiscal\syear\s|calendar\s)|{_WEEKDAY},?\s)?{_PART}?{_date('a')}{_EDGE}",
            _on,
        ),
        (
            rf"\b(?P<lead>)(?P<am1>{MONTH})\s(?P<ad1>{_DAY})(?:,\s(?P<ay1>{_YEAR}))?{_EDGE}",
            _on,
        ),
        (
            r"\b(?:(?i:over|in|during|within|for|throughout|across)\s)?(?:the|these)\s(?P<which>past|last|previous|next|coming|following|preceding)",
            rf"\s(?:(?P<count>{_N})[\s-])?(?:consecutive\s|full\s|straight\s)?(?P<unit>{_UNIT})s?{_EDGE}",
            _past,
        ),
        (
            rf"\b(?:(?i:so\sfar|earlier|later|over|in|during|early|late)\s)?(?P<which>{_WHICH})\s(?:(?:fiscal|financial|calendar|school|academic)\s)?(?P<unit>{_CALENDAR}|day|night){_EDGE}",
            _calendar,
        ),
        (r"\b(?i:year[\s-]to[\s-]date|(?:so\sfar|later|earlier)\sin\sthe\syear)\b", _to_date),
        (
            rf"\b(?:(?i:more\sthan|over|about|almost|nearly|some|around)\s)?(?P<count>{_N})[\s-](?P<unit>{_UNIT})s?\s(?:ago|earlier|before|previously|prior){_EDGE}",
            _ago,
        ),
        (rf"\bthe\s(?P<unit>year|month|week|day)\s(?:before|earlier){_EDGE}", _before),
        (r"\b(?P<day>(?i:yesterday|today|tonight|tomorrow))\b(?![’'])", _near_day),
        (
            rf"\b(?:(?i:on|by|since|until)\s)?(?:(?P<which>(?i:last|next|this))\s)?(?P<day>{_WEEKDAY}){_EDGE}",
            _weekday,
        ),
        (
            r"\b(?:(?i:in|during|since|from|of)\s)?the\s(?:(?i:early|late|mid)[\s-])?(?P<year>(?:1\d|20)\d0)s\b",
            _decade,
        ),
        (
            rf"\b(?i:in|over|within|during|for|inside)\s(?!{_UNIT}\b)",
            r"(?:(?:just|only|about|under|the|a|period|of|nearly|almost|more|less|than|over|around|some|space|course|at|least|up|to|as|little)\s){0,4}",
            rf"(?:(?:same|recent|first|final|full|single|whole)\s)?(?:{_N}[\s-])?{_UNIT}s?(?:\speriod)?{_EDGE}",
            _how_long,
        ),
    )
)
_AROUND = 12
_LENGTH_ONLY = {_how_long}
_ANY_TIME = re.compile(
    rf"\d{{4}}|\b(?i:{_UNIT}s?|spring|summer|autumn|fall|yesterday|today|tonight|tomorrow|date|Q[1-4])\b|{MONTH}|day\b"
)
_AGO = re.compile(r"\s(?:ago|earlier|before|previously|prior)$")
_EARLIER = re.compile(r"\s(?:earlier|before|previously|prior)$")
_WILL = re.compile(
    r"\b(?:will|won[’']t|would|scheduled|due|upcoming|plans?|planned|expects?|expected|set\sto|going\sto|(?:is|are)\sto|slated|deadline|starts|begins|must|should|may|could|can|aims?|wants?|hopes?)\b"
)
_LETTERS = re.compile(r"[A-Za-z’']+")
_LOOKS_BACK = word_set("has have had was were did been") | verblist.IRREGULAR_PAST
_COMPARED = re.compile(
    r"\b(?:from|than|compared\s(?:with|to)|versus|against|with|to)\s(?:the\s(?:same|corresponding)\s(?:\w+\s){1,3})?$"
)


def periods(claim: str, date: str | None = None) -> list[Period]:
    """The times that a claim names, in reading order, resolved against the article's date.

    "A year earlier" is reckoned from the time before it in the claim, where there is one.
    """
    if not _ANY_TIME.search(claim):
        return []
    article = _Article(dates.parse_day(date), ahead=_speaks_of_what_will_be(claim))
    found: list[Period] = []
    for match, reader in _matches(claim):
        start, end = match.span()
        at = dates.parse_day(found[-1].last) if found and _EARLIER.search(match[0]) else None
        first, last = reader(match, _Article(at, ahead=False) if at else article)
        is_compared = bool(_COMPARED.search(claim[max(0, start - 48) : start]))
        is_compared = is_compared or match[0].startswith(("from ", "than ", "to "))
        is_stated = reader not in _LENGTH_ONLY
        found.append(Period(start, end, match[0], first, last, is_stated, is_compared))
    return found


def _speaks_of_what_will_be(claim: str) -> bool | None:
    """Whether a claim looks ahead; None where its verb says nothing of it."""
    if _WILL.search(claim):
        return True
    words = [word.lower() for word in _LETTERS.findall(claim)]
    if any(word in _LOOKS_BACK or lex.looks_past(word) for word in words):
        return False
    return None if any(lex.looks_finite(word) for word in words) else False


def _matches(claim: str) -> list[tuple[re.Match[str], _Reader]]:
    """The forms that a claim has, in reading order; the first form takes its words."""
    taken, found = bytearray(len(claim) + 1), list[tuple[re.Match[str], _Reader]]()
    for pattern, reader in _FORMS:
        for match in pattern.finditer(claim):
            start, end = match.span()
            if start < end and not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                found.append((match, reader))
    return sorted(found, key=lambda one: one[0].start())


def resolve(words: str, date: str | None) -> tuple[str | None, str | None, bool]:
    """First and last day, month or year that words of time mean; whether they tell which it is."""
    found = periods(words, date)
    if not found:
        return None, None, False
    return found[0].first, found[0].last, found[0].is_stated


def nearest(
    times: Sequence[Period], figures: Sequence[tuple[int, int]], at: int, *, is_base: bool
) -> Period | None:
    """The time that the figure ``figures[at]`` holds for: no other figure stands between."""
    start, end = figures[at]
    # Of a long text the times around the figure are enough.
    here = bisect_left(times, start, key=lambda one: one.start)
    around = times[max(0, here - _AROUND) : here + _AROUND]
    free = [one for one in around if one.end <= start or one.start >= end]
    if not is_base:
        free = [one for one in free if not one.is_compared]
    upto = figures[at + 1][0] if at + 1 < len(figures) else None
    since = figures[at - 1][1] if at else None
    after = next((one for one in free if one.start >= end), None)
    before = next((one for one in reversed(free) if one.end <= start), None)
    if after and (upto is None or after.start <= upto):
        return after
    if before and (since is None or before.end >= since):
        return before
    # Past other figures only what is no time of one of them.
    return next((one for one in (before, after) if one and not _AGO.search(one.words)), None)
