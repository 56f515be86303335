"""Figures compared, for the pages: one sentence for two figures, and what is to be said beside it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import floor, log10
from typing import TYPE_CHECKING, Protocol

from babel import numbers, units
from flask import Flask
from flask_babel import gettext as _
from flask_babel import ngettext

from app.domain.claim_parts import QuantityRecord
from app.domain.compared import Comparison, Outcome, Warned
from app.domain.compared_lines import ComparedLine
from app.domain.measured_units import unit_of
from app.domain.reconciled import Hindrance, Note
from app.domain.records import ClaimRecord, EvidenceRecord
from app.domain.words import Comparator
from app.web import filters
from app.web.compared_words import EACH
from app.web.languages import page_locale
from app.web.wording import word

if TYPE_CHECKING:
    from app.extraction.used_figures import Use

# From here on a number is told in words: "80 million".
_IN_WORDS = 1_000_000
_RECKONED = frozenset({Note.CONVERTED, Note.EXCHANGED, Note.RATE_TIME, Note.SPAN, Note.MULTIPLE})


class Fields(Protocol):
    """What was typed, by the names of fields."""

    def __getitem__(self, name: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Told:
    """Two figures in words; ``shape`` tells of which sort it is, ``others`` what else stands there."""

    shape: str
    sentence: str
    asides: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Typed:
    """A row of sources as it is typed so far."""

    figure: str
    quote: str
    quote_translation: str
    language: str
    url: str
    publisher: str
    published: str


def install(app: Flask) -> None:
    """Make them known to the templates."""
    app.jinja_env.filters.update(compared_uses=compared_uses, compared_row=compared_row)


def compared_uses(
    uses: Iterable[EvidenceRecord], claim: ClaimRecord
) -> dict[int | None, Sequence[Told]]:
    """What uses of sources say of the figures of a claim, by the key of the use."""
    return {use.id: _told_of(use, claim) for use in uses}


def _told_of(use: "Use", claim: ClaimRecord) -> list[Told]:
    """What a use says of the figures of a claim, in sentences; [] where it says none."""
    if not claim.quantities:
        return []
    from app.extraction.used_figures import compared  # noqa: PLC0415 - reading figures is slow to load

    return [told(line) for line in compared(claim.quantities, use, words=claim.text)]


def compared_row(typed: Fields, row: int, claim: ClaimRecord) -> list[Told]:
    """The same for a row of sources that is only typed."""
    if not claim.quantities:
        return []
    names = {"quote_translation": "translation"}
    fields = {
        name: typed[f"sources-{row}-{names.get(name, name)}"]
        for name in _Typed.__dataclass_fields__
    }
    return _told_of(_Typed(**fields), claim)


def told(line: ComparedLine) -> Told:
    """Two figures in words."""
    one = line.comparison
    figures = {"claim": _figure(one.claim), "source": _figure(one.source)}
    if one.because is not None:
        reason = word(one.because)
        sentence = _(
            "The claim says %(claim)s, the source %(source)s: not compared, for %(reason)s.",
            reason=reason,
            **figures,
        )
    else:
        sentence = _(
            "The claim says %(claim)s, the source %(source)s: %(result)s.",
            result=_result(one),
            **figures,
        )
    others = tuple(_figure(other, has_period=True) for other in line.others)
    return Told(one.outcome.value, sentence, tuple(_asides(one)), others)


def _figure(one: QuantityRecord, *, has_period: bool = False) -> str:
    """A figure as it is written, with what it rose by, and how near it is to be taken."""
    before = [word(one.change)] if one.change else []
    before += [word(one.comparator)] if one.comparator is not Comparator.EXACT else []
    period = f" ({filters.apart(one.period)})" if has_period and one.period else ""
    base = f" ({_('what it is compared with')})" if one.is_base else ""
    return " ".join([*before, filters.apart(one.raw.strip(" .,;"))]) + base + period


def _result(one: Comparison) -> str:
    said, difference = word(one.outcome), _difference(one)
    if one.outcome is Outcome.DIFFERS:
        return difference or str(_("just that number, and nothing beyond it"))
    return f"{said} ({difference})" if difference else said


def _shortened(value: float, digits: int) -> float:
    """A number with so many digits that are not zeros."""
    return round(value, digits - 1 - floor(log10(value))) if value > 0 else value


def _difference(one: Comparison) -> str:
    """By how much the claim says more or less; blank where it is nothing."""
    if not one.difference:
        return ""
    # What was brought to another unit is no finer than what it was made of.
    size = _shortened(abs(one.difference), 3) if one.notes else abs(one.difference)
    values = {"amount": amount_of(size, one.unit, raw=one.claim.raw)}
    is_more = one.difference > 0
    if one.relative is None:
        more, less = _("%(amount)s more than the source"), _("%(amount)s less than the source")
        return str(more if is_more else less) % values
    values["percent"] = _percent(abs(one.relative))
    more = _("%(amount)s or %(percent)s more than the source")
    less = _("%(amount)s or %(percent)s less than the source")
    return str(more if is_more else less) % values


def _asides(one: Comparison) -> Sequence[str]:
    """What was assumed, and what the two leave open."""
    if one.because is Hindrance.CURRENCY:
        units_of = (unit_of(one.source.unit).name, unit_of(one.claim.unit).name)
        rate = f"{one.source.raw} (1 {units_of[0]} = … {units_of[1]})"
        return [_("With a rate behind the figure they are: “%(example)s”.", example=rate)]
    found = []
    if _RECKONED & set(one.notes) and one.value is not None:
        in_claims = amount_of(_shortened(one.value, 4), one.claim.unit, raw=one.claim.raw)
        found.append(_("In the terms of the claim the source says %(amount)s.", amount=in_claims))
    if one.rate is not None:
        found.append(_("The rate is the one written down: %(rate)s.", rate=one.rate.raw))
    silent = {Note.CONVERTED, Note.EXCHANGED}
    found += [word(note) for note in one.notes if note not in silent]
    return [*found, *(_warning(one, warned) for warned in one.warnings)]


def _warning(one: Comparison, warned: Warned) -> str:
    if warned is Warned.OTHER_TIME and one.claim.period and one.source.period:
        said = _(
            "They are of different times: “%(claim)s” in the claim, “%(source)s” in the source."
        )
        times = {"claim": one.claim.period, "source": one.source.period}
        return str(said) % {name: filters.apart(period) for name, period in times.items()}
    return word(warned)


def amount_of(value: float, unit: str, *, raw: str = "") -> str:
    """A number with its unit in the language of the page: 80 million euros, 2 percentage points.

    ``raw`` are the words that the unit was read from. Of what is counted, or divided by another
    measure, it is the number alone: the noun is the article's.
    """
    measured = unit_of(unit, raw)
    if measured.kind == "share":
        said = _percent(value * measured.factor)
    else:
        said = _number(value) if measured.per else _amount(value, measured.kind, measured.name)
    return str(EACH[measured.time]) % {"amount": said} if measured.time else said


def _amount(value: float, kind: str, name: str) -> str:
    number = _number(value)
    if kind == "money" and name:
        return f"{number} {numbers.get_currency_name(name, count=value, locale=page_locale())}"
    if kind == "points":
        is_one = 1 if number == "1" else 2
        return str(
            ngettext(
                "%(number)s percentage point", "%(number)s percentage points", is_one, number=number
            )
        )
    if kind == "times":
        is_one = 1 if number == "1" else 2
        return str(ngettext("%(number)s time", "%(number)s times", is_one, number=number))
    if kind in {"", "money", "count", "share"} or not name:
        return number
    return _measure(value, number, kind, name)


def _measure(value: float, number: str, kind: str, name: str) -> str:
    """A measure by its name in CLDR; those that it has no name for are told by their signs."""
    names = {"short ton": "ton"}
    code = f"{kind}-{names.get(name, name).replace(' ', '-')}"
    plain = numbers.format_decimal(value, "0.######", locale=page_locale())
    try:
        said = units.format_unit(value, code, format="0.######", locale=page_locale())
    except units.UnknownUnitError:
        return f"{number} {name}"
    return said.replace(plain, number, 1)


def _number(value: float) -> str:
    """A number for readers: from a million on in words, with two decimals at most."""
    size = abs(value)
    if size >= _IN_WORDS:
        step = 1000.0 ** floor(log10(size) / 3)
        # "1 Million", where one million is no plural.
        if round(size / step, 2) not in {1, 1000}:
            return numbers.format_compact_decimal(
                value, format_type="long", fraction_digits=2, locale=page_locale()
            )
    return filters.number(value, _decimals(size))


def _decimals(size: float) -> int:
    """How many decimals tell enough: two, or as many as the first two digits of a small one take."""
    if size >= 1 or size == 0:
        return 2
    return min(8, 1 - floor(log10(size)))


def _percent(share: float) -> str:
    """A share in percent: with one decimal, a small one with as many as tell it."""
    size = abs(share) * 100
    digits = "#,##0." + "#" * (1 if size >= 1 else _decimals(size))
    pattern = page_locale().percent_formats[None].pattern.replace("#,##0", digits)
    return numbers.format_percent(share, pattern, locale=page_locale())
