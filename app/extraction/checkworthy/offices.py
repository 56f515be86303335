"""Whose word counts as that of an office or of somebody who has studied the matter."""

import re
from collections.abc import Sequence

from app.extraction.candidate import Hop

_OFFICE = re.compile(
    r"\b(?:minister|ministry|president|secretary|mayor|governor|gov\.|police|court|judge|magistrate|prosecutors?"
    r"|senators?|sen\.|rep\.|congress\w*|council\w*|commission\w*|agency|department|authorit(?:y|ies)|bureau"
    r"|office|officials?|government|inspector\w*|regulator|auditors?|ombudsman|embassy|ambassador|parliament"
    r"|army|military|navy|air force|pentagon|white house|treasury|sheriff|chancellor|premier|mps?|lawmakers?"
    r"|coroner|registrar|census|central bank|watchdog|inquiry|tribunal|committee|board|fire (?:service|chief)"
    r"|attorney general|district attorney|defen[cs]e|state department|municipality|county|united nations|nato|fbi|nhs)\b",
    re.IGNORECASE,
)
_STUDIED = re.compile(
    r"\b(?:professors?|prof\.|dr\.?|researchers?|scientists?|economists?|analysts?|experts?|epidemiologists?"
    r"|biologists?|historians?|university|institute|academics?|doctors?|surgeons?|engineers?|lecturers?"
    r"|study|statisticians?|virologists?|physicists?|geologists?|consultants?|surveyors?)\b",
    re.IGNORECASE,
)
# How far around a name its office stands: "Ida Moe, the mayor", "Mayor Ida Moe".
_NEAR_BEFORE, _NEAR_AFTER = 40, 60
_TITLE_WORDS = 2
_SENTENCE_END = re.compile(r"[.!?][\"”’)]?\s|\n")


def is_official(article: str, chain: Sequence[Hop]) -> bool:
    """Whether the one who says it holds an office, or is one, as this sentence names them."""
    return bool(chain) and bool(_OFFICE.search(_called(article, chain[-1])))


def is_expert(article: str, chain: Sequence[Hop]) -> bool:
    """Whether the one who says it has studied the matter."""
    return bool(chain) and bool(_STUDIED.search(_called(article, chain[-1])))


def _called(article: str, hop: Hop) -> str:
    """The name of an agent, and the words around it that tell what it is."""
    if hop.start is None or hop.end is None:
        return hop.agent
    before = article[max(0, hop.start - _NEAR_BEFORE) : hop.start]
    title = " ".join(_SENTENCE_END.split(before)[-1].rsplit(",", 1)[-1].split()[-_TITLE_WORDS:])
    after = article[hop.end : hop.end + _NEAR_AFTER]
    after = _SENTENCE_END.split(after)[0]
    described = after.split(",")[1] if after.startswith(",") and "," in after[1:] else ""
    return f"{title} {article[hop.start : hop.end]} {described} {hop.agent}"
