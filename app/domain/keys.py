"""What keys a person may choose, and which of them mean something.

Which actions there are, on which page and with which usual key, is a table of the door that has
keys; these rules are asked with it.
"""

from collections.abc import Iterator, Mapping
from itertools import combinations

from app.domain.errors import Invalid

# An action: the page that it belongs to, and its name there.
Place = tuple[str, str]
Keys = Mapping[Place, str]

EVERYWHERE = "everywhere"
# Pages whose keys mean something on one and the same page.
TOGETHER = frozenset({"pick", "article"})
# These stay as they are: they are no single characters, or the browser's own way to press.
ALWAYS = "Ctrl+Enter"
FIXED = frozenset({ALWAYS, "Enter"})
# Firefox looks for words with them.
BROWSERS = frozenset("/'")
# Names of keys that a browser or a screen reader needs, as somebody may write them.
NAMED = frozenset(
    [
        "tab",
        "enter",
        "return",
        "escape",
        "esc",
        "space",
        "backspace",
        "delete",
        "insert",
        "home",
        "end",
        "pageup",
        "pagedown",
        "up",
        "down",
        "left",
        "right",
        "arrowup",
        "arrowdown",
        "arrowleft",
        "arrowright",
        "capslock",
    ]
)
MODIFIERS = ("ctrl", "control", "alt", "meta", "cmd", "shift", "option")


def name_of(place: Place) -> str:
    """How a changed key is kept: ``review.skip``."""
    return ".".join(place)


def in_use(usual: Keys, own: Mapping[str, str], *, is_off: bool) -> Keys:
    """The keys of a person: theirs above the usual ones; with all off, only Ctrl+Enter."""
    if is_off:
        return {place: key for place, key in usual.items() if key == ALWAYS}
    if not own:
        return usual
    moved = {
        place: own[name_of(place)]
        for place, key in usual.items()
        if key not in FIXED and name_of(place) in own
    }
    # A newer action may come with a key that the person gave to another one.
    return {
        place: moved.get(place, "" if any(_clash(place, key, moved)) else key)
        for place, key in usual.items()
    }


def changed(usual: Keys, wanted: Keys) -> dict[str, str]:
    """What differs from the usual keys; a blank one switches its action's key off."""
    return {
        name_of(place): key
        for place, key in wanted.items()
        if place in usual and usual[place] not in FIXED and usual[place] != key
    }


def checked_key(text: str) -> str:
    """A key as it is kept: one small letter, digit or sign; blank is none.

    Raises:
        Invalid: browsers or screen readers need it, or it is no single key.
    """
    key = text.strip().lower()
    named = key in NAMED or key[1:].isdigit() or key.startswith(tuple(f"{m}+" for m in MODIFIERS))
    if key in BROWSERS or (len(key) > 1 and named):
        raise Invalid("key.browser", key=key[:20])
    if len(key) > 1 or not key.isascii() or not key.isprintable():
        raise Invalid("key.shape")
    return key


def clashes(keys: Keys) -> Iterator[tuple[Place, Place]]:
    """Pairs of actions that one key would mean, on the same page."""
    for first, second in combinations(keys, 2):
        if any(_clash(first, keys[first], {second: keys[second]})):
            yield first, second


def _clash(place: Place, key: str, others: Keys) -> Iterator[Place]:
    for other, taken in others.items():
        pages = {place[0], other[0]}
        near = len(pages) == 1 or EVERYWHERE in pages or pages == TOGETHER
        if near and key and key == taken and place != other:
            yield other
