"""The forms for making a project, for how it works, and for who is in it."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    EmailField,
    FloatField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    URLField,
)
from wtforms.validators import InputRequired, Length, ValidationError

from app.domain.label_presets import DEFAULT_CONTENT, PRESETS
from app.domain.labels import LabelPreset
from app.domain.links import checked_link
from app.domain.records import ProjectRecord, SchemeRecord
from app.domain.words import Decides, Role, SchemeKind
from app.web.fields import DeskForm, Rules, Ticks, Whole, choices, choices_of
from app.web.projects.several import Percent, SeveralForm
from app.web.projects.slugs import suggested_slug
from app.workflow.projects import RESERVED_SLUGS, USUAL_ZONE, NewProject, ProjectChanges

MAX_TITLE = 200
MAX_TEXT = 100_000
USUAL_REVIEWS = 2
MAX_LEASE_MINUTES = 365 * 24 * 60
SAVES_COPIES = _("Save what linked pages say")
TOO_LONG = _("Write at most %(max)d characters.")

DECIDES = {
    Decides.SIGNOFF: (
        _("One person checks, another signs off"),
        _("The usual way of a desk. Nobody signs off their own check."),
    ),
    Decides.INDEPENDENT: (
        _("Several check, each on their own"),
        _("Nobody sees the others' answers before giving theirs. For data that must hold up."),
    ),
    Decides.SINGLE: (
        _("I work alone"),
        _("Your check is the verdict, and it is marked so in the data: nobody else has looked."),
    ),
}


class Share(FloatField):
    """A number from 0 to 1 with either decimal mark, or nothing."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take what was typed."""
        text = str(valuelist[0]).strip().replace(",", ".") if valuelist else ""
        self.data = None
        if text:
            try:
                self.data = float(text)
            except ValueError:
                raise ValueError(gettext("Write a number from 0 to 1, such as 0.5.")) from None


class NewProjectForm(DeskForm):
    """What a project is made of."""

    title = StringField(_("Title"), [Length(max=MAX_TITLE, message=TOO_LONG)])
    slug = StringField(_("Short name"), render_kw={"autocomplete": "off", "spellcheck": "false"})
    decides = RadioField(
        _("How a verdict is decided"),
        choices=choices((kind.value, str(kind)) for kind in DECIDES),
        default=Decides.SIGNOFF.value,
    )
    reviews_wanted = Whole(
        _("Checks for each claim, if several check"),
        default=USUAL_REVIEWS,
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
    scheme = RadioField(_("Scale of answers"), default=DEFAULT_CONTENT)
    settles_itself = BooleanField(_("Checks that agree settle a claim by themselves"), default=True)
    saves_copies = BooleanField(SAVES_COPIES)

    def offer(self, stored: Iterable[tuple[str, str]]) -> None:
        """Offer the scales that come with the program, and those that are here besides."""
        shipped = {p.code: p.name for p in PRESETS.values() if p.kind is SchemeKind.CONTENT}
        self.scheme.choices = choices((shipped | dict(stored)).items())

    @staticmethod
    def labels(code: str) -> tuple[LabelPreset, ...]:
        """The answers of a scale that comes with the program."""
        return PRESETS[code].labels if code in PRESETS else ()

    @staticmethod
    def explained(decides: str) -> tuple[Any, Any]:
        """A way of deciding, in words and in a sentence."""
        return DECIDES[Decides(decides)]

    def values(self, *, taken: Collection[str]) -> NewProject:
        """What was filled in; a short name is made of the title when none was given."""
        decides = Decides(self.decides.data)
        title, slug = self.title.data or "", (self.slug.data or "").lower()
        several = decides is Decides.INDEPENDENT
        return NewProject(
            slug=slug or suggested_slug(title, taken={*taken, *RESERVED_SLUGS}),
            title=title,
            decides=decides,
            reviews_wanted=(self.reviews_wanted.data or 0) if several else 1,
            scheme=self.scheme.data,
            settles_itself=bool(self.settles_itself.data),
            saves_copies=bool(self.saves_copies.data),
        )


class SettingsForm(SeveralForm):
    """What may change while work goes on."""

    RULES: ClassVar[Rules] = {"publisher_url": checked_link, "corrections_url": checked_link}

    title = StringField(_("Title"), [Length(max=MAX_TITLE, message=TOO_LONG)])
    description = TextAreaField(
        _("Description"), [Length(max=MAX_TEXT, message=TOO_LONG)], render_kw={"rows": 3}
    )
    settles_itself = BooleanField(_("Checks that agree settle a claim by themselves"))
    open_from = Share(
        _("Suggestions are opened by themselves from"),
        render_kw={"inputmode": "decimal", "autocomplete": "off"},
    )
    lease_minutes = Whole(
        _("Minutes that a claim is lent for"),
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
    triage_share = Percent(
        _("Percent of decided suggestions that a second person decides on too"),
        render_kw={"inputmode": "decimal", "autocomplete": "off"},
    )
    extractor = SelectField(_("Articles are read by"))
    timezone = StringField(
        _("Time zone"), render_kw={"list": "timezones", "autocomplete": "off", "dir": "ltr"}
    )
    may_choose = BooleanField(_("Checkers may choose which claim they take"))
    counts_people = BooleanField(_("Figures about single people are shown"))
    asks_questions = BooleanField(_("Checks may record questions and answers"))
    saves_copies = BooleanField(SAVES_COPIES)
    recheck_days = Whole(
        _("Days until a page is looked at again"),
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
    publisher_name = StringField(
        _("Name of the desk, for readers"), [Length(max=MAX_TITLE, message=TOO_LONG)]
    )
    publisher_url = URLField(_("Its web address"), render_kw={"placeholder": "https://"})
    corrections_url = URLField(
        _("Where readers find how you correct"), render_kw={"placeholder": "https://"}
    )
    content_sources = Ticks(_("Is it so? Answers that need a source"))
    attribution_sources = Ticks(_("Was it said? Answers that need a source"))

    def offer(
        self,
        content: SchemeRecord,
        attribution: SchemeRecord,
        extractors: Sequence[tuple[str, str]],
    ) -> None:
        """Offer the labels of the project's two scales, and extractors where there are several."""
        self.extractor.choices = choices(extractors)
        if len(extractors) == 1:
            del self.extractor
        self.scales = ((self.content_sources, content), (self.attribution_sources, attribution))
        for ticks, scale in self.scales:
            ticks.choices = choices((label.code, label.name) for label in scale.labels)

    def show(self, project: ProjectRecord) -> None:
        """Fill in what holds now."""
        self.process(formdata=None, obj=project)
        self.show_several(project)
        for ticks, scale in self.scales:
            ticks.data = [label.code for label in scale.labels if label.needs_source]

    def validate_lease_minutes(self, field: Whole) -> None:
        """Refuse a time that no calendar holds; the verb says what is too short."""
        if field.data is not None and field.data > MAX_LEASE_MINUTES:
            raise ValidationError(gettext("A claim can be lent for a year at most."))

    def values(self) -> ProjectChanges:
        """What was filled in."""
        return ProjectChanges(
            title=self.title.data or "",
            description=self.description.data or "",
            settles_itself=bool(self.settles_itself.data),
            open_from=self.open_from.data,
            lease_minutes=self.lease_minutes.data or 0,
            timezone=self.timezone.data or USUAL_ZONE,
            may_choose=bool(self.may_choose.data),
            counts_people=bool(self.counts_people.data),
            asks_questions=bool(self.asks_questions.data),
            publisher_name=self.publisher_name.data or None,
            publisher_url=self.publisher_url.data or None,
            corrections_url=self.corrections_url.data or None,
            **self.several(),
            extractor=self.extractor.data if "extractor" in self else None,
            triage_share=self.triage_share.data or 0.0,
            saves_copies=bool(self.saves_copies.data),
            recheck_days=self.recheck_days.data,
            source_labels=frozenset(
                label.id
                for ticks, scale in self.scales
                for label in scale.labels
                if label.code in (ticks.data or ())
            ),
        )


class RolesForm(DeskForm):
    """What a member is."""

    roles = Ticks(_("Roles"), choices=lambda: choices_of(Role))

    def wanted(self) -> frozenset[Role]:
        """The ticked roles."""
        return frozenset(Role(value) for value in self.roles.data or ())


class MemberForm(RolesForm):
    """Somebody of the desk who comes into the project."""

    email = EmailField(
        _("E-mail"),
        [InputRequired(_("Write the e-mail address that they sign in with."))],
        render_kw={"autocomplete": "off"},
    )
    roles = Ticks(
        _("Roles"),
        [InputRequired(_("Choose at least one role."))],
        choices=lambda: choices_of(Role),
    )
