"""The form that declares an interest."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import SelectField, StringField
from wtforms.validators import Optional

from app.storage.projects import Colleague
from app.web.fields import DeskForm, choices
from app.workflow.interests import InterestValues


class InterestForm(DeskForm):
    """Somebody or a tag; for an editor also whose interest it is."""

    # Whose it may be is for the verb to say.
    person = SelectField(_("Whose interest"), validators=[Optional()], validate_choice=False)
    agent = StringField(
        _("Somebody who says things"),
        render_kw={"list": "agents", "autocomplete": "off", "dir": "auto"},
    )
    tag = StringField(
        _("Or a tag"), render_kw={"list": "tags", "autocomplete": "off", "dir": "auto"}
    )
    note = StringField(
        _("What kind of interest, in a few words"),
        render_kw={"autocomplete": "off", "dir": "auto"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as WTForms
        super().__init__(*args, **kwargs)
        self.offer(())

    def offer(self, people: Iterable[Colleague]) -> None:
        """Offer oneself, and these others."""
        self.person.choices = choices(
            [("", str(_("My own"))), *((one.public_id, one.name) for one in people)]
        )

    def values(self) -> InterestValues:
        """What was filled in."""
        return InterestValues(
            agent=self.agent.data or "",
            tag=self.tag.data or "",
            note=self.note.data or "",
            person_id=self.person.data or None,
        )
