"""A language that nobody speaks: every sentence with accents and 40 per cent longer.

``pseudo("ar")`` gives it to a locale that is written from right to left, so that a page shows where
it is cut off, where it leans on the left, and which of its words were never marked for translation.
"""

import re
from functools import cache

from babel.messages.catalog import Catalog

from app import languages
from tools import strings

LETTERS = str.maketrans("aeiouyncAEIOU", "àéîöûýñçÀÉÎÖÛ")
# Placeholders stay, and so does what a page looks for.
KEPT = re.compile(r"%%?\([a-z_]+\)[sd]|%%[s]?|\d+|\[|\]")
LONGER = 0.4


def pseudo_words(text: str) -> str:
    """A sentence in the language that nobody speaks."""
    parts = KEPT.split(text)
    kept = [*KEPT.findall(text), ""]
    said = "".join(p.translate(LETTERS) + k for p, k in zip(parts, kept, strict=True))
    return f"⟦{said} {'·' * round(len(text) * LONGER)}⟧"


@cache
def sentences() -> Catalog:
    """Every sentence of the pages: to collect them takes a second."""
    return strings.extracted()


@cache
def pseudo(code: str):
    """The words of the pages in that language, for ``languages`` to hold under this code.

    They are read as they were collected last: that this is all of them is asked elsewhere.
    """
    made = Catalog(locale=code)
    for message in strings.catalogue(strings.POT, code):
        if not message.id:
            continue
        if isinstance(message.id, tuple):
            forms = [message.id[0], *[message.id[1]] * (made.num_plurals - 1)]
            made.add(message.id, [pseudo_words(form) for form in forms])
        else:
            made.add(message.id, pseudo_words(message.id))
    return languages.compiled(strings.written(made), code)


def speak(monkeypatch, code: str) -> None:
    """Let the desk speak it for one test."""
    monkeypatch.setitem(languages.LANGUAGES, code, "Nobody's")
    monkeypatch.setitem(languages._read, code, pseudo(code))
