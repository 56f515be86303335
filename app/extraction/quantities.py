"""Measured numbers: "half a million", "one in four", "$20-30bn", "1.1 billion euros in one year"."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from app.extraction.candidate import Quantity
from app.extraction.comparisons import change, comparator, is_base, moves
from app.extraction.counted import counted_noun
from app.extraction.currencies import CODES, LETTERS, SIGNS
from app.extraction.elliptic import borrowed, shared
from app.extraction.found import Bare, Found
from app.extraction.labels import is_date_or_label, is_labelled, is_year_like
from app.extraction.measures import Measured, unit_at, with_rate
from app.extraction.numerals import DIGITS, NUMERAL, any_of, number_value, shared_scale
from app.extraction.periods import Period, nearest, periods
from app.extraction.referring import Earlier, referred
from app.extraction.scores import scores
from app.extraction.shares import fractions, large_halves, multiples, part_of_whole, points, ratios
from app.extraction.sport import in_play, records
from app.extraction.units import SCALES, SHORT_SCALES

__all__ = ["number_value", "quantities"]

# Whatever measures has one of these in it.
_ANY = re.compile(
    r"[\d½¼¾⅓⅔⅛]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|zero"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundred|dozen|thousand|million|billion|trillion|lakh"
    r"|crore|hal[fv]\w*|quarter|third|fourth|fifth|tenth|once|twice|thrice|doubl\w+|tripl\w+|trebl\w+|quadrupl\w+"
    r"|an?\s(?:\w+\s)?(?:pound|dollar|euro|rupee)|an?\s(?:minute|hour|day|week|month|year|decade|century|mile))",
    re.IGNORECASE,
)
_SIGN = rf"(?<![A-Za-z])(?:{any_of([*SIGNS, *CODES])})"
_SCALED = rf"(?:[\s-]?(?:{any_of([*SCALES, *SHORT_SCALES])})\b)?(?:\s(?:million|billion|trillion|crore)\b)?"
_AMOUNT = rf"{DIGITS}{_SCALED}"
_MONEY = re.compile(
    rf"(?P<sign>{_SIGN})\s?(?P<a>{_AMOUNT}|(?:half|quarter)\sa\s(?:million|billion))"
    rf"(?:\s?(?:-|–|—|to|and|or)\s?(?:(?P<again>{_SIGN})\s?)?(?P<b>{_AMOUNT})(?!\s?%|\s(?:per\s?cent|percent|\d)))?",
    re.IGNORECASE,
)
_BETWEEN_MONEY = re.compile(r"\bbetween\s(?:about\s|around\s)?$", re.IGNORECASE)
_WITHIN = r"(?:\s?%|\s(?:per\s?cent|percent)|-)"
_RANGE = re.compile(
    rf"(?<![\w.,:$£€/–-])(?P<a>{NUMERAL})(?P<within>{_WITHIN})?(?:\s?[-–]\s?|\s+(?:to|or)\s+|-(?:to|or)-|,\s(?:to|or)\s)"
    rf"(?P<b>{NUMERAL})(?!\d)",
    re.IGNORECASE,
)
_BETWEEN_RANGE = re.compile(
    rf"\bbetween\s+(?:\w+\s)?(?P<a>{NUMERAL})(?P<within>{_WITHIN})?\s+and\s+(?P<b>{NUMERAL})(?!\d)",
    re.IGNORECASE,
)
# So many figures before a number are asked for its noun.
_NEAR = 12
_LONGEST_NUMERAL = 60
_LEAST_SCALED = 1_000
_CODED = re.compile(r"\d[A-Z]$")
_CENTS = re.compile(r"\d\d\.\d\d$")
_A_RATE = re.compile(r"\s(?:an?|per)\s[a-z]")
_FROM = re.compile(r"\bfrom\s(?:(?:about|around|nearly|just|roughly|some|over)\s)?$", re.IGNORECASE)
_SUSPENDED = re.compile(r"-(?=\s(?:to|and|or)\s)")
_MINUS = re.compile(r"(?:^|(?<=[\s(]))(?<!plus or )(?:minus\s|[-−])$", re.IGNORECASE)
_NUMBER = re.compile(
    rf"(?<![\w,:$£€/])(?:(?<!\w[.-])|(?<=of-)|(?<=agnitude-))(?<!\w–)(?P<a>{NUMERAL})",
    re.IGNORECASE,
)
_LETTER = re.compile(r"\d(?P<letter>[mbkt])$", re.IGNORECASE)
# "A 100m sprint", "a 10k race": what the letter means there, and the value times what.
_LENGTHS = {"m": ("metre", 1e-6), "k": ("kilometre", 1e-3)}
_METRES = re.compile(
    r"\s(?:sprint|race|final|freestyle|hurdles|relay|dash|butterfly|backstroke|breaststroke|medley|run"
    r"|runs?|walk|swim|course|races|marathon|champion|record|title|gold|bronze|silver|deep|long|high|wide|tall|away|below|above|from|of)\b"
)
# "40 or more boats", "20-plus firms", "40+ boats".
_HEDGED = re.compile(
    r"\s(?:or\s(?:more|so|fewer|less)|plus)\b(?!\sthan)|-(?:odd|plus)(?=\s)|\+(?=\s)", re.IGNORECASE
)
_PICTURE = re.compile(r"[48]K$")
_NOT_ONE = re.compile(r"\b(?:not|no)\sone$", re.IGNORECASE)
# "In the 1300s", "in his 40s".
_S = re.compile(r"[’']?s\b")
_NET_ZERO = re.compile(r"\b(?:net|ground|absolute|sub|tolerance)[\s-]$", re.IGNORECASE)


def quantities(claim: str, date: str | None = None, context: str = "") -> tuple[Quantity, ...]:
    """Every measured number of a claim in reading order; a range gives two entries.

    ``date`` is the day of the article (ISO 8601, or only its year or month), for the periods;
    ``context`` the words before the claim, which may say what "only 12 were" counts.
    """
    if not _ANY.search(claim):
        return ()
    found = _all_found(claim, context)
    if not found:
        return ()
    times = periods(claim, date)
    spans = [(one.start, one.end) for one in found]
    measured: list[Quantity] = []
    for at, one in enumerate(found):
        for nth, value in enumerate(one.values):
            base = nth == 0 if one.has_base else is_base(claim, one.start)
            period = nearest(times, spans, at, is_base=base)
            measured.append(_quantity(claim, one, period, value, base=base))
    return tuple(measured)


def _quantity(
    claim: str, one: Found, period: Period | None, value: float, *, base: bool
) -> Quantity:
    moved = None if one.has_base or base else change(claim, one.start, one.end, one.unit)
    return Quantity(
        value=value,
        unit=one.unit,
        raw=claim[one.start : one.end],
        period=period.words if period else None,
        comparator=comparator(claim, one),
        change=moved,
        is_base=base,
        period_from=period.first if period else None,
        period_to=period.last if period else None,
        is_period_stated=period.is_stated if period else False,
    )


class _Taken:
    """Which characters of a claim belong to a figure already."""

    def __init__(self, length: int) -> None:
        self._taken = bytearray(length + 1)

    def take(self, start: int, end: int) -> bool:
        """Mark the stretch; False, and nothing marked, where some of it is taken."""
        if any(self._taken[start:end]):
            return False
        self._taken[start:end] = b"\1" * (end - start)
        return True


def _all_found(claim: str, context: str = "") -> list[Found]:
    taken, found = _Taken(len(claim)), []
    finders = (_money, multiples, part_of_whole, points, _halves, ratios, fractions)
    for finder in finders:
        found += [one for one in finder(claim) if taken.take(one.start, one.end)]
    bare: list[Bare] = []
    for reader in (records, _ranges, scores, _numbers):
        for one in reader(claim):
            if isinstance(one, Bare):
                bare += [one] if taken.take(one.start, one.end) else []
            elif taken.take(one.start, one.core or one.end):
                found.append(one)
    found.sort(key=lambda one: one.start)
    bare.sort(key=lambda one: one.start)
    return _completed(claim, found, bare, context)


def _completed(claim: str, found: list[Found], bare: Sequence[Bare], context: str) -> list[Found]:
    """The figures, with those whose noun is said elsewhere, in reading order."""
    rest: list[Bare] = []
    for one in reversed(bare):
        at = bisect_left(found, one.start, key=_start)
        unit = shared(claim, one, found[at] if at < len(found) else None)
        if unit is None:
            rest.append(one)
        else:
            found.insert(at, _with_unit(one, unit))
    earlier = Earlier(context, _all_found)
    for one in reversed(rest):
        at = bisect_left(found, one.start, key=_start)
        before = found[max(0, at - _NEAR) : at]
        unit = (
            in_play(claim, one, before, earlier)
            or borrowed(claim, one, before)
            or referred(claim, one, before, earlier)
        )
        if unit is not None:
            found.insert(at, _with_unit(one, unit))
    return found


def _start(one: Found) -> int:
    return one.start


def _with_unit(one: Bare, unit: str) -> Found:
    return Found(one.start, one.end, one.values, unit, one.has_base, one.core)


def _measure(claim: str, start: int, end: int, *, numeral: str) -> Measured | None:
    """Where a measured number ends, and its unit; None when it measures nothing by itself."""
    hedged = _HEDGED.match(claim, end)
    end = hedged.end() if hedged else end
    letter = _LETTER.search(numeral)
    metres = _LENGTHS.get(letter["letter"].lower()) if letter else None
    if metres and _METRES.match(claim, end):
        return Measured(end, *metres)
    at = unit_at(claim, start, end)
    if at is None:
        noun = counted_noun(claim, start, end, numeral=numeral)
        at = Measured(*noun) if noun else None
    if at is not None:
        return with_rate(claim, at)
    return Measured(end, "metre", 1e-6) if letter and letter["letter"] == "m" else None


def _money(claim: str) -> Iterator[Found]:
    for match in _MONEY.finditer(claim):
        sign = match["sign"]
        if (sign not in SIGNS and sign not in CODES) or _is_room(claim, match):
            continue
        code = SIGNS.get(sign, sign)
        end = match.end("a")
        values: tuple[float, ...] = (number_value(match["a"]),)
        has_base = False
        if match["b"] is not None and _is_money_range(claim, match):
            first = number_value(shared_scale(match["a"], match["b"]))
            end, values = match.end(), (first, number_value(match["b"]))
            has_base = bool(_FROM.search(claim, max(0, match.start() - 30), match.start()))
        elif match["again"]:
            again = with_rate(
                claim, Measured(match.end(), SIGNS.get(match["again"], match["again"]))
            )
            yield Found(match.start("again"), again.end, (number_value(match["b"]),), again.unit)
        measured = with_rate(claim, Measured(end, code))
        yield Found(match.start(), measured.end, values, measured.unit, has_base)


def _is_room(claim: str, match: re.Match[str]) -> bool:
    """Whether "R2", "N95" or "R346T" is a name: rands are written "R9 million", "R1,200"."""
    sign, amount = match["sign"], match["a"]
    least = LETTERS.get(sign)
    if least is None:
        return False
    if sign in set("NPKDQ") and claim[match.end("sign")].isspace():
        return True
    if _CODED.search(amount):
        # "P300M" is money, "R346T" a part of an engine.
        return "." not in amount and not (sign in {"N", "P"} and amount.endswith(("M", "B")))
    if _CENTS.search(amount):
        return False
    return not _is_amount(claim, match, least)


def _is_amount(claim: str, match: re.Match[str], least: float) -> bool:
    """Whether the number behind a letter looks like money: its size, its comma, its rate."""
    amount, value = match["a"], number_value(match["a"])
    # "The Nikkei (N225)", "Flight-K500".
    if amount.isdigit() and claim[match.start() - 1 : match.start()] in set("(.-/"):
        return False
    if match["sign"] == "R" or amount.isdigit():
        return value >= least or bool(_A_RATE.match(claim, match.end("a")))
    return "," in amount or value >= _LEAST_SCALED


def _is_money_range(claim: str, match: re.Match[str]) -> bool:
    """Not "$20 to 30 people", "$5 and $6", "£5m or €6m"."""
    how = claim[match.end("a") : match.start("again" if match["again"] else "b")].strip()
    again = match["again"]
    if again and SIGNS.get(again, again) != SIGNS.get(match["sign"], match["sign"]):
        return False
    if how == "to" and change(claim, match.start(), match.end("a"), "USD"):
        return False
    if how == "and":
        return bool(_BETWEEN_MONEY.search(claim, max(0, match.start() - 24), match.start()))
    return bool(again or how in {"-", "–", "—"} or not match["b"].replace(",", "").isdigit())


def _halves(claim: str) -> Iterator[Found]:
    for start, end, value in large_halves(claim):
        measured = _measure(claim, start, end, numeral=claim[start:end])
        if measured:
            yield Found(start, measured.end, (value * measured.factor,), measured.unit)


def _ranges(claim: str) -> Iterator[Found | Bare]:
    for pattern in (_BETWEEN_RANGE, _RANGE):
        for match in pattern.finditer(claim):
            if not is_labelled(claim, match.start("a")) and not _names_no_range(claim, match):
                one = _range(claim, match)
                if one:
                    yield one


def _names_no_range(claim: str, match: re.Match[str]) -> bool:
    """Whether the two numbers are years, days, a telephone number or a time of day."""
    start, end = match.span("b")
    return is_year_like(match["b"], claim, end) or is_date_or_label(claim, start, end)


def _range(claim: str, match: re.Match[str]) -> Found | Bare | None:
    start = match.start("a")
    first = shared_scale(match["a"], match["b"])
    values = (number_value(first), number_value(match["b"]))
    is_from = bool(_FROM.search(claim, max(0, start - 30), start))
    has_base = is_from and moves(claim, start)
    if values[0] >= values[1] and not is_from:
        return None
    measured = _measure(claim, start, match.end(), numeral=match["b"])
    if measured is None and is_from and (match["within"] or "").strip(" -"):
        measured = Measured(match.end(), "percent")
    if measured and "%" in (match["within"] or "") and measured.unit != "percent":
        return None
    if measured:
        scaled = tuple(value * measured.factor for value in values)
        return Found(start, measured.end, scaled, measured.unit, has_base)
    is_large = "illion" in match["b"]
    return Bare(start, match.end(), values, has_base) if has_base or is_large else None


def _numbers(claim: str) -> Iterator[Found | Bare]:
    for match in _NUMBER.finditer(claim):
        (start, end), numeral = match.span("a"), match["a"]
        if is_date_or_label(claim, start, end) or _is_no_count(claim, start, end, numeral):
            continue
        if _SUSPENDED.match(claim, end):
            yield Bare(start, end, (number_value(numeral),))
            continue
        measured = _measure(claim, start, end, numeral=numeral)
        if measured:
            value = round(number_value(numeral) * measured.factor, 6)
            minus = _MINUS.search(claim, max(0, start - 7), start)
            is_signed = minus and measured.unit.startswith(("percent", "degree", "point"))
            first = minus.start() if minus and is_signed else start
            value = -value if is_signed else value
            yield Found(first, measured.end, (value,), measured.unit, core=end)
        elif numeral.lower() != "one" and not _LETTER.search(numeral) and not _S.match(claim, end):
            hedged = _HEDGED.match(claim, end)
            last = hedged.end() if hedged else end
            yield Bare(start, last, (number_value(numeral),), core=end)


def _is_no_count(claim: str, start: int, end: int, numeral: str) -> bool:
    """Whether it is "net zero", "zero-emission", "4K", or too long for a number."""
    if len(numeral) > _LONGEST_NUMERAL or _PICTURE.match(numeral):
        return True
    if _NOT_ONE.search(claim, max(0, start - 6), end):
        return True
    is_zero = numeral.lower() == "zero"
    return is_zero and bool(
        _NET_ZERO.search(claim, max(0, start - 12), start) or claim.startswith("-", end)
    )
