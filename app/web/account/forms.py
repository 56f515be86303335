"""The forms of one's own account."""

from flask_babel import lazy_gettext as _
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired

from app.web.fields import DeskForm


class NameForm(DeskForm):
    """What others see."""

    name = StringField(_("Name"), render_kw={"autocomplete": "name"})


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
