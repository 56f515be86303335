"""Time in a claim: the period a number holds for, and numbers that only name a date or a thing."""

import re

_UNIT = r"(?:second|minute|hour|day|week|month|quarter|year|decade|century|season)"
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_SMALL = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|a|an|the|\d{1,3})"
_PERIOD = re.compile(
    rf"\b(?:[Bb]etween\s+(?:{_MONTH}\s+)?(?:19|20)\d\d\s+and\s+(?:{_MONTH}\s+)?(?:19|20)\d\d"
    rf"|(?:[Ff]rom\s+)(?:{_MONTH}\s+)?(?:19|20)\d\d\s+to\s+(?:{_MONTH}\s+)?(?:19|20)\d\d"
    rf"|(?:[Ii]n|[Oo]ver|[Ww]ithin|[Dd]uring)\s+(?:(?:just|only|about|under|the)\s+)*"
    rf"(?:(?:last|past|first|second|third|fourth|next|previous|same|recent|final)\s+)?"
    rf"(?:{_SMALL}\s+)?{_UNIT}s?(?:\s+of\s+(?:19|20)\d\d)?"
    rf"|(?:[Ii]n|[Ss]ince|[Dd]uring|[Bb]y)\s+(?:{_MONTH}(?:,?\s+(?:19|20)\d\d)?|(?:19|20)\d\d)"
    rf"|(?:[Tt]his|[Ll]ast|[Nn]ext)\s+{_UNIT}|so\s+far\s+this\s+year"
    rf"|a\s+{_UNIT}\s+(?:ago|earlier))\b"
)
_YEAR = re.compile(r"(?:1[0-9]|20)\d\d(?:s\b|$)")
_MONTH_BEFORE = re.compile(rf"\b{_MONTH}\s(?:\d{{1,2}},\s)?$")
_MONTH_AFTER = re.compile(rf"(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH}\b(?!\s*[a-z])|(?:st|nd|rd|th)\b")
_CLOCK = re.compile(
    r":\d\d|\s?(?:[ap]\.?m\b|o[’']clock|BST|GMT|EST|EDT|ET\b)|(?:[- ]?(?:inch screen))",
    re.IGNORECASE,
)
_LABEL_BEFORE = re.compile(
    r"\b(?:No\.?|Articles?|Sections?|Chapters?|Flight|Route|Highway|Interstate|Title|Boeing|Airbus"
    r"|Windows|iPhone|Covid|COVID|Group|Phase|Type|Level|Terminal|Apollo|Unit|Room|Gate|Channel"
    r"|Formula|Page|Volume|Season|Episode|Round|Figure|Proposition|Prop\.|Resolution|number|Form"
    r"|Big|Top|Ward|District|Area|Model|Mach|Sept|September)[\s-]$"
)
_YEAR_CONTEXT = re.compile(
    r"\b(?:in|since|by|of|from|until|during|before|after|late|early|mid|year|to|and|the|than|"
    rf"through|between|summer|spring|autumn|fall|winter|{_MONTH}|\d{{1,2}},)[\s-]$",
    re.IGNORECASE,
)


def period_near(claim: str, start: int, end: int) -> str | None:
    """The words that say for which time a number holds: the first after it, else before it."""
    found = [m for m in _PERIOD.finditer(claim) if m.end() <= start or m.start() >= end]
    after = [m[0] for m in found if m.start() >= end]
    if after:
        return after[0]
    return found[-1][0] if found else None


def is_date_or_label(claim: str, start: int, end: int) -> bool:
    """Whether digits are a day, a year, a time of day, or part of a name."""
    number = claim[start:end]
    before = claim[max(0, start - 24) : start]
    if _CLOCK.match(claim, end) or _LABEL_BEFORE.search(before):
        return True
    if not number.replace(",", "").isdigit():
        return False
    if _MONTH_BEFORE.search(before) or _MONTH_AFTER.match(claim, end):
        return True
    return bool(_YEAR.match(number)) and "," not in number and _is_year(claim, end, before)


def _is_year(claim: str, end: int, before: str) -> bool:
    if _YEAR_CONTEXT.search(before) or not before.strip():
        return True
    # "2019 elections" is a year, "2000 homes" is a count: only a plural noun decides.
    return not re.match(r"\s[a-z]+s\b", claim[end:])
