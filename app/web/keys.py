"""The keys, in one table, and the page that shows it.

Elements name their key with ``data-key="{{ key('review', 'skip') }}"``; the script presses the
element. Letters mean nothing while somebody types.
"""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template
from flask_babel import lazy_gettext as _

from app.auth.guard import needs

blueprint = Blueprint("keys", __name__)

EVERYWHERE = "everywhere"
CONTENT_KEYS = "1234567890"
ATTRIBUTION_KEYS = "qwrtyui"
SOURCE_KEYS = "zxcvb"


@dataclass(frozen=True, slots=True)
class Key:
    """One key: on which page, what it does, and how the page says so."""

    page: str
    action: str
    key: str
    words: Any


PAGES = {
    EVERYWHERE: _("Everywhere"),
    "review": _("Check"),
    "pick": _("Pick"),
    "settle": _("To settle"),
}

KEYS = (
    Key(EVERYWHERE, "help", "?", _("Show these keys")),
    Key("review", "submit", "Ctrl+Enter", _("Done, next")),
    Key("review", "submit-idle", "Enter", _("Done, next, while no field is chosen")),
    *(
        Key("review", f"content-{n}", key, _("Is it so? Answer %(n)s, true end first", n=n))
        for n, key in enumerate(CONTENT_KEYS, start=1)
    ),
    *(
        Key("review", f"attribution-{n}", key, _("Was it said? Answer %(n)s", n=n))
        for n, key in enumerate(ATTRIBUTION_KEYS, start=1)
    ),
    Key("review", "link", "e", _("Paste a link")),
    *(
        Key("review", f"source-{n}", key, _("Use offered source %(n)s", n=n))
        for n, key in enumerate(SOURCE_KEYS, start=1)
    ),
    Key("review", "skip", "s", _("Skip, with a reason")),
    Key("review", "later", "l", _("Later")),
    Key("review", "undo", "k", _("Undo: back to my earlier check")),
    Key("review", "notes", "n", _("Notes, only for me")),
    Key("pick", "check", "c", _("Check this claim")),
    Key("pick", "drop", "d", _("Drop it")),
    Key("pick", "later", "l", _("Later")),
    Key("pick", "next", "j", _("Next suggestion")),
    Key("pick", "previous", "k", _("Previous suggestion")),
    *(Key("settle", f"adopt-{n}", str(n), _("Adopt check %(n)s", n=n)) for n in range(1, 10)),
    Key("settle", "otherwise", "o", _("Decide otherwise, with a reason")),
    Key("settle", "return", "r", _("Send back with a question")),
    Key("settle", "submit", "Ctrl+Enter", _("Settle")),
)

_by_action = {(entry.page, entry.action): entry.key for entry in KEYS}


def key(page: str, action: str) -> str:
    """The key of an action; nothing where there are more answers than keys."""
    return _by_action.get((page, action), "")


@blueprint.get("/keys")
@needs("signed-in")
def show() -> str:
    """The table, page by page."""
    groups = [(words, [k for k in KEYS if k.page == page]) for page, words in PAGES.items()]
    return render_template("keys/show.html", groups=groups)
