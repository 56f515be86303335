"""The figures that a source states, read from what somebody wrote down of it, else from its quote."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from typing import Protocol

from app.domain.claim_parts import QuantityRecord
from app.domain.compared import Warned
from app.domain.compared_lines import ComparedLine, lines
from app.domain.measured_units import unit_of
from app.domain.reconciled import ExchangeRate
from app.domain.words import Change, Comparator
from app.extraction.candidate import Quantity
from app.extraction.currencies import is_money
from app.extraction.home import at_home, home_currencies
from app.extraction.language import guess_language, is_english
from app.extraction.numerals import NUMERAL, number_value
from app.extraction.quantities import quantities

_KEPT = 512
# So many characters of a quote are read, two milliseconds for a sentence; that it is more is told.
LONGEST = 2_000
_RATE = re.compile(r"[(\[,;]?\s*(?P<base>[^()\[\],;=]{1,40})=(?P<other>[^()\[\];=]{1,40})[)\]]?")
_BARE = re.compile(rf"\s*(?P<number>{NUMERAL})\s*", re.IGNORECASE)
# What somebody says of money that is reckoned at the prices of one year.
_REAL = re.compile(
    r"\badjusted\sfor\sinflation|\binflation-adjusted|\bin\sreal\sterms|\b(?:at|in)\s(?:constant|\d{4})\s(?:prices|dollars|euros|pounds)\b",
    re.IGNORECASE,
)


class Use(Protocol):
    """A use of a source, stored or only typed so far: its words, and where they stand."""

    @property
    def figure(self) -> str:
        """What somebody wrote down that the source states; blank where its quote says it."""

    @property
    def quote(self) -> str:
        """The words of the source."""

    @property
    def quote_translation(self) -> str | None:
        """The same in another language."""

    @property
    def language(self) -> str | None:
        """The language of the quote, where it is known."""

    @property
    def url(self) -> str | None:
        """Where the source stands."""

    @property
    def publisher(self) -> str | None:
        """Who published it."""

    @property
    def published(self) -> str | None:
        """When, as precise as it is known."""


@dataclass(frozen=True, slots=True)
class Read:
    """What is read of a use: its figures, and the rate of exchange that stands with them.

    ``is_told``: somebody wrote the figure down; ``is_real``: it is at the prices of one year;
    ``is_cut``: the text goes on behind what was read.
    """

    figures: tuple[QuantityRecord, ...] = ()
    rate: ExchangeRate | None = None
    is_told: bool = False
    is_real: bool = False
    is_cut: bool = False


def compared(
    quantities: Sequence[QuantityRecord], use: Use, *, words: str = ""
) -> Sequence[ComparedLine]:
    """The figures of a claim, each beside the likeliest one of a use of a source.

    ``words`` are the claim's, in which it may say that its money is adjusted for inflation.
    """
    if not quantities or not (use.figure.strip() or use.quote.strip()):
        return ()
    return _lines(tuple(quantities), figures_of(use), is_real=bool(_REAL.search(words)))


@lru_cache(maxsize=_KEPT)
def _lines(
    quantities: tuple[QuantityRecord, ...], read: Read, *, is_real: bool
) -> tuple[ComparedLine, ...]:
    found = lines(quantities, read.figures, rate=read.rate, is_told=read.is_told)
    is_other = read.is_real != is_real
    return tuple(_warned(line, is_other=is_other, is_cut=read.is_cut) for line in found)


def _warned(line: ComparedLine, *, is_other: bool, is_cut: bool) -> ComparedLine:
    """A line with what the words around tell: that one of the two alone is adjusted for inflation."""
    one, more = line.comparison, list[Warned]()
    if is_other and one.is_compared and unit_of(one.claim.unit).kind == "money":
        more.append(Warned.PRICES)
    more += [Warned.CUT] if is_cut else []
    return replace(line, comparison=replace(one, warnings=(*one.warnings, *more)))


def figures_of(use: Use) -> Read:
    """What a use states: what was written down of it, where that is a figure, else its quote.

    The grammar is of English alone: of a quote in another language its translation is read.
    """
    place = (use.published, use.publisher, use.url)
    told = _read(use.figure.strip(), *place)
    if told.figures:
        return replace(told, is_told=True)
    return replace(_read(_english(use), *place), rate=told.rate)


def _english(use: Use) -> str:
    if is_english(use.language or guess_language(use.quote)):
        return use.quote
    translation = use.quote_translation or ""
    return translation if is_english(guess_language(translation)) else ""


@lru_cache(maxsize=_KEPT)
def _read(text: str, published: str | None, publisher: str | None, url: str | None) -> Read:
    """The figures of a text; the day it was published tells when "last year" was."""
    is_cut = len(text) > LONGEST
    rate, rest = _rate_in(text[:LONGEST].rsplit(maxsplit=1)[0] if is_cut else text)
    found = quantities(rest, published)
    if any(is_money(one.unit) for one in found):
        home = home_currencies(rest, publisher=publisher, url=url)
        found = tuple(at_home(one, home) for one in found)
    read = tuple(_record(one) for one in found) or tuple(_bare(rest))
    return Read(read, rate, is_real=bool(_REAL.search(rest)), is_cut=is_cut)


def _rate_in(text: str) -> tuple[ExchangeRate | None, str]:
    """A rate such as "(1 USD = 0.92 EUR)" in a text, and the text without it."""
    for match in _RATE.finditer(text):
        base, other = (quantities(match[side].strip()) for side in ("base", "other"))
        is_rate = len(base) == len(other) == 1 and {base[0].unit, other[0].unit} != {""}
        if is_rate and all(is_money(one.unit) and one.value > 0 for one in (*base, *other)):
            (one,), (two,) = base, other
            raw = match[0].strip(" ()[],;")
            rate = ExchangeRate(one.unit, two.unit, two.value / one.value, raw)
            return rate, f"{text[: match.start()]} {text[match.end() :]}".strip()
    return None, text


def _bare(text: str) -> Iterator[QuantityRecord]:
    """A number that stands alone: of what is not stated."""
    match = _BARE.fullmatch(text)
    if match:
        number = match["number"]
        yield QuantityRecord(value=number_value(number), unit="", raw=number, period=None)


def _record(quantity: Quantity) -> QuantityRecord:
    values = asdict(quantity)
    values["comparator"] = Comparator(quantity.comparator)
    values["change"] = Change(quantity.change) if quantity.change else None
    return QuantityRecord(**values)
