"""A guess whether a text is English, from its commonest words."""

import re

from app.extraction.wordlist import word_set

_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH_WORDS = 8
_ENGLISH_SHARE = 0.18
_SAMPLE = 20_000

ENGLISH = word_set("""the of and to a in that is was for on with as it he his be at by this had not are but from
    or have an they which one you were her all she there would their we him been has when who will
    more no if out so said what up its about into than them can only other new some could time
    these two may then do first any my now such like our over man me even most made after also did
    many before must through""")


def guess_language(text: str) -> str:
    """``en`` when enough of the words are English function words, else ``und``.

    A text of a few words says too little; it is taken for English if it has any such word.
    """
    words = [word.lower() for word in _WORD.findall(text[:_SAMPLE])]
    if not words:
        return "und"
    share = sum(word in ENGLISH for word in words) / len(words)
    if len(words) < _ENOUGH_WORDS:
        return "en" if share > 0 or text.isascii() else "und"
    return "en" if share >= _ENGLISH_SHARE else "und"


def is_english(tag: str) -> bool:
    """Whether a language tag names English, whatever its region."""
    return tag.replace("_", "-").split("-")[0].strip().lower() in {"en", "eng", "english"}
