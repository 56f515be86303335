"""Parts and multiples: "two-thirds", "one in four", "half an hour", "quarter-point", "twice"."""

import re
from collections.abc import Iterator

from app.extraction import lexicon as lex
from app.extraction.currencies import WORDS
from app.extraction.found import Found
from app.extraction.numerals import NUMERAL, SMALL_NUMERAL, any_of, number_value
from app.extraction.units import DURATIONS, FRACTIONS, NUMBER_WORDS, SCALES, singular

_PARTS = any_of(FRACTIONS)
_MANY = rf"(?:{any_of(NUMBER_WORDS)}|an?)"
_OF_WHOLE = re.compile(
    r"\b(?P<f>half|quarter[\s-]of|(?:(?:three|two|one)[\s-])?(?:quarters?|thirds?)[\s-]of)[\s-](?:an?|one)[\s-]"
    r"(?P<whole>(?:[a-z]+[\s-]){0,1}[a-z]+)",
    re.IGNORECASE,
)
_PART_UNIT = re.compile(
    rf"\b(?P<f>half|quarter)-(?P<whole>{any_of(DURATIONS)}|mile|inch|million|billion|trillion|dozen)\b",
    re.IGNORECASE,
)
_AND_HALF = re.compile(
    rf"\b(?:an?|one)\s(?P<unit>{any_of(DURATIONS)}|mile|point)\sand\sa\s(?P<f>half|quarter)\b", re.I
)
# "Within a week", "for over a decade", "more than an hour": one of them is measured.
_A_WHOLE = re.compile(
    r"\b(?:within|for\s(?:about|over|nearly|almost|around)|(?:more|less)\sthan|at\sleast|nearly|almost|up\sto)"
    r"\s(?P<one>an?\s(?P<unit>minute|hour|day|week|year|decade|century|mile|kilomet(?:er|re)))\b"
    r"(?!\s(?:ago|earlier|later|before)|-|\sand\sa\s(?:half|quarter))",
    re.IGNORECASE,
)
# "After a week's training", "a year's salary".
_ITS_LENGTH = re.compile(
    r"\ban?\s(?P<unit>hour|day|week|month|year|decade)[’']s(?=\s(?:[a-z]+\s)?(?:work|training|notice|wait|walk|drive|supply|supplies"
    r"|pay|wages?|salary|leave|delay|worth|rest|journey|sail|flight|ride|rent|rain|stay|detention|extension|suspension|ban|break|grace"
    r"|production|output|revenue|sales|imports?|income|earnings|course|study|research|preparation|sentence|imprisonment|holiday)\b)",
    re.IGNORECASE,
)
# "Sold for a pound", "paid only a euro".
_ONE_COIN = re.compile(
    r"\b(?:for|paid|pays?|costs?|just|only|than)\s(?:just\s|only\s)?(?P<one>an?\s(?:(?:single|token|symbolic|nominal|mere)\s)?(?P<coin>pound|dollar|euro|rupee))"
    r"(?=[.,;:)]|\s*$|\s(?:in|to|from|after|each|last|this|on|and|before|when|because)\b)",
    re.IGNORECASE,
)
_LONG_SPANS = {"decade": (10, "year"), "century": (100, "year")}
_POINT = re.compile(
    r"\b(?:(?P<n>three|one)[ -])?(?P<f>half|quarters?)(?:[ -](?:percentage[ -])?point|"
    r" of a percentage point)\b(?!\sguard)",
    re.IGNORECASE,
)
_OF_PERCENT = re.compile(
    rf"\b(?:(?P<n>{_MANY})[ -])?(?P<f>{_PARTS})\s(?:of\s)?(?:an?|1|one)\s"
    r"(?:(?P<pp>percentage[\s-]point)|per\s?cent|percent)\b",
    re.IGNORECASE,
)
_PART_OF_POINT = re.compile(
    r"(?<![\w.,])(?P<a>0?\.\d+)\sof\s(?:a|one)\spercentage[\s-]point\b", re.IGNORECASE
)
_RATIO = re.compile(
    rf"(?<![\w.,$£€-])(?P<a>{SMALL_NUMERAL})(?:(?:\s[a-z’']+){{1,2}}\s(?:in|out\sof)\severy\s|\s+(?:in|out\s+of|of(?=\s+every))\s+(?:every\s+)?|-in-|-out-of-)"
    r"(?P<b>(?:a\s)?(?:hundred|thousand|million)\b|" + NUMERAL + r")(?![\w%]|[,.]\d|:)"
    r"(?!\s+(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|innings?|seasons?|decades?|percent|per\scent"
    r"|overs|attempts|sets|cities|countries|states)\b)",
    re.IGNORECASE,
)
# "One person in 10 is", "one call in three ends with", "one home in six in the old town".
_PERSON_IN = re.compile(
    rf"\b(?P<a>one|two|three|four|1|2|3|4)\s[a-z]+(?:\s[a-z]+)?\s(?:in|out\sof)\s(?P<b>{SMALL_NUMERAL}|(?:a\s)?(?:hundred|thousand|million))(?=[,;:)]|\.?\s*$"
    r"|\s(?:is|are|was|were|has|have|had|said|say|says|lives?|who|that|now|will|would|can|could|does|did|dies?|died|fails?|failed"
    r"|ends?|leads?|goes|works?|comes?|falls?|leaves?|gets?|takes?|makes?|needs?|wants?|pays?|uses?|owns?|loses?|lacks?|suffers?"
    r"|skips?|struggles?|reports?|believes?|thinks?|feels?|faces?|rents?|depends?|relies|receives?|earns?|spends?|drops?|votes?"
    r"|in|of|from|at|on|under|over|with|across|among|nationwide|aged|ended|led|left|fell|came|got|took|lost)\b)",
    re.IGNORECASE,
)
_LARGEST_PART = 20
_FRACTION = re.compile(
    rf"\b(?P<n>{_MANY})[ -](?:(?:full|whole|good|further|additional|whopping|mere)[ -])?(?P<f>{_PARTS})(?:\b|(?=s\b))(?![-’'])",
    re.IGNORECASE,
)
_SLASHED = re.compile(r"(?<![\w/.,-])(?P<a>\d)/(?P<b>[2-9]|10)(?=\sof\b)")
_HALF = re.compile(
    r"(?P<lead>\b(?:by|in|than|over|under|about|nearly|almost|around|roughly|just|least|only|exactly|up\sto)\s)?"
    r"(?<![\w-])half\b(?P<after>\s+(?:of|the|its|their|his|her|all|as|that|those|our|my|your)\b)?(?!-|\sway|\stime)",
    re.IGNORECASE,
)
_OF_TWO = re.compile(
    r"\b(?:first|second|other|latter|top|bottom|better|each|and\sa|upper|lower|front|rear|opening|closing|final"
    r"|north(?:ern)?|south(?:ern)?|east(?:ern)?|west(?:ern)?|inner|outer|(?:the|its|their|his|her)\s(?:back|left|right|near|far|early|later|same))[\s-]$",
    re.IGNORECASE,
)
_PART_LEAD = re.compile(
    r"\b(?:by|nearly|about|almost|than|over|least|roughly|around|some|up\sto|under|only|just|closer?\sto"
    r"|virtually|approximately|another|or)\s$",
    re.IGNORECASE,
)
_ALSO = re.compile(r"(?:^|,\s|\b(?:and|while|but)\s)$", re.IGNORECASE)
_PLURAL_VERB = re.compile(r"\s(?:were|are|have|say|think|believe|want|live|do|own|use)\b")
_PART_CLOSED = re.compile(
    r"\s+(?:of|or|among|amongst|at|off|versus|against|per|that|which|until|before|in|by|when|because|if|with|without|for|each|every|across|through|on|from|since|to|over|compared|last|this|during|between|after|as|more|less|fewer"
    r"|higher|lower|were|was|are|is|said|have|has)\b|[,.;:)”\"]|\s*$"
)
_NEXT_WORD = re.compile(r"\s(?:\w+ly\s|also\s|never\s|now\s|still\s|later\s)?([a-z]+)\b")
_PART_BEFORE = re.compile(
    r"%|\bper\s?cent\b|\b(?:half|most|quarters?|thirds|fifths?|majority)\b", re.IGNORECASE
)
_HALF_OPENS = re.compile(
    r"(?:^|[,;:—–“\"(]\s?|\b(?:and|but|while|that|which|whereas|though|although|because|as|where|when)\s)$"
)
_NEAR, _LEAD = 100, 16
_FOLD = re.compile(
    rf"\b(?P<a>{any_of(NUMBER_WORDS)}|\d+(?:\.\d+)?|hundred|thousand)[\s-]?fold\b", re.IGNORECASE
)
# "Doubled down", "doubled over", "doubles as": nothing grows.
_NO_RISE = r"\s(?:down|over|up|back|as\san?|for)\b"
_MULTIPLES = re.compile(
    r"\b(?P<twice>twice|thrice)\b(?!-)(?<!think\stwice)"
    rf"|\b(?P<verb>doubled(?!{_NO_RISE})|doubling(?!{_NO_RISE})|tripled|tripling|trebled|trebling|quadrupled|quadrupling)\b"
    r"|\b(?P<adj>double|triple|treble|quadruple)(?=\s(?:the\s(?:number|rate|size|amount|level|price|cost|average|national|usual"
    r"|previous|figure|total|\d)|its\s|their\s|what\s|that\sof|last\syear))"
    rf"|\b(?:just|only|least|exactly|but)\s(?P<once>once)\b|\b(?P<in>once)(?=\sin\s(?:the\s(?:last|past)\s)?(?:{SMALL_NUMERAL})\s(?:{any_of(DURATIONS)})s\b)",
    re.IGNORECASE,
)
_VALUES = {"tw": 2, "th": 3, "do": 2, "tr": 3, "qu": 4, "on": 1}


def part_of_whole(claim: str) -> Iterator[Found]:
    """Reads "half an hour", "within a week", "a half-mile", "a year and a half"."""
    for match in _AND_HALF.finditer(claim):
        value = 1 + FRACTIONS[match["f"].lower()]
        yield Found(match.start(), match.end(), (value,), match["unit"].lower())
    for match in _A_WHOLE.finditer(claim):
        count, unit = _LONG_SPANS.get(match["unit"].lower(), (1, match["unit"].lower()))
        yield Found(match.start("one"), match.end(), (float(count),), unit)
    for match in _ITS_LENGTH.finditer(claim):
        count, unit = _LONG_SPANS.get(match["unit"].lower(), (1, match["unit"].lower()))
        yield Found(match.start(), match.end(), (float(count),), unit)
    for match in _ONE_COIN.finditer(claim):
        yield Found(match.start("one"), match.end("one"), (1.0,), WORDS[match["coin"].lower()])
    for pattern in (_OF_WHOLE, _PART_UNIT):
        for match in pattern.finditer(claim):
            words = match["whole"].lower().split()
            whole = words[0].rstrip("s") if words else ""
            if whole in DURATIONS | {"mile", "inch", "metre", "meter", "point"}:
                end = match.start("whole") + len(match["whole"].split()[0])
                yield Found(match.start(), end, (_part(match["f"]),), singular(whole))


def large_halves(claim: str) -> Iterator[tuple[int, int, float]]:
    """Reads "Half a million": where the numeral is, and its value; what it counts is not yet known."""
    for pattern in (_OF_WHOLE, _PART_UNIT):
        for match in pattern.finditer(claim):
            scale = re.split(r"[\s-]", match["whole"])[0].lower()
            if scale in SCALES:
                end = match.start("whole") + len(scale)
                yield match.start(), end, _part(match["f"]) * SCALES[scale]


def _part(words: str) -> float:
    """The value of "half", "quarter of", "three-quarters of"."""
    first, *rest = [word for word in re.split(r"[\s-]", words.lower()) if word != "of"]
    return NUMBER_WORDS[first] * FRACTIONS[rest[0]] if rest else FRACTIONS[first]


def points(claim: str) -> Iterator[Found]:
    """Reads "A quarter-point cut", "half a percentage point", "a tenth of 1 percent"."""
    for match in _OF_PERCENT.finditer(claim):
        unit = "percentage point" if match["pp"] else "percent"
        value = round(_many(match["n"]) * FRACTIONS[match["f"].lower()], 4)
        yield Found(match.start(), match.end(), (value,), unit)
    for match in _PART_OF_POINT.finditer(claim):
        yield Found(match.start(), match.end(), (float(match["a"]),), "percentage point")
    for match in _POINT.finditer(claim):
        value = (3 if (match["n"] or "").lower() == "three" else 1) * FRACTIONS[match["f"].lower()]
        yield Found(match.start(), match.end(), (value,), "percentage point")


def _many(word: str | None) -> int:
    return NUMBER_WORDS.get((word or "one").lower(), 1)


def ratios(claim: str) -> Iterator[Found]:
    """Reads "One in four", "nine out of 10", "1 in 2,000"."""
    for match in (*_PERSON_IN.finditer(claim), *_RATIO.finditer(claim)):
        below_words = match["b"].lower()
        above, below = number_value(match["a"]), number_value(below_words)
        is_year = below_words.isdigit() and 1900 <= below < 2100
        # "80 out of 111 cities" are two counts.
        is_count = below > _LARGEST_PART and below % 10 != 0
        if 0 < above < below and not is_year and not is_count:
            yield Found(match.start(), match.end(), (float(f"{above / below:.4g}"),), "fraction")


def fractions(claim: str) -> Iterator[Found]:
    """Reads "Two-thirds of the town", "by a third", "half of them"."""
    for match in _SLASHED.finditer(claim):
        value = round(int(match["a"]) / int(match["b"]), 4)
        yield Found(match.start(), match.end(), (value,), "fraction")
    for match in _FRACTION.finditer(claim):
        if _is_part(claim, match):
            value = round(_many(match["n"]) * FRACTIONS[match["f"].lower()], 4)
            yield Found(match.start(), match.end(), (value,), "fraction")
    for match in _HALF.finditer(claim):
        if _OF_TWO.search(claim[max(0, match.start() - _LEAD) : match.start()]):
            continue
        closed = _PART_CLOSED.match(claim, match.end())
        opens = match["lead"] or _HALF_OPENS.search(
            claim[max(0, match.start() - 12) : match.start()]
        )
        does = opens and (_does(claim, match) or _PLURAL_VERB.match(claim, match.end()))
        if match["after"] or (match["lead"] and closed) or does:
            start = match.end("lead") if match["lead"] else match.start()
            yield Found(start, start + 4, (0.5,), "fraction")


def _is_part(claim: str, match: re.Match[str]) -> bool:
    """Not the ordinal of "a third case" and "the one second", nor "eleven quarters" of three months."""
    many, part = match["n"].lower(), match["f"].lower()
    if _many(many) * FRACTIONS[part] >= 1:
        return False
    if many in {"a", "an", "one"}:
        if part.endswith("s"):
            return False
        if claim.startswith(" of", match.end()) and part != "half":
            return True
        if _ALSO.search(claim[max(0, match.start() - 8) : match.start()]) and _PLURAL_VERB.match(
            claim, match.end()
        ):
            return True
        led = many == "one" or _PART_LEAD.search(claim[max(0, match.start() - 20) : match.start()])
        closed = _PART_CLOSED.match(claim, match.end())
        return bool(
            (led and closed) or (_does(claim, match) and (led or _shared_out(claim, match)))
        )
    return part.endswith("s") and bool(
        _PART_CLOSED.match(claim, match.end())
        or claim.startswith((" the", " its", " their", " majority"), match.end())
    )


def _does(claim: str, match: re.Match[str]) -> bool:
    """Whether a verb follows the part: "about a third wrote back"."""
    verb = _NEXT_WORD.match(claim, match.end())
    return bool(verb and lex.looks_finite(verb[1].lower()))


def _shared_out(claim: str, match: re.Match[str]) -> bool:
    """Whether other parts are named before: "14 percent agreed, and a third refused"."""
    before = claim[max(0, match.start() - _NEAR) : match.start()]
    return bool(_ALSO.search(before) and _PART_BEFORE.search(before))


def multiples(claim: str) -> Iterator[Found]:
    """Reads "A tenfold rise", "twice as many", "prices doubled", "scored just once"."""
    for match in _FOLD.finditer(claim):
        yield Found(match.start(), match.end(), (number_value(match["a"]),), "times")
    for match in _MULTIPLES.finditer(claim):
        group = match.lastgroup or ""
        value = float(_VALUES[match[group][:2].lower()])
        yield Found(match.start(group), match.end(group), (value,), "times")
