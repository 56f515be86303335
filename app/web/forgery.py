"""The token against forged requests, in a new disguise on every page.

Pages are compressed, and a page may repeat what an address says. Somebody who can make a browser
load many such pages, and sees how long the answers are, could guess a secret that stands in all of
them. So the token is masked with new random bytes for each page.
"""

import binascii
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections import OrderedDict
from typing import Any

from flask import Flask, current_app, g, session
from flask_wtf.csrf import CSRFProtect, generate_csrf

# Where the package keeps the token in a session, and where the desk keeps it signed.
FIELD, SIGNED = "csrf_token", "assay signed tokens"
MOST = 1_000


def install(app: Flask) -> None:
    """Ask for the token with every request that may change something."""
    _Guard().init_app(app)
    app.extensions[SIGNED] = OrderedDict()
    app.jinja_env.globals["csrf_token"] = token
    app.context_processor(lambda: {"csrf_token": token})


def token() -> str:
    """The session's token, masked for this one page."""
    made: tuple[str, str] = g.get("masked", ("", ""))
    # A page may begin a session; what was written before belongs to the one that it ended.
    if made[0] != g.get(FIELD):
        signed = _signed()
        made = g.masked = signed, masked(signed)
    return made[1]


def _signed() -> str:
    """The session's token, signed once for a session: it ends with that, and at no time of its own."""
    kept: OrderedDict[str, str] = current_app.extensions[SIGNED]
    # Looked up once: another thread may throw it away at any moment.
    known = kept.get(str(session.get(FIELD)))
    if known is None:
        known = str(generate_csrf())
        kept[session[FIELD]] = known
        if len(kept) > MOST:
            kept.popitem(last=False)
    g.csrf_token = known
    return known


def masked(signed: str) -> str:
    """A signed token as it stands on one page."""
    plain = signed.encode()
    pad = secrets.token_bytes(len(plain))
    return urlsafe_b64encode(pad + _xor(plain, pad)).decode()


def _unmasked(shown: str) -> str | None:
    try:
        raw = urlsafe_b64decode(shown)
        half = len(raw) // 2
        return _xor(raw[half:], raw[:half]).decode("ascii")
    except (binascii.Error, ValueError):
        return None


def _xor(left: bytes, right: bytes) -> bytes:
    mixed = int.from_bytes(left) ^ int.from_bytes(right)
    return mixed.to_bytes(len(left))


class _Guard(CSRFProtect):  # type: ignore[misc]  # the package has no types
    def _get_csrf_token(self) -> str | None:
        shown: Any = super()._get_csrf_token()
        return None if shown is None else _unmasked(shown)
