"""The forms of talking: a comment, an answer, a question to somebody."""

from collections.abc import Iterable
from typing import ClassVar

from flask_babel import lazy_gettext as _
from wtforms import SelectField, StringField, TextAreaField

from app.domain.comments import TalkFilter, checked_text
from app.storage.projects import Colleague
from app.web.fields import DeskForm, Rules, choices

WORDS = {"rows": 3, "dir": "auto"}


class CommentForm(DeskForm):
    """A comment or an answer, and who is told of it beside those whom it names."""

    RULES: ClassVar[Rules] = {"text": lambda text: checked_text(text or "")}

    text = TextAreaField(_("Comment"), render_kw=WORDS)
    tell = SelectField(_("Also tell"), choices=[], validate_choice=False)

    def offer(self, people: Iterable[Colleague]) -> None:
        """Offer these people."""
        self.tell.choices = choices(
            [("", str(_("Nobody else"))), *((p.public_id, p.name) for p in people)]
        )


class AskForm(DeskForm):
    """A question to one member of the project."""

    RULES: ClassVar[Rules] = {"text": lambda text: checked_text(text or "")}

    person = SelectField(_("Whom do you ask?"), choices=[], validate_choice=False)
    text = TextAreaField(_("Your question"), render_kw=WORDS)

    def offer(self, people: Iterable[Colleague]) -> None:
        """Offer these people."""
        self.person.choices = choices(
            [("", str(_("Choose somebody"))), *((p.public_id, p.name) for p in people)]
        )


class ListForm(DeskForm):
    """Which threads the list shows."""

    show = StringField()

    def wanted(self) -> TalkFilter:
        """The filter; what makes no sense shows all."""
        shown = self.show.data or ""
        return TalkFilter(shown) if shown in set(TalkFilter) else TalkFilter.ALL
