"""The form that cuts the list of claims down."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import DateField, HiddenField, SelectField, StringField

from app.domain.records import LabelRecord
from app.storage.batches import BatchRecord
from app.storage.claim_queries import ME, NOT_ME
from app.storage.projects import Colleague
from app.web.fields import DeskForm, choices

BY_DUE = "due"
SEARCH = {"type": "search"}
# How a list of claims is cut down by when they are due, and put in order.
DUE: dict[str, Any] = {
    "overdue": _("Overdue"),
    "today": _("Today"),
    "week": _("In the next 7 days"),
    "none": _("No date"),
}
ORDERS: dict[str, Any] = {"": _("Newest first"), "due": _("First due first")}


class FindForm(DeskForm):
    """Which claims the list shows, as an address spells it."""

    text = StringField(_("Words of the claim"), render_kw=SEARCH)
    who = StringField(_("Who said it"), render_kw=SEARCH)
    verdict = SelectField(_("Verdict"))
    tag = StringField(_("Tag"), render_kw={**SEARCH, "list": "tags"})
    due = SelectField(_("When it is due"))
    day = DateField(_("Due on this day"))
    person = SelectField(_("Who checks it"))
    batch = SelectField(_("Batch"))
    sort = SelectField(_("In which order"))
    state = HiddenField()
    article = HiddenField()
    claimant = HiddenField()
    group = HiddenField()
    left = HiddenField()
    met = HiddenField()

    def offer(
        self,
        labels: Iterable[LabelRecord],
        people: Sequence[Colleague],
        batches: Sequence[BatchRecord],
        *,
        checks: bool,
    ) -> None:
        """Offer these verdicts, people and batches; ``checks``: the one who asks may check."""
        anything = [("", str(_("Any")))]
        self.verdict.choices = choices([*anything, *((one.code, one.name) for one in labels)])
        self.due.choices = choices([*anything, *((key, str(said)) for key, said in DUE.items())])
        self.sort.choices = choices((key, str(said)) for key, said in ORDERS.items())
        self.batch.choices = choices([*anything, *((one.public_id, one.name) for one in batches)])
        me = [(ME, str(_("Me"))), (NOT_ME, str(_("Not me")))] if checks else []
        others = [(one.public_id, one.name) for one in people]
        self.person.choices = choices([*anything, *me, *others])
