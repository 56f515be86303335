"""The form that clears a mark."""

from flask_babel import lazy_gettext as _
from wtforms import TextAreaField

from app.web.fields import DeskForm


class ClearForm(DeskForm):
    """What came of looking at a claim again."""

    note = TextAreaField(_("What came of it"), render_kw={"rows": 2})
