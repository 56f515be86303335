"""The one form of a text that offsets count in."""

import re
import unicodedata

_NEWLINES = re.compile(r"\r\n?")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_MARK = "\ufeff"


def normalise(text: str) -> str:
    """Text in NFC with LF line ends, without byte order mark and control characters.

    Applying it twice changes nothing, so a stored text and its offsets stay valid.
    """
    # A control character may stand between a letter and its accent: remove it before composing.
    plain = _CONTROLS.sub("", _NEWLINES.sub("\n", text))
    return unicodedata.normalize("NFC", plain.lstrip(_MARK))
