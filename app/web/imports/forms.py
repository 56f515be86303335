"""The form for a file of claims."""

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import StringField
from wtforms.validators import Length

from app.web.fields import DeskForm
from app.workflow.batches import MAX_NAME


class ImportForm(DeskForm):
    """One CSV file."""

    file = FileField(
        _("CSV file"),
        [FileRequired(_("Choose a file."))],
        render_kw={"accept": ".csv,text/csv"},
    )
    batch = StringField(
        _("Into the batch"),
        [Length(max=MAX_NAME, message=_("Write at most %(max)d characters."))],
        render_kw={"list": "batches", "autocomplete": "off"},
    )
