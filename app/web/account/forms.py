"""The forms of one's own account."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, PasswordField, SelectField, StringField
from wtforms.validators import InputRequired

from app.languages import LANGUAGES
from app.web.fields import DeskForm, choices


class NameForm(DeskForm):
    """What others see."""

    name = StringField(_("Name"), render_kw={"autocomplete": "name"})


class LanguageForm(DeskForm):
    """In which language pages and mails are written."""

    locale = SelectField(_("Language of the pages"), validate_choice=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as WTForms
        super().__init__(*args, **kwargs)
        named = [("", gettext("As my browser says")), *LANGUAGES.items()]
        self.locale.choices = choices(named)


class MailForm(DeskForm):
    """Whether what one is told of comes by e-mail too."""

    wants_mail = BooleanField(_("Also tell me by e-mail"))


class PasswordForm(DeskForm):
    """A new password; the old one is not asked of somebody who has none or came by a link."""

    old_password = PasswordField(
        _("Present password"),
        [InputRequired(_("Write your present password."))],
        render_kw={"autocomplete": "current-password"},
    )
    password = PasswordField(
        _("New password"),
        [InputRequired(_("Write a new password."))],
        render_kw={"autocomplete": "new-password"},
    )
    repeat_password = PasswordField(
        _("New password, once more"), render_kw={"autocomplete": "new-password"}
    )
