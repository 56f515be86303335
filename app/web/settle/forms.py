"""The form of a ruling."""

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, RadioField, StringField, TextAreaField

from app.domain.errors import Invalid, Refused
from app.domain.records import LabelRecord, RulingRecord, SchemeRecord, VersionRecord
from app.domain.words import CorrectionKind
from app.web.fields import DeskForm, choices_of, offer_answers
from app.web.wording import sentence
from app.workflow.rulings import RulingValues

# The two questions of a ruling, and what a verb says of the first that nobody answered.
QUESTIONS = {
    "attribution_verdict": "review.attribution-verdict",
    "verdict": "review.verdict",
}


class RulingForm(DeskForm):
    """Both verdicts, what is published, why the checks were overruled; a question to send back."""

    attribution_verdict = RadioField(_("Was it said?"), validate_choice=False)
    verdict = RadioField(_("Is it so?"), validate_choice=False)
    short_text = StringField(_("Short wording"))
    conclusion = TextAreaField(_("Conclusion"))
    reason = TextAreaField(_("Why you decide otherwise"))
    kind = RadioField(_("What kind of correction it is"), validate_choice=False)
    public_note = TextAreaField(_("What readers are told"))
    gate_reason = TextAreaField(_("Why the verdict is given all the same"))
    question = TextAreaField(_("Your question"))
    checks_seen = HiddenField()
    verdict_scale = HiddenField()
    attribution_verdict_scale = HiddenField()

    def offer(self, content: SchemeRecord, attribution: SchemeRecord | None) -> None:
        """The answers of the project's scales; who said it only where somebody is named."""
        self.kind.choices = choices_of(CorrectionKind)
        offer_answers(self, content, attribution)

    def show(self, former: RulingRecord) -> None:
        """Begin with the verdict that held before: left as it is, it is confirmed."""
        self._answer(former.content, former.attribution)
        self.short_text.data, self.conclusion.data = former.short_text, former.conclusion

    def adopt(self, version: VersionRecord, *, is_first: bool = True) -> None:
        """Fill in what a check answered.

        Its reasons become the conclusion if there is none yet, and ``is_first``: no verdict held
        before, whose conclusion was left blank.
        """
        self._answer(version.content, version.attribution)
        if is_first and not self.conclusion.data:
            self.conclusion.data = version.rationale

    def refuse(self, refusal: Refused, field: str | None = None) -> None:
        """Tell a refusal; of a question that nobody answered, that the other was not, either."""
        super().refuse(refusal, field)
        if refusal.code not in QUESTIONS.values():
            return
        for name, code in QUESTIONS.items():
            if name in self and code != refusal.code and not self[name].data:
                super().refuse(Invalid(code, field=name))

    def _answer(self, content: LabelRecord, attribution: LabelRecord | None) -> None:
        self._take(self.verdict, content)
        if attribution is not None and "attribution_verdict" in self:
            self._take(self.attribution_verdict, attribution)

    @staticmethod
    def _take(field: RadioField, label: LabelRecord) -> None:
        """Choose an answer, unless it was retired since it was given: then say so."""
        if label.code in {value for value, *_rest in field.iter_choices()}:
            field.data = label.code
        else:
            field.data = None
            field.errors = [sentence(Invalid("review.retired", label=label.name))]

    def values(self) -> RulingValues:
        """What was filled in, for the verb.

        Raises:
            Invalid: a question stands there, which is no part of a ruling and would be lost.
        """
        if (self.question.data or "").strip():
            raise Invalid("ruling.question", field="question")
        said = self.attribution_verdict.data if "attribution_verdict" in self else None
        return RulingValues(
            verdict=self.verdict.data or "",
            attribution_verdict=said or None,
            conclusion=self.conclusion.data or "",
            short_text=self.short_text.data or "",
            reason=self.reason.data or "",
            checks_seen=self.checks_seen.data or None,
            kind=CorrectionKind(self.kind.data) if self.kind.data in set(CorrectionKind) else None,
            public_note=self.public_note.data or "",
            gate_reason=self.gate_reason.data or "",
            shown={name: self[f"{name}_scale"].data or "" for name in QUESTIONS},
        )
