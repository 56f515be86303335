"""Signing in with a password or a one-time link, and signing out."""

from typing import Any

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import Unauthorized

from app.auth import entry, identity, links
from app.auth.guard import needs
from app.domain.errors import Invalid, Missing, WrongState
from app.storage.people import link_is_open
from app.web import resume
from app.web.sign_in.forms import SignInForm
from app.web.transactions import database, db
from app.workflow.people import use_link

blueprint = Blueprint("sign_in", __name__)

HOME = "/"


@blueprint.get("/sign-in")
@needs("public")
def show() -> ResponseReturnValue:
    """The form; somebody who is signed in goes on to the page."""
    wanted = request.args.get("next", "")
    if identity.load() is not None:
        return redirect(_safe(wanted), 303)
    return _page(SignInForm(formdata=None, data={"next": wanted}), 200)


@blueprint.post("/sign-in")
@needs("public")
def enter() -> ResponseReturnValue:
    """Sign in, and go on to the page; a form that was posted before is shown again."""
    form = SignInForm()
    if not form.validate():
        return _page(form, 422)
    try:
        person = entry.sign_in(
            database(),
            current_app.config["SECRET_KEY"],
            email=form.email.data or "",
            password=form.password.data or "",
            address=request.remote_addr or "",
        )
    except Invalid as refusal:
        form.refuse(refusal)
        return _page(form, 422)
    except WrongState as refusal:
        form.refuse(refusal)
        response = _page(form, 429)
        response.headers["Retry-After"] = str(60 * int(str(refusal.values["minutes"])))
        return response
    identity.begin(person)
    fields = resume.unpacked(request.form)
    if fields:
        return resume.show(form.next.data or HOME, fields)
    return redirect(_safe(form.next.data or ""), 303)


@blueprint.post("/sign-out")
@needs("public")
def leave() -> ResponseReturnValue:
    """End this session; other browsers of the person stay signed in."""
    identity.end()
    response = make_response(redirect(url_for("sign_in.show"), 303))
    # Pages that the browser remembers are thrown away, so that "back" shows none of them.
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@blueprint.get("/links/<token>")
@needs("public")
def link(token: str) -> ResponseReturnValue:
    """A button: programs that open every address in a mail do not use the link up."""
    if not link_is_open(db(), links.hash_of(token)):
        return _no_link()
    return render_template("sign_in/link.html", token=token)


@blueprint.post("/links/<token>")
@needs("public")
def follow(token: str) -> ResponseReturnValue:
    """Use the link up, and sign its person in to set a password."""
    try:
        person = use_link(db(), links.hash_of(token))
    except Missing:
        return _no_link()
    identity.begin(person, by_link=True)
    flash(_("You are signed in. Set a password now, so that you can come back."), "good")
    return redirect(url_for("account.password"), 303)


@blueprint.app_errorhandler(Unauthorized)
def expired(_error: Unauthorized) -> Response:
    """A form that was posted without a session: sign in here, with what was typed kept."""
    form = SignInForm(formdata=None, data={"next": request.full_path.rstrip("?")})
    return _page(form, 401, kept=resume.carried(request.form), files=bool(request.files))


def _page(form: SignInForm, status: int, **values: Any) -> Response:  # noqa: ANN401 - for the template
    """The form; what another form carried here travels on through failures."""
    values.setdefault("kept", list(resume.unpacked(request.form).items(multi=True)))
    values.setdefault("files", False)
    body = render_template("sign_in/show.html", form=form, prefix=resume.PREFIX, **values)
    return make_response(body, status)


def _no_link() -> Response:
    return make_response(render_template("sign_in/no_link.html"), 404)


def _safe(wanted: str) -> str:
    return wanted if resume.is_local(wanted) else HOME
