"""One's own keys: moved, switched off one by one, or all of them."""

from collections import defaultdict
from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.auth import identity
from app.auth.guard import needs
from app.domain import keys
from app.domain.errors import Invalid
from app.web.keys import KEYS, PAGES, USUAL
from app.web.transactions import db
from app.web.wording import sentence
from app.workflow.people import set_keys

MOVABLE = [entry for entry in KEYS if entry.key not in keys.FIXED]


def install(blueprint: Blueprint) -> None:
    """Give these pages their addresses."""
    blueprint.add_url_rule("/keys", "keys", show)
    blueprint.add_url_rule("/keys", "save_keys", save, methods=["POST"])


@needs("signed-in")
def show() -> ResponseReturnValue:
    """Every action that has a key, by page, with mine."""
    me = identity.me()
    mine = keys.in_use(USUAL, me.keymap, is_off=False)
    typed = {entry.place: mine.get(entry.place, "") for entry in MOVABLE}
    return _page(typed, is_off=me.has_keys_off)


@needs("signed-in")
def save() -> ResponseReturnValue:
    """Keep what was typed, or bring the usual keys back."""
    me = identity.me()
    is_off = "off" in request.form
    if request.form.get("do") == "usual":
        set_keys(db(), identity.actor(), me.public_id, keymap={}, is_off=is_off)
        flash(_("Every key is the usual one again."), "good")
        return redirect(url_for("account.keys"), 303)
    typed = {e.place: request.form.get(keys.name_of(e.place), e.key) for e in MOVABLE}
    wrong = _mistakes(typed)
    if wrong:
        return _page(typed, is_off=is_off, wrong=wrong), 422
    wanted = {place: keys.checked_key(text) for place, text in typed.items()}
    keymap = keys.changed(USUAL, wanted)
    set_keys(db(), identity.actor(), me.public_id, keymap=keymap, is_off=is_off)
    flash(_("Your keys are kept."), "good")
    return redirect(url_for("account.keys"), 303)


def _mistakes(typed: Mapping[keys.Place, str]) -> dict[keys.Place, list[str]]:
    """What is wrong with each key; of two that clash, each names the other."""
    found: dict[keys.Place, list[str]] = defaultdict(list)
    fine = {}
    for place, text in typed.items():
        try:
            fine[place] = keys.checked_key(text)
        except Invalid as refusal:
            found[place].append(sentence(refusal))
    words = {entry.place: str(entry.words) for entry in MOVABLE}
    for pair in keys.clashes(fine):
        for place, other in (pair, pair[::-1]):
            clash = Invalid("key.clash", key=fine[place], other=words[other])
            found[place].append(sentence(clash))
    return found


def _page(
    typed: Mapping[keys.Place, str],
    *,
    is_off: bool,
    wrong: Mapping[keys.Place, list[str]] | None = None,
) -> str:
    groups = [(words, [e for e in MOVABLE if e.page == page]) for page, words in PAGES.items()]
    return render_template(
        "account/keys.html",
        groups=[(words, entries) for words, entries in groups if entries],
        typed={keys.name_of(place): text for place, text in typed.items()},
        is_off=is_off,
        wrong={keys.name_of(place): " ".join(said) for place, said in (wrong or {}).items()},
        name_of=keys.name_of,
    )
