"""The forms of the claim pages."""

from typing import Any, ClassVar

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, IntegerField, RadioField, StringField, TextAreaField, URLField
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from app.domain.dates import partial_date
from app.domain.links import checked_link
from app.domain.words import TranslatedBy
from app.web.chain import ChainForm
from app.web.fields import DeskForm, Rules, choices_of
from app.workflow.claims import ClaimCorrection, NewClaim
from app.workflow.translations import TranslationValues

WORDS = {"rows": 3, "dir": "auto"}


class ClaimForm(ChainForm):
    """A claim that was seen somewhere, without an article of ours."""

    RULES: ClassVar[Rules] = {"seen_at_url": checked_link, "said_on": partial_date}

    text = TextAreaField(_("What is claimed"), render_kw=WORDS)
    seen_at_url = URLField(_("Where it was seen"), render_kw={"placeholder": "https://"})
    said_on = StringField(_("When it was said"), render_kw={"placeholder": "2025-09-04"})

    def values(self) -> NewClaim:
        """The claim as the verb takes it."""
        return NewClaim(
            text=self.text.data or "",
            seen_at_url=self.seen_at_url.data or None,
            said_on=self.said_on.data or None,
            hops=self.chain(),
        )


class CorrectionForm(ChainForm):
    """The wording of a claim, and who said it; ``version`` is the one that was shown."""

    text = TextAreaField(_("The claim, in words that stand alone"), render_kw=WORDS)
    version = IntegerField(_("Version"), [InputRequired()], widget=HiddenInput())

    def values(self) -> ClaimCorrection:
        """The correction as the verb takes it."""
        return ClaimCorrection(
            text=self.text.data or "", hops=self.chain(), version=self.version.data or 0
        )


class TranslationForm(DeskForm):
    """A claim's quote in another language, with who translated it."""

    translation = TextAreaField(_("Translation"), render_kw=WORDS)
    translated_by = RadioField(_("Translated by"), validate_choice=False)
    before = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as WTForms
        super().__init__(*args, **kwargs)
        self.translated_by.choices = choices_of(TranslatedBy)

    def values(self) -> TranslationValues:
        """The translation as the verb takes it."""
        by = self.translated_by.data
        return TranslationValues(
            translation=self.translation.data or "",
            translated_by=TranslatedBy(by) if by in set(TranslatedBy) else None,
            before=self.before.data or "",
        )
