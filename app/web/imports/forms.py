"""The form for a file of claims."""

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired

from app.web.fields import DeskForm


class ImportForm(DeskForm):
    """One CSV file."""

    file = FileField(
        _("CSV file"),
        [FileRequired(_("Choose a file."))],
        render_kw={"accept": ".csv,text/csv"},
    )
