"""What is decided about a suggestion."""

from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _
from wtforms import DateField, HiddenField, SelectField, StringField
from wtforms.validators import Length, Optional, ValidationError

from app.domain.dates import due_year
from app.domain.due import end_of_day
from app.domain.errors import Invalid
from app.domain.ids import is_public_id
from app.web.fields import DeskForm, choices
from app.web.wording import PRIORITIES, sentence
from app.workflow.claims import PickValues

MAX_REASON = 500
DECISIONS = ("check", "drop", "later")


class PickForm(DeskForm):
    """Check, drop or later, with what may be said while picking.

    ``next`` names the page to go back to, ``then`` the claim to go on with, ``after`` the part of
    the list that was open.
    """

    reason = StringField(
        _("Why we pick it"), [Length(max=MAX_REASON)], render_kw={"autocomplete": "off"}
    )
    due_at = DateField(_("Due by the end of"), [Optional()])
    priority = SelectField(_("How soon"), default="0", choices=[])
    next = HiddenField(default="pick")
    then = HiddenField()
    after = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as WTForms
        super().__init__(*args, **kwargs)
        self.priority.choices = choices((value, str(words)) for value, words in PRIORITIES)
        if not self.priority.data:
            self.priority.data = "0"

    def validate_due_at(self, field: DateField) -> None:
        """Refuse a year that nobody can mean."""
        try:
            if field.data is not None:
                due_year(field.data.year)
        except Invalid as refusal:
            raise ValidationError(sentence(refusal)) from None

    def values(self, timezone: str) -> PickValues:
        """What was said; a day ends by the clock of the project."""
        due = self.due_at.data
        return PickValues(
            reason=self.reason.data or None,
            due_at=None if due is None else end_of_day(due, ZoneInfo(timezone)),
            priority=int(self.priority.data),
        )

    @property
    def following(self) -> str | None:
        """The public id of the claim to go on with."""
        named = self.then.data or ""
        return named if is_public_id(named) else None
