"""The session's cookie, read and signed by what is made once for the application."""

from typing import TYPE_CHECKING

from flask import Flask, Response
from flask.sessions import SecureCookieSessionInterface, SessionMixin

if TYPE_CHECKING:
    from itsdangerous import URLSafeTimedSerializer


class KeptSigning(SecureCookieSessionInterface):
    """Flask's sessions, whose signer is not made anew for every request."""

    def __init__(self, app: Flask) -> None:
        """Keys do not change while a process runs."""
        self._signer = super().get_signing_serializer(app)

    def get_signing_serializer(self, app: Flask) -> "URLSafeTimedSerializer | None":  # noqa: ARG002 - Flask's own form
        """The one that was made at first."""
        return self._signer

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Send the cookie where something in it changed: nothing else renews it here (see ``desk``)."""
        if session.modified:
            super().save_session(app, session, response)
        elif session.accessed:
            response.vary.add("Cookie")
