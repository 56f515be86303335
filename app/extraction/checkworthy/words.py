"""The words and pairs of words of a statement, as weights know them."""

import re
from itertools import pairwise

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*|\d")


def words_of(text: str) -> frozenset[str]:
    """Each word and each pair of neighbours, in small letters; every number is ``0``."""
    found = ["0" if word.isdigit() else word for word in _WORD.findall(text.casefold())]
    words = [word for at, word in enumerate(found) if word != "0" or found[at - 1 : at] != ["0"]]
    return frozenset(words) | {" ".join(pair) for pair in pairwise(words)}
