"""Self-contained wording: a clause as a sentence that can be read without the article."""

import re

_SPACE = re.compile(r"\s+")
_TRAILING_COMMA = re.compile(r",([\"”’']+)$")
_END = ".!?…"
_CLOSERS = "\"”’')"


def worded(clause: str, *, subject: tuple[int, str] | None = None, lead: str = "") -> str:
    """The clause with a capital and a full stop.

    Args:
        clause: the words of the article.
        subject: length of the pronoun or short name at the beginning, and the full name for it.
        lead: words to put in front, for a clause that lacks its subject.
    """
    if subject is not None:
        clause = subject[1] + clause[subject[0] :]
    sentence = _SPACE.sub(" ", f"{lead} {clause}").strip()
    if not sentence:
        return sentence
    sentence = _TRAILING_COMMA.sub(r".\1", _balanced(sentence))
    sentence = sentence[0].upper() + sentence[1:]
    return sentence if sentence.rstrip(_CLOSERS)[-1:] in _END else sentence + "."


def _balanced(sentence: str) -> str:
    """Without a quotation mark whose partner was left outside the clause."""
    for opening, closing in (("“", "”"), ('"', '"')):
        if opening == closing:
            odd = sentence.count(opening) % 2 == 1
        else:
            odd = sentence.count(opening) != sentence.count(closing)
        if odd:
            sentence = sentence.replace(opening, "").replace(closing, "")
    return sentence
