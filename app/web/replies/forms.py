"""The form of a request for a reply, and the choice of which ones a list shows."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from app.domain.dates import local_moment
from app.domain.errors import Invalid
from app.domain.replies import ReplyFilter
from app.domain.words import Channel
from app.storage.replies import ReplyRecord
from app.web.fields import DeskForm, MomentField, choices, choices_of
from app.web.filters import local
from app.web.wording import sentence
from app.workflow.replies import ReplyValues

TIMES = ("sent_at", "deadline_at", "answered_at")
TEXTS = ("whom", "asked", "answer")
QUOTABLE = {"": None, "yes": True, "no": False}


def filter_of(name: str) -> ReplyFilter:
    """Which requests are wanted; those that are awaited, where that makes no sense."""
    return ReplyFilter(name) if name in set(ReplyFilter) else ReplyFilter.AWAITED


class ReplyForm(DeskForm):
    """Whom we ask, what, until when, and what came back."""

    whom = StringField(
        _("Whom"), render_kw={"list": "agents", "autocomplete": "off", "dir": "auto"}
    )
    channel = SelectField(_("How"), choices=[], default="")
    asked = TextAreaField(_("What we ask"), render_kw={"rows": 3, "dir": "auto"})
    sent_at = MomentField(_("Sent"))
    deadline_at = MomentField(_("Answer wanted by"))
    answered_at = MomentField(_("Answered"))
    answer = TextAreaField(_("What they say"), render_kw={"rows": 4, "dir": "auto"})
    is_quotable = RadioField(
        _("May it be quoted?"),
        choices=choices([("", _("Not said")), ("yes", _("Yes")), ("no", _("No"))]),
        default="",
    )
    not_applicable_because = StringField(
        _("No reply is asked for, because"), render_kw={"autocomplete": "off", "dir": "auto"}
    )
    version = IntegerField(_("Version"), [Optional()], widget=HiddenInput(), default=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as WTForms
        super().__init__(*args, **kwargs)
        self.channel.choices = choices_of(Channel, blank=str(_("Not written down")))

    def show(self, record: ReplyRecord) -> "ReplyForm":
        """Fill in a request as it stands."""
        for name in TEXTS:
            self[name].data = getattr(record, name)
        for name in TIMES:
            self[name].data = local(getattr(record, name))
        self.channel.data = record.channel.value if record.channel else ""
        self.is_quotable.data = next(
            word for word, value in QUOTABLE.items() if value is record.is_quotable
        )
        self.not_applicable_because.data = record.not_applicable_because or ""
        self.version.data = record.version
        return self

    def values(self, zone: str, record: ReplyRecord | None = None) -> ReplyValues | None:
        """What was filled in; None where a time is none, which then stands beside its field.

        A time of the record that nobody touched keeps its seconds.
        """
        moments: dict[str, Any] = {}
        for name in TIMES:
            try:
                moments[name] = self._moment(name, zone, getattr(record, name, None))
            except Invalid as refusal:
                self[name].errors = [*self[name].errors, sentence(refusal)]
        if len(moments) < len(TIMES):
            return None
        texts: dict[str, Any] = {name: self[name].data or "" for name in TEXTS}
        return ReplyValues(
            **texts,
            **moments,
            channel=Channel(self.channel.data) if self.channel.data else None,
            is_quotable=QUOTABLE[self.is_quotable.data or ""],
            not_applicable_because=self.not_applicable_because.data or None,
        )

    def _moment(self, name: str, zone: str, known: datetime | None) -> datetime | None:
        typed = self[name].data
        return known if known is not None and typed == local(known) else local_moment(typed, zone)

    def said(self) -> list[tuple[Any, str]]:
        """Each field's label with what stands in it, for reading two forms beside each other."""
        return [(field.label.text, _as_read(field)) for field in self if field is not self.version]


def _as_read(field: Any) -> str:  # noqa: ANN401 - fields are of many kinds
    if field.type not in {"SelectField", "RadioField"}:
        return str(field.data or "")
    named = {choice.value: str(choice.label) for choice in field.choices}
    return named.get(field.data or "", "") if field.data else ""
