"""Speech tags that a full stop inside of the quotation parts from it: "“It sank!” Lee wrote."."""

import re

from app.extraction import sayings
from app.extraction.wordlist import word_set

_STOPPED = re.compile(r"[.!?…][”\"’»]$")
_WORD = re.compile(r"[\w.@'’-]+")
_LONGEST = 160
_FARTHEST_VERB = 6
_BEFORE_VERB = word_set("of has have had also later then")
_DESCRIBES = word_set("the a an one another")
_ADJUNCTS = word_set("""on in at to of from during after before by via about as with through yesterday today monday
    tuesday wednesday thursday friday saturday sunday earlier later last this again sarcastically""")
_SIGNED = re.compile(r"[—–―-]{1,2}\s?[^\W\d_]")
_MOST_SIGNED = 12


def goes_with(left: str, right: str) -> bool:
    """Whether a sentence is nothing but who said the quotation that ends before it.

    "“It sank!” Lund wrote on Monday.", "“It sank.” — Ann Lee, port clerk"; not "“It sank!” Lund
    said the port was shut.", which says something new.
    """
    if not _STOPPED.search(left[-2:]) or len(right) > _LONGEST:
        return False
    if _SIGNED.match(right):
        return len(right.split()) <= _MOST_SIGNED and not right.endswith(("!", "?"))
    words = _WORD.findall(right)
    verb = next((at for at, word in enumerate(words) if word.lower().rstrip(".") in _VERBS), None)
    if verb is None or not 0 < verb <= _FARTHEST_VERB or any(mark in right for mark in '“":'):
        return False
    described = words[0].lower() in _DESCRIBES
    names = all(described or w[0].isupper() or w in _BEFORE_VERB for w in words[:verb])
    after = words[verb + 1 : verb + 2]
    return names and (not after or after[0].lower() in _ADJUNCTS)


_VERBS = frozenset(
    verb for verb in sayings.CUES if not verb.endswith("ing") and sayings.CUES[verb] != "object"
) | {"said"}
