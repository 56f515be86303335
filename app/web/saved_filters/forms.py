"""The form that keeps a list of claims under a name."""

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, StringField
from wtforms.validators import Length

from app.web.fields import DeskForm
from app.workflow.saved_filters import MAX_NAME, FilterValues

MAX_ASKED = 8_000


class SaveForm(DeskForm):
    """A name, for whom, and the query of the list as its address spells it."""

    name = StringField(
        _("Name of the list"),
        [Length(max=MAX_NAME)],
        render_kw={"autocomplete": "off", "maxlength": MAX_NAME, "dir": "auto"},
    )
    is_shared = BooleanField(_("For everybody in the project"))
    query = HiddenField(validators=[Length(max=MAX_ASKED)])

    def values(self, query: str) -> FilterValues:
        """The list as the verb takes it, with a query that was read and written again."""
        return FilterValues(
            name=self.name.data or "", query=query, is_shared=bool(self.is_shared.data)
        )
