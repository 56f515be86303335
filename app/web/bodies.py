"""What a request carries says beforehand how long it is."""

from flask import Flask, request
from werkzeug.exceptions import LengthRequired


def install(app: Flask) -> None:
    """Ask before anything else, as whatever comes next may read the form."""
    app.before_request(_ask_length)


def _ask_length() -> None:
    """Refuse a body that comes in chunks; browsers send none.

    A form without a length is cut off at the limit in silence and taken for the whole; and while
    its sender goes on sending, it does not hear the answer.
    """
    if "Transfer-Encoding" in request.headers:
        raise LengthRequired
