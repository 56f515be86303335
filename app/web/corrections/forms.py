"""The form of a correction."""

from typing import ClassVar

from flask_babel import lazy_gettext as _
from wtforms import IntegerField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from app.domain.errors import Invalid
from app.domain.words import CorrectionKind
from app.storage.corrections import Correctable
from app.web.fields import DeskForm, Rules, choices_of, offer_answers
from app.workflow.corrections import CorrectionValues

WORDS = {"dir": "auto"}


def _kind(value: str | None) -> None:
    if value not in set(CorrectionKind):
        raise Invalid("correction.kind")


class CorrectionForm(DeskForm):
    """Both verdicts, what is published, why; ``base_version`` is the verdict that was shown."""

    RULES: ClassVar[Rules] = {"kind": _kind}

    attribution_verdict = RadioField(_("Was it said?"), validate_choice=False)
    verdict = RadioField(_("Is it so?"), validate_choice=False)
    short_text = StringField(_("Short wording"), render_kw=WORDS)
    conclusion = TextAreaField(_("Conclusion"), render_kw=WORDS)
    kind = RadioField(_("What kind of correction it is"), choices=[], validate_choice=False)
    public_note = TextAreaField(_("What readers are told"), render_kw=WORDS)
    reason = TextAreaField(_("Why, for the desk alone"), render_kw=WORDS)
    gate_reason = TextAreaField(_("Why the verdict is given all the same"), render_kw=WORDS)
    base_version = IntegerField(_("Version"), [InputRequired()], widget=HiddenInput())

    def offer(self, held: Correctable) -> None:
        """The answers of the scales that the verdict was given on."""
        self.kind.choices = choices_of(CorrectionKind)
        offer_answers(self, held.content, held.attribution)

    def show(self, held: Correctable) -> None:
        """Begin with the verdict that holds."""
        ruling = held.ruling
        self.verdict.data = ruling.content.code
        if ruling.attribution is not None and "attribution_verdict" in self:
            self.attribution_verdict.data = ruling.attribution.code
        self.short_text.data, self.conclusion.data = ruling.short_text, ruling.conclusion
        self.base_version.data = ruling.version

    def values(self) -> CorrectionValues:
        """What was filled in, for the verb."""
        said = self.attribution_verdict.data if "attribution_verdict" in self else None
        return CorrectionValues(
            verdict=self.verdict.data or "",
            attribution_verdict=said or None,
            conclusion=self.conclusion.data or "",
            short_text=self.short_text.data or "",
            reason=self.reason.data or "",
            kind=CorrectionKind(self.kind.data),
            public_note=self.public_note.data or "",
            gate_reason=self.gate_reason.data or "",
            base_version=self.base_version.data or 0,
        )
