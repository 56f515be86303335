"""The form of the guidelines, and the versions that an address asks for."""

from flask import request
from flask_babel import lazy_gettext as _
from wtforms import HiddenField, TextAreaField
from wtforms.validators import Length

from app.web.fields import DeskForm

MAX_TEXT = 100_000
MAX_DIGITS = 9


class GuidelinesForm(DeskForm):
    """The text, and the version that it was written on top of."""

    text = TextAreaField(
        _("Guidelines"),
        [Length(max=MAX_TEXT, message=_("Write at most %(max)d characters."))],
        render_kw={"rows": 24, "dir": "auto"},
    )
    base_version = HiddenField()

    @property
    def base(self) -> int | None:
        """The version that the form showed; None where none was sent."""
        return _number(self.base_version.data or "")


def asked_for(name: str) -> int | None:
    """A version that the address names, None where it names none that can be."""
    return _number(request.args.get(name, ""))


def _number(text: str) -> int | None:
    fits = text.isascii() and text.isdecimal() and len(text) <= MAX_DIGITS
    return int(text) if fits else None
