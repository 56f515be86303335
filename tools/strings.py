"""Collect every sentence of the pages for the translators: ``make strings``.

Writes ``translations/messages.pot`` and brings each ``messages.po`` up to date: new sentences come
in empty, what no page says any more goes. Sorted, without dates and line numbers, so that a change
shows only what changed.
"""

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

from app import languages

ROOT = Path(__file__).resolve().parents[1]
POT = languages.FOLDER / "messages.pot"
# In which folder, which files, read as what.
PLACES = (("app", "**.py", "python"), ("templates", "**.html", "jinja2"))
OPTIONS = {"trimmed": "true", "silent": "false"}
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "lazy_gettext": None,
    "lazy_ngettext": (1, 2),
    "lazy_pgettext": ((1, "c"), 2),
    "Counted": (1, 2),
}
# What changes by itself, or says what nobody keeps up.
LEFT_OUT = (
    *("POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Language-Team"),
    *("Generated-By", "Project-Id-Version", "Report-Msgid-Bugs-To"),
)
HEAD = "# The words of Assay. How to translate them: CONTRIBUTING.md."


def extracted() -> Catalog:
    """Every sentence that a page may show, with the files that it stands in."""
    found = Catalog(header_comment=HEAD, charset="utf-8", fuzzy=False)
    for folder, pattern, method in PLACES:
        messages = extract_from_dir(
            ROOT / folder,
            method_map=[(pattern, method)],
            options_map={pattern: OPTIONS if method == "jinja2" else {}},
            keywords=KEYWORDS,
            comment_tags=("translators:",),
            strip_comment_tags=True,
        )
        for file, _line, message, comments, context in messages:
            place = (f"{folder}/{file}", 0)
            found.add(message, locations=[place], auto_comments=comments, context=context)
    return found


def catalogue(path: Path, code: str) -> Catalog:
    """The words of a language as they are kept; none where nobody has begun."""
    if not path.exists():
        return Catalog(locale=code, header_comment=HEAD, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=code)


def written(words: Catalog) -> bytes:
    """A catalogue as its file: the same for the same sentences."""
    buffer = io.BytesIO()
    write_po(buffer, words, sort_output=True, include_lineno=False, ignore_obsolete=True, width=100)
    lines = buffer.getvalue().decode().splitlines(keepends=True)
    return "".join(
        line for line in lines if not line.startswith(tuple(f'"{name}:' for name in LEFT_OUT))
    ).encode()


def main() -> None:
    """Write the template and every catalogue anew."""
    every = extracted()
    POT.write_bytes(written(every))
    for code in languages.LANGUAGES:
        if code == languages.SOURCE:
            continue
        path = languages.path_of(code)
        path.parent.mkdir(parents=True, exist_ok=True)
        words = catalogue(path, code)
        # A sentence that changed is translated anew: a guess would be shown to readers as it is.
        words.update(every, no_fuzzy_matching=True)
        words.header_comment = HEAD
        path.write_bytes(written(words))
        left = sum(1 for message in words if message.id and not is_said(message))
        print(f"{code}: {len(words)} sentences, {left} to translate", file=sys.stderr)


def is_said(message: Message) -> bool:
    """Whether a sentence has its words in the language, all forms of them."""
    said = message.string
    return all(said) if isinstance(said, tuple | list) else bool(said)


if __name__ == "__main__":
    main()
