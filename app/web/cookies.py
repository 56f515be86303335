"""The session's cookie, read and signed by what is made once for the application."""

from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from flask import Flask, Request, Response
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from itsdangerous import BadSignature

if TYPE_CHECKING:
    from itsdangerous import URLSafeTimedSerializer


# So many cookies are known; one weighs some hundred bytes.
MOST = 1_000


class KeptSigning(SecureCookieSessionInterface):
    """Flask's sessions, whose signer is not made anew for every request.

    A signature that was right stays so, since keys do not change while a process runs; so it is looked at
    when a cookie first comes. How old it is, and what the session holds, is found out each time.
    """

    def __init__(self, app: Flask) -> None:
        """Keys do not change while a process runs."""
        self._signer = super().get_signing_serializer(app)
        self._known = lru_cache(maxsize=MOST)(self._unsigned)

    def get_signing_serializer(self, app: Flask) -> "URLSafeTimedSerializer | None":  # noqa: ARG002 - Flask's own form
        """The one that was made at first."""
        return self._signer

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """What the cookie says, unless it was last renewed too long ago.

        One from a moment that is still to come is good: the clock was set back, or another machine,
        whose clock goes before this one's, has signed it. Flask takes it for one that has ended. But no
        further ahead than a session lasts: it would not begin to age before that moment.
        """
        sent = request.cookies.get(self.get_cookie_name(app))
        if self._signer is None:
            return None
        if not sent:
            return self.session_class()
        try:
            packed, signed_at = self._known(sent)
        except BadSignature:
            return self.session_class()
        is_over = abs(datetime.now(UTC) - signed_at) > app.permanent_session_lifetime
        return self.session_class(None if is_over else self._signer.load_payload(packed))

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Send the cookie where something in it changed: nothing else renews it here (see ``desk``)."""
        if session.modified:
            super().save_session(app, session, response)
        elif session.accessed:
            response.vary.add("Cookie")

    def _unsigned(self, sent: str) -> tuple[bytes, datetime]:
        """What a cookie says, packed, and when it was signed.

        Raises:
            BadSignature: nobody of the desk signed it.
        """
        signing: Any = self._signer
        found: tuple[bytes, datetime] = signing.make_signer().unsign(sent, return_timestamp=True)
        return found
