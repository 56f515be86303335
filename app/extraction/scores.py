"""Results in two numbers: "a 4-1 win", "6-4, 6-3", "a 5-4 ruling", "voted 217-213"."""

import re
from collections.abc import Iterator

from app.extraction.found import Found
from app.extraction.numerals import NUMERAL, number_value

_SCORE = re.compile(
    r"(?<![\w.,/:$£€–-])(?P<a>\d{1,3})\s?[-–]\s?(?P<b>\d{1,3})(?![\w/:%–]|-\w|[.,]\d|\s(?:million|billion|trillion|percent))"
)
_VOTED = re.compile(
    r"\b(?:vot(?:e|es|ed|ing)|rul(?:ed|ing)|decided|vote\sof)\s(?P<a>\d{1,3}|[a-z]+(?:-[a-z]+)?)\sto\s(?P<b>\d{1,3}|[a-z]+(?:-[a-z]+)?)\b"
)
_RESULT = re.compile(
    r"\b(?:w[io]ns?|winning|beat|beats|beaten|beating|defeat\w*|victor\w+|loss|loses?|lost|losing|lead|leads"
    r"|led|leading|draws?|drew|drawn|ties?|tied|scor\w+|advantage|vot\w+|ruling|decision|margin|majority|edged?"
    r"|outscor\w+|thrash\w*|rout\w*|trounc\w+|upset|down|up|ahead|level|equali[sz]\w+|final|shutout|record|start|set|sets"
    r"|series|match|game|aggregate|halftime|half-time|ruled|passed|approved|rejected|split|improved|fell|behind|trail\w*)\b",
    re.IGNORECASE,
)
_UNITS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "vote",
        re.compile(
            r"\b(?:vot\w+|ruling|ruled|decision|justices|senate|house|court|council|committee|board|jury"
            r"|bill|approved|passed|panel|tribunal|commission|commissioners|caucus|judges|members?|lawmakers|legislators|delegates)\b",
            re.I,
        ),
    ),
    (
        "goal",
        re.compile(
            r"\b(?:goal\w*|striker|midfielder|soccer|football club|penalt\w+|hat-trick|puck|shutout"
            r"|premier league|nhl|world cup|champions league|power play|header|keeper|equali[sz]\w+"
            r"|united|fc|aggregate)\b",
            re.I,
        ),
    ),
    ("run", re.compile(r"\b(?:runs?|innings?|homer\w*|pitch\w+|baseball|mlb)\b", re.I)),
    (
        "game",
        re.compile(
            r"\b(?:sets?|tennis|wimbledon|seed|seeded|love|tiebreak\w*|improved|straight|record|start|season|series"
            r"|(?:quarter|semi)-?final\w*)\b",
            re.I,
        ),
    ),
)
# Sets come in a row: "7-6 (7-5), 3-6, 6-4".
_SETS = re.compile(r"\b[0-7][-–][0-7](?:\s\(\d+(?:[-–]\d+)?\))?,\s[0-7][-–][0-7]\b")
# "A 60-40 split", "a 50-50 chance".
_DIVIDED = re.compile(
    r"[\s-](?:split(?!\s(?:decision|vote))|chance|odds|joint|basis|partnership|ratio|mix|venture|call|ball)\b"
)
# "The Otters are 9-2 at home", but not "are 3-1 up".
_STANDS = re.compile(
    r"\b(?:are|is|were|was|went|sit|sits|stand|stands|record\sof)\s(?:now\s|just\s|only\s)?$"
)
_AHEAD = re.compile(
    r"\s(?:up|down|ahead|behind|winners|losers|in\sfront|favou?rites?|to|on\saggregate)\b"
)
_AROUND = 90
_MOST_GOALS = 7
_MOST_GAMES = 40


def scores(claim: str) -> Iterator[Found]:
    """Both numbers of each result, where the words around tell that it is one."""
    for match in _VOTED.finditer(claim):
        if all(re.fullmatch(NUMERAL, match[name]) for name in ("a", "b")):
            votes = tuple(number_value(match[name]) for name in ("a", "b"))
            yield Found(match.start("a"), match.end(), votes, "vote")
    in_sets = bool(_SETS.search(claim))
    for match in _SCORE.finditer(claim):
        around = claim[max(0, match.start() - _AROUND) : match.end() + _AROUND]
        if not _RESULT.search(around) or _DIVIDED.match(claim, match.end()):
            continue
        values = tuple(float(match[name]) for name in ("a", "b"))
        usual = "goal" if max(values) <= _MOST_GOALS else "point"
        unit = next((unit for unit, words in _UNITS if words.search(around)), usual)
        unit = "game" if in_sets and unit == usual else unit
        is_record = claim[max(0, match.start() - 2) : match.start()] == ", " and unit == usual
        unit = "game" if is_record or (unit == usual and _stands_at(claim, match)) else unit
        unit = "point" if unit == "game" and max(values) > _MOST_GAMES else unit
        yield Found(match.start(), match.end(), values, unit)


def _stands_at(claim: str, match: re.Match[str]) -> bool:
    """Whether two numbers are games won and lost."""
    before = _STANDS.search(claim, max(0, match.start() - _AROUND), match.start())
    return bool(before) and not _AHEAD.match(claim, match.end())
