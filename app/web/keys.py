"""The keys, in one table, and the page that shows it.

Elements name their key with ``{{ pressed_by(key("review", "skip")) }}`` of ``macros/keys.html``; the
script presses the element. Letters mean nothing while somebody types. A person may have moved a
key, or switched all of them off: ``key`` answers theirs, and the macros write nothing for none.
"""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, g, has_request_context, render_template
from flask_babel import lazy_gettext as _

from app.auth import identity
from app.auth.guard import needs
from app.domain import keys
from app.domain.keys import EVERYWHERE

blueprint = Blueprint("keys", __name__)

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

    @property
    def place(self) -> keys.Place:
        """What the action is called in the rules."""
        return self.page, self.action


PAGES = {
    EVERYWHERE: _("Everywhere"),
    "review": _("Check"),
    "pick": _("Pick"),
    "article": _("Article, beside the keys of Pick"),
    "settle": _("To settle"),
}

KEYS = (
    Key(EVERYWHERE, "help", "?", _("Show these keys; on an answer of a check: what it means")),
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
    Key("article", "begin", "b", _("Where the claim begins: then arrow keys, Enter saves")),
    Key("article", "end", "e", _("Where the claim ends: then arrow keys, Enter saves")),
    Key("article", "split", "s", _("Split it, at the selected word if there is one")),
    Key("article", "join", "m", _("Join it with the next claim")),
    Key("article", "who", "w", _("Who said it")),
    Key("article", "tick", "x", _("Tick it, to set who claims it for several")),
    *(Key("settle", f"adopt-{n}", str(n), _("Adopt check %(n)s", n=n)) for n in range(1, 10)),
    Key("settle", "otherwise", "o", _("Decide otherwise, with a reason")),
    Key("settle", "return", "r", _("Send back with a question")),
    Key("settle", "submit", "Ctrl+Enter", _("Settle")),
)

USUAL = {entry.place: entry.key for entry in KEYS}


def key(page: str, action: str) -> str:
    """The key of an action for whoever asks; nothing where it has none, or there are too few."""
    return in_use().get((page, action), "")


def in_use() -> keys.Keys:
    """The keys of whoever asks, looked up once a request."""
    if not has_request_context() or identity.load() is None:
        return USUAL
    if "keys" not in g:
        me = identity.me()
        g.keys = keys.in_use(USUAL, me.keymap, is_off=me.has_keys_off)
    found: keys.Keys = g.keys
    return found


def own() -> Hashable:
    """What tells the keys of whoever asks from those of others, without having to compare all."""
    if identity.load() is None:
        return None
    found: Hashable = g.get("own_keys")
    if found is None:
        me = identity.me()
        found = g.own_keys = (me.has_keys_off, tuple(sorted(me.keymap.items())))
    return found


def by_page() -> Iterator[tuple[Any, list[Key]]]:
    """The words of each page, and its actions with the keys of whoever asks."""
    mine = in_use()
    for page, words in PAGES.items():
        shown = [replace(k, key=mine.get(k.place, "")) for k in KEYS if k.page == page]
        yield words, shown


@blueprint.get("/keys")
@needs("signed-in")
def show() -> str:
    """The table, page by page, without what has no key."""
    groups = [(words, [k for k in entries if k.key]) for words, entries in by_page()]
    return render_template("keys/show.html", groups=[(w, found) for w, found in groups if found])
