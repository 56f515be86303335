"""Numbers of games whose noun is not said: "won 12 of 13", "cut the lead to two", "Moe had 15"."""

import re
from collections.abc import Iterator, Sequence

from app.extraction.elliptic import HEDGE
from app.extraction.found import Bare, Found
from app.extraction.numerals import SMALL_NUMERAL, number_value
from app.extraction.referring import Earlier
from app.extraction.wordlist import word_set

# What follows a count that no noun follows.
_CLOSES = (
    r"(?=[,.;:)—–”\"]|\s[—–(-]|\s*$|\s(?:to|and|but|after|before|since|despite|in|at|on|under|with|when|while|as|by|from|this"
    r"|against|for|including|overall|during|through|without|so\sfar)\b)"
)
# "Won 12 of 13", "lost eight of their last ten", "winners of nine of ten".
_RECORD = re.compile(
    r"\b(?:w[io]ns?|winning|los(?:e|es|t|ing)|dropp(?:ed|ing)|drops?|drew|drawn|taken|took|winners\sof|losers\sof)\s"
    rf"(?P<a>(?:only\s|just\s)?{SMALL_NUMERAL})\s(?:out\s)?of\s"
    rf"(?:(?:the|its|their|his|her|our|my)\s)?(?:(?:last|past|previous|first|opening|final|latest|next)\s)?(?P<b>{SMALL_NUMERAL}){_CLOSES}",
    re.IGNORECASE,
)
# "Have won five straight", "lost three in a row".
_RUN_OF = re.compile(
    r"\b(?:w[io]ns?|winning|los(?:e|es|t|ing)|dropp(?:ed|ing)|drew|drawn)\s(?:only\s|just\s|at\sleast\s|their\slast\s|its\slast\s)?"
    rf"(?P<a>{SMALL_NUMERAL})(?=\s(?:straight|in\sa\srow|in\ssuccession|on\sthe\s(?:trot|bounce)|on\send|running){_CLOSES})",
    re.IGNORECASE,
)
_HEDGED = re.compile(r"^(?:only|just)\s", re.IGNORECASE)
_MARGIN = re.compile(
    rf"\b(?:lead|deficit|margin|advantage|gap|cushion|difference)\s(?:(?:back|down|out|up)\s)?to\s(?:as\s\w+\sas\s)?{HEDGE}{{0,2}}$",
    re.IGNORECASE,
)
_TALLY = re.compile(
    r"(?:[A-Z][\w’'.-]+|\b(?:[Hh]e|[Ss]he|who|each|and))\s(?:also\s|then\s)?"
    r"(?:had|has|added|scored|managed|finished\swith|ended\swith|chipped\sin(?:\swith)?|contributed|notched|tallied|netted|poured\sin"
    rf"|grabbed|piled\sup|led\s(?:[\w’'.-]+\s){{1,3}}with)\s{HEDGE}{{0,2}}$"
)
_ENDS = re.compile(
    r"\s*$|[,.;:)]|\s(?:in|for|and|as|off|from|on|to|while|but|after|before|by|at|points?\sbehind)\b"
)
_SCORED = word_set("point goal run try wicket basket touchdown")
_PLAYED = _SCORED | word_set(
    "rebound assist steal block tackle yard catch reception carry strikeout hit homer save"
)
_FEW, _NEAR = 100, 12


def records(claim: str) -> Iterator[Found]:
    """Reads "won five straight", and both of "won 12 of 13": games won, and games played."""
    for match in _RUN_OF.finditer(claim):
        yield Found(match.start("a"), match.end("a"), (number_value(match["a"]),), "game")
    for match in _RECORD.finditer(claim):
        won, played = (number_value(_HEDGED.sub("", match[name])) for name in ("a", "b"))
        if 0 < won <= played <= _FEW and match["a"].lower() != "one":
            yield Found(match.start("a"), match.end("a"), (won,), "game")
            yield Found(match.start("b"), match.end("b"), (played,), "game")


def in_play(claim: str, bare: Bare, before: Sequence[Found], earlier: Earlier) -> str | None:
    """What a player's number, or that of a lead, counts: the points or goals named before."""
    lead = claim[max(0, bare.start - 90) : bare.start]
    if bare.values[0] >= _FEW or not _ENDS.match(claim, bare.end):
        return None
    is_tally = bool(_TALLY.search(lead))
    if not is_tally and not _MARGIN.search(lead):
        return None
    units = [one.unit for one in [*earlier.figures()[-_NEAR:], *before]][::-1]
    scored = next((unit for unit in units if unit in _SCORED), None)
    return scored or next((unit for unit in units if is_tally and unit in _PLAYED), None)
