"""One's own name, password and sessions."""

from flask import (
    Blueprint,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.auth import entry, identity, passwords
from app.auth.guard import needs
from app.domain.errors import Invalid, Refused
from app.web.account import bookmarklet, keys
from app.web.account.forms import LanguageForm, MailForm, NameForm, PasswordForm
from app.web.errors import status_of
from app.web.transactions import database, db
from app.workflow import people

blueprint = Blueprint("account", __name__, url_prefix="/account")
for part in (bookmarklet, keys):
    part.install(blueprint)


@blueprint.get("")
@needs("signed-in")
def show() -> ResponseReturnValue:
    """What one may change about oneself."""
    return _page()


@blueprint.post("/name")
@needs("signed-in")
def rename() -> ResponseReturnValue:
    """Change one's own name."""
    form, me = NameForm(), identity.me()
    try:
        people.rename(db(), identity.actor(), me.public_id, name=form.name.data or "")
    except Invalid as refusal:
        form.refuse(refusal)
        return _page(form=form), 422
    flash(_("Your name is changed."), "good")
    return redirect(url_for("account.show"), 303)


@blueprint.post("/language")
@needs("signed-in")
def set_language() -> ResponseReturnValue:
    """Choose the language of one's pages and mails."""
    form, me = LanguageForm(), identity.me()
    try:
        people.set_locale(db(), identity.actor(), me.public_id, locale=form.locale.data or "")
    except Invalid as refusal:
        form.refuse(refusal)
        return _page(language_form=form), 422
    # No word of it yet: it would be in the language that was just left.
    return redirect(url_for("account.show"), 303)


@blueprint.post("/mail")
@needs("signed-in")
def set_mail() -> ResponseReturnValue:
    """Choose whether notices come by e-mail too."""
    wants_mail = bool(MailForm().wants_mail.data)
    people.set_wants_mail(db(), identity.actor(), identity.me().public_id, wants_mail=wants_mail)
    if wants_mail:
        flash(_("From now on you are told by e-mail too."), "good")
    else:
        flash(_("No e-mail from now on. Your notices stand on their page."), "good")
    return redirect(url_for("account.show"), 303)


@blueprint.get("/password")
@needs("signed-in")
def password() -> ResponseReturnValue:
    """The form for a new password."""
    return _password_page(_password_form(), 200)


@blueprint.post("/password")
@needs("signed-in")
def set_password() -> ResponseReturnValue:
    """Set a new password; every other session ends."""
    form, me = _password_form(), identity.me()
    if not form.validate():
        return _password_page(form, 422)
    new = form.password.data or ""
    try:
        _check_old(form)
        passwords.check_new_password(new, email=me.email)
        if form.repeat_password.data != new:
            raise Invalid("password.repeat", field="repeat_password")
    except Refused as refusal:
        form.refuse(refusal)
        return _password_page(form, status_of(refusal))
    hashed = passwords.hash_password(new)
    person = people.set_password(db(), identity.actor(), me.public_id, password_hash=hashed)
    identity.begin(person)
    flash(_("Your password is set. Other browsers are signed out."), "good")
    return redirect("/", 303)


@blueprint.post("/end-sessions")
@needs("signed-in")
def end_sessions() -> ResponseReturnValue:
    """Sign out everywhere, here too."""
    people.end_sessions(db(), identity.actor(), identity.me().public_id)
    identity.end()
    flash(_("You are signed out everywhere."), "good")
    response = make_response(redirect(url_for("sign_in.show"), 303))
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def _page(*, form: NameForm | None = None, language_form: LanguageForm | None = None) -> str:
    me = identity.me()
    named, spoken = {"name": me.name}, {"locale": me.locale or ""}
    return render_template(
        "account/show.html",
        form=form or NameForm(formdata=None, data=named),
        language_form=language_form or LanguageForm(formdata=None, data=spoken),
        mail_form=MailForm(formdata=None, data={"wants_mail": me.wants_mail}),
        person=me,
    )


def _password_form() -> PasswordForm:
    form = PasswordForm()
    if session.get("by_link") or not identity.me().has_password:
        del form.old_password
    return form


def _check_old(form: PasswordForm) -> None:
    # WTForms sets a deleted field to None.
    if "old_password" not in form:
        return
    known = entry.is_own_password(
        database(),
        current_app.config["SECRET_KEY"],
        person=identity.me(),
        password=form.old_password.data or "",
        address=request.remote_addr or "",
    )
    if not known:
        raise Invalid("password.old", field="old_password")


def _password_page(form: PasswordForm, status: int) -> ResponseReturnValue:
    page = render_template(
        "account/password.html", form=form, limit=passwords.MIN_LENGTH, person=identity.me()
    )
    return page, status
