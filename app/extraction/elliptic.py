"""What a number counts whose noun is said elsewhere: "from 12 ferries to perhaps 30 in 2031"."""

import re
from collections.abc import Sequence

from app.extraction import lexicon as lex
from app.extraction.currencies import is_money
from app.extraction.found import Bare, Found
from app.extraction.measures import PHYSICAL_UNITS
from app.extraction.units import DURATIONS, singular
from app.extraction.wordlist import word_set

HEDGE = (
    r"(?:(?:at\s(?:least|most)|more\sthan|less\sthan|fewer\sthan|up\sto|as\s(?:many|few|much|little)\sas|no\s(?:more|fewer|less)"
    r"\sthan|an?\s(?:estimated|total\sof|further|record|additional|average\sof|maximum\sof|combined|reported|staggering|whopping|mere|typical|usual|normal|planned|projected|previous|expected)"
    r"|another|about|around|approximately|roughly|nearly|almost|some|just|only|over|under|exactly|close\sto|the|its|their|even|well"
    r"|now|currently|possibly|perhaps|initial|other|earlier|previous|typical|usual|normal|planned|projected|expected)\s)"
)
_HARMED_BEFORE = re.compile(
    rf"\b(?:kill(?:s|ed|ing)?|injur(?:es|ed|ing)|wound(?:s|ed|ing)|arrest(?:s|ed|ing)|detain(?:s|ed|ing)|displac(?:ed|ing)|infect(?:ed|ing)"
    rf"|hospitali[sz](?:ed|ing)|evacuat(?:ed|ing)|rescu(?:ed|ing)|employ(?:s|ed|ing)?|murder(?:ed|ing)|sicken(?:ed|ing)"
    rf"|strand(?:ed|ing)|drew|attracted|draws|seats|fed|houses|sleeps|execut(?:ed|ing)|deport(?:ed|ing)|abduct(?:ed|ing)|kidnapp(?:ed|ing)"
    rf"|(?:watched|seen|viewed|attended|used|read|visited|followed|signed|backed)\sby|home\sto|turnout\s(?:was|of|is|hit|reached)|in\sfront\sof|(?:(?:crowd|crew|team|group|gathering|panel|squad|gang|congregation|unit|platoon|village|town|hamlet|community|settlement|island|city|parish|suburb|municipality)s?|class|jury|family|party|cast)\sof|attendance\sof|audience\sof|population\sof|staff\sof|workforce\sof|(?:death\s)?tolls?\s(?:\w+\s)?(?:to|at|of|is|was|as))\s{HEDGE}{{0,3}}$",
    re.IGNORECASE,
)
FATES = (
    r"(?:dead|injured|wounded|missing|arrested|hurt|killed|died|dying|hospitali[sz]ed|homeless|survived|escaped|fled"
    r"|drowned|perished|attended|got\sout|tested\spositive|turned\s(?:out|up)|showed\sup|signed\sup|voted|enrolled"
    r"|graduated|recovered|unaccounted|infected|detained|displaced|trapped|rescued|treated|charged|evacuated|sickened"
    r"|fatalities|in\scustody|in\shospital|taken\sto|under\sarrest|at\slarge|unemployed|jobless|aboard|on\sboard|inside|in\sattendance|fell\s(?:ill|sick)|became\sill|quit|resigned|refused|responded|walked\sout)"
)
_HARMED_AFTER = re.compile(
    r"\s(?:others?|(?:fewer|more)\s(?:dead|deaths)|more\s(?:were|have|are|people)|(?:\w+ly\s)?"
    rf"(?:(?:have|had|has|were|was|are|is|remain(?:s|ed)?|being)\s(?:been\s)?(?:(?:\w+ly|also|since|now|still)\s)?)?{FATES})\b",
    re.IGNORECASE,
)
# "On 34%, up two": the unit of a difference of shares.
_SWING = re.compile(r"\b(?:up|down|by|rise\sof|fall\sof|lead\sof)\s$", re.IGNORECASE)
_CHILDREN = re.compile(
    r"\b(?:mother|father|mom|mum|dad|parent|grandmother|grandfather|widow|widower)[\s-]of[\s-]$",
    re.IGNORECASE,
)
_MAGNITUDE = re.compile(r"\b[Mm]agnitude[\s-](?:of\s)?(?:about\s|around\s)?(?:at\sleast\s)?$")
_INDEX = re.compile(
    r"\b(?:Dow|Nasdaq|S&P|FTSE|Nikkei|index|indices|benchmark|DAX|CAC|Hang\sSeng|Sensex|Nifty|Stoxx|STOXX"
    r"|Composite|Kospi|KOSPI|Topix|TSX|ASX|IBEX|Bovespa|Russell|Merval|points)\b"
)
_TO = re.compile(rf"\b(?:to|at)\s{HEDGE}{{0,3}}$", re.IGNORECASE)
_FROM = re.compile(rf"\bfrom\s{HEDGE}?$", re.IGNORECASE)
_LINK = re.compile(
    rf"(?:\b(?:to|from|than|with|and|or|but|including|which|whom|by|versus|against|of|at|for|reach(?:ed|ing)?|total(?:led|ed|ing)?|was|were|is|are"
    rf"|sold|won|lost|left|leaving|leaves|had|has|have|scored|hit|added|made|took|got|those|these|out\sof)|[,:;—–(-]|[’']s?)\s?{HEDGE}{{0,3}}$",
    re.IGNORECASE,
)
# "Waits of 14 days, up from nine".
_UP_FROM = re.compile(rf",?\s(?:up|down)\sfrom\s{HEDGE}{{0,2}}", re.IGNORECASE)
_CHANGE = re.compile(
    r"\b(?:up|down|rose|risen|rising|fell|fallen|falling|grew|grown|grow|growing|increas\w+|declin\w+|dropp\w+|drop|jumped|climb\w*|dwindl\w+|shr[aiu]nk\w*"
    r"|number|total|reduc\w+|decreas\w+|swell\w*|surg\w+|plung\w+|soar\w*|cut|raised?|expand\w*)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
_THEN = re.compile(
    r"\s(?:of\s(?:them|those|these|which|whom)|currently|now|this|last|the\s(?:year|month|week|day|season|night)|down\sto|up\sto|in|on|by|at|a\s(?:year|month|week|decade)|to|for|from|per|during"
    r"|against|before|after|as|since|when|while|and|or|who|were|was|are|is|respectively|so\sfar|today|yesterday|(?:set|seen|[a-z]+ed)|(?:fewer|more|less)\sthan)\b|[,;:)\]”\"]|\.?\s*$"
)
_NEXT = re.compile(
    r"-?(?:\s?(?:,|and|or|to|by|,\sand|,\sor|–|-)?\s|\s(?:out\s)?of\s(?:the\s|its\s|their\s|his\s|her\s|those\s|these\s|all\s)?)$"
)
_HEADCOUNT = re.compile(
    r"\b(?:population|workforce|membership|attendance|enrol\w+|turnout|headcount)\b", re.I
)
_NUMBER_OF = re.compile(
    r"\b(?:number|numbers|total|count|tally|fleet|average|sum|record|backlog|estimate|hundreds|thousands|dozens|toll|list|collection|stock|pool)\sof\s(?:[\w’'-]+\s){0,4}?(?P<noun>[a-z]+(?:s|people|men|women|children))\b",
    re.IGNORECASE,
)
_PLURAL = re.compile(r"\b[A-Za-z]{3,}(?:s|people|children|women|men)\b")
_LIKE_A_VERB = re.compile(r"\s(?:up|out|off|a|an|the|that|its|his|her|their)\b")
_NO_HEAD = word_set(
    "its this was has does his hers ours yours always perhaps plus less news us sales-tax us's sometimes"
    " authorities officials prices figures hours days weeks months years times terms points percentages analysts"
)
# "The total of providers to 14": the total that was named last, whatever was counted before it.
_TOTAL_TO = re.compile(
    rf"\b(?:number|total|count|tally|fleet)\sof\s(?:[\w’'-]+\s){{1,4}}(?:to|at|from|by)\s{HEDGE}{{0,2}}$",
    re.IGNORECASE,
)
_SHARE_OF = re.compile(
    rf"\b(?:percent|%|per\scent|half|third|quarter|most|all)\sof\s(?:(?:the|its|their|all)\s)?(?:\w+\s){{0,2}}?"
    rf"(?P<noun>[a-z]+s|people),?\s(?:or|that\sis)\s{HEDGE}{{0,2}}$"
)
_WERE = re.compile(
    r"(?:\sof\s(?:them|those|these|whom))?\s(?:were|are)\s(?:[a-z]+\s)?(?P<noun>[a-z]+(?:[^s\W]s|men)|people|children)(?=[.,;]|\s(?:and|in|from|who|under|over)\b|\s*$)"
)
_POOL = re.compile(
    r"\sthe\s(?:pool|number|list|total|fleet)\sof\s(?:[\w-]+\s){0,3}?(?P<noun>[a-z]+(?:[^s\W]s|men)|people|children)\b"
)
_LIVING = re.compile(
    r"\s(?:need|live|lack|face|rely|depend|struggle|speak|suffer|work|watched|tuned|applied|rallied|marched|gathered"
    r"|voted|lost\stheir|have\slost|use|visited|signed|registered|earn|own|commute)\b"
)
_OTHERS = re.compile(
    r"\s(?:\w+\s)?others?\b|\smore(?=[.,;:)]|\s*$|\s(?:in|this|next|last|by|later|since|on|at|before|after|to|from|for)\b)"
)
# "Of which nine", "of the 40 patients, 12".
_OF_THE = re.compile(
    r"\bof\s(?:which|whom|them|those|these|(?:the|its|their|all)\s[\w,.]+\s(?:[\w-]+\s)?[\w-]+),?\s(?:about\s|only\s|just\s|some\s|at\sleast\s)?$",
    re.IGNORECASE,
)
# "Women (19, 20)": the numbers of notes; "she was nine": an age.
_NOTE = re.compile(r"[(\[][\d,\s–-]*$|\b(?:[Ss]?[Hh]e|I)\s(?:is|was)\s(?:just\s|only\s|about\s)?$")
_BY_VOTES = re.compile(
    rf"\b(?:vote|election|votes|poll)\b[^.,;]{{0,20}}\bby\s{HEDGE}{{0,2}}$", re.IGNORECASE
)
# "The index is 218", "a score of 9.4", "a level of 0.12".
_READING = re.compile(
    r"\b(?P<noun>index|score|rating|reading|level|ratio|AQI|IQ|GPA)\s(?:[^.,;()]{1,40}?\s)??(?:is|was|of|at|stood\sat|reached|hit|above|below)"
    rf"\s{HEDGE}{{0,2}}$",
    re.IGNORECASE,
)
# Code points between a number and the subject that says what it counts.
_FAR = 300
_WHOLE, _LEAD = 100, 40
# "…, including 22 for noise", "…, getting four at home": parts of a whole named before.
_INCLUDING = re.compile(
    rf",\s(?:including|among\sthem|with|getting|taking|scoring|hitting|making|adding|finding|collecting|recording|leaving)\s{HEDGE}{{0,2}}$"
)
_PLACED = re.compile(
    rf"\b(?:at|in|across|on|near|over|within|among|around|during|after|through(?:out)?|from|by)\s(?:(?:the|its|their|his|her|all|some|these|those|last|past|first|[A-Z][\w.-]+[’']s?)\s)*{HEDGE}{{0,2}}$"
)
_NOTED = re.compile(rf"\(\s?{HEDGE}{{0,2}}$")
_CROWD = 1_000
_LEAST_INDEX = 100
_ADJECTIVE = re.compile(r"\s(?P<word>[a-z]+)(?=[,.;)]|\s(?:and|or|ones)\b|\s*$)")


_MEASURING = PHYSICAL_UNITS | DURATIONS | word_set("percent fraction times point")
_MEASURING |= {"percentage point", "basis point", "per mille"}


def shared(claim: str, bare: Bare, after: Found | None) -> str | None:
    """The unit of the number after, where the two have one noun: "12, 15 and 20 goals"."""
    is_part = after is not None and after.unit in {"percent", "fraction"}
    if is_part and bare.values[0] > (_WHOLE if after and after.unit == "percent" else 1):
        return None
    if after and _shares(claim[bare.end : after.start], after.unit):
        return after.unit
    return None


def borrowed(claim: str, bare: Bare, before: Sequence[Found]) -> str | None:
    """The unit of a number without a noun: its neighbour's, its subject's, people; or None."""
    lead = claim[max(0, bare.start - 90) : bare.start]
    for pattern, unit in ((_CHILDREN, "child"), (_MAGNITUDE, "magnitude")):
        if pattern.search(lead):
            return unit
    people = _people(claim, bare, lead, before)
    if people:
        return people
    if (
        _TO.search(lead)
        and bare.values[0] >= _LEAST_INDEX
        and _INDEX.search(claim, max(0, bare.start - _FAR), bare.end + _FAR)
    ):
        return "point"
    reading = _READING.search(lead) if _THEN.match(claim, bare.end) else None
    if reading:
        return reading["noun"].lower()
    return _from_before(claim, bare, lead, before) or _predicate(claim, bare)


def _people(claim: str, bare: Bare, lead: str, before: Sequence[Found]) -> str | None:
    """People, where what was done to them, or what they do, tells: "killed 12", "30 survived"."""
    counts = counted_units(before)
    if counts and (_OTHERS.match(claim, bare.end) or _OF_THE.search(lead)):
        return counts[-1]
    if _HARMED_AFTER.match(claim, bare.end):
        return _named(counts)
    if bare.values[0] >= _CROWD and _HEADCOUNT.search(lead):
        return "person"
    if bare.values[0] >= _CROWD and _BY_VOTES.search(lead):
        return "vote"
    lives = bare.values[0] >= _CROWD and _LIVING.match(claim, bare.end)
    return "person" if lives or _HARMED_BEFORE.search(lead) else None


def counted_units(found: Sequence[Found]) -> list[str]:
    """The units of the counts among figures: no money, time, share or rate."""
    return [one.unit for one in found if _counts(one.unit)]


def _predicate(claim: str, bare: Bare) -> str | None:
    """The noun behind: "of those, 1,200 were children", "cut by five the number of ships"."""
    noun = _WERE.match(claim, bare.end) or _POOL.match(claim, bare.end)
    return singular(noun["noun"]) if noun and bare.values[0] > 1 else None


def _from_before(claim: str, bare: Bare, lead: str, before: Sequence[Found]) -> str | None:
    last = before[-1] if before else None
    is_share = last is not None and last.unit == "percent"
    if is_share and bare.values[0] <= _WHOLE and _SWING.search(lead):
        return "percentage point"
    if _NOTE.search(lead):
        return None
    then = _THEN.match(claim, bare.end) or (
        _ADJECTIVE.match(claim, bare.end) and "including" in lead
    )
    if not then or not (_LINK.search(lead) or _has_verb(lead)):
        return None
    if last and _pairs(claim, last, bare) and not is_money(last.unit):
        return last.unit
    counts = [one for one in before if _counts(one.unit) and not _TOTAL_TO.search(lead)]
    if counts and (_CHANGE.search(lead) or _near(claim, counts[-1], bare)):
        return _counted_before(claim, bare, lead, counts)
    return _from_subject(claim, bare, lead)


def _counted_before(claim: str, bare: Bare, lead: str, counts: Sequence[Found]) -> str:
    """The noun of the count before, or of the whole that the number is a part of."""
    if _INCLUDING.search(lead):
        return _whole(claim, counts)
    noted = _total(claim, counts[-1].end, bare.start) if _NOTED.search(lead) else None
    return noted or counts[-1].unit


def _whole(claim: str, counts: Sequence[Found]) -> str:
    """What a part is taken of: the errors of "40 errors in three books, including six"."""
    for one in reversed(counts):
        if not _PLACED.search(claim, max(0, one.start - _LEAD), one.start):
            return one.unit
    return counts[-1].unit


def _total(claim: str, low: int, high: int) -> str | None:
    """The noun of "the list of titles" named last between two places."""
    totals = list(_NUMBER_OF.finditer(claim, max(low, high - _FAR), high))
    return singular(totals[-1]["noun"]) if totals else None


def _from_subject(claim: str, bare: Bare, lead: str) -> str | None:
    """What is counted by a word before: "the number of homes", "1 percent of the votes, or"."""
    share = _SHARE_OF.search(lead)
    named = singular(share["noun"]) if share else _total(claim, 0, bare.start)
    if named:
        return named
    return _head(claim, bare.start) if _CHANGE.search(lead) and _is_level(lead) else None


def _shares(between: str, unit: str) -> bool:
    """Whether two numbers have one noun: "12, 15 and 20 goals", "three of the six judges"."""
    return bool(
        _NEXT.fullmatch(between)
        and not is_money(unit)
        and (between != " " or _counts(unit) or unit == "times")
    )


def _has_verb(lead: str) -> bool:
    """Whether a verb stands right before: "it now carries 12,000"."""
    word = re.search(rf"([\w’'-]+)\s{HEDGE}{{0,3}}$", lead, re.IGNORECASE)
    return bool(word and lex.looks_finite(word[1].lower()))


def _is_level(lead: str) -> bool:
    return bool(re.search(rf"\b(?:to|from|by|than|with)\s{HEDGE}{{0,3}}$", lead, re.IGNORECASE))


def _near(claim: str, last: Found, bare: Bare) -> bool:
    between = claim[last.end : bare.start]
    return len(between) < 90 and ". " not in between


def _pairs(claim: str, last: Found, bare: Bare) -> bool:
    """Whether one unit is meant: "from 3.6 percent to 3.4", not "rose 12 percent to 45"."""
    if _UP_FROM.fullmatch(claim, last.end, bare.start):
        return True
    lead = claim[max(0, last.start - 20) : last.start]
    likely = last.unit != "percent" or bare.values[0] <= 100
    reach = claim[max(last.end, bare.start - 24) : bare.start]
    return likely and bool(_FROM.search(lead) and _TO.search(reach))


def _counts(unit: str) -> bool:
    plain = re.split(r"/| per ", unit, maxsplit=1)[0]
    return plain not in _MEASURING and not is_money(unit)


def _named(counts: Sequence[str]) -> str:
    """People, by the name that the count before gave them: "two men died, three were hurt"."""
    return (
        counts[-1]
        if counts and len(counts[-1].split()) == 1 and _is_people(counts[-1])
        else "person"
    )


def _is_people(unit: str) -> bool:
    return unit in lex.TITLES or unit.endswith(
        ("er", "or", "ist", "man", "woman", "ian", "ant", "person", "child", "ee", "ian")
    )


def _head(claim: str, end: int) -> str | None:
    """What rose or fell: "the number of homes", else the first plural before."""
    if _HEADCOUNT.search(claim, max(0, end - _FAR), end):
        return "person"
    plural = next(
        (
            m
            for m in _PLURAL.finditer(claim, max(0, end - _FAR), end)
            if m[0].lower() not in _NO_HEAD | lex.FINITE and not _LIKE_A_VERB.match(claim, m.end())
        ),
        None,
    )
    if plural is None:
        return None
    # "Visitor numbers", "sales figures": the word before says of what.
    kind = re.search(r"([A-Za-z]+)\s$", claim[max(0, plural.start() - 24) : plural.start()])
    named = kind[1].lower() if plural[0].lower() == "numbers" and kind else plural[0]
    return singular(named).lower() if plural.start() == 0 else singular(named)
