"""The form for a page or a document that somebody brings."""

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired

from app.web.fields import DeskForm


class UploadForm(DeskForm):
    """One file: a page as the browser saved it, or a PDF file."""

    file = FileField(
        _("Page or PDF file"),
        [FileRequired(_("Choose a file."))],
        render_kw={"accept": ".html,.htm,.txt,.pdf,.mhtml,.mht"},
    )
