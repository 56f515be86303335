"""Two figures brought to one unit: measures, currencies, times of a rate, shares and multiples."""

from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain import figure_periods
from app.domain.claim_parts import QuantityRecord
from app.domain.measured_units import Unit, times_longer, unit_of
from app.domain.rounding import tolerance
from app.domain.words import Change


class Hindrance(StrEnum):
    """Why two figures are not compared."""

    KIND = "kind"
    POINTS = "points"
    CURRENCY = "currency"
    CHANGE = "change"
    BASE = "base"
    RATE = "rate"
    BOUNDS = "bounds"


class Note(StrEnum):
    """What was done, or assumed, to bring two figures to one unit."""

    CONVERTED = "converted"
    EXCHANGED = "exchanged"
    RATE_TIME = "rate-time"
    SPAN = "span"
    LOOSE = "loose"
    LEVELS = "levels"
    MULTIPLE = "multiple"


@dataclass(frozen=True, slots=True)
class ExchangeRate:
    """One of ``base`` is ``value`` of ``other``, as ``raw`` says: "1 USD = 0.92 EUR"."""

    base: str
    other: str
    value: float
    raw: str

    def factor(self, given: str, wanted: str) -> float | None:
        """How many of the wanted currency one of the given is; None where the rate is of others."""
        if (given, wanted) == (self.base, self.other):
            return self.value
        return 1 / self.value if (given, wanted) == (self.other, self.base) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two figures in the unit of the first; ``source`` has its number in it.

    Attributes:
        to_percent: between two shares, what makes percentage points of a difference; else 1.
        assumes_claim: nothing tells which of several measures the claim's unit is.
        tolerance: how far the two may be apart by how they are written, in the claim's unit.
    """

    claim: QuantityRecord
    source: QuantityRecord
    kind: str
    to_percent: float = 1
    notes: tuple[Note, ...] = ()
    rate: ExchangeRate | None = None
    assumes_claim: bool = False
    assumes_source: bool = False
    tolerance: float = 0


def pair(
    claim: QuantityRecord, source: QuantityRecord, *, rate: ExchangeRate | None = None
) -> Pair | Hindrance:
    """Two figures in the unit of the claim, or why they cannot be brought to it."""
    ours, theirs = unit_of(claim.unit, claim.raw), unit_of(source.unit, source.raw)
    if {ours.kind, theirs.kind} == {"times", "share"}:
        return _of_multiple(claim, source)
    assumes = (_is_open(ours, theirs), _is_open(theirs, ours))
    ours, theirs = _told_by(ours, theirs), _told_by(theirs, ours)
    hindrance = _hindrance(claim, source, ours, theirs)
    if hindrance:
        return hindrance
    factor, notes = _factor(claim, source, ours, theirs)
    exchanged = _exchanged(ours, theirs, rate)
    if factor is None or exchanged is None:
        return Hindrance.CURRENCY if exchanged is None else Hindrance.RATE
    if exchanged != 1:
        notes = (*notes, Note.EXCHANGED)
    return _paired(
        claim,
        source,
        (ours, theirs),
        factor=factor * exchanged,
        notes=notes,
        rate=rate if Note.EXCHANGED in notes else None,
        assumes=assumes,
    )


def _paired(
    claim: QuantityRecord,
    source: QuantityRecord,
    units: tuple[Unit, Unit],
    *,
    factor: float,
    notes: tuple[Note, ...],
    rate: ExchangeRate | None,
    assumes: tuple[bool, bool],
) -> Pair:
    ours, theirs = units
    # Of what rose by so many degrees, no zero of a scale is to be taken off.
    offset = (theirs.offset - ours.offset) / ours.factor if claim.change is None else 0
    if offset:
        notes = (*notes, Note.LEVELS)
    return Pair(
        claim=_signed(claim, source, claim.value),
        source=_signed(source, claim, source.value * factor + offset),
        kind=ours.kind,
        to_percent=ours.factor * 100 if ours.kind == "share" else 1,
        notes=notes,
        rate=rate,
        assumes_claim=assumes[0],
        assumes_source=assumes[1],
        tolerance=max(tolerance(claim), tolerance(source) * factor),
    )


def _signed(figure: QuantityRecord, other: QuantityRecord, value: float) -> QuantityRecord:
    """A fall beside a rise is a number below zero; two falls are compared by how deep they are."""
    turns = figure.change is Change.FALL and other.change is Change.RISE
    return replace(figure, value=-value if turns else value)


def _is_open(unit: Unit, other: Unit) -> bool:
    """Whether a figure leaves its unit to be guessed from the other's."""
    return not unit.name and bool(other.name) and unit.kind in {"", other.kind}


def _told_by(unit: Unit, other: Unit) -> Unit:
    """A unit that is not stated, or not whose, as the other has it."""
    if not _is_open(unit, other):
        return unit
    if unit.kind == "money":
        return replace(unit, name=other.name)
    return replace(other, time=unit.time or (other.time if not unit.kind else ""))


def _hindrance(
    claim: QuantityRecord, source: QuantityRecord, ours: Unit, theirs: Unit
) -> Hindrance | None:
    """Why two figures cannot be compared, whatever their numbers are."""
    if {ours.kind, theirs.kind} == {"points", "share"}:
        return Hindrance.POINTS
    if ours.measures != theirs.measures:
        return Hindrance.KIND
    # What something rose from is the level of its time all the same.
    if claim.is_base != source.is_base and not figure_periods.same(claim, source):
        return Hindrance.BASE
    is_change = claim.change is not None
    if ours.kind != "points" and is_change != (source.change is not None):
        return Hindrance.CHANGE
    return None


def _factor(
    claim: QuantityRecord, source: QuantityRecord, ours: Unit, theirs: Unit
) -> tuple[float | None, tuple[Note, ...]]:
    """What makes the source's number one in the claim's unit; None where the one is no rate."""
    factor, notes = theirs.factor / ours.factor, list[Note]()
    is_other = ours.name != theirs.name and ours.kind not in {"count", "money"}
    if is_other or (ours.per and factor != 1):
        notes.append(Note.CONVERTED)
    if ours.is_loose != theirs.is_loose:
        notes.append(Note.LOOSE)
    if ours.time == theirs.time:
        return factor, tuple(notes)
    # What was so much in a year is so much a year.
    ours_time = ours.time or figure_periods.length_of(claim)
    their_time = theirs.time or figure_periods.length_of(source)
    if ours_time is None or their_time is None:
        return None, ()
    notes += [Note.SPAN] if not (ours.time and theirs.time) else []
    notes += [Note.RATE_TIME] if ours_time != their_time else []
    return factor * times_longer(ours_time, their_time), tuple(notes)


def _exchanged(ours: Unit, theirs: Unit, rate: ExchangeRate | None) -> float | None:
    """How many of the claim's currency one of the source's is; None where no rate tells."""
    if ours.kind != "money" or ours.name == theirs.name:
        return 1
    return rate.factor(theirs.name, ours.name) if rate else None


def _of_multiple(claim: QuantityRecord, source: QuantityRecord) -> Pair | Hindrance:
    """A multiple beside a share: three times as many is 200 percent more, and 300 percent of it."""
    is_claim = unit_of(claim.unit).kind == "times"
    times, other = (claim, source) if is_claim else (source, claim)
    shares = {Change.RISE: times.value - 1, Change.FALL: 1 - times.value, None: times.value}
    as_share = replace(
        times, value=shares[other.change], unit="fraction", change=other.change, is_base=False
    )
    found = pair(as_share, source) if is_claim else pair(claim, as_share)
    if isinstance(found, Hindrance):
        return found
    return replace(found, notes=(Note.MULTIPLE,))
