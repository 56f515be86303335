"""Units of one kind, and how many of the kind's base unit each is.

Factors: NIST Special Publication 811 (2008), appendix B.8, and the SI Brochure, 9th edition; bytes in
powers of ten as ISO/IEC 80000-13; a year of 365.2425 days, the mean of the Gregorian calendar.
Names are those of CLDR, so that a page can say them in its language; behind each stand the other
names under which extraction and people write it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

# Kind: lines of a name, how many base units it is, and other names.
_TABLE: dict[str, str] = {
    "length": """
        nanometer 1e-9 nm | micrometer 1e-6 μm micron | millimeter 1e-3 mm | centimeter 0.01 cm | decimeter 0.1 dm
        meter 1 m | kilometer 1000 km | inch 0.0254 in | foot 0.3048 ft | yard 0.9144 yd | mile 1609.344 mi
        nautical_mile 1852 | fathom 1.8288 | light_year 9.4607304725808e15""",
    "area": """
        square_centimeter 1e-4 cm² | square_meter 1 m² sqm | square_kilometer 1e6 km² | hectare 1e4 ha | acre 4046.8564224
        square_inch 6.4516e-4 | square_foot 0.09290304 | square_yard 0.83612736 | square_mile 2589988.110336""",
    "volume": """
        milliliter 1e-6 ml | centiliter 1e-5 cl | deciliter 1e-4 dl | liter 1e-3 l | hectoliter 0.1 hl | megaliter 1e3
        cubic_centimeter 1e-6 cc cm³ | cubic_meter 1 m³ | cubic_kilometer 1e9 km³ | cubic_inch 1.6387064e-5
        cubic_foot 0.028316846592 | cubic_yard 0.764554857984 | cubic_mile 4168181825.440579584
        gallon 3.785411784e-3 | gallon_imperial 4.54609e-3 | quart 9.46352946e-4 | pint 4.73176473e-4
        fluid_ounce 2.95735295625e-5 | barrel 0.158987294928 bbl | bushel 0.03523907016688 | acre_foot 1233.48183754752""",
    "mass": """
        microgram 1e-9 μg | milligram 1e-6 mg | gram 1e-3 g | kilogram 1 kg kilo | tonne 1e3 t metric_ton
        kilotonne 1e6 kiloton kt | megatonne 1e9 megaton Mt | gigatonne 1e12 gigaton Gt | pound 0.45359237 lb
        ounce 0.028349523125 oz | ounce_troy 0.0311034768 troy_ounce | stone 6.35029318 st | short_ton 907.18474
        long_ton 1016.0469088 imperial_ton | carat 2e-4""",
    "energy": """
        joule 1 J | kilojoule 1e3 kJ | megajoule 1e6 MJ | gigajoule 1e9 GJ | terajoule 1e12 TJ | petajoule 1e15 PJ
        exajoule 1e18 EJ | Wh 3600 watt_hour watt-hour | kilowatt_hour 3.6e6 kWh kilowatt-hour
        MWh 3.6e9 megawatt_hour megawatt-hour | GWh 3.6e12 gigawatt_hour gigawatt-hour
        TWh 3.6e15 terawatt_hour terawatt-hour | kilocalorie 4184 kcal | british_thermal_unit 1055.05585262 BTU Btu""",
    "power": """
        watt 1 W | kilowatt 1e3 kW | megawatt 1e6 MW | gigawatt 1e9 GW | TW 1e12 terawatt
        horsepower 745.69987158227022 hp""",
    "duration": """
        second 1 s | minute 60 min | hour 3600 h | day 86400 | week 604800 | month 2629746 | quarter 7889238
        year 31556952 | decade 315569520 | century 3155695200""",
    "temperature": """
        celsius 1 degree_Celsius °C centigrade | fahrenheit 0.5555555555555556 degree_Fahrenheit °F | kelvin 1 K""",
    "digital": """
        bit 0.125 | byte 1 | kilobit 125 | kilobyte 1e3 kB KB | megabit 125e3 | megabyte 1e6 MB
        gigabit 125e6 | gigabyte 1e9 GB | terabit 125e9 | terabyte 1e12 TB | petabyte 1e15 PB""",
    "frequency": "hertz 1 Hz | kilohertz 1e3 kHz | megahertz 1e6 MHz | gigahertz 1e9 GHz",
    "share": "percent 0.01 % | fraction 1 | per_mille 1e-3 ‰ | ppm 1e-6",
    "points": "percentage_point 1 pp | basis_point 0.01",
    "times": "times 1",
}
# What is added after the factor: 0 °C is 32 °F and 273.15 K.
_OFFSETS = {"fahrenheit": -32 * 5 / 9, "kelvin": -273.15}
# Short for a unit of a time or of another one.
_WRITTEN = {
    "mph": "mile/h",
    "kph": "kilometer/h",
    "kmh": "kilometer/h",
    "km/h": "kilometer/h",
    "knot": "nautical mile/h",
    "mpg": "mile per gallon",
    "bpd": "barrel/D",
    "Mbps": "megabit/s",
    "Gbps": "gigabit/s",
}
# Names of several measures: what they are read as, if nothing says which.
_LOOSE = {
    "ton": "tonne",
    "gallon": "gallon",
    "quart": "quart",
    "pint": "pint",
    "calorie": "kilocalorie",
}
# Words beside the number that tell which: of the unit named first, the one named last.
_TOLD = (
    (re.compile(r"\bshort[\s-]tons?\b", re.I), "ton", "short ton"),
    (re.compile(r"\b(?:long|imperial)[\s-]tons?\b", re.I), "ton", "long ton"),
    (re.compile(r"\bmetric[\s-]tons?\b", re.I), "ton", "tonne"),
    (re.compile(r"\bnautical[\s-]miles?\b", re.I), "mile", "nautical mile"),
    (re.compile(r"\b(?:imperial|UK|British)[\s-]gallons?\b", re.I), "gallon", "gallon imperial"),
    (re.compile(r"\b(?:US|U\.S\.|American)[\s-]gallons?\b", re.I), "gallon", "US gallon"),
    (re.compile(r"\btroy[\s-]ounces?\b", re.I), "ounce", "ounce troy"),
)
_SECONDS = {
    "s": 1,
    "min": 60,
    "h": 3600,
    "D": 86400,
    "W": 604800,
    "M": 2629746,
    "Q": 7889238,
    "Y": 31556952,
}
_SAME_NOUN = {"people": "person", "persons": "person"}
# Hundredths of a currency; of a cent nobody knows whose.
_HUNDREDTHS = {"cent": "", "eurocent": "EUR", "penny": "GBP", "pence": "GBP"}
# ISO 4217: the currencies in use, and those of before that news still names.
CURRENCIES = frozenset(
    re.findall(
        r"[A-Z]{3}",
        """AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF
    CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK
    HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL
    MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON
    RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH
    UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG ZWL DEM FRF ITL ESP ATS""",
    )
)


@dataclass(frozen=True, slots=True)
class Unit:
    """What a figure is measured in.

    Attributes:
        kind: ``length``, ``money``, ``count``, …; blank where no unit is stated.
        name: the unit's own name, a currency's code or the counted noun.
        factor: how many of the kind's base unit it is; ``offset`` is added after.
        per: the unit that it is divided by, for which ``factor`` has paid already, in its kind.
        time: the code of the time that it is a rate of, as in ``EUR/M``.
        is_loose: whether its name stands for several measures and nothing tells which.
    """

    kind: str
    name: str
    factor: float = 1
    offset: float = 0
    per: str = ""
    time: str = ""
    is_loose: bool = False

    @property
    def measures(self) -> tuple[str, str]:
        """What two figures must share to be set beside each other, but for the currency."""
        return (f"count {self.name}" if self.kind == "count" else self.kind), self.per


def _named() -> Iterator[tuple[str, Unit]]:
    for kind, lines in _TABLE.items():
        for entry in re.split(r"\||\n", lines):
            words = [word.replace("_", " ") for word in entry.split()]
            if words:
                name, factor, *others = words
                unit = Unit(kind, name, float(factor), _OFFSETS.get(name, 0))
                yield from ((each, unit) for each in (name, *others))


_UNITS: dict[str, Unit] = dict(_named())
_UNITS |= {"US gallon": _UNITS["gallon"]}
_UNITS |= {name: replace(_UNITS[of], is_loose=True) for name, of in _LOOSE.items()}


@lru_cache(maxsize=1024)
def unit_of(name: str, raw: str = "") -> Unit:
    """The unit of a figure, by its name in a record and the words it was read from.

    A name that is no unit is a counted noun.
    """
    told = next((to for words, of, to in _TOLD if name.startswith(of) and words.search(raw)), None)
    whole = _WRITTEN.get(name, name)
    head, _slash, time = whole.partition("/")
    if time not in _SECONDS:
        head, time = whole, ""
    head, _per, below = head.partition(" per ")
    unit = _single(told or head)
    if below:
        divisor = _single(below)
        per = divisor.name if divisor.kind == "count" else divisor.kind
        unit = replace(unit, factor=unit.factor / divisor.factor, per=per)
    return replace(unit, time=time)


def _single(name: str) -> Unit:
    """A unit that is neither a rate nor divided by another."""
    plain = re.sub(r"(met|lit)re\b", r"\1er", " ".join(name.split()))
    if not plain:
        return Unit("", "")
    if plain.lower() in _HUNDREDTHS:
        return Unit("money", _HUNDREDTHS[plain.lower()], 0.01)
    if plain in CURRENCIES:
        return Unit("money", plain)
    if plain == "degree":
        return Unit("temperature", "")
    noun = plain.casefold()
    found = (_UNITS.get(each) for each in (plain, noun, noun.removesuffix("s")))
    return next(filter(None, found), None) or Unit("count", _SAME_NOUN.get(noun, noun))


def times_longer(code: str, other: str) -> float:
    """How many times the one time of a rate is as long as the other: a year (Y) as a day (D)."""
    return _SECONDS[code] / _SECONDS[other]
