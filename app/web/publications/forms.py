"""The form that notes where verdicts were published."""

from typing import ClassVar

from flask_babel import lazy_gettext as _
from wtforms import IntegerField, SelectMultipleField, StringField, URLField
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from app.web.fields import DeskForm, Rules, choices
from app.workflow.publications import PublicationValues, needed_link, published_day


class Ticks(SelectMultipleField):
    """Tick boxes, any number of them."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class PublicationForm(DeskForm):
    """A published piece, and which further claims stand in it."""

    RULES: ClassVar[Rules] = {"url": needed_link, "published_on": published_day}

    url = URLField(_("Address of the page"), render_kw={"placeholder": "https://"})
    title = StringField(_("Title"), render_kw={"dir": "auto"})
    published_on = StringField(_("Published on"), render_kw={"type": "date"})
    others = Ticks(_("These stand in it too"), choices=[], validate_choice=False)
    version = IntegerField(_("Version"), [Optional()], widget=HiddenInput())

    def offer(self, claims: list[tuple[str, str]]) -> None:
        """Other claims that could stand in the same piece."""
        self.others.choices = choices(claims)

    def values(self) -> PublicationValues:
        """The piece as the verb takes it."""
        return PublicationValues(
            url=self.url.data or "",
            title=self.title.data or "",
            published_on=self.published_on.data or "",
            others=tuple(self.others.data or ()),
            version=self.version.data,
        )
