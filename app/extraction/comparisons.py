"""How a figure stands to what is meant: about, at least, more; and what it rose or fell by."""

import re

from app.extraction.candidate import Change, Comparator
from app.extraction.currencies import is_money
from app.extraction.found import Found
from app.extraction.units import DURATIONS

_LEADS: tuple[tuple[Comparator, str], ...] = (
    (
        "at-least",
        (
            r"at\sleast|no\s(?:fewer|less)\sthan|not\sless\sthan|a\sminimum\sof|minimum|starting\s(?:at|from)"
        ),
    ),
    (
        "at-most",
        (
            r"at\s(?:the\s)?most|up\sto|as\s(?:many|much|high|long|far|old|large)\sas|no\s(?:more|later|longer|higher)\sthan"
            r"|not\smore\sthan|a\smaximum\sof|maximum|capped\sat|within"
        ),
    ),
    (
        "more",
        (
            r"(?:more|greater|higher|larger|longer|older|bigger|better|rather\smore)\sthan|over|above|exceed(?:s|ed|ing)?|upwards?\sof"
            r"|in\sexcess\sof|north\sof|past|beyond|topp(?:ed|ing)|surpass(?:ed|ing)"
        ),
    ),
    (
        "less",
        (
            r"(?:less|fewer|lower|smaller|shorter|younger)\sthan|under|below|short\sof|shy\sof|south\sof|beneath"
        ),
    ),
    (
        "about",
        (
            r"about|around|roughly|approximately|some|circa|an?\sestimated|estimated|nearly|almost|close\sto|virtually|approaching"
            r"|near|nearing|something\slike|in\sthe\sregion\sof|or\sso|perhaps|an?\saverage\sof"
        ),
    ),
)
_LEAD = re.compile(
    r"\b(?:"
    + "|".join(f"(?P<{code.replace('-', '_')}>{words})" for code, words in _LEADS)
    + r")\s(?:(?:just|only|the|an?|another|an\sadditional|a\sfurther|a\stotal\sof|about|around|some|nearly)\s)*[“\"‘$(]?$",
    re.IGNORECASE,
)
_OR_MORE = re.compile(
    r"(?:\+(?!\w)|-plus\b|\s(?:\w+\s)?(?:or\s(?:more|older|over|above|higher|greater)|and\s(?:older|over|above|up(?!\s\d)|counting)|plus\b))",
    re.IGNORECASE,
)
_OR_LESS = re.compile(
    r"\s(?:\w+\s)?(?:or\s(?:less|fewer|younger|under|below|lower)|and\s(?:younger|under|below)|at\s(?:the\s)?most)\b",
    re.IGNORECASE,
)
_OR_SO = re.compile(r"(?:-odd\b|-some\b|\sor\sso\b|\s(?:\w+\s)?or\sso\b|-ish\b)", re.IGNORECASE)
_SPAN_LEAD = re.compile(r"\b(?:over|past|within|beyond)\s(?:the\s)?$", re.IGNORECASE)
_FILLER = (
    r"(?:(?:by|an?|another|additional|further|about|around|roughly|nearly|almost|more|than|at|least|most|up\sto|as|much|many|just|only"
    r"|over|under|some|estimated|average|of|total|approximately|sharply|slightly|steadily|dramatically|significantly|record)\s){0,5}"
)
# Not "made up three-quarters of it", "set up 12 centres".
_UP = (
    r"(?<!made\s)(?<!make\s)(?<!makes\s)(?<!set\s)(?<!sets\s)(?<!took\s)(?<!taken\s)(?<!pick\s)(?<!picked\s)(?<!put\s)"
    r"(?<!signed\s)(?<!ended\s)(?<!opened\s)(?<!turned\s)(?<!gave\s)(?<!given\s)(?<!came\s)(?<!showed\s)up(?!\sto\b)"
)
_RISE = (
    rf"rose|rise[sn]?|rising|increas(?:e|es|ed|ing)|{_UP}|gain(?:s|ed|ing)?|grew|grows?|grown|growing|climb(?:s|ed|ing)?|jump(?:s|ed|ing)?"
    r"|soar(?:s|ed|ing)?|surg(?:e|es|ed|ing)|add(?:s|ed|ing)?|expand(?:s|ed|ing)?|rall(?:y|ied|ying)|higher|leap(?:s|t|ed|ing)?|advanc(?:e|ed|ing)"
    r"|swell(?:ed|ing)?|rocket(?:ed)?|spik(?:e|ed|ing)|boost(?:ed|ing)?|hik(?:e|ed|es|ing)|strengthened"
)
_FALL = (
    r"f[ea]ll(?:s|en|ing)?|down|decreas(?:e|es|ed|ing)|declin(?:e|es|ed|ing)|dropp(?:ed|ing)|drops?|plung(?:e|es|ed|ing)"
    r"|plummet(?:s|ed|ing)?|slump(?:s|ed|ing)?|shr[aiu]nk(?:s|ing)?|shed|sheds|cut|cuts|cutting|slash(?:ed|ing)?"
    r"|reduc(?:e|es|ed|ing)|slid|slip(?:s|ped|ping)?|sank|sunk|tumbl(?:e|ed|es|ing)|lower(?:ed|ing)?|eas(?:ed|ing)|dip(?:s|ped)?"
    r"|div(?:ed|ing)|dwindl(?:ed|ing)|contract(?:s|ed|ing)?|weaken(?:s|ed)|halv(?:ed|ing)|trimm(?:ed|ing)|crash(?:ed)?"
)
# "Lost 10 points" is a fall, "lost 10 games" is none.
_LOST = re.compile(rf"\blos(?:t|e|es|ing)\s{_FILLER}$", re.IGNORECASE)
_NOUN_OF = re.compile(
    r"\b(?:(?P<rise>increase|rise|gain|jump|growth|surge|hike)|(?P<fall>decrease|decline|drop|fall|cut|reduction|slump|plunge|discount))"
    rf"\sof\s{_FILLER}$",
    re.IGNORECASE,
)
# "Expand the fleet by 30 percent": the verb stands further off.
_BY = re.compile(rf"\bby\s{_FILLER}$", re.IGNORECASE)
_GREW = re.compile(rf"\b(?:{_RISE}|rais(?:e|ed|es|ing)|lift(?:s|ed|ing)?)\b", re.IGNORECASE)
_SHRANK = re.compile(rf"\b(?:{_FALL}|fewer|less)\b", re.IGNORECASE)
_RISE_BEFORE = re.compile(rf"\b(?:{_RISE})\s{_FILLER}$", re.IGNORECASE)
_FALL_BEFORE = re.compile(rf"\b(?:{_FALL})\s{_FILLER}$", re.IGNORECASE)
_LEVEL = re.compile(
    rf"\b(?:(?<!up\s)to|from|at(?!\s(?:least|most)\s)|(?<!total\s)of)\s{_FILLER}$", re.IGNORECASE
)
_RISE_AFTER = re.compile(
    r"(?:\s[a-z-]+){0,2}?\s(?:increases?|rises?|gains?|growth|jumps?|hikes?|surges?|upticks?|expansion|raise|spike|boost|higher|more)\b",
    re.IGNORECASE,
)
_FALL_AFTER = re.compile(
    r"(?:\s[a-z-]+){0,2}?\s(?:decreases?|declines?|drops?|falls?|cuts?|reductions?|discounts?|slumps?|plunges?|dips?|contraction|lower|loss"
    r"|fewer|less)\b(?!\sthan\s\d)",
    re.IGNORECASE,
)
_BASE = re.compile(
    r"\b(?:from|compared\s(?:with|to)|versus|against|(?:more|less|fewer|higher|lower|up|down)\sthan\sthe|rather\sthan|instead\sof"
    r"|than\s(?:the|last))\s(?:(?:the|a|an|about|around|some|just|only|nearly|almost|record|previous|initial|original|national"
    r"|average|of|high|low|prior|more|than|roughly|its|their|\d{4}[’']s)\s){0,5}[“\"‘(]?$",
    re.IGNORECASE,
)
_MOVES = re.compile(
    rf"\b(?:{_RISE}|{_FALL}|compared|versus|against|than|change[ds]?|revised|went|gone|instead|rather)\b",
    re.IGNORECASE,
)
_WINDOW, _AFTER = 64, 48
_REACH = 120


def comparator(claim: str, figure: Found) -> Comparator:
    """How the number written stands to the one meant."""
    ends = {figure.core or figure.end, figure.end}
    if any(_OR_MORE.match(claim, end) for end in ends):
        return "at-least"
    if any(_OR_LESS.match(claim, end) for end in ends):
        return "at-most"
    before = claim[max(0, figure.start - _WINDOW) : figure.start]
    lead = _LEAD.search(before)
    if lead and not (
        figure.unit.split("/", maxsplit=1)[0] in DURATIONS and _SPAN_LEAD.search(before)
    ):
        return next(code for code, _ in _LEADS if lead[code.replace("-", "_")])
    return "about" if any(_OR_SO.match(claim, end) for end in ends) else "exact"


def change(claim: str, start: int, end: int, unit: str) -> Change | None:
    """Whether the number is what something rose or fell by; None where it is a level."""
    before = claim[max(0, start - _WINDOW) : start]
    noun = _NOUN_OF.search(before)
    if noun:
        return "rise" if noun["rise"] else "fall"
    is_rate = unit in {"percent", "percentage point", "point", "basis point"}
    if not _LEVEL.search(before):
        if _RISE_BEFORE.search(before):
            return "rise"
        if _FALL_BEFORE.search(before) or ((is_rate or is_money(unit)) and _LOST.search(before)):
            return "fall"
    if _BY.search(before):
        return _moved_by(before)
    return _after(claim[end : end + _AFTER]) if is_rate else None


def _moved_by(before: str) -> Change | None:
    """The last verb of a change before "by"."""
    grew = max((m.start() for m in _GREW.finditer(before)), default=-1)
    shrank = max((m.start() for m in _SHRANK.finditer(before)), default=-1)
    if grew == shrank:
        return None
    return "rise" if grew > shrank else "fall"


def _after(words: str) -> Change | None:
    """The change that is named behind: "a 10 percent drop"."""
    if _FALL_AFTER.match(words):
        return "fall"
    return "rise" if _RISE_AFTER.match(words) else None


def is_base(claim: str, start: int) -> bool:
    """Whether something is compared with the number: "up from 40", "compared with 3 percent"."""
    return bool(_BASE.search(claim[max(0, start - _WINDOW) : start]) and moves(claim, start))


def moves(claim: str, start: int) -> bool:
    """Whether the words before say that something changed, or differs."""
    return bool(_MOVES.search(claim, max(0, start - _REACH), start))
