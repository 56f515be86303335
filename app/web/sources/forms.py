"""The forms of the pages about sources."""

from typing import ClassVar, TypeVar

from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)

from app.domain.dates import partial_date
from app.domain.evidence_words import SourceStanding, SourceType
from app.domain.words import SourceRecord
from app.storage.source_lists import SourceFilter
from app.storage.source_words import ShownSource
from app.web.fields import DeskForm, Rules, Ticks, choices_of, number
from app.workflow.source_changes import DescriptionValues

Word = TypeVar("Word", SourceStanding, SourceType)
MAX_SEARCH = 200
SEARCH = {"type": "search", "dir": "auto"}
# What the form of a description holds besides texts is named on its own.
TEXTS = ("title", "author", "publisher", "published", "interests", "origin")


class FindForm(DeskForm):
    """Which sources the list shows, as an address spells it."""

    text = StringField(_("Title, address or origin"), render_kw=SEARCH)
    standing = SelectField(_("What is known against it"))
    type = SelectField(_("Type"))
    origin = StringField(_("Copies of"), render_kw=SEARCH)
    unsaved = BooleanField(_("Only without a saved copy"))

    def offer(self) -> None:
        """Offer every standing and every type."""
        self.standing.choices = choices_of(SourceStanding, blank=str(_("Any")))
        self.type.choices = choices_of(SourceType, blank=str(_("Any")))

    def wanted(self) -> SourceFilter:
        """What was asked for; a word that nobody offered is as if nothing was asked."""
        return SourceFilter(
            text=(self.text.data or "")[:MAX_SEARCH],
            standing=_one_of(SourceStanding, self.standing.data),
            source_type=_one_of(SourceType, self.type.data),
            origin=(self.origin.data or "")[:MAX_SEARCH],
            unsaved=bool(self.unsaved.data),
        )


class DescriptionForm(DeskForm):
    """How a source is described; ``base_version`` tells what was shown."""

    RULES: ClassVar[Rules] = {"published": partial_date}

    title = StringField(_("Title"))
    author = StringField(_("Author"))
    publisher = StringField(_("Publisher"))
    published = StringField(_("Published"), render_kw={"placeholder": "2025-09-04", "dir": "ltr"})
    source_type = SelectField(_("Type"))
    record = SelectField(_("On record?"))
    interests = TextAreaField(_("Interests"), render_kw={"rows": 2})
    origin = StringField(_("A copy of"))
    base_version = HiddenField()

    def offer(self) -> None:
        """Offer every type and every kind of record."""
        self.source_type.choices = choices_of(SourceType, blank=str(_("Not said")))
        self.record.choices = choices_of(SourceRecord)

    def show(self, shown: ShownSource) -> None:
        """Begin with how it is described now."""
        for name in TEXTS:
            self[name].data = getattr(shown.words, name) or ""
        self.source_type.data = shown.words.source_type.value if shown.words.source_type else ""
        self.record.data = shown.words.record.value
        self.base_version.data = str(shown.version)

    def values(self) -> DescriptionValues:
        """What was filled in, for the verb."""
        return DescriptionValues(
            record=SourceRecord(self.record.data),
            source_type=_one_of(SourceType, self.source_type.data),
            base_version=number(self.base_version.data),
            **{name: self[name].data or "" for name in TEXTS},
        )


class FindingForm(DeskForm):
    """What was found about a source."""

    standing = RadioField(_("What is known of it now"))
    reason = TextAreaField(_("Why"), render_kw={"rows": 3})

    def offer(self) -> None:
        """Offer every standing."""
        self.standing.choices = choices_of(SourceStanding)


class OriginForm(DeskForm):
    """Which sources are copies of one, and of what."""

    sources = Ticks(_("Sources"), validate_choice=False)
    origin = StringField(_("Copies of"), id="naming-origin")


def _one_of(kind: type[Word], value: object) -> Word | None:
    return next((member for member in kind if member.value == value), None)
