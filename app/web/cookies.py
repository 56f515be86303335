"""The session's cookie, read and signed by what is made once for the application."""

from typing import TYPE_CHECKING

from flask import Flask
from flask.sessions import SecureCookieSessionInterface

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
