"""The form of a batch."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import Length, Optional

from app.storage.batches import BatchRecord
from app.storage.guidelines import GuidelineRecord
from app.web.fields import DeskForm, choices, number
from app.web.filters import day
from app.workflow.batches import MAX_NAME, BatchValues


class BatchForm(DeskForm):
    """What a batch is."""

    name = StringField(
        _("Name"),
        [Length(max=MAX_NAME, message=_("Write at most %(max)d characters."))],
        render_kw={"autocomplete": "off"},
    )
    is_pilot = BooleanField(_("A pilot, for trying the guidelines"))
    guideline_version = SelectField(_("Guidelines"), validators=[Optional()])

    def offer(self, versions: Iterable[GuidelineRecord]) -> None:
        """Offer these versions of the guidelines, the first one unless another is chosen."""
        self.guideline_version.choices = choices(
            (str(one.version), _("Version %(n)s, %(day)s", n=one.version, day=day(one.created_at)))
            for one in versions
        )

    def show(self, batch: BatchRecord) -> None:
        """Fill in what holds now."""
        self.name.data, self.is_pilot.data = batch.name, batch.is_pilot
        self.guideline_version.data = str(batch.guideline_version or "")

    def values(self) -> BatchValues:
        """What was filled in, for the verb."""
        return BatchValues(
            name=self.name.data or "",
            is_pilot=bool(self.is_pilot.data),
            guideline_version=number(self.guideline_version.data) or None,
        )
