"""What a cell of our files may look like: the strict reader's side of ``cells``.

Each pattern must match the whole cell. They are written apart from the code that writes, so that
a fault there is found here.
"""

import re

# Nothing that a spreadsheet would run; a guarded cell begins with an apostrophe.
_SAFE = r"(?![=+\-@\t\r\n＝＋－＠])"
_ITEM = r"(?:[^;\\\s]|\\[;\\])(?:[^;\\]|\\[;\\])*"
_LINK = r"(?i:https?)://[^\s]+"
# A semicolon in a link is written \; as in every list.
_LISTED_LINK = r"(?i:https?)://(?:[^\s;\\]|\\[;\\])+"
_TIME = r"[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z"


def _shape(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.DOTALL)


ID = _shape(r"[a-z2-7]{12}")
ID_OR_BLANK = _shape(r"(?:[a-z2-7]{12})?")
TEXT = _shape(rf"{_SAFE}.*")
SOME_TEXT = _shape(rf"{_SAFE}.*\S.*")
# Where no spreadsheet reads it.
ANY_TEXT = _shape(r".+")
LINK = _shape(rf"(?:{_LINK})?")
LINKS = _shape(rf"(?:{_LISTED_LINK}(?:; {_LISTED_LINK})*)?")
LIST = _shape(rf"{_SAFE}(?:{_ITEM}(?:; {_ITEM})*)?")
COUNTED = _shape(rf"{_SAFE}(?:{_ITEM}×[1-9][0-9]*(?:; {_ITEM}×[1-9][0-9]*)*)?")
CHAIN = _shape(rf"{_SAFE}(?:[^>\s][^>]*(?: > [^>\s][^>]*)*)?")
DATE = _shape(r"(?:[0-9]{4}(?:-[01][0-9](?:-[0-3][0-9])?)?)?")
TIME = _shape(_TIME)
TIME_OR_BLANK = _shape(f"(?:{_TIME})?")
COUNT = _shape(r"(?:0|[1-9][0-9]*)?")
NUMBER = _shape(r"[1-9][0-9]*")
INTEGER = _shape(r"0|-?[1-9][0-9]*")
SHARE = _shape(r"(?:0|1|0\.[0-9]*[1-9])?")
PROGRESS = _shape(r"[0-9]+/[0-9]+")
FLAG = _shape(r"true|false")
FLAG_OR_BLANK = _shape(r"(?:true|false)?")
WORD = _shape(r"[a-z]+(?:[ -][a-z]+)*")
WORD_OR_BLANK = _shape(r"(?:[a-z]+(?:[ -][a-z]+)*)?")
SCHEME = _shape(rf"(?:{_SAFE}[^\s@]+@[1-9][0-9]*)?")
SHA256 = _shape(r"(?:[0-9a-f]{64})?")
NAME = _shape(r"[a-z]+(?:_[a-z]+)*")
MONTH = _shape(r"[0-9]{4}-(?:0[1-9]|1[0-2])")
AMOUNT = _shape(r"(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9])?")


def one_of(*words: str) -> re.Pattern[str]:
    """A cell that holds one of these words."""
    return _shape("|".join(map(re.escape, words)))
