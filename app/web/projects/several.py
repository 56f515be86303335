"""The fields of a project in which several people check each claim."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, FloatField, TextAreaField

from app.domain.records import ProjectRecord
from app.web.fields import DeskForm, Whole

NUMBER = {"inputmode": "numeric", "autocomplete": "off"}
HUNDRED = 100


class Percent(FloatField):
    """A share of 0 to 1, shown and typed as percent with either decimal mark; nothing is none."""

    def process_data(self, value: float | None) -> None:
        """Show what is stored."""
        self.data = value

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return f"{(self.data or 0) * HUNDRED:.10g}"

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take what was typed."""
        text = str(valuelist[0]).strip().removesuffix("%").strip() if valuelist else ""
        self.data = 0.0
        if text:
            try:
                self.data = float(text.replace(",", ".")) / HUNDRED
            except ValueError:
                raise ValueError(gettext("Write a number of percent, such as 10.")) from None


class SeveralForm(DeskForm):
    """How many checks a claim wants, when it gets one more, and how many one person gives."""

    reviews_wanted = Whole(_("Checks for each claim"), render_kw=NUMBER)
    extra_first = Whole(_("First checks of a newcomer that somebody repeats"), render_kw=NUMBER)
    extra_share = Percent(
        _("Percent of the claims that get one check more"),
        render_kw={"inputmode": "decimal", "autocomplete": "off"},
    )
    extra_tags = TextAreaField(
        _("Tags of claims that get one check more, one in each line"),
        render_kw={"rows": 2, "dir": "auto"},
    )
    extra_on_difference = BooleanField(_("One check more where the checks differ"))
    most_checks = Whole(_("Checks that one person gives at most"), render_kw=NUMBER)

    def show_several(self, project: ProjectRecord) -> None:
        """Fill in what does not show as it is stored."""
        self.extra_tags.data = "\n".join(project.extra_tags)

    def several(self) -> dict[str, Any]:
        """What was filled in; a form without these fields says nothing of how many are wanted."""
        return {
            "reviews_wanted": self.reviews_wanted.data,
            "extra_first": self.extra_first.data or 0,
            "extra_share": self.extra_share.data or 0.0,
            "extra_tags": tuple((self.extra_tags.data or "").splitlines()),
            "extra_on_difference": bool(self.extra_on_difference.data),
            "most_checks": self.most_checks.data,
        }
