"""The encodings that a page may name as its own.

Python knows more, among them some that are no encodings of a page and whose reading takes time that
grows with the square of the length: ``punycode`` needs five seconds for 200,000 bytes. UTF-16 is told
by its mark alone: a page that names it in letters of one byte is none.
"""

import codecs
import re

_KNOWN = re.compile(
    r"utf-8(?:-sig)?|iso8859-\d{1,2}|cp(?:125\d|866|874|932|949|950)"
    r"|koi8-[rtu]|mac-\w{1,12}|shift_jis\w{0,8}|euc_\w{2,10}|iso2022_\w{2,6}|gb2312|gbk|gb18030|hz"
    r"|big5(?:hkscs)?|johab|tis-620"
)
# The web reads these as Windows-1252, which has letters where they have controls.
_WESTERN = frozenset({"iso8859-1", "ascii"})


def known_encoding(name: str | None) -> str | None:
    """The encoding of that name as Python calls it; None where pages have no such encoding."""
    try:
        found = codecs.lookup((name or "").strip()[:40]).name
    except (LookupError, ValueError):
        return None
    if found in _WESTERN:
        return "cp1252"
    return found if _KNOWN.fullmatch(found) else None
