"""What stands in front of a sentence: "NORWICK, Ohio, May 3 (AP) —", and the number in a list."""

import re

from app.extraction.sentences import Span

_CAPITALS = r"[A-Z][A-Z.’'-]+(?:[ /][A-Z][A-Z.’'-]+){0,4}"
_STATE = r"(?:,\s[A-Z][\w.]{0,20}(?:\s[A-Z][\w.]{0,20}){0,2})"
_PLACE = r"[A-Z][a-zà-ÿ’']{1,20}(?:[ /-](?:[A-Z][a-zà-ÿ’']{1,20}|de|la|of|the|upon)){0,3}"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DAY = rf"(?:{_MONTH}\s\d{{1,2}}|\d{{1,2}}\s{_MONTH})(?:,?\s\d{{4}})?"
_WIRE = r"\([A-Z][\w&./ ’'-]{1,24}\)"
# A wire that stands for its own mark: "(CNN) The mayor …".
_KNOWN = (
    r"\((?:CNN|AP|AFP|Reuters|BBC|UPI|PTI|ANI|IANS|Bloomberg|Xinhua|TASS|CBS|NBC|ABC|FOX|Fox|dpa|EFE)"
    r"(?:\s[A-Z]\w{1,12})?\)"
)
_MARK = r"(?:[—–:]|--?(?=\s)|_(?=\s))"
_STARTS = r"(?=[A-Z0-9“\"‘'])"
_DATELINE = re.compile(
    rf"(?:\(?\d{{1,2}}[.)]\s{_STARTS}"
    rf"|{_CAPITALS}{_STATE}?(?:,?\s{_DAY})?(?:\s?{_WIRE}\s?{_MARK}|\s?{_KNOWN}|\s?{_MARK})"
    rf"|(?:{_PLACE}{_STATE}?,?\s)?(?:{_DAY}\s)?{_WIRE}\s?{_MARK}"
    rf"|(?:{_PLACE}\s)?{_KNOWN}(?=\s[A-Z“])"
    rf"|{_PLACE}{_STATE}{{1,2}}:\s"
    rf"|{_PLACE}{_STATE}\s[—–]\s{_STARTS})\s*"
)


def after_dateline(text: str, span: Span) -> Span:
    """A sentence without the dateline in front of it."""
    match = _DATELINE.match(text, span.start, span.end)
    return Span(match.end(), span.end) if match else span
