"""The form of signing in."""

from flask_babel import lazy_gettext as _
from wtforms import EmailField, HiddenField, PasswordField
from wtforms.validators import InputRequired

from app.web.fields import DeskForm


class SignInForm(DeskForm):
    """Address and password; ``next`` is the page that was asked for."""

    email = EmailField(
        _("E-mail"),
        [InputRequired(_("Write your e-mail address."))],
        render_kw={"autocomplete": "username", "autofocus": True},
    )
    password = PasswordField(
        _("Password"),
        [InputRequired(_("Write your password."))],
        render_kw={"autocomplete": "current-password"},
    )
    next = HiddenField()
