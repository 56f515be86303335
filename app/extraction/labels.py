"""Numbers that measure nothing: days, years, times of day, and parts of names and addresses."""

import re

MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d(?:s\b|$)")
_MONTH_BEFORE = re.compile(rf"\b{MONTH}\s(?:\d{{1,2}}(?:,|\s?[-–]|\sand|\sto|\sor)\s?)?$")
_MONTH_AFTER = re.compile(
    rf"(?:\s?(?:st|nd|rd|th))?(?:\s?[-–]\s?\d{{1,2}}|\s(?:and|to|or)\s\d{{1,2}})?\s(?:of\s)?{MONTH}(?![a-z])"
    r"|(?:st|nd|rd|th)\b"
)
_CLOCK = re.compile(
    r":\d\d|\s?(?:(?i:[ap]\.?\s?m\b|o[’']clock\b)|hrs\s|(?:BST|GMT|UTC|EST|EDT|PST|CET|ET|PT)\b)"
)
_HALF_DAY = re.compile(r"\s?(?:-|–|to|until)\s?\d{1,2}(?::\d\d)?\s?[ap]\.?m\b", re.IGNORECASE)
# The rest of a telephone number, a date in digits, a score of a law ("24/7", "555-0199", "9/11").
_MORE_DIGITS = re.compile(r"\s?/\s?\d|-\d{3,4}(?:-\d|\b(?!\s[a-z]))|-\d+-\d")
_DIGITS_BEFORE = re.compile(r"\d\s?/\s?$")
_PHONE_BEFORE = re.compile(
    r"(?:\+\d[\d\s]*|\b(?:call|dial|phone|text|tel)\W{1,2}(?:\d[\d\s]*)?)$", re.I
)
_LABELS = (
    r"(?:Nos?|Articles?|Sections?|Chapters?|Flights?|Route|Highway|Interstate|Title|Boeing|Airbus|Windows|iPhone"
    r"|iPad|Galaxy|Pixel|PlayStation|Xbox|iOS|iPadOS|macOS|Wi-Fi|WiFi|Thunderbolt|USB|AirPlay|MagSafe|Bluetooth|HDMI|Geekbench|Destiny|GPT|Android|Covid|COVID|COVID-|Group|Phases?|Type|Levels?|Terminals?|Apollo|Units?"
    r"|Rooms?|Gates?|Channel|Formula|Pages?|Volume|Season|Episodes?|Rounds?|Figure|Proposition|Prop|Resolution"
    r"|Form|Big|Top|Wards?|Districts?|Area|Model|Mach|Sept|September|Fortune|FTSE|Dow|Nikkei|Russell|Nasdaq"
    r"|CAC|Stoxx|STOXX|CSI|SMI|IBEX|S&P|Super\sBowl|UFC|WrestleMania|Group\sof|Falcon|Soyuz|Artemis|Voyager|Ariane"
    r"|Hall|Lot|Building|Block|Zone|Exit|Junction|Pier|Platform|Studio|Catch|Rule|Stage|Game|Week|Day"
    r"|Act|Part|Book|Step|Tier|Category|Class|Grade|Bill|Measure|Amendment|Schedule|Item|Case|File|Room"
    r"|Psalm|Isaiah|Matthew|Genesis|Channel|Bus|Train|Line|Track|Lane|Route|Hurricane|Mark|Mk|Vol|Ch|Fig|pp"
    r"|Opus|Op|Symphony|Sonata|Concerto|Agent|Call\sof\sDuty|Battlefield|Kepler|Trappist|Asteroid"
    r"|Psalms|Verse|Expo|Agenda|Vision|Euro|Mercedes|Porsche|Ferrari|Audi|Ford|Galaxy\sS|Note|Regulation|Regulations|SB|HB|AB|S\.?B|H\.?B|H\.?R|S\.?R|H\.?\s?Res|Table|Exhibit|Appendix|Annex|Decree|Directive|Ordinance)"
)
_LABEL_BEFORE = re.compile(
    rf"\b(?:{_LABELS}\.?|(?:number|types?|stage|tier|phases?|level|grades?|chapter|page|pages|episode"
    r"|season|section|article|category|flight|route|no\.|room|rooms|form|gate|verse|volume|paragraph"
    r"|clause|schedule|regulation|exhibit|rule|table|footnote|version|key|platform|class|year|step|apartment|suite))[\s-]$"
)
_YEAR_CONTEXT = re.compile(
    r"\b(?:in|since|by|of|from|until|during|before|after|late|early|mid|year|to|and|the|than|fiscal"
    rf"|through|between|summer|spring|autumn|fall|winter|his|her|its|their|{MONTH}|\d{{1,2}},)[\s-]$",
    re.IGNORECASE,
)
_MANY_AFTER = re.compile(
    r"\s(?:people|men|women|children|troops|homes|houses|families|soldiers|jobs|workers|employees"
    r"|students|miles|kilomet\w+|met(?:er|re)s|feet|acres|hectares|dollars|euros|pounds|rupees|tons"
    r"|tonnes|cases|deaths|votes|square|cubic|calories|hours|days|barrels|[mkg]{1,2}\b)|\s?%"
)
_MODEL = re.compile(r"(?:7[0-8]7|A3\d\d)$")
_MODEL_AFTER = re.compile(
    r"(?:-\d|x\b|s\b|\s(?:Max|MAX|Dreamliner|jet|plane|airliner|aircraft|flight))"
)
_NUMBER_BEFORE = re.compile(
    r"\b(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|twelve)\s$", re.IGNORECASE
)
# "A GX 460", "the LC 500 Convertible", but not "the EU 300 Leopards".
_CODE_BEFORE = re.compile(
    r"\b(?:[Aa]n?\s(?:new\s)?(?!(?:US|UK|EU|UN)\s)|(?P<the>[Tt]he\s(?:new\s)?|[A-Z][a-z]+\s))[A-Z]{1,3}\s$"
)
_NAMED_AFTER = re.compile(r"\s[A-Z][\w’'-]*(?<![sS])\b")
_NAME_AFTER = re.compile(r"-\d|\s[A-Z]")
_BEFORE = 32


def is_date_or_label(claim: str, start: int, end: int) -> bool:
    """Whether a number is a day, a year, a time of day, or part of a name."""
    number, before = claim[start:end], claim[max(0, start - _BEFORE) : start]
    if _LABEL_BEFORE.search(before) or _CLOCK.match(claim, end):
        return True
    if not number.replace(",", "").isdigit():
        return _is_name(claim, start, number)
    if any(pattern.search(before) for pattern in (_PHONE_BEFORE, _DIGITS_BEFORE, _MONTH_BEFORE)):
        return True
    if any(pattern.match(claim, end) for pattern in (_HALF_DAY, _MORE_DIGITS, _MONTH_AFTER)):
        return True
    if _is_model(claim, end, number, before):
        return True
    return bool(_YEAR.match(number)) and "," not in number and _is_year(claim, end, before)


def is_labelled(claim: str, start: int) -> bool:
    """Whether the words before make a number, or two, a name or a day."""
    before = claim[max(0, start - _BEFORE) : start]
    return any(
        pattern.search(before)
        for pattern in (_LABEL_BEFORE, _MONTH_BEFORE, _PHONE_BEFORE, _DIGITS_BEFORE)
    )


def is_year_like(number: str, claim: str, end: int) -> bool:
    """Whether digits look like a year, and no noun makes them a count."""
    return bool(re.fullmatch(r"(?:19|20)\d\d", number)) and not _MANY_AFTER.match(claim, end)


def _is_name(claim: str, start: int, number: str) -> bool:
    """Whether it is "Big Ten" or "the Final Four": a number word with a capital within a sentence."""
    if not number[0].isupper() or start == 0 or not claim[start - 1].isspace():
        return False
    return claim[:start].rstrip()[-1:] not in {
        "",
        ".",
        "“",
        '"',
        "‘",
        ":",
        "—",
        "–",
        "-",
        "?",
        "!",
        "(",
        "•",
    }


def _is_model(claim: str, end: int, number: str, before: str) -> bool:
    """Whether it names a model: the second number of "five 787 Dreamliners"."""
    if _MODEL.match(number) and _MODEL_AFTER.match(claim, end):
        return True
    code = _CODE_BEFORE.search(before) if number.isdigit() and len(number) > 1 else None
    if code and (not code["the"] or _NAMED_AFTER.match(claim, end)):
        return True
    is_second = bool(_NUMBER_BEFORE.search(before))
    return is_second and bool(_MODEL.match(number) or _NAME_AFTER.match(claim, end))


def _is_year(claim: str, end: int, before: str) -> bool:
    """Counts of a thousand and more are written with a comma, but for the round ones."""
    if _MANY_AFTER.match(claim, end):
        return False
    if _YEAR_CONTEXT.search(before) or not before.strip():
        return True
    return not (
        claim[end - 2 : end] in {"00", "50"} and re.match(r"\s[a-z]+s\b", claim[end : end + 30])
    )
