"""The form of one act on many claims."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, DateField, HiddenField, RadioField, SelectField, StringField
from wtforms.validators import Length, Optional

from app.domain.due import end_of_day
from app.domain.errors import Invalid
from app.domain.ids import is_public_id
from app.domain.records import PersonRecord
from app.storage.batches import BatchRecord
from app.web.fields import DeskForm, Ticks, Whole, choices
from app.web.wording import PRIORITIES
from app.workflow.planning import MAX_TAG, PlanValues

# What can be done with many claims at once.
MANY: dict[str, Any] = {
    "give": _("Give them to somebody to check"),
    "share": _("Share them out among several people to check"),
    "want": _("Say how many checks each wants"),
    "due": _("Set the date by which they are due"),
    "no-due": _("Take the date away"),
    "priority": _("Say how soon they should be checked"),
    "tag": _("Add a tag"),
    "untag": _("Take a tag away"),
    "batch": _("Put them into a batch"),
    "unbatch": _("Take them out of their batch"),
    "drop": _("Drop them"),
    "check": _("Put them on the list to check, dropped ones too"),
}

MAX_NAMES = 20_000
MAX_BACK = 8_000


class ManyForm(DeskForm):
    """What to do with some claims, named by their ids; ``back`` is the query of the list."""

    claims = HiddenField(validators=[Length(max=MAX_NAMES)])
    back = HiddenField(validators=[Length(max=MAX_BACK)])
    do = RadioField(_("What should be done with them?"), validators=[Optional()])
    people = Ticks(_("People"), validators=[Optional()])
    reviews_wanted = Whole(
        _("Checks for each claim"), render_kw={"inputmode": "numeric", "autocomplete": "off"}
    )
    person = SelectField(_("Person"), validators=[Optional()])
    batch = SelectField(_("Batch"), validators=[Optional()])
    whole = BooleanField(_("All that the list finds, not only these"))
    due_at = DateField(_("Due by the end of"), validators=[Optional()])
    priority = SelectField(_("How soon"))
    tag = StringField(_("Tag"), [Length(max=MAX_TAG)], render_kw={"list": "tags", "dir": "auto"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as WTForms
        super().__init__(*args, **kwargs)
        self.do.choices = choices((key, str(said)) for key, said in MANY.items())
        self.priority.choices = choices((key, str(said)) for key, said in PRIORITIES)
        self.person.choices = choices([("", str(_("Choose")))])
        self.batch.choices = choices([("", str(_("Choose")))])
        self.people.choices = choices([])
        self.priority.data = self.priority.data or "0"

    def offer(
        self, people: Iterable[PersonRecord], batches: Sequence[BatchRecord], *, several: bool
    ) -> None:
        """Offer these people and batches; how many checks are wanted only where several check."""
        self.has_batches = bool(batches)
        self.batch.choices = choices(
            [("", str(_("Choose"))), *((one.public_id, one.name) for one in batches)]
        )
        named = [(one.public_id, one.name) for one in people]
        self.person.choices = choices([("", str(_("Choose"))), *named])
        self.people.choices = choices(named)
        acts = ((key, str(said)) for key, said in MANY.items() if several or key != "want")
        self.do.choices = choices(acts)

    def names(self) -> list[str]:
        """The public ids of the claims, each once."""
        named = dict.fromkeys((self.claims.data or "").split())
        return [name for name in named if is_public_id(name)]

    def plan(self, timezone: str) -> PlanValues:
        """What is planned.

        Raises:
            Invalid: nothing is chosen, or what the choice needs is not there.
        """
        plans: Mapping[str, Callable[[], PlanValues]] = {
            "due": lambda: PlanValues(
                due_at=end_of_day(_there(self.due_at, "bulk.due"), ZoneInfo(timezone))
            ),
            "no-due": lambda: PlanValues(due_at=None),
            "priority": lambda: PlanValues(priority=int(self.priority.data)),
            "tag": lambda: PlanValues(more_tags=[_there(self.tag, "bulk.tag")]),
            "untag": lambda: PlanValues(fewer_tags=[_there(self.tag, "bulk.tag")]),
        }
        make = plans.get(self.do.data or "")
        if make is None:
            raise Invalid("bulk.act", field="do")
        return make()


def _there(field: Any, code: str) -> Any:  # noqa: ANN401 - a field of any kind
    """What is in a field.

    Raises:
        Invalid: nothing is.
    """
    if not field.data:
        raise Invalid(code, field=field.name)
    return field.data
