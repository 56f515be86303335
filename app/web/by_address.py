"""The form for articles by their addresses: on the page for adding one, and on that of the lists."""

from flask_babel import lazy_gettext as _
from wtforms import StringField, TextAreaField

from app.web.fields import DeskForm


class ByAddressForm(DeskForm):
    """Addresses, one a line, and that of a feed; the verb says what is wrong with which."""

    urls = TextAreaField(
        _("Addresses, one a line"),
        render_kw={"rows": 3, "dir": "ltr", "placeholder": "https://", "spellcheck": "false"},
    )
    feed = StringField(
        _("Or a feed (RSS, Atom)"),
        render_kw={"dir": "ltr", "placeholder": "https://", "inputmode": "url"},
    )
