"""What all forms share: tidied texts, choices, and a verb's refusal told beside its field."""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any, ClassVar

from flask_babel import gettext
from flask_wtf import FlaskForm
from markupsafe import escape
from wtforms import IntegerField, PasswordField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.widgets import CheckboxInput, DateTimeLocalInput, ListWidget, Select

from app.domain.errors import Invalid, Refused
from app.domain.records import SchemeRecord
from app.web.wording import sentence, word

Rules = Mapping[str, Callable[[str | None], object]]
MAX_DIGITS = 10


def tidy(value: Any) -> Any:  # noqa: ANN401 - WTForms hands over whatever a field holds
    """A text without blanks around it, with one kind of line end, without NUL characters."""
    if not isinstance(value, str):
        return value
    return value.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").strip()


def choices(pairs: Iterable[tuple[str, str]]) -> list[Any]:
    """The choices of a select or radio field, from (value, text)."""
    return [SelectChoice(value=value, label=text) for value, text in pairs]


def choices_of(kind: type[StrEnum], *, blank: str | None = None) -> list[Any]:
    """Every member of an enumeration as the page calls it, after a blank one if wanted."""
    first = [] if blank is None else [("", blank)]
    return choices([*first, *((member.value, word(member)) for member in kind)])


def number(value: str | None) -> int:
    """A version as a hidden field carries it; what is none is older than all."""
    value = value or ""
    return int(value) if value.isascii() and value.isdigit() and len(value) < MAX_DIGITS else 0


def offer_answers(form: Any, content: SchemeRecord, attribution: SchemeRecord | None) -> None:  # noqa: ANN401 - any form with these two fields
    """The answers of two scales in ``verdict`` and ``attribution_verdict`` of a form.

    Who said it is asked only where somebody is named: without a scale its field goes.
    """
    form.verdict.choices = _labels(content)
    if attribution is None:
        del form.attribution_verdict
    else:
        form.attribution_verdict.choices = _labels(attribution)


def _labels(scale: SchemeRecord) -> list[Any]:
    return choices((label.code, label.name) for label in scale.labels)


class Whole(IntegerField):
    """A whole number, refused in our words."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take what was typed."""
        text = str(valuelist[0]).strip() if valuelist else ""
        self.data = None
        if text:
            try:
                self.data = int(text)
            except ValueError:
                raise ValueError(gettext("Write a whole number.")) from None


class Ticks(SelectMultipleField):
    """Tick boxes, any number of them."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class MomentField(StringField):
    """A day and a time by the clock of the project, as it was typed."""

    widget = DateTimeLocalInput()


class QuickSelect(Select):
    """A select field as WTForms writes it, sooner: the list of claims offers ninety things."""

    @classmethod
    def render_option(cls, choice: Any, **_more: Any) -> str:  # type: ignore[override]  # newer than its stubs  # noqa: ANN401 - as its parent's
        """What can be chosen, which has a value and a text and nothing else."""
        chosen = "selected " if choice.selected else ""
        text = escape(choice.label or choice.value)
        return f'<option {chosen}value="{escape(choice.value)}">{text}</option>'


class DeskForm(FlaskForm):  # type: ignore[misc]  # the package has no types
    """The base of all forms.

    The token against forgery is checked before any view; templates write it with the ``csrf``
    macro, so forms have no field of their own for it.
    """

    class Meta:
        """How fields are bound."""

        csrf = False

        def bind_field(self, form: Any, unbound_field: Any, options: Any) -> Any:  # noqa: ANN401
            """Tidy what was typed into any text field but a password."""
            kind = unbound_field.field_class
            texts = issubclass(kind, StringField) and not issubclass(kind, PasswordField)
            filters = [tidy] if texts else []
            filters += unbound_field.kwargs.get("filters", [])
            field = unbound_field.bind(form=form, filters=filters, **options)
            if type(field.widget) is Select and not field.widget.multiple:
                field.widget = QuickSelect()
            return field

    # What a domain rule says of a field's text: the name of the field, and the rule.
    RULES: ClassVar[Rules] = {}

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 - as WTForms
        """Refuse what a verb would refuse, beside its field, before anything is written."""
        fine = bool(super().validate(extra_validators))
        for name, rule in self.RULES.items():
            try:
                rule(self[name].data)
            except Invalid as refusal:
                self[name].errors = [*self[name].errors, sentence(refusal)]
                fine = False
        return fine

    def refuse(self, refusal: Refused, field: str | None = None) -> None:
        """Tell a verb's refusal beside the field that it names, or above the form."""
        name = str(refusal.values.get("field", field or ""))
        if name in self:
            self[name].errors = [*self[name].errors, sentence(refusal)]
        else:
            self.form_errors.append(sentence(refusal))
