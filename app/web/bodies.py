"""What a request carries: it says beforehand how long it is, and no text of it holds a NUL."""

from typing import Any

from flask import Flask, Request, request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import LengthRequired

NUL = "\0"


class Texts(ImmutableMultiDict[str, Any]):
    """Fields without NULs: nobody types one, no database keeps one, and PostgreSQL breaks off at one."""

    def __init__(self, fields: Any = None) -> None:  # noqa: ANN401 - as Werkzeug gives them
        if isinstance(fields, list):
            fields = [(name, _clean(value)) for name, value in fields]
        super().__init__(fields)


class DeskRequest(Request):
    """A request to the desk."""

    parameter_storage_class = Texts


def _clean(value: Any) -> Any:  # noqa: ANN401 - a text, or a file
    return value.replace(NUL, "") if isinstance(value, str) and NUL in value else value


def install(app: Flask) -> None:
    """Ask before anything else, as whatever comes next may read the form."""
    app.before_request(_ask_length)


def _ask_length() -> None:
    """Refuse a body that comes in chunks; browsers send none.

    A form without a length is cut off at the limit in silence and taken for the whole; and while
    its sender goes on sending, it does not hear the answer.
    """
    if "HTTP_TRANSFER_ENCODING" in request.environ:
        raise LengthRequired
