"""Parts of pages that look alike on many of them, made once and kept by the process.

Such a part is a macro of a template that is imported without its context. What it writes follows
from what it is given, from the language of the page, from the keys of its reader, from where the desk
is mounted and from the content of the desk's files, and from nothing else; so these name it. What
somebody has typed is never kept; a part with it, such as the article of twenty claims of a list, is made
once for the page that it is on (``once``).
"""

from collections.abc import Hashable
from typing import Any

from flask import Flask, g, request

from app.web import keys, static_files
from app.web.languages import page_words

# One part weighs some kilobytes at most. A desk has a few hundred of them; then it begins anew.
MOST = 1_000


def install(app: Flask) -> None:
    """Make it known to the templates."""
    app.jinja_env.globals.update(kept_part=_keeper(), once=once)


def _keeper() -> Any:  # noqa: ANN401 - a function that templates call
    """What looks a part up, or has it made: each application has its own, as it has its templates."""
    known: dict[Hashable, Any] = {}

    def kept_part(part: Any, *values: Hashable) -> Any:  # noqa: ANN401 - a macro, and what it writes
        here = g._get_current_object()  # noqa: SLF001 - as Werkzeug's documentation has it
        name = (part, getattr(here, "look", None) or look(), values)
        found = known.get(name)
        if found is None:
            if len(known) >= MOST:
                known.clear()
            found = known[name] = part(*values)
        return found

    return kept_part


def once(part: Any, *values: Hashable) -> Any:  # noqa: ANN401 - a macro, and what it writes
    """A part that stands several times on one page, made for the first of them."""
    here = g._get_current_object()  # noqa: SLF001 - as Werkzeug's documentation has it
    if not hasattr(here, "parts"):
        here.parts = {}
    name = (part, values)
    found = here.parts.get(name)
    if found is None:
        found = here.parts[name] = part(*values)
    return found


def look() -> Hashable:
    """What all parts of a page have in common that is another's on other pages; found out once."""
    here = g._get_current_object()  # noqa: SLF001 - as Werkzeug's documentation has it
    if not hasattr(here, "look"):
        here.look = (page_words(), keys.own(), request.script_root, static_files.state())
    found: Hashable = here.look
    return found
