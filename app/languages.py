"""The languages of the desk, and the words of each.

A catalogue is a file for people, ``translations/<code>/LC_MESSAGES/messages.po``. It is made into
what programs read when somebody first wants the language, once a process: nothing is built before.
"""

import io
import threading
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

FOLDER = Path(__file__).resolve().parents[1] / "translations"
# What each is called by those who speak it. The first is that of the program's own sentences.
LANGUAGES = {"en": "English", "de": "Deutsch"}
SOURCE = "en"

_read: dict[str, NullTranslations] = {SOURCE: NullTranslations()}
_one_reads = threading.Lock()


def known(code: str | None) -> str:
    """The language that a person wants, where the desk speaks it; else English."""
    return code if code in LANGUAGES else SOURCE


def words_in(code: str | None) -> NullTranslations:
    """The words of a language, for a page, or for a mail that is written outside of any request."""
    code = known(code)
    found = _read.get(code)
    if found is not None:
        return found
    with _one_reads:
        if code not in _read:
            _read[code] = compiled(path_of(code).read_bytes(), code)
        return _read[code]


def path_of(code: str) -> Path:
    """Where the words of a language are kept."""
    return FOLDER / code / "LC_MESSAGES" / "messages.po"


def compiled(catalogue: bytes, code: str) -> Translations:
    """A catalogue as it is looked up in; what is not translated in it stays English."""
    packed = io.BytesIO()
    write_mo(packed, read_po(io.BytesIO(catalogue), locale=code))
    packed.seek(0)
    return Translations(packed)
