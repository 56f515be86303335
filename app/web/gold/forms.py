"""The forms of a known answer, and of how often one is mixed in."""

from typing import ClassVar

from flask_babel import lazy_gettext as _
from wtforms import IntegerField, RadioField, TextAreaField

from app.domain.errors import Invalid
from app.domain.gold import KnownAnswer
from app.domain.records import SchemeRecord
from app.domain.words import GoldUse
from app.web.fields import DeskForm, Rules, choices_of, offer_answers
from app.workflow.gold import GoldValues


def _use(value: str | None) -> None:
    if value not in set(GoldUse):
        raise Invalid("form.choice")


class GoldForm(DeskForm):
    """What the claim is for, what the answer is, and why."""

    RULES: ClassVar[Rules] = {"use": _use}

    use = RadioField(_("What it is for"), choices=[], validate_choice=False)
    attribution_verdict = RadioField(_("Was it said?"), validate_choice=False)
    verdict = RadioField(_("Is it so?"), validate_choice=False)
    explanation = TextAreaField(_("Why this is the answer"), render_kw={"rows": 5})

    def offer(self, content: SchemeRecord, attribution: SchemeRecord | None) -> None:
        """The answers of the project's scales; who said it only where somebody is named."""
        self.use.choices = choices_of(GoldUse)
        offer_answers(self, content, attribution)

    def show(self, held: KnownAnswer | None) -> None:
        """Begin with what is known."""
        self.use.data = (held.use if held else GoldUse.TRAINING).value
        if held is None:
            return
        self.verdict.data, self.explanation.data = held.content_code, held.explanation
        if "attribution_verdict" in self:
            self.attribution_verdict.data = held.said_code

    def values(self) -> GoldValues:
        """What was filled in, for the verb."""
        said = self.attribution_verdict.data if "attribution_verdict" in self else None
        return GoldValues(
            use=GoldUse(self.use.data),
            verdict=self.verdict.data or "",
            attribution_verdict=said or None,
            explanation=self.explanation.data or "",
        )


class MixForm(DeskForm):
    """How often a known answer is mixed in."""

    every = IntegerField(
        _("One in so many claims"),
        render_kw={"inputmode": "numeric", "autocomplete": "off", "min": 0},
    )
